"""O720 shadowed-frame: a frame that another one of its action and language covers, row for row.

A row covers another one of as many parts if each of its parts has all the
other's words and as wide a gap: it then matches in the same places, and is
taken back there by no guard that the other has not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.frame_rows import Row, RowPart, rows_of
from optoutlang.language.model.members import class_texts
from optoutlang.language.model.pattern import ClassName
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Frame, WordClass

_Key = ClassName | tuple[str, ...]
"""What may stand in a part: a class, or literal words."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each frame of the root file that can never be needed."""
    ruleset = subject.ruleset
    if not any(map(subject.is_root, ruleset.of(Frame))):
        return
    rows = _Rows(ruleset)
    for number, frame in enumerate(rows.frames):
        if subject.is_root(frame):
            for other in sorted(rows.possible(number)):
                if rows.covers(other, number) and (
                    other < number or not rows.covers(number, other)
                ):
                    yield _diagnostic(frame, rows.frames[other])
                    break


class _Rows:
    """The frames of a ruleset by number, with their rows; each two parts are compared once."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.frames = ruleset.of(Frame)
        self._rows = [rows_of(each.pattern) for each in self.frames]
        self._words: dict[_Key, frozenset[str]] = {}
        self._wider: dict[_Key, frozenset[_Key]] = {}
        texts = class_texts(ruleset.of(WordClass))
        self._by_beginning: dict[tuple[int, _Key], set[int]] = defaultdict(set)
        for number, rows in enumerate(self._rows):
            for row in rows:
                self._by_beginning[len(row), _key(row[0])].add(number)
                for part in row:
                    literal = (" ".join(part.literal),)
                    found = literal if part.word_class is None else texts.get(part.word_class, ())
                    self._words.setdefault(_key(part), frozenset(found))
        self._by_word: dict[str, set[_Key]] = defaultdict(set)
        for key, words in self._words.items():
            for word in words:
                self._by_word[word].add(key)

    def possible(self, number: int) -> set[int]:
        """Return the frames of which a row may cover the first row of a frame, itself left out."""
        row = self._rows[number][0]
        found = (self._by_beginning.get((len(row), key), ()) for key in self._wider_than(row[0]))
        return set().union(*found) - {number}

    def covers(self, wide: int, narrow: int) -> bool:
        """Tell whether a frame matches wherever another one does."""
        return _is_as_general(self.frames[wide], self.frames[narrow]) and all(
            any(self._covers(each, row) for each in self._rows[wide]) for row in self._rows[narrow]
        )

    def _covers(self, wide: Row, narrow: Row) -> bool:
        return len(wide) == len(narrow) and all(
            ours.gap >= theirs.gap and _key(ours) in self._wider_than(theirs)
            for ours, theirs in zip(wide, narrow, strict=True)
        )

    def _wider_than(self, part: RowPart) -> frozenset[_Key]:
        """Return what has all words of a part."""
        key = _key(part)
        if key not in self._wider:
            words = self._words[key]
            candidates = min((self._by_word[each] for each in words), key=len, default={key})
            self._wider[key] = frozenset(each for each in candidates if self._words[each] >= words)
        return self._wider[key]


def _key(part: RowPart) -> _Key:
    return part.literal if part.word_class is None else part.word_class


def _is_as_general(wide: Frame, narrow: Frame) -> bool:
    """Tell whether a frame asks for the same, wherever another does, on no more conditions."""
    return (
        (wide.action, wide.language) == (narrow.action, narrow.language)
        and wide.scope in (None, narrow.scope)
        and set(wide.guards) <= set(narrow.guards)
        and set(wide.needs) <= set(narrow.needs)
        and wide.begins <= narrow.begins
        and wide.ends <= narrow.ends
    )


def _diagnostic(frame: Frame, other: Frame) -> Diagnostic:
    return Diagnostic(
        codes.SHADOWED_FRAME,
        "this frame says nothing that another one does not say",
        Label(frame.place),
        (Label(other.place, f"covers it: `{other.spelling}`"),),
        help="take it out, or give it fewer guards than the other",
    )
