"""A root file to check, and the result of checking it, as far as commands need it without the model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.model.ruleset import Example, Ruleset
from optoutlang.language.source.text import SourceText


@dataclass(frozen=True, slots=True)
class FileRoot:
    """A root file on the disk."""

    path: Path


@dataclass(frozen=True, slots=True)
class BytesRoot:
    """A root file given as bytes, as from standard input; its `use "./…"` looks in `folder`, which is absolute."""

    data: bytes
    name: str
    folder: Path


Root = FileRoot | BytesRoot


@dataclass(frozen=True, slots=True)
class Summary:
    """The result of a check: all diagnostics in order of place; and if none is an error, what the root file is.

    `name` is its ruleset's name, None if there are errors, and `examples` are the cases of its `test` blocks.
    """

    name: str | None
    diagnostics: tuple[Diagnostic, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A check that was just made: its result, the ruleset if there are no errors, and the texts of all parsed files."""

    summary: Summary
    ruleset: Ruleset | None
    texts: tuple[SourceText, ...]
