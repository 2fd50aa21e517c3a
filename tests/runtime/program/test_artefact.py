"""The artefact: the same bytes for the same program, and one typed error for all other bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pytest

from optoutlang.runtime.canonical import TABLES_DIGEST, TABLES_VERSION, UNICODE_VERSION
from optoutlang.runtime.canonical.look_alike_tables import LOOK_ALIKES_DIGEST
from optoutlang.runtime.program import Context, Program
from optoutlang.runtime.program.artefact import (
    MAGIC,
    ArtefactError,
    digest,
    from_bytes,
    to_bytes,
    unseal,
)
from tests.builders.artefacts import COMPLETE, RULES, WIDE, content, sealed
from tests.builders.rulesets import program

K = TypeVar("K")
V = TypeVar("V")


@pytest.fixture(scope="module")
def sample() -> Program:
    return program(RULES)


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
            keyword_replies=reverse(context.keyword_replies),
            answer_keywords=reverse(context.answer_keywords),
            answer_sentences=reverse(context.answer_sentences),
            answer_replies=reverse(context.answer_replies),
            topic_keywords=reverse(context.topic_keywords),
            topic_sentences=reverse(context.topic_sentences),
            topic_replies=reverse(context.topic_replies),
        )

    overlays = {code: backwards(each) for code, each in reverse(made.countries).items()}
    other = replace(made, base=backwards(made.base), countries=overlays, typos=reverse(made.typos))
    assert to_bytes(other) == to_bytes(made)


def test_what_rows_mean_stands_in_the_order_of_its_text() -> None:
    found = content(program(COMPLETE))["meanings"]
    assert len(found) > 3
    assert found == sorted(found, key=json.dumps)


def test_an_artefact_begins_with_the_name_and_version_of_its_format(sample: Program) -> None:
    assert to_bytes(sample).startswith(b"optoutc 6\n" + digest(sample).encode() + b"\n{")


def test_the_content_carries_versions_and_sources(sample: Program) -> None:
    found = content(sample)

    assert found["version"] == 1
    assert found["tables"] == [
        *(TABLES_VERSION, TABLES_DIGEST, UNICODE_VERSION),
        LOOK_ALIKES_DIGEST,
    ]
    assert [name for name, _ in found["sources"]] == ["0.optout"]


def test_a_program_needs_the_first_version_that_says_all_of_it() -> None:
    answered = program('help { reply to INFO "Acme." }')

    assert content(program("help { keywords AIDE }"))["version"] == 1
    assert content(answered)["version"] == 2
    assert content(program('country CA { help { reply to INFO "Acme." } }'))["version"] == 2
    assert from_bytes(to_bytes(answered)) == answered


@pytest.mark.parametrize(
    ("rules", "version"), [("", 2), ('help { reply to INFO "a" }', 1), ("", 3), ("", 0)]
)
def test_another_version_than_the_program_needs_is_refused(rules: str, version: int) -> None:
    needed = content(program(rules))["version"]
    payload = to_bytes(program(rules))[len(MAGIC) + 65 :]
    other = payload.replace(b'"version":%d' % needed, b'"version":%d' % version)
    assert other != payload

    with pytest.raises(ArtefactError, match=r"version|bounds"):
        unseal(sealed(other), check_form=False)


def test_countries_with_equal_overlays_share_one(sample: Program) -> None:
    found = content(sample)

    assert found["countries"] == {"CO": 0, "MX": 0, "US": 1}
    assert found["overlays"][1].keys() == {"answers", "keywords"}


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
    # `jours` is French, a slip elsewhere; Mexico writes no keyword as several words, and has no everyday answer.
    assert found["base"].keys() | {"ordinary"} == mexico.keys() | {"answers", "compounds"}


def test_every_single_bit_flip_is_refused() -> None:
    """Enumerated: each bit of a complete artefact, more than 20,000 (docs/assurance.md)."""
    data = bytearray(to_bytes(program(COMPLETE)))
    assert 8 * len(data) > 20_000
    for bit in range(8 * len(data)):
        data[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ArtefactError):
            from_bytes(bytes(data))
        data[bit // 8] ^= 1 << bit % 8


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


@pytest.mark.parametrize("data", [b"", b"optoutc 3\n", b"\x80\x04K\x01.", b"ruleset acme"])
def test_other_files_are_told_from_artefacts(data: bytes) -> None:
    with pytest.raises(ArtefactError, match="format 6"):
        from_bytes(data)


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_hash_order() -> None:
    script = (
        "from tests.builders.rulesets import program\n"
        "from tests.builders.artefacts import RULES\n"
        "from optoutlang.runtime.program.artefact import digest\n"
        "print(digest(program(RULES)))\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in range(4)
    }

    assert len(found) == 1


def test_the_bytes_of_one_program_are_never_those_of_another(sample: Program) -> None:
    others = [replace(sample, name=f"other{number}") for number in range(3)]
    expected = {each.name: to_bytes(replace(each)) for each in others}

    for _ in range(2):
        for each in (*others, sample, *others):
            assert digest(each).encode() in to_bytes(each)[:90]
            assert to_bytes(each) == expected.get(each.name, to_bytes(sample))
