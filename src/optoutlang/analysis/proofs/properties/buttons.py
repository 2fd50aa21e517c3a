"""A button means one thing wherever it is listed, nobody can type one, none takes STOP (docs/language.md §5.37)."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.analysis.proofs.properties.verdict import (
    Property,
    Verdict,
    Witness,
    by_construction,
    enumerated,
)
from optoutlang.analysis.proofs.subject import EVERYWHERE, Subject
from optoutlang.runtime.terms import PROTECTED, Action, Decision, MatchedBy


def _settle(subject: Subject) -> Verdict:
    payloads = sorted(
        {payload for _, own in subject.program.own_contexts() for payload in own.buttons}
    )
    wrong: Witness | None = None
    meant: dict[str, str] = {}
    for payload in payloads:
        for country in EVERYWHERE:
            pressed = subject.matcher.match("", country=country, payload=payload)
            if pressed is not None:
                first = meant.setdefault(payload, pressed.label)
                if first != pressed.label:
                    text = f"is a button for {pressed.label}, and for {first} elsewhere"
                    wrong = wrong or Witness(text, payload, country)
            wrong = wrong or next(_broken(subject, payload, country, pressed), None)
    cases = len(payloads) * len(EVERYWHERE) * (2 + len(PROTECTED))
    grounds = (
        by_construction(
            "a payload comes apart from the text, and is looked up in a table of its own"
        ),
        enumerated(
            cases,
            f"questions: {len(payloads)} payloads x {len(EVERYWHERE)} countries, alone, typed, and pressed "
            "with STOP, START and HELP",
        ),
    )
    return Verdict(
        grounds, wrong, tuple(f"{payload!r} means {meant[payload]}" for payload in meant)
    )


def _broken(
    subject: Subject, payload: str, country: str | None, pressed: Decision | None
) -> Iterator[Witness]:
    """Yield what is wrong with a payload that is typed, or that comes with one of the protected words."""
    typed = subject.matcher.match(payload, country=country)
    if typed is not None and typed.matched_by is MatchedBy.BUTTON:
        yield Witness("is typed, and taken for a button", payload, country)
    for word, action in PROTECTED.items():
        found = subject.matcher.match(word, country=country, payload=payload)
        due = action if pressed is None or action is Action.OPT_OUT else pressed.action
        is_due = found is not None and found.action is due and found.topic is None
        if found is None or (not is_due and action is Action.OPT_OUT):
            yield Witness(f"does not mean {due} with the button {payload!r}", word, country)


PROPERTY = Property(
    "buttons-mean-one-thing",
    "A button asks for one action wherever it is listed, and none is ever typed or takes STOP.",
    _settle,
)
