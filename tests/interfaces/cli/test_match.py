"""`optout match`: decisions for people, as JSON, and as a stream."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import optoutlang
from tests.interfaces.cli.conftest import ACME
from tests.interfaces.cli.runner import optout

DECISION_FIELDS = [
    "action",
    "suggested",
    "keyword",
    "matched_by",
    "certain",
    "language",
    "country_scope",
    "notes",
    "reply",
    "rule",
    "digest",
]

# Options, message, and how its line begins and ends.
LINES = [
    ("", "Stop.", "opt-out  Stop.", "STOP (exact, en, pack:standard/standard.optout:11)"),
    ("", "no more, please", "opt-out  no more, please", "NO MORE (filler, en, acme.optout:7)"),
    ("", "start", "opt-in   start", ")"),
    ("", "help", "help     help", ")"),
    ("", "hello", "none     hello", "hello"),
    ("", "", "none", "none"),
    ("", "stop\n\x1b[31m", "none     stop\\n\\x1b[31m", "31m"),
    ("--country us", "alto", "opt-out  alto", "es, pack:us/us.optout:44)"),
    ("--country gb", "alto", "none     alto", "alto"),
    ("--from +12125550123", "alto", "opt-out  alto", "es, pack:us/us.optout:44)"),
    ("--country US --language es-MX", "stop", "opt-out  stop", "(exact, es, pack:us/us.optout:11)"),
]


@pytest.mark.parametrize("rules", ["acme.optout", "acme.optoutc"])
@pytest.mark.parametrize(("options", "text", "begins", "ends"), LINES)
@pytest.mark.usefixtures("artefact")
def test_a_message_gets_a_line(rules: str, options: str, text: str, begins: str, ends: str) -> None:
    result = optout("match", rules, *options.split(), "--", text)
    assert result.exit_code == 0
    assert result.stdout.startswith(begins)
    assert result.stdout.endswith(f"{ends}\n")
    assert result.stdout.count("\n") == 1


def test_messages_from_standard_input_are_one_a_line_whatever_their_bytes(acme: Path) -> None:
    shown = optout("match", acme, "-", given=b"STOP\r\n\xff\xfe\n\nhelp").stdout.splitlines()
    assert [line.split()[0] for line in shown] == ["opt-out", "none", "none", "help"]


def test_the_rules_may_come_from_standard_input() -> None:
    shown = optout("match", "-", "no more", given=ACME).stdout
    assert shown.endswith("<stdin>:7)\n")


def test_columns_line_up_under_wide_letters_and_marks(acme: Path) -> None:
    shown = optout("match", acme, "ＳＴＯＰ", "stop", "sto\u0301p").stdout.splitlines()
    assert [line.index("STOP (") for line in shown] == [15, 19, 20]


def test_json_has_the_message_its_context_and_the_whole_decision(acme: Path) -> None:
    result = optout("match", acme, "Alto", "x", "--country", "us", "--language", "es", "--json")
    decided, nothing = map(json.loads, result.stdout.splitlines())
    assert nothing == {"text": "x", "country": "US", "language": "es", "decision": None}
    assert list(decided) == ["text", "country", "language", "decision"]
    assert list(decided["decision"]) == DECISION_FIELDS
    decision = optoutlang.load(acme).match("Alto", country="US", language="es")
    assert decision is not None
    assert decided["decision"] == {
        "action": "opt-out",
        "suggested": None,
        "keyword": "ALTO",
        "matched_by": "exact",
        "certain": True,
        "language": "es",
        "country_scope": "US",
        "notes": [],
        "reply": decision.reply,
        "rule": "pack:us/us.optout:44",
        "digest": optoutlang.load(acme).digest,
    }


def test_a_stream_keeps_every_other_field_and_overwrites_an_old_decision(acme: Path) -> None:
    line = (
        '{"id": 7, "text": "stop", "more": {"a": [1.5, null, "é"]}, "decision": 1, "country": "US"}'
    )
    answer = json.loads(optout("match", acme, "--jsonl", given=line).stdout)
    assert list(answer) == ["id", "text", "more", "country", "decision"]
    assert answer["more"] == {"a": [1.5, None, "é"]}
    assert answer["decision"]["country_scope"] == "US"


def test_a_lines_own_context_goes_before_the_options(acme: Path) -> None:
    lines = (
        '{"text": "alto"}\n{"text": "alto", "country": "GB"}\n{"text": "alto", "country": null}\n'
    )
    shown = optout("match", acme, "--jsonl", "--country", "US", given=lines).stdout.splitlines()
    found = [json.loads(line)["decision"] is not None for line in shown]
    assert found == [True, False, True]


BAD_LINES = {
    b"nope": "not JSON: expecting value: line 1 column 1 (char 0)",
    b"[]": "not a JSON object",
    b"{}": "`text` is missing",
    b'{"text": 1}': "`text` is not a string",
    b'{"text": "a", "country": 1}': "`country` is no string",
    b'{"text": "a", "language": []}': "`language` is no string",
    b'{"text": "a", "x": NaN}': "not JSON: NaN is no JSON value",
    b'{"text": "a", "x": 1e999}': "a number is too large: 1e999",
    b'{"text": "\xff"}': "not UTF-8",
    b"[" * 200_000: "nested too deeply",
}


@pytest.mark.parametrize("line", BAD_LINES, ids=lambda line: line[:30].decode("latin-1"))
def test_a_bad_line_is_answered_in_its_place_and_the_run_goes_on(acme: Path, line: bytes) -> None:
    good = b'{"text": "stop"}'
    result = optout("match", acme, "--jsonl", given=b"\n".join((good, line, good)) + b"\n")
    first, bad, last = map(json.loads, result.stdout.splitlines())
    assert first == last
    assert {name: bad[name] for name in ("error", "line")} == {"error": BAD_LINES[line], "line": 2}
    assert result.stderr == f"line 2: {BAD_LINES[line]}\n"
    assert result.exit_code == 1


def test_a_bad_line_comes_back_with_what_could_be_read_of_it(acme: Path) -> None:
    shown = optout("match", acme, "--jsonl", given='{"id": 7, "txt": "stop"}\n').stdout
    assert json.loads(shown) == {"id": 7, "txt": "stop", "error": "`text` is missing", "line": 1}


def test_a_message_that_runs_from_right_to_left_stays_apart_from_its_keyword() -> None:
    first, second = optout("match", "il", "הסר", "stop", "--country", "IL").stdout.splitlines()
    assert first.startswith("opt-out  \u2068הסר\u2069   \u2068הסר\u2069 (exact, he, ")
    assert second.startswith("opt-out  stop  STOP (exact, ")


def test_a_lone_surrogate_in_a_line_comes_back_as_it_was(acme: Path) -> None:
    result = optout("match", acme, "--jsonl", given=b'{"text": "\\ud800 stop"}\n')
    assert json.loads(result.stdout)["text"] == "\ud800 stop"
    assert result.exit_code == 0


@pytest.mark.parametrize("country", ["EU", "", "Narnia"])
def test_a_line_from_no_country_loses_no_stop(acme: Path, country: str) -> None:
    line = json.dumps({"text": "stop", "country": country})
    result = optout("match", acme, "--jsonl", given=line)
    decision = json.loads(result.stdout)["decision"]
    assert result.exit_code == 0
    assert decision["action"] == "opt-out"
    assert decision["notes"] == [{"code": "unknown-country", "given": country}]


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ({"Body": "stop", "FromCountry": "US"}, ("--country-column", "from_country")),
        ({"message": "x", "reply": "stop", "country": "US"}, ("--column", "Reply")),
    ],
)
def test_fields_are_found_as_columns_are(
    acme: Path, line: dict[str, str], options: tuple[str, ...]
) -> None:
    result = optout("match", acme, "--jsonl", *options, given=f"\n{json.dumps(line)}\n\n")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["decision"]["country_scope"]) == (0, "US")
    assert {**line, "decision": answer["decision"]} == answer
