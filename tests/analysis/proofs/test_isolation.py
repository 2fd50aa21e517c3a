"""The rounds in which countries are taken out: few, and each country goes once while any other one stays."""

from __future__ import annotations

from itertools import permutations

import pytest

from optoutlang.analysis.proofs.properties.isolation import _separating


@pytest.mark.parametrize("countries", [1, 2, 3, 6, 7, 20, 21, 138, 250])
def test_of_any_two_countries_each_goes_while_the_other_stays(countries: int) -> None:
    names = tuple(f"{number:03}" for number in range(countries))
    rounds = list(_separating(names))
    together = [
        (one, other)
        for one, other in permutations(names, 2)
        if not any(one in dropped and other not in dropped for dropped in rounds)
    ]

    assert together == []
    assert frozenset().union(*rounds) == set(names)


def test_all_countries_of_iso_3166_take_ten_rounds() -> None:
    assert len(list(_separating(tuple(map(str, range(250)))))) == 10
