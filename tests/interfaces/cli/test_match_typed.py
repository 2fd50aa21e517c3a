"""`optout match` on a terminal: a person types a message, and sees at once what it means."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.interfaces.cli.runner import START


@pytest.mark.parametrize("given", [(), ("-",)])
def test_a_typed_message_is_decided_and_the_terminal_says_how_to_go_on(
    given: tuple[str, ...],
) -> None:
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [*START, "match", "us", *given],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        os.close(theirs)
        os.write(ours, b"stop\nsee you at 8\n\x04")
        shown, said = run.communicate(timeout=120)
    os.close(ours)
    assert said.decode() == "one message a line; Ctrl-D ends\n"
    assert [line.split()[0] for line in shown.decode().splitlines()] == ["opt-out", "none"]
    assert run.returncode == 0
