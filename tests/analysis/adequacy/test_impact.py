"""Impact: what everyday words and several keywords make of it, against compiling the whole edited ruleset."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.analysis.adequacy.edits import drop, edited
from optoutlang.analysis.adequacy.probes import probe, probes
from optoutlang.analysis.adequacy.workbench import Bench
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.ruleset import Example, Ruleset
from optoutlang.language.model.statement import Ignoring
from optoutlang.runtime.matcher import Matcher
from tests.analysis.proofs.rules import EVERYDAY
from tests.builders.rulesets import CORE, ruleset_of

MESSAGES = (
    "seis",
    "se is",
    "Seis, please",
    "simama acha",
    "alta",
    "Sí",
    "basta seis",
    "no. más",
    "stop acha",
)
COUNTRIES = (None, "MX", "ES", "FI", "KE", "SE")


def ruleset() -> Ruleset:
    return ruleset_of(
        ("core.optout", f"ruleset core\n{CORE}"),
        ("pack.optout", f"ruleset pack\nignore everyday-words\n{EVERYDAY}"),
        ("root.optout", 'ruleset root language fi { opt-out { sentences "se is" } }'),
    )


def cases() -> Iterator[Example]:
    for message in MESSAGES:
        for country in COUNTRIES:
            yield probe(message, country, None)


def test_a_statement_is_never_said_to_touch_less_than_it_does() -> None:
    rules = ruleset()
    bench, asked = Bench(rules), tuple(cases())
    for statement in rules.statements:
        if statement.file == 0:
            continue
        edit = drop(statement)
        whole = Matcher(from_model(edited(rules, edit)))
        found = {case for case, _ in bench.changed(edit, asked)}
        for case in asked:
            after = whole.match(case.message, country=case.country)
            before = bench.decision(case)
            same = (after and after.intent, after and after.keyword) == (
                before and before.intent,
                before and before.keyword,
            )
            assert same or case in found, (statement, case.message, case.country)


def test_ignoring_everyday_words_is_probed_where_a_keyword_is_one() -> None:
    rules = ruleset()
    [statement] = rules.of(Ignoring)
    changed = dict(Bench(rules).changed(drop(statement), probes(rules, statement)))

    assert any(case.country is not None for case in changed)
    assert any(after is not None for after in changed.values())
