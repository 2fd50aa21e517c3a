"""`optout consent`: each subcommand on a store of its own, and bad input as clear errors with nothing lost."""

# ruff: noqa: ARG001 - `filled` makes the store that a command finds in its folder

from __future__ import annotations

import json
import os
import shlex
import sqlite3
import subprocess
from pathlib import Path

import pytest

from optoutlang.interfaces.cli.consent.group import SUMMARIES
from tests.interfaces.cli.runner import START, optout

ONE, TWO = "+15145550100", "+15145550101"
LIST = f"""\
number,state,at
{ONE},opt-out,2026-01-01T12:00:00Z
{TWO},opt-in,2026-01-02
514 555 0102,opt-out,2026-01-01
+15145550103,maybe,2026-01-01
"""


@pytest.fixture
def store(folder: Path) -> Path:
    assert optout("consent", "init").exit_code == 0
    (folder / "list.csv").write_text(LIST)
    (folder / "twice.csv").write_text(f"number,state,number\n{ONE},out,{TWO}\n")
    (folder / "endless.json").write_text('{"1": [1e400, "00"]}')
    return folder / "consent.db"


@pytest.fixture
def filled(store: Path) -> Path:
    assert optout("consent", "import", "list.csv", "--service", "X").exit_code == 1
    return store


def test_help_lists_every_subcommand_with_its_summary() -> None:
    lines = [each.split(maxsplit=1) for each in optout("consent", "--help").stdout.splitlines()]
    assert all([name, summary] in lines for name, summary in SUMMARIES.items())


@pytest.mark.parametrize("name", SUMMARIES)
def test_every_subcommand_has_help_with_examples_that_name_it(name: str) -> None:
    shown = optout("consent", name, "-h").stdout
    assert f"optout consent {name}" in shown.split("Examples:\n")[1]


def test_an_import_takes_what_it_understands_and_lists_the_rest(store: Path) -> None:
    result = optout("consent", "import", "list.csv", "--service", "X", "--rejects", "bad.jsonl")
    assert (result.exit_code, result.stdout) == (
        1,
        "2 imported, 2 rejected, as the batch `list.csv`\n",
    )
    assert "list.csv:4: `514 555 0102` is no phone number" in result.stderr
    assert "list.csv:5: `maybe` does not say" in result.stderr
    kept = [json.loads(each) for each in (store.parent / "bad.jsonl").read_text().splitlines()]
    assert [each["line"] for each in kept] == [4, 5]


def test_an_import_can_be_repeated(filled: Path) -> None:
    before = optout("consent", "stats").stdout
    assert optout("consent", "import", "list.csv", "--service", "X").exit_code == 1
    assert optout("consent", "stats").stdout == before


def test_another_file_under_the_same_name_is_refused(filled: Path) -> None:
    (filled.parent / "list.csv").write_text(LIST + f"{TWO},out,2026-01-03\n")
    result = optout("consent", "import", "list.csv", "--service", "X")
    assert result.exit_code == 2
    assert "--batch" in result.stderr


def test_show_says_what_a_person_wants_and_why(filled: Path) -> None:
    shown = optout("consent", "show", "514-555-0100", "--country", "CA").stdout
    assert shown == (
        f"{ONE}  service:X  sms+mms+rcs: opted-out since 2026-01-01T12:00:00+00:00, "
        "by consent:list.csv:2 (import)\n"
    )
    found = json.loads(optout("consent", "show", ONE, "--json").stdout)
    assert [each["state"] for each in found["scopes"]] == ["opted-out"]
    assert "nothing is known" in optout("consent", "show", "+15145550199").stdout


def test_history_shows_every_record_also_an_undo(filled: Path) -> None:
    undone = optout("consent", "undo", "--batch", "list.csv", "--reason", "wrong", "--by", "Ann")
    assert undone.stdout.startswith("2 events were taken back by undo:")
    shown = optout("consent", "history", ONE).stdout.splitlines()
    assert len(shown) == 2
    assert "import: changed; service:X sms+mms+rcs: unknown -> opted-out" in shown[0]
    assert "operator: undone; `wrong`" in shown[1]
    lines = optout("consent", "history", ONE, "--json").stdout.splitlines()
    assert [json.loads(each)["outcome"] for each in lines] == ["changed", "undone"]


def test_a_dry_run_of_an_undo_changes_nothing(filled: Path) -> None:
    before = optout("consent", "export").stdout
    result = optout("consent", "undo", "--batch", "list.csv", "--reason", "x", "--dry-run")
    assert result.stdout == "2 events would be taken back\n"
    assert optout("consent", "export").stdout == before


def test_export_streams_rows_of_a_state(filled: Path) -> None:
    rows = optout("consent", "export", "--state", "opted-out", "--format", "jsonl").stdout
    assert [json.loads(each)["number"] for each in rows.splitlines()] == [ONE]
    assert optout("consent", "export").stdout.splitlines()[0].startswith("number,scope,channels")


def test_verify_finds_nothing_and_then_what_was_dropped(filled: Path) -> None:
    result = optout("consent", "verify", "--heads", "heads.json")
    assert (result.exit_code, result.stdout) == (
        0,
        "2 records, 2 states: all is as it was written\n",
    )
    assert optout("consent", "verify", "--against", "heads.json").exit_code == 0
    with sqlite3.connect(filled) as connection:
        connection.execute("DELETE FROM consent_audit WHERE number = 1")
    connection.close()
    result = optout("consent", "verify", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["faulty"] > 0


def test_stats_count(filled: Path) -> None:
    found = json.loads(optout("consent", "stats", "--json").stdout)
    assert (found["recipients"], found["records"]) == (2, 2)


def test_a_private_store_is_opened_by_its_keys_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "OPTOUT_CONSENT_INDEX_KEY" in optout("consent", "init", "--private").stderr
    monkeypatch.setenv("OPTOUT_CONSENT_INDEX_KEY", "aW5kZXggaW5kZXggaW5kZXggaW5kZXggaW5kZXggaXg=")
    monkeypatch.setenv("OPTOUT_CONSENT_KEYS", "dGV4dCB0ZXh0IHRleHQgdGV4dCB0ZXh0IHRleHQgdHg=")
    assert "under keys" in optout("consent", "init", "--private").stdout
    (folder / "list.csv").write_text(LIST)
    optout("consent", "import", "list.csv", "--service", "X")
    assert "opted-out" in optout("consent", "show", ONE).stdout
    assert ONE.encode() not in (folder / "consent.db").read_bytes()
    assert "work these off first" in optout("consent", "erase", ONE).stderr
    assert optout("consent", "erase", TWO).stdout.startswith("3 rows lost their texts")
    assert "subscribed" in optout("consent", "show", TWO).stdout
    assert optout("consent", "rotate").stdout.startswith("0 rows were sealed anew")
    assert optout("consent", "retain", "--texts", "1").exit_code == 0
    assert optout("consent", "verify").exit_code == 0
    monkeypatch.delenv("OPTOUT_CONSENT_INDEX_KEY")
    monkeypatch.delenv("OPTOUT_CONSENT_KEYS")
    assert "under keys" in optout("consent", "show", ONE).stderr


BAD = [
    ("show 911", 2, "`911` is no phone number"),
    ("show +15145550100 --store nosuch.db", 3, "there is no store `nosuch.db`"),
    ("show +15145550100 --store list.csv", 3, "list.csv"),
    ("stats --store mysql://x/y", 3, "a store is the path of a file"),
    ("import list.csv", 2, "one of --service, --sender, --account-wide"),
    ("import list.csv --service X --sender A", 2, "one of --service"),
    ("import nosuch.csv --service X", 3, "nosuch.csv"),
    ("import list.txt --service X", 2, "--format csv or jsonl"),
    ("import list.csv --service X --form aws --batch b", 3, "no column is `OptedOutNumber`"),
    ("import list.csv --service X --at yesterday", 2, "is no time"),
    ("import list.csv --service Y", 2, "--batch"),
    ("review message:1", 2, "--accept and --reject"),
    ("review message:1 --accept", 2, "there is no review `message:1`"),
    ("undo --reason x", 2, "never takes back everything"),
    ("verify --against list.csv", 3, "holds no heads"),
    ("verify --against nosuch.json", 3, "nosuch.json"),
    ("rotate", 3, "keeps numbers readable"),
    ("import list.csv --service X --batch a\udcff", 2, "a batch holds the character U+DCFF"),
    ("import list.csv --service a\udcff --batch b", 2, "of a service holds the character U+DCFF"),
    ("review a\udcff --accept", 2, "of a review holds the character U+DCFF"),
    ("undo --batch a\udcff --reason x", 2, "a batch holds the character U+DCFF"),
    ("import list.csv --service '' --batch b", 2, "need a name"),
    ("import list.csv --sender '' --batch b", 2, "need a name"),
    ("import list.csv --service X --batch b --rejects ./list.csv", 2, "would overwrite the list"),
    ("import list.csv --service X --batch b --rejects nowhere/r", 3, "cannot use `nowhere/r`"),
    ("import twice.csv --service X", 3, "two columns are named `number`"),
    ("undo --since 0001-01-01T00:00+23:00 --reason x", 2, "is no time"),
    ("undo --event '' --reason x", 2, "need a name"),
    ("review '' --accept", 2, "one is empty"),
    ("review message:1 --accept --by ''", 2, "one is empty"),
    ("review --limit 99999999999999999999", 2, "is not in the range"),
    ("retain --texts 99999999999", 2, "is not in the range"),
    ("retain", 2, "--texts, --claims or --reviews"),
    ("verify --against endless.json", 3, "holds no heads"),
    ("init --store nowhere/consent.db", 3, "nowhere/consent.db"),
]


@pytest.mark.parametrize(("line", "code", "says"), BAD)
def test_bad_input_is_a_clear_error_and_nothing_is_lost(
    filled: Path, line: str, code: int, says: str
) -> None:
    before = optout("consent", "stats").stdout
    result = optout("consent", *shlex.split(line))
    assert result.exit_code == code, result.output
    assert says in result.stderr
    assert optout("consent", "stats").stdout == before
    assert (filled.parent / "list.csv").read_text() == LIST


BARS = [
    ("import list.csv --service X --batch more", "importing"),
    ("export", "exporting"),
    ("undo --batch list.csv --reason x", "taking back"),
    ("undo --batch list.csv --reason x --dry-run", "counting"),
    ("verify", "verifying"),
    ("stats", "counting"),
    ("retain --texts 1", "letting go"),
]


@pytest.mark.parametrize(("line", "label"), BARS)
def test_what_can_be_long_shows_a_bar_on_a_terminal_alone(
    filled: Path, line: str, label: str
) -> None:
    plain = optout("consent", *line.split())
    assert label not in plain.stderr
    ours, theirs = os.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    command = [*START, "consent", *line.replace("more", "again").split()]
    run = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=theirs, check=False, env=environment
    )
    os.close(theirs)
    shown = os.read(ours, 65_536)
    os.close(ours)
    assert label.encode() in shown
    assert b"Traceback" not in shown
    assert run.returncode == plain.exit_code
