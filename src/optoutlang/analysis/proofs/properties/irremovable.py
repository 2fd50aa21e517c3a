"""STOP, START and HELP can never be removed: a theorem over all files, in two parts.

By construction: the model and the program have no way to say it, and each
place that refuses is exercised. Enumerated: every small file is compiled, and
those that are not refused are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from optoutlang.analysis.proofs.properties.verdict import (
    Property,
    Verdict,
    Witness,
    by_construction,
    enumerated,
)
from optoutlang.analysis.proofs.small_files import (
    COUNTRY,
    OTHER,
    keyword_statements,
    other_statements,
    small_files,
)
from optoutlang.analysis.proofs.subject import Subject
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.layers import takes
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Claim, Only, Origin, Removal
from optoutlang.language.source.place import Place
from optoutlang.language.source.text import SourceText
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import (
    PROTECTED_KEYS,
    Context,
    Meaning,
    Program,
    UnprotectedWordError,
)
from optoutlang.runtime.terms import PROTECTED, REQUESTS, Action

SOURCE = SourceText("nowhere.optout", "")
NOWHERE = Place(SOURCE, SOURCE.end)
SIZE = 2

ALPHABET = (
    *keyword_statements(("STOP", OTHER), (Action.OPT_OUT, Action.HELP)),
    *other_statements("STOP", Action.OPT_OUT, Action.HELP),
)
"""The statements that files of up to `SIZE` are made of."""

WIDE_ALPHABET = (
    *keyword_statements((*PROTECTED, OTHER), REQUESTS),
    *other_statements("START", Action.OPT_IN, Action.OPT_OUT),
    *other_statements("HELP", Action.HELP, Action.OPT_OUT),
)
"""The statements that files of one statement are made of: every word and action."""


def _settle(subject: Subject) -> Verdict:
    attempts = [*_attempts(subject.program)]
    accepted = [name for name, attempt in attempts if not _is_refused(attempt)]
    places = (
        "model.ruleset.Claim and Removal, model.layers.takes (for `only`), matcher.program.Program"
    )
    files, refused, wrong = _small_files()
    if accepted:
        wrong = wrong or Witness(f"nothing refuses {accepted[0]}")
    return Verdict(
        (
            by_construction(
                f"attempts to say it in the model or the program, each refused: {places}",
                len(attempts),
            ),
            enumerated(
                files,
                f"files: every one of up to {SIZE} of {len(ALPHABET)} statements about STOP and another word, and of "
                f"one of {len(WIDE_ALPHABET)} about all three; {refused:,} are refused, in the others each word keeps "
                f"its meaning in the base, in {COUNTRY} and elsewhere",
            ),
        ),
        wrong,
    )


def _attempts(program: Program) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what must be refused: a name, and a function that raises ValueError if it is."""
    for word, own in PROTECTED_KEYS.items():
        for action in REQUESTS:
            for scope in (None, COUNTRY):
                where = scope or "the base"
                yield f"removing {word} in {where}", _removal(word, action, scope)
                yield f"`only` taking {word} in {where}", _only(word, own, action, scope)
                if action is not own:
                    yield f"claiming {word} for {action.value}", _claim(word, action, scope)
                    yield (
                        f"a program with {word} as {action.value}",
                        _rebuilt(program, word, action, scope),
                    )
        for scope in (None, COUNTRY):
            yield f"a program without {word}", _rebuilt(program, word, None, scope)


def _is_refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except ValueError:
        return True
    return False


def _claim(word: str, action: Action, scope: str | None) -> Callable[[], object]:
    return lambda: Claim(Origin(0, scope, NOWHERE), action, "en", word, word)


def _removal(word: str, action: Action, scope: str | None) -> Callable[[], object]:
    return lambda: Removal(Origin(0, scope, NOWHERE), action, None, word, word)


def _only(word: str, own: Action, action: Action, scope: str | None) -> Callable[[], object]:
    def attempt() -> None:
        only = Only(Origin(1, scope, NOWHERE), action, None, frozenset({"a"}))
        if not takes(only, Claim(Origin(0, scope, NOWHERE), own, "en", word, word)):
            raise ValueError(f"`only` leaves {word}")

    return attempt


def _rebuilt(
    program: Program, word: str, action: Action | None, scope: str | None
) -> Callable[[], object]:
    """Return the attempt to build a program in which a word has another meaning, or none, in a scope."""

    def attempt() -> Program:
        origins = next(program.base.meanings()).origins
        meaning = None if action is None else Meaning(action, origins)
        if scope is None:
            return replace(program, base=_with(program.base, word, meaning))
        country = _with(program.countries.get(scope, Context()), word, meaning)
        return replace(program, countries={**program.countries, scope: country})

    return attempt


def _with(context: Context, word: str, meaning: Meaning | None) -> Context:
    return replace(context, keywords={**context.keywords, word: meaning})


@cache
def _small_files() -> tuple[int, int, Witness | None]:
    """Return how many small files there are, how many are refused, and a witness; no ruleset changes it."""
    files = refused = 0
    for alphabet, size in ((ALPHABET, SIZE), (WIDE_ALPHABET, 1)):
        for chosen, ruleset in small_files(alphabet, size):
            files += 1
            if ruleset is None:
                refused += 1
                continue
            wrong = _wrong(ruleset, "\n".join(chosen))
            if wrong is not None:
                return files, refused, wrong
    return files, refused, None


def _wrong(ruleset: Ruleset, text: str) -> Witness | None:
    try:
        matcher = Matcher(from_model(ruleset))
    except UnprotectedWordError as error:
        return Witness(f"under `{text}` the model lets go, and only the program refuses: {error}")
    for word, action in PROTECTED.items():
        for country in (None, COUNTRY, "US"):
            found = matcher.match(word, country=country)
            if found is None or found.action is not action:
                return Witness(f"no longer means {action.value} under `{text}`", word, country)
    return None


PROPERTY = Property(
    "irremovable",
    "No file whatever can remove or rebind STOP, START or HELP.",
    _settle,
)
