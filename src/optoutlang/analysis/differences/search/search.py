"""The breadth-first search for messages that two readings read differently."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from optoutlang.analysis.differences.outcome import NOTHING
from optoutlang.analysis.differences.reading import Reading
from optoutlang.analysis.differences.search.alphabet import Kind
from optoutlang.analysis.differences.search.product import Move, Product, State

Path = tuple[Move, ...]
"""A message as the moves that lead to it."""

Pairs = Mapping[tuple[int, int], Path]
"""For pairs of numbers of outcomes, one for each reading: a message that has them."""


STATES = 20_000
"""In how many states one search looks at most: some ten seconds. A few rules that meet in many ways have more."""


class TooManyStatesError(Exception):
    """The messages that two readings tell apart are too many to search."""


@dataclass(frozen=True, slots=True)
class Found:
    """For each pair of different outcomes a shortest message, and in how many states the search looked."""

    pairs: Pairs
    states: int


def search(old: Reading, new: Reading) -> Found:
    """Return every pair of different outcomes that some message has in two readings.

    A message that quotes stands only for pairs that no other message has.

    Raises:
        TooManyStatesError: a search would look in more than `STATES` states.
    """
    if old.content == new.content:
        return Found({}, 0)
    words = _Search(Product(old, new, Kind.WORDS))
    symbols = _Search(Product(old, new, Kind.SYMBOLS))
    searches = [words, symbols]
    more: list[Pairs] = [words.pairs, symbols.pairs, words.beside(symbols.unknown)]
    more += [words.beside_a_quotation(), symbols.beside_a_quotation()]
    kinds = [Kind.SYMBOLS] if symbols.masked else []
    if words.masked and (old.keyword_sentences or new.keyword_sentences):
        kinds.append(Kind.WORDS)
    for kind in kinds:
        quoting = _Search(Product(old, new, kind, quoting=True))
        searches.append(quoting)
        more.append(quoting.pairs)
    pairs: dict[tuple[int, int], Path] = {}
    for each in more:
        for pair, path in each.items():
            if pair not in pairs or order(path) < order(pairs[pair]):
                pairs[pair] = path
    return Found(pairs, sum(each.states for each in searches))


def order(path: Path) -> tuple[bool, int]:
    """Order messages: those without quotes first, then the shorter."""
    return any(move.quoted for move in path), len(path)


class _Search:
    """One search: `pairs` are what it found, `masked` states in which one reading alone has a keyword.

    `parts` are the pairs of what sentences and phrases alone come to.
    """

    def __init__(self, product: Product) -> None:
        self.pairs: dict[tuple[int, int], Path] = {}
        self.masked: dict[tuple[int, int], State] = {}
        self.parts: dict[tuple[int, int], State] = {}
        self.unknown = product.unknown
        self._came: dict[State, tuple[State, Move] | None] = {product.start: None}
        queue = deque((product.start,))
        while queue:
            state = queue.popleft()
            self._record(product, state)
            for move, after in product.steps(state):
                if after not in self._came:
                    if len(self._came) >= STATES:
                        raise TooManyStatesError
                    self._came[after] = state, move
                    queue.append(after)

    @property
    def states(self) -> int:
        """In how many states the search looked."""
        return len(self._came)

    def beside(self, symbol: str) -> Pairs:
        """Return what keywords of one reading alone come to, quoted beside a symbol of which no rule knows."""
        found = {}
        for keys, state in self.masked.items():
            quoted = (move._replace(breaks=False, quoted=True) for move in self._path(state))
            found[keys] = (*quoted, Move(symbol))
        return found

    def beside_a_quotation(self) -> Pairs:
        """Return what sentences and phrases come to in a message that is no keyword because it quotes something.

        A sentence that is a keyword stands by itself in no other message.
        """
        return {
            pair: (*self._path(state), Move(self.unknown, quoted=True))
            for pair, state in self.parts.items()
        }

    def _record(self, product: Product, state: State) -> None:
        keys = product.keys(state)
        if NOTHING in keys and keys[0] != keys[1]:
            self.masked.setdefault(keys, state)
        parts = product.parts(state)
        if parts[0] != parts[1] and not state.quotes:
            self.parts.setdefault(parts, state)
        if state.heard or not state.quotes:
            pair = product.numbers(state)
            if pair[0] != pair[1] and pair not in self.pairs:
                self.pairs[pair] = self._path(state)

    def _path(self, state: State) -> Path:
        return tuple(reversed(list(self._backwards(state))))

    def _backwards(self, state: State) -> Iterator[Move]:
        step = self._came[state]
        while step is not None:
            state, move = step
            yield move
            step = self._came[state]
