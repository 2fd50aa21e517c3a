"""The difference of two large programs: entry by entry, without a search of all messages (see `settle`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from optoutlang.analysis.differences.change import Change, kind
from optoutlang.analysis.differences.entrywise.overlaid import (
    MATCHED_BY,
    TABLES,
    Overlaid,
    altered,
    shape,
    shapes,
)
from optoutlang.analysis.differences.entrywise.settle import Settler, stranger
from optoutlang.analysis.differences.outcome import Ledger
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.matcher.matcher import Matcher
from optoutlang.runtime.program.program import PROTECTED_KEYS, Context, Meaning, Program
from optoutlang.runtime.terms.action import PROTECTED, SUGGESTIBLE, Action, Tolerance
from optoutlang.runtime.terms.decision import Decision

Countries = tuple[str | None, ...]
Told = tuple[object, ...] | None

ASKED = 5_000
"""How many messages are asked about in all; what is left then is unsettled."""

BEST = 5
"""How many of the shortest entries of one shape are tried to show its answer."""


@dataclass(slots=True)
class Seen:
    """What one group of contexts shows: for each language and pair of meanings its first message.

    `shown` counts the messages that showed something.
    """

    country: str | None
    first: dict[tuple[str | None, Told, Told], str] = field(default_factory=dict)
    shown: int = 0


class Local:
    """Compares two programs entry by entry; `asked` counts messages, `unsettled` names what is not known."""

    def __init__(
        self, programs: tuple[Program, Program], ledger: Ledger, matchers: tuple[Matcher, Matcher]
    ) -> None:
        self._programs = programs
        self._ledger = ledger
        self._matchers = matchers
        old, new = programs
        self._altered = {name: _clusters(old.base, new.base, name) for name in TABLES}
        self._slips = [
            slip
            for slip in sorted(old.typos.keys() | new.typos.keys())
            if old.typos.get(slip) != new.typos.get(slip)
        ]
        self._best: dict[str, list[list[str]]] = {}
        self._word: str | None = None
        self.groups = 0
        self.asked = 0
        self.unsettled: dict[str, None] = {}

    def changes(self) -> Iterator[Change]:
        """Yield what changes, one group of contexts that are alike after the other."""
        for countries in self._groups():
            self.groups += 1
            seen = Seen(countries[0])
            old, new = (Overlaid(each, countries[0], self._ledger) for each in self._programs)
            self._compare(old, new, seen)
            yield from self._changed(seen, countries)

    def tolerated(self) -> Iterator[Change]:
        """Yield what changes because of typos and other tolerances alone."""
        for countries in self._groups():
            seen = Seen(countries[0])
            old, new = (Overlaid(each, countries[0], self._ledger) for each in self._programs)
            self._tolerances(old, new, seen)
            yield from self._changed(seen, countries)

    def _groups(self) -> Iterable[Countries]:
        """Return the countries whose overlays are alike in both programs; the base as None."""
        alike: dict[object, list[str | None]] = defaultdict(list)
        old, new = self._programs
        numbers: dict[object, int] = {}
        for country in (None, *sorted({*old.countries, *new.countries})):
            pair = []
            for program in self._programs:
                own = program.countries.get(country, Context()) if country else Context()
                pair.append(numbers.setdefault(shapes(own), len(numbers)))
            alike[tuple(pair)].append(country)
        return [tuple(each) for each in alike.values()]

    # One group.

    def _compare(self, old: Overlaid, new: Overlaid, seen: Seen) -> None:
        differing = {name: self._differing(name, old, new) for name in TABLES}
        if old.answers() != new.answers():
            self._answers(old, new, seen)
        if old.fillers != new.fillers:
            self._fillers(old, new, seen)
            self.unsettled["fillers"] = None
        for name, clusters in differing.items():
            for keys in clusters:
                excepts_differ = bool(differing["exceptions"])
                if not self._settled(name, keys, old, new, seen, excepts_differ=excepts_differ):
                    self.unsettled[name] = None
        self._tolerances(old, new, seen)

    def _settled(
        self,
        name: str,
        keys: Sequence[str],
        old: Overlaid,
        new: Overlaid,
        seen: Seen,
        *,
        excepts_differ: bool,
    ) -> bool:
        """Tell whether entries that change alike are settled: all of them, or one by a message."""
        settler = Settler((old, new), self._ledger, self._stranger())
        settled = True
        for key in keys:
            if self.asked > ASKED:
                return False
            before = seen.shown
            settled &= settler.settled(
                name, key, lambda text: self._shows(text, seen), excepts_differ=excepts_differ
            )
            if seen.shown > before:
                return True
        return settled

    def _differing(self, name: str, old: Overlaid, new: Overlaid) -> list[list[str]]:
        """Return the keys of a table that come to something else because of their own meanings, alike ones together."""
        own = altered(old.own, new.own, name)
        named = getattr(old.own, name).keys() | getattr(new.own, name).keys()
        clusters = [[each] for each in own]
        clusters += ([each for each in those if each not in named] for those in self._altered[name])
        found = [
            each
            for each in clusters
            if each and old.worth(name, each[0]) != new.worth(name, each[0])
        ]
        return sorted(found, key=lambda each: (len(each[0]), each[0]))

    def _answers(self, old: Overlaid, new: Overlaid, seen: Seen) -> None:
        """Show each shape of entries that answers otherwise."""
        if not (old.suggest ^ new.suggest) <= frozenset(SUGGESTIBLE.values()):
            self.unsettled["suggest"] = None
        pairs: set[tuple[int, ...]] = set()
        for name in MATCHED_BY:
            changed = altered(old.own, new.own, name).union(*self._altered[name])
            for texts in self._shaped(old, name):
                alike = islice((each for each in texts if each not in changed), BEST)
                pair: tuple[int, ...] = ()
                for text in alike:
                    entry = old.entry(name, text), new.entry(name, text)
                    sides = zip((old, new), entry, strict=True)
                    pair = tuple(
                        side.number(name, text, each) for side, those in sides for each in those
                    )
                    half = len(pair) // 2
                    if pair[:half] == pair[half:] or pair in pairs:
                        break
                    said = old.spelling(text) if name == "keywords" else text
                    if any(self._shows(each, seen) for each in self._plainly(said)):
                        pairs.add(pair)
                        break
                else:
                    if pair:
                        self.unsettled["replies"] = None

    def _plainly(self, text: str) -> Iterator[str]:
        """Yield messages of an entry, alone and beside what no rule knows."""
        word = self._stranger()
        yield from (text, f"{word} {text} {word}", f"{word}. {text}. {word}")

    def _shaped(self, side: Overlaid, name: str) -> Iterator[Iterator[str]]:
        """Yield for each shape of entries of a context its shortest ones first; a protected word by itself."""
        own, base = getattr(side.own, name), getattr(side.base, name)
        known = self._best.get(name)
        if known is None:
            known = self._best[name] = _by_shape(base)
        for texts in known:
            yield (each for each in texts if each not in own)
        yield from map(iter, _by_shape(own))

    def _fillers(self, old: Overlaid, new: Overlaid, seen: Seen) -> None:
        """Try each filler of one side alone beside the protected words."""
        for each in sorted(old.fillers ^ new.fillers):
            for word in PROTECTED:
                self._shows(f"{word} {each}", seen)

    def _tolerances(self, old: Overlaid, new: Overlaid, seen: Seen) -> None:
        """Show what is tolerated otherwise; what follows from other keywords is shown by them."""
        for each in sorted(old.tolerances ^ new.tolerances, key=lambda each: each.value):
            messages = _TOLERABLE.get(each, ())
            if each is not Tolerance.TYPOS and not any(
                self._shows(text, seen) for text in messages
            ):
                self.unsettled["tolerances"] = None
        keywords = altered(old.own, new.own, "keywords").union(*self._altered["keywords"])
        near = {
            slip
            for side in (old, new)
            for slip, keys in side.program.typos.items()
            if keywords and not keywords.isdisjoint(keys)
        }
        slips = sorted({*self._slips} | (old.own.ordinary ^ new.own.ordinary) | near)
        for key in sorted(keywords) if old.tolerances | new.tolerances else ():
            for text in (f"{key} 12345", key[:1] + key[1:2] * 4 + key[2:]):
                self._shows(text, seen)
        if Tolerance.TYPOS in old.tolerances ^ new.tolerances:
            slips = sorted(old.program.typos.keys() | new.program.typos.keys())
        pairs: set[object] = set()
        for slip in slips:
            pair = _slip(old, slip), _slip(new, slip)
            if pair[0] != pair[1] and pair not in pairs:
                if self._shows(slip, seen):
                    pairs.add(pair)
                elif not any(each.entry("keywords", slip) for each in (old, new)):
                    self.unsettled["typos"] = None

    # Messages.

    def _stranger(self) -> str:
        if self._word is None:
            known: set[str] = set()
            for program in self._programs:
                for context in (program.base, *program.countries.values()):
                    known.update(context.keywords)
                    for table in (
                        context.sentences,
                        context.phrases,
                        context.exceptions,
                        context.fillers,
                    ):
                        for text in table:
                            known.update(text.split(" "))
            self._word = stranger(frozenset(known))
        return self._word

    def _shows(self, text: str, seen: Seen) -> bool:
        """Ask both matchers about a message for every preferred language; tell whether its meaning differs."""
        if self.asked > ASKED:
            return False
        self.asked += 1
        found = False
        for language in self._ledger.preferences:
            before, after = self._decisions(text, seen.country, language)
            pair = told(before), told(after)
            if pair[0] != pair[1]:
                found = True
                seen.first.setdefault((language, *pair), text)
        seen.shown += found
        return found

    def _decisions(
        self, text: str, country: str | None, language: str | None
    ) -> tuple[Decision | None, Decision | None]:
        old, new = (each.match(text, country=country, language=language) for each in self._matchers)
        return old, new

    def _changed(self, seen: Seen, countries: Countries) -> Iterator[Change]:
        """Yield what a group shows, languages in which it happens alike together."""
        tags: dict[tuple[str, Told, Told], list[str | None]] = defaultdict(list)
        for (language, *pair), text in seen.first.items():
            tags[text, pair[0], pair[1]].append(language)
        for (text, *_), languages in tags.items():
            before, after = self._decisions(text, countries[0], languages[0])
            how = kind(before, after)
            assert how is not None  # noqa: S101  # the outcomes differ
            everyone = len(languages) == len(self._ledger.preferences)
            whole = any(each is not None and each.matched_by.certain for each in (before, after))
            length = 1 if whole else len(tokens(text))
            yield Change(
                how, countries, () if everyone else tuple(languages), text, length, before, after
            )


_TOLERABLE: Mapping[Tolerance, tuple[str, ...]] = {
    Tolerance.STRETCHES: ("STOOOOP",),
    Tolerance.LOOKALIKES: ("ЅТОР",),
    Tolerance.NUMBERS: ("STOP 12345",),
}
"""A message for each tolerance that can be shown by a protected word."""


def _clusters(old: Context, new: Context, name: str) -> list[list[str]]:
    """Return the keys that a table gives other meanings, those of the same shapes together, the shortest first."""
    ours, theirs = getattr(old, name), getattr(new, name)
    found: dict[object, list[str]] = defaultdict(list)
    for key in altered(old, new, name):
        shapes_ = shape(ours.get(key)), shape(theirs.get(key))
        found[(*shapes_, key if key in PROTECTED_KEYS else "")].append(key)
    return [sorted(those, key=lambda each: (len(each), each)) for those in found.values()]


def _by_shape(table: Mapping[str, Meaning | tuple[Meaning, ...]]) -> list[list[str]]:
    """Return the entries that have the same actions and languages together, the shortest first."""
    found: dict[object, list[str]] = defaultdict(list)
    for text, entry in table.items():
        if entry:
            found[shape(entry), text if text in PROTECTED_KEYS else ""].append(text)
    return [sorted(those, key=lambda each: (len(each), each)) for those in found.values()]


def _slip(side: Overlaid, slip: str) -> int | None:
    """Return the number of the opt-out keyword that a slip stands for; None for none."""
    if Tolerance.TYPOS not in side.tolerances or slip in side.own.ordinary:
        return None
    for key in side.program.typos.get(slip, ()):
        for meaning in side.entry("keywords", key):
            if meaning.action is Action.OPT_OUT:
                return side.number("keywords", key, meaning)
    return None


def told(decision: Decision | None) -> Told:
    """Return what a decision does, but for how the message matched."""
    if decision is None:
        return None
    return decision.action, decision.suggested, decision.language, decision.reply
