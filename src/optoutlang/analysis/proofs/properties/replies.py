"""Every reply that can be sent is within the limits (docs/language.md §6)."""

from __future__ import annotations

from optoutlang.analysis.proofs.properties.verdict import Property, Verdict, Witness, enumerated
from optoutlang.analysis.proofs.subject import EVERYWHERE, Subject
from optoutlang.runtime.canonical.gsm import measure
from optoutlang.runtime.terms.action import PROTECTED

LIMIT = 320
"""The most UTF-16 code units of a reply, written down a second time."""


def _settle(subject: Subject) -> Verdict:
    wishes = (None, *subject.languages)
    sent: dict[str, Witness] = {}
    silent = 0
    for country in EVERYWHERE:
        for language in wishes:
            # A protected word belongs to every language, so that these three have every reply there is.
            for word in PROTECTED:
                decision = subject.matcher.match(word, country=country, language=language)
                if decision is None or decision.reply is None:
                    silent += 1
                else:
                    sent.setdefault(decision.reply, Witness("", word, country, language))
    cases = len(EVERYWHERE) * len(wishes) * len(PROTECTED)
    longest = max(sent, key=_length, default="")
    ground = enumerated(
        cases,
        f"replies: {len(EVERYWHERE)} countries x {len(wishes)} languages x 3 actions; {len(sent)} different texts "
        f"(the longest has {_length(longest)} of {LIMIT} code units), {silent:,} times nothing is sent",
    )
    details = tuple(f"{measure(text).segments} segments: {text}" for text in sorted(sent))
    return Verdict((ground,), _wrong(sent), details)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _wrong(sent: dict[str, Witness]) -> Witness | None:
    for text, each in sent.items():
        if not text.strip() or _length(text) > LIMIT:
            said = f"is answered with {_length(text)} code units; {LIMIT} is the most"
            said = said if text.strip() else "is answered with an empty text"
            return Witness(said, each.message, each.country, each.language)
    return None


PROPERTY = Property(
    "replies-within-limits", "Every reply that can be sent is within the limits.", _settle
)
