"""The model: every statement of a ruleset and all that it uses, with file, scope, language and place.

The model keeps what each file says; which statement wins where is computed
from it (`layers`, `effective`) and, by other code, in `reference`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from optoutlang.language.model.statement import Ignoring, Statement
from optoutlang.language.model.statements import Statements
from optoutlang.language.source.place import Place
from optoutlang.language.source.text import SourceText
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.country import COUNTRIES
from optoutlang.runtime.terms.similar import SimilarModel

_S = TypeVar("_S", bound=Statement)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a ruleset: its ruleset's name, its base language, and the indices of all files weaker than it.

    `header` is where its name stands, None for a file without one.
    """

    text: SourceText
    name: str
    language: str
    weaker: frozenset[int]
    header: Place | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One case of a `test` block of the root file.

    `action` None expects no decision; `suggested` expects the action to be
    suggested only, `answer` the answer of that name, `topic` that topic alone (None: everything).
    `states_reply` tells a case that states a reply (`reply`, None for `reply none`) from one that
    leaves it open. `button` tells that `message` is the payload of a button.
    """

    test: str
    message: str
    country: str | None
    prefer: str | None
    action: Action | None
    language: str | None
    states_reply: bool
    reply: str | None
    place: Place
    suggested: bool = False
    answer: str | None = None
    topic: str | None = None
    button: bool = False

    @property
    def text(self) -> str:
        """The message's text; a case of a button has none."""
        return "" if self.button else self.message

    @property
    def payload(self) -> str | None:
        """The payload of the button, None for a message that somebody wrote."""
        return self.message if self.button else None


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A root file and everything it uses. `files` stand weakest first; the root is the last.

    Statements stand in order of file, then place. `countries` are the scopes
    that any file names, sorted. `similar` is the suggester, None where nobody asks for it. `brand` is the
    value of `{brand}` in the root file, None where no file but the standard pack sets it. `variables` are
    the names and values of all variables that the root file sees, sorted.
    """

    files: tuple[SourceFile, ...]
    countries: tuple[str, ...]
    statements: Statements
    examples: tuple[Example, ...]
    similar: SimilarModel | None = None
    brand: str | None = None
    variables: tuple[tuple[str, str], ...] = ()

    def of(self, kind: type[_S]) -> tuple[_S, ...]:
        """Return the statements of a kind, in order of file, then place."""
        return self.statements.of(kind)

    def replacing(self, kind: type[_S], statements: Iterable[_S]) -> Ruleset:
        """Return the ruleset with other statements of one kind."""
        return replace(self, statements=self.statements.replacing(kind, statements))

    def keeping(self, keep: Callable[[Statement], bool]) -> Ruleset:
        """Return the ruleset with those of its statements for which `keep` is true."""
        return replace(self, statements=Statements(filter(keep, self.statements)))

    @property
    def root(self) -> SourceFile:
        """The file that was asked for."""
        return self.files[-1]

    @property
    def scopes(self) -> tuple[str, ...]:
        """The countries that may be read otherwise than the base: all of them where everyday words are ignored."""
        return tuple(sorted(COUNTRIES)) if self.of(Ignoring) else self.countries

    @property
    def name(self) -> str:
        """The root file's ruleset name."""
        return self.root.name

    @property
    def language(self) -> str:
        """The root file's base language."""
        return self.root.language
