"""The typos of a program: every slip of an opt-out keyword that means nothing else (docs/language.md §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from optoutlang.language.compiler.slips import slips
from optoutlang.language.words.ordinary import names, ordinary
from optoutlang.runtime.program import Context, resolve
from optoutlang.runtime.terms import Action, Tolerance


def typos(base: Context, overlays: Collection[Context]) -> Mapping[str, tuple[str, ...]]:
    """Return the slips of the opt-out keywords of every context that tolerates typos, by slip.

    A slip is none if it is a keyword in the base, an ordinary word of a
    language that the base speaks, or a name. One that is a keyword or an ordinary word in
    a country alone (`ordinary_there`) stays a slip elsewhere: what a country
    says changes nothing in another one.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for keyword in sorted(set(_tolerant(base, overlays))):
        for slip in slips(keyword) - base.keywords.keys():
            found[slip].append(keyword)
    words = ordinary(found, base.languages) | names() if found else frozenset()
    return {slip: tuple(found[slip]) for slip in sorted(found.keys() - words)}


def ordinary_there(
    known: Collection[str], base: Context, overlay: Context, spoken: Iterable[str] = ()
) -> frozenset[str]:
    """Return those of the known slips that are ordinary words of languages that only the country speaks.

    It speaks those of its own rules, and those that are `spoken` there. A country that tolerates no typos has none.
    """
    languages = {*overlay.languages, *spoken} - set(base.languages)
    tolerated = (base.tolerances - overlay.absent.tolerances) | overlay.tolerances
    tolerant = Tolerance.TYPOS in tolerated
    return ordinary(known, languages) if languages and tolerant else frozenset()


def _tolerant(base: Context, overlays: Collection[Context]) -> Iterator[str]:
    """Yield the opt-out keywords' keys of every context that tolerates typos."""
    resolved = resolve(base)
    for context in (Context(), *overlays):
        there = resolve(context, under=resolved)
        if Tolerance.TYPOS in there.tolerances:
            for key, meaning in there.keywords.items():
                if meaning.action is Action.OPT_OUT:
                    yield key
