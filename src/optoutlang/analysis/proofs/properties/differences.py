"""Where two programs differ in one context, with a message that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from optoutlang.analysis.proofs.properties.verdict import Witness
from optoutlang.analysis.proofs.subject import NOTHING, Subject
from optoutlang.runtime.program.program import Context, Meaning, Origin

_V = TypeVar("_V")

Lines = frozenset[str]
"""Names of files whose line numbers do not count."""


def difference(
    one: Subject, other: Subject, country: str | None, lines: Lines = frozenset()
) -> Witness | None:
    """Return what differs between two programs in a context, None if nothing does. No message is read to find it.

    Origins are compared by language, spelling, file and, but for the files of `lines`, line.
    """
    if not lines and _made_of(one, country) == _made_of(other, country):
        return None
    texts = list(_differing(_tables(one, country, lines), _tables(other, country, lines)))
    for text in texts:
        said, says = (_meaning(each, text, country, lines) for each in (one, other))
        if said != says:
            return Witness(f"means {says}, not {said}", text, country)
    if texts:
        return Witness(f"the tables differ at `{texts[0]}`", None, country)
    rest = (_rest(one, country), _rest(other, country))
    if rest[0] == rest[1]:
        return None
    return Witness("another filler, reply, preference or tolerance", None, country)


def changed(one: Subject, other: Subject, lines: Lines) -> Iterator[str | None]:
    """Yield the scopes whose own entries differ but for the lines of some files."""
    contexts = _contexts(one)
    others = _contexts(other)
    for scope in (None, *sorted({*contexts, *others} - {None}, key=str)):
        plain = _context(one, contexts.get(scope, NOTHING), lines)
        if plain != _context(other, others.get(scope, NOTHING), lines):
            yield scope
    if one.program.typos != other.program.typos:
        yield None


def _contexts(subject: Subject) -> dict[str | None, Context]:
    found: dict[str | None, Context] = dict(subject.program.countries.items())
    return {None: subject.program.base, **found}


def _context(subject: Subject, context: Context, lines: Lines) -> object:
    """Return the own entries of a context as plain values."""
    tables = (context.sentences, context.phrases, context.exceptions)
    return (
        {
            key: None if meaning is None else _plain(subject, [meaning], lines)
            for key, meaning in context.keywords.items()
        },
        [{text: _plain(subject, each, lines) for text, each in table.items()} for table in tables],
        (context.fillers, dict(context.replies), context.prefer, context.languages),
        (context.suggest, context.tolerances),
    )


def _meaning(subject: Subject, text: str, country: str | None, lines: Lines) -> str:
    """Return what a message means, in words, as the matcher has it."""
    found = subject.matcher.match(text, country=country)
    if found is None:
        return "nothing"
    where = "" if lines else f", {found.rule}"
    return f"{found.wanted.value} (`{found.keyword}`{where}) in {found.language}"


def _made_of(subject: Subject, country: str | None) -> object:
    program = subject.program
    return subject.own(country), program.base, program.sources, subject.slips(country)


def _tables(subject: Subject, country: str | None, lines: Lines) -> Mapping[str, object]:
    """Return what every row and key means, each under a text that people could send."""
    said: dict[str, dict[str, object]] = {}
    for key, meaning in subject.keywords(country).items():
        held = said.setdefault(meaning.origins[0].spelling, {})
        held[f"keyword {key}"] = _plain(subject, [meaning], lines)
    for name, rows in (
        ("sentence", subject.sentences(country)),
        ("phrase", subject.phrases(country)),
        ("exception", subject.exceptions(country)),
    ):
        for text, meanings in rows.items():
            said.setdefault(text, {})[name] = _plain(subject, meanings, lines)
    for key, slips in subject.slips(country).items():
        for slip in slips:
            said.setdefault(slip, {})[f"slip of {key}"] = True
    return said


def _plain(subject: Subject, meanings: Iterable[Meaning], lines: Lines) -> object:
    """Return meanings as plain values. Which of equal origins stands first is a matter of lines too."""
    return [
        (each.action, sorted(said) if lines else said)
        for each in meanings
        for said in [[_said(subject, origin, lines) for origin in each.origins]]
    ]


def _said(subject: Subject, origin: Origin, lines: Lines) -> tuple[str, str, str, int]:
    file = subject.program.sources[origin.source].name
    return origin.language, origin.spelling, file, 0 if file in lines else origin.line


def _differing(one: Mapping[str, _V], other: Mapping[str, _V]) -> Iterator[str]:
    """Yield the texts that have another entry in one mapping than in the other, the shortest first."""
    texts = sorted(one.keys() | other.keys(), key=lambda each: (len(each), each))
    yield from (each for each in texts if one.get(each) != other.get(each))


def _rest(subject: Subject, country: str | None) -> object:
    base, own = subject.program.base, subject.own(country)
    return (
        sorted({*base.fillers, *own.fillers}),
        {**base.replies, **own.replies},
        own.prefer or base.prefer,
        own.languages or base.languages,
        base.suggest if own.suggest is None else own.suggest,
        subject.tolerances(country),
    )
