"""The rules of one context one by one, and whether one fires on a message: a plain reading, for small texts.

It shares no search with the matcher: token sequences are compared place by
place (docs/language.md §5). It shares the order, `Priority` and the list of
steps, so that a step is numbered in one place; the order is checked against the
reference interpreter, which has its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from optoutlang.analysis.proofs.subject import Subject
from optoutlang.language.reference.phrases import places_without_filler
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.canonical.spelling import spelt
from optoutlang.runtime.matcher.readings import AS_WRITTEN, WITHOUT_FILLER
from optoutlang.runtime.matcher.steps import (
    KEYWORD_SENTENCE,
    PART_OF_SENTENCE,
    WHOLE_SENTENCE,
    ExactStep,
    FillerStep,
    PhraseStep,
    Priority,
    place_of,
)
from optoutlang.runtime.program import PROTECTED_KEYS, Meaning
from optoutlang.runtime.program.rest import marked, unmarked
from optoutlang.runtime.terms import Action
from optoutlang.runtime.terms.rest import Rest

Row = tuple[str, ...]

ORDER = (Action.OPT_OUT, Action.HELP, Action.OPT_IN)
"""When in doubt: opt-out before help before opt-in, written down a second time."""


class Kind(Enum):
    """What a rule is about: a whole message, a sentence or its end or beginning, or words anywhere in one."""

    KEYWORD = "keyword"
    SENTENCE = "sentence"
    ENDING = "sentence that ends so"
    BEGINNING = "sentence that begins so"
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
        """The tokens, concatenated."""
        return "".join(self.row)

    def __str__(self) -> str:
        wording = self.spelling if self.kind is Kind.KEYWORD else " ".join(self.row)
        return f"{self.kind.value} `{wording}` ({self.action.value}, {self.place})"


class _Part(NamedTuple):
    """A row of tokens in the sentence of a number, from token `start` to before token `end` of the message.

    `text` are the tokens as the tables have them, `way` is the reading in which they stand; `begins` and `ends` say
    whether the sentence does there.
    """

    row: Row
    text: str
    start: int
    end: int
    sentence: int
    way: int
    begins: bool
    ends: bool

    def overlaps(self, other: _Part) -> bool:
        """Tell whether the two share a token."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens of a message, which are spelt as they are, and the number of the sentence of each."""

    row: Row
    sentences: tuple[int, ...]

    def at(self, places: Sequence[int]) -> Row:
        """Return the tokens at some places."""
        return tuple(self.row[each] for each in places)

    def broken(self, places: Sequence[int]) -> bool:
        """Tell whether a sentence ends between the first and the last of some places."""
        return self.sentences[places[0]] != self.sentences[places[-1]]


_OPEN = {Rest.NONE: Kind.SENTENCE, Rest.BEFORE: Kind.ENDING, Rest.BEHIND: Kind.BEGINNING}
_FORMS = (Kind.ENDING, Kind.BEGINNING, Kind.PHRASE)

_EXACT = Priority(place_of(ExactStep))
_ONCE = Priority(place_of(FillerStep))


_Made = dict[tuple[Kind, int, Row], Rule]


def _rules_of(subject: Subject) -> _Made:
    """Return where the rules of a subject are kept once they are made: its contexts have most of them in common."""
    found: _Made = vars(subject).setdefault("rules", {})
    return found


class Rules:
    """The rules that hold for messages from a country, looked up in its tables and made when they are asked for.

    `keywords` goes by key.
    """

    def __init__(self, subject: Subject, country: str | None) -> None:
        self.country = country
        self._program = subject.program
        self._made = _rules_of(subject)
        context = subject.context(country)
        self._sentences = context.sentences
        self._phrases = context.phrases
        self._exceptions = context.exceptions
        self._answers = context.answers
        self._compounds = context.compounds
        self._everyday = context.everyday
        self._local = context.local
        self._fillers = {tuple(each.split(" ")) for each in context.fillers}
        self.keywords: Mapping[str, Rule] = {
            key: self._rule(Kind.KEYWORD, each, (key,))
            for key, each in sorted(context.keywords.items())
        }
        self._by_end: dict[Action, dict[str, list[tuple[int, Row]]]] = {}
        self._own = subject.program.overlay(country) if country else subject.program.base

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
                row, rest = unmarked(text)
                of = kind if kind is Kind.PHRASE else _OPEN[rest]
                yield from (self._rule(of, each, tuple(row.split(" "))) for each in meanings)

    def exceptions_at(self, tokens: Iterable[str], *, of: Action) -> Iterator[Row]:
        """Yield the exceptions to an action that begin or end with one of some tokens, in the order of the table."""
        rows = self._rows_by_end(of)
        found = {number: row for token in tokens for number, row in rows.get(token, ())}
        yield from (row for _, row in sorted(found.items()))

    def exception_in(self, row: Row, *, of: Action) -> Row | None:
        """Return an exception to an action that stands inside a row of tokens."""
        parts = (
            row[start:end] for start in range(len(row)) for end in range(start + 1, len(row) + 1)
        )
        return next((each for each in parts if self._is_exception(each, of)), None)

    def _is_exception(self, row: Row, of: Action) -> bool:
        return any(each.action is of for each in self._exceptions.get(" ".join(row), ()))

    def _rows_by_end(self, of: Action) -> dict[str, list[tuple[int, Row]]]:
        """Return the exceptions to an action with their numbers, by their first and by their last token."""
        found = self._by_end.get(of)
        if found is None:
            found = self._by_end[of] = defaultdict(list)
            for number, (text, meanings) in enumerate(self._exceptions.items()):
                if any(each.action is of for each in meanings):
                    row = tuple(text.split(" "))
                    for token in {row[0], row[-1]}:
                        found[token].append((number, row))
        return found

    def everyday_reason(self, text: str, rule: Rule) -> str | None:
        """Return why a text with the words of a keyword or a sentence is everyday words instead; None if it is not."""
        row, spelling = _read(text)
        if rule.kind is Kind.KEYWORD:
            counts = self._counts(rule, row, spelling, broken=False)
        else:
            counts = rule.kind is not Kind.SENTENCE or not self._is_everyday(row)
        if counts:
            return None
        written = " ".join(spelling)
        language = self._everyday.get(written) or self._everyday.get(" ".join(row))
        if language is not None:
            return f"`{written}`, everyday in {language}"
        return f"`{written}`, of no language of {self.country}"

    def firing(self, sentences: tuple[Row, ...]) -> dict[Rule, Priority]:
        """Return what fires on a message, given as the tokens of its sentences, and what orders it."""
        numbered = [(token, n) for n, each in enumerate(sentences) for token in each]
        message = _Tokens(tuple(t for t, _ in numbered), tuple(n for _, n in numbered))
        firing = dict(self._firing_keywords(message))
        parts = list(self._parts(sentences))
        for part in parts:
            if part.begins and part.ends and not self._is_everyday(part.row):
                for meaning in self._sentences.get(part.text, ()):
                    rule = self._rule(Kind.SENTENCE, meaning, part.row)
                    priority = _priority(rule, part.sentence, part.way)
                    if self._is_among_others(rule, part.sentence, sentences):
                        priority = priority._replace(part=KEYWORD_SENTENCE)
                    firing[rule] = min(priority, firing.get(rule, priority))
        excepted = [
            (part, meaning.action)
            for part in parts
            for meaning in self._exceptions.get(part.text, ())
        ]
        for part in parts:
            for kind, meaning in self._in_part(part):
                if not any(each is meaning.action and part.overlaps(it) for it, each in excepted):
                    rule = self._rule(kind, meaning, part.row)
                    priority = _priority(rule, part.end, part.way)
                    firing[rule] = min(priority, firing.get(rule, priority))
        return firing

    def _is_among_others(self, rule: Rule, number: int, sentences: tuple[Row, ...]) -> bool:
        """Tell whether a sentence is a keyword of its action, and another one has words that are no filler."""
        keyword = self.keywords.get(rule.key)
        others = sentences[:number] + sentences[number + 1 :]
        return (
            keyword is not None
            and keyword.action is rule.action
            and any(any(self._marked(each)) for each in others)
        )

    def _in_part(self, part: _Part) -> Iterator[tuple[Kind, Meaning]]:
        """Yield what a part of a sentence means that exceptions limit."""
        for meaning in self._phrases.get(part.text, ()):
            yield Kind.PHRASE, meaning
        if not (part.begins or part.ends):
            return
        for rest, touches in ((Rest.BEFORE, part.ends), (Rest.BEHIND, part.begins)):
            if touches:
                for meaning in self._sentences.get(marked(part.text, rest), ()):
                    yield _OPEN[rest], meaning

    def _parts(self, sentences: tuple[Row, ...]) -> Iterator[_Part]:
        """Yield every row of tokens in each sentence, as written and then without filler."""
        for way in (AS_WRITTEN, WITHOUT_FILLER):
            begin = 0
            for number, sentence in enumerate(sentences):
                kept = [
                    place
                    for place, token in enumerate(self._marked(sentence))
                    if way == AS_WRITTEN or token is not None
                ]
                if way != AS_WRITTEN and len(kept) == len(sentence):
                    # No filler: the same parts, which go first as written.
                    begin += len(sentence)
                    continue
                for start in range(len(kept)):
                    for end in range(start + 1, len(kept) + 1):
                        row = tuple(sentence[place] for place in kept[start:end])
                        first, last = begin + kept[start], begin + kept[end - 1]
                        edges = start == 0, end == len(kept)
                        yield _Part(row, " ".join(row), first, last + 1, number, way, *edges)
                begin += len(sentence)

    def _marked(self, sentence: Row) -> list[str | None]:
        """Return the tokens of a sentence with None in the place of filler."""
        marked: list[str | None] = []
        while len(marked) < len(sentence):
            place = len(marked)
            lengths = range(len(sentence) - place, 0, -1)
            filler = next((n for n in lengths if sentence[place : place + n] in self._fillers), 0)
            marked += [None] * filler or [sentence[place]]
        return marked

    def _firing_keywords(self, message: _Tokens) -> Iterator[tuple[Rule, Priority]]:
        everything = range(len(message.row))
        kept = places_without_filler(message.row, self._fillers)
        exact = self._heard(message, everything, frozenset())
        if exact is not None:
            yield exact, _EXACT
        unheard = self._answers if len(kept) < len(everything) else frozenset[str]()
        once = self._heard(message, kept, unheard)
        if once is not None and once != exact:
            yield once, _ONCE
        for end in range(1, len(kept)):
            rule = self._heard(message, kept[:end], unheard)
            if (
                rule is not None
                and rule not in (exact, once)
                and self._are_keywords(message, kept[end:], rule.action, unheard)
            ):
                rank = ORDER.index(rule.action)
                yield rule, _ONCE._replace(variant=1, rank=rank, length=-len(rule.key))

    def _heard(
        self, message: _Tokens, places: Sequence[int], unheard: frozenset[str]
    ) -> Rule | None:
        """Return the keyword that some tokens of a message are."""
        row = message.at(places)
        rule = self.keywords.get("".join(row))
        if rule is None or rule.key in unheard:
            return None
        return rule if self._counts(rule, row, row, broken=message.broken(places)) else None

    def _counts(self, rule: Rule, row: Row, spelling: Sequence[str], *, broken: bool) -> bool:
        """Tell whether tokens with the key of a keyword are it (docs/language.md §5.2, §5.22)."""
        if rule.key in PROTECTED_KEYS:
            return True
        joined = len(row) > 1 and any(len(each) > 1 for each in row)
        unwritten = joined and " ".join(row) not in self._compounds
        if unwritten and (broken or " ".join(row) in self._everyday):
            return False
        if " ".join(spelling) in self._everyday:
            return False
        if rule.action is not Action.OPT_IN or self._local is None:
            return True
        return rule.key in self._local and "".join(spelling) in self._local

    def _is_everyday(self, row: Row) -> bool:
        """Tell whether a sentence that is spelt as its tokens is an everyday word."""
        return len(row) == 1 and row[0] in self._everyday

    def _are_keywords(
        self, message: _Tokens, places: Sequence[int], action: Action, unheard: frozenset[str]
    ) -> bool:
        """Tell whether tokens are keywords of an action, or none at all, each on token boundaries."""
        if not places:
            return True
        beginnings = ((end, self._heard(message, places[:end], unheard)) for end in _ends(places))
        return any(
            rule is not None
            and rule.action is action
            and self._are_keywords(message, places[end:], action, unheard)
            for end, rule in beginnings
        )

    def _rule(self, kind: Kind, meaning: Meaning, row: Row) -> Rule:
        # By identity: the program holds its meanings, and hashing them takes longer than making a rule.
        place = kind, id(meaning), row
        known = self._made.get(place)
        if known is None:
            first = meaning.origins[0]
            spellings = frozenset(each.spelling for each in meaning.origins)
            at = self._program.rule(first)
            known = Rule(kind, meaning.action, row, first.spelling, at, spellings)
            self._made[place] = known
        return known


@lru_cache(maxsize=1 << 14)
def _read(text: str) -> tuple[Row, Row]:
    """Return the tokens of a text, and these as they are spelt: a keyword is read in each country."""
    return tokens(text), tuple(spelt(text))


def _ends(places: Sequence[int]) -> range:
    return range(1, len(places) + 1)


def _priority(rule: Rule, place: int, way: int) -> Priority:
    return Priority(
        step=place_of(PhraseStep),
        rank=ORDER.index(rule.action),
        part=WHOLE_SENTENCE if rule.kind is Kind.SENTENCE else PART_OF_SENTENCE,
        length=-len(rule.row),
        place=place,
        way=way,
        form=_FORMS.index(rule.kind) if rule.kind in _FORMS else 0,
    )
