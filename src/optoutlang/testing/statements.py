"""Rule files whose statements meet: few words, few languages, two countries, up to four files.

The words are few so that overlaps, rebinding, `only`, `remove` and `require`
in several scopes, filler inside phrases and exceptions happen all the time.
What the compiler reports as an error is left out, statement by statement, until
nothing is wrong: so nearly every draw is a ruleset (`rulesets`).
"""

from __future__ import annotations

from hypothesis import strategies as st

from optoutlang.runtime.terms.action import SUGGESTIBLE
from optoutlang.testing.draws import blocks, lists_of, weighted
from optoutlang.testing.library import ROOT, Item, Library
from optoutlang.testing.statement_words import (
    ACTIONS,
    ANSWERED,
    BUTTONS,
    COUNTRIES,
    EVERYDAY,
    FILLERS,
    KEYWORDS,
    LANGUAGES,
    REPLIES,
    TOLERANCES,
    VALUES,
    VARIABLES,
    WORDS,
)
from optoutlang.testing.topic_statements import having_topics

words = st.sampled_from(WORDS)


@st.composite
def phrase_parts(draw: st.DrawFn) -> str:
    """Draw one part of a phrase: a word, alternatives, an option, or one of them inside a word."""
    first, second = draw(words), draw(words)
    form = draw(
        st.sampled_from(
            (
                *("{0}", "{0}", "{0}", "({0}|{1})", "[{0}]", "{0}(ing|)", "[{0} [{1}]]"),
                *("({0}|{1} {0}|)", "{{what}}"),
            )
        )
    )
    return form.format(first, second)


phrase_texts = st.lists(phrase_parts(), min_size=1, max_size=3).map(" ".join)


@st.composite
def exception_texts(draw: st.DrawFn) -> str:
    """Draw a phrase, most often one with more words before or behind."""
    before, inner, behind = (
        draw(st.sampled_from(("", "", "no "))),
        draw(phrase_texts),
        draw(st.sampled_from(("", "", " me"))),
    )
    return before + inner + behind


def quoted(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return texts in double quotes."""
    return texts.map('"{}"'.format)


def open_texts(text: str) -> st.SearchStrategy[str]:
    """Return a sentence's text that is open on one side."""
    return st.sampled_from((f"... {text}", f"{text} ...", f"…{text}"))


keyword_statements = weighted(
    lists_of(KEYWORDS, up_to=3).map("keywords {}".format),
    lists_of(KEYWORDS, up_to=3).map("keywords {}".format),
    lists_of(KEYWORDS, up_to=2).map("only keywords {}".format),
    lists_of(KEYWORDS, up_to=1).map("require keywords {}".format),
    lists_of(KEYWORDS, up_to=1).map("remove {}".format),
)
FEW_TEXTS = ("foo", "bar", "foo bar", "(foo|bar) me", "stop", "foo [me]", "... foo", "bar ...")
"""Texts that are stated and taken back by one another's files."""

few_texts = quoted(st.sampled_from(FEW_TEXTS))
few_closed_texts = quoted(st.sampled_from(FEW_TEXTS[:6]))
text_statements = weighted(
    few_texts.map("sentences {}".format),
    few_closed_texts.map("phrases {}".format),
    few_closed_texts.map("except {}".format),
    few_texts.map("except sentences {}".format),
    few_texts.map("remove sentences {}".format),
    few_closed_texts.map("remove phrases {}".format),
    few_texts.map("remove except {}".format),
    st.sampled_from(('remove reply "one"', 'remove reply "{brand}!"')),
)
phrase_statements = weighted(
    text_statements,
    text_statements,
    quoted(phrase_texts).map("sentences {}".format),
    quoted(phrase_texts.flatmap(open_texts)).map("sentences {}".format),
    quoted(phrase_texts).map("phrases {}".format),
    quoted(phrase_texts).map("phrases {}".format),
    quoted(exception_texts()).map("except {}".format),
)
tolerances = st.one_of(
    lists_of(TOLERANCES, up_to=4).map("tolerate {}".format),
    lists_of(TOLERANCES, up_to=1).map("remove tolerate {}".format),
)
allows = st.sampled_from(("O306", "O308", "O410, O503")).map('allow {} because "tested"'.format)
section_statements = weighted(
    allows,
    *(keyword_statements, keyword_statements, phrase_statements, phrase_statements),
    st.sampled_from(REPLIES),
    lists_of(BUTTONS, up_to=2).map("buttons {}".format),
)
fillers = weighted(
    lists_of(FILLERS, up_to=2).map("filler {}".format),
    lists_of(FILLERS, up_to=2).map("filler {}".format),
    lists_of(FILLERS, up_to=1).map("remove filler {}".format),
)
preferences = lists_of(LANGUAGES, up_to=2).map("prefer {}".format)
limits = st.sampled_from(("limit replies to 115", "limit replies to 400", "limit replies to 320"))
runtime = st.sampled_from(
    (
        "runtime name up to 9",
        "runtime name up to 12",
        "runtime link up to 30",
        "runtime what up to 5",
    )
)
suggestions = st.one_of(
    lists_of(tuple(SUGGESTIBLE), up_to=3).map("suggest {}".format), st.just("suggest none")
)
lets = st.tuples(st.sampled_from(VARIABLES), st.sampled_from(VALUES)).map(
    lambda pair: f"let {pair[0]} = {pair[1]}"
)


spoken = blocks(st.sampled_from(ACTIONS), section_statements, up_to=3)
tolerant = blocks(
    st.just("opt-out"), weighted(section_statements, section_statements, tolerances), up_to=3
)
sections = weighted(spoken, spoken, tolerant)
languages = blocks(st.sampled_from(LANGUAGES).map("language {}".format), spoken, up_to=2)
countries = blocks(
    lists_of(COUNTRIES, up_to=2).map("country {}".format),
    weighted(sections, sections, languages, fillers, preferences, suggestions, limits),
    up_to=3,
)
statements: st.SearchStrategy[Item] = weighted(
    *(sections, sections, sections, languages, languages, countries, countries, countries),
    *(fillers, preferences, suggestions, lets, allows, limits, runtime, runtime),
)


everyday_statements = weighted(
    lists_of(EVERYDAY, up_to=5).map("keywords {}".format),
    lists_of(EVERYDAY, up_to=5).map("keywords {}".format),
    quoted(st.sampled_from(EVERYDAY).map(lambda word: word.strip('"'))).map("sentences {}".format),
)
everyday_sections = blocks(st.sampled_from(ACTIONS), everyday_statements, up_to=2)
everyday_blocks = weighted(
    blocks(st.sampled_from(LANGUAGES).map("language {}".format), everyday_sections, up_to=2),
    everyday_sections,
)


answer_statements = weighted(
    lists_of(ANSWERED, up_to=2).map("keywords {}".format),
    lists_of(ANSWERED, up_to=2).map("keywords {}".format),
    quoted(phrase_texts).map("sentences {}".format),
    st.sampled_from(REPLIES),
    lists_of(BUTTONS, up_to=1).map("buttons {}".format),
)
answers = blocks(st.sampled_from(("answer hours", "answer deals")), answer_statements, up_to=3)
answer_blocks = weighted(
    answers,
    answers,
    blocks(st.sampled_from(LANGUAGES).map("language {}".format), answers, up_to=2),
    blocks(lists_of(COUNTRIES, up_to=2).map("country {}".format), answers, up_to=2),
)


@st.composite
def answering(draw: st.DrawFn) -> tuple[Item, ...]:
    """Draw named answers, or more often none."""
    if draw(st.integers(0, 3)):
        return ()
    return tuple(draw(st.lists(answer_blocks, min_size=1, max_size=3)))


@st.composite
def ignoring(draw: st.DrawFn) -> tuple[Item, ...]:
    """Draw `ignore everyday-words` with keywords that are everyday words of some country, or nothing."""
    if draw(st.integers(0, 15)):  # rare: every country is then a context
        return ()
    return ("ignore everyday-words", *draw(st.lists(everyday_blocks, min_size=1, max_size=3)))


CLASSES = ("verb", "thing", "never")
GUARDS = ("negated", "jumped", "timed")
MEMBERS = (
    *WORDS,
    *("cancel", "cancels", "unsubscribe", "foobar", "停订", '"foo bar"', '"foo (bar|qux) foo"'),
    *('"foob*"', '"sto*"', '"bar qux*"', '"[no] foo"', '"{thing}"', '"no {thing}"', "FOO"),
)
PIECES = (
    "{verb}",
    "{verb}",
    "{thing}",
    "{thing}",
    "[{thing}]",
    "({never}|foo)",
    "bar",
    "({verb}|{thing} me)",
)
JOINTS = (" ", " ", " .. ", " ..1 ", " ..2 ", " [..1] ")
REACHES = (
    "within 1 before",
    "within 2 before",
    "within 1 after",
    "within 3 after",
    "between",
    "anywhere",
)


@st.composite
def frame_texts(draw: st.DrawFn) -> str:
    """Draw a frame of one to three parts."""
    text = draw(st.sampled_from(PIECES))
    for _ in range(draw(st.integers(0, 2))):
        text += draw(st.sampled_from(JOINTS)) + draw(st.sampled_from(PIECES))
    return draw(st.sampled_from(("{}", "{}", "{}", ". {}", "{} .", ". {} ."))).format(text)


@st.composite
def frame_statements(draw: st.DrawFn) -> str:
    """Draw a statement of one or two frames, with guards and needs or without."""
    texts = ", ".join(draw(st.lists(quoted(frame_texts()), min_size=1, max_size=2)))
    guards = draw(st.lists(st.sampled_from(GUARDS), max_size=2, unique=True))
    needs = draw(st.sampled_from(((), (), (), *((each,) for each in CLASSES))))
    if not draw(st.integers(0, 7)):
        return f"remove frames {texts}"
    unless = f" unless {', '.join(guards)}" if guards else ""
    return f"frames {texts}{unless}{' needs ' if needs else ''}{', '.join(needs)}"


@st.composite
def framing(draw: st.DrawFn, *, always: bool = False) -> tuple[Item, ...]:
    """Draw classes, guards and sections of frames, or most often nothing."""
    if not always and draw(st.integers(0, 7)):
        return ()
    classes = [
        f"class {name} is {draw(lists_of(MEMBERS, up_to=4))}"
        for name in draw(st.lists(st.sampled_from(CLASSES), min_size=2, unique=True))
    ]
    guards = [
        f"guard {name} is {draw(lists_of(CLASSES, up_to=2))} {draw(st.sampled_from(REACHES))}"
        for name in draw(st.lists(st.sampled_from(GUARDS), unique=True))
    ]
    return (*classes, *guards, *draw(st.lists(framed_blocks, min_size=1, max_size=3)))


framed_sections = blocks(
    st.sampled_from(("opt-out", *ACTIONS)),
    weighted(frame_statements(), frame_statements(), phrase_statements, tolerances),
    up_to=3,
)
framed_blocks = weighted(
    framed_sections,
    framed_sections,
    blocks(st.sampled_from(LANGUAGES).map("language {}".format), framed_sections, up_to=2),
    blocks(lists_of(COUNTRIES, up_to=2).map("country {}".format), framed_sections, up_to=2),
)


@st.composite
def files(
    draw: st.DrawFn, *, name: str, uses: tuple[str, ...], is_framed: bool = False
) -> tuple[Item, ...]:
    """Draw one file that uses some of the files in `uses`; one that is framed has frames, and little else."""
    head = f"ruleset {name.removesuffix('.optout')}"
    language = draw(st.sampled_from(("", "", " language es", " language fr")))
    used = draw(st.lists(st.sampled_from(uses), unique=True)) if uses else []
    body = draw(
        st.lists(statements, min_size=0 if is_framed else 3, max_size=2 if is_framed else 7)
    )
    return (
        head + language,
        *(f'use "./{each}"' for each in used),
        *draw(ignoring()),
        *draw(answering()),
        *draw(having_topics()),
        *draw(framing(always=is_framed)),
        *body,
    )


@st.composite
def libraries(draw: st.DrawFn, *, are_framed: bool = False) -> Library:
    """Draw a root file and what it uses: none, one, or several that may use each other.

    All have frames if they are to be framed.
    """
    names = ("c.optout", "b.optout", "a.optout")[: draw(st.integers(0, 3))]
    library: Library = {}
    for name in (*names, ROOT):
        library[name] = draw(files(name=name, uses=tuple(library), is_framed=are_framed))
    return library
