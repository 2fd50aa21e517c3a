"""The grammar itself: free of conflicts, found wherever the package is, kept to the language reference."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from copy import copy
from itertools import chain, product
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lark import Lark
from lark.grammar import Symbol
from lark.lexer import BasicLexer, LexerThread

from optoutlang.language.source.span import Span
from optoutlang.language.syntax import grammar
from optoutlang.language.syntax.forms import BlockKind, Form, Part
from optoutlang.language.syntax.statements import NAMES, RESERVED, STATEMENTS
from optoutlang.language.syntax.tree import WordList

SOURCE = grammar.grammar_source().read_text(encoding="utf-8")
RULES = Lark(SOURCE, parser="lalr", lexer="basic", maybe_placeholders=False).rules


def test_the_grammar_has_no_conflict_and_no_two_terminals_overlap() -> None:
    strict = Lark(SOURCE, parser="lalr", lexer="basic", strict=True, maybe_placeholders=False)

    assert {rule.origin.name for rule in strict.rules} >= {kind.rule for kind in BlockKind}


@pytest.mark.parametrize("kind", [kind for kind in BlockKind if kind is not BlockKind.TEST])
def test_each_form_has_a_rule_where_it_stands_and_each_rule_a_form(kind: BlockKind) -> None:
    in_table = {shape for form in Form if kind in form.places for shape in _shapes(form)}
    in_grammar = {shape for rule in _choices(kind) for shape in _expansions(rule)}

    assert in_grammar == in_table


def test_test_blocks_hold_no_statement() -> None:
    assert not any(BlockKind.TEST in form.places for form in Form)
    assert _choices(BlockKind.TEST) == ["case"]


@pytest.mark.parametrize("form", Form)
def test_a_form_is_built_as_a_word_list_just_where_the_table_says_so(form: Form) -> None:
    aliases = {
        rule.alias
        for rule in RULES
        if _names(rule.expansion)[: len(form.terminals)] == form.terminals
    }

    assert ("word_list" in aliases) == form.is_word_list


_SYMBOLS: dict[Part, list[tuple[str, ...]]] = {
    Part.NAME: [("name",)],
    Part.NAMES: [("_names",)],
    Part.WORDS: [("_words",)],
    Part.TEXTS: [("_texts",)],
    Part.STRING: [("string",)],
    Part.REPLY: [
        *(("string",), ("NONE",)),
        *(("TO", "_words", "string"), ("TO", "_words", "NONE")),
    ],
    Part.REASON: [(), ("reason",)],
    Part.VALUE: [("EQUALS", "string")],
    Part.LONGEST: [("UP", "TO", "name")],
    Part.LIMIT: [("REPLIES", "TO", "name")],
    Part.MEMBERS: [("IS", "_words")],
    Part.REACH: [("IS", "_names", "reach")],
    Part.CONDITIONS: [(), ("unless",), ("needs",), ("unless", "needs"), ("needs", "unless")],
}


def _shapes(form: Form) -> Iterator[tuple[str, ...]]:
    """Yield the symbols that the table allows for a statement: a block may hold items or none."""
    items = form.block.rule if form.block else ""
    block: list[tuple[str, ...]] = [("LBRACE", items, "RBRACE"), ("LBRACE", "RBRACE")]
    parts = [block if part is Part.BLOCK else _SYMBOLS[part] for part in form.parts]
    for chosen in product(*parts):
        yield (*form.terminals, *chain.from_iterable(chosen))


def _choices(kind: BlockKind) -> list[str]:
    """Return the rules of what stands in a kind of block."""
    return [rule.expansion[0].name for rule in RULES if rule.origin.name == kind.rule]


def _expansions(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the symbols of a rule; a repetition is shown as what it repeats."""
    repeated = {
        rule.origin.name: rule.expansion[0].name
        for rule in RULES
        if "_star_" in rule.origin.name and len(rule.expansion) == 1
    }
    for rule in RULES:
        if rule.origin.name == name:
            yield tuple(repeated.get(symbol, symbol) for symbol in _names(rule.expansion))


def _names(symbols: Sequence[Symbol]) -> tuple[str, ...]:
    return tuple(symbol.name for symbol in symbols)


def test_the_grammar_takes_the_statements_names_as_words() -> None:
    names = ", ".join(grammar.names())
    tree = Lark(SOURCE, parser="lalr", lexer="basic", maybe_placeholders=False).parse(
        f"filler {names}"
    )

    assert len(list(tree.find_data("name"))) == len(grammar.names())


def test_no_terminal_ignores_case() -> None:
    terminals = Lark(SOURCE, parser="lalr", lexer="basic", maybe_placeholders=False).terminals

    assert not any("i" in terminal.pattern.flags for terminal in terminals)


def test_every_statement_of_the_closed_lists_is_a_name_of_the_grammar() -> None:
    assert {grammar.names()[name] for name in NAMES} == STATEMENTS
    assert not RESERVED & set(grammar.names())


def test_a_packaged_grammar_is_taken_before_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "optout.lark").write_text("// packaged\n", encoding="utf-8")
    monkeypatch.setattr(grammar, "files", lambda _package: tmp_path)

    assert grammar.grammar_source().read_text(encoding="utf-8") == "// packaged\n"


def test_in_a_checkout_the_grammar_is_the_one_at_its_top() -> None:
    assert SOURCE.startswith("// The grammar of .optout files")
    assert (Path(__file__).parents[3] / "grammar" / "optout.lark").read_text("utf-8") == SOURCE


def test_the_automaton_changes_nothing_when_it_refuses() -> None:
    automaton = grammar.Automaton()

    assert not automaton.accepts("WORD")
    assert automaton.accepts("USE", "STRING", "$END")
    assert automaton.filling == "file"
    assert automaton.is_complete


@pytest.mark.parametrize("form", [form for form in Form if not form.is_word_list])
def test_a_word_list_is_refused_for_a_form_that_is_none(form: Form) -> None:
    with pytest.raises(ValueError, match="is no list of words"):
        WordList(form, (), Span(0, 0))


# ---- What of Lark is used ------------------------------------------------------------------

LARK = Lark(SOURCE, parser="lalr", lexer="basic", maybe_placeholders=False)
CONFIGURATION = LARK.parse_interactive().parser_state.parse_conf
RULE = LARK.rules[0]
TERMINAL = next(iter(LARK.terminals))

ATTRIBUTES = {
    "terminals": LARK,
    "name": TERMINAL,
    "priority": TERMINAL,
    "pattern": TERMINAL,
    "type": TERMINAL.pattern,
    "value": TERMINAL.pattern,
    "max_width": TERMINAL.pattern,
    "to_regexp": TERMINAL.pattern,
    "parse_interactive": LARK,
    "parser_state": LARK.parse_interactive(),
    "parse_conf": LARK.parse_interactive().parser_state,
    "parse_table": CONFIGURATION,
    "start_state": CONFIGURATION,
    "end_state": CONFIGURATION,
    "callbacks": CONFIGURATION,
    "states": CONFIGURATION.parse_table,
    "expansion": RULE,
    "origin": RULE,
}
"""Every attribute of Lark's objects that the parser uses, most of them not in its documentation, and an owner."""

OWN = {
    *("accepts", "accepts_in_list", "back_to_list", "began", "filling", "is_complete", "start"),
    *("_build", "_computed", "_end", "_fillings", "_follows", "_list_depth", "_moves", "_stack"),
    *("_table", "_values", "move", "reduce", "rows", "rules", "stack"),
    *("FILE", "rule"),
}
"""The attributes of the module's own classes; all others are Python's, or must stand above."""


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_lark_has_the_attribute(attribute: str) -> None:
    assert hasattr(ATTRIBUTES[attribute], attribute)


def test_the_module_uses_no_other_attribute_of_lark() -> None:
    tree = ast.parse(Path(grammar.__file__).read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    python = {*dir(str), *dir(dict), *dir(list), *dir(Path), "compile", "Pattern", "finditer"}
    python |= {"group", "lastgroup", "is_file"}

    assert used - python - OWN - {"type", "value", "name"} <= set(ATTRIBUTES)


def test_a_state_of_the_table_gives_a_shift_as_a_number_and_a_reduction_as_a_rule() -> None:
    targets = [
        action[1] for row in CONFIGURATION.parse_table.states.values() for action in row.values()
    ]
    rules = [each for each in targets if not isinstance(each, int)]

    assert 0 < len(rules) < len(targets)
    assert all(each in CONFIGURATION.callbacks for each in rules)


# ---- The lexer -----------------------------------------------------------------------------


def lark_lex(text: str) -> list[tuple[str, str]]:
    """Return what Lark's own basic lexer makes of a text."""
    configuration = copy(LARK.lexer_conf)
    configuration.ignore = ()
    tokens = LexerThread.from_text(BasicLexer(configuration), text).lex(None)  # type: ignore[no-untyped-call]
    return [(token.type, str(token)) for token in tokens]


PIECES = [
    *("a", "b-", "-", "->", ">", '"', "\\", "\\n", "{", "}", ",", "=", " ", "\t", "\n", "#", "\r"),
    *("“", "”", "‘", "'", "«", "`", "é", "\u200b", "keywords", "opt-out", "remove"),
]


@pytest.mark.slow
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("a->b-->c")
@example('"a\\"b" "c\\')
def test_texts_are_cut_into_the_tokens_of_larks_lexer(text: str) -> None:
    assert list(grammar.lex(text)) == lark_lex(text)


def test_the_good_files_are_cut_into_the_tokens_of_larks_lexer() -> None:
    for path in sorted((Path(__file__).parent / "good").glob("*.optout")):
        text = path.read_text(encoding="utf-8")
        assert list(grammar.lex(text)) == lark_lex(text), path.name
