"""The README's five-minute tour is run as it stands, in order, in one folder."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return [body for named, body in BLOCK.findall(text) if named == language]


def sessions() -> Iterator[tuple[str, str]]:
    """Yield each command of the console blocks with the output that the README shows."""
    for block in blocks("console"):
        for part in block.removeprefix("$ ").split("\n$ "):
            command, _, output = part.partition("\n")
            yield command, output.rstrip("\n")


def as_shown(printed: str, shown: str) -> bool:
    """Tell whether an output is what the README shows, where `...` stands for anything."""
    pattern = ".*".join(map(re.escape, shown.split("...")))
    return re.fullmatch(pattern, printed, re.DOTALL) is not None


def run_all(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each command with the output that the README shows and the one that it has; `$?` is the one before's."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1"}
    code = 0
    for command, output in sessions():
        done = subprocess.run(
            ["bash", "-c", f"(exit {code})\n{command}"],  # noqa: S607 - as a user finds it
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        code = done.returncode
        yield command, output, done.stdout.rstrip("\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tour")
    (path / "acme.optout").write_text(blocks("optout")[0], encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def transcript(folder: Path) -> list[tuple[str, str, str]]:
    return list(run_all(folder))


def test_every_command_prints_what_the_readme_shows(
    transcript: list[tuple[str, str, str]],
) -> None:
    wrong = [
        (command, expected, printed)
        for command, expected, printed in transcript
        if not as_shown(printed, expected)
    ]
    assert not wrong


def test_the_tour_meets_the_commands_that_a_beginner_needs(
    transcript: list[tuple[str, str, str]],
) -> None:
    met = {
        command.split("optout ")[1].split()[0]
        for command, _, _ in transcript
        if "optout " in command
    }
    assert met >= {"check", "test", "match", "why", "compile"}


def test_the_file_is_laid_out_as_the_formatter_would(folder: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from optoutlang.interfaces.cli.main import main; raise SystemExit(main())",
    ]
    done = subprocess.run(
        [*command, "fmt", "--diff", "acme.optout"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""


def test_the_python_session_gives_what_the_readme_shows(
    folder: Path,
    transcript: list[tuple[str, str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert transcript  # the artefact is there
    monkeypatch.chdir(folder)
    parser = doctest.DocTestParser()
    [session] = blocks("pycon")
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(parser.get_doctest(session, {}, "README.md", "README.md", 0))
    assert runner.tries > 0
    assert runner.failures == 0


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_first_block_has_the_two_commands(command: str) -> None:
    assert command in blocks("sh")[0]


def test_every_link_leads_to_a_file() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = [each.split("#")[0] for each in re.findall(r"\]\(([^)]+)\)", text)]
    assert targets
    assert not [each for each in targets if not (ROOT / each).exists()]
