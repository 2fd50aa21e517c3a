"""The cases of used files: which of them are asked under the file that uses them."""

from __future__ import annotations

from pathlib import Path

from optoutlang.language.driver.cached import Build
from optoutlang.language.driver.examples import Outcome
from optoutlang.language.driver.root import FileRoot

COMMON = """\
opt-out { keywords BASTA phrases "end this" }
country MX { opt-out { keywords FUERA } }
language es { opt-out { reply "Adiós." } }
test "common" {
  "basta"                 -> opt-out in en reply "Bye."
  "end this"              -> opt-out
  "the end is near"       -> none
  "the end is nigh"       -> none
  "fuera" from MX         -> opt-out
  "Fuera!"                -> none
}
"""


def failures(folder: Path, text: str) -> list[str]:
    """Return the messages of the cases of a used file that do not hold under a file, having counted all."""
    return [each.example.message for each in outcomes(folder, text) if not each.passed]


def outcomes(folder: Path, text: str) -> tuple[Outcome, ...]:
    (folder / "common.optout").write_text(COMMON, encoding="utf-8")
    root = folder / "root.optout"
    root.write_text(f'use "./common.optout"\n{text}', encoding="utf-8")
    used = Build(FileRoot(root), None).test_used()
    return tuple(each for each in used if each.example.place.source.name == "common.optout")


def test_a_file_that_adds_nothing_keeps_every_case(tmp_path: Path) -> None:
    assert failures(tmp_path, "") == []


def test_a_phrase_that_decides_a_near_miss_of_a_used_file_fails_its_case(tmp_path: Path) -> None:
    assert failures(tmp_path, 'opt-out { phrases "the end is" }') == [
        "the end is near",
        "the end is nigh",
    ]


def test_a_case_of_the_file_itself_settles_that_of_a_used_file(tmp_path: Path) -> None:
    text = 'opt-out { phrases "the end is" } test "mine" { "the end is near" -> opt-out }'
    assert failures(tmp_path, text) == ["the end is nigh"]


def test_a_case_for_another_country_settles_nothing(tmp_path: Path) -> None:
    text = 'opt-out { phrases "the end is" } test "mine" { "the end is near" from MX -> opt-out }'
    assert failures(tmp_path, text) == ["the end is near", "the end is nigh"]


def test_a_reply_of_its_own_changes_no_case(tmp_path: Path) -> None:
    assert failures(tmp_path, 'opt-out { reply "Acme: no more messages." }') == []


def test_suggesting_changes_no_case(tmp_path: Path) -> None:
    found = {
        each.example.message: each for each in outcomes(tmp_path, "suggest phrases, sentences")
    }
    assert found["end this"].passed
    assert found["end this"].got == "suggest opt-out"


def test_a_word_of_a_country_may_hold_elsewhere_too(tmp_path: Path) -> None:
    assert failures(tmp_path, "opt-out { keywords FUERA }") == []


def test_a_removed_keyword_fails_its_case(tmp_path: Path) -> None:
    assert failures(tmp_path, "opt-out { remove BASTA }") == ["basta"]
