"""docs/batch.md: its examples run as they stand, in one folder; that of Spark in tests/runtime/batch/test_spark.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang.runtime.batch.fields import NAMES
from tests.docs.blocks import ROOT, fenced, sections

PAGE = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = [each for each in fenced(PAGE, "python") if "session." not in each]
    assert len(blocks) == 5
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/batch.md", "exec"), names)  # noqa: S102  # what a reader would type


def test_the_table_of_fields_has_them_all() -> None:
    table = sections(PAGE, "##")["Arrow"]
    assert all(f"`{name}`" in table for name in NAMES)
