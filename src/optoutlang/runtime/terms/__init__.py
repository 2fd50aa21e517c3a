"""The words that every part uses: actions, countries, languages, decisions."""

from __future__ import annotations

from optoutlang.runtime.terms.action import (
    PROTECTED,
    REQUESTS,
    SUGGESTIBLE,
    SUGGESTIONS,
    Action,
    MatchedBy,
    Tolerance,
)
from optoutlang.runtime.terms.country import COUNTRIES, country_code
from optoutlang.runtime.terms.decision import Decision, decision_object
from optoutlang.runtime.terms.json import Json
from optoutlang.runtime.terms.language import language_tag, lookup, lookup_chain
from optoutlang.runtime.terms.note import Note, NoteCode, note
from optoutlang.runtime.terms.reply_text import ReplyValueError, ReplyVariable

__all__ = [
    "COUNTRIES",
    "PROTECTED",
    "REQUESTS",
    "SUGGESTIBLE",
    "SUGGESTIONS",
    "Action",
    "Decision",
    "Json",
    "MatchedBy",
    "Note",
    "NoteCode",
    "ReplyValueError",
    "ReplyVariable",
    "Tolerance",
    "country_code",
    "decision_object",
    "language_tag",
    "lookup",
    "lookup_chain",
    "note",
]
