"""docs/measuring.md is run as it stands, in one folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.interfaces.cli.runner import optout

PAGE = Path(__file__).resolve().parents[2] / "docs" / "measuring.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = {
    "optout": ("acme.optout", "new.optout"),
    "jsonl": ("labelled.jsonl",),
    "csv": ("export.csv", "inbound.csv"),
}


def blocks(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return [body for named, body in BLOCK.findall(text) if named == language]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("measuring")
    for language, names in FILES.items():
        for name, body in zip(names, blocks(language), strict=True):
            (path / name).write_text(body, encoding="utf-8")
    return path


@pytest.mark.parametrize("session", blocks("console"), ids=lambda each: each[:30])
def test_a_command_prints_what_the_page_shows(
    folder: Path, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, _, shown = session.removeprefix("$ ").partition("\n")
    monkeypatch.chdir(folder)
    result = optout(*shlex.split(command)[1:])
    pattern = ".*".join(map(re.escape, shown.split("...")))
    assert re.fullmatch(pattern, result.output, re.DOTALL), result.output


def test_the_missed_rows_are_listed_as_the_page_shows(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [session] = (each for each in blocks("console") if "--missed" in each)
    [shown] = (each for each in blocks("text") if each.startswith("received,"))
    monkeypatch.chdir(folder)
    optout(*shlex.split(session.removeprefix("$ ").partition("\n")[0])[1:])
    pattern = ".*".join(map(re.escape, shown.split("...")))
    assert re.fullmatch(pattern, Path("missed.csv").read_text(encoding="utf-8"), re.DOTALL)
