"""What holds of canonical text for every string, and how it is held: exhaustively, or against the literal reading."""

from __future__ import annotations

import ast
import hashlib
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import optoutlang.runtime.canonical
from optoutlang.runtime.canonical import UNICODE_VERSION, canonical, key, tokens
from tests.runtime.canonical import oracle
from tests.runtime.canonical.nasty import assigned_texts, nasty_texts

EVERY_CODE_POINT = range(sys.maxunicode + 1)
DIGEST_OF_EVERY_CODE_POINT = "d476a145454047d146263f3ce75e00a370e239490020eb59f746f5ab501b830a"
"""SHA-256 of the canonical text of every code point, alone and between letters: the same under every Python."""


def version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))


known_to_the_tables = pytest.mark.skipif(
    version(unicodedata.unidata_version) > version(UNICODE_VERSION),
    reason="this Python knows characters that the tables do not",
)


def each_alone_and_between_letters() -> Iterator[str]:
    for point in EVERY_CODE_POINT:
        yield chr(point)
        yield f"a{chr(point)}a"


@pytest.mark.slow
def test_every_code_point_is_canonical_once_made_so_and_the_same_under_every_python() -> None:
    digest, made = hashlib.sha256(), set()
    for text in each_alone_and_between_letters():
        made.add(canonical_text := canonical(text))
        digest.update(canonical_text.encode() + b"\0")
    assert digest.hexdigest() == DIGEST_OF_EVERY_CODE_POINT
    assert [text for text in made if canonical(text) != text] == []


@pytest.mark.slow
@known_to_the_tables
def test_every_assigned_code_point_has_the_tokens_of_the_literal_reading() -> None:
    unlike = [
        text
        for text in each_alone_and_between_letters()
        if unicodedata.category(text[len(text) // 2]) != "Cn"
        and tokens(text) != oracle.tokens(text)
    ]
    assert unlike == []


@given(nasty_texts)
def test_canonical_text_is_canonical(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
    assert tokens(canonical(text)) == tokens(text)


@known_to_the_tables
@given(assigned_texts)
def test_texts_have_the_tokens_of_the_literal_reading(text: str) -> None:
    assert tokens(text) == oracle.tokens(text)


@given(nasty_texts)
def test_no_token_is_empty_or_holds_a_space(text: str) -> None:
    assert canonical(text).split(" ") == list(tokens(text) or ("",))
    assert all(tokens(text))
    assert key(text) == "".join(tokens(text))


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_has_the_tokens_that_it_has_beside_a_separator_that_is_not_ascii(text: str) -> None:
    assert tokens(text) == tokens(f"{text}\u00a0")


@given(nasty_texts, nasty_texts)
def test_words_with_a_line_between_them_keep_their_tokens(left: str, right: str) -> None:
    words = [each for each in (left, right) if any(map(is_word, tokens(each)))]
    both = sum((tokens(each) for each in words), ())
    assert tokens("\n".join(words)) == both


def is_word(token: str) -> bool:
    return tokens(f"{token} $") == (token,)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("unit", "each"),
    [
        ("stop ", ("stop",)),
        ("ARRÊT ", ("arret",)),
        ("退", ("退",)),
        ("ก\u0e48\u0e38", ("ก\u0e38\u0e48",)),
        ("カ\u3099", ("ガ",)),
        ("''' é ", ("e",)),
    ],
)
def test_long_texts_are_many_short_ones(unit: str, each: tuple[str, ...]) -> None:
    assert tokens(unit * 100_000) == each * 100_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["\u094d\u093c", "\u09c7\u09be", "\u3099", "\u1161", "a'", "\u0301", "'"]
)
def test_long_runs_of_what_jostles_are_canonical_too(unit: str) -> None:
    made = canonical("é" + unit * 100_000)
    assert made.startswith("e")
    assert canonical(made) == made


def test_nothing_but_the_generators_read_this_pythons_unicode_data() -> None:
    readers = []
    for module in Path(optoutlang.runtime.canonical.__file__).parent.glob("*.py"):
        nodes = ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        names = {
            alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names
        }
        readers += [module.name] if "unicodedata" in names else []
    assert sorted(readers) == ["generate.py", "generate_look_alikes.py"]
