"""Recall, precision and false alarms of answers to labelled messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from optoutlang.analysis.corpus.answer import Answer, answer_of
from optoutlang.analysis.corpus.labelled import Labelled
from optoutlang.analysis.corpus.share import Share
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms.action import REQUESTS, MatchedBy


class Verdict(Enum):
    """Whether an answer is right, and if not, to which side it is wrong."""

    RIGHT = "right"
    MISS = "miss"
    """The row expects an action and got another one, or none."""
    FALSE_ALARM = "false alarm"
    """The row expects no action and got one."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A labelled message and the answer that it got."""

    row: Labelled
    answer: Answer

    @property
    def verdict(self) -> Verdict:
        """Whether the answer is right. A suggestion answers nothing: it is neither right nor a false alarm."""
        if self.row.accepts(self.answer.action):
            return Verdict.RIGHT
        return Verdict.FALSE_ALARM if self.row.expect is None else Verdict.MISS

    @property
    def suggested_rightly(self) -> bool:
        """Whether the row expects an action and only a suggestion says so."""
        suggested = self.answer.suggested
        missed = self.verdict is Verdict.MISS
        return missed and suggested is not None and self.row.accepts(suggested)

    @property
    def suggested_wrongly(self) -> bool:
        """Whether the row expects no action and one is suggested."""
        suggested = self.answer.suggested
        quiet = self.row.expect is None
        return quiet and suggested is not None and not self.row.accepts(suggested)


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of some rows.

    `recall`: of the rows that expect an action, those answered rightly.
    `precision`: of the rows that got an action, those for which it was right.
    `false_alarms`: of the rows that expect none, those that got one.
    `suggested`: of the rows that expect an action, those for which a right one was only suggested.
    `false_suggestions`: of the rows that expect none, those for which one was suggested.
    """

    name: str
    rows: int
    recall: Share
    precision: Share
    false_alarms: Share
    suggested: Share
    false_suggestions: Share


def measure(matcher: Matcher, rows: Iterable[Labelled]) -> tuple[Measured, ...]:
    """Return what a matcher answers to each row, in its country and language."""
    return tuple(
        Measured(
            row, answer_of(matcher.match(row.text, country=row.country, language=row.language))
        )
        for row in rows
    )


def summary(measured: Sequence[Measured], name: str = "all") -> Summary:
    """Return the figures of rows."""
    wanting = [each for each in measured if each.row.expect is not None]
    return _summary(name, measured, len(measured), wanting, measured)


def by_action(measured: Sequence[Measured]) -> tuple[Summary, ...]:
    """Return the figures of each action: recall where it is expected, precision where it is the answer."""
    summaries = []
    for action in REQUESTS:
        wanting = [each for each in measured if each.row.expect is action]
        given = [each for each in measured if action in (each.answer.action, each.answer.suggested)]
        summaries.append(_summary(action.value, measured, len(wanting), wanting, given))
    return tuple(summaries)


def by_step(measured: Sequence[Measured]) -> tuple[Summary, ...]:
    """Return the figures of each way to match that occurs; its recall is what it adds to the recall of all rows."""
    summaries = []
    wanting = sum(each.row.expect is not None for each in measured)
    for step in MatchedBy:
        given = [each for each in measured if each.answer.matched_by is step]
        if given:
            caught = [each for each in given if each.row.expect is not None]
            summaries.append(_summary(step.value, measured, len(given), caught, given, of=wanting))
    return tuple(summaries)


def by_field(measured: Sequence[Measured], name: str) -> tuple[Summary, ...]:
    """Return the figures of the rows of each value of a field, most rows first."""
    groups: dict[str, list[Measured]] = {}
    for each in measured:
        groups.setdefault(each.row.field(name), []).append(each)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple(summary(rows, value) for value, rows in ordered)


@dataclass(frozen=True, slots=True)
class Change:
    """A row that one ruleset answers rightly and the other does not."""

    before: Measured
    after: Measured

    @property
    def fixed(self) -> bool:
        """Whether the row is right after; else it was right before."""
        return self.after.verdict is Verdict.RIGHT


def changes(before: Sequence[Measured], after: Sequence[Measured]) -> tuple[Change, ...]:
    """Return the rows that change between right and wrong; both must be answers to the same rows."""
    return tuple(
        Change(old, new)
        for old, new in zip(before, after, strict=True)
        if (old.verdict is Verdict.RIGHT) is not (new.verdict is Verdict.RIGHT)
    )


def _summary(
    name: str,
    measured: Sequence[Measured],
    rows: int,
    wanting: Sequence[Measured],
    given: Sequence[Measured],
    *,
    of: int | None = None,
) -> Summary:
    """Return the figures of rows that want an action, and of rows to which one is given.

    `of` is how many rows want an action, where `wanting` are only some of them.
    """
    wanted = len(wanting) if of is None else of
    quiet = sum(each.row.expect is None for each in measured)
    answered = [each for each in given if each.answer.action is not None]
    return Summary(
        name,
        rows,
        recall=Share(_count(wanting, Verdict.RIGHT), wanted),
        precision=Share(_count(answered, Verdict.RIGHT), len(answered)),
        false_alarms=Share(_count(answered, Verdict.FALSE_ALARM), quiet),
        suggested=Share(sum(each.suggested_rightly for each in wanting), wanted),
        false_suggestions=Share(sum(each.suggested_wrongly for each in given), quiet),
    )


def _count(measured: Iterable[Measured], verdict: Verdict) -> int:
    return sum(each.verdict is verdict for each in measured)
