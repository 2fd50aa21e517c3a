"""The typos of a program: every slip of an opt-out keyword that means nothing else (docs/language.md §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from optoutlang.language.compiler.slips import slips
from optoutlang.language.words.ordinary import ordinary
from optoutlang.runtime.program.program import Context
from optoutlang.runtime.terms.action import Action, Tolerance

_NOTHING = Context()


def typos(base: Context, overlays: Collection[Context]) -> Mapping[str, tuple[str, ...]]:
    """Return the slips of the opt-out keywords of every context that tolerates typos, by slip.

    A slip is none if it is a keyword in the base, or an ordinary word of a
    language that the base speaks. One that is a keyword or an ordinary word in
    a country alone (`ordinary_there`) stays a slip elsewhere: what a country
    says changes nothing in another one.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for keyword in sorted(set(_tolerant(base, overlays))):
        for slip in slips(keyword) - base.keywords.keys():
            found[slip].append(keyword)
    words = ordinary(found, base.languages) if found else frozenset()
    return {slip: tuple(found[slip]) for slip in sorted(found.keys() - words)}


def ordinary_there(slips_held: Collection[str], base: Context, overlay: Context) -> frozenset[str]:
    """Return the slips that are ordinary words of the languages that a country speaks and the base does not."""
    languages = set(overlay.languages) - set(base.languages)
    tolerant = Tolerance.TYPOS in base.tolerances | overlay.tolerances
    return ordinary(slips_held, languages) if languages and tolerant else frozenset()


def _tolerant(base: Context, overlays: Collection[Context]) -> Iterator[str]:
    """Yield the opt-out keywords' keys of every context that tolerates typos."""
    for own in (_NOTHING, *overlays):
        if Tolerance.TYPOS in base.tolerances | own.tolerances:
            for key, meaning in {**base.keywords, **own.keywords}.items():
                if meaning is not None and meaning.action is Action.OPT_OUT:
                    yield key
