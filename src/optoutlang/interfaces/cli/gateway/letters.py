"""`optout gateway dead-letters`, `replay` and `drop`: what could not be delivered."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from optoutlang.consent.engine.effect import Effect, Forward, SendReply
from optoutlang.consent.engine.wire import encode
from optoutlang.consent.stores.create import open_store
from optoutlang.consent.stores.keys import Keys
from optoutlang.interfaces.cli.completion import FILE
from optoutlang.interfaces.cli.gateway.group import gateway_command, store_errors
from optoutlang.interfaces.cli.inputs.settings import settings_or_exit
from optoutlang.interfaces.gateway.deliveries.queue import DeadLetter, DeliveryQueue
from optoutlang.interfaces.reports.visible import visible

_CONFIG = click.argument("config", type=FILE, metavar="CONFIG")
_NUMBERS = click.argument("numbers", type=click.IntRange(min=1), nargs=-1)
_ALL = click.option("--all", "everything", is_flag=True, help="All dead letters.")


@gateway_command(
    "dead-letters",
    examples=(
        (
            "optout gateway dead-letters gateway.toml",
            "number, attempts, what it is, and the last error",
        ),
        ("optout gateway dead-letters gateway.toml --json", "one JSON object a line"),
    ),
)
@_CONFIG
@click.option(
    "--limit", type=click.IntRange(min=1), default=100, show_default=True, help="How many to list."
)
@click.option("--json", "as_json", is_flag=True, help="List as one JSON object a line.")
def dead_letters(*, config: str, limit: int, as_json: bool) -> None:
    """List what could not be delivered, and why; `replay` delivers it again."""
    with _queue(config) as queue:
        for each in queue.dead_letters(limit=limit):
            click.echo(_object(each) if as_json else _line(each))


@gateway_command(
    "replay",
    examples=(
        ("optout gateway replay gateway.toml 17 18", "deliver two dead letters again"),
        ("optout gateway replay gateway.toml --all", "deliver all of them again"),
    ),
)
@_CONFIG
@_NUMBERS
@_ALL
def replay(*, config: str, numbers: tuple[int, ...], everything: bool) -> None:
    """Deliver dead letters again, as if they were new; a gateway that runs takes them up at once."""
    with _queue(config) as queue:
        chosen = _chosen(queue, numbers, everything=everything)
        queue.replay(chosen)
    click.echo(f"{len(chosen)} to be delivered again")


@gateway_command(
    "drop",
    examples=(("optout gateway drop gateway.toml 17", "nobody will deliver it; the audit stays"),),
)
@_CONFIG
@_NUMBERS
@_ALL
def drop(*, config: str, numbers: tuple[int, ...], everything: bool) -> None:
    """Take dead letters out of the outbox for good; what was recorded stays."""
    with _queue(config) as queue:
        chosen = _chosen(queue, numbers, everything=everything)
        queue.drop(chosen)
    click.echo(f"{len(chosen)} dropped")


def _chosen(queue: DeliveryQueue, numbers: tuple[int, ...], *, everything: bool) -> list[int]:
    """Return those of the numbers that are dead letters; one that is none ends the command."""
    if everything is bool(numbers):
        raise click.UsageError("say which: numbers as `dead-letters` lists them, or --all")
    dead = {each.number for each in _every(queue)}
    strangers = sorted(set(numbers) - dead)
    if strangers:
        raise click.UsageError(
            f"{strangers[0]} is no dead letter; `optout gateway dead-letters` lists them"
        )
    return sorted(dead if everything else set(numbers))


def _every(queue: DeliveryQueue) -> Iterator[DeadLetter]:
    after = 0
    while found := queue.dead_letters(limit=500, after=after):
        yield from found
        after = found[-1].number


@contextmanager
def _queue(config: str) -> Iterator[DeliveryQueue]:
    settings = settings_or_exit(config)
    with store_errors():
        store = open_store(settings.store, privacy=Keys.from_environment(os.environ))
        queue = DeliveryQueue(store)
        queue.create()
        yield queue
        store.close()


def _line(letter: DeadLetter) -> str:
    what = f"{letter.number}  {letter.event}  {_name(letter.effect)}"
    return f"{what}  {letter.attempts} attempts  {visible(letter.error)}"


def _name(effect: Effect) -> str:
    if isinstance(effect, Forward):
        return f"message of {effect.message.recipient}"
    if isinstance(effect, SendReply):
        return f"reply to {effect.recipient}"
    return type(effect).__name__


def _object(letter: DeadLetter) -> str:
    return json.dumps(
        {
            "number": letter.number,
            "event": letter.event,
            "attempts": letter.attempts,
            "error": letter.error,
            "effect": encode(letter.effect),
        }
    )
