"""Shell completion, asked as bash asks it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def completed(line: str) -> list[str]:
    """Return the lines that the command answers to a tab at the end of a command line: a type and a value each."""
    words = line.split(" ")
    environment = {
        **os.environ,
        "_OPTOUT_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-m", "optoutlang"], env=environment, capture_output=True, check=False
    )
    assert done.stderr == b""
    return done.stdout.decode().splitlines()


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
        ("optout ca", "plain,cache"),
    ],
)
def test_a_tab_offers_files_packs_codes_and_countries(line: str, offered: str) -> None:
    assert offered in completed(line)
