"""Contexts that are read together: each one's decisions are those of the matcher, which is asked in each context."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from optoutlang.analysis.proofs.alike import AlikeContexts
from optoutlang.analysis.proofs.subject import Subject
from optoutlang.testing.messages import messages
from optoutlang.testing.rulesets import GeneratedRuleset, rulesets
from tests.analysis.proofs.rules import EVERYDAY, everyday_subject, subject
from tests.builders.suggesters import suggester_of, suggesting_ruleset

MESSAGES = 12
"""How many messages each ruleset is asked about."""

SPELLINGS = (
    *("Seis", "please acha", "simama", "si mama", "Basta", "Başta", "no más", "No máš", "no. mas"),
    *("Đúng", "dung", "DỪNG", "Alta", "Sí", "si", "alta please", "ei viestejä", "Pare", "Paré"),
    *("stop seis", "seis seis", "basat", "baasta", "seis 12", "noin seis", "noinseis", "simma"),
    *("acha?", "pare. pare", "STOP", "help", "🛑", ""),
)

TOLERANT = """
    opt-out { tolerate typos, numbers, stretches, lookalikes }
    country CO, VE { language es { opt-in { keywords ALTA } } }
    country BR { prefer pt filler "ola" language pt { opt-out { keywords SAIR except "no más" } } }
"""


def disagreements(subject: Subject, texts: tuple[str, ...]) -> list[tuple[str, str | None]]:
    """Return the texts and contexts in which the grouped answer is not the matcher's."""
    contexts = AlikeContexts(subject)
    found = {text: contexts.decisions(text) for text in texts}
    assert all(set(decisions) == set(subject.scopes) for decisions in found.values())
    return [
        (text, country)
        for text, decisions in found.items()
        for country in subject.scopes
        if decisions[country] != subject.matcher.match(text, country=country)
    ]


@settings(max_examples=settings().max_examples // 2)
@given(rulesets(), st.data())
def test_contexts_read_together_decide_as_each_does_alone(
    rules: GeneratedRuleset, data: st.DataObject
) -> None:
    texts = tuple(data.draw(messages(rules)) for _ in range(MESSAGES))

    assert disagreements(Subject(rules.program, rules.ruleset), texts) == []


def test_everyday_words_of_one_country_are_not_taken_for_those_of_another() -> None:
    assert disagreements(everyday_subject(EVERYDAY + TOLERANT), SPELLINGS) == []


def test_a_country_that_suggests_nothing_is_read_apart() -> None:
    rules = """suggest similar, phrases
        opt-out { phrases "remove me" keywords QUIT }
        country MX { suggest none }
        country CO { prefer es suggest similar language es { opt-out { keywords BAJA } } }
    """
    model = suggester_of({" stop ": 50, " start ": 50, " help ": 50, "enough": 9}, 5)
    texts = ("stop it now", "enough", "remove me", "quit", "baja", "hello")

    assert disagreements(Subject.of(suggesting_ruleset(model, rules)), texts) == []


def test_a_message_is_read_once_for_all_countries_that_differ_elsewhere() -> None:
    rules = subject(
        "opt-out { keywords QUIT }"
        + "".join(
            f"country {each} {{ prefer {tag} language {tag} {{ opt-out {{ keywords {word} }} }} }}"
            for each, tag, word in (
                ("MX", "es", "BAJA"),
                ("BR", "pt", "SAIR"),
                ("DE", "de", "ENDE"),
            )
        )
    )
    contexts = AlikeContexts(rules)

    contexts.decisions("hello there")
    assert contexts.readings == 1
    contexts.decisions("baja")
    assert contexts.readings == 1 + 2
