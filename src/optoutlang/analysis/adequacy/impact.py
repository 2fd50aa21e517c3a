"""Change impact: whether an edit may change the answer to a message; a cheap, safe guess that spares most compiling.

Theory of operation. An answer hangs on the message's own keys (whole, without
filler, one of several) and rows of tokens, and, for a protected word, on which
languages the context has at all. An edit of a keyword that is none of the
message's, in a language that others speak too, changes nothing. Where a
statement may act in other ways (filler, `only`, ...) the guess is yes. Frames, their
classes and guards touch what frames decide, and what nothing does. Where
everyday words are ignored, a sentence of one token says whose word a key is,
as a keyword does. Where anything is tolerated, a message may also be nearly the edited keyword; and a
language more or less makes other words ordinary, so that any message may change
that is no keyword.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, chain

from optoutlang.analysis.adequacy.edits import Edit
from optoutlang.analysis.adequacy.nearness import Nearness
from optoutlang.language.model.button import Button
from optoutlang.language.model.effective import Table, effective_tables
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    Claim,
    Frame,
    Guard,
    Phrase,
    Preference,
    Removal,
    ReplyText,
    Statement,
    Toleration,
    WordClass,
)
from optoutlang.language.model.topics import TopicSentence
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.matcher.sentences import sentences
from optoutlang.runtime.program import Filler
from optoutlang.runtime.terms.action import MatchedBy
from optoutlang.runtime.terms.decision import Decision


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as one context reads it: its tokens, the keys it may be, those it is nearly, and what it means."""

    context: str | None
    tokens: frozenset[str]
    keys: frozenset[str]
    near: frozenset[str]
    decision: Decision | None
    payload: str | None = None

    @property
    def is_exact(self) -> bool:
        """Whether the message is a keyword, so that nothing needs to be tolerated."""
        return self.decision is not None and self.decision.matched_by is MatchedBy.EXACT


class Touch:
    """Tells which readings the edits of one ruleset may touch."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._tables = effective_tables(ruleset)
        self._nearness = (
            Nearness({each.key for each in ruleset.of(Claim)}) if ruleset.of(Toleration) else None
        )
        self._speakers = {scope: _speakers(table) for scope, table in self._tables.items()}
        self._fillers = {scope: _filler(table) for scope, table in self._tables.items()}
        self._languages: Mapping[str, set[str]] = _languages_by_key(ruleset)
        self._has_topics = bool(ruleset.of(TopicSentence))

    def read(
        self,
        message: str,
        country: str | None,
        decision: Decision | None,
        payload: str | None = None,
    ) -> Reading:
        """Return how the context of a country reads a message that means `decision` there."""
        context = country if country in self._tables else None
        read = tokens(message)
        remainder = self._fillers[context].taken_out(read)
        runs = (accumulate(remainder[start:]) for start in range(len(remainder)))
        keys = frozenset({"".join(read), *chain.from_iterable(runs)})
        near = frozenset[str]() if self._nearness is None else self._nearness.near(keys)
        in_sentences = map(
            tokens, sentences(message)
        )  # symbols are tokens of a sentence that has no words
        known = frozenset(read).union(*in_sentences)
        return Reading(context, known, keys, near, decision, payload)

    def touches(self, edit: Edit, reading: Reading) -> bool:
        """Tell whether an edit may change the answer; never False for one that does."""
        return any(
            self._touches(statement, reading)
            for statement in edit.statements
            if statement.scope in (None, reading.context)
        )

    @property
    def tables(self) -> Mapping[str | None, Table]:
        """What holds in each context, before any edit."""
        return self._tables

    def without_filler(self, context: str | None, row: tuple[str, ...]) -> tuple[str, ...]:
        """Return a row of tokens without the filler of a context."""
        return tuple(self._fillers[context].taken_out(row))

    def _touches(self, statement: Statement, reading: Reading) -> bool:  # noqa: PLR0911 - one case a kind
        match statement:
            case Claim() | Removal():
                spoken = self._languages.get(statement.key, set())
                if isinstance(statement, Claim):
                    spoken = {*spoken, statement.language}
                return (
                    statement.key in reading.keys
                    or self._last_speaker(spoken, reading)
                    or (not reading.is_exact and self._is_near(statement.key, reading))
                )
            case Button():
                return statement.payload == reading.payload
            case Phrase():
                return self._last_speaker({statement.language}, reading) or any(
                    reading.tokens.issuperset(row) or (len(row) == 1 and row[0] in reading.keys)
                    for row in rows(statement.pattern)
                )
            case Frame():
                return self._is_left_to_frames(reading) or self._last_speaker(
                    {statement.language}, reading
                )
            case WordClass() | Guard():
                return self._is_left_to_frames(reading)
            case ReplyText():
                wanted = None if reading.decision is None else reading.decision.intent
                return wanted is statement.action or self._last_speaker(
                    {statement.language}, reading
                )
            case _:
                return not isinstance(statement, Preference) or reading.decision is not None

    def _is_left_to_frames(self, reading: Reading) -> bool:
        """Tell whether nothing but frames decides a message, or what goes behind them: a topic's sentence."""
        if reading.decision is None or reading.decision.matched_by is MatchedBy.FRAME:
            return True
        return self._has_topics and reading.decision.matched_by is MatchedBy.SENTENCE

    def _is_near(self, key: str, reading: Reading) -> bool:
        if self._nearness is None:
            return False
        return key in reading.near or (
            key not in self._languages and bool(Nearness((key,)).near(reading.keys))
        )

    def _last_speaker(self, languages: set[str], reading: Reading) -> bool:
        """Tell whether a message may mind that a context gains or loses a language by one statement.

        A protected word is answered in any of them, and what is tolerated is no ordinary word of any.
        """
        if reading.decision is None and self._nearness is None:
            return False
        speakers = self._speakers[reading.context]
        return any(speakers[each] <= 1 for each in languages)


def _filler(table: Table) -> Filler:
    return Filler(" ".join(each.tokens) for each in table.fillers)


def _speakers(table: Table) -> Counter[str]:
    """Count who speaks each language in a context: keywords, sentences, phrases, frames and replies."""
    spoken: Counter[str] = Counter()
    for keyword in table.keywords.values():
        spoken.update({claim.language for claim in keyword.claims})
    spoken.update(each.language for each in (*table.sentences, *table.phrases))
    spoken.update(each.language for each in table.frames)
    replies = (*table.replies.values(), *table.keyword_replies.values())
    spoken.update(each.language for each in replies)
    return spoken


def _languages_by_key(ruleset: Ruleset) -> Mapping[str, set[str]]:
    languages: dict[str, set[str]] = defaultdict(set)
    for claim in ruleset.of(Claim):
        languages[claim.key].add(claim.language)
    return languages
