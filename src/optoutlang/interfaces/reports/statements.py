"""Statements of the model in words: what `optout cover` and `optout mutate` say they are about."""

from __future__ import annotations

from optoutlang.analysis.adequacy.edits import Part, Statement
from optoutlang.interfaces.reports.visible import visible
from optoutlang.language.model.ruleset import (
    Claim,
    FillerPhrase,
    Only,
    Phrase,
    Preference,
    Removal,
    ReplyText,
    Suggestion,
    Toleration,
)
from optoutlang.runtime.terms.action import SUGGESTIBLE

KINDS = {
    Part.KEYWORD: "keyword",
    Part.REMOVAL: "remove",
    Part.ONLY: "only keywords",
    Part.SENTENCE: "sentence",
    Part.PHRASE: "phrase",
    Part.EXCEPTION: "except",
    Part.FILLER: "filler",
    Part.REPLY: "reply",
    Part.PREFERENCE: "prefer",
    Part.SUGGESTION: "suggest",
    Part.TOLERATION: "tolerate",
}
"""What each kind of statement is called, after the statement that states it."""


def where(scope: str | None) -> str:
    """Name a scope."""
    return "the base" if scope is None else scope


def said(part: Part, statement: Statement) -> str:
    """Say what a statement states, and in which scope."""
    return f"{KINDS[part]} {_content(statement)} in {where(statement.scope)}"


def _content(statement: Statement) -> str:
    match statement:
        case Claim() | Removal():
            return f"`{visible(statement.word)}` {_section(statement)}"
        case Phrase():
            return f"`{visible(statement.spelling)}` {_section(statement)}"
        case Only():
            return _section(statement)
        case ReplyText():
            sent = "none" if statement.text is None else f"`{visible(statement.text)}`"
            return f"{sent} {_section(statement)}"
        case FillerPhrase():
            return f"`{visible(statement.word)}`"
        case _:
            return ", ".join(_listed(statement)) or "none"


def _listed(statement: Preference | Suggestion | Toleration) -> tuple[str, ...]:
    if isinstance(statement, Preference):
        return statement.tags
    if isinstance(statement, Toleration):
        return (statement.tolerance.value,)
    return tuple(name for name, way in SUGGESTIBLE.items() if way in statement.ways)


def _section(statement: Claim | Removal | Only | Phrase | ReplyText) -> str:
    language = f", {statement.language}" if statement.language else ""
    return f"({statement.action.value}{language})"
