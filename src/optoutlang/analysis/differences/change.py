"""Changes between two programs: which messages, in which contexts, from what decision to what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from optoutlang.runtime.terms import Action, Decision


class Kind(Enum):
    """How a message's meaning changes, the gravest first."""

    OPT_OUT_LOST = "opt-out lost"
    OPT_IN_GAINED = "opt-in gained"
    OPT_OUT_GAINED = "opt-out gained"
    ACTION_CHANGED = "action changed"
    LANGUAGE_CHANGED = "language changed"
    REPLY_CHANGED = "reply changed"
    WORDING = "found in another way"


@dataclass(frozen=True, slots=True)
class Change:
    """One way in which messages change, and a shortest message that does.

    It happens in `countries`, where None stands for no country and for every
    country that neither program names; and to senders who prefer one of
    `languages`, where None stands for no preference and for every language that
    the rules do not know; empty, it happens whatever is preferred.

    `length` counts the witness's tokens; a keyword is one however it is spelt. `button` tells that
    the witness is the payload of a button.
    """

    kind: Kind
    countries: tuple[str | None, ...]
    languages: tuple[str | None, ...]
    witness: str
    length: int
    before: Decision | None
    after: Decision | None
    button: bool = False

    @property
    def weaker(self) -> bool:
        """Whether an opt-out is lost, or somebody opted in who was not.

        The message asks for an opt-out before and not, or less surely, after; or it opts in after, and did not before.
        """
        return self.kind in {Kind.OPT_OUT_LOST, Kind.OPT_IN_GAINED}


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changes in meaning from one program to another.

    No `changes` and nothing `unsettled` is a proof: every message, from every
    country and for every preferred language, has the same action, language and
    reply. `wording` are messages that only match in another way.

    `contexts` counts the countries and none, `groups` those of them that differ
    in what is compared, `preferences` the preferred languages that can matter,
    `states` the states of all searches, or the messages that were tried where the
    programs were compared entry by entry; `every_pair` is then False: a change
    that needs several entries to meet may go unnamed beside others. `unsettled`
    names what differs in the programs and is not compared.
    """

    changes: tuple[Change, ...]
    wording: tuple[Change, ...]
    contexts: int
    groups: int
    preferences: int
    states: int
    unsettled: tuple[str, ...] = ()
    every_pair: bool = True

    @property
    def equal(self) -> bool:
        """Whether the two are proved to mean the same."""
        return not (self.changes or self.unsettled)

    @property
    def weaker(self) -> tuple[Change, ...]:
        """The changes by which an opt-out is lost or an opt-in gained."""
        return tuple(each for each in self.changes if each.weaker)


def kind(before: Decision | None, after: Decision | None) -> Kind | None:
    """Return how the meaning of a message changes; None if not at all."""
    if _narrows(before, after):
        return Kind.OPT_OUT_LOST
    if _narrows(after, before):
        return Kind.OPT_OUT_GAINED
    strengths = _opt_out(before), _opt_out(after)
    if strengths[0] != strengths[1]:
        return Kind.OPT_OUT_LOST if strengths[0] > strengths[1] else Kind.OPT_OUT_GAINED
    if _opts_in(after) and not (_opts_in(before) and _holds(before, after)):
        return Kind.OPT_IN_GAINED
    if before is None or after is None:
        return None if before is after else Kind.ACTION_CHANGED
    checks = (
        (
            Kind.ACTION_CHANGED,
            (before.action, before.suggested, before.answer, before.topic),
            (after.action, after.suggested, after.answer, after.topic),
        ),
        (Kind.LANGUAGE_CHANGED, before.language, after.language),
        (Kind.REPLY_CHANGED, before.reply, after.reply),
        (Kind.WORDING, before.matched_by, after.matched_by),
    )
    return next((which for which, old, new in checks if old != new), None)


def _narrows(before: Decision | None, after: Decision | None) -> bool:
    """Tell whether both opt out, and what was opted out of before is not all opted out of after."""
    return bool(_opt_out(before) and _opt_out(after)) and not _holds(after, before)


def _holds(wide: Decision | None, narrow: Decision | None) -> bool:
    """Tell whether what one decision concerns is all that another one does: everything, or the same topic."""
    assert wide is not None  # noqa: S101  # both decisions act
    assert narrow is not None  # noqa: S101
    return wide.topic in (None, narrow.topic)


def _opts_in(decision: Decision | None) -> bool:
    """Tell whether a message opts in at once."""
    return decision is not None and decision.action is Action.OPT_IN


def _opt_out(decision: Decision | None) -> int:
    """Return how surely a message opts out: 2 at once, 1 as a suggestion, 0 not."""
    if decision is None or decision.intent is not Action.OPT_OUT:
        return 0
    return 1 if decision.action is None else 2
