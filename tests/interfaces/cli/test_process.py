"""What only a process of its own can show: pipes, signals, closed streams, what is imported, colours."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import optoutlang
from tests.interfaces.cli.runner import START, optout, started

MESSAGE = b'{"text":"STOP"}\n'
# A shell that starts the tests in the background lets all that they start ignore interrupts.
HEEDING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "


def test_a_reader_that_goes_away_ends_the_run_quietly(artefact: Path) -> None:
    command = [*START, "match", str(artefact), "--jsonl"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(MESSAGE)
        process.stdin.flush()
        assert process.stdout.readline().startswith(MESSAGE[:8])
        process.stdout.close()
        process.stdin.write(MESSAGE)
        process.stdin.flush()
        assert process.wait() == 128 + signal.SIGPIPE
        assert process.stderr.read() == b""
        process.stdin.close()


def test_an_interrupt_ends_the_run_without_a_traceback(artefact: Path) -> None:
    *python, program = START
    command = [*python, HEEDING + program, "match", str(artefact), "--jsonl"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(MESSAGE)
        process.stdin.flush()
        process.stdout.readline()  # an answer: it waits for the next line
        process.send_signal(signal.SIGINT)
        assert process.wait() == 128 + signal.SIGINT
        assert process.stderr.read().strip() == b""


@pytest.mark.parametrize(
    "line", [["--help"], ["match", "--help"], ["version"], ["explain", "O201"]]
)
def test_a_pipe_that_nobody_reads_is_no_finding(line: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*START, *line], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("line", [["version"], ["check", "us"], ["explain", "O201"]])
def test_a_full_disk_is_said_in_a_sentence(line: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*START, *line], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
    assert done.stderr == b"optout: cannot use `standard output`: no space left on device\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stream", "line"),
    [
        ("stdin", "match us --jsonl"),
        ("stdin", "match us -"),
        ("stdin", "check -"),
        ("stdin", "fmt -"),
        ("stdout", "match us --jsonl"),
    ],
)
def test_a_stream_that_the_process_does_not_have_is_said_in_a_sentence(
    stream: str, line: str
) -> None:
    program = f"import sys; sys.{stream} = None; {START[2]}"
    done = subprocess.run(
        [sys.executable, "-c", program, *line.split()], capture_output=True, check=False
    )
    name = {"stdin": "input", "stdout": "output"}[stream]
    assert done.returncode == 3
    assert done.stderr.decode() == f"optout: standard {name} is closed\n"


def test_without_the_authoring_tools_the_command_says_how_to_get_them() -> None:
    program = f"import sys; sys.modules['click'] = None; {START[2]}"
    done = subprocess.run(
        [sys.executable, "-c", program, "version"], capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"of the extra `author`, which is not installed: pip install 'click>=8.2'" in done.stderr


def test_a_module_of_ours_that_is_missing_is_not_taken_for_a_missing_tool() -> None:
    program = f"import sys; sys.modules['optoutlang.interfaces.cli.app'] = None; {START[2]}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert b"ModuleNotFoundError" in done.stderr


def test_without_phonenumbers_the_option_from_says_how_to_get_it() -> None:
    program = f"import sys; sys.modules['phonenumbers'] = None; {START[2]}"
    done = subprocess.run(
        [sys.executable, "-c", program, "match", "us", "STOP", "--from", "+15145550100"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"of the extra `phone`: pip install 'phonenumbers>=8.13'" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("line", ["match FILE STOP", "match FILE - --json", "match FILE --jsonl"])
def test_matching_an_artefact_imports_neither_a_parser_nor_a_page_renderer(
    artefact: Path, line: str
) -> None:
    program = (
        "import sys; from optoutlang.interfaces.cli.main import main; code = main()\n"
        "loaded = {'lark', 'rich', 'rapidfuzz', 'wcwidth', 'phonenumbers', 'optoutlang.language.syntax',\n"
        "          'optoutlang.language.model', 'optoutlang.language.driver',\n"
        "          'optoutlang.language.checks'} & set(sys.modules)\n"
        "sys.exit(str(loaded) if loaded else code)"
    )
    arguments = [str(artefact) if each == "FILE" else each for each in line.split()]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], input=MESSAGE, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.slow
def test_a_process_ends_with_the_code_of_its_command(acme: Path) -> None:
    assert started("check", acme).returncode == 0
    assert started("test", "-", given=b'test "a" { "x" -> help }').returncode == 1
    assert started("nothing").returncode == 2
    assert started("check", "absent.optout").returncode == 3


def test_the_shell_can_ask_for_completions() -> None:
    asked = {"_OPTOUT_COMPLETE": "bash_complete", "COMP_WORDS": "optout ma", "COMP_CWORD": "1"}
    done = subprocess.run(
        [*START], env={**os.environ, **asked}, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["plain,match"]


@pytest.mark.parametrize(
    "line",
    [
        ["match", "us", "STOP"],
        ["check", "bad.optout"],
        ["explain", "O201"],
        ["fmt", "--diff", "bad.optout"],
    ],
)
def test_colours_come_only_where_they_are_wanted(
    folder: Path, line: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bad.optout").write_text("opt-out {remove STOP}", encoding="utf-8")
    assert "\x1b[" not in optout(*line).output
    assert "\x1b[" in optout("--color", *line, color=True).output
    assert "\x1b[" in optout(*line, "--color", color=True).output
    assert "\x1b[" not in optout(*line, "--no-color", color=True).output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in optout(*line).output
    assert "\x1b[" in optout(*line, "--color", color=True).output


def test_python_m_optoutlang_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "optoutlang", "--version"], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout.decode()) == (0, f"optout {optoutlang.__version__}\n")


def test_help_of_fuzz_needs_no_hypothesis() -> None:
    program = f"import sys; sys.modules['hypothesis'] = None; {START[2]}"
    done = subprocess.run(
        [sys.executable, "-c", program, "fuzz", "--help"], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"--seconds" in done.stdout


@pytest.mark.parametrize("call", ["compile('ruleset a')", "load('acme.optout')"])
def test_without_the_authoring_tools_the_library_says_how_to_get_them(
    acme: Path, call: str
) -> None:
    program = f"import sys; sys.modules['rapidfuzz'] = None; import optoutlang; optoutlang.{call}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    last = done.stderr.decode().splitlines()[-1]
    assert acme.is_file()
    assert last.startswith(
        "ModuleNotFoundError: reading .optout source needs `rapidfuzz` of the extra `author`, "
        "which is not installed: pip install "
    )
    assert "'rapidfuzz>=3.9'" in last
