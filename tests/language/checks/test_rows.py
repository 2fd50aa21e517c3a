"""Rows of tokens that share a token in some message, against every message that could show it."""

from __future__ import annotations

from itertools import product

from optoutlang.language.checks.phrases.rows import Row, overlap

ROWS = [row for length in (1, 2, 3) for row in product("ab", repeat=length)]


def _starts(row: Row, message: Row) -> list[int]:
    return [at for at in range(len(message)) if message[at : at + len(row)] == row]


def _overlap_in(message: Row, one: Row, other: Row) -> bool:
    return any(
        start < at + len(other) and at < start + len(one)
        for start in _starts(one, message)
        for at in _starts(other, message)
    )


def test_rows_overlap_if_and_only_if_some_message_holds_both_on_a_common_token() -> None:
    for one, other in product(ROWS, repeat=2):
        longest = len(one) + len(other) - 1
        messages = [
            message for length in range(1, longest + 1) for message in product("ab", repeat=length)
        ]
        shown = any(_overlap_in(message, one, other) for message in messages)

        assert overlap(one, other) is shown, (one, other)
