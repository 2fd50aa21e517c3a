"""docs/testing-rules.md is run as it stands, in one folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.interfaces.cli.runner import optout

PAGE = Path(__file__).resolve().parents[2] / "docs" / "testing-rules.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return [body for named, body in BLOCK.findall(text) if named == language]


def shown(session: str) -> tuple[str, str]:
    """Return a session's command and its output."""
    command, _, output = session.removeprefix("$ ").partition("\n")
    return command, output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("testing-rules")
    [rules] = blocks("optout")
    [suggested] = [
        output for command, output in map(shown, blocks("console")) if "--suggest" in command
    ]
    (path / "acme.optout").write_text(rules, encoding="utf-8")
    (path / "complete.optout").write_text(f"{rules}\n{suggested}", encoding="utf-8")
    return path


@pytest.mark.parametrize("session", blocks("console"), ids=lambda each: shown(each)[0])
def test_a_command_prints_what_the_page_shows(
    folder: Path, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, output = shown(session)
    monkeypatch.chdir(folder)
    result = optout(*shlex.split(command)[1:])
    assert (result.exit_code, result.output) == (0, output)
