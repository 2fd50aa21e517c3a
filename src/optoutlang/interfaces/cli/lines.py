"""`optout match --jsonl`: one JSON object a line in, the same object with its decision out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import click

from optoutlang import Matcher
from optoutlang.analysis.corpus.columns import TEXT
from optoutlang.interfaces.cli.exits import ExitCode
from optoutlang.interfaces.cli.wire import Message, answer, read_message, to_line


def stream(
    matcher: Matcher,
    lines: Iterable[bytes],
    out: BinaryIO,
    *,
    country: str | None,
    language: str | None,
    column: str = TEXT,
    country_column: str = "country",
) -> ExitCode:
    """Answer every line in place, one at a time, so that memory stays that of one line.

    `country` and `language` are for lines that name none; a blank line is none. A bad line is named
    on standard error and answered by an `error` object, and the run goes on.
    """
    code = ExitCode.CLEAN
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            message = read_message(line, column=column, country_column=country_column)
            answered = _answer(matcher, message, country=country, language=language)
        except ValueError as error:
            click.echo(f"line {number}: {error}", err=True)
            answered = to_line({"error": str(error)})
            code = ExitCode.FINDINGS
        out.write(answered)
        # A program at the other end may wait for this answer before it sends the next line.
        out.flush()
    return code


def _answer(
    matcher: Matcher, message: Message, *, country: str | None, language: str | None
) -> bytes:
    decision = matcher.match(
        message.text,
        country=message.country if message.country is not None else country,
        language=message.language if message.language is not None else language,
        payload=message.payload,
    )
    return answer(message.fields, decision)
