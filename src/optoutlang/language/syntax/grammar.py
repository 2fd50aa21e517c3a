"""The one grammar at work: the only module that knows Lark."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import cast

from lark import Lark, Token
from lark.lexer import BasicLexer, LexerThread

from optoutlang.language.syntax.build import Builder
from optoutlang.language.syntax.lexeme import END, Lexeme
from optoutlang.language.syntax.tree import Statement

_GRAMMAR = "optout.lark"

LISTS = {
    "statement": "file",
    "section_item": "section",
    "language_item": "language",
    "country_item": "country",
    "test_item": "test",
}
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
def _lexer() -> BasicLexer:
    # `Lark.lex` builds one for every text, which takes far longer than lexing.
    conf = copy(_lark().lexer_conf)
    conf.ignore = ()
    return BasicLexer(conf)


def lex(text: str) -> Iterator[tuple[str, str]]:
    """Yield the terminal and the text of every token; the texts, joined, are `text`."""
    tokens: Iterator[Token] = LexerThread.from_text(_lexer(), text).lex(None)  # type: ignore[no-untyped-call]
    for token in tokens:
        yield token.type, str(token)


_BEHIND_STATEMENT = ("RBRACE", END)


class Automaton:
    """The grammar's LALR automaton in the middle of a file.

    It refuses a lexeme that cannot follow without changing its state, and can
    go back to the list of statements that is being filled: what error recovery
    needs. The language does not nest, so its stack is short whatever the text.
    """

    def __init__(self) -> None:
        self._state = _lark().parse_interactive().parser_state
        self._rows = self._state.parse_conf.parse_table.states
        self.began = False
        """Whether the last lexeme began or ended a statement."""

    @property
    def is_complete(self) -> bool:
        """Whether the statement that is read can end here."""
        return any(self.accepts(each) for each in _BEHIND_STATEMENT)

    @property
    def filling(self) -> str:
        """What the statements fill that can stand behind the one that is read: a value of LISTS."""
        return self._filling(self._state.state_stack[self._list_depth() - 1]) or ""

    def _filling(self, state: int) -> str | None:
        return next((LISTS[each] for each in LISTS if each in self._rows[state]), None)

    def accepts(self, *types: str) -> bool:
        """Tell whether lexemes of these types can follow, one after the other."""
        stack = list(self._state.state_stack)
        return all(self._advance(stack, each) for each in types)

    def accepts_in_list(self, *types: str) -> bool:
        """Tell whether lexemes of these types could follow `back_to_list`."""
        stack = self._state.state_stack[: self._list_depth()]
        return all(self._advance(stack, each) for each in types)

    def _list_depth(self) -> int:
        stack = self._state.state_stack
        return next(depth for depth in range(len(stack), 0, -1) if self._filling(stack[depth - 1]))

    def _advance(self, stack: list[int], type_: str) -> bool:
        # What Lark's `feed_token` does, without values: there is no public way to ask first.
        while (action := self._rows[stack[-1]].get(type_)) is not None:
            target = action[1]
            if isinstance(target, int):
                stack.append(target)
                return True
            if target.expansion:
                del stack[-len(target.expansion) :]
            stack.append(self._rows[stack[-1]][target.origin.name][1])
        return bool(stack[-1] == self._state.parse_conf.end_state)

    def feed(self, lexeme: Lexeme) -> bool:
        """Go on with a lexeme, or change nothing and return False where it cannot stand."""
        stack = list(self._state.state_stack)
        if not self._advance(stack, lexeme.type):
            return False
        self.began = self._filling(stack[-2]) is not None
        # Lark asks a token for its type alone, and hands it to the builder as it is.
        self._state.feed_token(cast(Token, lexeme))
        return True

    def back_to_list(self) -> None:
        """Keep the statement that is read if it is complete, else forget it."""
        end = next((each for each in _BEHIND_STATEMENT if self.accepts(each)), None)
        while end and len(self._state.state_stack) > self._list_depth():
            self._reduce(end)
        depth = self._list_depth()
        del self._state.state_stack[depth:]
        del self._state.value_stack[depth - 1 :]

    def _reduce(self, type_: str) -> None:
        states, values = self._state.state_stack, self._state.value_stack
        rule = self._rows[states[-1]][type_][1]
        start = len(values) - len(rule.expansion)
        value = self._state.parse_conf.callbacks[rule](values[start:])
        del states[start + 1 :]
        del values[start:]
        states.append(self._rows[states[-1]][rule.origin.name][1])
        values.append(value)

    def finish(self, end: Lexeme) -> tuple[Statement, ...]:
        """Return the statements of the file; `end` must be acceptable."""
        return cast(tuple[Statement, ...], self._state.feed_token(cast(Token, end), is_end=True))
