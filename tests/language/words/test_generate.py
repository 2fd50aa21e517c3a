"""How the lists are made, with a small stand-in for the package of frequencies, which nothing else needs."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from optoutlang.language.words import generate

BY_FREQUENCY = ["The", "café", "a1b", "no", "日本語の", "pneumonoultramicr", "STRASSE", "the"]


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = {"en": BY_FREQUENCY, "ja": BY_FREQUENCY}
    frequencies = SimpleNamespace(
        available_languages=lambda size: dict.fromkeys(lists, size),
        iter_wordlist=lambda language, _: iter(lists[language]),
    )
    person = SimpleNamespace(
        first_names_female=("Anne Marie", "Li"), last_names={"Öz Demir": 0.3}, formats=("nobody",)
    )
    shares = {
        "de": {"population_percent": 80.0, "official_status": "official"},
        "sr_Latn": {"population_percent": 5.0, "official_status": "official_regional"},
        "sk": {"population_percent": 90.0, "official_status": None},
        "wen": {"population_percent": 0.1, "official_status": "official_regional"},
    }
    languages = SimpleNamespace(get_territory_language_info={"XA": shares}.__getitem__)
    core = SimpleNamespace(get_global=lambda _: ["XA"])
    for name, module in {
        "wordfreq": frequencies,
        "faker.config": SimpleNamespace(AVAILABLE_LOCALES=["xx_XX", "yy"]),
        "faker.providers.person.xx_XX": SimpleNamespace(Provider=person),
        "babel.languages": languages,
        "babel.core": core,
    }.items():
        monkeypatch.setitem(sys.modules, name, module)
    for name in ("babel", "faker", "faker.providers", "faker.providers.person"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))


def test_everyday_words_are_spelt_in_bands_and_ordinary_ones_are_keys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(generate, "BANDS", (2, 4))
    assert generate.bands(BY_FREQUENCY) == [["café", "the"], ["a1b", "no"], ["strasse"]]


def test_ordinary_words_are_letters_neither_few_nor_many() -> None:
    assert generate.ordinary_keys(BY_FREQUENCY) == {"cafe", "strasse", "the"}


def test_rarer_words_are_ordinary_if_they_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "FREQUENT", 1)
    monkeypatch.setattr(generate, "SHORT_FREQUENT", 3)
    words = ["longest", "longer", "longish", "four", "rare"]
    assert generate.ordinary_keys(words) == {"longer", "longest"}


@pytest.mark.usefixtures("packages")
def test_names_are_keys_of_single_words() -> None:
    assert generate.names().split("\n") == ["anne", "demir", "marie"]


@pytest.mark.usefixtures("packages")
def test_a_territory_speaks_what_is_official_there_or_in_a_part_where_many_speak_it() -> None:
    assert generate.territories() == "XA de sh"


@pytest.mark.usefixtures("packages")
def test_check_agrees_with_what_was_written_and_finds_what_was_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = ["--folder", str(tmp_path)]

    assert generate.main(there) == 0
    written = {each.name for each in tmp_path.iterdir()}
    assert written == {"en.txt.xz", "ja.txt.xz", "names.txt.xz", "territories.txt.xz"}
    assert generate.main(["--check", *there]) == 0
    (tmp_path / "en.txt.xz").write_bytes(generate.packed("the"))
    assert generate.main(["--check", *there]) == 1
    assert "en" in capsys.readouterr().err
