"""The statements read so far, of all files."""

from __future__ import annotations

from dataclasses import dataclass, field

from optoutlang.language.model.ruleset import (
    Claim,
    Example,
    FillerPhrase,
    Only,
    Phrase,
    Removal,
    ReplyText,
    Suggestion,
    Toleration,
)


@dataclass(slots=True)
class Statements:
    """Lists that the readers fill, in order of file, then place."""

    claims: list[Claim] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    onlys: list[Only] = field(default_factory=list)
    sentences: list[Phrase] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    exceptions: list[Phrase] = field(default_factory=list)
    fillers: list[FillerPhrase] = field(default_factory=list)
    replies: list[ReplyText] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    tolerations: list[Toleration] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
