"""The one grammar at work: the only module that knows Lark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import cast

from lark import Lark
from lark.grammar import Rule
from lark.parsers.lalr_parser_state import ParseConf

from optoutlang.language.syntax.build import Builder
from optoutlang.language.syntax.forms import BlockKind
from optoutlang.language.syntax.lexeme import END, Lexeme
from optoutlang.language.syntax.tree import Statement

_GRAMMAR = "optout.lark"

_FILLING = {kind.rule: kind for kind in BlockKind}
"""The rules whose repetition fills a file or a block, and what is filled."""


def grammar_source() -> Traversable:
    """Return grammar/optout.lark: in a wheel beside this module, in a checkout at its top."""
    packaged = files("optoutlang.language.syntax") / _GRAMMAR
    if packaged.is_file():
        return packaged
    return Path(__file__).parents[4] / "grammar" / _GRAMMAR


@cache
def _lark() -> Lark:
    # No `cache` option: it unpickles a predictable file in the temporary directory.
    return Lark(
        grammar_source().read_text(encoding="utf-8"),
        parser="lalr",
        lexer="basic",
        maybe_placeholders=False,
        transformer=Builder(),
    )


@cache
def names() -> dict[str, str]:
    """Return the terminal of each word that is one: `remove` is REMOVE."""
    return {
        terminal.pattern.value: terminal.name
        for terminal in _lark().terminals
        if terminal.pattern.type == "str" and terminal.pattern.value[0].isalpha()
    }


@cache
def _pieces() -> re.Pattern[str]:
    """Return the grammar's terminals as one pattern, in the order of Lark's basic lexer."""
    plain = [each for each in _lark().terminals if each.name not in names().values()]
    plain.sort(key=lambda each: (-each.priority, -each.pattern.max_width, each.name))
    pattern = "|".join(f"(?P<{each.name}>{each.pattern.to_regexp()})" for each in plain)
    # No terminal needs a group given back that it has repeated; keeping the way back takes
    # a hundred bytes for each time.
    return re.compile(pattern.replace(")*", ")*+"))


def lex(text: str, start: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the terminal and the text of every token from an offset on; the texts, joined, are the rest of `text`.

    Lark's lexer, compared with this one in tests, does the same in ten times the time:
    it makes an object for every token, with lines and columns that nobody reads.
    """
    known = names()
    for match in _pieces().finditer(text, start):
        type_, piece = match.lastgroup or "", match.group()
        yield known.get(piece, type_) if type_ == "WORD" else type_, piece


_BEHIND_STATEMENT = ("RBRACE", END)

Stack = tuple[int, ...]
_Callback = Callable[[list[object]], object]


@dataclass(frozen=True, slots=True)
class _Move:
    """What a lexeme does to a stack of states: rules to apply to the values, then the new stack."""

    rules: tuple[Rule, ...]
    stack: Stack


class _Table:
    """The grammar's LALR table, asked without values: what Lark's `feed_token` does, before doing it.

    The language does not nest, so there are few stacks, all of them short;
    each move is computed once in a process.
    """

    def __init__(self, configuration: ParseConf[int]) -> None:
        self.rows = configuration.parse_table.states
        self.start: Stack = (configuration.start_state,)
        # Lark declares the keys to be `str`; for its LALR parser they are rules.
        self.callbacks = cast(Mapping[Rule, _Callback], configuration.callbacks)
        self._end = configuration.end_state
        self._moves: dict[tuple[Stack, str], _Move | None] = {}
        self._fillings = {
            state: next((kind for rule, kind in _FILLING.items() if rule in row), None)
            for state, row in self.rows.items()
        }

    def move(self, stack: Stack, type_: str) -> _Move | None:
        """Return what a lexeme does to a stack, or None where it cannot stand."""
        place = (stack, type_)
        if place not in self._moves:
            self._moves[place] = self._computed(list(stack), type_)
        return self._moves[place]

    def _computed(self, stack: list[int], type_: str) -> _Move | None:
        rules: list[Rule] = []
        while (action := self.rows[stack[-1]].get(type_)) is not None:
            target = action[1]
            if isinstance(target, int):
                return _Move(tuple(rules), (*stack, target))
            rules.append(target)
            self.reduce(stack, target)
        return _Move(tuple(rules), tuple(stack)) if stack[-1] == self._end else None

    def reduce(self, stack: list[int], rule: Rule) -> None:
        """Apply a rule to a stack."""
        if rule.expansion:
            del stack[-len(rule.expansion) :]
        stack.append(self.rows[stack[-1]][rule.origin.name][1])

    def filling(self, state: int) -> BlockKind | None:
        """Return what is filled by the statements that can stand in a state."""
        return self._fillings[state]


@cache
def _table() -> _Table:
    return _Table(_lark().parse_interactive().parser_state.parse_conf)


class Automaton:
    """The grammar's LALR automaton in the middle of a file.

    It refuses a lexeme that cannot follow without changing its state, and can
    go back to the list of statements that is being filled: what error recovery
    needs.
    """

    def __init__(self) -> None:
        self._table = _table()
        self._stack = self._table.start
        self._values: list[object] = []
        self.began = False
        """Whether the last lexeme began or ended a statement."""

    @property
    def is_complete(self) -> bool:
        """Whether the statement that is read can end here."""
        return any(self.accepts(each) for each in _BEHIND_STATEMENT)

    @property
    def filling(self) -> BlockKind:
        """What the statements fill that can stand behind the one that is read."""
        kind = self._table.filling(self._stack[self._list_depth() - 1])
        return BlockKind.FILE if kind is None else kind

    def accepts(self, *types: str) -> bool:
        """Tell whether lexemes of these types can follow, one after the other."""
        return self._follows(self._stack, types)

    def accepts_in_list(self, *types: str) -> bool:
        """Tell whether lexemes of these types could follow `back_to_list`."""
        return self._follows(self._stack[: self._list_depth()], types)

    def _follows(self, stack: Stack, types: Iterable[str]) -> bool:
        for type_ in types:
            move = self._table.move(stack, type_)
            if move is None:
                return False
            stack = move.stack
        return True

    def _list_depth(self) -> int:
        depth = len(self._stack)
        while self._table.filling(self._stack[depth - 1]) is None:
            depth -= 1
        return depth

    def feed(self, lexeme: Lexeme) -> bool:
        """Go on with a lexeme, or change nothing and return False where it cannot stand."""
        move = self._table.move(self._stack, lexeme.type)
        if move is None:
            return False
        for rule in move.rules:
            self._build(rule)
        self._values.append(lexeme)
        self._stack = move.stack
        self.began = self._table.filling(move.stack[-2]) is not None
        return True

    def take_back(self) -> None:
        """Forget the last lexeme, behind which nothing was fed."""
        self._stack = self._stack[:-1]
        self._values.pop()

    def _build(self, rule: Rule) -> None:
        start = len(self._values) - len(rule.expansion)
        self._values[start:] = [self._table.callbacks[rule](self._values[start:])]

    def back_to_list(self) -> None:
        """Keep the statement that is read if it is complete, else forget it."""
        end = next((each for each in _BEHIND_STATEMENT if self.accepts(each)), None)
        stack = list(self._stack)
        while end and self._table.filling(stack[-1]) is None:
            rule = self._table.rows[stack[-1]][end][1]
            self._build(rule)
            self._table.reduce(stack, rule)
        self._stack = tuple(stack)
        depth = self._list_depth()
        self._stack = self._stack[:depth]
        del self._values[depth - 1 :]

    def finish(self, end: Lexeme) -> tuple[Statement, ...]:
        """Return the statements of the file; `end` must be acceptable."""
        move = self._table.move(self._stack, end.type)
        for rule in move.rules if move else ():
            self._build(rule)
        return cast(tuple[Statement, ...], self._values[-1])
