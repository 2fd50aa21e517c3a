"""Decisions as JSON: the objects that `--json` and `--jsonl` print, and the lines that `--jsonl` reads."""

from __future__ import annotations

import json
from dataclasses import dataclass

from optoutlang import Action, Decision
from optoutlang.corpus.jsonl import BadRowError, Json, json_object, optional_text

__all__ = ["Json", "Message", "answer", "decision_object", "read_message", "to_line"]


@dataclass(frozen=True, slots=True)
class Message:
    """One line of input: the message, where it is from, and all fields of its object in their order."""

    text: str
    country: str | None
    language: str | None
    fields: dict[str, Json]


def decision_object(decision: Decision | None) -> dict[str, Json] | None:
    """Return a decision as plain values, None for no decision."""
    if decision is None:
        return None
    return {
        "action": _named(decision.action),
        "suggested": _named(decision.suggested),
        "keyword": decision.keyword,
        "matched_by": decision.matched_by.value,
        "certain": decision.certain,
        "language": decision.language,
        "country_scope": decision.country_scope,
        "reply": decision.reply,
        "rule": decision.rule,
        "digest": decision.digest,
    }


def _named(action: Action | None) -> str | None:
    return None if action is None else action.value


def answer(fields: dict[str, Json], decision: Decision | None) -> bytes:
    """Return a line of output: the message's fields as they came, then the decision."""
    kept = {name: value for name, value in fields.items() if name != "decision"}
    return to_line({**kept, "decision": decision_object(decision)})


def to_line(value: dict[str, Json]) -> bytes:
    """Return an object as one line of JSON in UTF-8; lone surrogates, which have no UTF-8, make it ASCII."""
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value).encode() + b"\n"


def read_message(line: bytes) -> Message:
    """Return the message of one line.

    Raises:
        BadRowError: the line is not UTF-8, no JSON, no object, or a field has the wrong type.
    """
    fields = json_object(line)
    text = fields.get("text")
    if not isinstance(text, str):
        raise BadRowError("`text` is missing" if "text" not in fields else "`text` is no string")
    return Message(
        text, optional_text(fields, "country"), optional_text(fields, "language"), fields
    )
