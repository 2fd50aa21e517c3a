"""What is left of a section with mistakes: the words and replies beside them, and none of the wrong ones."""

from __future__ import annotations

import pytest

from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.model.class_reader import ClassReader
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.frame_reader import FrameReader
from optoutlang.language.model.from_syntax import Loaded, from_syntax
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.runtime_variables import RuntimeVariables
from optoutlang.language.model.section_reader import SectionReader
from optoutlang.language.model.statement import Claim, ReplyText
from optoutlang.language.model.variables import Variables
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.forms import Form
from optoutlang.language.syntax.parse import parse
from optoutlang.language.syntax.tree import Section, WordList
from optoutlang.runtime.terms.action import Action


def read(text: str) -> tuple[Ruleset, tuple[Diagnostic, ...]]:
    tree, found = parse(SourceText("a.optout", text))
    assert not found
    ruleset, wrong = from_syntax((Loaded(tree, ()),))
    return ruleset, tuple(wrong)


@pytest.mark.parametrize(
    ("words", "held", "mistakes"),
    [
        ('"...", QUIT', ["QUIT"], 1),
        ("HELP, QUIT", ["QUIT"], 1),
        ("QUIT, quit, END", ["QUIT", "END"], 1),
        ('QUIT, "!", START, "Q.U.I.T", END', ["QUIT", "END"], 3),
    ],
)
def test_a_wrong_word_does_not_keep_those_behind_it_from_being_read(
    words: str, held: list[str], mistakes: int
) -> None:
    ruleset, found = read(f"opt-out {{ keywords {words} }}")
    assert [each.word for each in ruleset.of(Claim)] == held
    assert len(found) == mistakes


@pytest.mark.parametrize(
    ("text", "is_held"),
    [
        (".", True),
        (" ", False),
        ("\\n", False),
    ],
)
def test_a_reply_says_something(
    text: str,
    is_held: bool,  # noqa: FBT001
) -> None:
    ruleset, found = read(f'opt-out {{ reply "{text}" }}')
    assert [each.text for each in ruleset.of(ReplyText)] == [text] * is_held
    assert len(found) == (not is_held)


def test_a_second_reply_is_an_error_where_it_is_one_and_a_first_one_elsewhere() -> None:
    ruleset, found = read("""
        country MX { opt-out { reply "uno" } }
        country MX, CO { opt-out { reply "dos" } }
    """)
    assert [(each.scope, each.text) for each in ruleset.of(ReplyText)] == [
        ("MX", "uno"),
        ("CO", "dos"),
    ]
    assert len(found) == 1


def test_a_statement_that_stands_in_no_section_is_refused() -> None:
    span = Span(0, 1)
    section = Section(Action.HELP, span, (WordList(Form.FILLER, (), span),), span)
    findings = Findings(SourceText("a.optout", "x"))
    collector = Collector()
    runtime = RuntimeVariables(collector)
    variables = Variables((frozenset(),), runtime)
    classes = ClassReader((frozenset(),), variables, collector)
    frames = FrameReader(0, variables, classes, findings, collector)
    reader = SectionReader(0, variables, runtime, frames, findings, collector)

    with pytest.raises(ValueError, match="`filler` in a section"):
        reader.read(section, (None,), "en", stated=False)
