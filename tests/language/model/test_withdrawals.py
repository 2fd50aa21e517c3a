"""Taking back: what `remove` and `except sentences` leave, in matcher and reference alike (docs/language.md 5.35)."""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang import Matcher
from optoutlang.language.driver.compile import check_path, compile_checked
from optoutlang.language.reference.decide import decide
from optoutlang.runtime.terms.action import Action

PACK = """
filler "cheers"

class halt is halt, cease

opt-in { remove YES }

opt-out {
  sentences "(cancel|end) it", "remove us", "... opt out"
  phrases "no more of this"
  except "no more of this weather"
  frames "{halt} .. texting"
  tolerate typos
  reply "You are out."
}

language es {
  opt-out { sentences "remove us" }
}

country MX {
  filler "gracias"
}
"""


def meaning(tmp_path: Path, rules: str, message: str, country: str | None = None) -> Action | None:
    """Return what a message means beside the pack, by matcher and reference."""
    (tmp_path / "pack.optout").write_text(PACK)
    root = tmp_path / "root.optout"
    root.write_text(f'use "./pack.optout"\n{rules}')
    checked = check_path(root)
    decision = Matcher(compile_checked(checked)).match(message, country=country)
    assert checked.ruleset is not None
    other = decide(checked.ruleset, message, country=country)
    mine = None if decision is None else decision.action
    assert mine == (None if other is None else other.action)
    return mine


OUT = Action.OPT_OUT


@pytest.mark.parametrize(
    ("rules", "message", "before", "after"),
    [
        ('opt-out { remove sentences "(cancel|end) it" }', "end it", OUT, None),
        ('opt-out { except sentences "end it" }', "end it", OUT, None),
        ('opt-out { except sentences "END IT!" }', "cancel it", OUT, OUT),
        ('opt-out { remove sentences "... opt out" }', "I opt out", OUT, None),
        ('opt-out { except sentences "... opt out" }', "I opt out", OUT, None),
        ('opt-out { sentences "opt out" except sentences "opt out" }', "I opt out", OUT, OUT),
        ('opt-out { remove phrases "no more of this" }', "no more of this!", OUT, None),
        (
            'opt-out { remove except "no more of this weather" }',
            "no more of this weather",
            None,
            OUT,
        ),
        ('opt-out { remove frames "{halt} .. texting" }', "cease the texting", OUT, None),
        ('remove filler "Cheers!"', "stop cheers", OUT, None),
        ("opt-out { remove tolerate typos }", "stpo", OUT, None),
        ('opt-out { remove sentences "remove us" }', "remove us", OUT, None),
        ('language es { opt-out { remove sentences "remove us" } }', "remove us", OUT, OUT),
        ('opt-out { remove sentences "remove us" sentences "remove us" }', "remove us", OUT, OUT),
    ],
)
def test_what_is_taken_back_counts_no_more(
    tmp_path: Path, rules: str, message: str, before: Action | None, after: Action | None
) -> None:
    assert meaning(tmp_path, "", message) is before
    assert meaning(tmp_path, rules, message) is after


def test_a_country_takes_a_text_of_the_base_back_for_itself_alone(tmp_path: Path) -> None:
    rules = 'country MX { opt-out { remove phrases "no more of this" } }'
    assert meaning(tmp_path, rules, "no more of this", "MX") is None
    assert meaning(tmp_path, rules, "no more of this", "CA") is OUT


def test_filler_of_a_country_is_taken_back_there(tmp_path: Path) -> None:
    rules = "country MX { remove filler gracias }"
    assert meaning(tmp_path, "", "stop gracias", "MX") is OUT
    assert meaning(tmp_path, rules, "stop gracias", "MX") is None
    assert meaning(tmp_path, rules, "stop cheers", "MX") is OUT


def test_a_reply_that_is_taken_back_leaves_the_weaker_one(tmp_path: Path) -> None:
    (tmp_path / "pack.optout").write_text(PACK)
    root = tmp_path / "root.optout"
    replies = []
    for rules in ("", 'opt-out { remove reply "You are out." }'):
        root.write_text(f'use "./pack.optout"\n{rules}')
        decision = Matcher(compile_checked(check_path(root))).match("stop")
        assert decision is not None
        replies.append(decision.reply)
    assert replies[0] == "You are out."
    assert replies[1] is not None
    assert "unsubscribed" in replies[1]


@pytest.mark.parametrize("word", ["STOP", "Start.", "HELP!"])
def test_the_protected_words_lose_nothing(tmp_path: Path, word: str) -> None:
    rules = 'remove filler cheers\nopt-out { remove tolerate typos remove sentences "remove us" }'
    assert meaning(tmp_path, rules, word) is meaning(tmp_path, "", word) is not None
