"""The content of compiled rules, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang import Matcher
from optoutlang.runtime.program import Context, Program
from optoutlang.runtime.terms.action import REQUESTS


def contents(matcher: Matcher, *, states: bool = True) -> str:
    """Return a description for people: digest, versions, sources, counts, contexts.

    `states` are counted by building the automata of phrases, for a large ruleset in seconds.
    """
    lines = _lines(matcher, states=states)
    return "\n".join(f"{name:<11} {value}" for name, value in lines)


def _lines(matcher: Matcher, *, states: bool) -> Iterator[tuple[str, str]]:
    program = matcher.program
    tables = program.tables
    yield "ruleset", f"{program.name} ({program.language})"
    yield "digest", matcher.digest
    yield "language", f"version {program.language_version}"
    yield "canonical", f"version {tables.version} ({tables.digest[:16]}), Unicode {tables.unicode}"
    yield "keywords", _counted(program)
    yield "sentences", _number(program, "sentences")
    yield "phrases", _number(program, "phrases")
    yield "exceptions", _number(program, "exceptions")
    yield "filler", _number(program, "fillers")
    yield "typos", f"{len(program.typos):,}"
    yield "replies", _number(program, "replies")
    yield "languages", " ".join(sorted(_languages(program)))
    yield "countries", " ".join(matcher.countries) or "none"
    if states:
        yield "states", f"{matcher.states:,} of the automaton"
    for each in program.sources:
        yield "source", f"{each.sha256[:16]} {each.name}"


def _counted(program: Program) -> str:
    """Return how many keywords the base has, by action, and how many entries countries change."""
    parts = []
    for action in REQUESTS:
        keywords = [
            each for each in program.base.keywords.values() if each and each.action is action
        ]
        parts.append(f"{len(keywords)} {action.value}")
    changed = sum(len(each.keywords) for each in program.countries.values())
    return f"{', '.join(parts)}; {changed} changed by countries"


def _number(program: Program, table: str) -> str:
    def size(context: Context) -> int:
        return len(getattr(context, table))

    changed = sum(size(each) for each in program.countries.values())
    return f"{size(program.base)}; {changed} changed by countries"


def _languages(program: Program) -> set[str]:
    contexts = (program.base, *program.countries.values())
    return {language for context in contexts for language in context.languages}
