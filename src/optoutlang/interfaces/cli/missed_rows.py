"""`optout scan --missed`: the missed rows as CSV (RFC 4180), with what names each in the system that it is of."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from optoutlang.analysis.corpus.scan import MissedRow
from optoutlang.interfaces.cli.exits import Unreadable, because

COLUMNS = ("file", "row", "country", "asks", "matched_by", "keyword", "language", "already", "text")
"""The columns behind those that name the row."""

_FORMULA = frozenset("=+-@\t\r")
"""How a cell begins that a spreadsheet would calculate: a customer's message is none."""


@contextmanager
def missed_rows(path: Path, ids: Sequence[str]) -> Iterator[Callable[[MissedRow], None]]:
    """Open a file for rows that are written as they come; it stands there when all are, or is as it was.

    Raises:
        Unreadable: the file cannot be written.
    """
    target = path.resolve()
    is_file = (
        target.is_file() or not target.exists()
    )  # a terminal or a pipe is written to, not replaced
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}") if is_file else target
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow((*ids, *COLUMNS))
            yield lambda row: writer.writerow(_cells(row))
        if is_file:
            part.replace(target)
    except OSError as error:
        raise Unreadable(because(error, str(path))) from error
    finally:
        if is_file:
            part.unlink(missing_ok=True)


def _cells(row: MissedRow) -> Iterator[object]:
    decision = row.decision
    yield from row.ids.values()
    yield from (row.file, row.number, row.country, decision.label, decision.matched_by.value)
    yield from (decision.keyword, decision.language, row.done, _plain(row.text))


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in _FORMULA else text
