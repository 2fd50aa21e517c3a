"""Classes, guards and frames in the model: limits at and beyond the edge, and which file's name counts."""

from __future__ import annotations

import pytest

from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.model.effective import effective_tables
from optoutlang.language.model.frame_rows import RowPart, rows_of
from optoutlang.language.model.from_syntax import Loaded, from_syntax
from optoutlang.language.model.members import class_texts
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Frame, Guard, WordClass
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.parse import parse
from optoutlang.runtime.terms.side import Side

X = "class x is a, b\n"


def read(*texts: str, uses: tuple[tuple[int, ...], ...] = ()) -> tuple[Ruleset, list[str]]:
    """Return the model of files, weakest first, and the codes of what is wrong with them."""
    graph = uses or tuple(tuple(range(index)) for index in range(len(texts)))
    loaded = []
    for index, text in enumerate(texts):
        tree, found = parse(SourceText(f"{index}.optout", text))
        assert not found, [each.message for each in found]
        loaded.append(Loaded(tree, graph[index]))
    wrong: tuple[Diagnostic, ...]
    ruleset, wrong = from_syntax(tuple(loaded))
    return ruleset, [each.code.id for each in wrong]


def rows(frame: str) -> tuple[tuple[RowPart, ...], ...]:
    ruleset, wrong = read(f'{X}opt-out {{ frames "{frame}" }}')
    assert not wrong
    return rows_of(ruleset.of(Frame)[0].pattern)


def texts(*members: str) -> tuple[str, ...]:
    ruleset, wrong = read(f"class x is {', '.join(members)}")
    assert not wrong
    return class_texts(ruleset.of(WordClass))[0, "x"]


CLASS = RowPart((0, "x"), ())


def test_a_row_has_classes_and_runs_of_words_each_with_the_gap_before_it() -> None:
    assert rows("{x} ..2 say no .. {x}") == (
        (CLASS, RowPart(None, ("say", "no"), 2), RowPart((0, "x"), (), 3)),
    )


def test_options_are_written_out_and_gaps_beside_each_other_add_up() -> None:
    assert rows("{x} ..2 [{x}] ..1 no") == (
        (CLASS, RowPart((0, "x"), (), 2), RowPart(None, ("no",), 1)),
        (CLASS, RowPart(None, ("no",), 3)),
    )
    assert rows("(no|no) [yes|yes]") == ((RowPart(None, ("no", "yes")),), (RowPart(None, ("no",)),))


def test_a_dot_at_an_edge_is_the_sentence_s() -> None:
    ruleset, _ = read(f'{X}help {{ frames ". {{x}}", "{{x}} .", " . {{x}} . ", "{{x}}" }}')
    edges = [(each.begins, each.ends) for each in ruleset.of(Frame)]
    assert edges == [(True, False), (False, True), (True, True), (False, False)]
    assert len({each.pattern for each in ruleset.of(Frame)}) <= 4


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{x}" + " {x}" * 7, None),
        ("{x}" + " {x}" * 8, "O712"),
        ("{x}" + " .. {x}" * 3, None),
        ("{x}" + " ..1 {x}" * 4, "O711"),
        ("{x} ..6 a ..3 {x}", None),
        ("{x} ..6 a ..4 {x}", "O711"),
        ("{x} ..0 a", "O711"),
        ("{x} ..7 a", "O711"),
        ("{x} ..", "O711"),
        (".. {x}", "O711"),
        ("[{x}] .. a", "O711"),
        ("{x} [.. a]", None),
        ("(a|b|c|d)" + "[e]" * 4, None),
        ("(a|b|c|d)" + "[e]" * 5, "O712"),
        ("a b c d e f g h i j k l", None),
        ("a b c d e f g h i j k l m", "O712"),
        ("[a]", "O713"),
        ("", "O713"),
        (".", "O713"),
        ("{x}s", "O710"),
        ("s{x}", "O710"),
        ("'{x}", "O710"),
        ("{x}{x}", "O710"),
        ("{x}..a", "O710"),
        ("({x}|a)b", "O710"),
        ("{x}, a", None),
        ("a. b", "O710"),
        (".{x}", "O710"),
        ("a ... b", "O710"),
        ("a … b", "O710"),
        ("{y}", "O701"),
        ("(a", "O301"),
    ],
)
def test_a_frame_is_taken_up_to_its_limits_and_refused_beyond(frame: str, code: str | None) -> None:
    ruleset, wrong = read(f'{X}opt-out {{ frames "{frame}" }}')

    assert wrong == ([code] if code else [])
    assert len(ruleset.of(Frame)) == (code is None)


def test_members_are_written_out_and_a_class_in_braces_stands_for_each_of_its_members() -> None:
    assert texts('"no (need|reason)"', '"Don\'t"', '"[so] what"') == (
        *("dont", "no need", "no reason", "so what", "what"),
    )
    ruleset, wrong = read('class x is "to {y}", "{y}"\nclass y is "spam*", quit')
    assert not wrong
    found = class_texts(ruleset.of(WordClass))
    assert found[0, "x"] == ("quit", "spam*", "to quit", "to spam*")


@pytest.mark.parametrize(
    ("member", "code"),
    [
        ("a b c d e f g h i j k l", None),
        ("a b c d e f g h i j k l m", "O708"),
        ("(a|b)" * 12, None),
        ("(a|b)" * 13, "O708"),
        ("spa*", None),
        ("s*", "O709"),
        ("stop spa*", None),
        ("spa* stop", "O709"),
        ("*spam", "O709"),
        ("spam *", "O709"),
        ("停订短信*", "O709"),
        ("!", "O707"),
        ("a .. b", "O711"),
        ("{y}s", "O710"),
        ("{z}", "O701"),
        ("{x}", "O704"),
    ],
)
def test_a_member_is_taken_up_to_its_limits_and_refused_beyond(
    member: str, code: str | None
) -> None:
    ruleset, wrong = read(f'class x is "{member}", other\nclass y is last')

    assert wrong == ([code] if code else [])
    assert len(ruleset.of(WordClass)[0].members) == 1 + (code is None)


def test_a_class_has_at_most_20_000_texts() -> None:
    many = ", ".join(f'"{"(a|b)" * 11}{number}"' for number in range(10))
    assert read(f"class x is {many}")[1] == ["O708"]


def test_a_name_means_the_file_s_own_class_else_the_strongest_that_it_uses() -> None:
    frame = 'opt-out { frames "{x}" }'
    ruleset, wrong = read(f"class x is a\n{frame}", f"class x is b\n{frame}", frame)

    assert not wrong
    named = [rows_of(each.pattern)[0][0].word_class for each in ruleset.of(Frame)]
    assert named == [(0, "x"), (1, "x"), (1, "x")]


def test_a_file_does_not_see_the_classes_of_those_that_use_it() -> None:
    assert read('opt-out { frames "{x}" }', X)[1] == ["O701"]


def test_two_equally_strong_files_are_an_error_unless_the_file_states_its_own() -> None:
    uses = ((), (), (0, 1))
    frame = 'opt-out { frames "{x}", "{x} a" }'
    assert read(X, X, frame, uses=uses)[1] == ["O705"]
    assert not read(X, X, f"{X}{frame}", uses=uses)[1]


def test_a_class_goes_before_a_variable_that_the_file_sees() -> None:
    ruleset, wrong = read(
        'let x = "q"\nopt-out { phrases "{x} z" }', f'{X}opt-in {{ frames "{{x}}" }}'
    )
    assert not wrong
    assert rows_of(ruleset.of(Frame)[0].pattern)[0][0].word_class == (1, "x")
    assert read(f'let x = "q"\n{X}opt-in {{ frames "{{x}}" phrases "{{x}} z" }}')[1] == ["O706"]


def test_a_class_in_a_phrase_is_an_error_that_says_where_it_stands() -> None:
    tree, _ = parse(SourceText("a.optout", f'{X}opt-out {{ phrases "{{x}}" frames "{{x}}" }}'))
    _, wrong = from_syntax((Loaded(tree),))
    assert [(each.code.id, each.help) for each in wrong] == [
        ("O110", "`x` is a class, which stands in `frames` and in other classes")
    ]


def test_a_variable_in_a_frame_is_its_value() -> None:
    ruleset, wrong = read('let me = "(me|us)"\nopt-out { frames "stop .. {me}" }')
    assert not wrong
    literal = [row[1].literal for row in rows_of(ruleset.of(Frame)[0].pattern)]
    assert literal == [("me",), ("us",)]


def test_guards_and_needs_hold_for_all_frames_of_their_statement() -> None:
    ruleset, wrong = read(
        f"{X}guard g is x within 20 after\nguard h is x between\n"
        'opt-out { frames "a", "b" unless g, h needs x frames "c" }'
    )
    assert not wrong
    assert [(each.side, each.distance) for each in ruleset.of(Guard)] == [
        (Side.AFTER, 20),
        (Side.BETWEEN, 0),
    ]
    assert [(each.guards, each.needs) for each in ruleset.of(Frame)] == [
        (((0, "g"), (0, "h")), ((0, "x"),)),
        (((0, "g"), (0, "h")), ((0, "x"),)),
        ((), ()),
    ]


@pytest.mark.parametrize("distance", ["0", "21", "two", "1000", "二"])
def test_a_guard_looks_1_to_20_words_far(distance: str) -> None:
    assert read(f"{X}guard g is x within {distance} before")[1] == ["O715"]


def test_a_class_and_a_guard_are_stated_once_a_file_and_may_share_a_name() -> None:
    assert read(f"{X}{X}")[1] == ["O703"]
    assert read(f"{X}guard g is x between\nguard g is x between")[1] == ["O703"]
    assert not read(f"{X}guard x is x between")[1]


def test_frames_speak_their_section_s_language_and_hold_in_their_scope() -> None:
    ruleset, wrong = read(
        f'{X}language es {{ opt-out {{ frames "{{x}}" }} }}\n'
        'country MX { opt-out { frames "b {x}" } }\n'
    )
    assert not wrong
    tables = effective_tables(ruleset)
    assert [each.language for each in tables[None].frames] == ["es"]
    assert [(each.scope, each.language) for each in tables["MX"].frames] == [
        (None, "es"),
        ("MX", "en"),
    ]
    assert "es" in tables[None].languages
