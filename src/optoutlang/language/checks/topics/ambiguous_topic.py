"""O802 ambiguous-topic: equally strong statements give one word to two topics, or to two actions of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import strongest
from optoutlang.language.model.topics import TopicKeyword, TopicSentence

Stated = TopicKeyword | TopicSentence


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each keyword or sentence of two topics or actions that nothing stronger settles."""
    stated: dict[tuple[str | None, str], list[Stated]] = defaultdict(list)
    for keyword in subject.ruleset.of(TopicKeyword):
        stated[keyword.scope, f"keyword {keyword.key}"].append(keyword)
    for sentence in subject.ruleset.of(TopicSentence):
        for text in sentence.texts():
            stated[sentence.scope, f"sentence {text}"].append(sentence)
    for those in stated.values():
        first, *others = strongest(subject.ruleset, those)
        other = next((each for each in others if _asked(each) != _asked(first)), None)
        if other is not None:
            yield Diagnostic(
                codes.AMBIGUOUS_TOPIC,
                f"`{other.spelling}` means two things{named(other.scope)}:"
                f" {_asked(first)} and {_asked(other)}",
                Label(other.place, _asked(other)),
                (Label(first.place, _asked(first)),),
                help="leave it to one of them",
            )


def _asked(stated: Stated) -> str:
    return f"{stated.action.value} topic `{stated.topic}`"
