"""What can stand where: the closed lists that recovery and messages ask (docs/language.md §2)."""

from __future__ import annotations

from optoutlang.language.syntax.lexeme import END, Lexeme

RESERVED = frozenset({"typos", "topic", "channel", "sender", "button", "when"})
"""Statements that are kept for a later version."""

ACTIONS = ("opt-out", "opt-in", "help", "none")
"""What a test case can expect."""

SECTIONS = frozenset({"OPT_OUT", "OPT_IN", "HELP"})

ALLOWED: dict[str, frozenset[str]] = {
    "file": SECTIONS | {"USE", "LET", "PREFER", "SUGGEST", "FILLER", "LANGUAGE", "COUNTRY", "TEST"},
    "country": SECTIONS | {"PREFER", "SUGGEST", "FILLER", "LANGUAGE"},
    "language": SECTIONS,
    "section": frozenset(
        {
            *("KEYWORDS", "ONLY", "REQUIRE", "REMOVE"),
            *("SENTENCES", "PHRASES", "EXCEPT", "TOLERATE", "REPLY"),
        }
    ),
    "test": frozenset({"STRING"}),
}
"""The types that begin a statement in a file or block."""

STATEMENTS = frozenset[str]().union(*ALLOWED.values()) - {"STRING"}

NAMES: dict[str, str] = {each.lower().replace("_", "-"): each for each in sorted(STATEMENTS)}
"""The types by the names that authors write."""

LISTS = frozenset(
    {
        "PREFER",
        "SUGGEST",
        "FILLER",
        "KEYWORDS",
        "REMOVE",
        "SENTENCES",
        "PHRASES",
        "EXCEPT",
        "TOLERATE",
        "COUNTRY",
    }
)
"""The types behind which a list of words stands."""

_NAMED = frozenset({"LANGUAGE", "COUNTRY", "LET", "PREFER", "SUGGEST", "TOLERATE"})
_QUOTED = frozenset({"USE", "TEST"})
_MARKS = frozenset({"LBRACE", "RBRACE", "EQUALS", "ARROW", "COMMA", "LAST_COMMA", "STRAY", END})


def is_name(lexeme: Lexeme) -> bool:
    """Tell whether a lexeme is a bare word, be it a statement's name or not."""
    return lexeme.type not in _MARKS and lexeme.type != "STRING"


def is_word(lexeme: Lexeme) -> bool:
    """Tell whether a lexeme is a bare word or a string."""
    return lexeme.type not in _MARKS


def begins(type_: str, following: Lexeme) -> bool:
    """Tell whether a statement's name and the lexeme behind it look like a statement."""
    if type_ in SECTIONS:
        return following.type == "LBRACE"
    if type_ in _QUOTED:
        return following.type == "STRING"
    if type_ in _NAMED:
        return is_name(following)
    if type_ in {"ONLY", "REQUIRE"}:
        return following.type == "KEYWORDS"
    if type_ == "REPLY":
        return following.type in {"STRING", "NONE"}
    return type_ in STATEMENTS and is_word(following)
