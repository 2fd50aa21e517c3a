"""Labelled messages: what each should mean, one JSON object a line."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from optoutlang.analysis.corpus.cells import CellError, read_language
from optoutlang.analysis.corpus.columns import Columns
from optoutlang.analysis.corpus.countries import Countries
from optoutlang.analysis.corpus.jsonl import BadRowError, optional_text
from optoutlang.analysis.corpus.jsonl_table import jsonl_rows, wanted_fields
from optoutlang.analysis.corpus.table import Problem, Row
from optoutlang.runtime.terms.action import REQUESTS, Action
from optoutlang.runtime.terms.json import Json

NONE = "none"
LABELS: Mapping[str, Action | None] = {**{each.value: each for each in REQUESTS}, NONE: None}
"""What `expect` may say, and the action that it stands for."""


class LabelledError(ValueError):
    """Rows of labelled messages cannot be read; holds a line of prose for each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and the action that it should get (None: none).

    `acceptable` holds what else is right where reasonable people differ,
    `number` the row's line, from 1, `fields` the whole object, and `file` its file, where there are several.
    """

    number: int
    text: str
    expect: Action | None
    acceptable: frozenset[Action | None] = frozenset()
    country: str | None = None
    language: str | None = None
    fields: Mapping[str, Json] = dataclasses.field(default_factory=dict, hash=False)
    file: str = ""

    def accepts(self, action: Action | None) -> bool:
        """Tell whether an answer is right."""
        return action is self.expect or action in self.acceptable

    def field(self, name: str) -> str:
        """Return a field of the row's object as text: a string as it is, what is missing or null as ``."""
        value = self.fields.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def read_labelled(lines: Iterable[bytes], *, text_field: str = "text") -> tuple[Labelled, ...]:
    """Return the rows of a JSON Lines file; blank lines are none.

    A row has `text` (or the field named), `expect` (opt-out, opt-in, help or none), and if it
    wants `acceptable` (a list of such), `country` (ISO 3166-1), `language` (BCP 47) and more.

    Raises:
        LabelledError: rows are bad; says which and why, all of them.
    """
    columns = Columns(text_field, "country", language="language")
    rows = jsonl_rows(lines, columns.wanted(), whole=True)
    return labelled_rows(rows, Countries(columns), columns)


def labelled_rows(
    rows: Iterable[Row | Problem],
    countries: Countries,
    columns: Columns,
    *,
    country: str | None = None,
    file: str = "",
) -> tuple[Labelled, ...]:
    """Return the labelled messages of whole rows; `country` is that of rows that say none.

    Raises:
        LabelledError: rows are bad; says which and why, all of them.
    """
    read, problems = [], []
    for row in rows:
        try:
            if isinstance(row, Problem):
                raise BadRowError(row.reason)
            read.append(_labelled(row, countries, columns, country, file))
        except ValueError as error:
            place = f"{file}, line {row.number}" if file else f"line {row.number}"
            cell = f": `{error.cell}`" if isinstance(error, CellError) else ""
            problems.append(f"{place}: {error}{cell}")
    if problems:
        raise LabelledError(tuple(problems))
    return tuple(read)


def _labelled(
    row: Row, countries: Countries, columns: Columns, country: str | None, file: str
) -> Labelled:
    text = row.cells.get(columns.text)
    if not isinstance(text, str):
        problem = "no string" if columns.text in row.cells else "missing"
        raise BadRowError(f"`{columns.text}` is {problem}")
    for name in (columns.country, columns.language):
        if name is not None:
            optional_text(row.cells, name)
    placed = countries.of(row)
    if placed.error is not None:
        raise placed.error
    labels = wanted_fields(row.fields, ("expect", "acceptable"))
    if "expect" not in labels:
        raise BadRowError("`expect` is missing")
    language = row.cells.get(columns.language) if columns.language is not None else None
    return Labelled(
        row.number,
        text,
        _label(labels["expect"], "expect"),
        frozenset(_label(each, "acceptable") for each in _acceptable(labels)),
        placed.country or country,
        read_language(language),
        row.fields,
        file,
    )


def _acceptable(labels: Mapping[str, object]) -> list[object]:
    """Return what is acceptable; a table without lists, such as CSV, has words between commas or spaces."""
    given = labels.get("acceptable", [])
    if isinstance(given, list):
        return given
    if given is None or isinstance(given, str):
        return [each for each in re.split(r"[\s,;|]+", given or "") if each]
    raise BadRowError("`acceptable` is no list")


def _label(value: object, name: str) -> Action | None:
    if not isinstance(value, str) or value not in LABELS:
        raise BadRowError(f"`{name}` is none of {', '.join(LABELS)}: {value!r}")
    return LABELS[value]
