"""The rules of one context one by one, and whether one fires on a message: a plain reading, for small texts.

It shares no search with the matcher: rows of tokens are compared place by
place (docs/language.md §5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from optoutlang.analysis.subject import Subject
from optoutlang.matcher.action import Action
from optoutlang.matcher.program import Meaning
from optoutlang.reference.phrases import without_filler

Row = tuple[str, ...]

ORDER = (Action.OPT_OUT, Action.HELP, Action.OPT_IN)
"""When in doubt: opt-out before help before opt-in, written down a second time."""


class Kind(Enum):
    """What a rule is about: a whole message, a whole sentence, or words anywhere."""

    KEYWORD = "keyword"
    SENTENCE = "sentence"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Rule:
    """A keyword by its key, or a sentence or phrase by its row of tokens; an action, a spelling and a place."""

    kind: Kind
    action: Action
    row: Row
    spelling: str
    place: str
    spellings: frozenset[str]

    @property
    def key(self) -> str:
        """The tokens joined by nothing."""
        return "".join(self.row)

    def __str__(self) -> str:
        said = self.spelling if self.kind is Kind.KEYWORD else " ".join(self.row)
        return f"{self.kind.value} `{said}` ({self.action.value}, {self.place})"


Merit = tuple[int, ...]
"""Orders what fires on one message, the least first: step, then what docs/language.md §5 says for the step."""


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a context: keywords by key, parts (sentences and phrases) by row; exceptions by action; filler."""

    country: str | None
    keywords: Mapping[str, Rule]
    parts: Mapping[Row, tuple[Rule, ...]]
    exceptions: Mapping[Action, tuple[Row, ...]]
    fillers: frozenset[Row]

    def said(self, row: Row) -> Row:
        """Return a message's tokens without filler."""
        return without_filler(row, set(self.fillers)) if self.fillers else row

    def firing(self, sentences: tuple[Row, ...]) -> dict[Rule, Merit]:
        """Return what fires on a message, given as the tokens of its sentences, and what orders it."""
        whole = tuple(token for sentence in sentences for token in sentence)
        left = self.said(whole)
        found = dict(self._keywords(whole, left))
        for order, sentence in enumerate(sentences):
            for rule in self.parts.get(self.said(sentence), ()):
                if rule.kind is Kind.SENTENCE:
                    found.setdefault(rule, _merit(rule, order))
        for start in range(len(left)):
            for end in range(start + 1, len(left) + 1):
                for rule in self.parts.get(left[start:end], ()):
                    if rule.kind is Kind.PHRASE and not self._is_excepted(rule, left, start):
                        found.setdefault(rule, _merit(rule, start))
        return found

    def _keywords(self, whole: Row, left: Row) -> Iterator[tuple[Rule, Merit]]:
        exact = self.keywords.get("".join(whole))
        if exact is not None:
            yield exact, (0,)
        once = self.keywords.get("".join(left))
        if once is not None and once != exact:
            yield once, (1, 0)
        for end in range(1, len(left)):
            rule = self.keywords.get("".join(left[:end]))
            if rule is not None and rule not in (exact, once) and _repeats(left, rule.key):
                yield rule, (1, 1, ORDER.index(rule.action), -len(rule.key))

    def _is_excepted(self, rule: Rule, left: Row, start: int) -> bool:
        end = start + len(rule.row)
        return any(
            place < end and start < place + len(row)
            for row in self.exceptions.get(rule.action, ())
            for place in range(len(left) - len(row) + 1)
            if left[place : place + len(row)] == row
        )


def _merit(rule: Rule, place: int) -> Merit:
    kind = 0 if rule.kind is Kind.SENTENCE else 1
    return (2, ORDER.index(rule.action), kind, -len(rule.row), place)


def rules_of(subject: Subject, country: str | None) -> Rules:
    """Return the rules that hold for messages from a country."""
    program = subject.program

    def rule(kind: Kind, meaning: Meaning, row: Row) -> Rule:
        first = meaning.origins[0]
        spellings = frozenset(each.spelling for each in meaning.origins)
        return Rule(kind, meaning.action, row, first.spelling, program.rule(first), spellings)

    def rows(kind: Kind, table: Mapping[str, tuple[Meaning, ...]]) -> Iterator[Rule]:
        for text, meanings in sorted(table.items()):
            yield from (rule(kind, each, tuple(text.split(" "))) for each in meanings)

    exceptions: dict[Action, tuple[Row, ...]] = {}
    for each in rows(Kind.PHRASE, subject.exceptions(country)):
        exceptions[each.action] = (*exceptions.get(each.action, ()), each.row)
    parts: dict[Row, tuple[Rule, ...]] = {}
    for each in (
        *rows(Kind.SENTENCE, subject.sentences(country)),
        *rows(Kind.PHRASE, subject.phrases(country)),
    ):
        parts[each.row] = (*parts.get(each.row, ()), each)
    keywords = {
        key: rule(Kind.KEYWORD, each, (key,))
        for key, each in sorted(subject.keywords(country).items())
    }
    fillers = frozenset(tuple(each.split(" ")) for each in subject.fillers(country))
    return Rules(country, keywords, parts, exceptions, fillers)


def _repeats(left: Row, key: str) -> bool:
    """Tell whether tokens are a key, once or more, each time on token boundaries."""
    said = ""
    for token in left:
        said += token
        if not key.startswith(said):
            return False
        said = "" if said == key else said
    return bool(left) and not said
