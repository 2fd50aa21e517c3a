"""O218 ambiguous-answer: equally strong statements give one word two answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import strongest
from optoutlang.language.model.statement import AnswerKeyword, AnswerSentence

Stated = AnswerKeyword | AnswerSentence


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each keyword or sentence with two answers that nothing stronger settles."""
    stated: dict[tuple[str | None, str], list[Stated]] = defaultdict(list)
    for keyword in subject.ruleset.of(AnswerKeyword):
        stated[keyword.scope, f"keyword {keyword.key}"].append(keyword)
    for sentence in subject.ruleset.of(AnswerSentence):
        for text in sentence.texts():
            stated[sentence.scope, f"sentence {text}"].append(sentence)
    for those in stated.values():
        first, *others = strongest(subject.ruleset, those)
        other = next((each for each in others if each.name != first.name), None)
        if other is not None:
            yield Diagnostic(
                codes.AMBIGUOUS_ANSWER,
                f"`{other.spelling}` has two answers{named(other.scope)}: `{first.name}` and `{other.name}`",
                Label(other.place, f"answered by `{other.name}`"),
                (Label(first.place, f"answered by `{first.name}`"),),
                help="leave it to one of them",
            )
