"""docs/figures.md is what `make measure` prints, and what other systems do is told as it was seen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import optoutlang
from benchmarks.baselines import BASELINES, anywhere, exact, first_word, spoke
from benchmarks.blind import first_counts
from benchmarks.corpora import DATA, TALK, conversation, hits, judgements, messages, tatoeba
from benchmarks.measure import PAGE, RULES, main, unjudged
from benchmarks.page import page
from tests.builders.packs import matcher

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.thorough
@pytest.mark.slow
def test_the_page_is_fresh_and_every_hit_judged() -> None:
    rules = matcher(RULES)
    decided = {talk.name: hits(rules, talk.read()) for talk in TALK}
    assert not unjudged([hit for each in decided.values() for hit in each])
    assert page(rules, decided) == PAGE.read_text(encoding="utf-8"), "run `make measure`"


def test_the_readme_says_what_the_last_rounds_first_counts_say() -> None:
    counts = first_counts()
    both = [counts[name]["all"]["all"] for name in ("round12", "round13")]
    by_language = {**counts["round12"]["language"], **counts["round13"]["language"]}
    wanted, heard = sum(each.opt_outs for each in both), sum(each.heard for each in both)
    either = heard + sum(each.suggested for each in both)
    quiet = sum(each.near_misses for each in both)
    wrong = quiet - sum(each.quiet for each in both)
    readme = " ".join(README.read_text(encoding="utf-8").split())

    assert f"in {len(by_language)} locales" in readme
    assert f"of {quiet} near misses {wrong} were opted out who did not ask" in readme
    assert (
        f"of {wanted} opt-outs {heard} were decided ({heard / wanted:.0%})".replace("%", " %")
        in readme
    )
    assert f"{either} decided or suggested ({either / wanted:.0%})".replace("%", " %") in readme
    few = {name for name, each in by_language.items() if 3 * each.heard < 2 * each.opt_outs}
    assert few == {"en-GB"}
    assert "from Britain fewer than two thirds" in readme


def test_the_corpora_are_whole() -> None:
    assert len(messages()) == 850
    assert len(conversation()) == 246
    rows = {talk.name: len(talk.read()) for talk in TALK}
    assert rows == {"bank": 13_071, "bookings": 57_865, "ham": 3_365, "tatoeba": 62_055}
    assert len({each.language for each in tatoeba()}) == 112


def test_no_hit_is_judged_twice() -> None:
    rows = (DATA / "judged.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(judgements()) == len(rows)
    assert {json.loads(row)["set"] for row in rows} <= {talk.name for talk in TALK}


# As somebody saw them answer, running the original.
SPOKE_OPTS_OUT = [
    "Stop by the office tomorrow",
    "Stop the bill! I'm in",
    "stopé",
    "\u00a0end\u00a0",
]
SPOKE_MISSES = """\
Unsubscribe.|END!|quit.|optout|revoke|please stop|do not contact me|remove me please""".split("|")


@pytest.mark.parametrize("text", [*SPOKE_OPTS_OUT, "\u00a0end\u3000"])  # a space in JavaScript
def test_spoke_opts_out(text: str) -> None:
    assert spoke(text) is optoutlang.Action.OPT_OUT


@pytest.mark.parametrize("text", SPOKE_MISSES)
def test_spoke_misses(text: str) -> None:
    assert spoke(text) is None


def test_baselines_differ_where_they_are_known_to() -> None:
    texts = (" stop ", "stop.", "Stop by", "the end is near", "", " ")
    found = {
        decide: [text for text in texts if decide(text)] for decide in (exact, first_word, anywhere)
    }
    assert found == {
        exact: [" stop "],
        first_word: [" stop ", "Stop by"],
        anywhere: [" stop ", "stop.", "Stop by", "the end is near"],
    }


def test_no_baseline_opts_out_everybody() -> None:
    assert not [name for name, decide in BASELINES.items() if decide("see you at eight")]


@pytest.mark.slow
def test_hits_that_nobody_judged_are_printed_as_rows_to_fill_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "x.optout"
    rules.write_text('ruleset x language en\nopt-out { phrases jurong, "Cukup cukup" }\n', "utf-8")
    monkeypatch.setattr("sys.argv", ["measure", "--rules", str(rules), "--unjudged"])
    main()
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(row["set"], row["action"], row["verdict"]) for row in rows} == {("ham", "opt-out", "")}
    assert all("jurong" in row["text"].lower() for row in rows)
    assert {row["reason"] for row in rows} == {"phrase: jurong"}


@pytest.mark.parametrize("options", [["--rules", "us", "--write"], ["--rules", "nowhere"]])
def test_the_script_refuses_what_it_cannot_keep_or_find(
    options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["measure", *options])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
