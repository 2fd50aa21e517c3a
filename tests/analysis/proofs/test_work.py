"""How much the proofs do: nothing that was done before is done again. Work is counted, not timed."""

from __future__ import annotations

from collections import Counter

import pytest

from optoutlang.analysis.proofs.properties import additions, isolation, order
from optoutlang.analysis.proofs.subject import Subject
from optoutlang.language.compiler import homonyms
from optoutlang.language.driver.compile import check_path, check_text
from optoutlang.language.packs import pack_path
from optoutlang.language.syntax.parse import parse_once
from optoutlang.runtime.program import Context

EVERYDAY = """
ruleset small language en
ignore everyday-words
language es { opt-out { keywords ALTO, BAJA, PARA } }
country MX { language es { opt-out { keywords SALIR } } }
country DE { language de { opt-out { keywords AUS, ENDE } } }
"""


def _subject(pack: str) -> Subject:
    ruleset = check_path(pack_path(pack)).ruleset
    assert ruleset is not None
    return Subject.of(ruleset)


def test_the_proof_of_order_parses_no_file_again() -> None:
    subject = _subject("ch")
    before = parse_once.cache_info()
    assert order.PROPERTY.settle(subject).witness is None
    after = parse_once.cache_info()
    assert after.misses == before.misses
    assert after.hits >= before.hits + len(subject.source.files)


def test_a_base_is_compared_once_however_many_countries_have_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    subject = _subject("natural")
    compared: Counter[tuple[int, int]] = Counter()
    equal = Context.__eq__

    def counted(one: Context, other: object) -> bool:
        compared[id(one), id(other)] += 1
        return equal(one, other)

    other = Subject.of(subject.source)
    monkeypatch.setattr(Context, "__eq__", counted)
    assert all(subject.has_base_of(other) for _ in range(3))
    assert compared[id(subject.program.base), id(other.program.base)] == 1
    assert not subject.has_base_of(_subject("standard"))


def test_everyday_words_are_worked_out_once_for_the_same_statements(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ruleset = check_text(EVERYDAY).ruleset
    assert ruleset is not None
    subject = Subject.of(ruleset)
    worked_out: Counter[str] = Counter()
    everyday = homonyms.Word.everyday

    def counted(word: homonyms.Word, *rest: object) -> object:
        worked_out["times"] += 1
        return everyday(word, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(homonyms.Word, "everyday", counted)
    assert isolation.PROPERTY.settle(subject).witness is None
    assert not worked_out
    assert additions.PROPERTY.settle(subject).witness is None
    assert worked_out, "a keyword that is added is a statement that was not met before"
