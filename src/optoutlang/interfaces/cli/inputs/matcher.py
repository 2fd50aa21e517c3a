"""RULES as a matcher, from source or artefact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from optoutlang import ArtefactError, Matcher
from optoutlang.interfaces.cli.exits import Unreadable, because

ARTEFACT_SUFFIX = ".optoutc"


@dataclass(frozen=True, slots=True)
class Silence:
    """A finding that a file silences by `allow`: its code and message, the reason, and the line that it is about."""

    code: str
    message: str
    reason: str
    rule: str


def load_artefact(rules: str, *, whole: bool = True) -> Matcher:
    """Return the matcher of an artefact; `whole` as for `Matcher.from_bytes`.

    Raises:
        Unreadable: the file cannot be read, or its bytes are not a valid artefact.
    """
    with sound_artefact(rules):
        try:
            return Matcher.from_bytes(Path(rules).read_bytes(), whole=whole)
        except OSError as error:
            raise Unreadable(because(error, rules)) from error


@contextmanager
def sound_artefact(rules: str) -> Iterator[None]:
    """Tell the user of an artefact whose bytes turn out not to be valid, now or when they are needed.

    Raises:
        Unreadable: they are not.
    """
    try:
        yield
    except ArtefactError as error:
        raise Unreadable(f"`{rules}` is not a valid artefact: {error}") from error


def load_matcher_or_exit(rules: str, *, whole: bool = True) -> Matcher:
    """Return the matcher of RULES, source or artefact; if the source has errors, print them and end the command.

    `whole` as for `Matcher.from_bytes`.

    Raises:
        Unreadable: there is nothing to read, or a damaged artefact.
    """
    if rules.endswith(ARTEFACT_SUFFIX):
        return load_artefact(rules, whole=whole)
    # Here, not above: an artefact needs no parser.
    from optoutlang.interfaces.cli.inputs.sources import compile_or_exit  # noqa: PLC0415

    return compile_or_exit(rules)


def load_with_silences_or_exit(rules: str) -> tuple[Matcher, tuple[Silence, ...]]:
    """Return the matcher of RULES, and the findings that its file silences; an artefact has none.

    Raises:
        Unreadable: there is nothing to read, or a damaged artefact.
    """
    if rules.endswith(ARTEFACT_SUFFIX):
        return load_artefact(rules), ()
    # Here, not above: an artefact needs no parser.
    from optoutlang.interfaces.cli.inputs.sources import (  # noqa: PLC0415
        compile_with_findings_or_exit,
    )

    matcher, findings = compile_with_findings_or_exit(rules)
    return matcher, tuple(
        Silence(each.code.id, each.message, each.silenced, each.primary.place.rule)
        for each in findings
        if each.silenced
    )
