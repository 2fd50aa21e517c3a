"""The test cases of used packs hold under the packs that use them: natural wording beside words does not undo them."""

from __future__ import annotations

import pytest

from optoutlang.language.packs import pack_names
from tests.builders.packs import build

KNOWN = {
    "opting out of the game",
    "Como descadastrar meu cartão?",
    "unsubscribe my mother from bingo",
    "Comment me désabonner du magazine ?",
    "come mi disiscrivo dal corso?",
    "Which plan lets me opt out of paper bills?",
    "opt out of the medical aid",
}
"""Near misses of country packs that phrases of the packs of natural wording decide today: their object is left open."""

ANSWERED_OTHERWISE = {
    *("Alta!", "Opt-in", "INICIO", "VOLVER", "Baja, estoy afuera", "Stop it, you're hilarious"),
}
"""Cases that answer otherwise under `world` (another language, or an everyday word) or under `crisis-safe`, which takes
no country into account; this may only shrink.
"""


PACKS = [
    "world",  # first, for it takes longest
    *(
        pytest.param(pack, marks=pytest.mark.thorough)
        if pack in {"natural", "crisis-safe"}
        else pack
        for pack in sorted({*pack_names()} - {"world"})
    ),
]
"""`world` uses what the two that are as large as it use, and more."""


@pytest.mark.slow
@pytest.mark.parametrize("pack", PACKS)
def test_the_cases_of_used_packs_hold_under_a_pack(pack: str) -> None:
    outcomes = build(pack).test_used()

    failed = {each.example.message for each in outcomes if not each.passed}
    assert failed <= KNOWN | ANSWERED_OTHERWISE
