"""What the repository's files say, and what they must not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import optoutlang

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (".ci", "benchmarks", "docs", "grammar", "rules", "src", "tests")
BINARY = {".so", ".pyd", ".pyc", ".optoutc", ".png"}

# Written in two halves, so that this file does not say them.
BANNED = tuple(
    "".join(halves)
    for halves in (
        ("/ro", "ot/"),
        ("/wo", "rk/"),
        ("/tm", "p/"),
        ("../sha", "red"),
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("npm", "js."),
        ("debian", ".org"),
    )
)


def texts() -> list[Path]:
    # In a worktree `.git` is a file, with the place of the repository.
    found = [each for each in ROOT.iterdir() if each.is_file() and each.name != ".git"]
    for folder in FOLDERS:
        found += [each for each in (ROOT / folder).rglob("*") if each.is_file()]
    return [
        each
        for each in found
        if each.suffix not in BINARY and not each.name.startswith(".coverage")
    ]


@pytest.mark.parametrize("banned", BANNED)
def test_no_file_names_a_machine_or_a_registry(banned: str) -> None:
    assert not [each for each in texts() if banned.encode() in each.read_bytes()]


def test_the_package_says_the_version_that_the_project_file_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert optoutlang.__version__ == project["version"]


def test_the_run_time_depends_on_pyahocorasick_alone() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [each.split(">")[0] for each in project["dependencies"]] == ["pyahocorasick"]


def test_every_scripted_step_can_be_run() -> None:
    scripts = [ROOT / ".ci" / name for name in ("run", "readme", "wheel", "versions", "python")]
    assert all(each.stat().st_mode & 0o111 for each in scripts)
