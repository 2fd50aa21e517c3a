"""A JSON array of objects, or one array in an object, as message APIs return it. It is read as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from optoutlang.analysis.corpus.jsonl_table import wanted_fields
from optoutlang.analysis.corpus.table import Problem, Row, TableError


class JsonTable:
    """The objects of an array; `number` of a row is its place in it, from 1."""

    def __init__(self, file: BinaryIO, *, total: int | None = None) -> None:
        self._file = file
        self.total = total
        self.done = 0

    def rows(self, wanted: Sequence[str]) -> Iterator[Row | Problem]:
        """Yield every object; a row lacks the columns that its object lacks."""
        try:
            value = json.load(self._file)
        except (ValueError, RecursionError) as error:
            raise TableError(f"no JSON: {str(error).lower()}") from error
        self.done = self.total or 0
        for number, each in enumerate(_array(value), start=1):
            if isinstance(each, dict):
                yield Row(number, wanted_fields(each, wanted))
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
