"""The difference of two large programs: entry by entry, without a search of all messages (see `settle`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count, islice

from optoutlang.analysis.differences.change import Change, kind
from optoutlang.analysis.differences.entrywise.settle import Settler
from optoutlang.analysis.differences.entrywise.side import Side, altered, shape, shapes
from optoutlang.analysis.differences.entrywise.spellings import spelling_changes
from optoutlang.analysis.differences.outcome import OutcomeIndex
from optoutlang.analysis.unknown_token import known_tokens, unknown_token
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import (
    EXCEPTIONS,
    KEYWORDS,
    PHRASES,
    PROTECTED_KEYS,
    SENTENCES,
    TABLES,
    Context,
    Program,
    Table,
)
from optoutlang.runtime.program.fields import Entry
from optoutlang.runtime.terms import PROTECTED, SUGGESTIBLE, Action, Decision, MatchedBy, Tolerance

Countries = tuple[str | None, ...]
Effect = tuple[object, ...] | None

ASKED = 5_000
"""How many messages are asked about in all; what is left then is unsettled."""

BEST = 5
"""How many of the shortest entries of one shape are tried to show its answer."""


PLAIN_WORDS = ("hello", "paper", "zebra")
"""What is written beside an entry, if no rule knows it."""


@dataclass(slots=True)
class Seen:
    """What one group of contexts shows: for each language and pair of meanings its first message.

    `shown` counts the messages that showed something.
    """

    country: str | None
    first: dict[tuple[str | None, Effect, Effect], str] = field(default_factory=dict)
    shown: int = 0


class EntrywiseComparison:
    """Compares two programs entry by entry; `asked` counts messages, `unsettled` names what is not known."""

    def __init__(
        self,
        programs: tuple[Program, Program],
        index: OutcomeIndex,
        matchers: tuple[Matcher, Matcher],
    ) -> None:
        self._programs = programs
        self._index = index
        self._matchers = matchers
        old, new = programs
        self._altered = {table.name: _clusters(old.base, new.base, table) for table in TABLES}
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

    @property
    def intercepts(self) -> bool:
        """Whether a step may decide messages otherwise than the search reads them: tolerances, everyday words."""
        tolerant = any(own.tolerances for each in self._programs for _, own in each.own_contexts())
        return tolerant or self.ignores_everyday_words

    @property
    def ignores_everyday_words(self) -> bool:
        """Whether either program has keywords that count only where they are no everyday words."""
        return any(
            own.everyday or own.local is not None
            for program in self._programs
            for _, own in program.own_contexts()
        )

    def changes(self) -> Iterator[Change]:
        """Yield what changes, one group of contexts that are alike after the other."""
        for countries in self._groups():
            self.groups += 1
            seen = Seen(countries[0])
            old, new = (Side(each, countries[0], self._index) for each in self._programs)
            self._compare(old, new, seen)
            yield from self._changed(seen, countries)

    def tolerated(self) -> Iterator[Change]:
        """Yield what changes because of typos and other tolerances alone."""
        for countries in self._groups():
            seen = Seen(countries[0])
            old, new = (Side(each, countries[0], self._index) for each in self._programs)
            self._tolerances(old, new, seen)
            yield from self._changed(seen, countries)

    def counting(self) -> Iterator[Change]:
        """Yield what changes because other spellings are keywords: everyday words, several tokens, opt-in at home."""
        for countries in self._groups():
            seen = Seen(countries[0])
            old, new = (Side(each, countries[0], self._index) for each in self._programs)
            self._spellings(old, new, seen)
            yield from self._changed(seen, countries)

    def _groups(self) -> Iterable[Countries]:
        """Return the countries whose overlays are alike in both programs; the base as None."""
        alike: dict[object, list[str | None]] = defaultdict(list)
        old, new = self._programs
        numbers: dict[object, int] = {}
        for country in (None, *sorted({*old.countries, *new.countries})):
            pair = []
            for program in self._programs:
                own = shapes(program.overlay(country))
                pair.append(numbers.setdefault(own, len(numbers)))
            alike[tuple(pair)].append(country)
        return [tuple(each) for each in alike.values()]

    # One group.

    def _compare(self, old: Side, new: Side, seen: Seen) -> None:
        differing = [(table, self._differing(table, old, new)) for table in TABLES]
        excepts_differ = any(table is EXCEPTIONS and clusters for table, clusters in differing)
        if old.answers() != new.answers():
            self._answers(old, new, seen)
            self._keyword_replies(old, new, seen)
        if old.fillers != new.fillers:
            self._fillers(old, new, seen)
            self.unsettled["fillers"] = None
        for table, clusters in differing:
            for keys in clusters:
                if not self._settled(table, keys, old, new, seen, excepts_differ=excepts_differ):
                    self.unsettled[table.name] = None
        self._tolerances(old, new, seen)
        self._spellings(old, new, seen)

    def _settled(
        self,
        table: Table,
        keys: Sequence[str],
        old: Side,
        new: Side,
        seen: Seen,
        *,
        excepts_differ: bool,
    ) -> bool:
        """Tell whether entries that change alike are settled: all of them, or one by a message."""
        settler = Settler((old, new), self._index, self._unknown_word())
        settled = True
        for key in keys:
            if self.asked > ASKED:
                return False
            before = seen.shown
            settled &= settler.settled(
                table, key, lambda text: self._shows(text, seen), excepts_differ=excepts_differ
            )
            if seen.shown > before:
                return True
        return settled

    def _differing(self, table: Table, old: Side, new: Side) -> list[list[str]]:
        """Return the keys of a table that come to something else because of their own meanings, alike ones together."""
        own = altered(old.own, new.own, table)
        named = table.own(old.own).keys() | table.own(new.own).keys()
        clusters = [[each] for each in own]
        clusters += (
            [each for each in those if each not in named] for those in self._altered[table.name]
        )
        found = [
            each
            for each in clusters
            if each and old.outcomes(table, each[0]) != new.outcomes(table, each[0])
        ]
        return sorted(found, key=lambda each: (len(each[0]), each[0]))

    def _answers(self, old: Side, new: Side, seen: Seen) -> None:
        """Show each shape of entries that answers otherwise."""
        if not (old.context.suggest ^ new.context.suggest) <= frozenset(SUGGESTIBLE.values()):
            self.unsettled["suggest"] = None
        pairs: set[tuple[int, ...]] = set()
        for table, matched_by in _WAYS:
            changed = altered(old.own, new.own, table).union(*self._altered[table.name])
            among = matched_by is MatchedBy.KEYWORD_SENTENCE
            for texts in self._shaped(old, table):
                unchanged = (each for each in texts if each not in changed)
                alike = islice(
                    (each for each in unchanged if not among or old.is_keyword(each)), BEST
                )
                pair: tuple[int, ...] = ()
                for text in alike:
                    entry = old.entry(table, text), new.entry(table, text)
                    sides = zip((old, new), entry, strict=True)
                    pair = tuple(
                        side.number(table, text, each, matched_by)
                        for side, those in sides
                        for each in those
                    )
                    half = len(pair) // 2
                    if pair[:half] == pair[half:] or pair in pairs:
                        break
                    written = old.spelling(text) if table is KEYWORDS else text
                    if any(self._shows(each, seen) for each in self._plainly(written)):
                        pairs.add(pair)
                        break
                else:
                    if pair:
                        self.unsettled["replies"] = None

    def _keyword_replies(self, old: Side, new: Side, seen: Seen) -> None:
        """Show each keyword that has, or had, a reply of its own."""
        ours, theirs = (each.context.keyword_replies for each in (old, new))
        places = {
            each for each in ours.keys() | theirs.keys() if ours.get(each) != theirs.get(each)
        }
        places |= ours.keys() ^ theirs.keys()
        for key in sorted({key for _, _, key in places}):
            for side in (old, new):
                self._shows(side.spelling(key), seen)

    def _plainly(self, text: str) -> Iterator[str]:
        """Yield messages of an entry, alone and beside what no rule knows."""
        word = self._unknown_word()
        yield from (text, f"{word} {text} {word}", f"{word}. {text}. {word}", f"“{word}” {text}")

    def _shaped(self, side: Side, table: Table) -> Iterator[Iterator[str]]:
        """Yield for each shape of entries of a context its shortest ones first; a protected word by itself."""
        own, base = table.own(side.own), table.own(side.program.base)
        known = self._best.get(table.name)
        if known is None:
            known = self._best[table.name] = _by_shape(base)
        for texts in known:
            yield (each for each in texts if each not in own)
        yield from map(iter, _by_shape(own))

    def _fillers(self, old: Side, new: Side, seen: Seen) -> None:
        """Try each filler of one side alone beside the protected words."""
        for each in sorted(old.fillers ^ new.fillers):
            for word in PROTECTED:
                self._shows(f"{word} {each}", seen)

    def _tolerances(self, old: Side, new: Side, seen: Seen) -> None:
        """Show what is tolerated otherwise; what follows from other keywords is shown by them."""
        for each in sorted(
            old.context.tolerances ^ new.context.tolerances, key=lambda each: each.value
        ):
            messages = _TOLERABLE.get(each, ())
            if each is not Tolerance.TYPOS and not any(
                self._shows(text, seen) for text in messages
            ):
                self.unsettled["tolerances"] = None
        keywords = altered(old.own, new.own, KEYWORDS).union(*self._altered[KEYWORDS.name])
        near = {
            slip
            for side in (old, new)
            for slip, keys in side.program.typos.items()
            if keywords and not keywords.isdisjoint(keys)
        }
        slips = sorted({*self._slips} | (old.own.ordinary ^ new.own.ordinary) | near)
        for key in sorted(keywords) if old.context.tolerances | new.context.tolerances else ():
            for text in (f"{key} 12345", key[:1] + key[1:2] * 4 + key[2:]):
                self._shows(text, seen)
        if Tolerance.TYPOS in old.context.tolerances ^ new.context.tolerances:
            slips = sorted(old.program.typos.keys() | new.program.typos.keys())
        pairs: set[object] = set()
        for slip in slips:
            pair = _slip(old, slip), _slip(new, slip)
            if pair[0] != pair[1] and pair not in pairs:
                if self._shows(slip, seen):
                    pairs.add(pair)
                elif not any(each.entry(KEYWORDS, slip) for each in (old, new)):
                    self.unsettled["typos"] = None

    def _spellings(self, old: Side, new: Side, seen: Seen) -> None:
        """Show each shape of spellings that are a keyword on one side and everyday words on the other."""
        shapes: set[object] = set()
        for each in spelling_changes(old, new):
            found = each.field.name, each.before, each.after
            if found in shapes:
                continue
            if any(self._shows(text, seen) for text in each.messages):
                shapes.add(found)
            else:
                self.unsettled[each.field.name] = None

    # Messages.

    def _unknown_word(self) -> str:
        if self._word is None:
            more = (f"zq{number}q" for number in count())
            known = known_tokens(self._programs)
            self._word = unknown_token(chain(PLAIN_WORDS, more), known.__contains__)
        return self._word

    def _shows(self, text: str, seen: Seen) -> bool:
        """Ask both matchers about a message for every preferred language; tell whether its meaning differs."""
        if self.asked > ASKED:
            return False
        self.asked += 1
        found = False
        for language in self._index.preferences:
            before, after = self._decisions(text, seen.country, language)
            pair = effect(before), effect(after)
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
        tags: dict[tuple[str, Effect, Effect], list[str | None]] = defaultdict(list)
        for (language, *pair), text in seen.first.items():
            tags[text, pair[0], pair[1]].append(language)
        for (text, *_), languages in tags.items():
            before, after = self._decisions(text, countries[0], languages[0])
            how = kind(before, after)
            assert how is not None  # noqa: S101  # the outcomes differ
            everyone = len(languages) == len(self._index.preferences)
            whole = any(each is not None and each.matched_by.certain for each in (before, after))
            length = 1 if whole else len(tokens(text))
            yield Change(
                how, countries, () if everyone else tuple(languages), text, length, before, after
            )


_WAYS = (
    (KEYWORDS, MatchedBy.EXACT),
    (SENTENCES, MatchedBy.SENTENCE),
    (SENTENCES, MatchedBy.KEYWORD_SENTENCE),
    (PHRASES, MatchedBy.PHRASE),
)
"""The ways in which entries of tables match, each with answers of its own."""

_TOLERABLE: Mapping[Tolerance, tuple[str, ...]] = {
    Tolerance.STRETCHES: ("STOOOOP",),
    Tolerance.LOOKALIKES: ("ЅТОР",),
    Tolerance.NUMBERS: ("STOP 12345",),
}
"""A message for each tolerance that can be shown by a protected word."""


def _clusters(old: Context, new: Context, table: Table) -> list[list[str]]:
    """Return the keys that a table gives other meanings, those of the same shapes together, the shortest first."""
    ours: Mapping[str, Entry] = table.own(old)
    theirs: Mapping[str, Entry] = table.own(new)
    found: dict[object, list[str]] = defaultdict(list)
    for key in altered(old, new, table):
        shapes_ = shape(ours.get(key)), shape(theirs.get(key))
        found[(*shapes_, key if key in PROTECTED_KEYS else "")].append(key)
    return [sorted(those, key=lambda each: (len(each), each)) for those in found.values()]


def _by_shape(table: Mapping[str, Entry]) -> list[list[str]]:
    """Return the entries that have the same actions and languages together, the shortest first."""
    found: dict[object, list[str]] = defaultdict(list)
    for text, entry in table.items():
        if entry:
            found[shape(entry), text if text in PROTECTED_KEYS else ""].append(text)
    return [sorted(those, key=lambda each: (len(each), each)) for those in found.values()]


def _slip(side: Side, slip: str) -> int | None:
    """Return the number of the opt-out keyword that a slip stands for; None for none."""
    if Tolerance.TYPOS not in side.context.tolerances or slip in side.own.ordinary:
        return None
    for key in side.program.typos.get(slip, ()):
        for meaning in side.entry(KEYWORDS, key):
            if meaning.action is Action.OPT_OUT:
                return side.number(KEYWORDS, key, meaning)
    return None


def effect(decision: Decision | None) -> Effect:
    """Return what a decision does, but for how the message matched."""
    if decision is None:
        return None
    return decision.label, decision.language, decision.reply
