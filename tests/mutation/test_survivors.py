"""The table of survivors speaks of the code as it is: every line that it says was taken out still stands there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "src" / "optoutlang"
TABLE = tomllib.loads((HERE / "survivors.toml").read_text(encoding="utf-8"))
ENTRIES = [each for kind in ("same", "left") for each in TABLE.get(kind, ())]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["module"]))
def test_a_survivor_is_a_change_of_lines_that_are_there(entry: dict[str, str]) -> None:
    source = (SOURCE / entry["module"]).read_text(encoding="utf-8").splitlines()
    lines = {line.strip() for line in source}
    changed = entry["change"].strip().splitlines()

    assert {line[2:] for line in changed if line.startswith("- ")} <= lines
    assert any(line.startswith("+ ") for line in changed)
    assert len(entry["reason"]) > 20
