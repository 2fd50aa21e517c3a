"""The packs hear the matrix of frames and languages at least as well as before, and leave its near misses alone."""

from __future__ import annotations

import pytest

from optoutlang.language.packs import pack_names
from tests.language.packs.matrix import table
from tests.language.packs.matrix.table import Language, cells, frames, heard, languages

LANGUAGES = [pytest.param(each, id=each.tag) for each in languages()]


def test_each_file_has_a_language_and_each_language_a_file() -> None:
    files = {path.stem for path in table.FOLDER.glob("*.tsv")}

    assert files - {"frames", "languages", "floor", "decided"} == {each.tag for each in languages()}


def test_each_language_names_a_pack() -> None:
    assert {each.pack for each in languages()} <= set(pack_names())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_frame_has_a_cell_in_order_and_an_empty_one_a_reason(language: Language) -> None:
    rows = cells(language.tag)

    assert tuple(dict.fromkeys(row.frame for row in rows)) == frames()
    assert [row for row in rows if not ((row.sentence and row.near_miss) or row.reason)] == []
    assert {row.form for row in rows} <= table.FORMS


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_stands_twice(language: Language) -> None:
    texts = [text for row in cells(language.tag) for text in (row.sentence, row.near_miss) if text]

    assert sorted({text for text in texts if texts.count(text) > 1}) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_as_many_sentences_are_heard_as_before(language: Language) -> None:
    counts, floor = table.count(language), table.floor()[language.tag]

    assert counts.heard >= floor.heard
    assert counts.sentences >= floor.sentences
    assert counts.near_misses >= floor.near_misses


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_near_miss_is_decided_that_was_left_alone(language: Language) -> None:
    found = {
        (language.tag, row.near_miss)
        for row in cells(language.tag)
        if row.near_miss and heard(language, row.near_miss)
    }

    assert sorted(found - table.known_faults()) == []
