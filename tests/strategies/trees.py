"""Syntax trees of every shape: printed by the formatter, they are rule files.

The trees are well-formed, not sensible: a `country` may be no country, a
keyword may be anything. Spans are empty; compare trees by `without_spans`.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from hypothesis import strategies as st

from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.format import format_file
from optoutlang.language.syntax.forms import BlockKind, Form, Part
from optoutlang.language.syntax.grammar import names
from optoutlang.language.syntax.tree import (
    Allow,
    AnswerBlock,
    ClassStatement,
    CountryBlock,
    File,
    Frames,
    GuardStatement,
    LanguageBlock,
    Let,
    Limit,
    Reply,
    Ruleset,
    Runtime,
    Section,
    SectionItem,
    Statement,
    Test,
    TestCase,
    TopicBlock,
    Use,
    Word,
    WordList,
)
from optoutlang.runtime.terms.action import REQUESTS, Action
from optoutlang.runtime.terms.side import Side

NOWHERE = Span(0, 0)

_Node = TypeVar("_Node")


def without_spans(value: _Node) -> _Node:
    """Return a tree, or a tuple of trees, with all spans empty."""
    if isinstance(value, tuple):
        return tuple(without_spans(each) for each in value)  # type: ignore[return-value]
    if isinstance(value, Span):
        return NOWHERE  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: without_spans(getattr(value, each.name)) for each in fields(value)}
        return replace(value, **parts)
    return value


def printed(statements: tuple[Statement, ...]) -> str:
    """Return statements as the text of a file."""
    return format_file(File(SourceText("printed.optout", ""), statements, ()))


_letters = st.characters(categories=["L", "Nd"])
_runs = st.text(_letters, min_size=1, max_size=5)
bare_names = st.one_of(
    st.sampled_from(sorted(names())),
    _runs,
    st.lists(_runs, min_size=2, max_size=3).map("-".join),
).map(lambda text: Word(text, NOWHERE))
"""Names and bare words: any script, and every word that the language knows."""

strings = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(
    lambda text: Word(text, NOWHERE, quoted=True)
)
"""Quoted strings: any text at all."""

words = bare_names | strings


def _some(
    each: st.SearchStrategy[_Node], *, least: int = 1
) -> st.SearchStrategy[tuple[_Node, ...]]:
    return st.lists(each, min_size=least, max_size=4).map(tuple)


_nowhere = st.just(NOWHERE)
_maybe_name = st.none() | bare_names


def _word_lists(place: BlockKind) -> st.SearchStrategy[WordList]:
    """Return the lists of words that can stand in a kind of block."""
    forms = [form for form in Form if form.is_word_list and place in form.places]
    return st.sampled_from(forms).flatmap(_word_list)


def _word_list(form: Form) -> st.SearchStrategy[WordList]:
    listed = bare_names if Part.NAMES in form.parts else words
    if Part.TEXTS in form.parts:
        listed = words.filter(lambda word: word.quoted or word.value not in names())
    return st.builds(WordList, st.just(form), _some(listed), _nowhere)


replies = st.builds(Reply, st.none() | strings, _nowhere)
keyword_replies = st.builds(Reply, st.none() | strings, _nowhere, _some(words))
frames = st.builds(
    Frames, _some(words), _some(bare_names, least=0), _some(bare_names, least=0), _nowhere
)
classes = st.builds(ClassStatement, bare_names, _some(words), _nowhere)
guards = st.sampled_from(Side).flatmap(
    lambda side: st.builds(
        GuardStatement,
        bare_names,
        _some(bare_names),
        st.just(side),
        bare_names if side.has_distance else st.none(),
        _nowhere,
    )
)
section_items: st.SearchStrategy[SectionItem] = st.one_of(
    _word_lists(BlockKind.SECTION),
    _word_lists(BlockKind.SECTION),
    frames,
    replies,
    keyword_replies,
    st.builds(Allow, _some(bare_names), st.none() | strings, _nowhere),
)
allows = st.builds(Allow, _some(bare_names), st.none() | strings, _nowhere)
sections = st.builds(
    Section, st.sampled_from(REQUESTS), _nowhere, _some(section_items, least=0), _nowhere
)
answers = st.builds(
    AnswerBlock,
    bare_names,
    _some(_word_lists(BlockKind.ANSWER) | replies | allows, least=0),
    _nowhere,
)
topics = st.builds(
    TopicBlock,
    bare_names,
    _some(sections | _word_lists(BlockKind.TOPIC) | allows, least=0),
    _nowhere,
)
languages = st.builds(
    LanguageBlock,
    bare_names,
    _some(st.one_of(sections, answers, topics, allows), least=0),
    _nowhere,
)
limits = st.builds(Limit, bare_names, _nowhere)
countries = st.builds(
    CountryBlock,
    _some(bare_names),
    _some(
        st.one_of(
            *(sections, answers, topics, languages, limits, allows),
            _word_lists(BlockKind.COUNTRY),
        ),
        least=0,
    ),
    _nowhere,
)
_meaning_nothing = st.builds(
    TestCase, strings, _maybe_name, _maybe_name, st.none(), st.none(), st.none(), _nowhere
)
_meaning_something = st.builds(
    TestCase,
    strings,
    _maybe_name,
    _maybe_name,
    st.sampled_from(REQUESTS),
    _maybe_name,
    st.none() | replies,
    _nowhere,
)
_answering = st.builds(
    TestCase,
    strings,
    _maybe_name,
    _maybe_name,
    st.just(Action.ANSWER),
    _maybe_name,
    st.none() | replies,
    _nowhere,
    st.just(False),  # noqa: FBT003 - `suggested`
    bare_names,
)
_about_topics = st.builds(
    TestCase,
    strings,
    _maybe_name,
    _maybe_name,
    st.sampled_from(REQUESTS),
    _maybe_name,
    st.none() | replies,
    _nowhere,
    topic=bare_names,
)
_cases = st.builds(
    lambda case, button: replace(case, button=button),
    _meaning_nothing | _meaning_something | _answering | _about_topics,
    st.booleans(),
)
tests = st.builds(
    Test,
    strings,
    _some(_cases, least=0),
    _nowhere,
)
_headers = st.builds(Ruleset, bare_names, _maybe_name, _nowhere)
_statements: st.SearchStrategy[Statement] = st.one_of(
    st.builds(Use, strings, _nowhere),
    st.builds(Let, bare_names, strings, _nowhere),
    st.builds(Runtime, bare_names, bare_names, _nowhere),
    limits,
    _word_lists(BlockKind.FILE),
    classes,
    guards,
    sections,
    answers,
    topics,
    languages,
    countries,
    tests,
    allows,
)

files: st.SearchStrategy[tuple[Statement, ...]] = st.builds(
    lambda header, rest: (*header, *rest),
    st.lists(_headers, max_size=1),
    _some(_statements, least=0),
)
"""The statements of whole files."""
