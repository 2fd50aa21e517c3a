"""The worked example of docs/testing-your-service.md is run as it stands, and is clean."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.interfaces.cli.runner import optout

DOCS = Path(__file__).resolve().parents[2] / "docs"
SERVICE = DOCS / "examples" / "service"
PAGE = DOCS / "testing-your-service.md"

FEW = """
from hypothesis import settings

settings.register_profile("few", settings.get_profile("ci"), max_examples=20)
"""
"""A plugin of pytest: the same examples each time, and fewer than the hundred that a user has."""


@pytest.mark.thorough
@pytest.mark.slow
def test_the_services_tests_hold_with_the_strategies_and_the_plugin(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SERVICE, tmp_path / "service"))
    (folder / "few.py").write_text(FEW, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-W",
            "error",
            "-q",
            "-p",
            "few",
            "--hypothesis-profile=few",
        ],
        cwd=folder,
        env={**os.environ, "PYTEST_ADDOPTS": "", "CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 passed" in done.stdout


def test_the_services_rules_are_clean_laid_out_and_tested() -> None:
    rules = SERVICE / "rules.optout"
    assert optout("check", "--strict", rules).exit_code == 0
    assert optout("fmt", "--check", rules).exit_code == 0
    assert optout("test", rules).exit_code == 0


def test_the_page_shows_the_code_that_is_run() -> None:
    sources = "\n\n\n".join(
        path.read_text(encoding="utf-8") for path in sorted(SERVICE.rglob("*.*")) if path.is_file()
    )
    blocks = re.findall(
        r"^```(?:python|optout|toml)\n(.*?)^```$",
        PAGE.read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert len(blocks) >= 4
    assert not [block for block in blocks if block.strip() not in sources]
