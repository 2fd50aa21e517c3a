"""The answer to one message, as a value that can be logged, compared and replayed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from optoutlang.runtime.terms.action import Action, MatchedBy
from optoutlang.runtime.terms.json import Json
from optoutlang.runtime.terms.note import Note
from optoutlang.runtime.terms.reply_text import ReplyVariable, filled


@dataclass(frozen=True, slots=True)
class Decision:
    """What a message means under one artefact.

    `action` is what to do. It is None where the rules only suggest what
    `suggested` then names: nothing is to be done or sent before a person has
    looked (docs/language.md §5, Suggest).

    `keyword` is the keyword or phrase as spelt in the rules, `language` the
    BCP 47 tag that the reply speaks, `country_scope` the country whose scope
    the message was read in (None: the base scope), `reply` the text to send
    (None: send nothing), `rule` the place in the source that decided
    (`file:line`), `digest` the artefact's digest (64 hexadecimal digits), `answer`
    the name of the answer, where that is the action, `topic` the topic that the action
    concerns (None: everything; docs/language.md §5.33). `notes` say what of the
    question was not understood, such as a country that does not exist, and how
    the message was read all the same. `variables` are the values that the reply has
    a place for, written `{name}` in it: `fill` puts them in.
    """

    action: Action | None
    keyword: str
    matched_by: MatchedBy
    language: str
    country_scope: str | None
    reply: str | None
    rule: str
    digest: str
    suggested: Action | None = None
    answer: str | None = None
    notes: tuple[Note, ...] = ()
    topic: str | None = None
    variables: tuple[ReplyVariable, ...] = ()

    def __post_init__(self) -> None:
        if (self.action is None) is (self.suggested is None):
            raise ValueError("a decision acts or suggests, one of the two")
        if self.matched_by is MatchedBy.SIMILAR and self.action is not None:
            raise ValueError("what is only similar to a request is never acted upon")
        if (self.action is Action.ANSWER) is (self.answer is None):
            raise ValueError("an answer has a name, and nothing else has")
        if self.topic is not None and (self.answer is not None or not self.topic):
            raise ValueError("an answer concerns no topic, and a topic has a name")

    def fill(self, values: Mapping[str, str] | None = None, /, **more: str) -> Decision:
        """Return the decision with values in the places of its reply: `decision.fill(name="Ann").reply`.

        `values` and `more` are the values by name, each in place of `{name}`. They may be those of all
        replies: what this one has no place for is left alone.

        Raises:
            TypeError: a value is no str.
            ReplyValueError: one is missing, or longer than the rules allow.
        """
        if self.reply is None or not self.variables:
            return self
        reply = filled(self.reply, self.variables, {**(values or {}), **more})
        return replace(self, reply=reply, variables=())

    @property
    def certain(self) -> bool:
        """Whether the message was nothing but a keyword, spelt as in the rules: exact, or but for filler."""
        return self.matched_by.certain

    @property
    def label(self) -> str:
        """The decision in short, as test cases write it: `opt-out`, `suggest opt-out` or `opt-out topic offers`."""
        if self.answer is not None:
            return f"answer {self.answer}"
        suggest = "suggest " if self.action is None else ""
        topic = "" if self.topic is None else f" topic {self.topic}"
        return f"{suggest}{self.intent.value}{topic}"

    @property
    def intent(self) -> Action:
        """The action that the message asks for, whether it is acted upon or only suggested."""
        action = self.action or self.suggested
        assert action is not None  # noqa: S101  # held by __post_init__
        return action

    def to_dict(self) -> dict[str, Json]:
        """Return everything that the decision says, as values that `json.dumps` takes.

        The keys are those of `optout match --json`: the fields, and `certain`; `answer` and `topic`
        where there is one, and `variables`, the greatest length of each by name, where the reply has any.
        """
        return {
            "action": _value(self.action),
            "suggested": _value(self.suggested),
            "keyword": self.keyword,
            "matched_by": self.matched_by.value,
            "certain": self.certain,
            "language": self.language,
            "country_scope": self.country_scope,
            "notes": [{"code": each.code.value, "given": each.given} for each in self.notes],
            "reply": self.reply,
            "rule": self.rule,
            "digest": self.digest,
            **({} if self.answer is None else {"answer": self.answer}),
            **({} if self.topic is None else {"topic": self.topic}),
            **({"variables": _lengths(self.variables)} if self.variables else {}),
        }

    def to_json(self) -> str:
        """Return `to_dict` as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False)


def decision_object(decision: Decision | None) -> dict[str, Json] | None:
    """Return a decision as the JSON object that every interface writes; None for no decision."""
    return None if decision is None else decision.to_dict()


def _lengths(variables: tuple[ReplyVariable, ...]) -> dict[str, Json]:
    return {each.name: each.longest for each in variables}


def _value(action: Action | None) -> str | None:
    return None if action is None else action.value
