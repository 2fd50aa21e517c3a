"""The packs of natural wording together: what one language takes for filler carries no meaning in another."""

from __future__ import annotations

from functools import cache

import pytest

from optoutlang.language.driver.compile import check_path
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.packs import pack_names, pack_path
from optoutlang.runtime.program.filler import Filler

PACKS = [name for name in pack_names() if name.startswith("natural-")]
NATURAL = "natural"


@cache
def ruleset(name: str) -> Ruleset:
    found = check_path(pack_path(name)).ruleset
    assert found is not None
    return found


@cache
def filler(name: str) -> Filler:
    return Filler(" ".join(each.tokens) for each in ruleset(name).fillers)


def test_natural_uses_every_pack_of_natural_wording() -> None:
    assert {each.name for each in ruleset(NATURAL).files} >= set(PACKS)


@pytest.mark.parametrize("pack", PACKS)
def test_no_other_language_takes_its_words_for_filler(pack: str) -> None:
    """Else `retirez moi` would come down to `retirez` beside Finnish, where `moi` is a greeting."""
    found = ruleset(pack)
    own, all_of_them = filler(pack), filler(NATURAL)
    kept = {
        tuple(own.taken_out(row))
        for phrase in (*found.sentences, *found.phrases, *found.exceptions)
        for row in rows(phrase.pattern)
    }

    assert [row for row in sorted(kept) if tuple(all_of_them.taken_out(row)) != row] == []
