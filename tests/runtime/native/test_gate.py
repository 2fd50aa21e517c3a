"""The compiled core rules out no step that finds anything, and decisions behind it are those of the steps alone."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from optoutlang.language.compiler.from_model import from_model
from optoutlang.runtime import native
from optoutlang.runtime.canonical import key
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.matcher.steps import STEPS
from optoutlang.runtime.program.frames import STEM
from optoutlang.runtime.program.rest import unmarked
from tests.builders.packs import matcher as matcher_of_pack
from tests.builders.rulesets import program, ruleset_of
from tests.gate.gate import Gate
from tests.gate.run import fuzzed

pytestmark = pytest.mark.skipif(
    not native.IS_BUILT, reason="there is no compiled core: it needs a C compiler"
)

CASES = Path(__file__).parents[1] / "matcher" / "cases"
RULESETS = sorted(each.name for each in CASES.iterdir() if each.is_dir())


@pytest.mark.parametrize("name", RULESETS)
def test_fuzzed_messages_mean_the_same_with_the_core_without_it_and_to_the_reference(
    name: str,
) -> None:
    rules = ruleset_of((f"{name}.optout", (CASES / name / "rules.optout").read_text("utf-8")))

    counts, findings = fuzzed(from_model(rules), rules, Random(name), 150)  # noqa: S311  # no secret

    assert findings == []
    assert counts["messages"] == 150


@pytest.mark.parametrize("name", RULESETS)
def test_each_case_of_the_matcher_means_the_same_with_the_core_and_without(name: str) -> None:
    rules = ruleset_of((f"{name}.optout", (CASES / name / "rules.optout").read_text("utf-8")))
    gate = Gate(from_model(rules))
    for line in (CASES / name / "cases.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        country = case.get("country")

        assert gate.differences(case["text"], country) == [], case["text"]


@pytest.mark.thorough
@pytest.mark.slow
def test_fuzzed_messages_mean_the_same_to_the_largest_pack() -> None:
    counts, findings = fuzzed(matcher_of_pack("world").program, None, Random(0), 2_000)  # noqa: S311

    assert findings == []
    assert counts["ruled out at once"] > 500
    assert counts["messages"] - counts["without decision"] > 500


@pytest.mark.slow
def test_every_row_of_the_largest_pack_passes_as_a_message() -> None:
    gate = Gate(matcher_of_pack("world").program)
    base = gate.program.base
    texts = {*base.phrases, *(unmarked(each).text for each in base.sentences)}

    assert [each for each in texts if not gate.steps(each, None) & PARTS] == []
    assert [each for each in base.keywords if not gate.steps(each, None) & EXACT] == []
    assert [
        each
        for each in gate.program.typos
        if key(each) == each and not gate.steps(each, None) & (EXACT | TOLERATED)
    ] == []


@pytest.mark.slow
def test_every_row_of_a_frame_of_the_largest_pack_passes_as_a_message() -> None:
    gate = Gate(matcher_of_pack("world").program)
    table = gate.program.frames

    def word_of(number: int) -> str:
        return table.classes[number].members[-1].removesuffix(STEM)

    missed = []
    for frame in table.frames:
        needed = " ".join(word_of(each) for each in frame.needs)
        for row in frame.rows:
            text = " ".join(word_of(part.word_class) for part in row.parts)
            if not gate.steps(f"{needed}. {text}", None) & FRAMES:
                missed.append(text)

    assert missed == []


EXACT, FILLER, TOLERATED, PARTS, FRAMES = 1, 2, 4, 8, 16


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("", 0),
        ("see you tomorrow", 0),
        ("stop", EXACT | TOLERATED),
        ("S.T.O.P!", EXACT | FILLER | TOLERATED),
        ("please stop", FILLER | TOLERATED),
        ("stop it", PARTS),
        ("do stop it now", PARTS),
        ("do stop. it now", 0),
        ("do stop please it now", PARTS),
        ("he said “stop it” to me", 0),
        ("sotp", TOLERATED),
        ("stoop", TOLERATED),
        ("stooop", TOLERATED),
        ("5top", TOLERATED),
        ("stop 12", TOLERATED),
        ("sotp 12", TOLERATED),
        ("\u09c7\u09be", 31),  # marks that compose: left to the steps
        ("x" * 100_001, 31),
    ],
)
def test_the_core_lets_pass_the_steps_that_may_find_something(text: str, steps: int) -> None:
    rules = 'filler "please" opt-out { tolerate typos, stretches, lookalikes, numbers phrases "stop it" }'

    assert Gate(program(rules)).steps(text, None) == steps


def test_the_core_knows_all_steps() -> None:
    assert [[each.__name__ for each in together] for together in STEPS] == [
        ["ExactStep"],
        ["FillerStep", "TopicStep"],  # what leads to a topic is among the keywords and sentences
        ["ToleratedStep"],
        ["SentenceStep", "PhraseStep"],
        ["FrameStep", "TopicSentenceStep"],
        ["AnswerStep"],  # the reader asks it always, whatever the core says
    ]


def test_a_matcher_that_is_made_in_pure_python_decides_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled = Matcher(program('opt-out { phrases "stop it" }'))
    monkeypatch.setenv(native.PURE, "1")
    pure = Matcher(program('opt-out { phrases "stop it" }'))

    assert not native.is_used()
    assert pure.match("Stop it!") == compiled.match("Stop it!") is not None


def test_what_is_no_text_is_refused_as_without_the_core() -> None:
    with pytest.raises(TypeError, match="a message is str, not bytes"):
        Matcher(program("")).match(b"STOP")  # type: ignore[arg-type]
