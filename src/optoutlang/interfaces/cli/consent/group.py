"""The shared parts of the subcommands of `optout consent`: their group, examples in help, and the store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module

import click

from optoutlang.consent.engine.identifier import IdentifierError
from optoutlang.consent.engine.moment import require_aware
from optoutlang.consent.stores.port import StoreError
from optoutlang.interfaces.cli.command import Command
from optoutlang.interfaces.cli.exits import Unreadable
from optoutlang.interfaces.cli.subcommands import Examples

SUMMARIES = {
    "init": "Make a store, or bring one to the present schema.",
    "import": "Import a list of people from CSV or JSON Lines.",
    "export": "Export what everybody wants as CSV or JSON Lines.",
    "show": "Show what one person wants, scope by scope.",
    "history": "Show every record about one person.",
    "review": "List what waits for review, or decide it.",
    "undo": "Take back a batch, a source or some events, in one audited step.",
    "verify": "Find any record that was changed, dropped or moved.",
    "stats": "Count what a store holds.",
    "erase": "Erase a person, but for what is needed to obey the opt-out.",
    "retain": "Erase texts and drop what is older than its kind is kept.",
    "rotate": "Seal all texts with the newest key.",
}
STORE_VARIABLE = "OPTOUT_CONSENT_STORE"


def load(name: str) -> click.Command:
    """Import and return a subcommand."""
    module = "imports" if name == "import" else name
    command: click.Command = import_module(f"{__package__}.{module}").run
    return command


def consent_command(name: str, *, examples: Examples) -> Callable[[Callable[..., None]], Command]:
    """Return a decorator that makes a function a subcommand with the option `--store`; its docstring is the help."""

    def decorated(function: Callable[..., None]) -> Command:
        make = click.command(name, cls=Command, examples=examples, reads_rules=False)
        made: Command = make(function)
        made.params.append(
            click.Option(
                ["--store"],
                metavar="PATH-or-URL",
                default="consent.db",
                show_default=True,
                envvar=STORE_VARIABLE,
                show_envvar=True,
                help="The store: a file (SQLite), or a postgresql:// URL.",
            )
        )
        return made

    return decorated


@contextmanager
def store_errors() -> Iterator[None]:
    """End the command with exit code 3 where the store cannot be used, and as misused where an identifier is none."""
    try:
        yield
    except StoreError as error:
        raise Unreadable(str(error)) from error
    except IdentifierError as error:
        raise click.UsageError(str(error)) from error


class TimeType(click.ParamType[datetime]):
    """A time in ISO 8601; without a zone it is UTC."""

    name = "time"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the time, or end with a usage error."""
        if isinstance(value, datetime):
            return value
        try:
            found = datetime.fromisoformat(value)
            found = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
            require_aware(found)
        except ValueError:
            self.fail(f"`{value}` is no time, such as 2026-01-31T12:00:00Z", param, ctx)
        return found


TIME = TimeType()


def now() -> datetime:
    """Return the present time."""
    return datetime.now(UTC)


def operator() -> str:
    """Return who runs the command, for the audit."""
    return (
        os.environ.get("SUDO_USER") or os.environ.get("USER") or os.environ.get("LOGNAME") or "cli"
    )
