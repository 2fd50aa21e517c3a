"""Each law is seen to fail for a planted bug, with a smallest message; a sound matcher keeps them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from optoutlang.language.driver.compile import check_text, compile_checked
from optoutlang.language.driver.examples import run_examples
from optoutlang.runtime.matcher import Explanation, Matcher
from optoutlang.runtime.terms.action import Action, MatchedBy
from optoutlang.runtime.terms.decision import Decision
from optoutlang.testing.cases import as_test_block
from optoutlang.testing.fuzz import Verdict, sample, sample_while
from optoutlang.testing.laws import LAWS
from optoutlang.testing.subject import Subject

SOURCE = """
ruleset acme
filler "please"
opt-out {
  keywords "NO MORE"
  sentences "remove me"
  phrases "stop (texting|calling) me"
  except "don't stop texting me"
}
country MX { prefer es language es { opt-out { keywords BAJA } } }
test "ours" { "No more" -> opt-out in en  "Baja" from MX -> opt-out in es  "baja" -> none }
"""
CHECKED = check_text(SOURCE, name="acme.optout")
PROGRAM = compile_checked(CHECKED)


class DeafToEmoji(Matcher):
    """An emoji beside a word hides it."""

    def match(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        strict: bool = False,
        payload: str | bytes | None = None,
    ) -> Decision | None:
        hidden = "🛑" in text and text != "🛑"
        return (
            None
            if hidden
            else super().match(
                text, country=country, language=language, strict=strict, payload=payload
            )
        )


class DeafToTheInvisible(Matcher):
    """A space of no width hides a word."""

    def match(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        strict: bool = False,
        payload: str | bytes | None = None,
    ) -> Decision | None:
        if "\u200b" in text:
            return None
        return super().match(
            text, country=country, language=language, strict=strict, payload=payload
        )


class WithoutMexico(Matcher):
    """Mexico's own words are forgotten."""

    def match(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        strict: bool = False,
        payload: str | bytes | None = None,
    ) -> Decision | None:
        found = super().match(
            text, country=country, language=language, strict=strict, payload=payload
        )
        return None if found and found.keyword == "BAJA" else found


class Hopeful(Matcher):
    """What begins like START is taken for START."""

    def match(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        strict: bool = False,
        payload: str | bytes | None = None,
    ) -> Decision | None:
        found = super().match(
            text, country=country, language=language, strict=strict, payload=payload
        )
        if found is None and text.lower().startswith("start"):
            start = super().match(
                "START", country=country, language=language, strict=strict, payload=payload
            )
            assert start is not None
            return replace(start, matched_by=MatchedBy.EXACT)
        return found


class ReadingQuotations(Matcher):
    """What is quoted is read as if it were said."""

    def match(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        strict: bool = False,
        payload: str | bytes | None = None,
    ) -> Decision | None:
        for mark in '"“”«»':
            text = text.replace(mark, " ")
        return super().match(
            text, country=country, language=language, strict=strict, payload=payload
        )


class Fragile(Matcher):
    """An accent raises an error."""

    def match(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        strict: bool = False,
        payload: str | bytes | None = None,
    ) -> Decision | None:
        if "\u0301" in text:
            raise KeyError(text)
        return super().match(
            text, country=country, language=language, strict=strict, payload=payload
        )


class Rewritten(Matcher):
    """The artefact that it writes is another ruleset's."""

    def to_bytes(self) -> bytes:
        return Matcher(compile_checked(check_text("ruleset other"))).to_bytes()


class InDisorder(Matcher):
    """Of many messages, the last is answered first."""

    def match_many(
        self,
        texts: Iterable[str],
        *,
        countries: Iterable[str | None] | None = None,
        languages: Iterable[str | None] | None = None,
        strict: bool = False,
        payloads: Iterable[str | bytes | None] | None = None,
    ) -> list[Decision | None]:
        found = super().match_many(
            texts, countries=countries, languages=languages, strict=strict, payloads=payloads
        )
        return found[::-1]


class SayingOtherwise(Matcher):
    """The explanation names no decision."""

    def explain(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        strict: bool = False,
        payload: str | bytes | None = None,
    ) -> Explanation:
        return replace(
            super().explain(
                text, country=country, language=language, strict=strict, payload=payload
            ),
            decision=None,
        )


LAW = {law.name: law for law in LAWS}


def verdict(matcher: Matcher, law: str, *, examples: int = 150, seeded: int = 1) -> Verdict:
    subject = Subject(matcher, CHECKED.ruleset)
    laws = (LAW[law],)
    [found] = sample(subject, seeded=seeded, examples=examples, tick=lambda: None, laws=laws)
    return found


@pytest.mark.parametrize("law", LAW)
def test_a_sound_matcher_keeps_every_law(law: str) -> None:
    found = verdict(Matcher(PROGRAM), law, examples=30)
    assert found.counterexample is None
    assert found.messages >= 30


@pytest.mark.parametrize(
    ("bug", "law", "message", "expected"),
    [
        (DeafToEmoji, "protected", "HELP 🛑", Action.HELP),
        (WithoutMexico, "reference", "BAJA", Action.OPT_OUT),
        (WithoutMexico, "tests", "Baja", Action.OPT_OUT),
        (Hopeful, "near-miss", "STARTs", None),
        (ReadingQuotations, "quoted", 'ok "stop texting me"', None),
        (Rewritten, "artefact", "STOP", Action.OPT_OUT),
        (InDisorder, "many", "STOP", Action.OPT_OUT),
        (SayingOtherwise, "why", "STOP", Action.OPT_OUT),
    ],
)
def test_a_planted_bug_is_found_with_a_smallest_message_and_a_test_case(
    bug: type[Matcher], law: str, message: str, expected: Action | None
) -> None:
    found = verdict(bug(PROGRAM), law, examples=500).counterexample
    assert found is not None
    assert (found.expected.message, found.expected.action) == (message, expected)

    checked = check_text(as_test_block("found", (found.expected,)))
    assert checked.ruleset is not None
    assert [each.passed for each in run_examples(checked.ruleset, Matcher(PROGRAM))] == [True]


def test_noise_that_changes_a_decision_is_found_and_no_more_of_it_than_is_needed() -> None:
    found = verdict(DeafToTheInvisible(PROGRAM), "noise", examples=500).counterexample
    assert found is not None
    assert found.expected.action is Action.OPT_OUT
    assert found.expected.message.count("\u200b") == 1


def test_an_error_is_a_counterexample() -> None:
    found = verdict(Fragile(PROGRAM), "protected").counterexample
    assert found is not None
    assert found.got.startswith("KeyError: ")
    assert "\u0301" in found.expected.message


def test_the_same_seed_asks_the_same_and_another_seed_does_not() -> None:
    asked: list[list[str]] = []

    class Recording(Matcher):
        def match(
            self,
            text: str,
            *,
            country: str | None = None,
            language: str | None = None,
            strict: bool = False,
            payload: str | bytes | None = None,
        ) -> Decision | None:
            asked[-1].append(text)
            return super().match(
                text, country=country, language=language, strict=strict, payload=payload
            )

    for seeded in (1, 1, 2):
        asked.append([])
        verdict(Recording(PROGRAM), "noise", examples=10, seeded=seeded)
    first, again, other = asked
    assert first == again
    assert first != other


def test_without_a_source_the_laws_that_need_one_are_left_out() -> None:
    subject = Subject(Matcher(PROGRAM), None)
    found = [each.law.name for each in sample(subject, seeded=1, examples=1, tick=lambda: None)]
    assert found == [law.name for law in LAWS if law.name not in {"reference", "tests"}]


def test_rounds_go_on_while_they_may_and_skip_what_is_broken() -> None:
    left = iter(range(2 * len(LAWS)))
    subject = Subject(SayingOtherwise(PROGRAM), CHECKED.ruleset)
    found = sample_while(
        subject, seeded=1, going_on=lambda: next(left, None) is not None, tick=lambda: None
    )
    by_law = {each.law.name: each for each in found}
    assert by_law["why"].counterexample
    assert by_law["near-miss"].messages == 50


def test_no_time_at_all_tries_nothing() -> None:
    subject = Subject(Matcher(PROGRAM), CHECKED.ruleset)
    found = sample_while(subject, seeded=1, going_on=lambda: False, tick=lambda: None)
    assert [each.messages for each in found] == [0] * len(LAWS)
