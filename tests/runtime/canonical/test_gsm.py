"""Segments, against a slow reading that cuts the text itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.runtime.canonical.gsm import BASIC, EXTENSION, Encoding, Segments, measure

gsm_texts = st.text(st.sampled_from(BASIC + EXTENSION), max_size=700)
other_texts = st.text(st.sampled_from("aж🛑€\ud83d\uffff\U00010000"), min_size=1, max_size=300).map(
    lambda text: text + "ж"
)


def bytes_of(char: str, encoding: Encoding) -> int:
    if encoding is Encoding.UCS_2:
        return len(char.encode("utf-16-le", "surrogatepass")) // 2
    return 2 if char in EXTENSION else 1


def cut(text: str, encoding: Encoding) -> list[str]:
    """Return the text's segments, each as long as may be."""
    if sum(bytes_of(char, encoding) for char in text) <= encoding.alone:
        return [text] if text else []
    parts = [""]
    for char in text:
        if sum(bytes_of(each, encoding) for each in parts[-1] + char) > encoding.joined:
            parts.append("")
        parts[-1] += char
    return parts


@given(gsm_texts)
def test_gsm_text_takes_as_many_segments_as_it_can_be_cut_into(text: str) -> None:
    found = measure(text)
    assert found.segments == len(cut(text, Encoding.GSM_7))
    assert found.length == sum(bytes_of(char, Encoding.GSM_7) for char in text)
    assert (found.encoding, found.outside) == (Encoding.GSM_7, ())


@given(other_texts)
def test_other_text_takes_as_many_segments_as_it_can_be_cut_into(text: str) -> None:
    found = measure(text)
    assert found.segments == len(cut(text, Encoding.UCS_2))
    assert found.length == sum(bytes_of(char, Encoding.UCS_2) for char in text)
    assert found.encoding is Encoding.UCS_2
    assert found.outside == tuple(sorted(set(text) - set("a€"), key=text.index))


def test_the_alphabet_has_127_characters_and_the_extension_ten() -> None:
    assert len(set(BASIC)) == len(BASIC) == 127
    assert len(set(EXTENSION)) == len(EXTENSION) == 10
    assert not set(BASIC) & set(EXTENSION)


def test_the_alphabet_agrees_with_ascii_where_the_standard_does() -> None:
    places = dict(enumerate(BASIC[:27] + "\x1b" + BASIC[27:]))
    same = [*range(0x20, 0x24), *range(0x25, 0x40), *range(0x41, 0x5B), *range(0x61, 0x7B)]
    assert [places[code] for code in (*same, 0x0A, 0x0D)] == [
        chr(code) for code in (*same, 0x0A, 0x0D)
    ]


@pytest.mark.parametrize(
    ("encoding", "length", "segments", "outside"),
    [
        (Encoding.GSM_7, 1, 1, ("ж",)),
        (Encoding.UCS_2, 1, 1, ()),
        (Encoding.GSM_7, -1, 0, ()),
        (Encoding.GSM_7, 3, 4, ()),
        (Encoding.GSM_7, 161, 1, ()),
        (Encoding.GSM_7, 307, 2, ()),
        (Encoding.UCS_2, 71, 1, ("ж",)),
    ],
)
def test_segments_that_no_text_can_have_are_refused(
    encoding: Encoding, length: int, segments: int, outside: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match=r"a text is in GSM-7|not so many segments"):
        Segments(encoding, length, segments, outside)
