"""A matcher made of regular expressions alone, written from docs/language.md §5 and from the model's statements.

It shares nothing with the compiler and the matcher but canonical text. What it
takes from the reference is what holds in a context, and what stands outside
quotations, which nest and so are no matter for regular expressions. A text is its tokens, each with a
space behind it (`stop texting me `); what stands on token boundaries then begins
behind a space, or where the text begins, and ends with a space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Phrase
from optoutlang.language.reference.everyday import is_everyday_answer
from optoutlang.language.reference.layers import Table, table
from optoutlang.language.reference.phrases import (
    SENTENCE_BREAKS,
    unquoted_lines,
    without_quotations,
    written_out,
)
from optoutlang.runtime.canonical import key, tokens
from optoutlang.runtime.terms.action import PROTECTED, REQUESTS, Action, MatchedBy

ORDER = ("opt-out", "help", "opt-in")
NEVER = re.compile(r"(?!)")
BARRIER = "\0"
"""Stands for a token that an exception covers: no phrase has it."""

SENTENCE_BREAK = re.compile(f"[{re.escape(''.join(SENTENCE_BREAKS))}]|(?<= )-+(?= )")

Merit = tuple[int, int, int, str]
"""What orders what stands in a message: its tokens (negated), where it ends, whether without filler; and its text."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the expressions make of a message: `text` is a keyword's key, or a phrase's tokens joined by spaces."""

    action: Action
    matched_by: MatchedBy
    text: str


class RegexMatcher:
    """Says what messages mean in one context of a ruleset."""

    def __init__(self, ruleset: Ruleset, country: str | None) -> None:
        holding = table(ruleset, country)
        self._filler = _filler(spaced(each.word) for each in holding.fillers)
        self._keywords = _keywords(holding)
        self._exact = _group_for_each(_with_spaces(each) for each, _ in self._keywords)
        of_action = {
            action: "|".join(_with_spaces(each) for each, its in self._keywords if its is action)
            for action in REQUESTS
        }
        self._several = _group_for_each(
            f"{_with_spaces(each)} (?:(?:{of_action[action]}) )*" for each, action in self._keywords
        )
        self._answers = {each for each, _ in self._keywords if is_everyday_answer(holding, each)}
        self._spellings = {
            MatchedBy.SENTENCE: holding.sentences,
            MatchedBy.KEYWORD_SENTENCE: holding.sentences,
            MatchedBy.PHRASE: holding.phrases,
        }
        self._sentences = self._by_action(holding.sentences, _whole)
        self._phrases = self._by_action(holding.phrases, _anywhere)
        self._exceptions = self._by_action(holding.exceptions, _anywhere)

    def decide(self, text: str) -> Found | None:
        """Return what a message means: exact, exact but for filler, then sentence or phrase."""
        said = spaced(text)
        exact = self._exact.fullmatch(said.rstrip(" "))
        if exact:
            return self._keyword(exact, MatchedBy.EXACT)
        left = self._left(text)
        whole = self._exact.fullmatch(left.rstrip(" ")) or self._several.fullmatch(left)
        if whole:
            keyword = self._keyword(whole, MatchedBy.FILLER)
            if left == said or keyword.text not in self._answers:
                return keyword
        return self._in_part(outside_quotes(text))

    def rows_of(self, found: Found, spelling: str) -> set[str]:
        """Return the rows of tokens that the sentences or phrases with a spelling stand for here."""
        named = [each for each in self._spellings[found.matched_by] if each.spelling == spelling]
        rows = self._rows(each for each in named if each.action is found.action)
        return {row.rstrip(" ") for row in rows}

    def _keyword(self, match: re.Match[str], matched_by: MatchedBy) -> Found:
        assert match.lastindex is not None
        text, action = self._keywords[match.lastindex - 1]
        return Found(action, matched_by, text)

    def _in_part(self, outside: str) -> Found | None:
        pieces = [spaced(piece) for piece in SENTENCE_BREAK.split(outside)]
        speaking = {number for number, piece in enumerate(pieces) if self._kept(piece)}
        for action in map(Action, ORDER):
            keywords = {each for each, its in self._keywords if its is action}
            among: list[Merit] = []
            whole: list[Merit] = []
            rows: list[Merit] = []
            before = 0
            for number, piece in enumerate(pieces):
                both = (list(range(piece.count(" "))), self._kept(piece))
                said = piece.split(" ")
                exception = self._exceptions[action]
                covered = {
                    place
                    for kept in both
                    for first, last, _ in _found(exception, said, kept, set())
                    for place in range(first, last)
                }
                for way, kept in enumerate(both):
                    read = "".join(f"{said[place]} " for place in kept)
                    if self._sentences[action].fullmatch(read):
                        merit = (-len(kept), number, way, read.rstrip(" "))
                        is_among = read.replace(" ", "") in keywords and speaking - {number}
                        (among if is_among else whole).append(merit)
                    for _, end, text in _found(self._phrases[action], said, kept, covered):
                        rows.append((-text.count(" ") - 1, before + end, way, text))
                before += len(said)
            if whole:
                return Found(action, MatchedBy.SENTENCE, min(whole)[-1])
            if rows:
                return Found(action, MatchedBy.PHRASE, min(rows)[-1])
            if among:
                return Found(action, MatchedBy.KEYWORD_SENTENCE, min(among)[-1])
        return None

    def _kept(self, piece: str) -> list[int]:
        """Return which tokens of a sentence are no filler."""
        filler = {
            piece.count(" ", 0, place)
            for match in self._filler.finditer(piece)
            for place in range(*match.span())
        }
        return [place for place in range(piece.count(" ")) if place not in filler]

    def _left(self, text: str) -> str:
        return self._filler.sub("", spaced(text))

    def _by_action(
        self, phrases: tuple[Phrase, ...], match: Callable[[set[str]], re.Pattern[str]]
    ) -> dict[Action, re.Pattern[str]]:
        return {
            action: match(self._rows(each for each in phrases if each.action is action))
            for action in REQUESTS
        }

    def _rows(self, phrases: Iterable[Phrase]) -> set[str]:
        return {
            row
            for phrase in phrases
            for text in written_out(phrase.pattern)
            if (row := spaced(text))
        }


@lru_cache(maxsize=1024)
def spaced(text: str) -> str:
    """Return a text's tokens, each with a space behind it."""
    return "".join(f"{token} " for token in tokens(text))


@lru_cache(maxsize=1024)
def outside_quotes(text: str) -> str:
    """Return a text without what its writer quotes, unless it has no token elsewhere."""
    outside = without_quotations("\n".join(unquoted_lines(text.split("\n"))))
    return outside if tokens(outside) else text


def _keywords(holding: Table) -> tuple[tuple[str, Action], ...]:
    """Return each key with its action; of several that a message repeats, the one that decides stands first."""
    actions = {key(claim.word): claim.action for claim in holding.claims}
    actions |= {key(word): action for word, action in PROTECTED.items()}
    merit = sorted(actions, key=lambda each: (ORDER.index(actions[each].value), -len(each), each))
    return tuple((each, actions[each]) for each in merit)


def _with_spaces(key: str) -> str:
    """Match a key whose tokens may be cut anywhere."""
    return " ?".join(map(re.escape, key))


def _group_for_each(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"({each})" for each in patterns))


def _longest_first(rows: Iterable[str]) -> str:
    """Match one of some rows of tokens: of those that begin alike, the one with the most tokens."""
    return "|".join(map(re.escape, sorted(rows, key=lambda row: (-row.count(" "), row))))


def _filler(rows: Iterable[str]) -> re.Pattern[str]:
    """Match filler where a search from the left, going on behind each match, takes it out."""
    longest = _longest_first(rows)
    return re.compile(f"(?<![^ ])(?:{longest})") if longest else NEVER


def _anywhere(rows: set[str]) -> re.Pattern[str]:
    """Match nothing, before each place where a row stands; the group is the longest row there."""
    return re.compile(f"(?<![^ ])(?=({_longest_first(rows)}))") if rows else NEVER


def _whole(rows: set[str]) -> re.Pattern[str]:
    """Match one of some rows of tokens."""
    return re.compile(_longest_first(rows)) if rows else NEVER


def _found(
    pattern: re.Pattern[str], said: Sequence[str], kept: Sequence[int], covered: set[int]
) -> Iterator[tuple[int, int, str]]:
    """Yield where the rows of a pattern stand in a reading of a sentence, and their tokens; not over what is covered.

    A barrier stands for each token that is covered, and where one that is not kept is covered.
    """
    read, places = "", []
    for place, next_place in pairwise((*kept, len(said))):
        places += [place] * 2
        token = BARRIER if place in covered else said[place]
        between = BARRIER if covered.intersection(range(place + 1, next_place)) else ""
        read += f"{token} {between}{' ' if between else ''}"
        places = places if between else places[:-1]
    for match in pattern.finditer(read):
        first, last = (read.count(" ", 0, place) for place in match.span(1))
        yield places[first], places[last - 1] + 1, match[1].rstrip(" ")
