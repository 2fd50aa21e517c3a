"""The survey of code points reads many at a time where they only separate: it finds what reading each one finds."""

from __future__ import annotations

from itertools import chain

import pytest

from optoutlang.analysis.proofs.properties import code_points
from optoutlang.analysis.proofs.properties.code_points import Survey, survey_of
from optoutlang.runtime.canonical import tokens

POINTS = (
    *range(0x400),
    *range(0x1FFA, 0x2470),
    *range(0x30F0, 0x3410),
    *range(0xD7A0, 0xD900),
    *range(0xFDF0, 0x10010),
    *range(0x2FA10, 0x2FC10),
    *range(0xE0000, 0xE0210),
)
"""Letters, marks, symbols, what vanishes, lone surrogates, and what is not assigned, side by side."""


def one_by_one(points: tuple[int, ...]) -> tuple[set[str], dict[str, set[str]], int]:
    """Return what vanishes, what is read as each letter, and how many code points part two letters."""
    vanishing, letters, separating = set(), dict[str, set[str]](), 0
    for char in map(chr, points):
        between = tokens(f"s{char}t")
        if between == ("st",):
            vanishing.add(char)
        elif between == ("s", "t"):
            separating += 1
        elif len(tokens(char)) == 1 and "".join(between) == f"s{tokens(char)[0]}t":
            letters.setdefault(tokens(char)[0], set()).add(char)
    return vanishing, letters, separating


def test_a_survey_finds_what_reading_each_code_point_finds() -> None:
    vanishing, letters, separating = one_by_one(POINTS)
    found = survey_of(POINTS)

    assert found.count == len(POINTS)
    assert set(found.vanishing) == vanishing
    assert {letter: set(those) for letter, those in found.letters.items()} == letters
    assert found.separating == separating


@pytest.mark.parametrize("chunk", [1, 2, 7, 4096])
def test_a_survey_is_the_same_however_many_are_read_at_a_time(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected: Survey = survey_of(POINTS)
    monkeypatch.setattr(code_points, "CHUNK", chunk)

    assert survey_of(POINTS) == expected


def test_one_code_point_among_separators_that_is_none_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    odd = chr(0x2FBF0)  # not assigned
    assert survey_of(range(0x2FB00, 0x2FC00)).separating == 0x100

    monkeypatch.setattr(
        code_points, "tokens", lambda text: tuple(chain(tokens(text), ["q"] * text.count(odd)))
    )
    assert survey_of(range(0x2FB00, 0x2FC00)).separating == 0xFF
