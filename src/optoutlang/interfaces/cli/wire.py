"""Decisions as JSON: the objects that `--json` and `--jsonl` print, and the lines that `--jsonl` reads."""

from __future__ import annotations

import json
from dataclasses import dataclass

from optoutlang import Decision
from optoutlang.analysis.corpus.columns import TEXT
from optoutlang.analysis.corpus.jsonl import BadRowError, json_object, optional_text
from optoutlang.analysis.corpus.jsonl_table import wanted_fields
from optoutlang.runtime.terms.decision import decision_object
from optoutlang.runtime.terms.json import Json


@dataclass(frozen=True, slots=True)
class Message:
    """One line of input: the message, where it is from, its button's payload, and all fields in their order."""

    text: str
    country: str | None
    language: str | None
    payload: str | None
    fields: dict[str, Json]


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


def read_message(line: bytes, *, column: str = TEXT, country_column: str = "country") -> Message:
    """Return the message of one line; its fields are found as the columns of `optout scan` are.

    Raises:
        BadRowError: the line is not UTF-8, no JSON, no object, or a field has the wrong type.
    """
    fields = json_object(line)
    cells = wanted_fields(fields, (column, country_column))
    text, country = cells.get(column), cells.get(country_column)
    if not isinstance(text, str):
        raise BadRowError(f"`{column}` is {'not a string' if column in cells else 'missing'}")
    if country is not None and not isinstance(country, str):
        raise BadRowError(f"`{country_column}` is no string")
    return Message(
        text,
        country,
        optional_text(fields, "language"),
        optional_text(fields, "payload"),
        fields,
    )
