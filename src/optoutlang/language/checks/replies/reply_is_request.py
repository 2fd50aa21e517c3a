"""O411 reply-is-request: a reply that the rules themselves read as a request.

Two systems that answer each other would go on for ever, or one would opt the
other out. The replies of the root file are asked under all rules, those of
used files under the rules of the root file, as nobody is told about packs
alone. The rules are compiled for it, but only those whose words stand in a
reply; typos of keywords are left to `optout prove`, which asks everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.frame_rows import rows_of
from optoutlang.language.model.members import STEM, ClassTexts, class_texts
from optoutlang.language.model.pattern import ClassName, rows
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    Claim,
    ExceptionPhrase,
    Frame,
    Phrase,
    ReplyText,
    Sentence,
    Statement,
    Toleration,
    WordClass,
)
from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.runtime.canonical import key, tokens
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.action import REQUESTS, Tolerance
from optoutlang.runtime.terms.decision import Decision

Rule = Claim | Phrase | Frame | TopicKeyword | TopicSentence
"""What may read a reply as a request."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each reply that is a request; the ruleset has no error."""
    ruleset = subject.ruleset
    few = ruleset.keeping(_touches_replies(subject))
    if not any(map(subject.is_root, (*ruleset.of(ReplyText), *_rules(few)))):
        return
    matcher = Matcher.without_digest(from_model(few))
    for reply in ruleset.of(ReplyText):
        for scope in _contexts(subject, reply):
            decision = matcher.match(reply.text or "", country=scope)
            if decision is None or decision.action not in REQUESTS:
                continue
            rule = _rule(ruleset, decision)
            if subject.is_root(reply) or subject.is_root(rule):
                yield _diagnostic(subject, reply, rule, decision, scope)
                break


def _contexts(subject: Subject, reply: ReplyText) -> Iterator[str | None]:
    """Yield the contexts in which a reply is asked: where it is sent, or its own scope for a used file's."""
    scopes = subject.contexts(reply.scope) if subject.is_root(reply) else (reply.scope,)
    for scope in scopes:
        if subject.tables[scope].answering(reply) is reply:
            yield scope


def _touches_replies(subject: Subject) -> Callable[[Statement], bool]:
    """Return a test for the statements that may have a say in what the replies mean."""
    ruleset = subject.ruleset
    texts = [(each.text or "", subject.is_root(each)) for each in ruleset.of(ReplyText)]
    # Under rules of used files only the root file's replies are asked, under its own all of them.
    spelt = {
        is_root: "\n".join(key(text) for text, own in texts if own or is_root)
        for is_root in (False, True)
    }
    words = {
        is_root: {token for text, own in texts if own or is_root for token in tokens(text)}
        for is_root in (False, True)
    }
    keys = PROTECTED_KEYS.keys() | {
        each.key for each in ruleset.of(Claim) if each.key in spelt[subject.is_root(each)]
    }

    texts_of = class_texts(ruleset.of(WordClass)) if any(words.values()) else {}
    present = {is_root: _present(texts_of, some) for is_root, some in words.items()}

    def touches(statement: Statement) -> bool:
        if isinstance(statement, Claim):
            return statement.key in keys
        if isinstance(statement, Frame):
            is_root = subject.is_root(statement)
            return bool(words[is_root]) and any(
                all(
                    words[is_root].issuperset(part.literal)
                    if part.word_class is None
                    else part.word_class in present[is_root]
                    for part in row
                )
                for row in rows_of(statement.pattern)
            )
        if isinstance(statement, Phrase):
            is_wide = subject.is_root(statement) or isinstance(statement, ExceptionPhrase)
            some = words[is_wide]
            return bool(some) and any(some.issuperset(row) for row in rows(statement.pattern))
        return not isinstance(statement, Toleration) or statement.tolerance is not Tolerance.TYPOS

    return touches


def _present(texts_of: ClassTexts, words: set[str]) -> set[ClassName]:
    """Return the classes of which some words may have a member."""
    begun = {word[:end] for word in words for end in range(1, len(word) + 1)}
    return {
        name
        for name, texts in texts_of.items()
        if any(words.issuperset(text.split()) or _is_begun(text, words, begun) for text in texts)
    }


def _is_begun(text: str, words: set[str], begun: set[str]) -> bool:
    """Tell whether a text is a stem with which some of the words go on; `begun` are all beginnings of these."""
    if not text.endswith(STEM):
        return False
    *before, stem = text.removesuffix(STEM).split()
    return stem in begun and words.issuperset(before)


def _rules(ruleset: Ruleset) -> tuple[Rule, ...]:
    of_topics: tuple[Rule, ...] = (*ruleset.of(TopicKeyword), *ruleset.of(TopicSentence))
    phrases = (*ruleset.of(Sentence), *ruleset.of(Phrase))
    return (*ruleset.of(Claim), *phrases, *ruleset.of(Frame), *of_topics)


def _rule(ruleset: Ruleset, decision: Decision) -> Rule:
    """Return the statement that a decision names."""
    return next(
        each
        for each in _rules(ruleset)
        if each.place.rule == decision.rule and _spelling(each) == decision.keyword
    )


def _spelling(rule: Rule) -> str:
    return rule.word if isinstance(rule, Claim) else rule.spelling


def _diagnostic(
    subject: Subject,
    reply: ReplyText,
    rule: Rule,
    decision: Decision,
    scope: str | None,
) -> Diagnostic:
    means = f"means {decision.intent.value} ({decision.matched_by.value})"
    name = f"{reply.action.value} reply in `{reply.language}`"
    if subject.is_root(reply):
        message = f"this {name} is itself read as a request{named(scope)}: {means}"
        primary, related = Label(reply.place), Label(rule.place, "is the rule that reads it so")
    else:
        message = f"with this rule the {name} is itself read as a request{named(scope)}: {means}"
        primary, related = Label(rule.place), Label(reply.place, "is the reply")
    return Diagnostic(
        codes.REPLY_IS_REQUEST,
        message,
        primary,
        (related,),
        notes=("a system that answers texts may send it back, and be answered again",),
        help="write the reply in other words, add an `except`, or narrow the rule",
    )
