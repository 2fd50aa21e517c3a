"""`--watch`: a run for every change of rules, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from optoutlang.interfaces.cli.watching import is_of_rules, watched
from tests.interfaces.cli.runner import START, optout

GOOD = 'opt-out { keywords LEAVE }\n\ntest "a" {\n  "leave" -> opt-out\n}\n'
BROKEN = "opt-out {"
Steps = Callable[[tuple[Path, ...]], Iterator[frozenset[str]]]


@pytest.fixture
def rules(folder: Path) -> Path:
    path = folder / "x.optout"
    path.write_text(GOOD, encoding="utf-8")
    return path


def stream(path: Path, texts: list[str | None]) -> Steps:
    """Return changes as the watcher would tell them: each text is written, None removes the file; then Ctrl-C."""

    def changes(_: tuple[Path, ...]) -> Iterator[frozenset[str]]:
        yield frozenset()
        for text in texts:
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")
            yield frozenset({str(path)})
        raise KeyboardInterrupt

    return changes


def lines(
    monkeypatch: pytest.MonkeyPatch, rules: Path, texts: list[str | None], *command: str
) -> list[str]:
    """Return what a watch prints while a file changes."""
    monkeypatch.setattr("optoutlang.interfaces.cli.watching.changes", stream(rules, texts))
    shown = optout(*command, "--watch", "x.optout")
    assert shown.exit_code == 1  # click's word for Ctrl-C; as a process the command ends with 130
    return shown.stdout.splitlines()


def test_a_check_runs_at_first_and_after_every_change(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = lines(monkeypatch, rules, [BROKEN, GOOD], "check")
    assert shown[0] == shown[-1] == "no findings"
    assert sum(line.startswith("error[O003") for line in shown) == 1


def test_the_tests_run_at_first_and_after_every_change(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = GOOD.replace("-> opt-out", "-> none")
    shown = lines(monkeypatch, rules, [wrong, BROKEN, GOOD], "test")
    passed, failed = "1 passed, 0 failed", "0 passed, 1 failed"
    assert [each for each in shown if "passed" in each] == [passed, failed, passed]


@pytest.mark.parametrize("command", ["check", "test"])
def test_a_file_that_goes_away_does_not_end_the_watch(
    command: str, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = lines(monkeypatch, rules, [None, GOOD], command)
    assert shown[0] == shown[-1] or shown[-1] == "1 passed, 0 failed"


@pytest.mark.parametrize("command", ["check", "test"])
def test_what_cannot_be_watched_is_a_usage_error(
    command: str, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = optout(command, "--watch", "-", given=GOOD)
    assert (given.exit_code, "standard input is none" in given.stderr) == (2, True)
    monkeypatch.setattr("optoutlang.interfaces.cli.watching.find_spec", lambda _: None)
    missing = optout(command, "--watch", rules)
    assert missing.exit_code == 2
    assert "--watch needs `watchfiles` of the extra `watch`" in " ".join(missing.stderr.split())


def test_the_folder_of_a_project_is_watched_once(folder: Path) -> None:
    for name in ("a/x.optout", "b/y.optout", "b/c/z.optout"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(GOOD, encoding="utf-8")
    assert watched(("a/x.optout", "b", "b/c/z.optout")) == (folder / "a", folder / "b")
    (folder / "optout.toml").write_text("", encoding="utf-8")
    assert watched(("a/x.optout", "b")) == (folder,)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("a.optout", True), ("optout.toml", True), ("a.optout~", False), ("a.optoutc", False)],
)
def test_files_of_rules_alone_count(name: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_of_rules(f"/x/{name}") is is_one


def test_a_real_change_runs_a_real_check_and_ctrl_c_ends_it(rules: Path) -> None:
    command = [*START, "check", "--watch", str(rules)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        assert until(process.stdout, "watching ")[0] == "no findings\n"
        rules.write_text(BROKEN, encoding="utf-8")
        assert any("O003" in line for line in until(process.stdout, "watching "))
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 128 + signal.SIGINT


def until(output: Iterator[str], begins: str) -> list[str]:
    """Return the lines up to the one that begins so; wait for each as long as it takes."""
    found = []
    for line in output:
        found.append(line)
        if line.startswith(begins):
            return found
    pytest.fail(f"ended after {found}")
