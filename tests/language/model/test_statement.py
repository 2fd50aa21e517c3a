"""Statements of the model: all kinds are listed, a collection is by kind, a slot is taken once a file and scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from optoutlang.language.model.collector import Collector
from optoutlang.language.model.pattern import Pattern, Text
from optoutlang.language.model.statement import (
    ExceptionPhrase,
    Origin,
    Phrase,
    Preference,
    ReplyText,
    Sentence,
    Statement,
)
from optoutlang.language.model.statements import KINDS, Statements
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.runtime.terms.action import Action

PLACE = Place(SourceText("a.optout", "text"), Span(0, 4))


def origin(file: int = 0, scope: str | None = None) -> Origin:
    return Origin(file, scope, PLACE)


def phrase(kind: type[Phrase]) -> Phrase:
    return kind(origin(), Action.OPT_OUT, "en", "stop", Pattern((Text("stop"),)))


def subclasses(kind: type[Statement]) -> Iterator[type[Statement]]:
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def test_every_kind_of_statement_is_listed_and_has_a_label_of_its_own() -> None:
    # `dataclass(slots=True)` makes each class twice; the first of the two is no kind.
    assert {each.__name__ for each in subclasses(Statement)} == {each.__name__ for each in KINDS}
    assert len({kind.label for kind in KINDS}) == len(KINDS)


def test_a_collection_tells_a_sentence_and_an_exception_from_a_phrase() -> None:
    kinds = (ExceptionPhrase, Phrase, Sentence)
    statements = Statements(map(phrase, kinds))

    assert all(statements.of(kind) == (phrase(kind),) for kind in kinds)
    assert [type(each) for each in statements] == [Sentence, Phrase, ExceptionPhrase]


def test_replacing_one_kind_leaves_the_collection_and_the_other_kinds_alone() -> None:
    statements = Statements((phrase(Phrase), phrase(Sentence)))
    changed = statements.replacing(Phrase, ())

    assert changed == Statements((phrase(Sentence),))
    assert statements.of(Phrase) == (phrase(Phrase),)


def test_a_statement_moves_to_another_scope_with_its_file_and_place() -> None:
    moved = phrase(Sentence).in_scope("MX")

    assert (moved.file, moved.scope, moved.place) == (0, "MX", PLACE)
    assert moved.in_scope(None) == phrase(Sentence)


@pytest.mark.parametrize(
    ("second", "is_free"),
    [
        (ReplyText(origin(), Action.OPT_OUT, "en", None), False),
        (ReplyText(origin(), Action.OPT_OUT, "es", None), True),
        (ReplyText(origin(), Action.HELP, "en", None), True),
        (ReplyText(origin(file=1), Action.OPT_OUT, "en", None), True),
        (ReplyText(origin(scope="MX"), Action.OPT_OUT, "en", None), True),
        (Preference(origin(), ("en",)), True),
    ],
)
def test_a_slot_is_taken_once_in_a_file_and_scope(second: Statement, *, is_free: bool) -> None:
    first = ReplyText(origin(), Action.OPT_OUT, "en", "first")
    collector = Collector()
    collector.add_once(first)

    assert collector.add_once(second) is (None if is_free else first)
    assert list(collector.statements) == ([first, second] if is_free else [first])


def test_what_a_file_states_for_a_scope_is_found_by_its_kind() -> None:
    collector = Collector()
    stated = Preference(origin(scope="MX"), ("es",))
    collector.add_once(stated)

    assert collector.stated(Preference, 0, "MX") is stated
    assert collector.stated(Preference, 0, None) is None
    assert collector.stated(Preference, 1, "MX") is None


def test_equal_collections_have_one_hash_and_others_are_unequal() -> None:
    one, two = (Statements([phrase(Phrase), phrase(Sentence)]) for _ in range(2))

    assert one == two
    assert hash(one) == hash(two)
    assert one != Statements([phrase(Sentence)])
    assert one != "no collection"
