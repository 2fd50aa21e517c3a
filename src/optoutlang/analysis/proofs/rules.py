"""The rules of one context one by one, and whether one fires on a message: a plain reading, for small texts.

It shares no search with the matcher: rows of tokens are compared place by
place (docs/language.md §5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from optoutlang.analysis.proofs.subject import Subject
from optoutlang.language.reference.phrases import without_filler
from optoutlang.runtime.program.program import Meaning
from optoutlang.runtime.terms.action import Action

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


class Rules:
    """The rules that hold for messages from a country, looked up in its tables and made when they are asked for.

    `keywords` goes by key.
    """

    def __init__(self, subject: Subject, country: str | None) -> None:
        self.country = country
        self._program = subject.program
        self._sentences = subject.sentences(country)
        self._phrases = subject.phrases(country)
        self._exceptions = subject.exceptions(country)
        self._fillers = {tuple(each.split(" ")) for each in subject.fillers(country)}
        self.keywords: Mapping[str, Rule] = {
            key: self._rule(Kind.KEYWORD, each, (key,))
            for key, each in sorted(subject.keywords(country).items())
        }
        self._own = subject.own(country) if country else subject.program.base

    @property
    def fillers(self) -> frozenset[Row]:
        """The filler, as rows of tokens."""
        return frozenset(self._fillers)

    def own_keywords(self) -> Mapping[str, Rule]:
        """Return the keywords that the base has not, or has otherwise; all of them in the base."""
        return {key: rule for key, rule in self.keywords.items() if key in self._own.keywords}

    def own_parts(self) -> Iterator[Rule]:
        """Yield the sentences and phrases that the base has not, or has otherwise; all of them in the base."""
        for kind, table in (
            (Kind.SENTENCE, self._own.sentences),
            (Kind.PHRASE, self._own.phrases),
        ):
            for text, meanings in sorted(table.items()):
                yield from (self._rule(kind, each, tuple(text.split(" "))) for each in meanings)

    def exceptions(self, *, of: Action) -> Iterator[Row]:
        """Yield the exceptions to an action, as rows of tokens."""
        for text, meanings in self._exceptions.items():
            if any(each.action is of for each in meanings):
                yield tuple(text.split(" "))

    def said(self, row: Row) -> Row:
        """Return a message's tokens without filler."""
        return without_filler(row, self._fillers) if self._fillers else row

    def firing(self, sentences: tuple[Row, ...]) -> dict[Rule, Merit]:
        """Return what fires on a message, given as the tokens of its sentences, and what orders it."""
        whole = tuple(token for sentence in sentences for token in sentence)
        left = self.said(whole)
        found = dict(self._firing_keywords(whole, left))
        for order, sentence in enumerate(sentences):
            row = self.said(sentence)
            for meaning in self._sentences.get(" ".join(row), ()):
                rule = self._rule(Kind.SENTENCE, meaning, row)
                found.setdefault(rule, _merit(rule, order))
        excepted = [
            (span, meaning.action)
            for span, text in _parts_of(left)
            for meaning in self._exceptions.get(text, ())
        ]
        for (start, end), text in _parts_of(left):
            for meaning in self._phrases.get(text, ()):
                if not _overlaps(start, end, meaning.action, excepted):
                    rule = self._rule(Kind.PHRASE, meaning, left[start:end])
                    found.setdefault(rule, _merit(rule, start))
        return found

    def _firing_keywords(self, whole: Row, left: Row) -> Iterator[tuple[Rule, Merit]]:
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

    def _rule(self, kind: Kind, meaning: Meaning, row: Row) -> Rule:
        first = meaning.origins[0]
        spellings = frozenset(each.spelling for each in meaning.origins)
        return Rule(kind, meaning.action, row, first.spelling, self._program.rule(first), spellings)


Span = tuple[int, int]


def _parts_of(left: Row) -> Iterator[tuple[Span, str]]:
    """Yield every row of tokens in a message: from which token to before which, and its text."""
    for start in range(len(left)):
        for end in range(start + 1, len(left) + 1):
            yield (start, end), " ".join(left[start:end])


def _overlaps(start: int, end: int, action: Action, excepted: list[tuple[Span, Action]]) -> bool:
    return any(each is action and first < end and start < last for (first, last), each in excepted)


def _merit(rule: Rule, place: int) -> Merit:
    kind = 0 if rule.kind is Kind.SENTENCE else 1
    return (2, ORDER.index(rule.action), kind, -len(rule.row), place)


def _repeats(left: Row, key: str) -> bool:
    """Tell whether tokens are a key, once or more, each time on token boundaries."""
    said = ""
    for token in left:
        said += token
        if not key.startswith(said):
            return False
        said = "" if said == key else said
    return bool(left) and not said
