"""The keywords of a context: those of the base, and what a country changes in them."""

from __future__ import annotations

from collections.abc import Mapping

from optoutlang.language.compiler.origins import Origins
from optoutlang.language.model.effective import Table
from optoutlang.runtime.program.program import Meaning


def base_keywords(origins: Origins, base: Table) -> dict[str, Meaning]:
    """Return what each keyword's key means in the base."""
    return {key: origins.meaning(each.claims) for key, each in base.keywords.items()}


def changed_keywords(
    origins: Origins, base: Table, compiled: Mapping[str, Meaning | None], country: Table
) -> dict[str, Meaning | None]:
    """Return the keywords that mean something else in a country than in the compiled base; None for those gone.

    The tables share equal keywords, so that most need no look.
    """
    changed: dict[str, Meaning | None] = {}
    for key, keyword in country.keywords.items():
        if keyword is not base.keywords.get(key):
            meaning = origins.meaning(keyword.claims)
            if meaning is not compiled.get(key):
                changed[key] = meaning
    return changed | dict.fromkeys(base.keywords.keys() - country.keywords.keys())
