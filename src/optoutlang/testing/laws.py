"""The laws that every ruleset keeps, each as a check that draws its own messages (docs/language.md §3 to §5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from hypothesis import assume
from hypothesis import strategies as st

from optoutlang.language.driver.examples import Outcome
from optoutlang.language.model.ruleset import Example, Ruleset
from optoutlang.runtime.canonical import key, tokens
from optoutlang.runtime.terms.action import PROTECTED, Action, MatchedBy
from optoutlang.runtime.terms.decision import Decision
from optoutlang.testing.cases import meaning_nothing, stating
from optoutlang.testing.messages import ORDINARY, Context
from optoutlang.testing.noise import noise, spellings
from optoutlang.testing.subject import Counterexample, LawBrokenError, Subject

_WORDINGS = frozenset({MatchedBy.SENTENCE, MatchedBy.PHRASE, MatchedBy.KEYWORD_SENTENCE})
_EXPLICIT = frozenset({MatchedBy.EXACT, MatchedBy.FILLER, *_WORDINGS})
_QUOTATIONS = ('"{}"', "“{}”", "«{}»")
_BESIDE = tuple(each for each in ORDINARY if tokens(each) and '"' not in each)


@dataclass(frozen=True, slots=True)
class Law:
    """A law by its name, what it says, and the check that fails with LawBrokenError; `applies` tells to what."""

    name: str
    claim: str
    check: Callable[[Subject, st.DataObject], None]
    applies: Callable[[Subject], bool] = lambda _: True


def _protected(subject: Subject, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted(PROTECTED)))
    context, text = data.draw(subject.contexts), data.draw(noise(word))
    decision = subject.decide(text, context)
    action = None if decision is None or decision.topic is not None else decision.action
    if action is not PROTECTED[word]:
        nothing = meaning_nothing(text, country=context.country, language=context.language)
        expected = replace(nothing, action=PROTECTED[word])
        raise LawBrokenError(Counterexample(expected, _shown(decision), f"it is {word}"))


def _reference(subject: Subject, data: st.DataObject) -> None:
    context, text = data.draw(subject.contexts), data.draw(subject.messages).text
    expected, got = subject.reference(text, context), subject.decide(text, context)
    if subject.deployed and expected and got:
        expected = replace(expected, rule=got.rule)
    _require_same(expected, got, text, context)


def _noise(subject: Subject, data: st.DataObject) -> None:
    context, text = data.draw(subject.contexts), data.draw(subject.messages).text
    before = subject.decide(text, context)
    noisy = data.draw(_disguised(text, before))
    remark = f"without noise it is {text!r}"
    _require_same(before, subject.decide(noisy, context), noisy, context, remark)


def _written(ruleset: Ruleset) -> tuple[Example, ...]:
    """Return the cases about messages that somebody wrote: a button's payload has one spelling, and no noise."""
    return tuple(each for each in ruleset.examples if not each.button)


def _examples(subject: Subject, data: st.DataObject) -> None:
    assert subject.ruleset is not None  # noqa: S101 - the law applies to nothing else
    example = data.draw(st.sampled_from(_written(subject.ruleset)))
    context = Context(example.country, example.prefer)
    noisy = data.draw(_disguised(example.message, subject.decide(example.message, context)))
    explanation = replace(subject.explain(noisy, context), decision=subject.decide(noisy, context))
    outcome = Outcome(replace(example, message=noisy), explanation)
    if not outcome.passed:
        remark = f"{example.place.rule} expects it of {example.message!r}"
        raise LawBrokenError(Counterexample(outcome.example, outcome.got, remark))


def _artefact(subject: Subject, data: st.DataObject) -> None:
    context, text = data.draw(subject.contexts), data.draw(subject.messages).text
    decision = subject.decide(text, context)
    again = subject.again.match(text, country=context.country, language=context.language)
    _require_same(decision, again, text, context, "the artefact says it when it is read again")


def _many(subject: Subject, data: st.DataObject) -> None:
    questions = data.draw(
        st.lists(st.tuples(subject.messages, subject.contexts), min_size=1, max_size=4)
    )
    expected = [subject.decide(message.text, context) for message, context in questions]
    decisions = subject.matcher.match_many(
        [message.text for message, _ in questions],
        countries=[context.country for _, context in questions],
        languages=[context.language for _, context in questions],
    )
    for (message, context), alone, got in zip(questions, expected, decisions, strict=True):
        _require_same(alone, got, message.text, context, f"one of {len(questions)} at once")


def _why(subject: Subject, data: st.DataObject) -> None:
    context, text = data.draw(subject.contexts), data.draw(subject.messages).text
    decision, explanation = subject.decide(text, context), subject.explain(text, context)
    _require_same(decision, explanation.decision, text, context, "`optout why` says otherwise")


def _near_miss(subject: Subject, data: st.DataObject) -> None:
    context = data.draw(subject.contexts)
    text = data.draw(subject.near_misses)
    decision = subject.decide(text, context)
    if decision is None or decision.intent is not Action.OPT_IN:
        return
    exact = decision.matched_by is not MatchedBy.EXACT or key(text) == key(decision.keyword)
    if decision.matched_by not in _EXPLICIT or not exact:
        expected = meaning_nothing(text, country=context.country, language=context.language)
        remark = f"an opt-in was guessed: {decision.keyword!r} by {decision.matched_by.value}"
        raise LawBrokenError(Counterexample(expected, _shown(decision), remark))


def _quoted(subject: Subject, data: st.DataObject) -> None:
    context, beside = data.draw(subject.contexts), data.draw(st.sampled_from(_BESIDE))
    wording = data.draw(subject.wordings).of
    assume(not set(wording) & set('"“”«»'))
    text = f"{beside} {data.draw(st.sampled_from(_QUOTATIONS)).format(wording)}"
    alone, quoting = subject.decide(beside, context), subject.decide(text, context)
    if _by_keyword(alone) or _by_keyword(quoting):
        return
    _require_same(alone, quoting, text, context, f"without the quotation it is {beside!r}")


LAWS = (
    Law(
        "protected", "STOP, START and HELP mean the same in every context and spelling", _protected
    ),
    Law("noise", "case, accents, emoji and what cannot be seen change no decision", _noise),
    Law(
        "tests",
        "the cases of the file's own test blocks hold under noise",
        _examples,
        lambda subject: bool(subject.ruleset and _written(subject.ruleset)),
    ),
    Law("near-miss", "what is only nearly a word is never an opt-in", _near_miss),
    Law("quoted", "what a message quotes adds no phrase to it", _quoted),
    Law("artefact", "the artefact, read again, decides the same", _artefact),
    Law("many", "many messages at once mean what each means alone", _many),
    Law("why", "the explanation names the decision", _why),
    Law(
        "reference",
        "the matcher says what the reference interpreter says",
        _reference,
        lambda subject: subject.ruleset is not None,
    ),
)
"""Every law, in the order in which they are tried: the reference is slow on a large ruleset, and waits."""


def _disguised(text: str, decision: Decision | None) -> st.SearchStrategy[str]:
    """Return a message with as much noise as its decision must bear: quotes and full stops matter to wordings alone."""
    return noise(text) if _by_keyword(decision) else spellings(text)


def _by_keyword(decision: Decision | None) -> bool:
    return decision is not None and decision.matched_by not in _WORDINGS


def _require_same(
    expected: Decision | None, got: Decision | None, text: str, context: Context, remark: str = ""
) -> None:
    """Fail unless two decisions are equal in all that they say."""
    if expected == got:
        return
    example = stating(text, expected, country=context.country, language=context.language)
    remarks = [remark] if remark else []
    if expected is not None and got is not None:
        remarks += [
            f"{each.name} is {getattr(got, each.name)!r}, not {getattr(expected, each.name)!r}"
            for each in fields(Decision)
            if getattr(got, each.name) != getattr(expected, each.name)
        ]
    raise LawBrokenError(Counterexample(example, _shown(got), "; ".join(remarks)))


def _shown(decision: Decision | None) -> str:
    if decision is None:
        return "none"
    return f"{decision.label} in {decision.language}"
