"""The state of one recipient in one scope: a few marks, of which consent is a function.

Theory of operation. A word that somebody said is a mark: its kind, and when it
was said. A state keeps the latest mark of each kind, and `consent` is worked
out from these marks. The latest of two marks does not depend on which of them
came first, so neither does the state: STOP and START that race through many
processes, or come back late from a carrier, leave what they would have left in
the order of their own times. In a tie the opt-out wins.

Consent, from the marks (docs/consent.md has it in words):

- an opt-in is the latest of: an opt-in, or a START that came after an opt-out
  (a START with no earlier opt-out does nothing, but it is kept: an opt-out
  that comes late and is older loses to it);
- opted out, if there is an opt-out and no later opt-in;
- else pending, if a prompt waits for its answer: it is later than opt-out,
  opt-in and end of the number, and its time is not over;
- else subscribed, if there is an opt-in and the number did not end since;
- else unknown.

Pending beats opted out, as a prompt that is later than the opt-out was asked
for by the person; neither may be texted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from optoutlang.consent.engine.constructor import fast_constructor
from optoutlang.consent.engine.event import Source
from optoutlang.consent.engine.moment import earlier
from optoutlang.consent.engine.scope import Key


class Consent(Enum):
    """What a recipient wants of a scope."""

    UNKNOWN = "unknown"
    PENDING = "pending"
    SUBSCRIBED = "subscribed"
    OPTED_OUT = "opted-out"

    __hash__ = object.__hash__  # as Channel's


class MarkKind(Enum):
    """What a mark stands for; the value is the name of its field in `Marks`."""

    OPT_OUT = "opted_out"
    OPT_IN = "opted_in"
    START = "started"
    """An opt-in word: it lifts an earlier opt-out, and does nothing without one."""
    PROMPT = "prompted"
    """An opt-in that waits for its confirmation until `Mark.until`."""
    END = "ended"
    """The number was deactivated or reassigned."""


@fast_constructor
@dataclass(frozen=True, slots=True)
class Mark:
    """One word: when it was said, by which event (its key), from which source, and in which words."""

    at: datetime
    event: str
    source: Source
    text: str | None = None
    until: datetime | None = None


@fast_constructor
@dataclass(frozen=True, slots=True)
class Marks:
    """The latest mark of each kind.

    Beside them `first_opted_out` is when the first opt-out of all was, and
    `began` the first opt-out of those that were not answered by an opt-in in
    between: the message that caused it all, where `opted_out` is its latest
    repetition.
    """

    opted_out: Mark | None = None
    opted_in: Mark | None = None
    started: Mark | None = None
    prompted: Mark | None = None
    ended: Mark | None = None
    began: Mark | None = None
    first_opted_out: datetime | None = None

    def add(self, kind: MarkKind, mark: Mark) -> Marks:
        """Return the marks with one more."""
        if kind is MarkKind.OPT_OUT:
            if self.opted_out is None and self.opted_in is None and self.started is None:
                return Marks(mark, None, None, self.prompted, self.ended, mark, mark.at)
            return self.merge(Marks(opted_out=mark, began=mark, first_opted_out=mark.at))
        return Marks(
            self.opted_out,
            latest(self.opted_in, mark) if kind is MarkKind.OPT_IN else self.opted_in,
            latest(self.started, mark) if kind is MarkKind.START else self.started,
            latest(self.prompted, mark) if kind is MarkKind.PROMPT else self.prompted,
            latest(self.ended, mark) if kind is MarkKind.END else self.ended,
            self.began,
            self.first_opted_out,
        )

    def merge(self, other: Marks) -> Marks:
        """Return the latest marks of both."""
        opted_in = latest(self.opted_in, other.opted_in)
        started = latest(self.started, other.started)
        return Marks(
            latest(self.opted_out, other.opted_out),
            opted_in,
            started,
            latest(self.prompted, other.prompted),
            latest(self.ended, other.ended),
            _earliest(latest(opted_in, started), self.began, other.began),
            earlier(self.first_opted_out, other.first_opted_out),
        )

    def without_texts(self, before: datetime | None = None) -> Marks:
        """Return the marks without the words of those that are older than a time (None: of all)."""

        def bare(mark: Mark | None) -> Mark | None:
            if mark is None or mark.text is None or (before is not None and mark.at >= before):
                return mark
            return replace(mark, text=None)

        return Marks(
            bare(self.opted_out),
            bare(self.opted_in),
            bare(self.started),
            bare(self.prompted),
            bare(self.ended),
            bare(self.began),
            self.first_opted_out,
        )

    @property
    def cause(self) -> Mark | None:
        """The opt-out that the recipient's being opted out began with."""
        return _earliest(latest(self.opted_in, self.started), self.began) or self.opted_out

    @property
    def last_opt_in(self) -> Mark | None:
        """The latest opt-in: one that was given outright, or a START that lifted an opt-out."""
        started, out = self.started, self.opted_out
        if started is None or out is None or started.at <= out.at:
            return self.opted_in
        return latest(self.opted_in, started)

    def consent(self, at: datetime) -> Consent:
        """Return what the marks come to at a time, which matters for a prompt alone."""
        out, opt_in = self.opted_out, self.last_opt_in
        opted_out = out is not None and (opt_in is None or out.at >= opt_in.at)
        subscribed = (
            not opted_out
            and opt_in is not None
            and (self.ended is None or self.ended.at < opt_in.at)
        )
        if subscribed:
            return Consent.SUBSCRIBED
        if self.prompted is not None and self._waits(self.prompted, at):
            return Consent.PENDING
        return Consent.OPTED_OUT if opted_out else Consent.UNKNOWN

    def _waits(self, prompt: Mark, at: datetime) -> bool:
        ended_by = (self.opted_out, self.last_opt_in, self.ended)
        return all(each is None or each.at < prompt.at for each in ended_by) and (
            prompt.until is None or at <= prompt.until
        )


def latest(left: Mark | None, right: Mark | None) -> Mark | None:
    """Return the later of two marks; of two at one time the one whose event has the smaller key."""
    if left is None or right is None:
        return left or right
    if left.at == right.at:
        return left if left.event <= right.event else right
    return left if left.at > right.at else right


def _earliest(lifted: Mark | None, *opt_outs: Mark | None) -> Mark | None:
    """Return the earliest of some opt-outs that no later opt-in or START lifted."""
    found: Mark | None = None
    for each in opt_outs:
        if each is None or (lifted is not None and each.at < lifted.at):
            continue
        if found is None or (each.at, each.event) < (found.at, found.event):
            found = each
    return found


@fast_constructor
@dataclass(frozen=True, slots=True)
class SentReply:
    """An automatic reply that went out: its kind, when, and the digest of its text (to know it when it echoes)."""

    kind: str
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A scope question that waits for its answer: the event of the opt-out that it asks about, and until when."""

    event: str
    until: datetime


@fast_constructor
@dataclass(frozen=True, slots=True)
class ConsentState:
    """One row: the marks of a key, the last reply of each kind, and what waits there.

    `lifted` is when the provider was last asked to take the number off its
    own list; `reviews` are the keys of events whose opt-outs wait for review.
    """

    key: Key
    marks: Marks = Marks()
    replies: tuple[SentReply, ...] = ()
    question: OpenQuestion | None = None
    lifted: datetime | None = None
    reviews: tuple[str, ...] = ()

    def heard(self, kind: MarkKind, mark: Mark) -> ConsentState:
        """Return the row with one more mark; an opt-in of any kind answers what was asked."""
        question = self.question if kind is MarkKind.OPT_OUT else None
        marks = self.marks.add(kind, mark)
        return ConsentState(self.key, marks, self.replies, question, self.lifted, self.reviews)

    def answered(self, reply: SentReply) -> ConsentState:
        """Return the row with its last reply of a kind."""
        kept = tuple([each for each in self.replies if each.kind != reply.kind])
        replies = (*kept, reply)
        return ConsentState(self.key, self.marks, replies, self.question, self.lifted, self.reviews)
