"""`optoutlang.load`: an artefact, a source file, or a pack by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

import optoutlang
from optoutlang.language.packs import pack_path


def test_a_pack_is_loaded_by_its_name() -> None:
    assert optoutlang.load("us").digest == optoutlang.load(pack_path("us")).digest


def test_a_file_goes_before_the_pack_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("us").write_text("ruleset mine", encoding="utf-8")
    assert optoutlang.load("us").name == "mine"


@pytest.mark.parametrize("name", ["no-such-pack", "us.optout", "../us", ""])
def test_what_is_neither_a_file_nor_a_pack_is_an_oserror(name: str) -> None:
    with pytest.raises(OSError, match=name or "directory"):
        optoutlang.load(name)
