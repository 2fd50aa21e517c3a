"""Two readings at once: the product of their automata, a message's tokens being its moves.

Theory of operation. Messages that lead to the same state are read alike by
both, whatever follows. Only tokens that an automaton names are tried, and one
stand-in for all others. A token that goes on with nothing leads from all states
that differ only in their place in the rows to the same state, so it is tried
from the first of them alone.

What decides stands in one place of the message. So a shortest message holds at
most two such places apart from each other, one for each reading, unless the
message as a whole is a keyword: a third one is not begun (`State.apart`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from optoutlang.analysis.differences.reading import Reading
from optoutlang.analysis.differences.search.alphabet import Alphabet, Kind
from optoutlang.analysis.differences.search.keyword_automaton import KeywordAutomaton, KeywordState
from optoutlang.analysis.differences.search.part_automaton import PartAutomaton
from optoutlang.analysis.differences.search.part_state import PartState
from optoutlang.analysis.differences.search.relevance import telling_nodes
from optoutlang.analysis.differences.search.token_trie import ROOT


class Move(NamedTuple):
    """One more token; it may begin a sentence, be quoted, or be a symbol in a sentence of symbols among words."""

    token: str
    breaks: bool = False
    quoted: bool = False
    aside: bool = False


class State(NamedTuple):
    """Where a message stands in both readings.

    `apart` says that a second place has begun that may decide, `aside` that a
    sentence of symbols among words has. `heard` and `quotes` say, where quotes
    are tried, that some token is not quoted, and that some is.
    """

    old_key: KeywordState | None
    new_key: KeywordState | None
    old: PartState
    new: PartState
    apart: bool = False
    aside: bool = False
    heard: bool = False
    quotes: bool = False


Step = tuple[Move, State]


class Product:
    """The product for messages of one kind; `quoting` tries quoted tokens too.

    `unknown` is the stand-in for all tokens that no rule names.
    """

    def __init__(self, old: Reading, new: Reading, kind: Kind, *, quoting: bool = False) -> None:
        self._alphabet = Alphabet(old, new, kind)
        self._quoting = quoting
        self._keys = KeywordAutomaton(old), KeywordAutomaton(new)
        self._parts = PartAutomaton(old, new), PartAutomaton(new, old)
        self._only_keys = old.but_for_keywords == new.but_for_keywords
        first = self._parts[0]
        plain = not (first.reads_as_written or first.has_edges)
        alike = old.fillers == new.fillers and plain
        self._telling = telling_nodes(old, new, self._parts[0]) if alike else None
        self._every_head = self._telling_heads() | {self._alphabet.unknown}
        self._same_keys = old.keywords == new.keywords
        self._untried: dict[tuple[object, ...], frozenset[str]] = {}
        self.unknown = self._alphabet.unknown
        self.start = State(
            self._keys[0].start, self._keys[1].start, self._parts[0].start, self._parts[1].start
        )

    def keys(self, state: State) -> tuple[int, int]:
        """Return the numbers of what the message comes to in both readings as a keyword."""
        return self._keys[0].number(state.old_key), self._keys[1].number(state.new_key)

    def numbers(self, state: State) -> tuple[int, int]:
        """Return the numbers of what the message comes to in both readings."""
        old, new = self.keys(state)
        return old or self._parts[0].number(state.old), new or self._parts[1].number(state.new)

    def parts(self, state: State) -> tuple[int, int]:
        """Return the numbers of what the message comes to in both readings if it is no keyword."""
        return self._parts[0].number(state.old), self._parts[1].number(state.new)

    def steps(self, state: State) -> Iterator[Step]:
        """Yield each move worth trying from a state, and the state that it leads to."""
        if self._live(state):
            yield from self._by(self._pieces(state), state)
        elif self._only_keys or self._settled(state):
            return
        named = self._named(state) | self._alphabet.fillers
        yield from self._by(sorted(self._telling_tokens(state, named)), state)
        if self._only_keys:
            return
        if not state.aside:
            yield from self._afresh(state, named, breaks=False)
        if self._can_break(state):
            yield from self._afresh(state, named, breaks=True)
        yield from self._asides(state)

    # Tokens.

    def _telling_heads(self) -> frozenset[str]:
        heads = self._alphabet.heads
        if self._telling is not None:
            below = self._parts[0].trie.children[ROOT]
            heads = frozenset(each for each in heads if below[each] in self._telling)
        return heads | self._alphabet.sentence_heads

    def _pieces(self, state: State) -> list[str]:
        """Return the tokens by which keywords may go on."""
        pieces: dict[str, None] = {}
        for automaton, each in zip(self._keys, (state.old_key, state.new_key), strict=True):
            if each is not None:
                for beginning in sorted(automaton.places(each)):
                    pieces |= dict.fromkeys(self._alphabet.pieces.get(beginning, ()))
        return list(pieces)

    def _named(self, state: State) -> set[str]:
        """Return the tokens that go on with rows and filler which the message has begun."""
        named: set[str] = set()
        buffers = {key.buffer for key in (state.old_key, state.new_key) if key is not None}
        for automaton, part in self._both(state):
            buffers.add(part.buffer)
            if not self._only_keys:
                named |= automaton.named(part)
        for buffer in buffers:
            named.update(self._alphabet.goes_on.get(buffer, ()))
        return named & self._alphabet.known

    def _telling_tokens(self, state: State, named: AbstractSet[str]) -> AbstractSet[str]:
        """Return the tokens to go on with: while both readings stand alike, those that may yet tell them apart."""
        buffer = state.old.buffer or state.new.buffer
        if self._telling is None or state.old != state.new or buffer or self._only_keys:
            return named
        if self._within_sentence(state) or (self._live(state) and not self._same_keys):
            return named
        step, node = self._parts[0].trie.step, state.old.node
        kept = self._alphabet.sentence_heads | self._alphabet.fillers
        return {token for token in named if token in kept or step(node, token) in self._telling}

    # Moves.

    def _by(self, tokens: Iterable[str], state: State) -> Iterator[Step]:
        """Yield the moves by tokens that may go on with something."""
        can_break = self._can_break(state)
        telling = can_break and (self._within_sentence(state) or self._ends_a_sentence(state))
        live = self._live(state)
        begins = self._alphabet.sentence_heads | self._alphabet.fillers
        for token in tokens:
            moves = [] if state.aside else [Move(token)]
            if can_break and (state.aside or telling or live or token in begins):
                moves.append(Move(token, breaks=True))
            if self._quoting:
                moves.append(Move(token, quoted=True))
            for move in moves:
                yield move, self._after(state, move)

    def _afresh(self, state: State, named: AbstractSet[str], *, breaks: bool) -> Iterator[Step]:
        """Yield moves by tokens that go on with nothing: each once for all states that it takes to the same state."""
        within = not breaks and self._within_sentence(state)
        live = self._live(state)
        if state.apart and not within and not live:
            return
        standing = tuple(
            automaton.standing(part, sentence=breaks) for automaton, part in self._both(state)
        )
        heads = self._every_head
        if breaks and not state.aside and not self._ends_a_sentence(state):
            heads = self._alphabet.sentence_heads
        sentences = (
            () if breaks else tuple((part.buffer, *part[-2:]) for _, part in self._both(state))
        )
        where = (breaks, len(heads), standing, sentences, *state[:2], *state[4:])
        untried = self._untried.get(where, heads)
        self._untried[where] = untried & named
        decides = any(best or waiting for best, waiting, _ in standing)
        apart = state.apart or (not within and decides)
        for token in sorted(untried - named):
            after = self._after(state, Move(token, breaks=breaks))
            if token == self.unknown:
                yield Move(token, breaks=breaks), after
            elif not state.apart or within or self._live(after):
                yield Move(token, breaks=breaks), after._replace(apart=apart)

    def _asides(self, state: State) -> Iterator[Step]:
        """Yield the moves by symbols among words, sentences of their own; never in a message without a word."""
        if state == self.start or (state.apart and not state.aside and not self._live(state)):
            return
        for symbol in self._alphabet.asides:
            for breaks in (True, False) if state.aside else (True,):
                old, new = (
                    automaton.step(part, symbol, breaks=breaks)
                    for automaton, part in self._both(state)
                )
                yield (
                    Move(symbol, breaks=breaks, aside=True),
                    state._replace(old=old, new=new, aside=True),
                )

    def _after(self, state: State, move: Move) -> State:
        token, breaks, quoted, _ = move
        old_key, new_key, old, new, apart, _, heard, quotes = state
        old_key = self._keys[0].step(old_key, token)
        new_key = self._keys[1].step(new_key, token)
        if quoted:
            return State(old_key, new_key, old, new, apart, heard=heard, quotes=True)
        old = self._parts[0].step(old, token, breaks=breaks)
        new = self._parts[1].step(new, token, breaks=breaks)
        return State(old_key, new_key, old, new, apart, heard=self._quoting, quotes=quotes)

    # States.

    def _both(self, state: State) -> Iterator[tuple[PartAutomaton, PartState]]:
        yield self._parts[0], state.old
        yield self._parts[1], state.new

    def _live(self, state: State) -> bool:
        """Tell whether the message may yet be a keyword in one of the readings."""
        return state.old_key is not None or state.new_key is not None

    def _settled(self, state: State) -> bool:
        return all(automaton.settled(part) for automaton, part in self._both(state))

    def _can_break(self, state: State) -> bool:
        live = self._live(state)
        return state != self.start and (
            state.aside
            or any(automaton.can_break(part, live=live) for automaton, part in self._both(state))
        )

    def _within_sentence(self, state: State) -> bool:
        return any(automaton.is_within(part) for automaton, part in self._both(state))

    def _ends_a_sentence(self, state: State) -> bool:
        return any(automaton.ends_a_sentence(part) for automaton, part in self._both(state))
