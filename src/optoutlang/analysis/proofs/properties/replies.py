"""Every reply that can be sent is within the limits (docs/language.md §6)."""

from __future__ import annotations

from collections.abc import Mapping

from optoutlang.analysis.proofs.properties.verdict import Property, Verdict, Witness, enumerated
from optoutlang.analysis.proofs.subject import EVERYWHERE, Subject
from optoutlang.runtime.canonical.gsm import measure
from optoutlang.runtime.terms import PROTECTED, Decision

_Sent = tuple[str, int]
"""A text, with values of the greatest length, and the most UTF-16 code units that it may have where it is sent."""


def _settle(subject: Subject) -> Verdict:
    wishes = (None, *subject.languages)
    answered = _answered(subject)
    words = (*PROTECTED, *answered)
    sent: dict[_Sent, Witness] = {}
    silent = 0
    for country in EVERYWHERE:
        most = subject.program.context(country).reply_limit
        for language in wishes:
            # A protected word belongs to every language, so that these three have every reply to an action.
            for word in words:
                decision = subject.matcher.match(word, country=country, language=language)
                if decision is None or decision.reply is None:
                    silent += 1
                else:
                    sent.setdefault(
                        (_longest(decision), most), Witness("", word, country, language)
                    )
    sent = {**_texts_of_named(subject), **sent}
    cases = len(EVERYWHERE) * len(wishes) * len(words)
    more = f" and {len(answered)} keywords" if answered else ""
    texts = sorted({text for text, _ in sent})
    longest = max(texts, key=_length, default="")
    limits = " or ".join(map(str, sorted({most for _, most in sent})))
    ground = enumerated(
        cases,
        f"replies: {len(EVERYWHERE)} countries x {len(wishes)} languages x 3 actions{more}; "
        f"{len(texts)} different texts (the longest has {_length(longest)} of {limits} code units), "
        f"{silent:,} times nothing is sent",
    )
    details = tuple(f"{measure(text).segments} segments: {text}" for text in texts)
    return Verdict((ground,), _wrong(sent), details)


def _answered(subject: Subject) -> list[str]:
    """Return a spelling of each keyword that has a reply of its own in some context."""
    spellings: dict[str, str] = {}
    for context in subject.program.contexts().values():
        for _, _, key in context.keyword_replies:
            meaning = context.keywords.get(key)
            if meaning is not None and key not in spellings:
                spellings[key] = meaning.origins[0].spelling
    return [spellings[key] for key in sorted(spellings)]


def _texts_of_named(subject: Subject) -> dict[_Sent, Witness]:
    """Return every text that an answer or a topic may send, with one of its keywords, sentences or buttons."""
    found: dict[_Sent, Witness] = {}
    for country, context in subject.program.contexts().items():
        buttons = [*context.buttons.values()]
        entries = [*context.answer_keywords.values()]
        entries += [each for those in context.answer_sentences.values() for each in those]
        asking = {each.answer: each.origins[0].spelling for each in (*buttons, *entries)}
        for (name, language, _), text in context.answer_replies.items():
            if text is not None and name in asking:
                # A value of the greatest length may stand in each place.
                longest = _with_values(text, context.runtime)
                witness = Witness("", asking[name], country, language)
                found.setdefault((longest, context.reply_limit), witness)
        of_topics = [*context.topic_keywords.values()]
        of_topics += [each for those in context.topic_sentences.values() for each in those]
        of_topics = [*buttons, *of_topics]
        words = {(each.topic, each.action): each.origins[0].spelling for each in of_topics}
        for (topic, action, language, _), text in context.topic_replies.items():
            if text is not None and (topic, action) in words:
                longest = _with_values(text, context.runtime)
                witness = Witness("", words[topic, action], country, language)
                found.setdefault((longest, context.reply_limit), witness)
    return found


def _longest(decision: Decision) -> str:
    """Return a reply with values of the greatest length."""
    return _with_values(
        decision.reply or "", {each.name: each.longest for each in decision.variables}
    )


def _with_values(text: str, lengths: Mapping[str, int]) -> str:
    for name, longest in lengths.items():
        text = text.replace(f"{{{name}}}", "x" * longest)
    return text


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _wrong(sent: Mapping[_Sent, Witness]) -> Witness | None:
    for (text, most), each in sent.items():
        if not text.strip() or _length(text) > most:
            wrong = f"is answered with {_length(text)} code units; {most} is the most"
            wrong = wrong if text.strip() else "is answered with an empty text"
            return Witness(wrong, each.message, each.country, each.language)
    return None


PROPERTY = Property(
    "replies-within-limits", "Every reply that can be sent is within the limits.", _settle
)
