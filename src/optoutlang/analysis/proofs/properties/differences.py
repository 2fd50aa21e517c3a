"""Differences between two programs in one context, with a message that shows one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from optoutlang.analysis.proofs.properties.verdict import Witness
from optoutlang.analysis.proofs.subject import Subject
from optoutlang.runtime.program import (
    ABSENT,
    ANSWER_KEYWORDS,
    ANSWER_SENTENCES,
    BUTTONS,
    EVERYDAY,
    FIELDS,
    FILLERS,
    FRAMES,
    KEYWORDS,
    ORDINARY,
    TABLES,
    TOPIC_KEYWORDS,
    TOPIC_SENTENCES,
    Meaning,
    Origin,
    meanings,
)
from optoutlang.runtime.program.field import AnyField

_V = TypeVar("_V")

ROWS = (*TABLES, ANSWER_KEYWORDS, ANSWER_SENTENCES, TOPIC_KEYWORDS, TOPIC_SENTENCES, BUTTONS)
"""The tables by message text, those of answers and topics and the payloads among them: their entries have origins,
with lines."""

_BY_KEY = (KEYWORDS, ANSWER_KEYWORDS, TOPIC_KEYWORDS)

OTHER_FIELDS = tuple(field for field in FIELDS if field not in ROWS and field is not ORDINARY)
"""The fields beside the tables. Ordinary words count by the slips that they take away."""

Lines = frozenset[str]
"""Names of files whose line numbers do not count."""


def difference(
    one: Subject, other: Subject, country: str | None, lines: Lines = frozenset()
) -> Witness | None:
    """Return what differs between two programs in a context, None if nothing does. No message is read to find it.

    Origins are compared by language, spelling, file and, but for the files of `lines`, line.
    """
    if not lines and _are_made_alike(one, other, country):
        return None
    texts = list(_differing(_tables(one, country, lines), _tables(other, country, lines)))
    for text in texts:
        before, after = (_meaning(each, text, country, lines) for each in (one, other))
        if before != after:
            return Witness(f"means {after}, not {before}", text, country)
    if texts:
        return Witness(f"the tables differ at `{texts[0]}`", None, country)
    for field in OTHER_FIELDS:
        ours, theirs = (_comparable(field, each, country) for each in (one, other))
        if ours != theirs:
            return _of_a_field(field, ours, theirs, country)
    return None


def _of_a_field(field: AnyField, ours: object, theirs: object, country: str | None) -> Witness:
    """Return the shortest text that a field has otherwise, if it goes by texts."""
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping) and field is EVERYDAY:
        return Witness(f"other {field.label}", next(_differing(ours, theirs)), country)
    return Witness(f"other {field.label}", None, country)


def changed(one: Subject, other: Subject, lines: Lines) -> Iterator[str | None]:
    """Yield the scopes whose own entries differ but for the lines of some files."""
    for scope in (None, *sorted({*one.program.countries, *other.program.countries})):
        ours, theirs = (_own(each, scope, lines) for each in (one, other))
        if ours != theirs:
            yield scope
    if one.program.typos != other.program.typos:
        yield None


def _own(subject: Subject, scope: str | None, lines: Lines) -> object:
    """Return the own entries of a scope as plain values."""
    program = subject.program
    own = program.base if scope is None else program.overlay(scope)
    tables = [
        {text: _plain(subject, meanings(entry), lines) for text, entry in table.own(own).items()}
        for table in ROWS
    ]
    others = [field.own(own) for field in OTHER_FIELDS if field not in (FRAMES, ABSENT)]
    absent = replace(own.absent, frames=frozenset())
    return (
        tables,
        others,
        absent,
        *(_framed(subject, each) for each in (own.frames, own.absent.frames)),
    )


def _meaning(subject: Subject, text: str, country: str | None, lines: Lines) -> str:
    """Return what a message means, in words, as the matcher has it."""
    found = subject.matcher.match(text, country=country)
    if found is None:
        return "nothing"
    where = "" if lines else f", {found.rule}"
    return f"{found.intent.value} (`{found.keyword}`{where}) in {found.language}"


def _are_made_alike(one: Subject, other: Subject, country: str | None) -> bool:
    """Tell whether a context is made of equal parts; most of them are the base, which is compared once."""
    return (
        one.program.overlay(country) == other.program.overlay(country)
        and one.program.sources == other.program.sources
        and one.has_base_of(other)
        and one.slips(country) == other.slips(country)
    )


def _tables(subject: Subject, country: str | None, lines: Lines) -> Mapping[str, object]:
    """Return what every row and key means, each under a text that people could send."""
    found: dict[str, dict[str, object]] = defaultdict(dict)
    context = subject.context(country)
    for table in ROWS:
        for text, entry in table.resolved(context).items():
            those = meanings(entry)
            where = those[0].origins[0].spelling if table in _BY_KEY else text
            found[where][f"{table.name} {text}"] = _plain(subject, those, lines)
    for key, slips in subject.slips(country).items():
        for slip in slips:
            found[slip][f"slip of {key}"] = True
    return found


def _plain(subject: Subject, meanings: Iterable[Meaning], lines: Lines) -> object:
    """Return meanings as plain values. Which of equal origins stands first is a matter of lines too."""
    return [
        (each.action, each.answer, each.topic, sorted(origins) if lines else origins)
        for each in meanings
        for origins in [[_plain_origin(subject, origin, lines) for origin in each.origins]]
    ]


def _plain_origin(subject: Subject, origin: Origin, lines: Lines) -> tuple[str, str, str, int]:
    file = subject.program.sources[origin.source].name
    return origin.language, origin.spelling, file, 0 if file in lines else origin.line


def _differing(one: Mapping[str, _V], other: Mapping[str, _V]) -> Iterator[str]:
    """Yield the texts that have another entry in one mapping than in the other, the shortest first."""
    texts = sorted(one.keys() | other.keys(), key=lambda each: (len(each), each))
    yield from (each for each in texts if one.get(each) != other.get(each))


def _comparable(field: AnyField, subject: Subject, country: str | None) -> object:
    """Return what decides as a value in which the order of fillers, which is none, and numbers do not count."""
    context = subject.context(country)
    if field is FRAMES:
        return _framed(subject, context.frames)
    return frozenset(context.fillers) if field is FILLERS else field.resolved(context)


def _framed(subject: Subject, numbers: Iterable[int]) -> frozenset[object]:
    """Return what frames mean: one number may be another frame's in another program."""
    return frozenset(subject.frames[number] for number in numbers)
