"""A JSON array of objects, or one array in an object, as message APIs return it. It is read as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from optoutlang.analysis.corpus.jsonl_table import wanted_fields
from optoutlang.analysis.corpus.table import Problem, Row, TableError


class JsonTable:
    """The objects of an array; `number` of a row is its place in it, from 1."""

    def __init__(
        self, file: BinaryIO, *, total: int | None = None, encoding: str | None = None
    ) -> None:
        """Read JSON from a file; `encoding` None is UTF-8, UTF-16 or UTF-32, as RFC 8259 tells them apart."""
        self._file = file
        self._encoding = encoding
        self.total = total
        self.done = 0

    def rows(
        self, wanted: Sequence[str], *, guesses: Sequence[str] = (), whole: bool = False
    ) -> Iterator[Row | Problem]:
        """Yield every object; a row lacks the columns that its object lacks."""
        try:
            data = self._file.read()
            value = json.loads(data if self._encoding is None else data.decode(self._encoding))
        except (ValueError, RecursionError) as error:
            raise TableError(f"no JSON: {str(error).lower()}") from error
        self.done = self.total or 0
        for number, each in enumerate(_array(value), start=1):
            if isinstance(each, dict):
                cells = wanted_fields(each, (*wanted, *guesses))
                yield Row(number, cells, each if whole else {})
            else:
                yield Problem(number, None, "not a JSON object")


def _array(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    arrays = (
        [each for each in value.values() if isinstance(each, list)]
        if isinstance(value, dict)
        else []
    )
    if len(arrays) != 1:
        raise TableError("no array of messages: give an array, or an object with one array in it")
    return arrays[0]
