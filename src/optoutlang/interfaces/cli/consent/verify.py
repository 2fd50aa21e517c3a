"""`optout consent verify`: whether anything was tampered with."""

from __future__ import annotations

import json
from pathlib import Path

import click

from optoutlang.consent.stores.sql.verify import Heads, Verification, verify
from optoutlang.interfaces.cli.consent.group import consent_command, store_errors
from optoutlang.interfaces.cli.consent.progress import progress
from optoutlang.interfaces.cli.consent.stores import opened
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.files import write_text


@consent_command(
    "verify",
    examples=(
        ("optout consent verify", "every record and state; exit 1 if anything is wrong"),
        (
            "optout consent verify --heads heads.json",
            "keep the ends of the chains, in another place",
        ),
        (
            "optout consent verify --against heads.json",
            "that they still are on the way to the present ends",
        ),
    ),
)
@click.option("--heads", metavar="OUT.json", help="Write the ends of the chains there.")
@click.option("--against", metavar="HEADS.json", help="Compare with the ends of an earlier time.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def run(*, store: str, heads: str | None, against: str | None, as_json: bool) -> None:
    """Find any record that was changed, dropped or moved, and any state that is not what the audit says.

    Each record carries the hash of the one before it, and the end of each chain is kept beside it. Who can write to the
    database could compute all of that anew: against that, keep the heads where they cannot write (--heads), and compare
    (--against). Exit 1 says that something is wrong.
    """
    earlier = None if against is None else _read_heads(against)
    with store_errors():
        own = opened(store)

        def total() -> int:
            stats = own.stats()
            return stats.records + stats.recipients

        with progress("verifying", total) as advance:
            found = verify(own, against=earlier, step=advance)
        own.close()
    if heads is not None and not found.faulty:
        ends = {str(shard): [records, last.hex()] for shard, (records, last) in found.heads.items()}
        write_text(Path(heads), json.dumps(ends, indent=1) + "\n")
    _print(found, as_json=as_json)
    finish(ExitCode.FINDINGS if found.faulty else ExitCode.CLEAN)


def _print(found: Verification, *, as_json: bool) -> None:
    if as_json:
        counts = {"records": found.records, "states": found.states, "faulty": found.faulty}
        click.echo(json.dumps({**counts, "faults": found.faults}, indent=2))
        return
    for each in found.faults:
        click.echo(each)
    if found.faulty > len(found.faults):
        click.echo(f"and {found.faulty - len(found.faults)} more")
    verdict = f"{found.faulty} faults" if found.faulty else "all is as it was written"
    click.echo(f"{found.records} records, {found.states} states: {verdict}")


def _read_heads(path: str) -> Heads:
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
        return {int(shard): (int(end[0]), bytes.fromhex(end[1])) for shard, end in found.items()}
    except OSError as error:
        raise Unreadable(because(error, path)) from error
    except (ValueError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise Unreadable(
            f"`{path}` holds no heads: `optout consent verify --heads` writes them"
        ) from error
