"""Some messages for one ruleset, through every way into the compiled core."""

from __future__ import annotations

from random import Random

import pyarrow as pa

from optoutlang import arrow
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.runtime.matcher import Matcher
from tests.builders.shapes import SHAPES
from tests.gate.texts import Texts

TURN = 200
"""So many messages one ruleset gets before the next one has its turn."""

LONGEST = 3_000
"""Characters of a hostile message."""

LAST = 0x10FFFF


def matcher_of(ruleset: Ruleset) -> Matcher:
    """Return a ruleset's matcher."""
    return Matcher(from_model(ruleset))


class Turn:
    """Matches messages one by one, as a list, and as a column; says how many were decided, and how many there were."""

    def __init__(self, matcher: Matcher, random: Random) -> None:
        self._matcher = matcher
        self._random = random
        self._texts = Texts(matcher.program, random)

    def __call__(self) -> tuple[int, int]:
        """Match."""
        texts = [self._text() for _ in range(TURN)]
        country = self._texts.country()
        singly = [self._matcher.match(text, country=country) for text in texts]
        together = self._matcher.match_many(texts, countries=[country] * TURN)
        assert together == singly
        whole = [text.encode("utf-8", "replace").decode() for text in texts]
        column = pa.chunked_array([whole[: TURN // 2], whole[TURN // 2 :]], pa.string())
        for some in (column, column.slice(7, TURN // 2), column.cast(pa.large_string())):
            arrow.match(self._matcher, some, country=country, workers=2)
        return TURN - singly.count(None), TURN

    def _text(self) -> str:
        """Return a message: fuzzed, hostile, or of any code points at all, lone surrogates too."""
        kind = self._random.random()
        if kind < 0.8:
            return self._texts.text()
        if kind < 0.9:
            shape = self._random.choice(SHAPES)
            return shape.message(self._random.randrange(1, LONGEST))
        last = self._random.choice((0x7F, 0xFF, 0xFFFF, LAST))
        count = self._random.randrange(40)
        return "".join(chr(self._random.randint(0, last)) for _ in range(count))
