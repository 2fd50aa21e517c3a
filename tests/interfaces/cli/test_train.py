"""`optout train`: a ruleset's own suggester, from its rules and messages; the same bytes every time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from optoutlang import Action, MatchedBy, load
from tests.interfaces.cli.runner import optout

RULES = """\
ruleset acme language en

suggest similar

opt-out {
  sentences "(please|pls) [just] (stop|quit|end) (texting|messaging|writing|contacting) (me|us) [now]"
  sentences "take (me|us|my number|this number) off (the|your|this) list"
}

test "near misses" {
  "do not stop texting me"        -> none
  "never take me off the list"    -> none
  "which list is this"            -> none
}
"""
TALK = [
    f"could you book a table for {number} at eight {day}"
    for number in range(20)
    for day in ("today", "tonight", "on friday", "on sunday")
]


@pytest.fixture(autouse=True)
def files(folder: Path) -> None:
    (folder / "acme.optout").write_text(RULES, encoding="utf-8")
    (folder / "talk.txt").write_text("\n".join(TALK) + "\n", encoding="utf-8")


def trained(*options: str) -> bytes:
    result = optout("train", "acme.optout", "--negatives", "talk.txt", *options)
    assert result.exit_code == 0, result.output
    return Path("acme.similar").read_bytes()


def test_a_trained_suggester_is_asked_by_the_ruleset_beside_it() -> None:
    trained()
    decision = load("acme.optout").match("hey quit messaging us on this number")

    assert decision is not None
    assert (decision.action, decision.suggested) == (None, Action.OPT_OUT)
    assert (decision.matched_by, decision.rule) == (MatchedBy.SIMILAR, "acme.similar:1")
    assert load("acme.optout").match("book a table for two tonight") is None


def test_the_same_input_gives_the_same_bytes() -> None:
    assert trained() == trained()


def test_more_suggestions_are_allowed_by_a_lower_threshold() -> None:
    strict, lax = (
        load_threshold(trained("--per-ten-thousand", "0")),
        load_threshold(trained("--per-ten-thousand", "1000")),
    )

    assert lax <= strict


def load_threshold(_: bytes) -> int:
    model = load("acme.optout").program.similar
    assert model is not None
    return model.threshold


def test_a_damaged_suggester_can_be_made_anew() -> None:
    Path("acme.similar").write_text("{", encoding="utf-8")
    assert optout("check", "acme.optout").exit_code == 1

    trained()
    assert optout("check", "acme.optout").exit_code == 0


def test_the_sets_are_listed() -> None:
    result = optout("train", "acme.optout", "--negatives", "talk.txt", "--positives", "talk.txt")

    assert result.exit_code == 0
    assert "threshold" in result.stdout
    assert "talk.txt" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("us", "--negatives", "talk.txt"), "`us` is no .optout file"),
        (("acme.optout", "--negatives", "none.txt"), "none.txt"),
        (("acme.optout", "--negatives", "empty.txt"), "no threshold messages to train with"),
        (("acme.optout", "--negatives", "latin.txt"), "`latin.txt` is not UTF-8"),
        (("none.optout", "--negatives", "talk.txt"), "none.optout"),
    ],
)
def test_what_cannot_be_trained_with_is_named(arguments: tuple[str, ...], message: str) -> None:
    Path("empty.txt").write_text("", encoding="utf-8")
    Path("latin.txt").write_bytes(b"caf\xe9\n")
    result = optout("train", *arguments)

    assert result.exit_code in {2, 3}
    assert message in result.stderr


def test_rules_with_errors_are_not_trained_with() -> None:
    Path("acme.optout").write_text("opt-out { remove STOP }", encoding="utf-8")

    assert optout("train", "acme.optout", "--negatives", "talk.txt").exit_code == 1
    assert not Path("acme.similar").exists()


def test_without_scikit_learn_the_message_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    result = optout("train", "acme.optout", "--negatives", "talk.txt")

    assert result.exit_code == 2
    assert "training needs scikit-learn: pip install" in result.stderr
