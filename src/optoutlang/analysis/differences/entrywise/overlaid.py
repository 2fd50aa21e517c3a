"""One context of one program as it stands: the overlay before the base, looked up and never copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from optoutlang.analysis.differences.outcome import Ledger, Valuer
from optoutlang.runtime.program.filler import Filler
from optoutlang.runtime.program.program import Context, Meaning, Program
from optoutlang.runtime.terms.action import Action, MatchedBy, Tolerance

Row = tuple[str, ...]
Shape = tuple[object, ...] | None

TABLES = ("keywords", "sentences", "phrases", "exceptions")
"""The tables of a context, in the order in which their changes are shown."""

MATCHED_BY: Mapping[str, MatchedBy] = {
    "keywords": MatchedBy.EXACT,
    "sentences": MatchedBy.SENTENCE,
    "phrases": MatchedBy.PHRASE,
}


def meanings(entry: Meaning | tuple[Meaning, ...] | None) -> tuple[Meaning, ...]:
    """Return the meanings of an entry of any table."""
    if entry is None:
        return ()
    return (entry,) if isinstance(entry, Meaning) else entry


def shape(entry: Meaning | tuple[Meaning, ...] | None) -> Shape:
    """Return all of an entry that an outcome depends on: actions and languages, not files and lines."""
    return tuple(
        (each.action, tuple(origin.language for origin in each.origins)) for each in meanings(entry)
    )


def shapes(context: Context) -> tuple[object, ...]:
    """Return all of a context that outcomes depend on, as a value that can be looked up."""
    tables = (getattr(context, name) for name in TABLES)
    return (
        *(frozenset((key, shape(entry)) for key, entry in table.items()) for table in tables),
        frozenset(context.replies.items()),
        frozenset(context.fillers),
        *(context.prefer, context.languages, context.suggest, context.tolerances),
        context.ordinary,
    )


def altered(old: Context, new: Context, name: str) -> frozenset[str]:
    """Return the keys of a table whose own entries differ in shape or are not in both."""
    ours, theirs = getattr(old, name), getattr(new, name)
    both = ours.keys() & theirs.keys()
    return frozenset(ours.keys() ^ theirs.keys()) | {
        key
        for key in both
        if ours[key] is not theirs[key] and shape(ours[key]) != shape(theirs[key])
    }


class Overlaid:
    """A program's context: `country` is one that it names; None is the base."""

    def __init__(self, program: Program, country: str | None, ledger: Ledger) -> None:
        self.program = program
        self.base = program.base
        self.own = program.countries.get(country, Context()) if country else Context()
        self._country = country if country in program.countries else None
        self._ledger = ledger

    @cached_property
    def _valuer(self) -> Valuer:
        return Valuer(self.program, self._country, self._ledger)

    @cached_property
    def fillers(self) -> frozenset[str]:
        """All filler of the context."""
        return frozenset((*self.base.fillers, *self.own.fillers))

    @cached_property
    def filler(self) -> Filler:
        """The filler, to take out of messages."""
        return Filler(sorted(self.fillers))

    @property
    def tolerances(self) -> frozenset[Tolerance]:
        """What is tolerated."""
        return self.base.tolerances | self.own.tolerances

    @property
    def suggest(self) -> frozenset[MatchedBy]:
        """The ways to match that do not decide."""
        suggest = self.base.suggest if self.own.suggest is None else self.own.suggest
        return suggest or frozenset()

    def answers(self) -> tuple[object, ...]:
        """Return all that outcomes depend on beside the entries."""
        return (
            self.program.language,
            {**self.base.replies, **self.own.replies},
            self.own.prefer or self.base.prefer,
            self.own.languages or self.base.languages,
            self.suggest,
        )

    def entry(self, name: str, key: str) -> tuple[Meaning, ...]:
        """Return what a key or row means in a table."""
        own = getattr(self.own, name)
        return meanings(own[key] if key in own else getattr(self.base, name).get(key))

    def entries(self, name: str) -> Iterator[tuple[str, tuple[Meaning, ...]]]:
        """Yield each key or row of a table that means something, the overlay's own first."""
        own = getattr(self.own, name)
        for key, entry in own.items():
            if entry:
                yield key, meanings(entry)
        for key, entry in getattr(self.base, name).items():
            if key not in own and entry:
                yield key, meanings(entry)

    def spelling(self, key: str) -> str:
        """Return how a keyword is spelt, the shortest way; its key if there is none."""
        spelt = {origin.spelling for each in self.entry("keywords", key) for origin in each.origins}
        return min(spelt, key=lambda each: (len(each), each), default=key)

    def worth(self, name: str, key: str) -> dict[Action, int]:
        """Return for each action of an entry the number of what it comes to; an exception is worth its action."""
        found = self.entry(name, key)
        if name == "exceptions":
            return {each.action: 1 for each in found}
        return {each.action: self.number(name, key, each) for each in found}

    def number(self, name: str, key: str, meaning: Meaning) -> int:
        """Return the number of what one meaning of an entry comes to."""
        if name == "keywords":
            return self._valuer.keyword(key, meaning, MATCHED_BY[name])
        return self._valuer.row(meaning, MATCHED_BY[name])

    def inside(self, name: str, row: Row) -> Iterator[tuple[int, int, Meaning]]:
        """Yield what stands in a row of tokens, from where to before where."""
        for start in range(len(row)):
            for end in range(start + 1, len(row) + 1):
                for meaning in self.entry(name, " ".join(row[start:end])):
                    yield start, end, meaning
