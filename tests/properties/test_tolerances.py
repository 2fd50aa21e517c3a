"""What is tolerated: the matcher says what the reference says, and nothing else changes (docs/language.md §5)."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import event, given
from hypothesis import strategies as st

from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.runtime.matcher.matcher import Matcher
from optoutlang.runtime.program.artefact import from_bytes, to_bytes
from optoutlang.runtime.terms.action import Action, MatchedBy
from optoutlang.runtime.terms.decision import Decision
from optoutlang.testing.messages import Context
from tests.language.compiler.rulesets import CORE, ruleset_of
from tests.strategies.outcomes import compiled_decision, reference_decision, without_rule

TOLERANCES = ("typos", "lookalikes", "stretches", "numbers")
WORDS = (
    *("stopp", "quit", "alto", "стоп", "отмена", "διαγραφη", "end", "no", "t", "stop all"),
    *("top", "stpo", "stap", "st0p", "stooop", "алто", "quit 5", "退订退订", "bb", "too", "тоо"),
)
MESSAGES = 15
"""How many messages each ruleset is asked about."""

NEIGHBOURS = str.maketrans("adeilnopqrstuтоап", "ssrukmpowetryрщвр")
DISGUISES = str.maketrans("aeiostcpтоенсаη", "а31057срtoehcaн")

TOLERATED = {MatchedBy.FILLER, MatchedBy.STRETCH, MatchedBy.TYPO, MatchedBy.LOOKALIKE}


@dataclass(frozen=True, slots=True)
class Rules:
    """The same words twice: with what the draw tolerates, and without."""

    tolerant: Ruleset
    strict: Ruleset


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """Draw words that mean something in the base or in Mexico, and what is tolerated in each."""
    chosen = draw(st.lists(st.sampled_from(WORDS), unique_by=str.casefold, max_size=6))
    text = "filler pls\n"
    for word in chosen:
        action = draw(st.sampled_from(["opt-out", "opt-out", "opt-out", "help", "opt-in"]))
        section = f'{action} {{ keywords "{word}" }}'
        where = draw(st.sampled_from(["{}\n", "{}\n", "country MX {{ {} }}\n"]))
        text += where.format(section)
    text += draw(st.sampled_from(["", "language es { help { keywords AYUDA } }\n"]))
    base, mexico = draw(_tolerated()), draw(_tolerated())
    extra = f"{base}\ncountry MX {{ {mexico} }}\n"
    core = f"ruleset test {CORE}{text}"
    return Rules(ruleset_of(("0.optout", core + extra)), ruleset_of(("0.optout", core)))


def _tolerated() -> st.SearchStrategy[str]:
    lists = st.lists(st.sampled_from(TOLERANCES), unique=True)
    return lists.map(lambda names: f"opt-out {{ {_statement(names)} }}")


def _statement(names: list[str]) -> str:
    return f"tolerate {', '.join(names)}" if names else ""


@st.composite
def messages(draw: st.DrawFn) -> str:
    """Draw a word, changed once or twice, with or without something beside it."""
    text = draw(st.sampled_from((*WORDS, "stop", "stop", "stop", "start", "help")))
    for _ in range(draw(st.integers(0, 2))):
        text = draw(_changed(text))
    return draw(
        st.sampled_from(["{}", "{}", "{}", "pls {}", "{} 123", "{} 1 pls 2", "1 {}"])
    ).format(text)


@st.composite
def _changed(draw: st.DrawFn, text: str) -> str:
    place = draw(st.integers(0, max(0, len(text) - 1)))
    before, at, after = text[:place], text[place : place + 1], text[place + 1 :]
    return draw(
        st.sampled_from(
            (
                *(before + after, before + at * 2 + after, before + at * 4 + after),
                *(before + after[:1] + at + after[1:], before + at.translate(NEIGHBOURS) + after),
                *(text.translate(DISGUISES), before + at.translate(DISGUISES) + after),
                *(text.upper(), text + text[-1:] * 3),
            )
        )
    )


countries = st.sampled_from([None, "MX", "US"])


@given(rules(), st.data())
def test_what_is_tolerated_is_what_the_reference_tolerates(
    said: Rules, data: st.DataObject
) -> None:
    matcher = Matcher(from_bytes(to_bytes(from_model(said.tolerant))))
    for _ in range(MESSAGES):
        text, context = data.draw(messages()), Context(data.draw(countries))
        found = compiled_decision(matcher, text, context)
        event("nothing" if found is None else found.matched_by.value)

        assert found == reference_decision(said.tolerant, text, context)
        explained = matcher.explain(text, country=context.country).decision
        assert without_rule(explained) == without_rule(found)


@given(rules(), st.data())
def test_tolerances_only_add_opt_outs_to_what_is_no_keyword(
    said: Rules, data: st.DataObject
) -> None:
    tolerant, strict = Matcher(from_model(said.tolerant)), Matcher(from_model(said.strict))
    for _ in range(MESSAGES):
        text, country = data.draw(messages()), data.draw(countries)
        before, after = strict.match(text, country=country), tolerant.match(text, country=country)
        if before is None and after is not None:
            assert after.action is Action.OPT_OUT
            assert after.matched_by in TOLERATED
            assert after.certain is (after.matched_by is MatchedBy.FILLER)
        else:
            assert _said(after) == _said(before)


def _said(decision: Decision | None) -> tuple[object, ...] | None:
    if decision is None:
        return None
    return (decision.action, decision.keyword, decision.matched_by, decision.language)
