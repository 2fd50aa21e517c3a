"""Noise never changes what canonical text makes of a word, and reaches all that people do to words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from optoutlang.language.reference import text as reference
from optoutlang.runtime.matcher.quotes import unquoted
from optoutlang.runtime.matcher.sentences import sentences
from optoutlang.testing import noise, spellings
from tests.runtime.canonical.nasty import nasty_texts

WORDS = ("STOP", "NO MORE", "arrêt", "Don't", "हटाओ", "退订", "TD", "🛑", "STOP2", "הסר")


MESSAGES = st.sampled_from(
    (
        "Re: stop. ok",
        'fwd: a\n> b\nre:\u200bc "d" e',
        'foo"bar" baz',
        "a - b",
        "„x“ y",
        "--- x ---\nz",
    )
)


@given(st.sampled_from(WORDS) | nasty_texts, st.data())
def test_noise_keeps_the_canonical_text(word: str, data: st.DataObject) -> None:
    assert reference.tokens(data.draw(noise(word))) == reference.tokens(word)


@given(st.lists(nasty_texts | MESSAGES, max_size=3).map("".join), st.data())
def test_spellings_keep_what_is_quoted_and_where_sentences_end(
    text: str, data: st.DataObject
) -> None:
    spelt = data.draw(spellings(text))

    assert reference.tokens(spelt) == reference.tokens(text)
    assert rows(spelt) == rows(text)


def rows(text: str) -> list[tuple[str, ...]]:
    """Return the tokens of each sentence outside quotes."""
    return [tokens for each in sentences(unquoted(text)) if (tokens := reference.tokens(each))]


SIGNS: dict[str, Callable[[str], bool]] = {
    "as it is": lambda text: text in WORDS,
    "lower case": lambda text: "stop" in text,
    "punctuation": lambda text: text.rstrip(".!?…") != text,
    "quotes": lambda text: text[0] in "“\"«'„",
    "emoji": lambda text: any(unicodedata.category(each) == "So" for each in text[1:]),
    "zero width": lambda text: any(each in text for each in "\u200b\u200d\u2060\ufeff"),
    "full width": lambda text: "Ｔ" in text,
    "accents dropped": lambda text: "arret" in text,
    "accents apart": lambda text: "re\u0302t" in text,
    "bold marks": lambda text: "**" in text,
    "bold letters": lambda text: "𝗧" in text,
    "another gap": lambda text: re.search(r"no[^\w ]+more", text, re.IGNORECASE) is not None,
}


def test_noise_reaches_all_that_people_do_to_words() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=400)
    @given(st.sampled_from((*WORDS[:3] * 6, *WORDS)).flatmap(noise))
    def count(text: str) -> None:
        seen.update(name for name, shows in SIGNS.items() if shows(text))

    count()

    assert not [name for name in SIGNS if not seen[name]], seen


@pytest.mark.parametrize("word", WORDS)
def test_the_simplest_noise_is_none(word: str) -> None:
    assert find(noise(word), lambda _: True) == word
