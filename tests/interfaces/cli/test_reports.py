"""What `compile`, `inspect`, `why`, `show`, `packs`, `explain` and `version` say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import optoutlang
from optoutlang.interfaces.reports.visible import width
from optoutlang.language.diagnostics.codes import ALL
from optoutlang.language.diagnostics.diagnostic import Code
from optoutlang.language.packs import pack_names, pack_path
from optoutlang.runtime.canonical import UNICODE_VERSION
from tests.interfaces.cli.runner import optout


def test_compile_writes_what_the_library_writes_and_inspect_says_the_same(acme: Path) -> None:
    written = optout("compile", acme, "-o", "out.optoutc").stdout.splitlines()
    data = Path("out.optoutc").read_bytes()
    matcher = optoutlang.load(acme)
    assert data == matcher.to_bytes()
    assert written[0] == f"out.optoutc: {len(data):,} bytes"
    assert f"digest      {matcher.digest}" in written
    assert "countries   US" in written
    inspected = optout("inspect", "out.optoutc").stdout.splitlines()
    (states,) = (each for each in inspected if each.startswith("states "))
    assert states not in written
    inspected.remove(states)
    assert inspected == ["out.optoutc: valid", *written[1:]]


def test_a_failed_compile_leaves_the_old_artefact(artefact: Path, folder: Path) -> None:
    before = artefact.read_bytes()
    (folder / "bad.optout").write_text("opt-out {", encoding="utf-8")
    assert optout("compile", "bad.optout", "-o", artefact).exit_code == 1
    assert artefact.read_bytes() == before


WHY = {
    "stop": [
        "tokens    stop",
        "decision  opt-out in en, by exact match of STOP, in the scope of the base",
    ],
    "please, no more": ["no filler no · more", "rule      acme.optout:7", 'keywords "NO MORE"'],
    "> stop texting me\nalto": ["unquoted  alto", "message   > stop texting me\\nalto"],
    "help": ["reply     nothing is sent", "rule      pack:standard/standard.optout:23"],
    "": ["tokens    none", "decision  none", "fired     nothing"],
}


@pytest.mark.parametrize("text", WHY)
def test_why_says_how_a_message_was_read_and_what_decided(acme: Path, text: str) -> None:
    shown = optout("why", acme, "--", text).stdout
    assert all(part in shown for part in WHY[text])


def test_why_names_each_loser_and_what_it_lost_to(folder: Path) -> None:
    rules = 'opt-out { phrases "stop it" } help { phrases "stop it now" }'
    (folder / "two.optout").write_text(rules, encoding="utf-8")
    fired = optout("why", "two.optout", "stop it now").stdout.partition("fired")[2].splitlines()
    assert len(fired) == 2
    assert fired[0].endswith("decides")
    assert not fired[1].endswith("decides")


def test_why_and_show_say_what_is_tolerated(folder: Path) -> None:
    rules = 'opt-out { tolerate typos, numbers phrases "stpo" }'
    (folder / "near.optout").write_text(rules, encoding="utf-8")
    why = optout("why", "near.optout", "stpo").stdout
    assert "by typo match of STOP" in why
    assert why.splitlines()[-1].endswith("the whole message is `STOP` but for a typo")
    assert "tolerates  numbers, typos" in optout("show", "near.optout").stdout
    shown = json.loads(optout("show", "near.optout", "--format", "json").stdout)
    assert shown["tolerate"] == ["numbers", "typos"]


def test_why_of_an_artefact_has_all_but_the_source_line(acme: Path, artefact: Path) -> None:
    of_source = optout("why", acme, "no more").stdout.splitlines()
    of_artefact = optout("why", artefact, "no more").stdout.splitlines()
    assert [line for line in of_source if line not in of_artefact] == [
        '          opt-out { keywords "NO MORE" }'
    ]


def test_show_has_the_context_that_is_asked_for(acme: Path) -> None:
    base = optout("show", acme).stdout
    country = optout("show", acme, "--country", "us").stdout
    assert base.startswith("acme, the base\n")
    assert country.startswith("acme, country US\n")
    assert "ALTO" in country
    assert "ALTO" not in base
    assert "(nothing is sent)" in base
    assert optout("show", acme, "--country", "GB").stdout == base


def test_show_as_json_has_origins_and_measured_replies(acme: Path) -> None:
    report = json.loads(optout("show", acme, "--country", "US", "--format", "json").stdout)
    assert report["country"] == "US"
    assert {
        "spelling": "NO MORE",
        "action": "opt-out",
        "language": "en",
        "rule": "acme.optout:7",
    } in (report["keywords"])
    assert report["phrases"]
    assert report["exceptions"]
    assert report["filler"] == ["please"]
    replies = {(each["action"], each["language"]): each for each in report["replies"]}
    reply = replies["opt-out", "es"]
    assert reply["encoding"] in {"GSM-7", "UCS-2"}
    assert reply["segments"] >= 1
    assert reply["length"] >= len("Acme: listo")


def test_a_reply_that_is_not_sent_has_no_measure(acme: Path) -> None:
    report = json.loads(optout("show", acme, "--format", "json").stdout)
    silent = [each for each in report["replies"] if each["reply"] is None]
    assert silent == [{"action": "help", "language": "en", "reply": None}]


def test_show_as_markdown_escapes_what_markdown_would_read(folder: Path) -> None:
    (folder / "pipe.optout").write_text('opt-out { phrases "(a|b) me" }', encoding="utf-8")
    shown = optout("show", "pipe.optout", "--format", "markdown").stdout
    assert "| (a\\|b) me | opt-out | en | pipe.optout:1 |" in shown
    rows = [line for line in shown.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {5, 7}


def shown_rows(*options: str) -> dict[str, list[str]]:
    """Return what `show` has of acme in the US, by the kind of entry."""
    arguments = ("show", "acme.optout", "--country", "US", "--format", "json", *options)
    report = json.loads(optout(*arguments).stdout)
    kinds = ("keywords", "phrases", "exceptions")
    return {kind: [each["spelling"] for each in report[kind]] for kind in kinds} | {
        "replies": [each["language"] for each in report["replies"]],
        "filler": report["filler"],
    }


def test_show_has_the_part_that_is_asked_for(acme: Path) -> None:
    assert acme.is_file()
    own = shown_rows("--own")
    assert own == {
        "keywords": ["NO MORE"],
        "phrases": [],
        "exceptions": [],
        "replies": [],
        "filler": [],
    }
    spanish = shown_rows("--language", "es")
    assert {"ALTO", "AYUDA"} <= {*spanish["keywords"]}
    assert {*spanish["replies"]} == {"es"}
    assert "AYUDA" not in shown_rows("--language", "es", "--action", "opt-out")["keywords"]
    assert shown_rows("--grep", "ALT")["keywords"] == ["ALTO"]
    assert shown_rows("--grep", "leas")["filler"] == ["please"]
    assert shown_rows("--grep", "no such text")["keywords"] == []


@pytest.mark.parametrize(
    "command",
    [
        ("show", "natural-es"),
        ("show", "acme.optout", "--country", "US"),
        ("packs",),
        ("packs", "us"),
        ("explain",),
        ("explain", "O201"),
    ],
)
@pytest.mark.parametrize("columns", [40, 80])
def test_no_line_is_wider_than_a_narrow_terminal(
    acme: Path, command: tuple[str, ...], columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert acme.is_file()
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = optout(*command).stdout
    assert shown
    assert [line for line in shown.splitlines() if width(line) > columns] == []


@pytest.mark.parametrize(
    ("words", "packs"),
    [
        (("canada",), {"ca"}),
        (("Spanish",), {"lang-es", "natural-es"}),
        (("write", "french"), {"natural-fr"}),
    ],
)
def test_packs_are_searched_by_words(words: tuple[str, ...], packs: set[str]) -> None:
    shown = optout("packs", *words)
    assert {line.split()[0] for line in shown.stdout.splitlines()} == packs
    found = json.loads(optout("packs", *words, "--format", "json").stdout)["packs"]
    assert {each["name"] for each in found} == packs


def test_a_word_of_no_pack_is_an_error() -> None:
    shown = optout("packs", "qqqqqq")
    assert (shown.exit_code, "no pack has `qqqqqq`" in shown.stderr) == (2, True)


def test_codes_are_searched_and_chosen_by_severity() -> None:
    shown = optout("explain", "--search", "FILLER", "--severity", "error").stdout.splitlines()
    found = {line.split()[0] for line in shown}
    assert {"O305", "O309"} <= found
    assert all(" error " in line for line in shown)
    assert optout("explain").stdout == optout("explain", "--list").stdout


def test_packs_lists_every_pack() -> None:
    shown = optout("packs").stdout.splitlines()
    assert [line.split()[0] for line in shown] == list(pack_names())


def test_a_packs_page_has_its_sources_and_its_file() -> None:
    shown = optout("packs", "us").stdout
    assert "ecfr.gov" in shown
    assert pack_path("us").name in shown.replace("\n", "")


@pytest.mark.parametrize("code", ALL, ids=lambda code: code.id)
def test_every_code_has_a_page_by_number_and_by_name(code: Code) -> None:
    by_number = optout("explain", code.id).stdout
    assert by_number == optout("explain", code.slug).stdout


def test_the_list_of_codes_is_complete() -> None:
    shown = optout("explain", "--list").stdout.splitlines()
    assert [line.split()[0] for line in shown] == [code.id for code in ALL]


def test_version_has_every_version_that_decides() -> None:
    shown = dict(line.split(maxsplit=1) for line in optout("version").stdout.splitlines())
    assert shown["optout"] == optoutlang.__version__
    assert shown["Unicode"] == UNICODE_VERSION
    assert set(shown) == {"optout", "language", "canonical", "Unicode", "core", "Python"}


def test_a_page_says_which_of_two_files_an_example_is() -> None:
    shown = optout("explain", "O810").stdout
    named, using = shown.index("In common.optout:"), shown.index("In the file that uses it:")

    assert named < shown.index('filler "cheers"') < using < shown.index("ruleset acme")
    assert "In the file" not in optout("explain", "O201").stdout
