"""`optout consent import`: people from a list file."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TextIO

import click

from optoutlang.consent.engine.channel import Channel, Sharing
from optoutlang.consent.engine.settings import Settings
from optoutlang.consent.stores.sql.progress import ImportProgress
from optoutlang.consent.transfer.forms import FORMS
from optoutlang.consent.transfer.importing import (
    Hooks,
    ImportConflictError,
    Target,
    file_digest,
    import_list,
)
from optoutlang.consent.transfer.reading import ListError, Reader, Reject
from optoutlang.interfaces.cli.consent.group import (
    TIME,
    consent_command,
    now,
    operator,
    store_errors,
)
from optoutlang.interfaces.cli.consent.progress import progress
from optoutlang.interfaces.cli.consent.stores import engine, opened
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.parameters import COUNTRY

_KINDS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_SHOWN = 20
"""How many rejects are shown; the file of --rejects has them all."""


def open_text(path: str) -> TextIO:
    """Open a file to write; who asked closes it.

    Raises:
        Unreadable: it cannot be written.
    """
    try:
        return Path(path).open("w", encoding="utf-8")
    except OSError as error:
        raise Unreadable(because(error, path)) from error


class Rejects:
    """Where rejected rows go: the first to standard error, all to a file if one is named."""

    def __init__(self, file: str, rejects: str | None) -> None:
        self._file = file
        self._out = None if rejects is None else open_text(rejects)
        self.count = 0

    def add(self, reject: Reject) -> None:
        """Take one."""
        self.count += 1
        if self.count <= _SHOWN:
            click.echo(f"{self._file}:{reject.line}: {reject.reason}", err=True)
        if self._out is not None:
            self._out.write(json.dumps({"line": reject.line, "reason": reject.reason}) + "\n")

    def close(self) -> None:
        """Say how many were not shown."""
        if self.count > _SHOWN:
            click.echo(
                f"{self.count - _SHOWN} more rejected; --rejects FILE has them all", err=True
            )
        if self._out is not None:
            self._out.close()


@consent_command(
    "import",
    examples=(
        (
            "optout consent import old.csv --service marketing",
            "a list with the columns number, state, at",
        ),
        (
            "optout consent import events.jsonl --form ringcentral --service marketing",
            "a provider's list, where isActive=true means opted OUT",
        ),
        (
            "optout consent import list.csv --form sinch --at 2026-01-31 --account-wide",
            "a list without times, for everything that the account sends",
        ),
    ),
)
@click.argument("file")
@click.option(
    "--form",
    type=click.Choice(list(FORMS)),
    default="optout",
    show_default=True,
    help="Whose list it is.",
)
@click.option("--service", metavar="NAME", help="The service that it is about.")
@click.option("--sender", metavar="ADDRESS", help="The sender outside a service that it is about.")
@click.option("--account-wide", is_flag=True, help="It is about all that the account sends.")
@click.option(
    "--channel",
    type=click.Choice([*(each.value for each in Channel), "all"]),
    default="sms",
    show_default=True,
    help="The channel that it is about.",
)
@click.option(
    "--sharing",
    type=click.Choice([each.value for each in Sharing]),
    default=Sharing.TOGETHER.value,
    show_default=True,
    help="How far a word reaches among channels, as the service is set.",
)
@click.option("--country", metavar="CC", type=COUNTRY, help="Where national numbers are from.")
@click.option("--at", metavar="TIME", type=TIME, help="The time of rows without one.")
@click.option("--batch", metavar="NAME", help="A name to undo it by; by default FILE's.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["csv", "jsonl"]),
    help="What FILE is, if its name does not say.",
)
@click.option("--rejects", metavar="OUT.jsonl", help="Write all rejected rows there.")
def run(  # noqa: PLR0913 - one for each option
    *,
    store: str,
    file: str,
    form: str,
    service: str | None,
    sender: str | None,
    account_wide: bool,
    channel: str,
    sharing: str,
    country: str | None,
    at: datetime | None,
    batch: str | None,
    kind: str | None,
    rejects: str | None,
) -> None:
    """Import a list of people: CSV with a heading, or JSON Lines.

    FILE is read once, in memory that does not grow with it, and committed every 500 rows together with how far it
    came: the same command goes on where it was interrupted, and does nothing when it was finished. Every row becomes
    an event with the source `import`; a later word of the person stands against it. Exit 1 says that rows were
    rejected: they are listed by line with what cures them, and the others are in.
    """
    if sum((service is not None, sender is not None, account_wide)) != 1:
        raise click.UsageError(
            "say whom the list is about: one of --service, --sender, --account-wide"
        )
    kind = kind or _KINDS.get(Path(file).suffix.lower())
    if kind is None:
        raise click.UsageError(f"what is `{file}`? say --format csv or jsonl")
    if "" in {service, sender}:
        raise click.UsageError("--service and --sender need a name: they are empty")
    if rejects is not None and Path(rejects).exists() and Path(rejects).samefile(file):
        raise click.UsageError(
            f"--rejects would overwrite the list `{file}`; name another file there"
        )
    with store_errors():
        target = Target(
            batch=batch or Path(file).name,
            service=service,
            sender=sender,
            channel=None if channel == "all" or account_wide else Channel(channel),
            by=operator(),
        )
    reader = Reader(form=FORMS[form], country=country, at=at, latest=now())
    settings = Settings(sharing=Sharing(sharing))
    try:
        with Path(file).open("rb") as opened_file, store_errors():
            if FORMS[form].warning:
                click.echo(f"{form}: {FORMS[form].warning}", err=True)
            with closing(Rejects(file, rejects)) as kept:
                done = _import((store, settings), target, (reader, kind), opened_file, kept)
    except OSError as error:
        raise Unreadable(because(error, file)) from error
    except ListError as error:
        raise Unreadable(f"cannot use `{file}`: {error}") from error
    except ImportConflictError as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"{done.accepted} imported, {done.rejected} rejected, as the batch `{done.batch}`")
    finish(ExitCode.FINDINGS if done.rejected else ExitCode.CLEAN)


def _import(
    place: tuple[str, Settings],
    target: Target,
    how: tuple[Reader, str],
    file: BinaryIO,
    rejects: Rejects,
) -> ImportProgress:
    reader, kind = how
    store = opened(place[0])
    own = engine(service=target.service, sender=target.sender, settings=place[1])
    # The same file read in another way, or for somebody else, is another import.
    meant = (reader.form.name, target.service or target.sender or "account", target.channel)
    digest = f"{file_digest(file)} {meant}"
    size = file.seek(0, 2)
    file.seek(0)
    read = 0
    with progress("importing", lambda: size) as advance:

        def step(_progress: ImportProgress) -> None:
            nonlocal read
            advance(file.tell() - read)
            read = file.tell()

        try:
            return import_list(
                store,
                own,
                target,
                reader.rows(file, kind),
                file=digest,
                hooks=Hooks(reject=rejects.add, step=step),
            )
        finally:
            store.close()
