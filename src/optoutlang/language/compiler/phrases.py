"""The phrases of a context, written out into rows of tokens without filler (docs/language.md §5).

Phrases of one action with the same tokens are one phrase, as spellings with one
key are one keyword. A country with filler of its own may change the tokens of
phrases that it does not name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from optoutlang.language.compiler.origins import Origins
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.ruleset import Phrase
from optoutlang.runtime.program.filler import Filler
from optoutlang.runtime.program.program import Meaning
from optoutlang.runtime.terms.action import Action

Rows = Mapping[str, tuple[Meaning, ...]]
"""By canonical text: what its tokens mean, strongest action first."""


_Written = tuple[frozenset[int], Mapping[str, Sequence[Phrase]], Mapping[str, tuple[Meaning, ...]]]
"""Which phrases were written out, by identity; by text, which of them say it; and what the texts mean."""


class PhraseWriter:
    """Writes phrases out: each once, and equal contexts once, however many countries ask.

    Phrases are told apart by identity: the ruleset holds them, and hashing
    thousands of patterns for each country takes long.
    """

    def __init__(self, origins: Origins) -> None:
        self._origins = origins
        self._rows: dict[tuple[tuple[int, ...], tuple[str, ...]], Rows] = {}
        self._texts: dict[tuple[int, tuple[str, ...]], tuple[str, ...]] = {}
        self._meanings: dict[tuple[int, ...], tuple[Meaning, ...]] = {}
        self._held: dict[tuple[str, ...], list[_Written]] = defaultdict(list)

    def rows(self, phrases: tuple[Phrase, ...], fillers: tuple[str, ...]) -> Rows:
        """Return every row of tokens that the phrases of a context stand for, given its filler."""
        place = (tuple(map(id, phrases)), fillers)
        known = self._rows.get(place)
        if known is None:
            known = self._rows[place] = self._written(phrases, fillers)
        return known

    def _written(self, phrases: tuple[Phrase, ...], fillers: tuple[str, ...]) -> Rows:
        """Write phrases out, those apart that were written under the same filler before: a country adds few."""
        before, texts, rows_before = self._before(phrases, fillers)
        found: dict[str, list[Phrase]] = defaultdict(list)
        filler = Filler(fillers)
        for phrase in phrases:
            if id(phrase) not in before:
                for text in self._texts_of(phrase, filler, fillers):
                    found[text].append(phrase)
        both = {text: [*texts.get(text, ()), *said] for text, said in found.items()}
        written = {**rows_before, **{text: self._meaning(said) for text, said in both.items()}}
        self._held[fillers].append((frozenset(map(id, phrases)), {**texts, **both}, written))
        return written

    def _before(self, phrases: tuple[Phrase, ...], fillers: tuple[str, ...]) -> _Written:
        """Return the most that was written of some phrases, and of no others, under the same filler."""
        ids = frozenset(map(id, phrases))
        parts = (each for each in self._held[fillers] if each[0] <= ids)
        return max(parts, key=lambda each: len(each[0]), default=(frozenset(), {}, {}))

    def _texts_of(
        self, phrase: Phrase, filler: Filler, fillers: tuple[str, ...]
    ) -> tuple[str, ...]:
        place = (id(phrase), fillers)
        if place not in self._texts:
            self._texts[place] = _texts(phrase, filler)
        return self._texts[place]

    def _meaning(self, said: Sequence[Phrase]) -> tuple[Meaning, ...]:
        """Return what phrases with the same tokens mean, one meaning for each action."""
        place = tuple(map(id, said))
        known = self._meanings.get(place)
        if known is None:
            by_action = ([each for each in said if each.action is action] for action in Action)
            known = tuple(self._origins.meaning(each) for each in by_action if each)
            self._meanings[place] = known
        return known


def _texts(phrase: Phrase, filler: Filler) -> tuple[str, ...]:
    """Return each canonical text of a phrase once; one of nothing but filler stands for nothing."""
    texts = dict.fromkeys(" ".join(filler.taken_out(each)) for each in rows(phrase.pattern))
    return tuple(filter(None, texts))


def changed_rows(base: Rows, country: Rows) -> dict[str, tuple[Meaning, ...]]:
    """Return the rows that mean something else in a country than in the base; no meanings for those gone."""
    if country is base:
        return {}
    changed = {text: each for text, each in country.items() if base.get(text) != each}
    return changed | dict.fromkeys(base.keys() - country.keys(), ())
