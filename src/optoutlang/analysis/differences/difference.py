"""The difference in meaning between two programs, exact: what changes, and a proof if nothing does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from optoutlang.analysis.differences.buttons import ButtonComparison
from optoutlang.analysis.differences.change import Change, Difference, Kind, kind
from optoutlang.analysis.differences.entrywise.compare import EntrywiseComparison, effect
from optoutlang.analysis.differences.framed import FrameComparison, contents
from optoutlang.analysis.differences.outcome import Outcome, OutcomeIndex, outcome
from optoutlang.analysis.differences.reading import Reading, reading
from optoutlang.analysis.differences.search.search import (
    Pairs,
    Path,
    TooManyStatesError,
    order,
    search,
)
from optoutlang.analysis.differences.search.witness import texts
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import (
    ABSENT,
    ANSWER_KEYWORDS,
    ANSWER_REPLIES,
    ANSWER_SENTENCES,
    ANSWERS,
    BUTTONS,
    COMPOUNDS,
    EVERYDAY,
    FIELDS,
    FILLERS,
    FRAMES,
    KEYWORD_REPLIES,
    LANGUAGES,
    LOCAL,
    ORDINARY,
    PREFER,
    REPLIES,
    REPLY_LIMITS,
    RUNTIME,
    SUGGEST,
    TABLES,
    TOLERANCES,
    TOPIC_KEYWORDS,
    TOPIC_REPLIES,
    TOPIC_SENTENCES,
    Context,
    Program,
    ResolvedContext,
)
from optoutlang.runtime.terms import COUNTRIES, Decision, MatchedBy

_COMPARED = frozenset(
    field.name
    for field in (
        *TABLES,
        FILLERS,
        REPLIES,
        REPLY_LIMITS,  # which decides no message
        RUNTIME,  # whose places stand in the replies
        BUTTONS,
        ABSENT,  # which is compared as what is left
        PREFER,
        LANGUAGES,
        SUGGEST,
        TOLERANCES,
        ANSWERS,
        COMPOUNDS,
        EVERYDAY,
        LOCAL,
        ORDINARY,
        KEYWORD_REPLIES,
        ANSWER_KEYWORDS,
        ANSWER_SENTENCES,
        ANSWER_REPLIES,
        TOPIC_KEYWORDS,
        TOPIC_SENTENCES,
        TOPIC_REPLIES,
    )
)
"""The fields of contexts that are compared. A difference in any other is not settled."""

_SIMILAR = "similar"

SEARCHED = 1_000
"""How many entries a program may have for the search of all messages; larger ones go entry by entry."""

Countries = tuple[str | None, ...]
Pair = tuple[Outcome | None, Outcome | None]


def diff(old: Program, new: Program) -> Difference:
    """Return what changes in meaning from one program to another.

    For each pair of different outcomes that some message has in a context there
    is a change with a shortest such message; with a quotation in it only if no
    other message shows that change. Of programs with more than `SEARCHED` entries, or whose search has too many states,
    each entry that differs is looked at (see `settle`): equal is still a proof, but
    a pair that needs several entries to meet may go unnamed beside other changes,
    and a message need not be a shortest one.

    Neither reads frames. Where there are any, each change is asked of both programs as a whole, frames that differ
    are tried, and `frames` is unsettled: something that no message tried shows may change too.

    The rules alone are compared, without suggesters: where these differ, `similar` is unsettled.
    """
    unlike = () if _suggests_alike(old, new) else (_SIMILAR,)
    old, new = old.without_suggester(), new.without_suggester()
    found = _diff(old, new)
    return replace(found, unsettled=(*found.unsettled, *unlike))


def _diff(old: Program, new: Program) -> Difference:
    if _alike_entries(old, new):
        preferences = len(OutcomeIndex((old, new)).preferences)
        unsettled = tuple(_unsettled(old, new))
        return Difference((), (), len(COUNTRIES) + 1, 0, preferences, 0, unsettled)
    return _Comparison(old, new).difference()


class _Comparison:
    """Compares two programs, one group of contexts that are read alike after the other."""

    def __init__(self, old: Program, new: Program) -> None:
        self._programs = old, new
        self._index = OutcomeIndex(self._programs)
        self._matchers = Matcher(old), Matcher(new)
        self._intercepted = False
        self._entrywise = EntrywiseComparison(self._programs, self._index, self._matchers)
        self._buttons = ButtonComparison(self._programs, self._matchers, self._index.preferences)
        self._framed = FrameComparison(self._programs, self._matchers)

    def difference(self) -> Difference:
        """Return everything that changes: by entries if the programs are large, else by the search."""
        if self._large():
            return self._by_entries()
        try:
            return self._by_search()
        except TooManyStatesError:
            return self._by_entries()

    def _large(self) -> bool:
        return any(_entries(program) > SEARCHED for program in self._programs)

    def _by_entries(self) -> Difference:
        entrywise = self._entrywise
        found = list(entrywise.changes())
        shown = self._difference(found, entrywise.groups, entrywise.asked, entrywise.unsettled)
        return replace(shown, every_pair=False)

    def _by_search(self) -> Difference:
        states = groups = 0
        changes: list[Change] = []
        for readings, countries in self._groups():
            searched = search(*readings)
            states += searched.states
            groups += 1
            changes += self._changes(searched.pairs, readings, countries)
        entrywise = self._entrywise
        beside = [entrywise.counting()]
        if entrywise.intercepts:
            beside.append(entrywise.tolerated())
        for found in beside:
            changes += [each for each in found if not any(_same(each, other) for other in changes)]
        unsettled = ["tolerances"] if self._intercepted else []
        return self._difference(changes, groups, states, (*unsettled, *entrywise.unsettled))

    def _difference(
        self, changes: Sequence[Change], groups: int, states: int, unsettled: Iterable[str]
    ) -> Difference:
        if self._framed.is_framed:
            shown = [each for each in changes if self._framed.is_shown(each)]
            changes = [*shown, *self._framed.changes()]
            states += self._framed.asked
            unsettled = (*unsettled, *self._framed.unread)
        changes = [*changes, *self._buttons.changes()]
        states += self._buttons.asked
        merged = _merged(changes)
        return Difference(
            changes=tuple(each for each in merged if each.kind is not Kind.WORDING),
            wording=tuple(each for each in merged if each.kind is Kind.WORDING),
            contexts=len(COUNTRIES) + 1,
            groups=groups,
            preferences=len(self._index.preferences),
            states=states,
            unsettled=tuple(dict.fromkeys((*_unsettled(*self._programs), *unsettled))),
        )

    def _groups(self) -> Iterator[tuple[tuple[Reading, Reading], Countries]]:
        """Yield the contexts that are read alike, in each program, together; those of the base as None."""
        old, new = (_Readings(program, self._index) for program in self._programs)
        alike: dict[tuple[int, int], list[str | None]] = defaultdict(list)
        for country in (None, *sorted({*old.countries, *new.countries})):
            alike[old.index(country), new.index(country)].append(country)
        for (ours, theirs), countries in alike.items():
            yield (old.readings[ours], new.readings[theirs]), tuple(countries)

    def _changes(
        self,
        pairs: Pairs,
        readings: tuple[Reading, Reading],
        countries: Countries,
    ) -> Iterator[Change]:
        """Yield what changes in a group of contexts: for each pair of outcomes its shortest message."""
        shortest: dict[tuple[str | None, Pair | None], tuple[Pair, Path]] = {}
        for (before, after), path in sorted(pairs.items(), key=lambda each: order(each[1])):
            outcomes = zip(self._index.outcomes[before], self._index.outcomes[after], strict=True)
            for language, pair in zip(self._index.preferences, outcomes, strict=True):
                if pair[0] != pair[1]:
                    shortest.setdefault((language, _effect(pair)), (pair, path))
        languages: dict[tuple[Pair, Path], list[str | None]] = defaultdict(list)
        for (language, _), found in shortest.items():
            languages[found].append(language)
        for (pair, path), tags in languages.items():
            change = self._change(pair, path, readings, countries, tags)
            if change is not None:
                yield change

    def _change(
        self,
        pair: Pair,
        path: Path,
        readings: tuple[Reading, Reading],
        countries: Countries,
        languages: Sequence[str | None],
    ) -> Change | None:
        keyword = any(each is not None and each.matched_by.certain for each in pair)
        for text in texts(path, readings if keyword else ()):
            where = self._where(text, countries, languages, pair)
            if where:
                break
        else:
            # The search reads no keyword across the end of a sentence otherwise than within one.
            broken = any(move.breaks for move in path)
            if not self._framed.is_framed:
                assert self._entrywise.intercepts or broken, text  # noqa: S101  # else the search is wrong
                self._intercepted = True
            return None
        before, after = self._decisions(text, where[0], languages[0])
        how = kind(before, after)
        assert how is not None  # noqa: S101  # the outcomes differ
        everyone = len(languages) == len(self._index.preferences)
        preferred = () if everyone else tuple(languages)
        return Change(how, where, preferred, text, len(path), before, after)

    def _where(
        self, text: str, countries: Countries, languages: Sequence[str | None], pair: Pair
    ) -> Countries:
        """Return the countries in which a message shows a change; they are alike but for everyday words."""
        alike = not self._entrywise.ignores_everyday_words
        asked = countries[:1] if alike else countries
        where = tuple(
            each
            for each in asked
            if all(self._shows(text, each, language, pair) for language in languages)
        )
        return countries if alike and where else where

    def _shows(self, text: str, country: str | None, language: str | None, pair: Pair) -> bool:
        before, after = self._decisions(text, country, language)
        return (outcome(before), outcome(after)) == pair

    def _decisions(
        self, text: str, country: str | None, language: str | None
    ) -> tuple[Decision | None, Decision | None]:
        old, new = (
            matcher.match(text, country=country, language=language) for matcher in self._matchers
        )
        return old, new


class _Readings:
    """The contexts of one program: each distinct one once, with a number."""

    def __init__(self, program: Program, index: OutcomeIndex) -> None:
        self.countries = program.countries
        self.readings: list[Reading] = []
        self._program = program
        self._index = index
        self._overlays: list[tuple[Context, int]] = []
        self._contents: dict[object, int] = {}

    def index(self, country: str | None) -> int:
        """Return the number of a country's reading, or of the base's if the program does not name it."""
        own = self._program.overlay(country)
        for overlay, index in self._overlays:
            if overlay == own:
                return index
        found = reading(self._program, country, self._index)
        index = self._contents.setdefault(found.content, len(self.readings))
        if index == len(self.readings):
            self.readings.append(found)
        self._overlays.append((own, index))
        return index


def _effect(pair: Pair) -> Pair | None:
    """Return a pair of outcomes without how the message matched; None if they differ in nothing else."""
    before, after = (each and replace(each, matched_by=MatchedBy.EXACT) for each in pair)
    return None if before == after else (before, after)


def _merged(changes: Sequence[Change]) -> list[Change]:
    """Join what happens alike in several groups of contexts; the gravest first, then the shortest."""
    joined: dict[object, Change] = {}
    for each in changes:
        alike = (
            (each.kind, each.languages, each.witness, each.button),
            (_alike(each.before), _alike(each.after)),
        )
        first = joined.get(alike, replace(each, countries=()))
        joined[alike] = replace(first, countries=(*first.countries, *each.countries))
    order = list(Kind)
    sorted_ = (
        replace(each, countries=tuple(sorted(each.countries, key=lambda code: code or "")))
        for each in joined.values()
    )
    return sorted(
        sorted_,
        key=lambda each: (
            order.index(each.kind),
            each.length,
            each.witness,
            [tag or "" for tag in each.countries],
            [tag or "" for tag in each.languages],
        ),
    )


def _same(change: Change, other: Change) -> bool:
    """Tell whether another change is of the same kind, from and to the same, wherever this one is."""
    return (
        change.kind is other.kind
        and (effect(change.before), effect(change.after))
        == (effect(other.before), effect(other.after))
        and set(change.countries) <= set(other.countries)
    )


def _alike_entries(old: Program, new: Program) -> bool:
    """Tell whether two programs are the same to the last line, but for what is not compared."""
    ours, theirs = (
        (
            each.language,
            each.typos,
            each.base,
            each.countries,
            contents(each).keys(),
            each.frames.ordinary,
        )
        for each in (old, new)
    )
    return ours == theirs


def _suggests_alike(old: Program, new: Program) -> bool:
    """Tell whether two programs have one suggester, and ask it in the same contexts."""
    ours, theirs = (
        (
            each.similar and each.similar.digest,
            {country for country, context in each.contexts().items() if _asks(context)},
        )
        for each in (old, new)
    )
    return ours == theirs


def _asks(context: ResolvedContext) -> bool:
    return MatchedBy.SIMILAR in context.suggest


def _entries(program: Program) -> int:
    """Return how many entries all contexts of a program have."""
    return sum(len(table.own(own)) for _, own in program.own_contexts() for table in TABLES)


def _alike(decision: Decision | None) -> Decision | None:
    return None if decision is None else replace(decision, country_scope=None, digest="")


def _unsettled(old: Program, new: Program) -> Iterator[str]:
    """Yield the names of what differs and is not compared."""
    if old.tables != new.tables:
        yield "tables"
    for field in FIELDS:
        if field.name not in _COMPARED and field is not FRAMES:
            ours, theirs = (
                [(country, field.own(own)) for country, own in program.own_contexts()]
                for program in (old, new)
            )
            if ours != theirs:
                yield field.name
