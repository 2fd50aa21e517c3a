"""Export what everybody wants as CSV or JSON Lines, one row after the other."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from optoutlang.consent.engine.state import Consent, ConsentState

COLUMNS = ("number", "scope", "channels", "topic", "state", "at", "source", "event", "text")


def state_object(state: ConsentState, at: datetime) -> dict[str, str | None]:
    """Return one row of state in words: what the person wants there, since when, and by which event."""
    consent = state.marks.consent(at)
    mark = {
        Consent.OPTED_OUT: state.marks.cause,
        Consent.SUBSCRIBED: state.marks.last_opt_in,
        Consent.PENDING: state.marks.prompted,
        Consent.UNKNOWN: state.marks.ended,
    }[consent]
    return {
        "number": state.key.recipient,
        "scope": str(state.key.scope),
        "channels": state.key.channels.value,
        "topic": state.key.scope.topic or None,
        "state": consent.value,
        "at": None if mark is None else mark.at.astimezone(UTC).isoformat(),
        "source": None if mark is None else mark.source.value,
        "event": None if mark is None else mark.event,
        "text": None if mark is None else mark.text,
    }


def export_list(states: Iterable[ConsentState], kind: str, at: datetime) -> Iterator[str]:
    """Yield the lines of an export of the kind `csv` or `jsonl`, each with its line break."""
    if kind == "csv":
        yield _line(COLUMNS)
    for each in states:
        found = state_object(each, at)
        if kind == "csv":
            yield _line(tuple(found[column] or "" for column in COLUMNS))
        else:
            yield json.dumps(found, ensure_ascii=True) + "\n"


def _line(cells: tuple[str, ...]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
