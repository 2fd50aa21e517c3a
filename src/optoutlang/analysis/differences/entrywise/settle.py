"""Whether an entry in which two contexts differ makes a difference, decided at that entry.

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
competitors away and brings none. What is settled in neither way is reported as
unsettled, so "equal" stays a proof. A witness is short, but only the search of
the product promises a shortest one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from optoutlang.analysis.differences.entrywise.overlaid import Overlaid, Row
from optoutlang.analysis.differences.outcome import Ledger
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.terms.action import Action

Shows = Callable[[str], bool]
"""Asks both matchers about a message, and tells whether its meaning differs."""

WINDOWS = 200
"""How many meetings with exceptions are tried for one entry."""

MASKS = 20
"""How many entries are tried beside one that another hides by the same outcome."""

STRANGERS = ("hello", "paper", "zebra")


def stranger(known: frozenset[str]) -> str:
    """Return a token that is not known, a plain word if there is one."""
    more = (f"zq{count}q" for count in range(len(known) + 1))
    return next(each for each in (*STRANGERS, *more) if each not in known)


class Settler:
    """Settles the entries in which two contexts with the same filler differ."""

    def __init__(self, sides: tuple[Overlaid, Overlaid], ledger: Ledger, word: str) -> None:
        self._sides = sides
        self._ledger = ledger
        self._word = word

    def settled(self, name: str, key: str, shows: Shows, *, excepts_differ: bool) -> bool:
        """Tell whether what a table has under a key is known to make a difference, or none.

        `excepts_differ` says that the contexts differ in some exception.
        """
        if name == "keywords":
            messages = self._as_keyword(key)
            plainly = [shows(text) for text in islice(messages, 3)]  # each may lose something else
            return any(plainly) or any(map(shows, messages))
        row = tuple(key.split(" "))
        if tokens(key) != row:
            return True  # no message has these tokens
        if any(map(shows, self._beside(name, key))):
            return True
        if len(self._sides[0].filler.taken_out(row)) < len(row):
            return False
        if name == "exceptions":
            return self._exception(key, row, shows)
        return all(
            self._decides_nothing(place, name, row, action, shows, excepts_differ=excepts_differ)
            for place, action in self._differing(name, key)
        )

    # Messages.

    def _as_keyword(self, key: str) -> Iterator[str]:
        """Yield messages that are a keyword and, each in another way, nothing else."""
        yield next((each.spelling(key) for each in self._sides if each.entry("keywords", key)), key)
        yield key
        yield f"“{key}” +"
        for cut in range(1, len(key)):
            yield f"{key[:cut]} {key[cut:]}"
            yield f"“{key[:cut]}” {key[cut:]}"

    def _beside(self, name: str, text: str) -> Iterator[str]:
        """Yield messages of an entry, alone and beside what no rule knows."""
        stop = ". " if name == "sentences" else " "
        yield text
        plain = tokens(f"{self._word} {text}") == (self._word, *text.split(" "))
        for beside in (self._word,) if plain else (self._word, "+"):
            yield beside + stop + text
            yield text + stop + beside
            yield stop.join((beside, text, beside))

    # Reasons.

    def _differing(self, name: str, key: str) -> Iterator[tuple[int, Action]]:
        """Yield the sides and actions in which an entry comes to what it does not on the other side."""
        worths = [side.worth(name, key) for side in self._sides]
        for place, worth in enumerate(worths):
            for action, number in worth.items():
                if worths[1 - place].get(action) != number:
                    yield place, action

    def _decides_nothing(
        self, place: int, name: str, row: Row, action: Action, shows: Shows, *, excepts_differ: bool
    ) -> bool:
        side = self._sides[place]
        exceptions = [
            (start, end, each.action) for start, end, each in side.inside("exceptions", row)
        ]
        if name == "phrases" and any(each is action for *_, each in exceptions):
            return True
        reaching: list[str] = []
        for start, end, each in side.inside("phrases", row):
            hidden = any(
                other is each.action and begin < end and start < stop
                for begin, stop, other in exceptions
            )
            stronger = each.action.rank < action.rank
            if (stronger or (name == "sentences" and each.action is action)) and not hidden:
                windows = list(islice(self._windows(side, row, each.action, start, end), WINDOWS))
                if stronger and not windows:
                    return True
                reaching += windows
        if any(shows(text) for window in reaching for text in self._around(name, row, window)):
            return True
        return not reaching and not excepts_differ and self._masked(place, name, row, action, shows)

    def _windows(
        self, side: Overlaid, row: Row, action: Action, start: int, end: int
    ) -> Iterator[str]:
        """Yield a row with an exception to an action that shares a token with a part of it and reaches out of it."""
        for text in _rows(side, "exceptions", action, set(row[start:end])):
            other = tuple(text.split(" "))
            for at in range(1 - len(other), len(row)):
                stop = at + len(other)
                inside = at >= 0 and stop <= len(row)
                if not inside and at < end and start < stop and _agree(row, other, at):
                    yield " ".join(_joined(row, other, at))

    def _around(self, name: str, row: Row, window: str) -> Iterator[str]:
        text = " ".join(row)
        if name == "sentences":
            left, _, right = window.partition(text)
            window = ". ".join(each.strip() for each in (left, text, right) if each.strip())
        for before, after in (
            ("", ""),
            (self._word, ""),
            ("", self._word),
            (self._word, self._word),
        ):
            yield f"{before} {window} {after}".strip()

    def _masked(self, place: int, name: str, row: Row, action: Action, shows: Shows) -> bool:
        """Tell whether a phrase in a row comes to the same on the other side, and all that goes between them.

        Something between them that comes to something else makes a message.
        """
        side, other = self._sides[place], self._sides[1 - place]
        text = " ".join(row)
        told = self._told(side.worth(name, text)[action])
        masks = [
            end - start
            for start, end, each in other.inside("phrases", row)
            if each.action is action
            and self._told(other.number("phrases", "", each)) == told
            and (name == "phrases" or not self._exceptable(other, row, action, start, end))
        ]
        if not masks:
            return False
        between = self._between(other, name, len(row), max(masks), action)
        unlike = (each for each in between if self._told(other.worth(*each)[action]) != told)
        tried = [each for _, each in islice(unlike, MASKS)]
        stop = ". " if other.entry("sentences", text) or name == "sentences" else " "
        messages = (
            stop.join(parts)
            for each in tried
            for parts in ((text, self._word, each), (each, self._word, text))
        )
        return any(map(shows, messages)) or not tried

    def _exceptable(self, side: Overlaid, row: Row, action: Action, start: int, end: int) -> bool:
        """Tell whether an exception to an action may take the place of a part of a row."""
        inside = any(
            each.action is action and begin < end and start < stop
            for begin, stop, each in side.inside("exceptions", row)
        )
        return inside or any(True for _ in self._windows(side, row, action, start, end))

    def _between(
        self, side: Overlaid, name: str, longest: int, shortest: int, action: Action
    ) -> Iterator[tuple[str, str]]:
        """Yield the entries for an action that go after one of a length and before a phrase of another."""
        for table in ("sentences", "phrases"):
            for text, those in side.entries(table):
                length = text.count(" ") + 1
                after = (name == table and length <= longest) or (name, table) == (
                    "sentences",
                    "phrases",
                )
                before = table == "sentences" or length >= shortest
                if after and before and any(each.action is action for each in those):
                    yield table, text

    def _told(self, number: int) -> tuple[object, ...]:
        return tuple(
            None if each is None else (each.action, each.suggested, each.language, each.reply)
            for each in self._ledger.outcomes[number]
        )

    def _exception(self, key: str, row: Row, shows: Shows) -> bool:
        """Settle an exception by its meetings with phrases of its action."""
        return all(
            self._meetings(self._sides[place], action, row, shows)
            for place, action in self._differing("exceptions", key)
        )

    def _meetings(self, side: Overlaid, action: Action, row: Row, shows: Shows) -> bool:
        other = self._sides[0] if side is self._sides[1] else self._sides[1]
        count = 0
        for text in _rows(other, "phrases", action, set(row)):
            phrase = tuple(text.split(" "))
            for at in range(1 - len(row), len(phrase)):
                if not _agree(phrase, row, at):
                    continue
                count += 1
                if count > WINDOWS:
                    return False
                window = _joined(phrase, row, at)
                if any(map(shows, self._beside("phrases", " ".join(window)))):
                    return True
                if not self._hidden(other, window, action, max(-at, 0), max(-at, 0) + len(phrase)):
                    return False
        return True

    def _hidden(self, side: Overlaid, window: Row, action: Action, start: int, end: int) -> bool:
        """Tell whether a phrase never decides where it stands in a window."""
        exceptions = [
            (begin, stop, each.action) for begin, stop, each in side.inside("exceptions", window)
        ]
        if any(each is action and begin < end and start < stop for begin, stop, each in exceptions):
            return True
        return any(
            each.action.rank < action.rank
            and not self._exceptable(side, window, each.action, begin, stop)
            for begin, stop, each in side.inside("phrases", window)
        )


def _rows(side: Overlaid, name: str, action: Action, wanted: set[str]) -> Iterator[str]:
    """Yield the rows of a table for an action that have one of some tokens."""
    for text, those in side.entries(name):
        if not wanted.isdisjoint(text.split(" ")) and any(each.action is action for each in those):
            yield text


def _agree(row: Row, other: Row, at: int) -> bool:
    """Tell whether another row can stand over a row, its first token at a place that may be before the row's."""
    begin, end = max(at, 0), min(at + len(other), len(row))
    return begin < end and row[begin:end] == other[begin - at : end - at]


def _joined(row: Row, other: Row, at: int) -> Row:
    """Return both rows as one."""
    left = other[: max(-at, 0)]
    right = other[len(row) - at :] if at + len(other) > len(row) else ()
    return (*left, *row, *right)
