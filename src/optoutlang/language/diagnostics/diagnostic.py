"""One finding about an author's text, as data. Text, JSON, SARIF and GitHub lines are renderers of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from optoutlang.language.source.place import Place


class Severity(Enum):
    """How bad a finding is; only an error keeps a ruleset from compiling."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding. `id` (`O201`) and `slug` (`protected-removed`) are never reused."""

    id: str
    slug: str
    severity: Severity
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """A place and a message about it, which may be empty."""

    place: Place
    message: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text at a place (an empty span inserts)."""

    place: Place
    replacement: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that make the finding go away without a new one (tests apply every fix and check again)."""

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding: what is wrong, where, why, and how to correct it.

    `message` is lower case, without a full stop, the user's text in backticks;
    `related` shows the other sides of a conflict; `help` says how to correct it.
    `silenced` is the reason that the file gives for allowing it, empty where it does not.
    """

    code: Code
    message: str
    primary: Label
    related: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    help: str | None = None
    fix: Fix | None = None
    silenced: str = ""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """A total order by place, then code, that does not depend on the order of the checks."""
        return (*self.primary.place.sort_key, self.code.id, self.message)


class CompileError(Exception):
    """The sources do not make a ruleset: all diagnostics of the run, errors and others, in order of place."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        errors = [each for each in diagnostics if each.code.severity is Severity.ERROR]
        lines = [f"{each.primary.place.rule}: {each.code.id} {each.message}" for each in errors]
        super().__init__("\n".join(lines))
