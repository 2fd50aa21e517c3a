"""An artefact that a forger sealed with a right digest: commands refuse it with a message, never with a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders.artefacts import COMPLETE, canonical, content, sealed
from tests.builders.rulesets import program
from tests.interfaces.cli.runner import optout


@pytest.fixture
def forged(tmp_path: Path) -> str:
    """Return the path of an artefact whose second line has a phrase that is not canonical."""
    found = content(program(COMPLETE))
    found["base"]["phrases"]["1"] = "Astöp"
    path = tmp_path / "forged.optoutc"
    path.write_bytes(sealed(canonical(found)))
    return str(path)


def test_a_keyword_is_answered_nevertheless(forged: str) -> None:
    answered = optout("match", forged, "STOP")
    assert (answered.exit_code, answered.stdout[:13]) == (0, "opt-out  STOP")


@pytest.mark.parametrize(
    "command",
    [
        ("match", "FORGED", "STOP", "hello"),
        ("match", "FORGED", "--jsonl"),
        ("inspect", "FORGED"),
        ("why", "FORGED", "STOP"),
        ("show", "FORGED"),
    ],
)
def test_whatever_needs_more_ends_with_a_message(forged: str, command: tuple[str, ...]) -> None:
    ended = optout(*(forged if each == "FORGED" else each for each in command))
    assert ended.exit_code == 3
    assert "is not a valid artefact: malformed: `stöp` is not canonical text" in ended.stderr
