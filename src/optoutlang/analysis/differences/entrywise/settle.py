"""Decides, entry by entry, whether an entry in which two contexts differ makes a difference.

Theory of operation. Both contexts have the same filler. If a message has two
outcomes, take the better of what decides it on either side. Either that entry
means something else on the other side, or an exception that one side alone has
takes its place there. So each entry that differs is looked at by itself, and it
is settled in one of two ways: a message made from it has two outcomes, as both
matchers say; or it can decide no message on the side that has it, because

- an exception to its action stands in it, or
- a phrase of a stronger action does, and no exception to that action can share
  a token with that phrase and reach out of the entry, or
- on the other side a phrase in it comes to the same, and so does all that may
  go between the two.

Tokens beside the entry can be replaced by one that no rule knows: that takes
competitors away and brings none. Where words that may be filler stand in the
entry, or in an exception that may stand over it, the reasons do not count: an
exception may then overlap what it shares no row with. Nor do they where sentences
that are open on one side may stand over it, nor for a sentence that is a keyword,
which means something else among others. What is settled in neither
way is reported as unsettled, so "equal" stays a proof. A witness is short, but only the search of
the product promises a shortest one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from optoutlang.analysis.differences.entrywise.side import Row, Side
from optoutlang.analysis.differences.outcome import OutcomeIndex
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.program import EXCEPTIONS, KEYWORDS, PHRASES, SENTENCES, Table
from optoutlang.runtime.program.rest import unmarked
from optoutlang.runtime.terms import Action
from optoutlang.runtime.terms.rest import Rest

Shows = Callable[[str], bool]
"""Asks both matchers about a message, and tells whether its meaning differs."""

WINDOWS = 200
"""How many meetings with exceptions are tried for one entry."""

MASKS = 20
"""How many entries are tried beside one that another hides by the same outcome."""


class Settler:
    """Settles the entries in which two contexts with the same filler differ."""

    def __init__(self, sides: tuple[Side, Side], index: OutcomeIndex, word: str) -> None:
        self._sides = sides
        self._index = index
        self._word = word

    def settled(self, table: Table, key: str, shows: Shows, *, excepts_differ: bool) -> bool:
        """Tell whether what a table has under a key is known to make a difference, or none.

        `excepts_differ` says that the contexts differ in some exception.
        """
        if table is KEYWORDS:
            messages = self._as_keyword(key)
            plainly = [shows(text) for text in islice(messages, 3)]  # each may lose something else
            return any(plainly) or any(map(shows, messages))
        plain, rest = unmarked(key)
        row = tuple(plain.split(" "))
        if tokens(plain) != row:
            return True  # no message has these tokens
        if any(map(shows, self._beside(table, plain, rest))):
            return True
        among = table is SENTENCES and any(side.is_keyword(plain) for side in self._sides)
        if among or rest is not Rest.NONE or self._reads_as_written(row) or self._beside_open(row):
            return False
        if table is EXCEPTIONS:
            return self._exception(key, row, shows)
        return all(
            self._decides_nothing(place, table, row, action, shows, excepts_differ=excepts_differ)
            for place, action in self._differing(table, key)
        )

    def _reads_as_written(self, row: Row) -> bool:
        """Tell whether words that may be filler stand in a row, or in an exception that may stand over it."""
        return self._may_be_filler(row) or any(
            self._excepts_over_filler(side, row) for side in self._sides
        )

    def _beside_open(self, row: Row) -> bool:
        """Tell whether sentences that are open on one side have words of a row: they may stand over it."""
        return any(
            not set(row).isdisjoint(each) for side in self._sides for each in side.open_sentences
        )

    def _may_be_filler(self, row: Iterable[str]) -> bool:
        return any(not side.filler_tokens.isdisjoint(row) for side in self._sides)

    def _excepts_over_filler(self, side: Side, row: Row) -> bool:
        return any(
            not set(row).isdisjoint(each) or side.filler_tokens.issuperset(each)
            for each in side.exceptions_with_filler
        )

    # Messages.

    def _as_keyword(self, key: str) -> Iterator[str]:
        """Yield messages that are a keyword and, each in another way, nothing else."""
        yield next((each.spelling(key) for each in self._sides if each.entry(KEYWORDS, key)), key)
        yield key
        yield f"“{key}” +"
        for cut in range(1, len(key)):
            yield f"{key[:cut]} {key[cut:]}"
            yield f"“{key[:cut]}” {key[cut:]}"

    def _beside(self, table: Table, text: str, rest: Rest = Rest.NONE) -> Iterator[str]:
        """Yield messages of an entry, alone and beside what no rule knows."""
        stop = ". " if table is SENTENCES else " "
        yield text
        if table is SENTENCES:
            yield f"“{self._word}” {text}"
        if rest is not Rest.NONE:
            yield f"{self._word} {text}" if rest is Rest.BEFORE else f"{text} {self._word}"
        plain = tokens(f"{self._word} {text}") == (self._word, *text.split(" "))
        for beside in (self._word,) if plain else (self._word, "+"):
            yield beside + stop + text
            yield text + stop + beside
            yield stop.join((beside, text, beside))

    # Reasons.

    def _differing(self, table: Table, key: str) -> Iterator[tuple[int, Action]]:
        """Yield the sides and actions in which an entry comes to what it does not on the other side."""
        outcomes = [side.outcomes(table, key) for side in self._sides]
        for place, numbers in enumerate(outcomes):
            for action, number in numbers.items():
                if outcomes[1 - place].get(action) != number:
                    yield place, action

    def _decides_nothing(
        self,
        place: int,
        table: Table,
        row: Row,
        action: Action,
        shows: Shows,
        *,
        excepts_differ: bool,
    ) -> bool:
        side = self._sides[place]
        exceptions = [
            (start, end, each.action) for start, end, each in side.inside(EXCEPTIONS, row)
        ]
        if table is PHRASES and any(each is action for *_, each in exceptions):
            return True
        reaching: list[str] = []
        for start, end, each in side.inside(PHRASES, row):
            hidden = any(
                other is each.action and begin < end and start < stop
                for begin, stop, other in exceptions
            )
            stronger = each.action.rank < action.rank
            if (stronger or (table is SENTENCES and each.action is action)) and not hidden:
                # No exception reaches out of a sentence.
                found = self._windows(side, row, each.action, start, end)
                windows = [] if table is SENTENCES else list(islice(found, WINDOWS))
                if stronger and not windows:
                    return True
                reaching += windows
        if any(shows(text) for window in reaching for text in self._around(window)):
            return True
        return (
            not reaching and not excepts_differ and self._masked(place, table, row, action, shows)
        )

    def _windows(self, side: Side, row: Row, action: Action, start: int, end: int) -> Iterator[str]:
        """Yield a row with an exception to an action that shares a token with a part of it and reaches out of it."""
        for text in _rows(side, EXCEPTIONS, action, set(row[start:end])):
            other = tuple(text.split(" "))
            for at in range(1 - len(other), len(row)):
                stop = at + len(other)
                inside = at >= 0 and stop <= len(row)
                if not inside and at < end and start < stop and _agree(row, other, at):
                    yield " ".join(_joined(row, other, at))

    def _around(self, window: str) -> Iterator[str]:
        for before, after in (
            ("", ""),
            (self._word, ""),
            ("", self._word),
            (self._word, self._word),
        ):
            yield f"{before} {window} {after}".strip()

    def _masked(self, place: int, table: Table, row: Row, action: Action, shows: Shows) -> bool:
        """Tell whether a phrase in a row comes to the same on the other side, and all that goes between them.

        Something between them that comes to something else makes a message.
        """
        side, other = self._sides[place], self._sides[1 - place]
        text = " ".join(row)
        effects = self._effects(side.outcomes(table, text)[action])
        masks = [
            end - start
            for start, end, each in other.inside(PHRASES, row)
            if each.action is action
            and self._effects(other.number(PHRASES, "", each)) == effects
            and (table is PHRASES or not self._exceptable(other, row, action, start, end))
        ]
        if not masks:
            return False
        between = self._between(other, table, len(row), max(masks), action)
        unlike = (
            each for each in between if self._effects(other.outcomes(*each)[action]) != effects
        )
        tried = [each for _, each in islice(unlike, MASKS)]
        stop = ". " if other.entry(SENTENCES, text) or table is SENTENCES else " "
        messages = (
            stop.join(parts)
            for each in tried
            for parts in ((text, self._word, each), (each, self._word, text))
        )
        return any(map(shows, messages)) or not tried

    def _exceptable(self, side: Side, row: Row, action: Action, start: int, end: int) -> bool:
        """Tell whether an exception to an action may take the place of a part of a row."""
        inside = any(
            each.action is action and begin < end and start < stop
            for begin, stop, each in side.inside(EXCEPTIONS, row)
        )
        return inside or any(True for _ in self._windows(side, row, action, start, end))

    def _between(
        self, side: Side, table: Table, longest: int, shortest: int, action: Action
    ) -> Iterator[tuple[Table, str]]:
        """Yield the entries for an action that go after one of a length and before a phrase of another."""
        for other in (SENTENCES, PHRASES):
            for text, those in side.entries(other):
                length = text.count(" ") + 1
                same = table is other and length <= longest
                after = same or (table is SENTENCES and other is PHRASES)
                before = other is SENTENCES or length >= shortest
                if after and before and any(each.action is action for each in those):
                    yield other, text

    def _effects(self, number: int) -> tuple[object, ...]:
        return tuple(
            None if each is None else (each.action, each.suggested, each.language, each.reply)
            for each in self._index.outcomes[number]
        )

    def _exception(self, key: str, row: Row, shows: Shows) -> bool:
        """Settle an exception by its meetings with phrases of its action."""
        return all(
            self._meetings(self._sides[place], action, row, shows)
            for place, action in self._differing(EXCEPTIONS, key)
        )

    def _meetings(self, side: Side, action: Action, row: Row, shows: Shows) -> bool:
        other = self._sides[0] if side is self._sides[1] else self._sides[1]
        count = 0
        for text in _rows(other, PHRASES, action, set(row)):
            phrase = tuple(text.split(" "))
            for at in range(1 - len(row), len(phrase)):
                if not _agree(phrase, row, at):
                    continue
                count += 1
                if count > WINDOWS:
                    return False
                window = _joined(phrase, row, at)
                if any(map(shows, self._beside(PHRASES, " ".join(window)))):
                    return True
                if not self._hidden(other, window, action, max(-at, 0), max(-at, 0) + len(phrase)):
                    return False
        return True

    def _hidden(self, side: Side, window: Row, action: Action, start: int, end: int) -> bool:
        """Tell whether a phrase never decides where it stands in a window."""
        exceptions = [
            (begin, stop, each.action) for begin, stop, each in side.inside(EXCEPTIONS, window)
        ]
        if any(each is action and begin < end and start < stop for begin, stop, each in exceptions):
            return True
        return any(
            each.action.rank < action.rank
            and not self._exceptable(side, window, each.action, begin, stop)
            for begin, stop, each in side.inside(PHRASES, window)
        )


def _rows(side: Side, table: Table, action: Action, wanted: set[str]) -> Iterator[str]:
    """Yield the rows of a table for an action that have one of some tokens."""
    for text, those in side.entries(table):
        if not wanted.isdisjoint(text.split(" ")) and any(each.action is action for each in those):
            yield text


def _agree(row: Row, other: Row, at: int) -> bool:
    """Tell whether another row can stand over a row, its first token at a place that may be before the row's."""
    begin, end = max(at, 0), min(at + len(other), len(row))
    return begin < end and row[begin:end] == other[begin - at : end - at]


def _joined(row: Row, other: Row, at: int) -> Row:
    """Return both rows as one."""
    before = other[: max(-at, 0)]
    after = other[len(row) - at :] if at + len(other) > len(row) else ()
    return (*before, *row, *after)
