"""Small pairs of programs whose rules meet, and what every short message means to each: counted, not searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from random import Random
from typing import Any

from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import (
    PROTECTED_KEYS,
    Context,
    Meaning,
    Origin,
    Program,
    Source,
)
from optoutlang.runtime.terms.action import REQUESTS, Action, MatchedBy
from optoutlang.runtime.terms.decision import Decision

LANGUAGES = (("en",), ("en",), ("es",), ("en", "es"), ("es", "fr"))
PREFERENCES = (None, "es", "fr", "de", "en")
SUGGESTS = (
    *(frozenset[MatchedBy](),) * 4,
    *(frozenset({MatchedBy.PHRASE}),) * 2,
    frozenset({MatchedBy.KEYWORD_SENTENCE}),
    frozenset({MatchedBy.SENTENCE}),
)
TABLES = ("keywords", "sentences", "phrases", "exceptions", "replies", "fillers")


@dataclass(frozen=True, slots=True)
class Family:
    """Where pairs are drawn from: the tokens of rows, the keys, and the messages that are counted."""

    row_tokens: tuple[str, ...]
    keys: tuple[str, ...]
    tokens: tuple[str, ...]
    longest: int
    sentences: bool = True


FAMILIES = {
    "phrases": Family(("a", "b", "c"), ("a", "b", "ab"), ("a", "b", "c", "ab", "hello"), 3),
    "phrases without sentences": Family(
        ("a", "b", "c"), ("a", "bc"), ("a", "b", "c", "bc", "hello"), 4, sentences=False
    ),
    "keywords": Family(
        ("a", "b", "ab"),
        tuple("a b aa ab ba aab abb aaa aba bab".split()),
        tuple("a b aa ab ba bb aab aba abb aaa bab hello".split()),
        2,
    ),
    "characters": Family(
        ("停", "订", "a"),
        ("停", "订", "停订", "停停", "a", "a停"),
        ("停", "订", "a", "hello"),
        3,
    ),
    "symbols": Family(("🛑", "🔔"), ("🛑", "🔔", "🛑🔔", "🛑🛑"), ("🛑", "🔔", "+", "hello"), 3),
}


class Draw:
    """Draws programs, the same from the same seed."""

    def __init__(self, family: Family, seed: int) -> None:
        self._family = family
        self._random = Random(f"{family.keys} {seed}")  # noqa: S311  # no secret

    def pair(self) -> tuple[Program, Program]:
        """Return a program and an edit of it, or another program."""
        old = self._context()
        new = self._edited(old) if self._random.random() < 0.8 else self._context()
        return _program(old), _program(new)

    def _context(self) -> Context:
        some = self._random.choice
        keywords = {
            key: Meaning(action, (Origin("en", key, 0, 1),))
            for key, action in PROTECTED_KEYS.items()
        }
        keywords |= {key: self._meaning(some(list(REQUESTS))) for key in self._keys(3)}
        sentences = some((0, 0, 1, 2)) if self._family.sentences else 0
        return Context(
            keywords=keywords,
            sentences=self._table(sentences, 2) | self._open(sentences and some((0, 1, 2))),
            phrases=self._table(some((0, 1, 2, 3, 4)), 3),
            exceptions=self._table(some((0, 0, 1, 2, 3)), 3),
            fillers=tuple(sorted({self._row(2) for _ in range(some((0, 0, 1, 2)))})),
            replies={
                (action, tag): some(("one", "two", None))
                for action in REQUESTS
                for tag in ("en", "es", "fr")
                if self._random.random() < 0.4
            },
            prefer=("en",),
            languages=("en", "es", "fr"),
            suggest=some(SUGGESTS),
        )

    def _edited(self, context: Context) -> Context:
        for _ in range(self._random.choice((1, 1, 1, 2, 3))):
            context = self._edited_once(context, self._random.choice(TABLES))
        return context

    def _edited_once(self, context: Context, name: str) -> Context:
        if name == "fillers":
            return replace(context, fillers=tuple(sorted({*context.fillers[1:], self._row(2)})))
        table = dict(getattr(context, name))
        known = [each for each in sorted(table, key=str) if each not in PROTECTED_KEYS]
        if known and self._random.random() < 0.5:
            del table[self._random.choice(known)]
        elif name == "keywords":
            table |= {
                key: self._meaning(self._random.choice(list(REQUESTS))) for key in self._keys(1)
            }
        elif name == "sentences" and self._random.random() < 0.5:
            table |= self._open(1)
        elif name == "replies":
            table[self._random.choice(list(REQUESTS)), "en"] = "three"
        else:
            table |= self._table(1, 3)
        changed: dict[str, Any] = {name: table}
        return replace(context, **changed)

    def _keys(self, count: int) -> list[str]:
        return [self._random.choice(self._family.keys) for _ in range(count)]

    def _row(self, longest: int) -> str:
        length = self._random.randint(1, longest)
        return " ".join(self._random.choice(self._family.row_tokens) for _ in range(length))

    def _table(self, count: int, longest: int) -> dict[str, tuple[Meaning, ...]]:
        rows = sorted({self._row(longest) for _ in range(count)})
        return {row: tuple(map(self._meaning, self._actions())) for row in rows}

    def _open(self, count: int) -> dict[str, tuple[Meaning, ...]]:
        """Return sentences that are open on one side."""
        some = self._random.choice
        return {some((f"… {row}", f"{row} …")): each for row, each in self._table(count, 2).items()}

    def _actions(self) -> list[Action]:
        chosen = self._random.sample(list(REQUESTS), self._random.choice((1, 1, 1, 2)))
        return sorted(chosen, key=lambda action: action.rank)

    def _meaning(self, action: Action) -> Meaning:
        tags = self._random.choice(LANGUAGES)
        return Meaning(action, tuple(Origin(tag, "x", 0, 1) for tag in tags))


def _program(base: Context) -> Program:
    return Program("small", "en", (Source("small.optout", "0" * 64),), base, {})


def messages(family: Family) -> Iterator[tuple[int, str]]:
    """Yield every message up to the family's length, shortest first, with its length in tokens."""
    between = (" ", ". ")
    yield 0, ""
    for length in range(1, family.longest + 1):
        for said in product(family.tokens, repeat=length):
            for marks in product(between, repeat=length - 1):
                yield length, "".join(map("".join, zip(said, (*marks, ""), strict=True)))


Told = tuple[object, ...] | None
Changes = dict[tuple[str | None, Told, Told], tuple[int, str]]


def told(decision: Decision | None) -> Told:
    """Return what a change is about: action, suggestion, language and reply."""
    if decision is None:
        return None
    return decision.action, decision.suggested, decision.language, decision.reply


def counted(family: Family, old: Program, new: Program) -> Changes:
    """Return every change that some short message shows, with the first such message."""
    matchers = Matcher(old), Matcher(new)
    found: Changes = {}
    for length, text in messages(family):
        for tag in PREFERENCES:
            before, after = (told(each.match(text, language=tag)) for each in matchers)
            if before != after:
                found.setdefault((tag, before, after), (length, text))
    return found
