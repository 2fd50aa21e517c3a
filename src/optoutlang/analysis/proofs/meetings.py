"""Messages on which two rules of a context may both fire: all that could be a shortest one, shortest first.

Two rows of tokens meet where one stands in the other, where the end of one is
the beginning of the other, or side by side. A keyword meets what its key can
be cut into, with filler in between, what its repetition holds, or another
keyword where both begin the message and more keywords follow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations_with_replacement, islice

from optoutlang.analysis.proofs.cutting import by_head, cut_both_ways
from optoutlang.analysis.proofs.rules import Kind, Row, Rule
from optoutlang.runtime.program import Filler
from optoutlang.runtime.terms import Action

CUTS = 64
"""In how many ways filler may stand in one key, at most, before the others are left alone."""


_Inserted = tuple[str, tuple[tuple[int, Row], ...]]
"""What is left of a key without filler, and which filler stood before which of its characters."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the tokens of its sentences, none of them empty."""

    sentences: tuple[Row, ...]

    @property
    def text(self) -> str:
        """The message as one may write it."""
        return ". ".join(" ".join(each) for each in self.sentences)

    @property
    def length(self) -> int:
        """How many tokens it has."""
        return sum(map(len, self.sentences))


def laid(tokens: Iterable[str], breaks: Iterable[int] = ()) -> Message:
    """Return a message of tokens, with a sentence's end before each of some places."""
    row = tuple(tokens)
    ends = sorted({each for each in breaks if 0 < each < len(row)} | {len(row)})
    starts = [0, *ends[:-1]]
    return Message(
        tuple(row[start:end] for start, end in zip(starts, ends, strict=True) if start < end)
    )


def alone(rule: Rule, unknown: str) -> Iterator[Message]:
    """Yield the shortest messages that hold one sentence or phrase, bare and beside an unknown word."""
    yield laid(rule.row)
    yield laid((unknown, *rule.row), {1} if rule.kind in {Kind.SENTENCE, Kind.BEGINNING} else ())


def meetings(
    one: Rule, other: Rule, unknown: str, fillers: Iterable[Row] = ()
) -> Iterator[Message]:
    """Yield messages that hold two sentences or phrases, the shortest first.

    With `fillers`, one may stand as written where the other one stands without filler.
    """
    filler = _filler(frozenset(fillers))
    found = {*_placed(one, other, filler), *_placed(other, one, filler)}
    yield from sorted(found, key=lambda each: (each.length, each.text))
    yield laid((*one.row, unknown, *other.row), _breaks((one, 0), (other, len(one.row) + 1)))


@lru_cache(maxsize=16)
def _filler(fillers: frozenset[Row]) -> Filler:
    """Return filler as it is taken out of messages; a context has hundreds, and is asked about thousands of pairs."""
    return Filler(map(" ".join, fillers))


def _placed(one: Rule, other: Rule, filler: Filler) -> Iterator[Message]:
    """Yield every way in which one row begins first and the other overlaps or touches it."""
    for start in range(len(one.row) + 1):
        shared = min(len(one.row) - start, len(other.row))
        if one.row[start : start + shared] == other.row[:shared]:
            tokens = one.row + other.row[shared:]
            yield laid(tokens, _breaks((one, 0), (other, start)))
    yield from (laid(tokens) for tokens in _over_filler(one.row, other.row, filler))


def _over_filler(row: Row, over: Row, filler: Filler) -> Iterator[Row]:
    """Yield the ways in which a row with filler in it is written, and another one stands over its other words."""
    kept = filler.kept(row)
    if len(kept) == len(row):
        return
    unfilled = [row[place] for place in kept]
    for start in range(1 - len(over), len(unfilled)):
        begin, end = max(start, 0), min(start + len(over), len(unfilled))
        if tuple(unfilled[begin:end]) == over[begin - start : end - start]:
            yield over[: begin - start] + row + over[end - start :]


def _breaks(*placed: tuple[Rule, int]) -> set[int]:
    return {place for rule, start in placed for place in _edges(rule, start, len(rule.row))}


def _edges(rule: Rule, start: int, length: int) -> Iterator[int]:
    """Yield where a sentence must end for a rule that stands at a place."""
    if rule.kind in {Kind.SENTENCE, Kind.BEGINNING}:
        yield start
    if rule.kind in {Kind.SENTENCE, Kind.ENDING}:
        yield start + length


class PartsByKey:
    """Sentences and phrases by their keys: which of them stands in a keyword's key."""

    def __init__(self, parts: Iterable[Rule]) -> None:
        self._parts: dict[str, list[Rule]] = defaultdict(list)
        self._with_filler: dict[frozenset[Row], defaultdict[str, list[Rule]]] = {}
        for each in parts:
            self._parts[each.key].append(each)
        self._lengths = sorted({len(key) for key in self._parts})

    @property
    def longest(self) -> int:
        """How long the longest key is."""
        return self._lengths[-1] if self._lengths else 0

    def with_filler(self, fillers: frozenset[Row]) -> Mapping[str, list[Rule]]:
        """Return the parts with filler in them, by the key of what is left of each."""
        known = self._with_filler.get(fillers)
        if known is None:
            known = self._with_filler[fillers] = defaultdict(list)
            filler = _filler(fillers)
            for each in chain.from_iterable(self._parts.values()):
                unfilled = filler.taken_out(each.row)
                if len(unfilled) < len(each.row):
                    known["".join(unfilled)].append(each)
        return known

    def inside(self, kept: str, times: int) -> Iterator[tuple[Rule, int, int]]:
        """Yield each part that stands in a key or its repetition, where, and how often the key is repeated."""
        repeated = kept * times
        for start in range(len(kept)):
            for length in self._lengths:
                if start + length > len(repeated):
                    break
                for part in self._parts.get(repeated[start : start + length], ()):
                    yield part, start, -(-(start + length) // len(kept))


class KeywordMeetings:
    """The pairs of a context in which one at least is a keyword, with the messages on which they may meet.

    `keywords` are met with one another and with `parts`.
    """

    def __init__(
        self, keywords: Mapping[str, Rule], fillers: Iterable[Row], parts: PartsByKey
    ) -> None:
        self._keywords = keywords
        self._fillers = _fillers_by_key(frozenset(fillers))
        self._parts = parts
        self._parts_with_filler = parts.with_filler(frozenset(fillers))

    def pairs(self) -> Mapping[tuple[Rule, Rule], list[Message]]:
        """Return each pair and its messages, the shortest first."""
        found: dict[tuple[Rule, Rule], list[Message]] = defaultdict(list)
        for one, other, message in (*self._two_keywords(), *self._keyword_and_part()):
            if one != other:
                found[one, other].append(message)
        for messages in found.values():
            messages.sort(key=lambda each: (each.length, each.text))
        return found

    def _two_keywords(self) -> Iterator[tuple[Rule, Rule, Message]]:
        by_action: dict[Action, list[str]] = defaultdict(list)
        for key, keyword in self._keywords.items():
            by_action[keyword.action].append(key)
            for kept, inserted in _with_filler(key, self._fillers):
                if inserted and kept in self._keywords:
                    yield keyword, self._keywords[kept], laid(_cut(kept, inserted, set()))
        beside = {action: by_head(keys) for action, keys in by_action.items()}
        for key, longer in self._keywords.items():
            for shorter in (self._keywords.get(key[:end]) for end in range(1, len(key))):
                if shorter is not None:
                    both = beside[shorter.action], beside[longer.action]
                    row = cut_both_ways(shorter.key, key, *both)
                    if row is not None:
                        yield shorter, longer, laid(row)

    def _keyword_and_part(self) -> Iterator[tuple[Rule, Rule, Message]]:
        longest = self._parts.longest
        yield from self._keyword_and_part_with_filler()
        for key, keyword in self._keywords.items():
            for kept, inserted in _with_filler(key, self._fillers):
                times = 1 if inserted or not kept else longest // len(kept) + 2
                for part, start, count in self._parts.inside(kept, times):
                    bounds = {start}
                    for token in part.row:
                        bounds.add(max(bounds) + len(token))
                    cuts = bounds | {len(kept) * each for each in range(1, count)}
                    inside = {
                        each for each in (*cuts, *dict(inserted)) if start < each < max(bounds)
                    }
                    if inside <= bounds:
                        for message in self._written(kept * count, inserted, cuts, part, start):
                            yield keyword, part, message

    def _keyword_and_part_with_filler(self) -> Iterator[tuple[Rule, Rule, Message]]:
        """Yield each keyword with each part that is written in it with filler, beside what else the key has."""
        parts = self._parts_with_filler
        for key, keyword in self._keywords.items() if parts else ():
            for start, end in combinations_with_replacement(range(len(key) + 1), 2):
                for part in parts.get(key[start:end], ()):
                    before, after = key[:start], key[end:]
                    row = (*filter(None, (before,)), *part.row, *filter(None, (after,)))
                    edges = _edges(part, int(bool(before)), len(part.row))
                    yield keyword, part, laid(row, edges)

    def _written(
        self,
        kept: str,
        inserted: tuple[tuple[int, Row], ...],
        cuts: set[int],
        part: Rule,
        start: int,
    ) -> Iterator[Message]:
        """Yield the ways to write a key with a part in it; a sentence also with only filler beside it, and by letters.

        Tokens of one character join to a keyword whatever ends between them.
        """
        tokens = _cut(kept, inserted, cuts)
        yield laid(tokens)
        if part.kind is Kind.PHRASE:
            return
        letters = set(range(len(kept))) if max(map(len, part.row)) == 1 else set[int]()
        for bounds in (cuts, cuts | letters):
            tokens = _cut(kept, inserted, bounds)
            before_part = tuple(each for each in inserted if each[0] <= start)
            before = len(_cut(kept[:start], before_part, bounds))
            upto = start + len(part.key)
            until = tuple(each for each in inserted if each[0] < upto)
            after = len(_cut(kept[:upto], until, bounds))
            yield laid(tokens, _edges(part, before, after - before))


class _FillersByKey:
    """Rows of tokens by their keys; `inserted` has what was found of the keys that were asked about."""

    def __init__(self, fillers: frozenset[Row]) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for each in sorted(fillers):
            self.rows["".join(each)].append(each)
        self.inserted: dict[str, tuple[_Inserted, ...]] = {}


@lru_cache(maxsize=16)
def _fillers_by_key(fillers: frozenset[Row]) -> _FillersByKey:
    """Return filler by its keys; many contexts have the same, and ask about the same keywords."""
    return _FillersByKey(fillers)


def _with_filler(key: str, fillers: _FillersByKey) -> tuple[_Inserted, ...]:
    """Return what is left of a key when filler in it is taken out, and which filler stood before which character."""
    known = fillers.inserted.get(key)
    if known is None:
        known = fillers.inserted[key] = tuple(_insertions(key, fillers.rows))
    return known


def _insertions(key: str, fillers: Mapping[str, list[Row]]) -> Iterator[_Inserted]:

    def read(rest: str, kept: str, inserted: tuple[tuple[int, Row], ...]) -> Iterator[_Inserted]:
        if not rest:
            yield kept, inserted
            return
        yield from read(rest[1:], kept + rest[0], inserted)
        for filler in insertable:
            joined = "".join(filler)
            if rest.startswith(joined):
                yield from read(rest[len(joined) :], kept, (*inserted, (len(kept), filler)))

    ends = range(1, len(key) + 1)
    inside = {key[start:end] for end in ends for start in range(end)} & fillers.keys()
    insertable = sorted(row for joined in inside for row in fillers[joined])
    yield from islice(read(key, "", ()), CUTS) if insertable else [(key, ())]


def _cut(kept: str, inserted: tuple[tuple[int, Row], ...], cuts: set[int]) -> Row:
    """Return the tokens of a text cut at some places, with filler put in at its own."""
    bounds = sorted({0, len(kept), *cuts, *(place for place, _ in inserted)})
    tokens: list[str] = []
    for start, end in zip(bounds, [*bounds[1:], len(kept)], strict=True):
        tokens += (token for place, filler in inserted if place == start for token in filler)
        if start < end <= len(kept):
            tokens.append(kept[start:end])
    return tuple(tokens)
