"""Compiled rules as plain data: the program, its contexts, and the artefact that carries it."""

from __future__ import annotations

from optoutlang.runtime.program.context import Context, ResolvedContext
from optoutlang.runtime.program.fields import (
    ANSWERS,
    EXCEPTIONS,
    FIELDS,
    FILLERS,
    KEYWORDS,
    LANGUAGES,
    ORDINARY,
    PHRASES,
    PREFER,
    REPLIES,
    SENTENCES,
    SUGGEST,
    TABLES,
    TOLERANCES,
    Table,
    meanings,
    resolve,
)
from optoutlang.runtime.program.filler import Filler
from optoutlang.runtime.program.meaning import Meaning, Origin
from optoutlang.runtime.program.program import (
    LANGUAGE_VERSION,
    PROTECTED_KEYS,
    REPLY_LIMIT,
    CanonicalTables,
    Program,
    Source,
    UnprotectedWordError,
    opt_out_keys,
    reply_length,
)

__all__ = [
    "ANSWERS",
    "EXCEPTIONS",
    "FIELDS",
    "FILLERS",
    "KEYWORDS",
    "LANGUAGES",
    "LANGUAGE_VERSION",
    "ORDINARY",
    "PHRASES",
    "PREFER",
    "PROTECTED_KEYS",
    "REPLIES",
    "REPLY_LIMIT",
    "SENTENCES",
    "SUGGEST",
    "TABLES",
    "TOLERANCES",
    "CanonicalTables",
    "Context",
    "Filler",
    "Meaning",
    "Origin",
    "Program",
    "ResolvedContext",
    "Source",
    "Table",
    "UnprotectedWordError",
    "meanings",
    "opt_out_keys",
    "reply_length",
    "resolve",
]
