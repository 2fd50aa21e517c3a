"""`optout cache` and `--no-cache`: what is kept between runs, and what is not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from optoutlang.language.driver.cache import Cache
from tests.interfaces.cli.runner import optout, started


@pytest.fixture(autouse=True)
def own_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OPTOUT_CACHE_DIR", str(folder / "kept"))
    return folder / "kept"


def entries() -> int:
    return Cache.of_user().info().entries


LINES = [
    ("check", "acme.optout"),
    ("check", "acme.optout", "--format", "json"),
    ("test", "acme.optout", "--format", "json"),
    ("match", "acme.optout", "no more", "--json"),
    ("show", "acme.optout", "--country", "US"),
]


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_the_output_with_and_without_the_cache_is_the_same(
    acme: Path, line: tuple[str, ...]
) -> None:
    without = optout(*line, "--no-cache")
    assert (acme.is_file(), entries()) == (True, 0)
    for _ in range(2):
        result = optout(*line)
        assert (result.exit_code, result.output) == (without.exit_code, without.output)
    assert entries() > 0


def test_a_second_run_loads_neither_the_parser_nor_the_checks(acme: Path) -> None:
    modules = "'lark', 'optoutlang.language.checks', 'optoutlang.language.compiler'"
    program = (
        "import sys; from optoutlang.interfaces.cli.main import main; code = main()\n"
        f"sys.exit(code or len({{{modules}}} & set(sys.modules)))"
    )
    for line in ("check", "test", "match"):
        arguments = (line, str(acme), *(("STOP",) if line == "match" else ()))
        optout(*arguments)
        done = started(*arguments, program=program)
        assert (done.returncode, done.stderr) == (0, b"")


def test_clear_removes_what_info_counts(acme: Path, own_cache: Path) -> None:
    optout("test", acme)
    info = optout("cache", "info").stdout
    assert str(own_cache) in info
    assert "2 entries" in info
    assert "removed 2 entries" in optout("cache", "clear").stdout
    assert entries() == 0


def test_a_folder_that_cannot_be_made_costs_time_and_nothing_else(
    acme: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPTOUT_CACHE_DIR", str(acme))
    result = optout("test", acme)
    assert (result.exit_code, result.stderr) == (0, "")
    assert folder.is_dir()


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms have other folders")
def test_the_platform_folder_is_used_where_none_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPTOUT_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "xdg"))
    assert Cache.of_user().info().folder.is_relative_to(folder / "xdg" / "optoutlang")


def test_rules_that_changed_are_checked_anew(acme: Path) -> None:
    assert optout("test", acme).exit_code == 0
    acme.write_text(acme.read_text("utf-8").replace("-> none", "-> help"), encoding="utf-8")
    assert optout("test", acme).exit_code == 1
