"""O412 unclaimed-reply: a reply to one keyword that can never go out.

The word is no keyword of the action where the reply counts, or one of other
languages alone, which the reply does not speak. Packs are left alone: a
stronger file may take a word away that a pack answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from optoutlang.language.checks.edits import replacing
from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.model.effective import Keyword
from optoutlang.language.model.statement import ReplyText
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.language import lookup_chain


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each reply of the root file to a word that is no keyword of its action and language."""
    for reply in subject.ruleset.of(ReplyText):
        if not reply.key or not subject.is_root(reply):
            continue
        if reply.answer:
            yield from _of_answer(subject, reply)
            continue
        if reply.topic:
            yield from _of_topic(subject, reply)
            continue
        keywords = list(_keywords(subject, reply))
        if not any(_can_send(subject, reply, each) for each in keywords if each.key == reply.key):
            yield _diagnostic(reply, keywords)


def _of_answer(subject: Subject, reply: ReplyText) -> Iterator[Diagnostic]:
    """Yield a diagnostic if the word is no keyword of the reply's answer."""
    words = {
        each.word: each.key
        for scope in subject.contexts(reply.scope)
        for those in subject.tables[scope].answer_keywords.values()
        for each in those
        if each.name == reply.answer
    }
    yield from _unless_claimed(reply, words, f"answer `{reply.answer}`")


def _of_topic(subject: Subject, reply: ReplyText) -> Iterator[Diagnostic]:
    """Yield a diagnostic if the word is no keyword of the reply's topic and action."""
    words = {
        each.word: each.key
        for scope in subject.contexts(reply.scope)
        for those in subject.tables[scope].topic_keywords.values()
        for each in those
        if (each.topic, each.action) == (reply.topic, reply.action)
    }
    yield from _unless_claimed(reply, words, f"{reply.action.value} topic `{reply.topic}`")


def _unless_claimed(
    reply: ReplyText, words: Mapping[str, str], holder: str
) -> Iterator[Diagnostic]:
    if reply.key not in words.values():
        place = reply.word_place or reply.place
        near = closest(reply.word, sorted(words))
        yield Diagnostic(
            codes.UNCLAIMED_REPLY,
            f"`{reply.word}` is no keyword of {holder}{named(reply.scope)}",
            Label(place, "this reply never goes out"),
            help=f"did you mean `{near}`?"
            if near
            else "list it with `keywords`, or take the reply out",
            fix=replacing(place, near) if near else None,
        )


def _keywords(subject: Subject, reply: ReplyText) -> Iterator[Keyword]:
    """Yield the keywords of the reply's action in the contexts where it counts."""
    for scope in subject.contexts(reply.scope):
        for keyword in subject.tables[scope].keywords.values():
            if keyword.action is reply.action:
                yield keyword


def _can_send(subject: Subject, reply: ReplyText, keyword: Keyword) -> bool:
    """Tell whether a message that is a keyword may be answered in the reply's language (docs/language.md §5.19)."""
    chains = [lookup_chain(claim.language) for claim in keyword.claims]
    chains.append(lookup_chain(subject.ruleset.language))
    return keyword.key in PROTECTED_KEYS or any(reply.language in tags for tags in chains)


def _diagnostic(reply: ReplyText, keywords: list[Keyword]) -> Diagnostic:
    place = reply.word_place or reply.place
    claims = [claim for each in keywords if each.key == reply.key for claim in each.claims]
    spoken = ", ".join(f"`{tag}`" for tag in sorted({each.language for each in claims}))
    words = {claim.word for each in keywords for claim in each.claims}
    near = None if claims else closest(reply.word, sorted(words))
    where = f" in {spoken} alone, not in `{reply.language}`" if claims else ""
    no = "a" if claims else "no"
    help_text = f"claim it with `keywords` in `{reply.language}`, or take the reply out"
    return Diagnostic(
        codes.UNCLAIMED_REPLY,
        f"`{reply.word}` is {no} {reply.action.value} keyword{where}{named(reply.scope)}",
        Label(place, "this reply never goes out"),
        tuple(Label(each.place, "claimed here") for each in claims[:1]),
        help=f"did you mean `{near}`?" if near else help_text,
        fix=replacing(place, near) if near else None,
    )
