"""Where the fuzzer starts: the vectors and cases of the test suite as bytes, and every finding that was kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from optoutlang.language.driver.compile import check_text, compile_checked
from optoutlang.language.syntax.grammar import names
from optoutlang.runtime.program.artefact import MAGIC, to_bytes
from tests.fuzz.laws import RULES

TESTS = Path(__file__).parents[1]
FINDINGS = Path(__file__).with_name("findings")
LONGEST = {"parse": 1000, "format": 1000, "compile": 1000, "load": 4000, "match": 160}
"""How many bytes an input of each target has at most: short ones run fast, and break what long ones break."""

WORDS = (
    *names(),
    *("country MX", "language es", "prefer", '"', "{brand}", "->", "none", "# ", "(a|b)", "[c]"),
    *("stop", "no more", "enough", "please", "thank you", "who is this", "texting", "take me off"),
    *(
        "“",
        "”",
        "«",
        "»",
        "\n>",
        "'",
        "„",
        "」",
        "\n---x---",
        "\u200b",
        "\u0301",
        "ｓｔｏｐ",
        "退订",
        "หยุด",
        "बंद",
        "alto",
    ),
    *(
        "12345",
        "stooop",
        "Re: ",
        "\nFwd: ",
        "; ",
        "! ",
        "opt-out",
        '"keywords":',
        "null",
        "[[",
        "]]",
    ),
)
"""What rules, messages and artefacts are made of, for the fuzzer's dictionary."""


def seeds(target: str) -> list[bytes]:
    """Return what a target starts from, without repeats, none longer than `LONGEST` says."""
    found = chain(_KINDS[target](), findings(target))
    return [each for each in dict.fromkeys(found) if len(each) <= LONGEST[target]]


def findings(target: str) -> list[bytes]:
    """Return what once broke a target's law."""
    return [each.read_bytes() for each in sorted((FINDINGS / target).glob("*"))]


def dictionary() -> str:
    """Return the words in the form in which libFuzzer reads dictionaries."""
    return "".join(
        '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n' for word in WORDS
    )


def _rule_files() -> Iterator[bytes]:
    """Yield rule files, and each of their lines: a short text is broken in more ways in the same time."""
    for path in sorted(TESTS.rglob("*.optout")):
        yield path.read_bytes()
        yield from path.read_bytes().splitlines()


def _artefacts() -> Iterator[bytes]:
    texts = [RULES.read_text(encoding="utf-8"), 'ruleset a opt-out { phrases "a b" except b }']
    for text in texts:
        artefact = to_bytes(compile_checked(check_text(text)))
        yield artefact
        yield artefact[len(MAGIC) + 65 :]


def _messages() -> Iterator[bytes]:
    texts = (str(case["text"]) for case in _cases() if "text" in case)
    for index, text in enumerate(texts):
        yield bytes([index % 16]) + text.encode("utf-8", "surrogatepass")


def _cases() -> Iterable[dict[str, object]]:
    for folder in (
        "runtime/canonical/vectors",
        "runtime/matcher/cases",
        "language/reference/cases",
        "systems/vectors",
    ):
        for path in sorted((TESTS / folder).rglob("*.jsonl")):
            yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


_KINDS: Mapping[str, Callable[[], Iterator[bytes]]] = {
    "parse": _rule_files,
    "format": _rule_files,
    "compile": _rule_files,
    "load": _artefacts,
    "match": _messages,
}
