"""How the lists are made, with a small stand-in for the package of frequencies, which nothing else needs."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from optoutlang.language.words import generate

BY_FREQUENCY = ["The", "café", "a1b", "no", "日本語の", "pneumonoultramicr", "STRASSE", "the"]


@pytest.fixture
def frequencies(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = {"en": BY_FREQUENCY, "ja": BY_FREQUENCY}
    package = SimpleNamespace(
        available_languages=lambda size: dict.fromkeys(lists, size),
        iter_wordlist=lambda language, _: iter(lists[language]),
    )
    monkeypatch.setitem(sys.modules, "wordfreq", package)


def test_words_become_sorted_keys_of_letters_that_are_neither_short_nor_long() -> None:
    assert generate.chosen(BY_FREQUENCY) == ["cafe", "strasse", "the"]


def test_rarer_words_are_taken_if_they_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "FREQUENT", 1)
    monkeypatch.setattr(generate, "SHORT_FREQUENT", 3)
    assert generate.chosen(["longest", "longer", "longish", "four", "rare"]) == [
        "longer",
        "longest",
    ]


@pytest.mark.usefixtures("frequencies")
def test_check_agrees_with_what_was_written_and_finds_what_was_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = ["--folder", str(tmp_path)]

    assert generate.main(there) == 0
    assert [each.name for each in tmp_path.iterdir()] == ["en.txt.xz"]
    assert generate.main(["--check", *there]) == 0
    (tmp_path / "en.txt.xz").write_bytes(generate.packed(["the"]))
    assert generate.main(["--check", *there]) == 1
    assert "en" in capsys.readouterr().err
