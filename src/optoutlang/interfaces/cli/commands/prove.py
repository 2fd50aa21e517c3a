"""Prove the properties that every ruleset must have."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

import click

from optoutlang.analysis.proofs.properties.verdict import Ground, Verdict, Witness
from optoutlang.analysis.proofs.prove import Finding, prove
from optoutlang.analysis.proofs.subject import Subject
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import RULES
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.inputs.matcher import ARTEFACT_SUFFIX, load_artefact
from optoutlang.interfaces.cli.inputs.ruleset import load_ruleset_or_exit
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.interfaces.reports.visible import visible
from optoutlang.runtime.program.garbage import garbage_collection_paused
from optoutlang.runtime.terms.json import Json

_WIDTH = 110
_INDENT = 11

ORDER = 70
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout prove acme.optout", "each property, how it was settled, and how many cases"),
        ("optout prove acme.optout --verbose", "also each pair of rules and the one that wins"),
        ("optout prove acme.optoutc", "an artefact: every property that needs no source"),
        ("optout prove world --format json > proof.json", "for an archive"),
    ),
)
@click.argument("rules", type=RULES)
@format_option(("text", "json"), of="properties")
@click.option("--verbose", is_flag=True, help="Also print the rows behind each property.")
def run(*, rules: str, form: str, verbose: bool) -> None:
    """Prove the properties that every ruleset must have.

    Each property holds by construction (the code cannot break it), is enumerated (every case was tried) or sampled
    (some cases were tried, which proves nothing). A property that does not hold comes with a shortest counterexample,
    and the command exits 1. RULES is an .optout file, an artefact, a pack's name, or `-` for standard input.
    """
    findings = []
    with garbage_collection_paused():
        subject = _subject(rules)
        if form == "text":
            click.echo(_title(subject))
        for finding in prove(subject):
            findings.append(finding)
            if form == "text":
                click.echo("\n".join(_lines(finding, verbose=verbose)))
    if form == "json":
        click.echo(json.dumps(_object(subject, findings), ensure_ascii=False, indent=2))
    else:
        click.echo(_summary(findings))
    if not all(each.holds for each in findings):
        finish(ExitCode.FINDINGS)


def _subject(rules: str) -> Subject:
    if rules.endswith(ARTEFACT_SUFFIX):
        return Subject(load_artefact(rules).program)
    return Subject.of(load_ruleset_or_exit(rules))


def _title(subject: Subject) -> str:
    program = subject.program
    counted = f"countries: {len(program.countries)}, languages: {len(subject.languages)}"
    name = f"{visible(program.name)} ({program.language})"
    return f"{name}, {counted}, digest {subject.matcher.digest}\n"


# Text.


def _lines(finding: Finding, *, verbose: bool) -> Iterator[str]:
    verdict = finding.verdict
    statement = click.style(finding.stated.statement, bold=True)
    yield f"{_result(finding)}{statement}"
    if verdict is None:
        yield from _wrapped("needs the source, which an artefact does not contain")
    else:
        for ground in verdict.grounds:
            yield from _wrapped(_ground(ground))
        if verdict.witness is not None:
            yield from _wrapped(f"witness: {_witness(verdict.witness)}")
        if verbose:
            yield from (f"{' ' * _INDENT}  {visible(row)}" for row in verdict.details)
    yield ""


def _result(finding: Finding) -> str:
    word, color = _word(finding), {"holds": "green", "false": "red"}
    return click.style(f"{word:<{_INDENT}}", fg=color.get(word), bold=word == "false")


def _word(finding: Finding) -> str:
    if finding.verdict is None:
        return "not asked"
    return "holds" if finding.holds else "false"


def _ground(ground: Ground) -> str:
    cases = "" if ground.cases is None else f"{ground.cases:,} "
    return f"{ground.settled.value}: {cases}{ground.text}"


def _witness(witness: Witness) -> str:
    if witness.message is None:
        where = f" ({witness.country})" if witness.country else ""
        return f"{visible(witness.wrong)}{where}"
    where = f" from {witness.country}" if witness.country else ""
    prefers = f" preferring {witness.language}" if witness.language else ""
    return f"`{visible(witness.message)}`{where}{prefers} {visible(witness.wrong)}"


def _wrapped(text: str) -> list[str]:
    margin = " " * _INDENT
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=margin,
        subsequent_indent=margin + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _summary(findings: list[Finding]) -> str:
    words = [_word(each) for each in findings]
    counted = [f"{words.count('holds')} of {len(words)} properties hold"]
    if "false" in words:
        counted.append(f"{words.count('false')} false")
    if "not asked" in words:
        counted.append(f"{words.count('not asked')} not asked")
    return ", ".join(counted)


# JSON.


def _object(subject: Subject, findings: list[Finding]) -> Json:
    return {
        "version": 1,
        "ruleset": subject.program.name,
        "digest": subject.matcher.digest,
        "holds": all(each.holds for each in findings),
        "properties": [_property(each) for each in findings],
    }


def _property(finding: Finding) -> Json:
    found: dict[str, Json] = {
        "name": finding.stated.name,
        "statement": finding.stated.statement,
        "result": _word(finding),
    }
    return found if finding.verdict is None else {**found, **_verdict(finding.verdict)}


def _verdict(verdict: Verdict) -> dict[str, Json]:
    grounds: list[Json] = [
        {"settled": each.settled.value, "cases": each.cases, "text": each.text}
        for each in verdict.grounds
    ]
    witness = None if verdict.witness is None else _witness_object(verdict.witness)
    return {"grounds": grounds, "witness": witness, "details": list(verdict.details)}


def _witness_object(witness: Witness) -> Json:
    return {
        "message": witness.message,
        "country": witness.country,
        "language": witness.language,
        "wrong": witness.wrong,
    }
