"""O807 topic-without-reply: words or buttons of a topic that are answered with nothing.

The reply of the section would say that everything ends or begins, so it is
never sent for a topic. Who means to send nothing writes `reply none`.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.button import Button
from optoutlang.language.model.effective import Table
from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.runtime.terms.language import lookup_chain

Stated = TopicKeyword | TopicSentence | Button


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for the first word of the root file that has no reply, of each topic, action and language."""
    seen: set[tuple[object, ...]] = set()
    stated: tuple[Stated, ...] = (
        *subject.ruleset.of(TopicKeyword),
        *subject.ruleset.of(TopicSentence),
        *(each for each in subject.ruleset.of(Button) if each.topic),
    )
    for each in stated:
        where = (each.scope, each.topic, each.action, each.language)
        table = subject.tables[each.scope]
        if subject.is_root(each) and where not in seen and not _is_answered(each, table):
            seen.add(where)
            action = each.action.value
            yield Diagnostic(
                codes.TOPIC_WITHOUT_REPLY,
                f"no {action} reply of topic `{each.topic}` in `{each.language}`{named(each.scope)}:"
                " nothing is sent",
                Label(each.place, "answered with nothing"),
                notes=(f"the `{action}` reply of everything would say too much",),
                help=f"add a `reply` to `{action}` in topic `{each.topic}`, or `reply none`",
            )


def _is_answered(stated: Stated, table: Table) -> bool:
    tags = {*lookup_chain(stated.language), *lookup_chain(table.prefer[-1])}
    keys = {"", stated.key} if isinstance(stated, TopicKeyword) else {""}
    return any(
        (topic, action) == (stated.topic, stated.action) and tag in tags and key in keys
        for topic, action, tag, key in table.topic_replies
    )
