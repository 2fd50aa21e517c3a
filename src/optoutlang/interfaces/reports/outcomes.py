"""The outcomes of `test` blocks as text, JSON and JUnit XML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree import ElementTree as ET

import click

from optoutlang.interfaces.reports.explanations import case_lines, reason_lines
from optoutlang.interfaces.reports.visible import visible
from optoutlang.language.driver.examples import Outcome
from optoutlang.language.model.ruleset import Example
from optoutlang.runtime.terms.decision import decision_object
from optoutlang.runtime.terms.json import Json


@dataclass(frozen=True, slots=True)
class FileOutcomes:
    """The outcomes of one file: as it was asked for, its ruleset's name, and its cases in their order."""

    file: str
    ruleset: str
    outcomes: tuple[Outcome, ...]

    @property
    def failures(self) -> int:
        """How many cases failed."""
        return sum(not each.passed for each in self.outcomes)

    @property
    def passed(self) -> bool:
        """Whether there was a case and none failed."""
        return bool(self.outcomes) and not self.failures


def as_text(files: Sequence[FileOutcomes]) -> str:
    """Return a line for each test, all about each failed case, and a closing line."""
    lines: list[str] = []
    for file in files:
        lines += _file_lines(file)
    cases = sum(len(each.outcomes) for each in files)
    failed = sum(each.failures for each in files)
    empty = sum(not each.outcomes for each in files)
    closing = f"{cases - failed} passed, {failed} failed"
    closing += f", {empty} without tests" if empty else ""
    good = all(each.passed for each in files)
    return "\n".join((*lines, click.style(closing, fg="green" if good else "red", bold=True)))


def _file_lines(file: FileOutcomes) -> Iterator[str]:
    yield click.style(file.file, bold=True)
    if not file.outcomes:
        yield f"  {click.style('FAIL', fg='red')}  no `test` block has a case, so nothing is tested"
    for name, cases in groupby(file.outcomes, key=lambda each: each.example.test):
        outcomes = tuple(cases)
        failed = [each for each in outcomes if not each.passed]
        mark = click.style("FAIL", fg="red") if failed else click.style("ok", fg="green") + "  "
        yield f"  {mark}  {visible(name)} ({len(outcomes) - len(failed)} of {len(outcomes)})"
        for each in failed:
            yield from _failure(each)


def _failure(outcome: Outcome) -> Iterator[str]:
    example = outcome.example
    yield f"        {example.place.rule}: {asked(example)}"
    yield from (f"          {line}" for line in case_lines(outcome))


def asked(example: Example) -> str:
    """Return a case's message and context, in the words of the language."""
    country = f" from {example.country}" if example.country else ""
    prefer = f" prefer {example.prefer}" if example.prefer else ""
    button = "button " if example.button else ""
    return f'{button}"{visible(example.message)}"{country}{prefer}'


def as_json(files: Sequence[FileOutcomes]) -> str:
    """Return one JSON object: each file with its cases, and the counts."""
    report: dict[str, Json] = {
        "version": 1,
        "files": [
            {
                "path": file.file,
                "ruleset": file.ruleset,
                "passed": file.passed,
                "cases": [_case_object(each) for each in file.outcomes],
            }
            for file in files
        ],
        "summary": {
            "passed": sum(len(each.outcomes) - each.failures for each in files),
            "failed": sum(each.failures for each in files),
            "files_without_tests": sum(not each.outcomes for each in files),
        },
    }
    return json.dumps(report, indent=2)


def _case_object(outcome: Outcome) -> Json:
    example = outcome.example
    return {
        "test": example.test,
        "message": example.message,
        **({"button": True} if example.button else {}),
        "country": example.country,
        "prefer": example.prefer,
        "rule": example.place.rule,
        "passed": outcome.passed,
        "expected": outcome.expected,
        "got": outcome.got,
        "why": [] if outcome.passed else list[Json](reason_lines(outcome.explanation)),
        "decision": decision_object(outcome.decision),
    }


def as_junit(files: Sequence[FileOutcomes]) -> str:
    """Return a JUnit report: a suite for each file, a case for each case; no cases at all is a failure."""
    suites = ET.Element("testsuites")
    for file in files:
        count = max(1, len(file.outcomes))
        failures = file.failures if file.outcomes else 1
        suite = ET.SubElement(
            suites, "testsuite", name=file.file, tests=str(count), failures=str(failures)
        )
        if not file.outcomes:
            empty = ET.SubElement(suite, "testcase", classname=file.ruleset, name="tests")
            ET.SubElement(empty, "failure", message="no `test` block has a case")
        for outcome in file.outcomes:
            _junit_case(suite, file, outcome)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _junit_case(suite: ET.Element, file: FileOutcomes, outcome: Outcome) -> None:
    example = outcome.example
    classname = visible(f"{file.ruleset}.{example.test}")
    case = ET.SubElement(suite, "testcase", classname=classname, name=asked(example))
    if not outcome.passed:
        message = visible(f"expected {outcome.expected}, got {outcome.got}")
        failure = ET.SubElement(case, "failure", message=message)
        failure.text = "\n".join((example.place.rule, *reason_lines(outcome.explanation)))
