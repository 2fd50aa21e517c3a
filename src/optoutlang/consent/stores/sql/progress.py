"""The progress of an import: a row that commits with the rows of the file, so that it can go on where it stood."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """An import: its batch, the digest of its file, and how many of the file's rows are in.

    `rows` counts all that were read, `accepted` and `rejected` are its parts.
    """

    batch: str
    file: str
    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    finished: bool = False

    @property
    def row(self) -> dict[str, object]:
        """The row of the table."""
        return {**asdict(self), "finished": int(self.finished)}


def read_progress(row: tuple[Any, ...]) -> ImportProgress:
    """Return the progress of a row of the table."""
    batch, file, rows, accepted, rejected, finished = row
    return ImportProgress(batch, file, rows, accepted, rejected, bool(finished))
