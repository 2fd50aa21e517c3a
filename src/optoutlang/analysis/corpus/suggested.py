"""The suggestions of a stream of messages, the most certain first, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import nlargest

from optoutlang.analysis.adequacy.probes import probe
from optoutlang.analysis.adequacy.suggestions import pasteable
from optoutlang.language.model.ruleset import Example
from optoutlang.runtime.terms.action import Action

CAPACITY = 10_000
"""How many different messages are kept."""

PROPOSED = "proposed by `optout scan`"
"""The name of the test of proposed cases."""

HEAD = """\
# Messages that `optout scan` only suggests, the most certain first. Read each, delete or correct what is no request,
# and copy the rest into your file: a case fails until a rule decides its message.
"""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A message that is only suggested: `text` as it is shown, what it asks for, how it matched, how often it came.

    `score` is by how much it is over the suggester's threshold, in hundredths
    of a logit; None where a rule made the suggestion, which is more certain than any.
    """

    text: str
    action: Action
    matched_by: str
    country: str | None
    score: int | None
    count: int = 1

    @property
    def certainty(self) -> tuple[bool, int, int, str]:
        """What orders suggestions: rules' before the suggester's, then the score, then how often it came."""
        return self.score is None, self.score or 0, self.count, self.text


class Suggestions:
    """Keeps the most certain different suggestions."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._kept: dict[str, Suggested] = {}

    def add(self, key: str, suggested: Suggested) -> None:
        """Take in a suggestion; equal keys are one message."""
        known = self._kept.get(key)
        self._kept[key] = (
            suggested if known is None else replace(known, count=known.count + suggested.count)
        )
        if len(self._kept) > 2 * self._capacity:
            self._kept = dict(nlargest(self._capacity, self._kept.items(), key=_certainty))

    def merge(self, other: Suggestions) -> None:
        """Take in what others kept."""
        for key, suggested in other._kept.items():
            self.add(key, suggested)

    def most(self, number: int = CAPACITY) -> tuple[Suggested, ...]:
        """Return the most certain ones."""
        return tuple(each for _, each in nlargest(number, self._kept.items(), key=_certainty))


def _certainty(entry: tuple[str, Suggested]) -> tuple[bool, int, int, str]:
    return entry[1].certainty


def proposed(suggestions: Iterable[Suggested]) -> str:
    """Return a file with a test case for each suggestion, for a person to judge; empty if there is none."""
    cases = dict.fromkeys(map(_case, suggestions))
    return f"{HEAD}{pasteable(PROPOSED, cases)}" if cases else ""


def _case(suggested: Suggested) -> Example:
    asked = probe(suggested.text, suggested.country, None)
    return replace(asked, action=suggested.action)
