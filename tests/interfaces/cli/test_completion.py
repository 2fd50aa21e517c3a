"""Shell completion, asked as bash asks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from optoutlang.interfaces.cli.app import app


def settings(line: str) -> dict[str, str]:
    """Return the environment in which bash starts the command for a tab at the end of a command line."""
    return {
        "_OPTOUT_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(line.count(" ")),
    }


def completed(line: str) -> list[str]:
    """Return the lines that the command answers to a tab at the end of a command line: a type and a value each."""
    result = CliRunner().invoke(app, env=settings(line), prog_name="optout")
    assert result.stderr == ""
    return result.stdout.splitlines()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("optout match ac", "file,ac"),
        ("optout match natural-e", "plain,natural-en"),
        ("optout check ac", "file,ac"),
        ("optout diff us ac", "file,ac"),
        ("optout compile us -o ac", "file,ac"),
        ("optout packs u", "plain,us"),
        ("optout explain o20", "plain,O201"),
        ("optout explain protected", "plain,protected-removed"),
        ("optout match us --country m", "plain,MX"),
        ("optout match us --language f", "plain,fr"),
        ("optout test --brand a", "plain,acme"),
        ("optout ca", "plain,cache"),
    ],
)
def test_a_tab_offers_files_packs_codes_and_countries(
    line: str, offered: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("optout.toml").write_text('[brands.acme]\nrules = ["."]\n', encoding="utf-8")
    assert offered in completed(line)


def test_a_process_answers_as_this_one_does() -> None:
    line = "optout match natural-e"
    done = subprocess.run(
        [sys.executable, "-m", "optoutlang"],
        env={**os.environ, **settings(line)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.splitlines(), done.stderr) == (completed(line), "")


SHELLS = {
    # In place of readline: what `compopt` is told (that files are to be offered), then the words offered.
    "bash": """
        compopt() { OPTIONS="$1 $2"; }
        eval "$(_OPTOUT_COMPLETE=bash_source optout)"
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
        _optout_completion optout "${COMP_WORDS[COMP_CWORD]}"
        printf '%s\\n' "$OPTIONS" "${COMPREPLY[@]}"
    """,
    # In place of zsh's completion: the words and files that the function hands to it.
    "zsh": """
        compdef() { }
        compadd() { print -l -- ${(P)argv[-1]} }
        _path_files() { print -- -o default }
        _describe() { print -l -- ${${(P)3}%%:*} }
        eval "$(_OPTOUT_COMPLETE=zsh_source optout)"
        words=("$@"); CURRENT=$#
        _optout_completion
    """,
}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("optout match ac", "-o default"),
        ("optout match natural-e", "natural-en"),
        ("optout packs u", "us"),
        ("optout explain O20", "O201"),
        ("optout match us --country M", "MX"),
        ("optout sho", "show"),
        ("optout show us --format js", "json"),
    ],
)
def test_a_shell_itself_offers_files_packs_codes_and_countries(
    shell: str, line: str, offered: str, tmp_path: Path
) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    command = tmp_path / "optout"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m optoutlang "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    done = subprocess.run(
        [program, *(["-f"] if shell == "zsh" else []), "-c", SHELLS[shell], shell, *line.split()],
        env={**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert offered in done.stdout.splitlines(), done
