"""The blind messages are rows of known classes, as many in each locale, and none twice."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

BLIND = Path(__file__).parents[2] / "benchmarks/data/blind"
ROUNDS = tuple(
    sorted(BLIND.glob("round*.jsonl"), key=lambda path: int(path.stem.removeprefix("round")))
)
KEYS = ["text", "country", "language", "expect", "class"]
LOCALES = frozenset(
    """
    en-US en-GB es-MX es-ES fr-FR fr-CA de-DE pt-BR pt-PT it-IT nl-NL pl-PL ru-RU uk-UA cs-CZ
    sk-SK hu-HU ro-RO bg-BG el-GR sv-SE da-DK nb-NO fi-FI tr-TR ar-EG ar-SA he-IL fa-IR hi-IN
    hi-Latn-IN fil-PH id-ID ms-MY vi-VN th-TH ja-JP ko-KR zh-Hans-CN zh-Hant-TW bn-BD ur-PK sw-KE
    """.split()
)
NEAR_MISSES = frozenset(
    """
    negated other-meaning timing other-channel nothing-arrives quoted reaction reminder-answer
    name everyday
    """.split()
)
OPT_OUTS = frozenset(
    f"opt-out-{kind}"
    for kind in "bare polite angry wrong-number legal typo long slang question list".split()
)


SHORT_ROUNDS = frozenset({"round1", "round2", "round3"})
PARTS = {
    "round6": frozenset(
        """
        ar-EG ar-SA bg-BG bn-BD el-GR fa-IR fil-PH he-IL hi-IN hi-Latn-IN hu-HU id-ID ja-JP ko-KR
        ms-MY ro-RO ru-RU sw-KE th-TH tr-TR uk-UA ur-PK vi-VN zh-Hans-CN zh-Hant-TW
        """.split()
    ),
    "round7": frozenset("de-DE en-GB en-US es-ES es-MX fr-CA fr-FR pt-BR pt-PT".split()),
    "round9": frozenset(
        """
        da-DK de-DE en-GB en-US es-ES es-MX fi-FI fr-CA fr-FR it-IT ms-MY nb-NO nl-NL pl-PL pt-BR
        pt-PT sv-SE th-TH
        """.split()
    ),
    "round10": frozenset(
        """
        ar-EG cs-CZ el-GR es-MX fil-PH fr-FR he-IL hi-IN hu-HU id-ID ja-JP ko-KR pl-PL pt-BR ro-RO
        ru-RU tr-TR uk-UA vi-VN zh-Hant-TW
        """.split()
    ),
    "round11": frozenset(
        """
        da-DK de-AT de-DE en-GB en-US fi-FI it-IT ms-MY nb-NO nl-BE nl-NL sv-SE th-TH
        """.split()
    ),
    "round12": frozenset(
        """
        bn-BD da-DK de-AT en-GB en-US es-MX fa-IR fil-PH fr-FR hi-Latn-IN ja-JP ko-KR nl-BE pl-PL
        pt-BR sw-KE ur-PK vi-VN zh-Hans-CN zh-Hant-TW
        """.split()
    ),
    "round13": frozenset(
        """
        da-DK de-AT de-DE en-GB en-US es-ES es-MX fil-PH fr-CA fr-FR hi-IN it-IT ja-JP ko-KR nl-BE
        nl-NL pl-PL pt-BR pt-PT ru-RU tr-TR vi-VN zh-Hans-CN zh-Hant-TW
        """.split()
    ),
    "round8": frozenset("cs-CZ da-DK fi-FI it-IT nb-NO nl-NL pl-PL sk-SK sv-SE".split()),
}
"""Locales of the rounds that have not all of them."""
ALONE = frozenset({"name", "everyday"})
"""A name or a word alone: a locale has one of the two at least."""


def rows(path: Path) -> tuple[dict[str, str], ...]:
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def locales(path: Path) -> frozenset[str]:
    return PARTS.get(path.stem, LOCALES)


def locale(row: dict[str, str]) -> str:
    return f"{row['language']}-{row['country']}"


def test_there_is_a_round() -> None:
    assert ROUNDS


def test_rounds_6_to_8_together_have_each_locale_once() -> None:
    parts = [PARTS[f"round{number}"] for number in (6, 7, 8)]
    assert sorted(name for part in parts for name in part) == sorted(LOCALES)


@pytest.mark.parametrize("path", ROUNDS, ids=lambda path: path.stem)
def test_every_row_has_the_five_keys_and_a_text_without_space_around_it(path: Path) -> None:
    for row in rows(path):
        assert list(row) == KEYS
        assert row["text"] == row["text"].strip() != ""


@pytest.mark.parametrize("path", ROUNDS, ids=lambda path: path.stem)
def test_a_class_belongs_to_what_is_expected(path: Path) -> None:
    classes = {"none": NEAR_MISSES, "opt-out": OPT_OUTS}
    for row in rows(path):
        assert row["class"] in classes[row["expect"]], row


@pytest.mark.parametrize("path", ROUNDS, ids=lambda path: path.stem)
def test_every_locale_has_twenty_near_misses_and_as_many_opt_outs_as_the_round_has(
    path: Path,
) -> None:
    counts = Counter((locale(row), row["expect"]) for row in rows(path))
    each = {"none": 20, "opt-out": 12 if path.stem in SHORT_ROUNDS else 30}
    assert counts == {(name, expect): each[expect] for name in locales(path) for expect in each}


@pytest.mark.parametrize("path", ROUNDS, ids=lambda path: path.stem)
def test_every_locale_has_every_class_of_near_miss(path: Path) -> None:
    classes = {(locale(row), row["class"]) for row in rows(path)}
    missing = {(name, each) for name in locales(path) for each in NEAR_MISSES - ALONE} - classes
    assert not missing
    assert {name for name, each in classes if each in ALONE} == locales(path)


@pytest.mark.parametrize("path", ROUNDS, ids=lambda path: path.stem)
def test_no_locale_has_a_message_twice_in_a_round(path: Path) -> None:
    counts = Counter((locale(row), row["text"].casefold()) for row in rows(path))
    assert [key for key, count in counts.items() if count > 1] == []
