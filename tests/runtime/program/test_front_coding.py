"""Front coding gives back what it was given, in less room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.runtime.program.front_coding import MOST, front_coded, front_decoded

texts = st.text(st.characters(exclude_categories=["Lu", "Cs"]), min_size=1)


@given(st.sets(texts | st.text("ab ", min_size=1, max_size=60)))
def test_what_was_coded_comes_back_sorted(these: set[str]) -> None:
    assert list(front_decoded(front_coded(these))) == sorted(these)


def test_a_count_says_how_much_of_the_text_before_goes_on() -> None:
    assert front_coded(["stops", "stop", "stop it"]) == "AstopE itEs"


@pytest.mark.parametrize("shared", [0, 1, 25, 26, 27, MOST - 1, MOST, MOST + 1, 20_000])
def test_texts_that_share_much_come_back(shared: int) -> None:
    these = ["a" * shared + end for end in "bc"]
    assert list(front_decoded(front_coded(these))) == these
    assert len(front_coded(these)) <= max(shared, 2 * shared - MOST) + 5


@given(st.text("ABZab ", max_size=200))
def test_nothing_unfolds_by_more_than_what_may_be_shared(forged: str) -> None:
    """A count is a letter or two, and the text behind it at most `MOST` letters longer than what was written."""
    unfolded = list(front_decoded(forged))
    assert sum(map(len, unfolded)) <= len(forged) + MOST * len(unfolded)
    assert len(unfolded) <= len(forged)


def test_a_large_text_is_not_shared_again_and_again() -> None:
    forged = "A" + "a" * 100_000 + "ZZb" * 10_000
    assert sum(map(len, front_decoded(forged))) < 7 * len(forged)


@pytest.mark.parametrize("text", ["", "Stop", "aZ"])
def test_a_text_that_would_not_come_back_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be front-coded"):
        front_coded(["stop", text])
