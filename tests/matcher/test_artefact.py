"""The artefact: the same bytes for the same program, and one typed error for all other bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import pytest

from optoutlang.canonical import TABLES_DIGEST, TABLES_VERSION, UNICODE_VERSION
from optoutlang.matcher.artefact import (
    MAGIC,
    ArtefactError,
    digest,
    from_bytes,
    read,
    to_bytes,
    write,
)
from optoutlang.matcher.look_alike_tables import LOOK_ALIKES_DIGEST
from optoutlang.matcher.program import Context, Program
from tests.compiler.rulesets import program

RULES = """
    opt-out { keywords "NO MORE" phrases "stop (texting|calling) me" except "never stop texting me" reply "Bye." }
    help { phrases "stop texting me" reply none }
    filler "please"
    language es { opt-out { keywords ALTO reply "Adiós 🛑." } }
    country MX, CO { prefer es filler "me" opt-out { remove "NO MORE" } }
    country US { opt-in { keywords YES } }
"""
COMPLETE = f"""{RULES}
    prefer en, es
    suggest phrases
    opt-out {{ keywords JOUURS sentences "take me off" tolerate typos, lookalikes }}
    country MX {{ suggest sentences language fr {{ help {{ reply "Oui." }} }} }}
    country MX {{ opt-out {{ sentences YA phrases "ya basta" except "ya no" reply "Ya." tolerate numbers }} }}
"""
"""Rules with one of everything: no part of an artefact is empty, in the base and in an overlay."""

WIDE = f"""{RULES}
    suggest sentences, phrases
    opt-out {{ tolerate typos, lookalikes, stretches, numbers }}
    opt-in {{ reply "{"ab" * 160}" }}
    country US {{ suggest none }}
"""
"""Rules with as much as may be of what is bounded."""

K = TypeVar("K")
V = TypeVar("V")
Edit = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def sample() -> Program:
    return program(RULES)


def sealed(payload: bytes) -> bytes:
    return MAGIC + sha256(payload).hexdigest().encode() + b"\n" + payload


def content(program: Program) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(to_bytes(program)[len(MAGIC) + 65 :])
    return loaded


def canonical(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("rules", [RULES, COMPLETE, WIDE], ids=["some", "complete", "wide"])
def test_a_program_survives_the_round_trip(rules: str) -> None:
    made = program(rules)
    assert from_bytes(to_bytes(made)) == made


def test_the_digest_is_that_of_the_content(sample: Program) -> None:
    data = to_bytes(sample)

    assert digest(sample) == sha256(data[len(MAGIC) + 65 :]).hexdigest()
    assert digest(sample).encode() == data[len(MAGIC) : len(MAGIC) + 64]


def reverse(table: Mapping[K, V]) -> dict[K, V]:
    return dict(reversed(list(table.items())))


def test_the_bytes_do_not_depend_on_the_order_of_tables() -> None:
    made = program(COMPLETE)

    def backwards(context: Context) -> Context:
        return replace(
            context,
            keywords=reverse(context.keywords),
            sentences=reverse(context.sentences),
            phrases=reverse(context.phrases),
            exceptions=reverse(context.exceptions),
            replies=reverse(context.replies),
        )

    overlays = {code: backwards(each) for code, each in reverse(made.countries).items()}
    other = replace(made, base=backwards(made.base), countries=overlays, typos=reverse(made.typos))
    assert to_bytes(other) == to_bytes(made)


def test_what_rows_mean_stands_in_the_order_of_its_text() -> None:
    found = content(program(COMPLETE))["meanings"]
    assert len(found) > 3
    assert found == sorted(found, key=json.dumps)


def test_an_artefact_begins_with_the_name_and_version_of_its_format(sample: Program) -> None:
    assert to_bytes(sample).startswith(b"optoutc 1\n" + digest(sample).encode() + b"\n{")


def test_the_content_carries_versions_and_sources(sample: Program) -> None:
    found = content(sample)

    assert found["version"] == 1
    assert found["tables"] == [
        *(TABLES_VERSION, TABLES_DIGEST, UNICODE_VERSION),
        LOOK_ALIKES_DIGEST,
    ]
    assert [name for name, _ in found["sources"]] == ["0.optout"]


def test_countries_with_equal_overlays_share_one(sample: Program) -> None:
    found = content(sample)

    assert found["countries"] == {"CO": 0, "MX": 0, "US": 1}
    assert found["overlays"][1].keys() == {"keywords"}


def test_a_reply_is_stored_once() -> None:
    reply = "You will receive no more messages."
    shared = program(
        f'opt-out {{ reply "{reply}" }} language es {{ opt-out {{ reply "{reply}" }} }}'
        f' country MX {{ language fr {{ opt-out {{ reply "{reply}" }} }} }}'
    )

    assert to_bytes(shared).count(reply.encode()) == 1


def test_the_complete_sample_has_every_member_of_a_program_and_of_a_context() -> None:
    found = content(program(COMPLETE))
    mexico = found["overlays"][found["countries"]["MX"]]

    assert all(found.values())
    assert all(found["base"].values())
    assert all(mexico.values())
    assert (
        found["base"].keys() | {"ordinary"} == mexico.keys()
    )  # `jours` is French, a slip elsewhere


@pytest.mark.slow
def test_every_single_bit_flip_is_refused() -> None:
    """Enumerated: each bit of a complete artefact, more than 20,000 (docs/assurance.md)."""
    data = bytearray(to_bytes(program(COMPLETE)))
    assert 8 * len(data) > 20_000
    for bit in range(8 * len(data)):
        data[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ArtefactError):
            from_bytes(bytes(data))
        data[bit // 8] ^= 1 << bit % 8


@pytest.mark.slow
def test_every_resealed_bit_flip_is_refused_or_another_program(sample: Program) -> None:
    payload = bytearray(to_bytes(sample)[len(MAGIC) + 65 :])
    others = 0
    for bit in range(8 * len(payload)):
        payload[bit // 8] ^= 1 << bit % 8
        data = sealed(bytes(payload))
        try:
            found = from_bytes(data)
        except ArtefactError:
            pass
        else:
            assert to_bytes(found) == data
            others += 1
        payload[bit // 8] ^= 1 << bit % 8
    assert others > 0


def test_every_truncation_is_refused(sample: Program) -> None:
    data = to_bytes(sample)
    for length in range(len(data)):
        with pytest.raises(ArtefactError):
            from_bytes(data[:length])
        with pytest.raises(ArtefactError):
            from_bytes(sealed(data[len(MAGIC) + 65 : len(MAGIC) + 65 + length][:-1]))


def put(*path: str | int, value: object) -> Edit:
    """Return an edit that sets what stands at a path, beginning at the content."""

    def edit(content: dict[str, Any]) -> None:
        here: Any = content
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = value

    return edit


STOP = ("base", "keywords", "stop")
PHRASE = ("base", "phrases", "stop texting me")
FORGERIES: dict[str, Edit] = {
    "no members": lambda content: content.clear(),
    "a member too many": put("more", value=1),
    "another language version": put("version", value=2),
    "a version that is a boolean": put("version", value=True),
    "a version that is a fraction": put("version", value=1.0),
    "a huge version": put("version", value=10**400),
    "other tables": put("tables", 1, value="0" * 64),
    "another Unicode version": put("tables", 2, value="1.1.0"),
    "tables that are no list": put("tables", value="tables"),
    "an empty name": put("name", value=""),
    "a name that is a number": put("name", value=1),
    "a lone surrogate": put("name", value="\ud800"),
    "a language in odd casing": put("language", value="EN"),
    "an ill-formed language": put("language", value="e"),
    "a source's digest too short": put("sources", 0, 1, value="00"),
    "a source's digest in capitals": put("sources", 0, 1, value="A" * 64),
    "a source without digest": put("sources", 0, value=["name"]),
    "no sources": put("sources", value=[]),
    "unknown context members": put("base", "more", value=[]),
    "a context that is a list": put("base", value=[]),
    "an empty member": put("overlays", 1, "phrases", value={}),
    "no languages": put("base", "languages", value=[]),
    "a language twice": put("base", "languages", value=["en", "en"]),
    "no preferences": lambda content: content["base"].pop("prefer"),
    "STOP gone": lambda content: content["base"]["keywords"].pop("stop"),
    "STOP taken away in a country": put("overlays", 1, "keywords", "stop", value=None),
    "STOP rebound": put(*STOP, 0, value="help"),
    "STOP rebound in a country": put(
        "overlays", 1, "keywords", "stop", value=["opt-in", [["en", "STOP", 0, 1]]]
    ),
    "an unknown action": put(*STOP, 0, value="opt-down"),
    "an action that is a list": put(*STOP, 0, value=[]),
    "no origins": put(*STOP, 1, value=[]),
    "an origin too short": put(*STOP, 1, 0, value=["en", "STOP", 0]),
    "a source that is not there": put(*STOP, 1, 0, 2, value=1),
    "a negative source": put(*STOP, 1, 0, 2, value=-1),
    "a line without bound": put(*STOP, 1, 0, 3, value=1 << 31),
    "line zero": put(*STOP, 1, 0, 3, value=0),
    "a spelling with another key": put(*STOP, 1, 0, 1, value="STOPP"),
    "a key that is none": put(
        "base", "keywords", "Stop", value=["opt-out", [["en", "STOP", 0, 1]]]
    ),
    "an empty key": put("base", "keywords", "", value=["opt-out", [["en", "!", 0, 1]]]),
    "a keyword taken away from the base": put("base", "keywords", "more", value=None),
    "a keyword taken away that is not there": put("overlays", 1, "keywords", "x", value=None),
    "a phrase not canonical": put(
        "base", "phrases", "Stop me", value=[["help", [["en", "x", 0, 1]]]]
    ),
    "an empty phrase": put("base", "phrases", "", value=0),
    "a phrase taken away from the base": put(*PHRASE, value=None),
    "meanings that are not there": put(*PHRASE, value=99),
    "meanings out of order": lambda content: content["meanings"][
        content["base"]["phrases"]["stop texting me"]
    ].reverse(),
    "an action twice": lambda content: content["meanings"][
        content["base"]["phrases"]["stop texting me"]
    ].append(content["meanings"][content["base"]["phrases"]["stop texting me"]][1]),
    "meanings of nothing": lambda content: content["meanings"].append([]),
    "filler not canonical": put("base", "fillers", value=["Please"]),
    "filler twice": put("base", "fillers", value=["please", "please"]),
    "filler out of order": put("base", "fillers", value=["please", "me"]),
    "a reply too long": put("replies", 0, value="a" * 321),
    "a reply too long in UTF-16": put("replies", 0, value="🛑" * 161),
    "an empty reply": put("replies", 0, value=""),
    "a reply that is not there": put("base", "replies", "opt-out", "en", value=2),
    "a reply that nothing uses": put("replies", value=["Adiós 🛑.", "Bye.", "Nobody says this."]),
    "replies out of order": lambda content: content["replies"].reverse(),
    "an unknown country": put("countries", "UK", value=0),
    "a country in small letters": put("countries", "us", value=0),
    "an overlay that is not there": put("countries", "US", value=2),
    "an overlay that nothing uses": put("countries", "US", value=0),
    "sources out of order": lambda content: content["sources"].append(["", "0" * 64]),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_with_a_right_digest_is_refused(name: str, sample: Program) -> None:
    forged = content(sample)
    assert from_bytes(sealed(canonical(forged))) == sample

    FORGERIES[name](forged)

    with pytest.raises(ArtefactError, match=r"^malformed: (?!None$)."):
        from_bytes(sealed(canonical(forged)))


NO_MORE = ("base", "keywords", "nomore", 1, 0)


def phrase_row(content: dict[str, Any]) -> int:
    row = content["base"]["phrases"]["stop texting me"]
    assert isinstance(row, int)
    return row


REFUSALS: dict[str, tuple[Edit, str]] = {
    "a member too many": (put("more", value=1), "not the members of a program"),
    "another version": (put("version", value=2), "another version of the language"),
    "other tables": (
        put("tables", 1, value="0" * 64),
        "made with other tables of canonical text or look-alike letters",
    ),
    "a context's member too many": (
        put("base", "more", value=[]),
        "not the members of a context",
    ),
    "an unused text": (
        lambda content: content["replies"].append("nobody says this"),
        "not in canonical form",
    ),
    "a sentence not canonical": (
        put("base", "sentences", "Take", value=0),
        "`Take` is not canonical text",
    ),
    "a sentence taken away from nothing": (
        put("overlays", 0, "sentences", "so", value=None),
        "`so` is taken away from nothing",
    ),
    "an unknown way to match": (
        put("base", "suggest", value=["typo"]),
        "suggests by a way to match that is none",
    ),
    "a base that suggests nothing": (put("base", "suggest", value=[]), "suggests nothing"),
    "an unknown tolerance": (put("base", "tolerances", value=["numb"]), "not a tolerance"),
    "a tolerance of the base in a country": (
        put("overlays", 0, "tolerances", value=["typos"]),
        "tolerated in the base already",
    ),
    "ordinary words out of order": (
        put("overlays", 0, "ordinary", value="jours jours"),
        "something is out of order, or listed twice",
    ),
    "slips that are no text": (put("typos", "jouurs", value=1), "not a text"),
    "a slip of nothing": (put("typos", "jouurs", value="jours  jour"), "not a text"),
    "a reply too long": (put("replies", 0, value="a" * 321), "a reply that is too long"),
    "an unknown country": (
        lambda content: [
            content["countries"].update(UK=content["countries"].pop("US")),
            content["certificate"][0][0].__setitem__(3, "UK"),
        ],
        "`UK` is not a country code",
    ),
    "a language twice": (
        put("base", "prefer", value=["en", "en"]),
        "something is listed twice",
    ),
    "a line without bound": (put(*STOP, 1, 0, 3, value=1 << 31), "not a number in its bounds"),
    "line zero": (put(*NO_MORE, 3, value=0), "not a number in its bounds"),
    "a source that is not there": (put(*NO_MORE, 2, value=1), "not a number in its bounds"),
    "a negative row": (put(*PHRASE, value=-1), "not a number in its bounds"),
    "a source's digest too short": (put("sources", 0, 1, value="00"), "not a SHA-256"),
    "meanings out of order": (
        lambda content: content["meanings"][phrase_row(content)].reverse(),
        "meanings out of order, or none",
    ),
    "meanings of nothing": (
        lambda content: content["meanings"][phrase_row(content)].clear(),
        "meanings out of order, or none",
    ),
}
"""What the reader says of content that its certificate bears out."""


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_says_what_is_wrong(name: str) -> None:
    edit, message = REFUSALS[name]
    forged = content(program(COMPLETE))
    mexico = forged["countries"]["MX"]
    forged["overlays"].insert(0, forged["overlays"].pop(mexico))
    forged["countries"] = {
        code: 0 if place == mexico else place + (place < mexico)
        for code, place in forged["countries"].items()
    }
    edit(forged)
    if name == "a line without bound":
        forged["certificate"][0][1]["stop"][2] = 1 << 31

    with pytest.raises(ArtefactError) as refused:
        from_bytes(sealed(canonical(forged)))
    assert str(refused.value) == f"malformed: {message}"


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"null",
        b"\xff",
        b"\xef\xbb\xbf{}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"1" * 5_000,
        b"NaN",
        b"1e999",
        b'"\\ud800"',
    ],
    ids=lambda payload: repr(payload[:8]),
)
def test_what_is_no_program_is_refused(payload: bytes) -> None:
    with pytest.raises(ArtefactError):
        from_bytes(sealed(payload))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'{"base"', b'{ "base"'),
        (b'{"base"', b'{"base":{},"base"'),
        ("ó".encode(), b"\\u00f3"),
        (b'"name":"test"', b'"name":"x","name":"test"'),
    ],
)
def test_another_way_to_write_the_same_is_refused(old: bytes, new: bytes, sample: Program) -> None:
    payload = to_bytes(sample)[len(MAGIC) + 65 :]
    assert old in payload

    with pytest.raises(ArtefactError, match="canonical form"):
        from_bytes(sealed(payload.replace(old, new, 1)))


@pytest.mark.parametrize("data", [b"", b"optoutc 2\n", b"\x80\x04K\x01.", b"ruleset acme"])
def test_other_files_are_told_from_artefacts(data: bytes) -> None:
    with pytest.raises(ArtefactError, match="format 1"):
        from_bytes(data)


def test_a_file_is_written_and_read(tmp_path: Path, sample: Program) -> None:
    path = tmp_path / "rules.optoutc"
    path.write_bytes(b"old")

    write(sample, path)

    assert read(path) == sample
    assert path.read_bytes() == to_bytes(sample)
    assert [each.name for each in tmp_path.iterdir()] == ["rules.optoutc"]


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, sample: Program) -> None:
    target = tmp_path / "rules.optoutc"
    target.mkdir()

    with pytest.raises(OSError, match="directory"):
        write(sample, target)

    assert [each.name for each in tmp_path.iterdir()] == ["rules.optoutc"]


def test_a_write_where_there_is_no_folder_says_so_and_no_more(
    tmp_path: Path, sample: Program
) -> None:
    with pytest.raises(FileNotFoundError) as refused:
        write(sample, tmp_path / "missing" / "rules.optoutc")
    assert refused.value.__context__ is None


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_hash_order() -> None:
    script = (
        "from tests.compiler.rulesets import program\n"
        "from tests.matcher.test_artefact import RULES\n"
        "from optoutlang.matcher.artefact import digest\n"
        "print(digest(program(RULES)))\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in range(4)
    }

    assert len(found) == 1
