"""Letters that look alike are read as what they look like; the tables are what the generator makes."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from optoutlang.language.reference.tolerances import look_alikes
from optoutlang.runtime.canonical import generate_look_alikes as generate
from optoutlang.runtime.canonical import key
from optoutlang.runtime.canonical.look_alike_tables import READINGS
from optoutlang.runtime.canonical.look_alike_tables import UNICODE_VERSION as TABLES_UNICODE
from optoutlang.runtime.matcher.look_alikes import LookAlikes

KEYWORDS = ("stop", "стоп", "отмена", "διαγραφη", "cancel", "unsubscribe", "baja", "end")


@cache
def any_keyword() -> LookAlikes:
    return LookAlikes(KEYWORDS)


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("5TOP", "stop"),
        ("St0p", "stop"),
        ("STОP", "stop"),
        ("ЅТОР", "stop"),
        ("CTOП", "стоп"),
        ("СТ0П", "стоп"),
        ("OTMEHA", "отмена"),
        ("ΔIAΓPAΦH", "διαγραφη"),
        ("саnсеl", "cancel"),
        ("cance1", "cancel"),
        ("un5ub5cr1be", "unsubscribe"),
        ("b4j4", "baja"),
        ("ꜱᴛᴏᴘ", "stop"),
        ("ŞŦØƤ", "stop"),
        ("🆂🆃🅾🅿", "stop"),
        ("🅢🅣🅞🅟", "stop"),
        ("ꓢꓔꓳꓑ", "stop"),
        ("Տtop", "stop"),
        ("Εnd", "end"),
    ],
)
def test_a_disguise_is_read_as_the_keyword(text: str, keyword: str) -> None:
    assert list(any_keyword().read(key(text))) == [keyword]


@pytest.mark.parametrize("text", ["57 07", "4170", "3nd", "1", "7", "т", "тd", "570p", "сік"])
def test_numbers_and_very_short_texts_are_read_as_they_stand(text: str) -> None:
    assert not list(
        LookAlikes((*KEYWORDS, "t", "td", "i", "o", "cik", "alto", "stol")).read(key(text))
    )


letters = st.text(st.sampled_from("stopСТОПстορ0157ηνυ3zж"), max_size=6).map(key)


@given(st.lists(letters.filter(bool), min_size=1), letters)
def test_a_text_is_read_as_the_reference_reads_it(keys: list[str], text: str) -> None:
    keys += [read for read in look_alikes(text) if len(read) % 2]
    expected = [each for each in dict.fromkeys(look_alikes(text)) if each in keys and len(each) > 2]
    assume(text not in keys)

    assert list(LookAlikes(keys).read(text)) == expected


def test_every_letter_is_read_as_a_letter_that_is_canonical_itself() -> None:
    for chars, read in READINGS:
        assert len(chars) == len(set(chars)) == len(read)
        assert all(key(char) == char for char in chars + read)


def test_the_committed_tables_are_what_the_generator_makes() -> None:
    same = unicodedata.unidata_version == TABLES_UNICODE
    assert generate.main(["--check"]) == (0 if same else 2)


def test_check_agrees_with_what_was_just_written_and_finds_a_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tables.py"
    assert generate.main(["--file", str(file)]) == 0
    assert generate.main(["--check", "--file", str(file)]) == 0
    written = file.read_text(encoding="ascii")
    file.write_text(written.replace("READINGS", "LETTERS"), encoding="ascii")
    assert generate.main(["--check", "--file", str(file)]) == 1
    file.write_text(written.replace(unicodedata.unidata_version, "9.0.0"), encoding="ascii")
    assert generate.main(["--check", "--file", str(file)]) == 2
    assert "another Unicode" in capsys.readouterr().err
