"""What holds for every row of bytes: the laws that the fuzzer tries to break, one for each target.

Plain functions without the fuzzer, so that the test suite holds them for the
seeds and for every finding that was kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from optoutlang.language.diagnostics.diagnostic import CompileError, Severity
from optoutlang.language.driver.compile import check_text, compile_checked
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.reference import decide
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.format import format_source
from optoutlang.language.syntax.parse import parse
from optoutlang.runtime.canonical import UNICODE_VERSION
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program.artefact import MAGIC, ArtefactError, from_bytes, to_bytes
from optoutlang.runtime.terms.action import PROTECTED
from tests.builders.shapes import Shape
from tests.builders.work import growth
from tests.strategies.trees import without_spans

RULES = Path(__file__).with_name("rules.optout")
COUNTRIES = (None, "MX", "IN", "US")
LANGUAGES = (None, "es", "th", "en-GB")
LONGEST_FOR_REFERENCE = 200
"""The reference recurses once for each token, and takes its time."""

MOST_GROWTH = 1.5
"""How much more work a character may be in a message twice as long: what fires in one of them alone costs a little."""


def parse_law(data: bytes) -> None:
    """No text breaks the parser; its tokens joined are the text, and its findings stand in order."""
    text = text_of(data)
    file, found = parse(_source(text))

    assert "".join(each.text for each in file.tokens) == text
    assert all(text[each.span.start : each.span.end] == each.text for each in file.tokens)
    assert list(found) == sorted(found, key=lambda each: each.sort_key)


def format_law(data: bytes) -> None:
    """What can be read can be laid out: the same statements, and laid out again nothing moves."""
    text = text_of(data)
    try:
        after = format_source(_source(text))
    except CompileError:
        assert _mistakes(text)
        return

    before, again = (parse(_source(each))[0] for each in (text, after))
    assert without_spans(again.statements) == without_spans(before.statements)
    assert format_source(_source(after)) == after


def compile_law(data: bytes) -> None:
    """Any text is a ruleset or has errors; a ruleset's artefact comes back, with the protected words in it."""
    checked = check_text(text_of(data))
    if checked.ruleset is None:
        assert any(each.code.severity is Severity.ERROR for each in checked.diagnostics)
        return

    _holds_for_an_artefact(to_bytes(compile_checked(checked)))


def load_law(data: bytes) -> None:
    """Bytes are an artefact, and the only one of their program, or are refused with the typed error.

    If their first part is one, the matcher opens, and decides or refuses so too.
    """
    for artefact in (data, sealed(data)):
        with suppress(ArtefactError):
            matcher = Matcher.from_bytes(artefact)
            matcher.match("STOP", country="MX")
            matcher.match("no word of any rule")
        try:
            from_bytes(artefact)
        except ArtefactError:
            continue
        _holds_for_an_artefact(artefact)


def match_law(data: bytes) -> None:
    """Any message is decided, and explained alike; the reference interpreter says the same."""
    context, text = data[:1], text_of(data[1:])
    country = COUNTRIES[sum(context) % 4]
    language = LANGUAGES[sum(context) // 4 % 4]
    ruleset, matcher = _rules()
    decision = matcher.match(text, country=country, language=language)

    assert matcher.explain(text, country=country, language=language).decision == decision
    if len(text) <= LONGEST_FOR_REFERENCE and _is_known_to_both(text):
        bare = None if decision is None else replace(decision, digest="")
        assert decide(ruleset, text, country=country, language=language) == bare


def growth_law(data: bytes) -> None:
    """Whatever is repeated, the work of a message grows with its length: 2 would be the square.

    The bytes are what is repeated, or three parts between NUL bytes: what
    stands before, what is repeated, what stands behind.
    """
    parts = data.split(b"\0")
    before, unit, behind = map(text_of, parts if len(parts) == 3 else (b"", data, b""))
    if unit:
        _, matcher = _rules()
        shape = Shape("fuzzed", unit, before, behind)
        assert growth(lambda text: matcher.explain(text, country="MX"), shape) < MOST_GROWTH
        assert growth(matcher.match, shape) < MOST_GROWTH


LAWS: Mapping[str, Callable[[bytes], None]] = {
    "parse": parse_law,
    "format": format_law,
    "compile": compile_law,
    "load": load_law,
    "match": match_law,
    "growth": growth_law,
}


def text_of(data: bytes) -> str:
    """Return bytes as text; what is no UTF-8 becomes lone surrogates, so that any `str` may come out."""
    return data.decode("utf-8", "surrogateescape")


def sealed(payload: bytes) -> bytes:
    """Return a payload as an artefact whose digest is right, so that the fuzzer gets past it."""
    return MAGIC + sha256(payload).hexdigest().encode() + b"\n" + payload


def _holds_for_an_artefact(artefact: bytes) -> None:
    matcher = Matcher.from_bytes(artefact)
    assert to_bytes(from_bytes(artefact)) == matcher.to_bytes() == artefact
    for country in (None, *matcher.countries):
        for word, action in PROTECTED.items():
            decision = matcher.match(word, country=country)
            assert decision is not None
            assert decision.action is action


def _mistakes(text: str) -> bool:
    return any(each.code.severity is Severity.ERROR for each in parse(_source(text))[1])


def _source(text: str) -> SourceText:
    return SourceText("any.optout", text)


@cache
def _rules() -> tuple[Ruleset, Matcher]:
    checked = check_text(RULES.read_text(encoding="utf-8"), name=RULES.name)
    assert checked.ruleset is not None, [each.message for each in checked.diagnostics]
    return checked.ruleset, Matcher(compile_checked(checked))


def _is_known_to_both(text: str) -> bool:
    """Tell whether this Python and the tables know the same of all characters: the reference asks Python."""
    if _version(unicodedata.unidata_version) > _version(UNICODE_VERSION):
        return text.isascii()
    return all(unicodedata.category(char) != "Cn" for char in text)


def _version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))
