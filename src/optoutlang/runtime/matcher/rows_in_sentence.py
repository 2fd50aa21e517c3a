"""The last sieve for other rules: one whose words are in a message may stand in no sentence of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from optoutlang.runtime.matcher.word_facts import KnownWords, Member
from optoutlang.runtime.native import Classes, Tables

MOST_TOKENS = 60
"""A longer sentence may have whatever it has the words of."""

_Spans = Sequence[tuple[int, int]]
"""Where members begin, and where what is behind them begins."""


class RowsInSentence:
    """Tells of rows whose words are all in a message whether one may stand in a sentence."""

    __slots__ = ("_groups", "_known", "_parts")

    def __init__(self, tables: Tables, known: KnownWords) -> None:
        self._groups = tables.groups
        self._parts = frozenset((*tables.phrases, *tables.begins, *tables.ends))
        self._known = known

    def has_row(self, sentence: Sequence[str], rows: Iterable[str]) -> bool:
        """Tell whether one of some phrases, or sentences that may be open, stands in a sentence."""
        text = f" {' '.join(sentence)} "
        return any(
            f" {row} " in text and (len(row) + 2 == len(text) or row in self._parts) for row in rows
        )

    def with_all_needed(self, groups: Iterable[Classes], everywhere: set[int]) -> list[Classes]:
        """Return those of some groups of which some row has all classes that it needs in the message."""
        rows = self._groups
        return [each for each in groups if any(everywhere.issuperset(row[3]) for row in rows[each])]

    def may_hold(
        self, words: set[str], groups: Sequence[Classes], several: Iterable[Member]
    ) -> list[Classes]:
        """Return those of some groups all classes of which may have a member in a sentence with some words.

        `several` are the members of several words whose words the sentence has.
        """
        if not groups:
            return []
        here: set[int] = set().union(
            *[self._known[word].classes for word in words], *[each.classes for each in several]
        )
        return [each for each in groups if here.issuperset(each)]

    def has_frame(
        self,
        sentence: Sequence[str],
        groups: Iterable[Classes],
        everywhere: set[int],
        several: Iterable[Member],
    ) -> bool:
        """Tell whether a row of one of some groups may stand in a sentence.

        `everywhere` are the classes that the message has, and `several` the members of several words that it may have.
        """
        if len(sentence) > MOST_TOKENS:
            return True
        members = self._places(sentence, several)
        for group in groups:
            if all(number in members for number in group):
                for begins, ends, parts, needs in self._groups[group]:
                    spans = [(members[number], gap) for number, gap in parts]
                    if everywhere.issuperset(needs) and _stand(
                        spans, len(sentence), begins=begins, ends=ends
                    ):
                        return True
        return False

    def _places(
        self, sentence: Sequence[str], several: Iterable[Member]
    ) -> Mapping[int, list[tuple[int, int]]]:
        """Return where members of classes, and slips of them, stand."""
        places: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for place, word in enumerate(sentence):
            for number in self._known[word].classes:
                places[number].append((place, place + 1))
        for member in several:
            spans = _spans(sentence, member)
            for number in member.classes if spans else ():
                places[number] += spans
        return places


def _spans(sentence: Sequence[str], member: Member) -> list[tuple[int, int]]:
    """Return where a member of several words stands."""
    words, stem = [*member.words], member.stem
    length, spans = len(words), []
    for start, word in enumerate(sentence):
        end = start + length
        if word == words[0] and [*sentence[start:end]] == words:
            if not stem:
                spans.append((start, end))
            elif end < len(sentence) and sentence[end].startswith(stem):
                spans.append((start, end + 1))
    return spans


def _stand(parts: Sequence[tuple[_Spans, int]], count: int, *, begins: bool, ends: bool) -> bool:
    """Tell whether parts stand in order, each so many words at most behind the one before (`frames.row_ends`)."""
    reached: set[int] = set()
    for number, (spans, gap) in enumerate(parts):
        if number:
            reached = {
                end
                for start, end in spans
                if any(start - gap <= place <= start for place in reached)
            }
        else:
            reached = {end for start, end in spans if not (begins and start)}
        if not reached:
            return False
    return not ends or count in reached
