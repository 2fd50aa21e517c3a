"""Decide what messages mean."""

from __future__ import annotations

from collections.abc import Iterator

import click

from optoutlang import Decision
from optoutlang.analysis.corpus.columns import TEXT
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import RULES
from optoutlang.interfaces.cli.exits import finish
from optoutlang.interfaces.cli.inputs.matcher import load_matcher_or_exit
from optoutlang.interfaces.cli.inputs.names import STANDARD_INPUT
from optoutlang.interfaces.cli.lines import stream
from optoutlang.interfaces.cli.parameters import COUNTRY, LANGUAGE, country_given
from optoutlang.interfaces.cli.streams import standard_input, standard_output
from optoutlang.interfaces.cli.wire import answer
from optoutlang.interfaces.reports.visible import padded, visible, width
from optoutlang.runtime.terms.json import Json

_COLORS = {"opt-out": "red", "opt-in": "green", "help": "cyan", "answer": "blue"}

ORDER = 110
"""Where `optout --help` lists it."""


@command(
    examples=(
        ('optout match us "Stop."', "one message, by the rules of a pack"),
        ('optout match acme.optout --country MX "ALTO" "gracias"', "two messages from Mexico"),
        ("optout match acme.optoutc --from +15145550100 ARRET", "the country of a phone number"),
        ("optout match acme.optoutc - < messages.txt", "one message a line"),
        ("optout match acme.optoutc --jsonl < in.jsonl > out.jsonl", "for programs, streaming"),
    ),
    reads_rules=True,
)
@click.argument("rules", type=RULES)
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@click.option("--country", metavar="CC", type=COUNTRY, help="The country the messages come from.")
@click.option("--from", "sender", metavar="+E164", help="The sender's number, for the country.")
@click.option("--language", metavar="TAG", type=LANGUAGE, help="The preferred language, BCP 47.")
@click.option("--payload", metavar="PAYLOAD", help="The payload of the button that was pressed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each message.")
@click.option("--column", metavar="NAME", default=TEXT, help="With --jsonl, the messages' field.")
@click.option("--country-column", metavar="NAME", default="country", help="Their countries' field.")
@click.option("--jsonl", is_flag=True, help="Messages as JSON objects from standard input.")
def run(  # noqa: PLR0913 - one for each option
    *,
    rules: str,
    texts: tuple[str, ...],
    country: str | None,
    sender: str | None,
    language: str | None,
    payload: str | None,
    as_json: bool,
    column: str,
    country_column: str,
    jsonl: bool,
) -> None:
    """Decide messages: opt-out, opt-in, help or none.

    RULES is an .optout file, an artefact, a pack's name, or `-` for standard input. A single TEXT `-` reads the
    messages from standard input, one a line.

    With --jsonl each line of standard input is an object {"text", "country", "language", "payload"}, the last three
    optional. Fields are found as `optout scan` finds columns: `Body` is the text where nothing is called so.
    The same object comes back with "decision": null or an object. A bad line is answered by {"error"} in its place,
    and the command exits 1 at the end.
    """
    _require_one_input(rules, texts, jsonl=jsonl)
    country = country_given(country, sender)
    matcher = load_matcher_or_exit(rules)
    if jsonl:
        lines, out = standard_input(), standard_output()
        finish(
            stream(
                matcher,
                lines,
                out,
                country=country,
                language=language,
                column=column,
                country_column=country_column,
            )
        )
    columns = max(width(visible(text)) for text in texts)
    for text in _messages(texts):
        decision = matcher.match(text, country=country, language=language, payload=payload)
        if as_json:
            given = {"text": text, "payload": payload, "country": country, "language": language}
            fields: dict[str, Json] = {
                name: value for name, value in given.items() if value is not None
            }
            click.echo(answer(fields, decision), nl=False)
        else:
            click.echo(_line(text, decision, columns))


def _require_one_input(rules: str, texts: tuple[str, ...], *, jsonl: bool) -> None:
    """Refuse a command line that says not at all, or twice, where the messages are."""
    if jsonl and texts:
        raise click.UsageError("--jsonl reads standard input and takes no TEXT")
    if not jsonl and not texts:
        raise click.UsageError("give a TEXT, or `-` or --jsonl for standard input")
    if rules == STANDARD_INPUT and (jsonl or texts == (STANDARD_INPUT,)):
        raise click.UsageError("rules and messages cannot both come from standard input")


def _messages(texts: tuple[str, ...]) -> Iterator[str]:
    if texts != (STANDARD_INPUT,):
        yield from texts
        return
    for line in standard_input():
        yield line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "surrogateescape")


def _line(text: str, decision: Decision | None, columns: int) -> str:
    """Return what a message means in one line: action, message, and for what reason."""
    message = padded(visible(text), columns)
    if decision is None:
        return f"{click.style('none', dim=True)}     {message}".rstrip()
    action, color = decision.label, _COLORS[decision.intent.value]
    reason = f"{visible(decision.keyword)} ({decision.matched_by.value}, {decision.language}, {decision.rule})"
    return f"{click.style(f'{action:<7}', fg=color, bold=True)}  {message}  {reason}"
