"""The tree keeps its shape: small modules, telling names, a test folder for every source folder."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "optoutlang"
MODULES = sorted(SOURCE.rglob("*.py"))
PACKAGES = sorted(
    each.parent
    for group in ("runtime", "language", "analysis", "consent", "providers", "interfaces")
    for each in SOURCE.glob(f"{group}/*/__init__.py")
)

VAGUE = {"utils", "util", "helpers", "common", "core", "base", "misc", "manager", "types"}
LONGEST = 400
MACHINE_MADE = {"runtime/canonical/tables.py"}


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_written_by_hand_has_at_most_400_lines(module: Path) -> None:
    lines = len(module.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST or name_of(module) in MACHINE_MADE


@pytest.mark.parametrize("name", sorted(MACHINE_MADE))
def test_a_module_that_may_be_longer_says_that_it_is_generated(name: str) -> None:
    assert "generated" in (SOURCE / name).read_text(encoding="utf-8").splitlines()[0].lower()


def test_no_module_has_a_name_that_collects_code() -> None:
    assert not [name_of(each) for each in MODULES if each.stem.lstrip("_") in VAGUE]


@pytest.mark.parametrize("package", PACKAGES, ids=name_of)
def test_every_source_folder_is_mirrored_in_tests(package: Path) -> None:
    assert list((ROOT / "tests" / name_of(package)).glob("**/test_*.py"))
