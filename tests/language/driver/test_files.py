"""Unsaved text stands for a file: for the root, and for what it uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang.language.driver.compile import check_path
from optoutlang.language.driver.files import Unsaved
from optoutlang.language.driver.load import load_path
from optoutlang.language.model.statement import Claim


def keywords(path: Path, files: Unsaved) -> set[str]:
    """Return the keywords that files beside a root file claim."""
    ruleset = check_path(path, files=files).ruleset
    assert ruleset is not None
    return {each.word for each in ruleset.of(Claim) if "pack:" not in each.place.source.name}


def test_an_unsaved_root_file_uses_an_unsaved_file_and_nothing_is_on_the_disk(
    tmp_path: Path,
) -> None:
    root, used = tmp_path / "root.optout", tmp_path / "x.optout"
    texts = {
        root: 'use "./x.optout"\nopt-out { keywords "from the root" }',
        used: 'opt-out { keywords "from the file" }',
    }

    assert keywords(root, Unsaved(texts)) == {"from the root", "from the file"}
    assert not list(tmp_path.iterdir())


def test_unsaved_text_stands_before_what_is_saved_and_other_files_are_read(tmp_path: Path) -> None:
    root, used, other = (tmp_path / f"{name}.optout" for name in ("root", "x", "y"))
    root.write_text('use "./x.optout"\nuse "./y.optout"', encoding="utf-8")
    used.write_text('opt-out { keywords "as saved" }', encoding="utf-8")
    other.write_text('opt-out { keywords "other" }', encoding="utf-8")
    unsaved = Unsaved({used: 'opt-out { keywords "as typed" }'})

    assert keywords(root, unsaved) == {"as typed", "other"}
    assert keywords(root, Unsaved({})) == {"as saved", "other"}


def test_findings_are_about_the_unsaved_text(tmp_path: Path) -> None:
    root = tmp_path / "root.optout"
    root.write_text("", encoding="utf-8")
    (finding,) = load_path(root, files=Unsaved({root: "\nopt-out {"})).diagnostics

    assert finding.primary.place.rule == "root.optout:2"
    assert finding.primary.place.source.path == str(root)


def test_a_file_that_is_neither_typed_nor_saved_is_reported_where_it_is_used(
    tmp_path: Path,
) -> None:
    root = tmp_path / "root.optout"
    (finding,) = load_path(root, files=Unsaved({root: 'use "./x.optout"'})).diagnostics

    assert finding.code.slug == "unreadable-use"
    with pytest.raises(FileNotFoundError):
        load_path(root, files=Unsaved({}))


def test_a_link_to_an_unsaved_file_is_that_file(tmp_path: Path) -> None:
    target, link = tmp_path / "x.optout", tmp_path / "link.optout"
    link.symlink_to(target)

    assert Unsaved({target: "a"}).read(link) == b"a"
