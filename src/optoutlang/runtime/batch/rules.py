"""The rules of a batch: a matcher, or the artefact that it is made of."""

from __future__ import annotations

import os
from pathlib import Path

from optoutlang.runtime.matcher import Matcher

Rules = Matcher | bytes | str | os.PathLike[str]
"""A matcher, the bytes of an artefact, or the path of one."""

ARTEFACT = ".optoutc"


def matcher_of(rules: Rules) -> Matcher:
    """Return the matcher that is meant.

    Raises:
        ValueError: a path is not that of an artefact.
        OSError: the file cannot be read.
        ArtefactError: the bytes are no sound artefact.
    """
    if isinstance(rules, Matcher):
        return rules
    if isinstance(rules, bytes):
        return _prepared(rules)
    path = Path(rules)
    if path.suffix != ARTEFACT:
        raise ValueError(
            f"`{path}` is no artefact; give one that `optout compile` wrote, or `optoutlang.load({str(path)!r})`"
        )
    return _prepared(path.read_bytes())


def _prepared(artefact: bytes) -> Matcher:
    """Return the matcher of an artefact, with everything decoded: a batch needs it, and threads need it at once."""
    matcher = Matcher.from_bytes(artefact)
    matcher.prepare()
    return matcher
