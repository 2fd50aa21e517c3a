"""Decide what messages mean."""

from __future__ import annotations

from collections.abc import Iterator

import click

from optoutlang import Decision, Matcher
from optoutlang.analysis.corpus.countries import Countries
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import RULES
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.inputs.matcher import load_matcher_or_exit, sound_artefact
from optoutlang.interfaces.cli.inputs.messages import (
    MessageOptions,
    message_options,
    reading_messages,
)
from optoutlang.interfaces.cli.inputs.names import STANDARD_INPUT
from optoutlang.interfaces.cli.lines import Answering
from optoutlang.interfaces.cli.parameters import LANGUAGE, country_given
from optoutlang.interfaces.cli.streams import is_terminal, standard_input, standard_output
from optoutlang.interfaces.cli.wire import answer
from optoutlang.interfaces.reports.countries import renamed_lines
from optoutlang.interfaces.reports.visible import isolated, padded, visible, width
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
        ("optout match us --jsonl inbound.csv.gz > out.jsonl", "a whole export, row by row"),
    ),
    reads_rules=True,
)
@click.argument("rules", type=RULES)
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@click.option("--from", "sender", metavar="+E164", help="The sender's number, for the country.")
@click.option("--language", metavar="TAG", type=LANGUAGE, help="The preferred language, BCP 47.")
@click.option("--payload", metavar="PAYLOAD", help="The payload of the button that was pressed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each message.")
@click.option(
    "--jsonl", is_flag=True, help="Answer files of messages, or standard input, as JSON Lines."
)
@message_options(standard_input="jsonl")
def run(  # noqa: PLR0913 - one for each option
    *,
    rules: str,
    texts: tuple[str, ...],
    messages: MessageOptions,
    sender: str | None,
    language: str | None,
    payload: str | None,
    as_json: bool,
    jsonl: bool,
) -> None:
    """Decide messages: opt-out, opt-in, help or none.

    RULES is an .optout file, an artefact, a pack's name, or `-` for standard input. A single TEXT `-` reads the
    messages from standard input, one a line; on a terminal so does none.

    With --jsonl, TEXTs are files of messages as `optout scan` reads them; without any, or for `-`, JSON Lines come from
    standard input. A row has "text", and maybe "country", "language" and "payload"; columns are found whatever their
    case, and `Body` is the text where nothing is called so. Every row comes back as an object with "decision": null or
    an object. A bad row has "error" instead, and the command exits 1 at the end.
    """
    if not texts and not jsonl and is_terminal():
        texts = (STANDARD_INPUT,)
    _require_one_input(rules, texts, jsonl=jsonl)
    country = country_given(messages.country, sender)
    matcher = load_matcher_or_exit(rules, whole=False)
    if jsonl:
        with sound_artefact(rules):
            matcher.prepare()
        finish(_stream(matcher, texts or (STANDARD_INPUT,), messages, country, language))
    columns = max(width(visible(text)) for text in texts)
    for text in _messages(texts):
        with sound_artefact(rules):
            decision = matcher.match(text, country=country, language=language, payload=payload)
        if as_json:
            given = {"text": text, "payload": payload, "country": country, "language": language}
            fields: dict[str, Json] = {
                name: value for name, value in given.items() if value is not None
            }
            click.echo(answer(fields, decision), nl=False)
        else:
            click.echo(_line(text, decision, columns))


def _stream(
    matcher: Matcher,
    files: tuple[str, ...],
    messages: MessageOptions,
    country: str | None,
    language: str | None,
) -> ExitCode:
    """Answer all rows of files of messages; say at the end which countries were written in another way."""
    columns = messages.columns
    countries = Countries(columns, messages.number_country())
    answering = Answering(matcher, columns, countries, country, language)
    out, all_good = standard_output(), True
    for file in files:
        with reading_messages(file, messages) as table:
            rows = table.rows(columns.wanted(), guesses=columns.guesses, whole=True)
            name = file if len(files) > 1 else ""
            all_good = answering.stream(rows, out, file=name) and all_good
    for line in renamed_lines(countries.renamed):
        click.echo(line, err=True)
    return ExitCode.CLEAN if all_good else ExitCode.FINDINGS


def _require_one_input(rules: str, texts: tuple[str, ...], *, jsonl: bool) -> None:
    """Refuse a command line that says not at all, or twice, where the messages are."""
    if not jsonl and not texts:
        raise click.UsageError("give a TEXT, or `-` or --jsonl for standard input")
    if rules == STANDARD_INPUT and ((jsonl and not texts) or STANDARD_INPUT in texts):
        raise click.UsageError("rules and messages cannot both come from standard input")


def _messages(texts: tuple[str, ...]) -> Iterator[str]:
    if texts != (STANDARD_INPUT,):
        yield from texts
        return
    if is_terminal():
        click.echo("one message a line; Ctrl-D ends", err=True)
    for line in standard_input():
        yield line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "surrogateescape")


def _line(text: str, decision: Decision | None, columns: int) -> str:
    """Return what a message means in one line: action, message, and for what reason."""
    shown = visible(text)
    message = isolated(shown) + padded("", columns - width(shown))
    if decision is None:
        return f"{click.style('none', dim=True)}     {message}".rstrip()
    action, color = decision.label, _COLORS[decision.intent.value]
    keyword = isolated(visible(decision.keyword))
    reason = f"{keyword} ({decision.matched_by.value}, {decision.language}, {decision.rule})"
    return f"{click.style(f'{action:<7}', fg=color, bold=True)}  {message}  {reason}"
