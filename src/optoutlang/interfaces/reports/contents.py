"""The content of compiled rules, in a few lines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from optoutlang import Matcher
from optoutlang.runtime.program import Context, Program
from optoutlang.runtime.terms.action import REQUESTS, Action
from optoutlang.runtime.terms.json import Json


def contents(matcher: Matcher, *, states: bool = True) -> str:
    """Return a description for people: digest, versions, sources, counts, contexts.

    `states` are counted by building the automata of phrases, for a large ruleset in seconds.
    """
    lines = _lines(matcher, states=states)
    return "\n".join(f"{name:<11} {value}" for name, value in lines)


def contents_json(matcher: Matcher) -> str:
    """Return the same for programs; a table counts entries of the base, and those that countries change."""
    program, tables = matcher.program, matcher.program.tables
    report: dict[str, Json] = {
        "version": 1,
        "ruleset": program.name,
        "base_language": program.language,
        "digest": matcher.digest,
        "language_version": program.language_version,
        "canonical": {"version": tables.version, "digest": tables.digest},
        "unicode": tables.unicode,
        "keywords": {action.value: len(_keywords(program, action)) for action in REQUESTS},
        "tables": {name: _sizes(program, name) for name in _TABLES},
        "typos": len(program.typos),
        "languages": list[Json](sorted(_languages(program))),
        "countries": list[Json](matcher.countries),
        "states": matcher.states,
        "sources": [{"name": each.name, "sha256": each.sha256} for each in program.sources],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


_TABLES = ("keywords", "sentences", "phrases", "exceptions", "fillers", "frames", "replies")


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
    parts = [f"{len(_keywords(program, action))} {action.value}" for action in REQUESTS]
    return f"{', '.join(parts)}; {_sizes(program, 'keywords')['changed']} changed by countries"


def _keywords(program: Program, action: Action) -> list[str]:
    keywords = program.base.keywords.items()
    return [key for key, each in keywords if each is not None and each.action is action]


def _number(program: Program, table: str) -> str:
    sizes = _sizes(program, table)
    return f"{sizes['base']}; {sizes['changed']} changed by countries"


def _sizes(program: Program, table: str) -> dict[str, Json]:
    def size(context: Context) -> int:
        return len(getattr(context, table))

    changed = sum(size(each) for each in program.countries.values())
    return {"base": size(program.base), "changed": changed}


def _languages(program: Program) -> set[str]:
    contexts = (program.base, *program.countries.values())
    return {language for context in contexts for language in context.languages}
