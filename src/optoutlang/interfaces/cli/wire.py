"""Decisions as JSON: the objects that `--json` and `--jsonl` print."""

from __future__ import annotations

import json
from collections.abc import Mapping

from optoutlang import Decision
from optoutlang.runtime.terms.decision import decision_object
from optoutlang.runtime.terms.json import Json


def answer(fields: Mapping[str, Json], decision: Decision | None) -> bytes:
    """Return a line of output: the message's fields as they came, then the decision."""
    kept = {name: value for name, value in fields.items() if name != "decision"}
    return to_line({**kept, "decision": decision_object(decision)})


def to_line(value: dict[str, Json]) -> bytes:
    """Return an object as one line of JSON in UTF-8; lone surrogates, which have no UTF-8, make it ASCII."""
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value).encode() + b"\n"
