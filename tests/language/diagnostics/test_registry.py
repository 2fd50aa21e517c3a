"""The registry of codes: what was published stays, and every id and slug names one thing."""

from __future__ import annotations

import re
from pathlib import Path

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Severity

REGISTRY = Path(__file__).with_name("registry.txt")
"""The frozen list: a line is added with each new code, and none is ever changed or deleted."""


def test_the_registry_is_the_frozen_list() -> None:
    published = REGISTRY.read_text(encoding="utf-8").splitlines()
    assert [f"{code.id} {code.slug}" for code in codes.ALL] == published


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
