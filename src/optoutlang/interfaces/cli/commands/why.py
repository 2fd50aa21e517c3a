"""Explain what a message means, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from optoutlang import Matcher
from optoutlang.analysis.missed import Missed, missed
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import RULES
from optoutlang.interfaces.cli.inputs.matcher import ARTEFACT_SUFFIX, load_artefact
from optoutlang.interfaces.cli.inputs.ruleset import load_ruleset_or_exit
from optoutlang.interfaces.cli.parameters import COUNTRY, LANGUAGE, country_given, format_option
from optoutlang.interfaces.reports.explanation_json import explanation_object
from optoutlang.interfaces.reports.missed import missed_lines
from optoutlang.interfaces.reports.visible import padded, visible, width
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.driver.reasons import verdict
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.runtime.matcher import Explanation, Fired, FrameMatch
from optoutlang.runtime.terms.action import MatchedBy
from optoutlang.runtime.terms.similar import Similarity

ORDER = 120
"""Where `optout --help` lists it."""


@command(
    examples=(
        (
            'optout why us "please stop texting me"',
            "the phrase that decided, and the candidates that lost",
        ),
        ('optout why acme.optout "ALTO" --country MX', "in the context of a country"),
        ('optout why us "Stop by the office"', "why a message means nothing"),
        ('optout why us "STOP" --from +15145550100 --format json', "for programs"),
    ),
)
@click.argument("rules", type=RULES)
@click.argument("text")
@click.option("--country", metavar="CC", type=COUNTRY, help="The country the message comes from.")
@click.option("--from", "sender", metavar="+E164", help="The sender's number, for the country.")
@click.option("--language", metavar="TAG", type=LANGUAGE, help="The preferred language, BCP 47.")
@click.option("--payload", metavar="PAYLOAD", help="The payload of the button that was pressed.")
@format_option(("text", "json"), of="explanation")
def run(
    *,
    rules: str,
    text: str,
    country: str | None,
    sender: str | None,
    language: str | None,
    payload: str | None,
    form: str,
) -> None:
    """Explain what a message means, and why.

    Shows its tokens, everything that fired, why each candidate lost, and the source line that decided. Where a keyword
    was taken away, or means something in another country alone, the line says so; where nothing decided, the nearest
    rule is shown. An artefact has no source lines and says less.
    RULES is an .optout file, an artefact, a pack's name, or `-` for standard input.
    """
    ruleset: Ruleset | None = None
    if rules.endswith(ARTEFACT_SUFFIX):
        matcher = load_artefact(rules)
    else:
        ruleset = load_ruleset_or_exit(rules)
        matcher = Matcher(from_model(ruleset))
    country = country_given(country, sender)
    found = matcher.explain(text, country=country, language=language, payload=payload)
    why_not = None if ruleset is None else missed(ruleset, found, text, country)
    if form == "json":
        asked = {"text": text, "country": country, "language": language}
        asked |= {} if payload is None else {"payload": payload}
        answer = {**asked, **explanation_object(found, why_not)}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(_lines(text, found, ruleset, why_not, country)))


def _lines(
    text: str,
    found: Explanation,
    ruleset: Ruleset | None,
    why_not: Missed | None,
    country: str | None,
) -> list[str]:
    lines = [f"{name:<9} {value}" for name, value in _reading(text, found)]
    lines += _decision(found, ruleset)
    lines += _overruled(found)
    lines += _fired(found.fired)
    lines += _frames(found.frames)
    lines += _similar(found.similar)
    if why_not is not None:
        lines += [f"{name:<9} {value}" for name, value in missed_lines(why_not, country)]
    return lines


def _reading(text: str, found: Explanation) -> Iterator[tuple[str, str]]:
    yield "message", visible(text)
    yield "tokens", _tokens(found.tokens)
    if found.outside_quotes != found.tokens:
        yield "unquoted", _tokens(found.outside_quotes)
    if found.without_filler != found.tokens:
        yield "no filler", _tokens(found.without_filler)


def _tokens(tokens: tuple[str, ...]) -> str:
    return visible(" · ".join(tokens)) or "none"


def _decision(found: Explanation, ruleset: Ruleset | None) -> Iterator[str]:
    decision = found.decision
    if decision is None:
        yield f"{'decision':<9} {click.style('none', bold=True)}"
        return
    action = click.style(decision.label, bold=True)
    how = f"{decision.matched_by.value} match of {visible(decision.keyword)}"
    if decision.matched_by is MatchedBy.BUTTON:
        how = f"the button {visible(decision.keyword)}"
    where = decision.country_scope or "the base"
    yield f"{'decision':<9} {action} in {decision.language}, by {how}, in the scope of {where}"
    sent = "nothing is sent" if decision.reply is None else visible(decision.reply)
    yield f"{'reply':<9} {sent}"
    yield f"{'rule':<9} {decision.rule}"
    line = None if ruleset is None else source_line(ruleset, decision.rule)
    if line is not None:
        yield f"{'':<9} {click.style(visible(line.strip()), fg='cyan')}"


def _overruled(found: Explanation) -> Iterator[str]:
    """Say which button came with the message, if the text went before it."""
    button, decision = found.button, found.decision
    if button is None or decision is None or decision.matched_by is MatchedBy.BUTTON:
        return
    asked = f"{visible(button.keyword)} asks for {button.label} ({button.rule})"
    yield f"{'button':<9} {asked}; an opt-out goes before it"


def source_line(ruleset: Ruleset, rule: str) -> str | None:
    """Return the line that a rule, `file:line`, stands for; None if no file of the ruleset has that name."""
    name, _, number = rule.rpartition(":")
    for file in ruleset.files:
        if file.text.name == name:
            return file.text.line(int(number))
    return None


def _fired(fired: tuple[Fired, ...]) -> Iterator[str]:
    if not fired:
        yield f"{'fired':<9} nothing"
        return
    rows = [
        (each.matched_by.value, each.action.value, visible(each.keyword), each.language, each.rule)
        for each in fired
    ]
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, (row, each) in enumerate(zip(rows, fired, strict=True)):
        cells = "  ".join(padded(cell, columns) for cell, columns in zip(row, widths, strict=True))
        yield f"{'' if number else 'fired':<9} {cells}  {visible(verdict(each))}"


def _frames(frames: tuple[FrameMatch, ...]) -> Iterator[str]:
    """Yield each frame whose words stand in the message, its words under their parts, and what takes it back."""
    for number, each in enumerate(frames):
        names = [visible(name) for name, _ in each.parts]
        words = [visible(word) for _, word in each.parts]
        widths = [max(width(name), width(word)) for name, word in zip(names, words, strict=True)]
        verdict_of = visible(each.lost) if each.lost is not None else "matches"
        yield f"{'' if number else 'frames':<9} {visible(each.keyword)}  {each.rule}  {verdict_of}"
        for row in (names, words):
            cells = (padded(cell, columns) for cell, columns in zip(row, widths, strict=True))
            yield f"{'':<11} {'  '.join(cells)}".rstrip()


def _similar(found: Similarity | None) -> Iterator[str]:
    """Yield how much the n-grams of the message weigh, and those that weighed most, for or against."""
    if found is None:
        return
    verdict_of = "suggested" if found.suggests else "too little to suggest"
    yield f"{'similar':<9} {found.score} of {found.threshold}: {verdict_of}"
    for ngram, weight in found.weighed:
        yield f"{'':<9} {weight:>+5}  `{visible(ngram)}`"
