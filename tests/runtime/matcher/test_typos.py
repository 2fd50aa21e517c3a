"""Typos in programs and artefacts: only of opt-out keywords, never a keyword, and written once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from optoutlang.runtime.program import Program
from optoutlang.runtime.program.artefact import ArtefactError, from_bytes, to_bytes
from optoutlang.runtime.program.front_coding import front_decoded
from tests.builders.artefacts import canonical, content, sealed
from tests.builders.rulesets import program


@cache
def tolerant() -> Program:
    return program(
        'opt-out { keywords QUIT tolerate typos } country MX { opt-out { keywords "quir" tolerate numbers } }'
    )


@cache
def strict() -> Program:
    return program("opt-out { keywords QUIT } opt-in { keywords QIUT }")


Edit = Callable[[dict[str, Any]], object]


def test_typos_come_back_as_they_went() -> None:
    assert tolerant().typos["stpo"] == ("stop",)
    assert tolerant().typos["quiir"] == ("quir",)
    assert tolerant().typos["quif"] == ("quir", "quit")
    assert from_bytes(to_bytes(tolerant())) == tolerant()


def test_a_keyword_of_the_base_is_no_typo_and_one_of_a_country_is_one_elsewhere() -> None:
    assert "quit" not in tolerant().typos
    assert tolerant().typos["quir"] == ("quit",)
    assert not strict().typos


def test_an_artefact_holds_each_keyword_of_typos_once() -> None:
    found = content(tolerant())["typos"]
    assert list(found) == ["quir", "quit", "stop"]
    slips = list(front_decoded(found["stop"]))
    assert "stpo" in slips
    assert slips == sorted(set(slips))


@pytest.mark.parametrize(
    ("slip", "keys"),
    [
        ("stop", ("stop",)),
        ("start", ("stop",)),
        ("qiut", ("quit",)),
        ("halp", ("help",)),
        ("stpo", ("start",)),
        ("stpo", ("sotp",)),
        ("stpo", ()),
        ("stpo", ("stop", "quit")),
        ("stpo", ("stop", "stop")),
    ],
)
def test_a_program_with_another_typo_cannot_be_made(slip: str, keys: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="typo"):
        replace(strict(), typos={slip: keys})


def test_an_ordinary_word_is_a_typo_of_a_country_alone() -> None:
    mexico = replace(tolerant().countries["MX"], ordinary=frozenset({"stpo"}))
    assert replace(tolerant(), countries={"MX": mexico}).countries["MX"].ordinary == {"stpo"}
    with pytest.raises(ValueError, match="no typo"):
        replace(strict(), countries={"MX": mexico})
    with pytest.raises(ValueError, match="of the base"):
        replace(tolerant(), base=replace(tolerant().base, ordinary=frozenset({"stpo"})))


FORGERIES: dict[str, Edit] = {
    "a typo that is a keyword": lambda found: found["typos"].update(quit="Astop"),
    "typos of no keyword": lambda found: found["typos"].update(foo="Afo"),
    "typos of an opt-in keyword": lambda found: found["typos"].update(start="Astrat"),
    "no typos for a keyword": lambda found: found["typos"].update(stop=""),
    "an empty typo": lambda found: found["typos"].update(stop="A"),
    "typos out of order": lambda found: found["typos"].update(stop="AtsopAstpo"),
    "a typo twice": lambda found: found["typos"].update(stop="AstpoE"),
    "typos that are a list": lambda found: found["typos"].update(stop=["Astpo"]),
    "typos left out": lambda found: found.pop("typos"),
    "an unknown tolerance": lambda found: found["base"].update(tolerances=["everything"]),
    "a tolerance twice": lambda found: found["base"].update(tolerances=["typos", "typos"]),
    "no tolerances": lambda found: found["base"].update(tolerances=[]),
    "a tolerance of the base again": lambda found: found["overlays"][0].update(
        tolerances=["numbers", "typos"]
    ),
    "tolerances out of order": lambda found: found["base"].update(tolerances=["typos", "numbers"]),
    "other look-alike letters": lambda found: found["tables"].__setitem__(3, "0" * 64),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_with_a_right_digest_is_refused(name: str) -> None:
    forged = content(tolerant())
    assert from_bytes(sealed(canonical(forged))) == tolerant()

    FORGERIES[name](forged)

    with pytest.raises(ArtefactError):
        from_bytes(sealed(canonical(forged)))
