"""`optout check --fix`, and line ends that `fmt` keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interfaces.cli.runner import optout

WRONG = """\
// ours
ruleset Acme Alerts
include "us"
opt-out {
  keywords = LEAVE-US, [GONE], AWAY;
  phrases take us off the list
}
"""
RIGHT = """\
# ours
ruleset acme-alerts
use "us"
opt-out {
  keywords  LEAVE-US, GONE, AWAY
  phrases "take us off the list"
}
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_safe_fixes_are_carried_out_and_line_ends_stay(folder: Path, end: str) -> None:
    file = folder / "acme.optout"
    file.write_bytes(WRONG.replace("\n", end).encode())
    result = optout("check", "--fix", file)
    assert file.read_bytes() == RIGHT.replace("\n", end).encode()
    assert "acme.optout: 7 findings fixed" in result.stderr
    assert result.exit_code == 0


def test_what_a_word_means_is_not_changed_without_asking(folder: Path) -> None:
    file = folder / "acme.optout"
    text = "ruleset acme\nopt-out { keywords BYE remove NOWHERE }\n"
    file.write_text(text, encoding="utf-8")
    result = optout("check", "--fix", file)
    assert (result.exit_code, file.read_text(encoding="utf-8")) == (1, text)
    assert "O205" in result.stdout


def test_standard_input_cannot_be_fixed() -> None:
    assert optout("check", "--fix", "-").exit_code == 2


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fmt_keeps_the_line_ends_of_a_file(folder: Path, end: str) -> None:
    file = folder / "acme.optout"
    file.write_bytes(b"ruleset acme" + end.encode())
    assert optout("fmt", "--check", file).exit_code == 0
    file.write_bytes(f"ruleset  acme{end}{end}{end}opt-out{{keywords A}}{end}".encode())
    assert optout("fmt", file).exit_code == 0
    written = file.read_bytes()
    assert written.count(end.encode()) == written.count(b"\n") > 2
    assert optout("fmt", "--check", file).exit_code == 0


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ("french", "`french` is not a registered language; did you mean `fr`?"),
        ("english", "did you mean `en`?"),
        ("en-UK", "did you mean `en-GB`?"),
        ("xx-YY", "use a tag such as `es` or `pt-BR`"),
        ("jp", "did you mean `ja`?"),
    ],
)
def test_a_language_that_does_not_exist_is_an_error_with_a_suggestion(
    given: str, advice: str
) -> None:
    result = optout("match", "us", "STOP", "--language", given)
    assert result.exit_code == 2
    assert advice in " ".join(result.stderr.split())


def test_the_last_line_points_at_an_error_before_a_hint() -> None:
    result = optout("check", "-", given='opt-out { reply "Acme: bye" keywords = AWAY }')
    assert result.stdout.endswith("`optout explain O001` says more about the first error\n")


def test_a_file_in_utf_16_is_named_as_such(folder: Path) -> None:
    (folder / "acme.optout").write_text("ruleset acme", encoding="utf-16")
    shown = optout("check", "acme.optout").stdout
    assert "this is UTF-16, and a rule file is UTF-8" in shown
    assert "ruleset acme" in shown


def test_a_misspelt_file_is_suggested(folder: Path) -> None:
    (folder / "common.optout").write_text("ruleset common", encoding="utf-8")
    (folder / "acme.optout").write_text('use "./commen.optout"', encoding="utf-8")
    assert "did you mean `./common.optout`?" in optout("check", "acme.optout").stdout
