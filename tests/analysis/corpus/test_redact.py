"""No digit and no e-mail address is left, and nothing else is touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.analysis.corpus.redact import redact

CASES = {
    "call +1 (415) 555-0100": "call +# (#) #-#",
    "STOP 12345": "STOP #",
    "code:９８７٠١٢x²½③": "code:#x#",
    "stop2quit": "stop#quit",
    "1\ufe0f\u20e32\ufe0f\u20e3": "#\ufe0f\u20e3#\ufe0f\u20e3",
    "sto\u0301p 😀 #1": "sto\u0301p 😀 ##",
    "二 Ⅳ twelve": "二 Ⅳ twelve",
    "take me.off@example.com, please": "take …@…, please",
    "<Jo+1@mail.example.co.uk>. STOP": "<…@…>. STOP",
    "meet @ 8": "meet @ #",
    "a@b": "a@b",
    "": "",
}


@pytest.mark.parametrize(("text", "shown"), CASES.items())
def test_a_run_of_digits_or_an_address_is_one_mark(text: str, shown: str) -> None:
    assert redact(text) == shown


@pytest.mark.slow
@given(st.text() | st.text("07٣९９²①½𝟗 +-()aÉ二\u20e3"))
def test_no_digit_is_left_and_the_rest_stays(text: str) -> None:
    text = text.replace("@", "")
    shown = redact(text)
    assert not any(each.isdigit() or each.isdecimal() for each in shown)
    assert redact(shown) == shown
    kept = [each for each in text if unicodedata.category(each) not in ("Nd", "No")]
    assert [each for each in shown if each != "#"] == [each for each in kept if each != "#"]
