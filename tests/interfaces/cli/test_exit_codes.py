"""Every command ends with 0, 1, 2 or 3, says why on standard error, and never shows a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang.interfaces.cli.listing import command_names, listings
from tests.interfaces.cli.runner import optout

FILES = {
    "bad.optout": b"opt-out { remove STOP }",
    "syntax.optout": b"opt-out {",
    "warns.optout": b'test "a" { "stop" -> opt-out "stop" -> opt-out }',
    "bytes.optout": b"\xff",
    "untested.optout": b"ruleset untested",
    "fails.optout": b'test "a" { "hi" -> opt-out }',
    "untidy.optout": b"opt-out{keywords A}",
    "empty.optoutc": b"",
    "broken.optoutc": b"optoutc 6\n" + b"0" * 64 + b"\n{}",
    "empty/notes.txt": b"",
    "rows.jsonl": b'{"text": "no more", "expect": "opt-out"}\n',
    "in.csv": b"text\nSTOP\n",
    "in.data": b"text\nSTOP\n",
    "bad.csv": b"text\n\xff\n",
}

# The command line, and the code that it ends with.
CASES = {
    0: """
        check acme.optout
        check warns.optout
        check --format json acme.optout
        check --format sarif acme.optout
        check --format github acme.optout
        fmt --check acme.optout
        fmt --diff acme.optout
        fmt untidy.optout
        test acme.optout
        compile acme.optout -o out.optoutc
        compile us -o out.optoutc
        inspect acme.optoutc
        match acme.optoutc STOP
        match acme.optout hello
        match us STOP
        match us --jsonl in.csv rows.jsonl
        why acme.optout STOP
        show acme.optout
        measure us rows.jsonl
        measure acme.optout rows.jsonl --against us
        scan us in.csv
        packs
        packs us
        explain O201
        explain PROTECTED-REMOVED
        explain
        explain --list
        explain --search reply
        packs spanish
        show acme.optout --own --grep more
        version
        init
        --help
    """,
    1: """
        check bad.optout
        check syntax.optout
        check bytes.optout
        check --strict warns.optout
        fmt syntax.optout
        fmt bytes.optout
        fmt --check untidy.optout
        fmt --diff untidy.optout
        test fails.optout
        test untested.optout
        test bad.optout
        test acme.optout untested.optout
        compile bad.optout -o out.optoutc
        match bad.optout STOP
        why bad.optout STOP
        show bad.optout
        measure us rows.jsonl --against acme.optout
        scan us bad.csv
    """,
    2: """
        nothing

        check
        check --format xml acme.optout
        fmt
        test
        compile acme.optout
        inspect
        match us
        match us in.data --jsonl
        match - -
        match - --jsonl
        match us STOP --country UK
        match us STOP --country Germany
        match us STOP --language a_
        match us STOP --from 12
        match us STOP --from +80012345678
        match us STOP --from +15145550100 --country US
        why us
        show us --format xml
        measure us
        measure us rows.jsonl --where text
        scan us
        scan us in.csv --column Body
        packs uss
        explain O999
        explain protected-remove
        init --brand {
        init --brand Acme --country UK
        version 1
    """,
    3: """
        scan us in.log
        check absent.optout
        check uss
        check empty
        check absent.optout acme.optout
        fmt absent.optout
        fmt us
        test absent.optout
        test acme.optout --junit absent/report.xml
        compile absent.optout -o out.optoutc
        compile us -o absent/out.optoutc
        compile us -o empty
        inspect absent.optoutc
        inspect empty
        inspect empty.optoutc
        inspect broken.optoutc
        inspect acme.optout
        inspect bad.optout
        match absent.optoutc STOP
        match broken.optoutc STOP
        match empty STOP
        match nowhere STOP
        why empty.optoutc STOP
        show absent/rules
        measure us absent.jsonl
        measure us in.csv
        scan us absent.csv
        scan us in.csv --format parquet
        scan us in.csv --report absent/out.html
        init acme.optout --brand Acme
    """,
}
LINES = [
    (line.split(), code) for code, lines in CASES.items() for line in lines.strip().splitlines()
]


@pytest.mark.usefixtures("artefact")
@pytest.mark.parametrize(
    ("line", "code"), LINES, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_a_command_line_ends_with_its_code(folder: Path, line: list[str], code: int) -> None:
    for name, data in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    result = optout(*line, given="Zap\n\n\n\n" if line == ["init"] else b"")
    assert result.exit_code == code
    assert "Traceback" not in result.output
    if code in (2, 3):
        assert result.stderr
    if line[:1] == ["compile"] and code != 0:
        assert not (folder / "out.optoutc").exists()


@pytest.mark.parametrize("name", command_names())
def test_every_command_has_help_with_examples(name: str) -> None:
    shown = optout(name, "--help").stdout
    assert f"  optout {name}" in shown.partition("Examples:")[2]


def test_the_list_of_commands_has_every_command_and_its_summary() -> None:
    shown = optout("--help").stdout
    assert all(f"{each.name} " in shown and each.summary in shown for each in listings())


def test_a_name_that_is_nearly_a_packs_names_the_pack() -> None:
    assert "did you mean `us`?" in optout("match", "uss", "STOP").stderr
    assert "did you mean `us`?" in optout("packs", "uss").stderr


def test_a_name_that_is_nearly_a_codes_names_the_code() -> None:
    assert "did you mean `O201`?" in optout("explain", "protected-remove").stderr


def test_the_code_that_people_mean_by_uk_is_named() -> None:
    assert "did you mean `GB`?" in optout("match", "us", "x", "--country", "UK").stderr
    assert "two letters" in optout("match", "us", "x", "--country", "XQ7").stderr
