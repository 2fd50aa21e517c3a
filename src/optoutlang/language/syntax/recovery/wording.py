"""How messages name lexemes, blocks and what is expected."""

from __future__ import annotations

from optoutlang.language.diagnostics.visible import visible
from optoutlang.language.syntax.lexeme import END, Lexeme
from optoutlang.language.syntax.recovery.progress import Progress

_AFTER = {
    "RULESET": "a name",
    "USE": "a pack or a path in quotes",
    "LET": "a name",
    "EQUALS": "a value in quotes",
    "TEST": "a name in quotes",
    "LANGUAGE": "a language tag",
    "PREFER": "a language tag",
    "SUGGEST": "`phrases`, `sentences` or `none`",
    "TOLERATE": "`typos`, `lookalikes`, `stretches` or `numbers`",
    "IN": "a language tag",
    "COUNTRY": "a country code",
    "FROM": "a country code",
    "ONLY": "`keywords`",
    "REQUIRE": "`keywords`",
    "REPLY": "a text in quotes, or `none`",
    "ARROW": "`opt-out`, `opt-in`, `help` or `none`",
}

_ITEMS = {
    "file": "a statement",
    "country": "a section, `language`, `prefer`, `suggest` or `filler`",
    "language": "`opt-out`, `opt-in` or `help`",
    "section": "a statement of the section, such as `keywords` or `reply`",
    "test": "a test case, which begins with a message in quotes",
}

_BLOCKS = {
    "file": "at the top of a file",
    "country": "inside `country`",
    "language": "inside `language`",
    "section": "inside a section",
    "test": "inside `test`",
}

_SECTION_ITEM = "inside `opt-out`, `opt-in` or `help`"

_PLACES = {
    "USE": "at the top of a file, outside all blocks",
    "LET": "at the top of a file, outside all blocks",
    "COUNTRY": "at the top of a file, outside all blocks",
    "TEST": "at the top of a file, outside all blocks",
    "PREFER": "at the top of a file or inside `country`",
    "SUGGEST": "at the top of a file or inside `country`",
    "FILLER": "at the top of a file or inside `country`",
    "LANGUAGE": "at the top of a file or inside `country`",
    "OPT_OUT": "at the top of a file, inside `country` or inside `language`",
    "OPT_IN": "at the top of a file, inside `country` or inside `language`",
    "HELP": "at the top of a file, inside `country` or inside `language`",
}

_LONGEST = 40


def found(progress: Progress, lexeme: Lexeme) -> str:
    """Return how a message names a lexeme."""
    if lexeme.type == END:
        return "the end of the file"
    text = visible(progress.text(lexeme))
    return f"`{text}`" if len(text) <= _LONGEST else f"`{text[: _LONGEST - 1]}…`"


def wanted(progress: Progress) -> str:
    """Return what can stand at the current place."""
    before = progress.peek(-1).type
    automaton = progress.automaton
    if automaton.is_complete:
        return _ITEMS[automaton.filling]
    if before in _AFTER:
        return _AFTER[before]
    if automaton.accepts("WORD"):
        return "a word"
    return _one_of(progress)


def _one_of(progress: Progress) -> str:
    spelt = {"LBRACE": "{", "EQUALS": "=", "ARROW": "->"}
    marks = [f"`{mark}`" for type_, mark in spelt.items() if progress.automaton.accepts(type_)]
    return marks[0] if marks else _ITEMS[progress.automaton.filling]


def inside(kind: str) -> str:
    """Return how a message names a kind of block."""
    return _BLOCKS[kind]


def places(type_: str) -> str:
    """Return where a statement can stand."""
    return _PLACES.get(type_, _SECTION_ITEM)
