"""The typos of a program: every slip of an opt-out keyword that means nothing else (docs/language.md §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from optoutlang.language.compiler.slips import slips
from optoutlang.language.words.ordinary import names, ordinary
from optoutlang.runtime.program import Context, Meaning, resolve
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
    return ordinary(known, languages) if languages and _tolerates(base, overlay) else frozenset()


def _tolerant(base: Context, overlays: Collection[Context]) -> Iterator[str]:
    """Yield the opt-out keywords' keys of every context that tolerates typos."""
    tolerant = [each for each in overlays if _tolerates(base, each)]
    if _tolerates(base, Context()):
        # What a country inherits is the base's, which is here already.
        yield from _opt_outs(base.keywords)
        for each in tolerant:
            yield from _opt_outs(each.keywords)
    else:
        resolved = resolve(base)
        for each in tolerant:
            yield from _opt_outs(resolve(each, under=resolved).keywords)


def _tolerates(base: Context, overlay: Context) -> bool:
    inherited = base.tolerances - overlay.absent.tolerances
    return Tolerance.TYPOS in inherited | overlay.tolerances


def _opt_outs(keywords: Mapping[str, Meaning | None]) -> Iterator[str]:
    for key, meaning in keywords.items():
        if meaning is not None and meaning.action is Action.OPT_OUT:
            yield key
