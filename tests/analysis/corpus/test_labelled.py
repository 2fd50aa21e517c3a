"""Labelled rows: what a line may say, and every line that says it wrongly."""

from __future__ import annotations

import pytest

from optoutlang import Action
from optoutlang.analysis.corpus.labelled import LabelledError, read_labelled

ROW = b"""\
{"text": "Stop", "expect": "opt-out", "country": "us", "language": "ES-us", "kind": "real", "n": [1.5, "\xc3\xa9"]}
"""


def test_a_row_keeps_its_context_and_every_other_field() -> None:
    [row] = read_labelled([b"\n", ROW])
    assert (row.number, row.text, row.expect) == (2, "Stop", Action.OPT_OUT)
    assert (row.country, row.language) == ("US", "es-US")
    assert [row.field(name) for name in ("kind", "n", "nothing")] == ["real", '[1.5, "é"]', ""]


def test_what_is_acceptable_is_right_beside_what_is_expected() -> None:
    [row] = read_labelled([b'{"text": "", "expect": "none", "acceptable": ["help"]}'])
    accepted = [action for action in (None, *Action) if row.accepts(action)]
    assert accepted == [None, Action.HELP]


def test_the_message_may_stand_in_another_field() -> None:
    [row] = read_labelled([b'{"Body": "hi", "text": 1, "expect": "none"}'], text_field="Body")
    assert row.text == "hi"


BAD = {
    b"nope": "not JSON: expecting value: line 1 column 1 (char 0)",
    b"[1]": "not a JSON object",
    b'{"x": "\xff"}': "not UTF-8",
    b'{"x": NaN}': "not JSON: NaN is no JSON value",
    b'{"x": 1e999}': "a number is too large: 1e999",
    b"[" * 200_000: "nested too deeply",
    b"{}": "`text` is missing",
    b'{"text": 1}': "`text` is no string",
    b'{"text": "a"}': "`expect` is missing",
    b'{"text": "a", "expect": "stop"}': "`expect` is none of opt-out, help, opt-in, none: 'stop'",
    b'{"text": "a", "expect": null}': "`expect` is none of opt-out, help, opt-in, none: None",
    b'{"text": "a", "expect": "none", "acceptable": 3}': "`acceptable` is no list",
    b'{"text": "a", "expect": "none", "acceptable": [1]}': "`acceptable` is none of opt-out, help, opt-in, none: 1",
    b'{"text": "a", "expect": "none", "country": 1}': "`country` is no string",
    b'{"text": "a", "expect": "none", "country": "EU"}': "no ISO 3166-1 alpha-2 country code: `EU`",
    b'{"text": "a", "expect": "none", "language": "?"}': "no BCP 47 language tag: `?`",
}


def test_every_bad_line_is_told_at_once() -> None:
    with pytest.raises(LabelledError) as raised:
        read_labelled([ROW, *BAD])
    told = [f"line {number}: {reason}" for number, reason in enumerate(BAD.values(), start=2)]
    assert list(raised.value.problems) == told
