"""The registry of codes: every id and slug names one thing; the names of the pages keep what was published."""

from __future__ import annotations

import re

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Severity


def test_codes_stand_in_order_of_their_ids() -> None:
    assert [code.id for code in codes.ALL] == sorted(code.id for code in codes.ALL)


def test_ids_and_slugs_are_used_once() -> None:
    assert len({code.id for code in codes.ALL}) == len(codes.ALL)
    assert len({code.slug for code in codes.ALL}) == len(codes.ALL)


def test_ids_and_slugs_have_their_forms() -> None:
    for code in codes.ALL:
        assert re.fullmatch(r"O[0-9]{3}", code.id)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.slug)


def test_codes_are_found_by_their_id() -> None:
    assert tuple(codes.BY_ID.values()) == codes.ALL
    assert codes.BY_ID["O201"] is codes.PROTECTED_REMOVED
    assert codes.BY_ID["O201"].severity is Severity.ERROR
