"""The answer to one message, as a value that can be logged, compared and replayed."""

from __future__ import annotations

from dataclasses import dataclass

from optoutlang.matcher.action import Action, MatchedBy


@dataclass(frozen=True, slots=True)
class Decision:
    """What a message means under one artefact.

    `keyword` is the keyword or phrase as spelt in the rules, `language` the
    BCP 47 tag that the reply speaks, `country_scope` the country whose scope
    the message was read in (None: the base scope), `reply` the text to send
    (None: send nothing), `rule` the place in the source that decided
    (`file:line`), `digest` the artefact's digest (64 hexadecimal digits).
    """

    action: Action
    keyword: str
    matched_by: MatchedBy
    language: str
    country_scope: str | None
    reply: str | None
    rule: str
    digest: str
