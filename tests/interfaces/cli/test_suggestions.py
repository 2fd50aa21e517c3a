"""`why`, `show`, `scan` and `diff` where a suggester is asked: its weights, its name, and what it suggests apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optoutlang.runtime.program.similar_wire import file_bytes
from tests.builders.suggesters import suggester_of
from tests.interfaces.cli.runner import optout

MODEL = suggester_of({" enough ": 90, " texts ": 40, " not ": -60, "zzz": 7}, 100)
RULES = 'ruleset acme language en\n\nsuggest similar, phrases\n\nopt-out { phrases "remove me" }\n'
MESSAGES = """\
text,country
enough of these texts 7,US
Enough of these texts 12,
enough! texts zzz,
please remove me,
not enough texts,
STOP,
"say ""enough"" texts, {brand}",
"""


@pytest.fixture(autouse=True)
def files(folder: Path) -> None:
    (folder / "acme.optout").write_text(RULES, encoding="utf-8")
    (folder / "acme.similar").write_bytes(file_bytes(MODEL))
    (folder / "in.csv").write_text(MESSAGES, encoding="utf-8")


def test_why_lists_what_weighed_most_for_and_against() -> None:
    lines = optout("why", "acme.optout", "not enough zzz texts").stdout.splitlines()
    start = lines.index("similar   77 of 100: too little to suggest")

    assert [line.split() for line in lines[start + 1 :]] == [
        ["+90", "`", "enough", "`"],
        ["-60", "`", "not", "`"],
        ["+40", "`", "texts", "`"],
        ["+7", "`zzz`"],
    ]
    assert "decision  none" in lines


def test_why_says_what_is_suggested_and_that_nothing_is_sent() -> None:
    shown = optout("why", "acme.optout", "enough texts").stdout

    assert "decision  suggest opt-out in en, by similar match of similar" in shown
    assert "reply     nothing is sent" in shown
    assert "similar   130 of 100: suggested" in shown


@pytest.mark.parametrize("text", ["STOP", "please remove me"])
def test_why_leaves_the_suggester_out_where_a_rule_says_something(text: str) -> None:
    assert "\nsimilar" not in optout("why", "acme.optout", text).stdout


def test_show_says_that_it_is_on_and_which_one() -> None:
    shown = optout("show", "acme.optout").stdout

    assert "suggests   phrases, similar" in shown
    assert f"similar    acme.similar {MODEL.digest[:12]}, 5 in 10,000" in shown
    found = json.loads(optout("show", "acme.optout", "--format", "json").stdout)["similar"]
    assert (found["digest"], found["ngrams"], found["threshold"]) == (MODEL.digest, 4, 100)
    assert [each[1] for each in found["sets"]] == ["talk", "tests"]


def test_show_says_nothing_where_it_is_off(folder: Path) -> None:
    (folder / "acme.optout").write_text("ruleset acme\n", encoding="utf-8")

    assert "similar" not in optout("show", "acme.optout").stdout
    assert json.loads(optout("show", "acme.optout", "--format", "json").stdout)["similar"] is None


def test_a_scan_lists_suggestions_apart_the_most_certain_first() -> None:
    shown = optout("scan", "acme.optout", "in.csv", "--country-column", "country").stdout
    lines = shown.partition("only suggested, most certain first\n")[2].splitlines()

    assert [line.split(maxsplit=1) for line in lines] == [
        ["1", "phrase: please remove me"],
        ["1", "similar +37: enough! texts zzz"],
        ["2", "similar +30: enough of these texts #"],
    ]


def test_a_scan_proposes_cases_that_hold_once_a_rule_decides(folder: Path) -> None:
    result = optout("scan", "acme.optout", "in.csv", "--propose", "cases.optout")
    assert result.exit_code == 0, result.output
    text = (folder / "cases.optout").read_text(encoding="utf-8")

    assert text.startswith("# Messages that `optout scan` only suggests")
    assert '"enough! texts zzz"' in text
    assert "STOP" not in text
    assert optout("fmt", "--check", "cases.optout").exit_code == 0
    (folder / "acme.optout").write_text(
        f'{RULES}\ncountry US {{ suggest none }}\nopt-out {{ sentences "enough ..." }}\n{text}',
        encoding="utf-8",
    )
    failed = optout("test", "acme.optout").stdout
    assert "please remove me" in failed
    assert "enough! texts" not in failed


def test_a_scan_without_suggestions_proposes_nothing(folder: Path) -> None:
    (folder / "acme.optout").write_text("ruleset acme\n", encoding="utf-8")
    assert optout("scan", "acme.optout", "in.csv", "--propose", "cases.optout").exit_code == 0

    assert (folder / "cases.optout").read_text(encoding="utf-8") == ""


def test_the_page_of_a_scan_has_the_suggestions() -> None:
    assert optout("scan", "acme.optout", "in.csv", "--report", "out.html").exit_code == 0
    page = Path("out.html").read_text(encoding="utf-8")

    assert "Only suggested" in page
    assert "similar, +37" in page


def test_a_difference_of_suggesters_alone_is_not_settled(folder: Path) -> None:
    (folder / "other.optout").write_text(RULES, encoding="utf-8")
    (folder / "other.similar").write_bytes(file_bytes(MODEL))
    same = optout("diff", "acme.optout", "other.optout")
    (folder / "other.similar").write_bytes(file_bytes(suggester_of({"x": 1}, 1)))
    other = optout("diff", "acme.optout", "other.optout")

    assert "similar" not in same.stdout
    assert "not settled: similar" in other.stdout
