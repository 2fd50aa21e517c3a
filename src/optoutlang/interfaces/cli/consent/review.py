"""`optout consent review`: what waits for a person."""

from __future__ import annotations

import json
from uuid import uuid4

import click

from optoutlang.consent.engine.event import ReviewDecided
from optoutlang.consent.engine.record import Review
from optoutlang.consent.engine.review import UnknownReviewError
from optoutlang.consent.engine.wire import encode
from optoutlang.consent.ledger import Ledger
from optoutlang.consent.stores.port import MOST
from optoutlang.interfaces.cli.consent.group import consent_command, now, operator, store_errors
from optoutlang.interfaces.cli.consent.stores import engine, opened
from optoutlang.interfaces.reports.visible import visible


@consent_command(
    "review",
    examples=(
        ("optout consent review", "what waits: the event, whose it is, and the words"),
        (
            "optout consent review message:SM1 --accept",
            "make the change, as of the time of the message",
        ),
        ("optout consent review message:SM1 --reject --reason sarcasm", "leave things as they are"),
    ),
)
@click.argument("event", required=False)
@click.option("--accept/--reject", "accepted", default=None, help="What is decided about EVENT.")
@click.option("--reason", default="", help="Why, for the audit.")
@click.option("--by", default=operator, help="Who decides, for the audit; by default the user.")
@click.option(
    "--limit",
    type=click.IntRange(1, MOST),
    default=100,
    show_default=True,
    help="How many to list.",
)
@click.option("--json", "as_json", is_flag=True, help="List as one JSON object a line.")
def run(
    *,
    store: str,
    event: str | None,
    accepted: bool | None,
    reason: str,
    by: str,
    limit: int,
    as_json: bool,
) -> None:
    """List what waits for review, or decide one: EVENT is the key that the list shows."""
    if (event is None) is not (accepted is None):
        raise click.UsageError(
            "to decide, say EVENT and one of --accept and --reject; neither lists what waits"
        )
    if event == "" or (event is not None and not by):
        raise click.UsageError(
            "a decision says which EVENT it is about, and --by whom: one is empty"
        )
    with store_errors():
        own = opened(store)
        if event is None or accepted is None:
            for each in own.reviews(limit=limit):
                click.echo(json.dumps(encode(each)) if as_json else _line(each))
            own.close()
            return
        decided = ReviewDecided(
            id=uuid4().hex, review=event, accepted=accepted, by=by, at=now(), reason=reason
        )
        try:
            transition = Ledger(engine(), own).record(decided)
        except UnknownReviewError as error:
            raise click.UsageError(
                f"{error}; `optout consent review` lists those that wait"
            ) from error
        own.close()
    outcome = transition.record.outcome.value if transition and transition.record else "recorded"
    click.echo(f"{event}: {outcome}")


def _line(review: Review) -> str:
    words = f"  `{visible(review.mark.text)}`" if review.mark.text else ""
    return (
        f"{review.event}  {review.mark.at.isoformat()}  {review.key.recipient}  {review.key.scope}  "
        f"{review.kind.value.replace('_', ' ')} ({review.reason.value}){words}"
    )
