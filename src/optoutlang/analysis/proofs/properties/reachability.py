"""Every keyword, sentence and phrase decides some message, or a named rule stands in its way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from optoutlang.analysis.proofs.meetings import Message, alone, meetings
from optoutlang.analysis.proofs.properties.readings import Readings, is_read_so, unknown_word
from optoutlang.analysis.proofs.properties.verdict import Property, Verdict, Witness, enumerated
from optoutlang.analysis.proofs.rules import ORDER, Kind, Rule, Rules
from optoutlang.analysis.proofs.subject import Subject
from optoutlang.language.model.layers import Layers
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Claim
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms import MatchedBy

EXCEPTIONS = 20
"""How many exceptions to stronger phrases are tried to let a shadowed one decide."""


def _settle(subject: Subject) -> Verdict:
    unknown, readings, groups = unknown_word(subject), Readings(subject), subject.groups()
    counted: Counter[str] = Counter()
    rows: list[str] = []
    wrong: Witness | None = None
    for scopes in groups:
        rules = Rules(subject, scopes[0])
        for keyword in rules.keywords.values():
            counted["keywords"] += 1
            if rules.everyday_reason(keyword.spelling, keyword) is None:
                wrong = wrong or _unanswered(subject.matcher, keyword, scopes[0])
        for scope, keyword, reason in _everyday(subject, scopes):
            counted["everyday"] += 1
            wrong = wrong or _unheeded(subject.matcher, keyword, scope)
            rows.append(f"{keyword} is none in {scope or 'the base'} as it is written: {reason}")
        for statement in _statements(rules):
            counted["parts"] += 1
            found = _shadow(readings, rules, statement, unknown)
            if isinstance(found, Witness):
                wrong = wrong or found
            elif found is not None:
                counted["shadowed"] += 1
                where = scopes[0] or "the base"
                rows.append(f"{statement[0]} never decides in {where}: {found} does")
    taken = [] if subject.ruleset is None else list(_overruled(subject.ruleset))
    ground = enumerated(
        counted["keywords"] + counted["parts"],
        f"rules, in {len(groups)} groups of equal contexts: {counted['keywords']:,} keywords, each decides its own "
        f"spelling; {counted['parts']:,} sentences and phrases where they stand, of which {counted['shadowed']:,} are "
        "shadowed by a named rule, and each other one decides a message of its own words",
    )
    overruled = enumerated(
        len(taken), "keyword statements that hold nowhere, each overruled by a named one"
    )
    grounds = [ground]
    if counted["everyday"]:
        everyday = counted["everyday"]
        grounds.append(
            enumerated(everyday, "times that a keyword as written is everyday words: no decision")
        )
    if subject.ruleset:
        grounds.append(overruled)
    return Verdict(tuple(grounds), wrong, (*rows, *taken))


def _statements(rules: Rules) -> Iterator[list[Rule]]:
    """Yield the rows of tokens of each sentence and phrase that a context states itself."""
    found: dict[object, list[Rule]] = defaultdict(list)
    for each in rules.own_parts():
        found[each.kind, each.action, each.spelling, each.place].append(each)
    yield from found.values()


def _everyday(
    subject: Subject, scopes: tuple[str | None, ...]
) -> Iterator[tuple[str | None, Rule, str]]:
    """Yield each scope, each keyword that is written as everyday words there, and why it is none."""
    for scope in scopes:
        context = subject.context(scope)
        if context.everyday or context.local is not None:
            rules = Rules(subject, scope)
            for keyword in rules.keywords.values():
                reason = rules.everyday_reason(keyword.spelling, keyword)
                if reason is not None:
                    yield scope, keyword, reason


def _unheeded(matcher: Matcher, keyword: Rule, country: str | None) -> Witness | None:
    """Return a witness if everyday words are the keyword all the same."""
    found = matcher.match(keyword.spelling, country=country)
    if found is not None and found.matched_by is MatchedBy.EXACT:
        return Witness(f"is everyday words, and {keyword} decides", keyword.spelling, country)
    return None


def _unanswered(matcher: Matcher, keyword: Rule, country: str | None) -> Witness | None:
    found = matcher.match(keyword.spelling, country=country)
    if (
        found is None
        or (found.matched_by, found.action) != (MatchedBy.EXACT, keyword.action)
        or found.keyword not in keyword.spellings
    ):
        return Witness(f"is not decided by {keyword}", keyword.spelling, country)
    return None


def _shadow(
    readings: Readings, rules: Rules, rows: list[Rule], unknown: str
) -> Rule | Witness | str | None:
    """Return None if some row of a statement decides a message; else the rule in its way, or a witness against it."""
    found: Rule | Witness | str | None = None
    for part in rows:
        found = _rival(readings, rules, part, unknown)
        if found is None or isinstance(found, Witness):
            return found
    return found


def _rival(
    readings: Readings, rules: Rules, part: Rule, unknown: str
) -> Rule | Witness | str | None:
    """Return None if a message is decided by a part; else the rule in its way, or a witness that there is none."""
    rival: Rule | None = None
    text: str | None = None
    for message in _messages(rules, part, unknown):
        if not is_read_so(message):
            continue
        text = message.text
        firing = rules.firing(message.sentences)
        wrong = readings.disagreement(rules, message, firing)
        if wrong is not None:
            return wrong
        best = min(firing, key=firing.__getitem__, default=None)
        if best == part:
            return None
        rival = best or rival
    excepted = _exception(rules, part) or rules.everyday_reason(" ".join(part.row), part)
    if rival is None and excepted is None:
        wrong_text = f"is not decided by {part}, and no rule stands in its way"
        return Witness(wrong_text, text, rules.country)
    return rival or excepted


def _messages(rules: Rules, part: Rule, unknown: str) -> Iterator[Message]:
    """Yield the shortest messages that a part may decide; those with an exception that takes its rivals out last."""
    yield from alone(part, unknown)
    near = (
        Rule(Kind.PHRASE, action, row, "", "", frozenset())
        for action in ORDER[: ORDER.index(part.action)]
        for row in rules.exceptions_at(set(part.row), of=action)
    )
    for exception in islice(near, EXCEPTIONS):
        yield from meetings(part, exception, unknown)


def _exception(rules: Rules, part: Rule) -> str | None:
    """Return an exception that stands inside a part."""
    row = rules.exception_in(part.row, of=part.action)
    return None if row is None else f"the exception `{' '.join(row)}`"


def _overruled(ruleset: Ruleset) -> Iterator[str]:
    """Yield the keyword statements that hold in no context, each with the statement that takes it away."""
    layers = Layers(ruleset)
    live: set[int] = set()
    taken: dict[int, tuple[Claim, str]] = {}
    for scope in (None, *ruleset.countries):
        for resolution in layers.resolve(scope).values():
            live |= {id(claim) for claim in resolution.live}
            for claim, taker in resolution.taken:
                taken[id(claim)] = (claim, taker.place.rule)
    for index, (claim, rule) in taken.items():
        if index not in live:
            statement = f"keyword `{claim.word}` ({claim.action.value}, {claim.place.rule})"
            yield f"{statement} holds nowhere: {rule} overrules it"


PROPERTY = Property(
    "reachable",
    "Every keyword, sentence and phrase decides some message, or a named rule stands in its way.",
    _settle,
)
