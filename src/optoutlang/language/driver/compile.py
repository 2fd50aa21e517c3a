"""The passes in their order; only here the order is known, and only here errors are raised."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from optoutlang.language.checks.registry import check
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Code, CompileError, Diagnostic, Severity
from optoutlang.language.driver.files import DISK, Files
from optoutlang.language.driver.load import Sources, load_path, load_text
from optoutlang.language.driver.silences import silence
from optoutlang.language.model.from_syntax import from_syntax
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.runtime.program import Program
from optoutlang.runtime.program.garbage import garbage_collection_paused

_UNREAD = ("O0", "O105", "O106", "O107", "O108", "O109")
_DUE_TO_ABSENCE: dict[Code, tuple[str, ...]] = {
    codes.UNKNOWN_VARIABLE: _UNREAD,
    codes.UNUSED_VARIABLE: (*_UNREAD, "O11"),
    codes.ABSENT_REMOVED: (*_UNREAD, "O103", "O20"),
    codes.USELESS_EXCEPTION: (*_UNREAD, "O10", "O11", "O30"),
    codes.ONE_WAY_LANGUAGE: ("O",),
    codes.LANGUAGE_TIE: ("O",),
    codes.REPLY_MISSING: ("O",),
    codes.TOPIC_WITHOUT_REPLY: ("O",),
    codes.UNUSED_NAMES: (*_UNREAD, "O803"),
    codes.UNCLAIMED_REPLY: (*_UNREAD, "O10", "O20"),
    codes.EMPTY_TEST: _UNREAD,
    codes.ABSENT_TEXT: (*_UNREAD, "O10", "O11", "O21", "O3", "O4", "O7"),
    codes.UNKNOWN_CLASS: (*_UNREAD, "O704"),
    codes.UNUSED_CLASS: (*_UNREAD, "O11", "O30", "O7"),
    codes.IDLE_GUARD: ("O",),
    codes.UNKNOWN_GUARD: (*_UNREAD, "O7"),
    codes.UNDECLARED_PLACEHOLDER: _UNREAD,
    codes.UNUSED_RUNTIME_VARIABLE: (*_UNREAD, "O11"),
}
"""What may be said only because a statement elsewhere was refused, and how the codes of such refusals begin."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A ruleset, None if it has errors, and all diagnostics in order of place."""

    ruleset: Ruleset | None
    diagnostics: tuple[Diagnostic, ...]


def check_path(path: Path, *, files: Files = DISK) -> Checked:
    """Load and check a root file; it and what it uses are read through `files`.

    Raises:
        OSError: the root file cannot be read.
    """
    with garbage_collection_paused():
        return check_sources(load_path(path, files=files))


def check_text(
    text: str, *, name: str = "<text>", folder: Path | None = None, files: Files = DISK
) -> Checked:
    """Check a root file given as text; `folder` is where its `use "./…"` looks."""
    with garbage_collection_paused():
        return check_sources(load_text(text, name=name, folder=folder, files=files))


def check_sources(sources: Sources) -> Checked:
    """Resolve and check loaded sources; every pass reports what it can, without follow-ups."""
    if not sources.loaded:
        return Checked(None, sources.diagnostics)
    files = [each.file for each in sources.loaded]
    found = sources.diagnostics
    ruleset, named = from_syntax(sources.loaded, similar=sources.similar)
    found += _root_causes(named, after=found)
    found += _root_causes(check(ruleset, asks=not _has_error(found)), after=found)
    found = tuple(sorted(silence(files, found), key=lambda each: each.sort_key))
    return Checked(None if _has_error(found) else ruleset, found)


def compile_checked(checked: Checked) -> Program:
    """Return the program of a checked ruleset.

    Raises:
        CompileError: the ruleset has errors.
    """
    if checked.ruleset is None:
        raise CompileError(checked.diagnostics)
    with garbage_collection_paused():
        return from_model(checked.ruleset)


def _root_causes(
    found: tuple[Diagnostic, ...], *, after: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...]:
    errors = {each.code.id for each in after if each.code.severity is Severity.ERROR}
    if not errors:
        return found
    reported = {each.primary.place for each in after}
    return tuple(
        each
        for each in found
        if not any(error.startswith(_DUE_TO_ABSENCE.get(each.code, ())) for error in errors)
        and each.primary.place not in reported
        and not _is_about_nothing(each)
    )


def _is_about_nothing(found: Diagnostic) -> bool:
    """Tell whether a finding is about a word that is missing: only the parser's mending put it there."""
    span = found.primary.place.span
    return span.start == span.end


def _has_error(found: tuple[Diagnostic, ...]) -> bool:
    return any(each.code.severity is Severity.ERROR for each in found)
