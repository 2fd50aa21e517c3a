"""The statement forms by terminal, for recovery: what can stand where, what looks like a statement."""

from __future__ import annotations

from optoutlang.language.syntax.forms import BlockKind, Form, Part
from optoutlang.language.syntax.lexeme import END, Lexeme

RESERVED = frozenset({"typos", "channel", "sender", "when"})
"""Statements that are kept for a later version."""

ACTIONS = ("opt-out", "opt-in", "help", "answer", "none")
"""What a test case can expect."""

FORMS: dict[str, Form] = {
    form.terminals[0]: form for form in sorted(Form, key=lambda form: -len(form.terminals))
}
"""The forms by the type of the lexeme that begins them; of several, the one whose name is shortest."""

STATEMENTS = frozenset(FORMS)
"""The types that begin a statement."""

ALLOWED: dict[str, frozenset[str]] = {
    str(kind): frozenset(type_ for type_, form in FORMS.items() if kind in form.places)
    for kind in BlockKind
} | {BlockKind.TEST: frozenset({"STRING", "BUTTON"})}
"""The types that begin a statement, or a case, in a file or block."""

NAMES: dict[str, str] = {form.spelling.split()[0]: type_ for type_, form in sorted(FORMS.items())}
"""The types by the names that authors write."""

LISTS = frozenset({"IS", "UNLESS", "NEEDS", "TO"}) | {
    form.terminals[-1] for form in Form if form.parts[0] in {Part.NAMES, Part.WORDS, Part.TEXTS}
}
"""The types behind which a list of words stands."""

_MARKS = frozenset({"LBRACE", "RBRACE", "EQUALS", "ARROW", "COMMA", "LAST_COMMA", "STRAY", END})


_BEGIN: dict[Part, frozenset[str]] = {
    Part.BLOCK: frozenset({"LBRACE"}),
    Part.STRING: frozenset({"STRING"}),
    Part.REPLY: frozenset({"STRING", "NONE", "TO"}),
    Part.VALUE: frozenset({"EQUALS"}),
    Part.LONGEST: frozenset({"UP"}),
    Part.LIMIT: frozenset({"REPLIES"}),
    Part.MEMBERS: frozenset({"IS"}),
    Part.REACH: frozenset({"IS"}),
    Part.CONDITIONS: frozenset({"UNLESS", "NEEDS"}),
    Part.REASON: frozenset({"BECAUSE"}),
}
"""The marks and words with which parts begin that are no words or names."""


def is_name(lexeme: Lexeme) -> bool:
    """Tell whether a lexeme is a bare word, be it a statement's name or not."""
    return lexeme.type not in _MARKS and lexeme.type != "STRING"


def is_word(lexeme: Lexeme) -> bool:
    """Tell whether a lexeme is a bare word or a string."""
    return lexeme.type not in _MARKS


def begins(type_: str, following: Lexeme) -> bool:
    """Tell whether a statement's name and the lexeme behind it look like a statement."""
    form = FORMS.get(type_)
    if form is None:
        return False
    if len(form.terminals) > 1:
        return following.type == form.terminals[1]
    return _can_begin(form.parts[0], following)


def _can_begin(part: Part, lexeme: Lexeme) -> bool:
    if part in _BEGIN:
        return lexeme.type in _BEGIN[part]
    match part:
        case Part.NAME | Part.NAMES:
            return is_name(lexeme)
        case _:
            return is_word(lexeme)
