"""The grammar itself: free of conflicts, found wherever the package is, kept to the language reference."""

from __future__ import annotations

from pathlib import Path

import pytest
from lark import Lark

from optoutlang.language.syntax import grammar
from optoutlang.language.syntax.statements import NAMES, RESERVED, STATEMENTS

SOURCE = grammar.grammar_source().read_text(encoding="utf-8")


def test_the_grammar_has_no_conflict_and_no_two_terminals_overlap() -> None:
    strict = Lark(SOURCE, parser="lalr", lexer="basic", strict=True, maybe_placeholders=False)

    assert {rule.origin.name for rule in strict.rules} >= set(grammar.LISTS)


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
