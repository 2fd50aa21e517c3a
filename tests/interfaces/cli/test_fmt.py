"""`optout fmt`: lays out, shows, or only says; writes whole files or nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from optoutlang.interfaces.cli.commands import fmt
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.format import FormatError
from tests.interfaces.cli.runner import optout

UNTIDY = '# why\nopt-out{keywords A,  B}\r\nuse "us"'
TIDY = '# why\nopt-out { keywords A, B }\nuse "us"\n'


@pytest.fixture
def untidy(folder: Path) -> Path:
    path = folder / "untidy.optout"
    path.write_bytes(UNTIDY.encode())
    return path


def test_a_file_is_laid_out_and_keeps_its_permissions(untidy: Path) -> None:
    untidy.chmod(0o640)
    result = optout("fmt", untidy)
    assert untidy.read_bytes() == TIDY.encode()
    assert untidy.stat().st_mode & 0o777 == 0o640
    assert (result.stdout, result.stderr) == ("", f"{untidy} laid out\n")
    assert list(untidy.parent.iterdir()) == [untidy]


def test_a_file_in_the_layout_is_not_written_again(untidy: Path) -> None:
    optout("fmt", untidy)
    before = untidy.stat()
    assert optout("fmt", untidy).output == ""
    assert untidy.stat() == before


def test_a_link_stays_a_link_to_the_file_that_is_laid_out(untidy: Path) -> None:
    link = untidy.with_name("link.optout")
    link.symlink_to(untidy)
    optout("fmt", link)
    assert link.is_symlink()
    assert untidy.read_bytes() == TIDY.encode()


@pytest.mark.parametrize("options", ["--check", "--diff", "--check --diff"])
def test_looking_writes_nothing(untidy: Path, options: str) -> None:
    result = optout("fmt", *options.split(), untidy)
    assert untidy.read_bytes() == UNTIDY.encode()
    assert result.exit_code == 1
    assert result.stderr == f"{untidy} would change\n"
    assert bool(result.stdout) == ("--diff" in options)


def test_patch_applies_what_diff_shows(untidy: Path, folder: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("no git to apply it with")
    shown = optout("fmt", "--diff", untidy.name).stdout_bytes
    done = subprocess.run(
        [git, "apply", "-p0", "--unidiff-zero", "-"],
        input=shown,
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert untidy.read_bytes() == TIDY.encode()


def test_standard_input_goes_to_standard_output() -> None:
    result = optout("fmt", "-", given=UNTIDY.encode())
    assert (result.stdout_bytes, result.stderr) == (TIDY.encode(), "")
    assert optout("fmt", "--check", "-", given=UNTIDY.encode()).exit_code == 1


def test_a_file_with_a_syntax_error_is_left_and_the_others_are_laid_out(untidy: Path) -> None:
    wrong = untidy.with_name("a-wrong.optout")
    wrong.write_text("opt-out {", encoding="utf-8")
    result = optout("fmt", untidy.parent)
    assert result.exit_code == 1
    assert "O003" in result.stderr
    assert wrong.read_text(encoding="utf-8") == "opt-out {"
    assert untidy.read_bytes() == TIDY.encode()


def test_a_fault_of_the_formatter_writes_nothing(
    untidy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(source: SourceText) -> str:
        raise FormatError(f"the formatted text of {source.path} means something else")

    # The formatter has no known fault, so this one is made.
    monkeypatch.setattr(fmt, "format_source", faulty)
    result = optout("fmt", untidy)
    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert untidy.read_bytes() == UNTIDY.encode()


def test_what_is_no_file_is_written_to_and_not_replaced(folder: Path) -> None:
    assert optout("compile", "us", "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()
    assert list(folder.iterdir()) == []
