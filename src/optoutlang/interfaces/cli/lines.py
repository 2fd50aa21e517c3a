"""`optout match --jsonl`: messages of files, or of standard input line by line; the same objects with decisions out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

import click

from optoutlang import Matcher
from optoutlang.analysis.corpus.columns import Columns
from optoutlang.analysis.corpus.countries import Countries
from optoutlang.analysis.corpus.jsonl import BadRowError, optional_text
from optoutlang.analysis.corpus.table import Problem, Row
from optoutlang.interfaces.cli.wire import answer, to_line


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers rows with `matcher`; `country` and `language` are for rows that name none."""

    matcher: Matcher
    columns: Columns
    countries: Countries
    country: str | None = None
    language: str | None = None

    def stream(self, rows: Iterable[Row | Problem], out: BinaryIO, *, file: str = "") -> bool:
        """Answer every row in place, one at a time, so that memory stays that of one; return whether all were good.

        A bad row is named on standard error, with its file if one is given, and answered by its fields, as far as they
        can be read, with an `error`.
        """
        all_good = True
        for row in rows:
            try:
                if isinstance(row, Problem):
                    raise BadRowError(row.reason)
                answered = self._answer(row)
            except ValueError as error:
                place = f"{file}, line {row.number}" if file else f"line {row.number}"
                click.echo(f"{place}: {error}", err=True)
                fields = row.fields if isinstance(row, Row) else {}
                answered = to_line({**fields, "error": str(error), "line": row.number})
                all_good = False
            out.write(answered)
            # A program at the other end may wait for this answer before it sends the next line.
            out.flush()
        return all_good

    def _answer(self, row: Row) -> bytes:
        text = row.cells.get(self.columns.text)
        if not isinstance(text, str):
            problem = "not a string" if self.columns.text in row.cells else "missing"
            raise BadRowError(f"`{self.columns.text}` is {problem}")
        language = optional_text(row.cells, self.columns.language or "")
        decision = self.matcher.match(
            text,
            country=self._country(row),
            language=language if language is not None else self.language,
            payload=optional_text(row.fields, "payload"),
        )
        return answer(row.fields, decision)

    def _country(self, row: Row) -> str | None:
        """Return the country of a row; one that nobody knows goes to the matcher as it is, for the decision's notes."""
        cell = optional_text(row.cells, self.columns.country or "")
        country = self.countries.of(row).country
        if country is not None:
            return country
        return cell if cell is not None else self.country
