"""The smallest suite reaches what can be reached, its cases hold, and no fewer would do."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.analysis.adequacy.cover import cover
from optoutlang.analysis.adequacy.minimal import minimal
from optoutlang.analysis.adequacy.set_cover import set_cover
from optoutlang.analysis.adequacy.suggestions import pasteable
from optoutlang.analysis.adequacy.workbench import Bench
from optoutlang.language.driver.compile import check_path
from optoutlang.language.driver.examples import holds

CASES = Path(__file__).parent / "cover"

SETS = st.lists(st.frozensets(st.integers(0, 6), max_size=4), max_size=7)


@given(SETS)
def test_a_choice_holds_all_and_no_smaller_one_does(sets: list[frozenset[int]]) -> None:
    choice = set_cover(sets)
    wanted = frozenset[int]().union(*sets)
    assert frozenset[int]().union(*(sets[each] for each in choice.indices)) == wanted
    assert choice.smallest
    assert not any(
        frozenset[int]().union(*some) == wanted
        for size in range(len(choice.indices))
        for some in combinations(sets, size)
    )


def test_a_search_that_is_too_long_says_so_and_keeps_what_it_has() -> None:
    sets = [
        frozenset(each % 60 for each in (i, i * i + 1, i * 7 + 3, 3 * i * i + 5 * i, i**3 + 2))
        for i in range(120)
    ]
    choice = set_cover(sets)
    assert not choice.smallest
    assert frozenset[int]().union(*(sets[each] for each in choice.indices)) == frozenset(range(60))


def bench(name: str) -> Bench:
    ruleset = check_path(CASES / f"{name}.optout").ruleset
    assert ruleset is not None
    return Bench(ruleset)


@pytest.mark.parametrize(("name", "missed"), [("full", 0), ("gaps", 1)])
def test_the_suite_holds_and_reaches_what_it_says(name: str, missed: int) -> None:
    subject = bench(name)
    suite = minimal(subject)
    assert all(holds(each, subject.decision(each)) for each in suite.cases)
    again = cover(subject, suite.cases)
    assert len(again.missed) == len(suite.coverage.missed) == missed
    needed = {each.reached_by[0] for each in again.points if len(each.reached_by) == 1}
    assert needed == set(suite.cases)


def test_the_suite_can_stand_in_the_file_instead_of_its_tests(tmp_path: Path) -> None:
    subject = bench("full")
    rules = subject.ruleset.root.text.text.partition("test ")[0]
    path = tmp_path / "full.optout"
    path.write_text(f"{rules}{pasteable('pasted', minimal(subject).cases)}", encoding="utf-8")
    ruleset = check_path(path).ruleset
    assert ruleset is not None
    pasted = Bench(ruleset)
    assert not pasted.failures()
    assert cover(pasted, ruleset.examples).percent == 100
