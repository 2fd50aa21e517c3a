"""The tokens of a pattern's text, read word by word, are those of the whole text."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from optoutlang.language.model.pattern import row_of
from optoutlang.runtime.canonical import tables, tokens

_MARKS = st.sampled_from(tables.MARKS + "".join(tables.REORDERED) + "'’\u200d\u1100\u1161\u11a8")
_PIECES = st.one_of(st.text(max_size=4), _MARKS, st.just(" "), st.sampled_from(tables.COMPOSITIONS))


@given(st.lists(_PIECES, max_size=8).map("".join))
@example("не пишите мне")
@example("🛑 🛑")
@example("стоп 🛑")
@example(" ́ ̂a ' b")
@example("l’ été d’ici")
def test_a_text_is_read_word_by_word_as_it_is_whole(text: str) -> None:
    assert row_of(text) == tokens(text)
