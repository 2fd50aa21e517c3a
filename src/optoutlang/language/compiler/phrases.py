"""The phrases of a context, written out into rows of tokens (docs/language.md §5).

Phrases of one action with the same tokens are one phrase, as spellings with one
key are one keyword. Filler changes no row: a rule keeps all its words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from optoutlang.language.compiler.origins import Origins
from optoutlang.language.model.statement import Phrase
from optoutlang.runtime.program import Meaning
from optoutlang.runtime.terms import REQUESTS

Rows = Mapping[str, tuple[Meaning, ...]]
"""By canonical text: what its tokens mean, strongest action first."""


_Written = tuple[frozenset[int], Mapping[str, Sequence[Phrase]], Rows]
"""Which phrases were written out, by identity; by text, which of them say it; and what the texts mean."""


class PhraseWriter:
    """Writes phrases out: each once, and equal contexts once, however many countries ask.

    Phrases are told apart by identity: the ruleset holds them, and hashing
    thousands of patterns for each country takes long.
    """

    def __init__(self, origins: Origins) -> None:
        self._origins = origins
        self._rows: dict[tuple[int, ...], Rows] = {}
        self._meanings: dict[tuple[int, ...], tuple[Meaning, ...]] = {}
        self._finished: list[_Written] = []

    def rows(self, phrases: tuple[Phrase, ...]) -> Rows:
        """Return every row of tokens that the phrases of a context stand for."""
        place = tuple(map(id, phrases))
        known = self._rows.get(place)
        if known is None:
            known = self._rows[place] = self._written(phrases)
        return known

    def _written(self, phrases: tuple[Phrase, ...]) -> Rows:
        """Write phrases out, those apart that were written before: a country adds few."""
        before, texts, rows_before = self._before(phrases)
        by_text: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            if id(phrase) not in before:
                for text in phrase.texts():
                    by_text[text].append(phrase)
        # Nearly every text is said by one phrase, and phrases stand for many.
        alone = {id(each): self._meaning((each,)) for each in phrases if id(each) not in before}
        both = {text: [*texts.get(text, ()), *speakers] for text, speakers in by_text.items()}
        written = {
            **rows_before,
            **{
                text: alone[id(speakers[0])] if len(speakers) == 1 else self._meaning(speakers)
                for text, speakers in both.items()
            },
        }
        self._finished.append((frozenset(map(id, phrases)), {**texts, **both}, written))
        return written

    def _before(self, phrases: tuple[Phrase, ...]) -> _Written:
        """Return the most that was written of some phrases, and of no others."""
        ids = frozenset(map(id, phrases))
        parts = (each for each in self._finished if each[0] <= ids)
        return max(parts, key=lambda each: len(each[0]), default=(frozenset(), {}, {}))

    def _meaning(self, speakers: Sequence[Phrase]) -> tuple[Meaning, ...]:
        """Return what phrases with the same tokens mean, one meaning for each action."""
        place = tuple(map(id, speakers))
        known = self._meanings.get(place)
        if known is None:
            by_action = (
                [each for each in speakers if each.action is action] for action in REQUESTS
            )
            known = tuple(self._origins.meaning(each) for each in by_action if each)
            self._meanings[place] = known
        return known


def changed_rows(base: Rows, country: Rows) -> dict[str, tuple[Meaning, ...]]:
    """Return the rows that mean something else in a country than in the base; no meanings for those gone."""
    if country is base:
        return {}
    changed = {text: each for text, each in country.items() if base.get(text) != each}
    return changed | dict.fromkeys(base.keys() - country.keys(), ())
