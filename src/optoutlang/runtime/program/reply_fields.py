"""Rows of the table of fields: limits and run-time variables of replies, and buttons (`fields` has the table)."""

from __future__ import annotations

from collections.abc import Mapping

from optoutlang.runtime.program.codecs import (
    write_keywords,
)
from optoutlang.runtime.program.field import Field
from optoutlang.runtime.program.joins import added, before, replacing_if_given
from optoutlang.runtime.program.meaning import Meaning
from optoutlang.runtime.program.reply_codecs import (
    read_buttons,
    read_limit,
    read_runtime,
    write_limit,
    write_runtime,
)

REPLY_LIMITS: Field[int | None, int] = Field(
    name="reply_limit",
    label="limit of replies",
    own=lambda each: each.reply_limit,
    resolved=lambda each: each.reply_limit,
    join=replacing_if_given,
    write=write_limit,
    read=read_limit,
    since=2,
)

RUNTIME: Field[Mapping[str, int], Mapping[str, int]] = Field(
    name="runtime",
    label="run-time variables",
    own=lambda each: each.runtime,
    resolved=lambda each: each.runtime,
    join=added,
    write=write_runtime,
    read=read_runtime,
    since=2,
)

BUTTONS: Field[Mapping[str, Meaning | None], Mapping[str, Meaning]] = Field(
    name="buttons",
    label="buttons",
    own=lambda each: each.buttons,
    resolved=lambda each: each.buttons,
    join=before,
    write=write_keywords,
    read=read_buttons,
    since=2,
)
