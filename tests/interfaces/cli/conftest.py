"""The files that the tests of the command line share; every test stands in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

import optoutlang

ACME = """\
ruleset acme language en

use "us"

let brand = "Acme"

opt-out { keywords "NO MORE" }

help { reply none }

filler "please"

test "Acme" {
  "no more"                           -> opt-out in en
  "no more, please"                   -> opt-out
  "Alto"            from US prefer es -> opt-out in es
  "No more eggs"                      -> none
}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


@pytest.fixture
def acme(folder: Path) -> Path:
    path = folder / "acme.optout"
    path.write_text(ACME, encoding="utf-8")
    return path


@pytest.fixture
def artefact(acme: Path) -> Path:
    path = acme.with_suffix(".optoutc")
    path.write_bytes(optoutlang.load(acme).to_bytes())
    return path
