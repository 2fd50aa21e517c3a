"""Entries that a country takes back of what its overlay would only add to (docs/language.md §5.35).

Keywords, sentences, phrases and exceptions need none of this: an overlay's entry
without a meaning takes the base's away.
"""

from __future__ import annotations

from dataclasses import dataclass

from optoutlang.runtime.terms import Action, Tolerance

ReplyPlace = tuple[Action, str, str]
"""Where a reply stands: its action, its language, and the key of the one keyword that it answers, empty for all."""


@dataclass(frozen=True, slots=True)
class Absent:
    """What the base has and a country does without: nothing by default.

    `fillers` are canonical texts, `frames` numbers of the program's frames; `replies` are none of answers or topics.
    """

    fillers: frozenset[str] = frozenset()
    tolerances: frozenset[Tolerance] = frozenset()
    frames: frozenset[int] = frozenset()
    replies: frozenset[ReplyPlace] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.fillers or self.tolerances or self.frames or self.replies)
