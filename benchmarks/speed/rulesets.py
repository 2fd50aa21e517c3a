"""The rulesets that are measured, each compiled once and kept as an artefact."""

from __future__ import annotations

import gc
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import optoutlang
from optoutlang import Matcher
from optoutlang.runtime import native

RULES = Path(__file__).parents[1] / "rules"
LETTERS = "ABCDEFGHIKLMNOPRSTUVWZ"
LARGE = 100_000
"""How many keywords the ruleset `large` has."""


class Rulesets:
    """Matchers by name of a ruleset, with the compiled core and in pure Python, made when first asked for."""

    def __init__(self, folder: Path) -> None:
        """Keep artefacts in a folder."""
        self.folder = folder
        self._compiled: dict[str, Matcher] = {}
        self._pure: dict[str, Matcher] = {}

    def __getitem__(self, rules: str) -> Matcher:
        """Return a ruleset's matcher with the compiled core."""
        if rules not in self._compiled:
            self._compiled[rules] = self._matcher(rules)
        return self._compiled[rules]

    def pure(self, rules: str) -> Matcher:
        """Return a ruleset's matcher in pure Python."""
        if rules not in self._pure:
            with pure_python():
                self._pure[rules] = self._matcher(rules)
        return self._pure[rules]

    def _matcher(self, rules: str) -> Matcher:
        made = Matcher.from_bytes(self.artefact(rules).read_bytes())
        made.prepare()
        gc.freeze()  # the collector would go through all of it before each turn
        return made

    def artefact(self, rules: str) -> Path:
        """Return the file of a ruleset's artefact."""
        path = self.folder / f"{rules}.optoutc"
        if not path.exists():
            path.write_bytes(_compiled(rules).to_bytes())
        return path


def _compiled(rules: str) -> Matcher:
    if rules == "large":
        return optoutlang.compile(keywords(LARGE))
    source = RULES / f"{rules}.optout"
    return optoutlang.load(source if source.exists() else rules)


@contextmanager
def pure_python() -> Iterator[None]:
    """Let matchers that are made inside have no compiled core."""
    before = os.environ.get(native.PURE)
    os.environ[native.PURE] = "1"
    try:
        yield
    finally:
        del os.environ[native.PURE]
        if before is not None:
            os.environ[native.PURE] = before


@cache
def words(count: int) -> tuple[str, ...]:
    """Return different words of five to nine letters, the same ones every time."""
    draw = random.Random(1)  # noqa: S311  # no secret
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(draw.choices(LETTERS, k=draw.randint(5, 9)))] = None
    return tuple(made)


def keywords(count: int) -> str:
    """Return the source of a ruleset of so many keywords."""
    return f"opt-out {{ keywords {', '.join(words(count))} }}"


def spellings(matcher: Matcher) -> frozenset[str]:
    """Return the keywords of the base scope as they are written, in capitals."""
    return frozenset(
        origin.spelling.upper()
        for meaning in matcher.program.base.keywords.values()
        if meaning is not None
        for origin in meaning.origins
    )


def naive(known: frozenset[str]) -> Callable[[str], bool]:
    """Return N, what most services run: it knows the same keywords as spelt, and nothing else."""

    def answer(text: str) -> bool:
        return text.strip().upper() in known

    return answer
