"""Labelled messages: what each should mean, one JSON object a line."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from optoutlang.analysis.corpus.jsonl import BadRowError, json_object, optional_text
from optoutlang.runtime.terms.action import REQUESTS, Action
from optoutlang.runtime.terms.country import country_code
from optoutlang.runtime.terms.json import Json
from optoutlang.runtime.terms.language import language_tag

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
    `number` the row's line, from 1, and `fields` the whole object.
    """

    number: int
    text: str
    expect: Action | None
    acceptable: frozenset[Action | None] = frozenset()
    country: str | None = None
    language: str | None = None
    fields: Mapping[str, Json] = dataclasses.field(default_factory=dict, hash=False)

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
    rows, problems = [], []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                rows.append(_row(number, json_object(line), text_field))
            except ValueError as error:
                problems.append(f"line {number}: {error}")
    if problems:
        raise LabelledError(tuple(problems))
    return tuple(rows)


def _row(number: int, fields: dict[str, Json], text_field: str) -> Labelled:
    text = fields.get(text_field)
    if not isinstance(text, str):
        missing = text_field not in fields
        raise BadRowError(f"`{text_field}` is {'missing' if missing else 'no string'}")
    country, language = optional_text(fields, "country"), optional_text(fields, "language")
    if "expect" not in fields:
        raise BadRowError("`expect` is missing")
    acceptable = fields.get("acceptable", [])
    if not isinstance(acceptable, list):
        raise BadRowError("`acceptable` is no list")
    return Labelled(
        number,
        text,
        _label(fields["expect"], "expect"),
        frozenset(_label(each, "acceptable") for each in acceptable),
        None if country is None else country_code(country),
        None if language is None else language_tag(language),
        fields,
    )


def _label(value: Json, name: str) -> Action | None:
    if not isinstance(value, str) or value not in LABELS:
        raise BadRowError(f"`{name}` is none of {', '.join(LABELS)}: {value!r}")
    return LABELS[value]
