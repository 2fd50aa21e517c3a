"""Decisions as JSON: the objects that `--json` and `--jsonl` print, and the lines that `--jsonl` reads."""

from __future__ import annotations

import json
from dataclasses import dataclass

from optoutlang import Action, Decision

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


class BadLineError(ValueError):
    """A line of input is no message; says why."""


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
        BadLineError: the line is not UTF-8, no JSON, no object, or a field has the wrong type.
    """
    fields = _object(line)
    text = fields.get("text")
    if not isinstance(text, str):
        raise BadLineError("`text` is missing" if "text" not in fields else "`text` is no string")
    return Message(text, _optional(fields, "country"), _optional(fields, "language"), fields)


def _object(line: bytes) -> dict[str, Json]:
    try:
        value: Json = json.loads(
            line.rstrip(b"\r\n").decode("utf-8"), parse_constant=_refuse, parse_float=_finite
        )
    except UnicodeDecodeError as error:
        raise BadLineError("not UTF-8") from error
    except RecursionError as error:
        raise BadLineError("nested too deeply") from error
    except BadLineError:
        raise
    except ValueError as error:
        raise BadLineError(f"not JSON: {str(error).lower()}") from error
    if not isinstance(value, dict):
        raise BadLineError("not a JSON object")
    return value


def _refuse(name: str) -> float:
    raise BadLineError(f"not JSON: {name} is no JSON value")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise BadLineError(f"a number is too large: {digits[:40]}")
    return number


def _optional(fields: dict[str, Json], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise BadLineError(f"`{name}` is no string")
    return value
