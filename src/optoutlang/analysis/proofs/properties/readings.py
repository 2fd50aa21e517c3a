"""Three readings of one message: the matcher's, the reference interpreter's, and the plain one of `analysis.rules`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from optoutlang.analysis.proofs.meetings import Message
from optoutlang.analysis.proofs.properties.verdict import Witness
from optoutlang.analysis.proofs.rules import Kind, Rule, Rules
from optoutlang.analysis.proofs.subject import Subject
from optoutlang.analysis.unknown_token import known_tokens, unknown_token
from optoutlang.language.model.statement import Phrase, Sentence
from optoutlang.language.reference.decide import meaning
from optoutlang.language.reference.layers import Table, table
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.matcher.steps import Priority
from optoutlang.runtime.terms import SUGGESTIBLE, Action, Decision, MatchedBy

REFERENCE, WORK = 500, 100_000
"""About how many messages the reference is asked at most, and how many texts of phrases it may go through for them."""


def is_read_so(message: Message) -> bool:
    """Tell whether canonical text has the very tokens of a message, which may be cut where no writer can cut."""
    return all(tokens(" ".join(each)) == each for each in message.sentences)


def unknown_word(subject: Subject) -> str:
    """Return a word that stands in no rule of any context."""
    known = known_tokens([subject.program])
    return unknown_token((f"x{number}" for number in count()), known.__contains__)


class Readings:
    """Compares the readings of messages. The reference is slow, and so is asked about some only."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._tables: dict[str | None, Table] = {}
        self._asked: set[str] = set()
        ruleset = subject.ruleset
        patterns = () if ruleset is None else (*ruleset.of(Phrase), *ruleset.of(Sentence))
        texts = sum(each.pattern.count for each in patterns)
        self._most = min(REFERENCE, WORK // max(1, texts))

    @property
    def asked(self) -> int:
        """How many messages the reference interpreter was asked about."""
        return len(self._asked)

    def disagreement(
        self, rules: Rules, message: Message, firing: dict[Rule, Priority]
    ) -> Witness | None:
        """Return a witness if a message has no single winner, or if the readings do not agree on it."""
        if len(set(firing.values())) < len(firing):
            return Witness("has two winners", message.text, rules.country)
        best = min(firing, key=firing.__getitem__, default=None)
        for reading, found in self._decisions(message.text, rules.country):
            if not (
                _is(found, best)
                or self._is_tolerated(found, best, rules.country)
                or self._is_about_topics(found, best, rules.country)
            ):
                wrong = (
                    f"is decided by {_named(found)} in the {reading}, not by {best or 'nothing'}"
                )
                return Witness(wrong, message.text, rules.country)
        return None

    def _decisions(self, text: str, country: str | None) -> Iterator[tuple[str, Decision | None]]:
        yield "matcher", self._subject.matcher.match(text, country=country)
        ruleset = self._subject.ruleset
        if ruleset is None or text in self._asked or len(self._asked) >= self._most:
            return
        self._asked.add(text)
        if country not in self._tables:
            self._tables[country] = table(ruleset, country)
        yield "reference", meaning(self._tables[country], text, None)

    def _is_tolerated(self, found: Decision | None, best: Rule | None, country: str | None) -> bool:
        """Tell whether what is nearly an opt-out keyword decides: it goes before sentences and phrases."""
        return (
            found is not None
            and found.action is Action.OPT_OUT
            and found.matched_by not in SUGGESTIBLE.values()
            and (best is None or best.kind is not Kind.KEYWORD)
            and bool(self._subject.context(country).tolerances)
        )

    def _is_about_topics(
        self, found: Decision | None, best: Rule | None, country: str | None
    ) -> bool:
        """Tell whether a topic decides, which only a keyword of everything goes before in all messages."""
        context = self._subject.context(country)
        has_topics = context.topic_keywords or context.topic_sentences
        is_about = found is not None and (
            found.topic is not None or found.matched_by is MatchedBy.SENTENCE
        )
        return bool(has_topics) and is_about and (best is None or best.kind is not Kind.KEYWORD)


def _is(decision: Decision | None, rule: Rule | None) -> bool:
    if decision is None or decision.answer is not None or rule is None:
        return (decision is None or decision.answer is not None) and rule is None
    return decision.intent is rule.action and decision.keyword in rule.spellings


def _named(decision: Decision | None) -> str:
    if decision is None:
        return "nothing"
    return f"{decision.matched_by.value} `{decision.keyword}` ({decision.intent.value}, {decision.rule})"
