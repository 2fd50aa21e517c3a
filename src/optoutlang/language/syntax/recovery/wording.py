"""Names of lexemes, blocks and expected things in messages."""

from __future__ import annotations

from optoutlang.language.diagnostics.visible import visible
from optoutlang.language.syntax.forms import Form, items_of, places_of
from optoutlang.language.syntax.lexeme import END, Lexeme
from optoutlang.language.syntax.recovery.progress import Progress
from optoutlang.language.syntax.statements import FORMS

_BEHIND = {
    "RULESET": "a name",
    "EQUALS": "a value in quotes",
    "FROM": "a country code",
    "IN": "a language tag",
    "UNLESS": "the name of a guard",
    "NEEDS": "the name of a class",
    "WITHIN": "a number of words",
    "TO": "a keyword",
    "UP": "`to`",
    "REPLIES": "`to`",
    "BECAUSE": "a reason in quotes",
    "ARROW": "`opt-out`, `opt-in`, `help` or `none`",
    **{form.terminals[-1]: form.expected for form in Form if len(form.terminals) > 1},
    **{form.terminals[0]: form.expected for form in Form if len(form.terminals) == 1},
    **{
        type_: f"`{form.spelling.split()[1]}`"
        for type_, form in FORMS.items()
        if form.terminals[1:]
    },
}
"""What must follow a lexeme, by its type."""

_WORDS = {
    "IS": "`is`",
    "UP": "`up to` and a number",
    "WITHIN": "`within`, `between` or `anywhere`",
    "BEFORE": "`before` or `after`",
}
"""The words of the language that must stand where no other word can, by the type of one of them."""

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
    if before == "TO" and progress.peek(-2).type in {"UP", "REPLIES"}:
        return "a number"
    automaton = progress.automaton
    if automaton.is_complete:
        return items_of(automaton.filling)
    if before in _BEHIND:
        return _BEHIND[before]
    if automaton.accepts("WORD"):
        return "a word"
    if automaton.accepts("STRING"):
        return "a text in quotes"
    return _one_of(progress)


def _one_of(progress: Progress) -> str:
    spelt = {"LBRACE": "{", "EQUALS": "=", "ARROW": "->"}
    marks = [f"`{mark}`" for type_, mark in spelt.items() if progress.automaton.accepts(type_)]
    marks += [words for type_, words in _WORDS.items() if progress.automaton.accepts(type_)]
    return marks[0] if marks else items_of(progress.automaton.filling)


def places(type_: str) -> str:
    """Return where a statement can stand that begins with a lexeme of a type."""
    return places_of(FORMS[type_])
