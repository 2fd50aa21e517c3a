"""The tokens that can make a difference between two readings, and one stand-in for all others.

A message has words, or symbols if it has no word; so each kind is searched by
itself. Keys are cut into tokens wherever a cut could matter: at the ends and
inside of what is filler or a row's token, where a keyword repeats a shorter
one, and where its own spelling has a cut.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum
from itertools import chain, count

from optoutlang.analysis.differences.reading import SENTENCE_END, Reading, Row, without_ends
from optoutlang.analysis.unknown_token import unknown_token
from optoutlang.runtime.canonical import tokens


class Kind(Enum):
    """What a message's tokens are."""

    WORDS = ("hello", "lunch", "maybe", "tomorrow")
    SYMBOLS = ("+", "=", "~", "$")


class Alphabet:
    """The tokens of one kind for the search in two readings.

    `heads` begin phrases and `sentence_heads` sentences; `fillers` are tokens
    that may be filler, and `goes_on` those that may go on with what is taken as
    filler; `asides` the symbols of sentences among words; `unknown` is the
    stand-in for every token that neither reading knows.
    """

    def __init__(self, old: Reading, new: Reading, kind: Kind) -> None:
        self._kind = kind
        both = (old, new)
        begins = {
            without_ends(row) for each in both for row in each.edges if row[0] == SENTENCE_END
        }
        ends = {without_ends(row) for each in both for row in each.edges} - begins
        rows = {row for each in both for row in (*each.phrases, *each.exceptions)} | ends
        sentences = {row for each in both for row in each.sentences} | begins
        fillers = self._telling(old.fillers, new.fillers, rows | sentences)
        self.fillers = frozenset(self._ours(each[0] for each in fillers))
        self.goes_on = _continuations(fillers)
        self.heads = frozenset(self._ours(row[0] for row in rows))
        self.sentence_heads = frozenset(self._ours(row[0] for row in sentences))
        parts = rows | sentences
        self.asides = _asides(parts, old.fillers | new.fillers) if kind is Kind.WORDS else ()
        known = {token for row in (*rows, *sentences, *old.fillers, *new.fillers) for token in row}
        self.known = frozenset(self._ours(known))
        keys = _telling_keys(old, new)
        cutter = _Cutter(known, both)
        self.pieces: dict[str, tuple[str, ...]] = {}
        self.pieces_of = {
            key: cutter.pieces(key) for key in sorted(keys) if _kind(tokens(key)[0]) is kind
        }
        self._join_pieces(keys)
        spelt = "\n".join(chain(old.keywords, new.keywords))
        self.unknown = _unknown(kind, known, spelt)

    def _ours(self, found: Iterable[str]) -> Iterator[str]:
        return (each for each in found if _kind(each) is self._kind)

    def _telling(
        self, old: frozenset[Row], new: frozenset[Row], rows: Iterable[Row]
    ) -> tuple[Row, ...]:
        """Return the filler to try: all that shares tokens with rows or other filler, and one of each other sort."""
        ours = [
            row
            for row in sorted(old | new, key=lambda row: (len(row), row))
            if _kind(row[0]) is self._kind
        ]
        used: dict[str, int] = defaultdict(int)
        for row in ours:
            for token in set(row):
                used[token] += 1
        in_rows = {token for row in rows for token in row}
        telling: dict[object, Row] = {}
        for row in ours:
            apart = len(set(row)) == len(row) and all(
                used[token] == 1 and token not in in_rows for token in row
            )
            telling.setdefault((row in old, row in new) if apart else row, row)
        return tuple(telling.values())

    def _join_pieces(self, keys: Collection[str]) -> None:
        joined: dict[str, dict[str, None]] = defaultdict(dict)
        for key, places in self.pieces_of.items():
            for place, pieces in places.items():
                joined[key[:place]] |= dict.fromkeys(pieces)
        self.pieces = {
            beginning: tuple(sorted(pieces, key=lambda each: (beginning + each not in keys, each)))
            for beginning, pieces in joined.items()
        }


def _asides(rows: Iterable[Row], fillers: Iterable[Row]) -> tuple[str, ...]:
    """Return the symbols of which a sentence among words can be made."""
    symbols = {token for row in rows for token in row if _kind(token) is Kind.SYMBOLS}
    if symbols:
        symbols |= {token for row in fillers for token in row if _kind(token) is Kind.SYMBOLS}
    return tuple(sorted(symbols))


def _telling_keys(old: Reading, new: Reading) -> set[str]:
    """Return the keys by which two readings can differ: those that differ, and those that repeat what they repeat."""
    keys = old.keywords.keys() | new.keywords.keys()
    if old.fillers != new.fillers:
        return set(keys)
    changed = {key for key in keys if old.keywords.get(key) != new.keywords.get(key)}
    roots = {_root(key) for key in changed}
    return changed | {key for key in keys if _root(key) in roots} if roots else set()


def _root(key: str) -> str:
    """Return the shortest text that a key repeats."""
    return key[: (key + key).find(key, 1)]


class _Cutter:
    """Cuts keys into tokens."""

    def __init__(self, known: Iterable[str], readings: Iterable[Reading]) -> None:
        self._known = frozenset(known)
        self._longest = max(map(len, self._known), default=0)
        self._spelt: dict[str, set[str]] = defaultdict(set)
        for reading in readings:
            for key, spellings in reading.spelt.items():
                self._spelt[key] |= spellings

    def pieces(self, key: str) -> Mapping[int, tuple[str, ...]]:
        """Return, for each place in a key, the tokens that may begin there."""
        cuts = sorted(self._cuts(key))
        found = {}
        for index, place in enumerate(cuts):
            pieces = (key[place:end] for end in cuts[index + 1 :])
            found[place] = tuple(each for each in pieces if tokens(each) == (each,))
        return found

    def _cuts(self, key: str) -> set[int]:
        cuts = {0, len(key), *range(0, len(key), len(_root(key)))}
        for spelling in (key, *self._spelt[key]):
            place = 0
            for token in tokens(spelling):
                place += len(token)
                cuts.add(place)
        for place in range(len(key)):
            for end in range(place + 1, min(len(key), place + self._longest) + 1):
                if key[place:end] in self._known:
                    cuts.update(range(place, end + 1))
        return {cut for cut in cuts if cut <= len(key)}


def _continuations(fillers: Iterable[Row]) -> dict[Row, tuple[str, ...]]:
    found: dict[Row, dict[str, None]] = defaultdict(dict)
    for row in fillers:
        for end in range(1, len(row)):
            found[row[:end]][row[end]] = None
    return {beginning: tuple(those) for beginning, those in found.items()}


def _kind(token: str) -> Kind:
    """Return the kind of a token: beside a word, symbols are no tokens."""
    return Kind.WORDS if tokens(f"{token} a") != ("a",) else Kind.SYMBOLS


def _unknown(kind: Kind, known: frozenset[str] | set[str], spelt: str) -> str:
    """Return a token of a kind that no rule knows and that is no part of a key."""
    more = ("x" * length for length in count(3)) if kind is Kind.WORDS else map(chr, count(0x2200))
    return unknown_token(
        chain(kind.value, more), is_known=lambda each: each in known or each in spelt
    )
