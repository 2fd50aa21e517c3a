"""Each property is seen to fail: a bug is planted for it, and it says so with a witness. docs/proofs.md lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from optoutlang.analysis.proofs.properties import (
    canonical_text,
    code_points,
    irremovable,
    protected_words,
)
from optoutlang.analysis.proofs.properties.registry import ALL
from optoutlang.analysis.proofs.properties.verdict import Witness
from optoutlang.analysis.proofs.prove import prove
from optoutlang.analysis.proofs.subject import Subject
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model import layers, statement
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Claim, Only, Phrase
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.matcher import reader, steps
from optoutlang.runtime.matcher.search import Occurrence
from optoutlang.runtime.matcher.steps import PhraseStep, Priority
from optoutlang.runtime.program import Context, Meaning, Origin, Program
from optoutlang.runtime.terms.action import Action
from tests.analysis.proofs.rules import everyday_subject, subject
from tests.analysis.proofs.test_prove import RULES, few_code_points

__all__ = ["few_code_points"]

ROOT = Path(__file__).resolve().parents[3]
PROPERTIES = {each.name: each for each in ALL}
HERE = (Origin("en", "STOP", 0, 1),)

Patch = pytest.MonkeyPatch


@dataclass(frozen=True, slots=True)
class Bug:
    """A bug: the property that must find it, how it is planted, and the message that shows it (None: a table does)."""

    breaks: str
    plant: Callable[[Patch], Subject]
    message: str | None
    country: str | None = None


def corrupted(program: Program, country: str | None, **changes: object) -> Program:
    """Return a program in which a context was changed behind its constructor's back."""
    context = program.base if country is None else program.countries[country]
    context = replace(context, **changes)  # type: ignore[arg-type]  # each field gets its own kind
    bad = replace(program)
    if country is None:
        object.__setattr__(bad, "base", context)
    else:
        object.__setattr__(bad, "countries", {**program.countries, country: context})
    object.__setattr__(bad, "_contexts", bad._resolved())  # noqa: SLF001  # as the constructor would
    return bad


def with_keyword(country: str | None, key: str, meaning: Meaning | None) -> Program:
    """Return sound rules in which one key of one context means something else, or nothing."""
    program = subject(RULES).program
    context: Context = program.base if country is None else program.countries[country]
    return corrupted(program, country, keywords={**context.keywords, key: meaning})


def stop_means_help_in_mexico(_: Patch) -> Subject:
    return Subject(with_keyword("MX", "stop", Meaning(Action.HELP, HERE)))


def start_is_no_keyword_in_one_country(_: Patch) -> Subject:
    return Subject(with_keyword("US", "start", None))


def a_letter_that_is_none(patch: Patch) -> Subject:
    found = replace(code_points.survey(), letters={**code_points.survey().letters, "p": ("p", "q")})
    patch.setattr(protected_words, "survey", lambda: found)
    return subject(RULES)


def phrases_before_keywords(patch: Patch) -> Subject:
    patch.setattr(steps, "STEPS", tuple(reversed(steps.STEPS)))
    return subject(RULES)


def a_model_that_takes_any_claim(patch: Patch) -> Subject:
    patch.setattr(statement, "PROTECTED_KEYS", {})
    return subject(RULES)


def an_only_that_takes_protected_words(patch: Patch) -> Subject:
    patch.setattr(layers, "PROTECTED_KEYS", {})
    return subject("help { keywords INFO }")


def a_program_that_proves_nothing(patch: Patch) -> Subject:
    patch.setattr(Program, "_prove_protected", lambda _self, _context: None)
    return subject(RULES)


def a_compiler_that_loses_help(patch: Patch) -> Subject:
    sound = subject(RULES)

    def compiler(rules: Ruleset) -> Program:
        made = from_model(rules)
        keywords = {**made.base.keywords, "help": Meaning(Action.OPT_IN, HERE)}
        return corrupted(made, None, keywords=keywords) if rules.of(Only) else made

    patch.setattr(irremovable, "from_model", compiler)
    return sound


def leaking(rules: Ruleset) -> Program:
    """Compile with a bug: Mexico's keywords hold everywhere."""
    leaked = [each.in_scope(None) for each in rules.of(Claim) if each.scope == "MX"]
    return from_model(rules.replacing(Claim, (*rules.of(Claim), *leaked)))


def a_country_that_leaks(_: Patch) -> Subject:
    return subject(RULES, compiler=leaking)


def everyday_words_leaking(rules: Ruleset) -> Program:
    """Compile with a bug: what Mexico claims is no everyday word of Spain."""
    program = from_model(rules)
    claimed = {each.key for each in rules.of(Claim) if each.scope == "MX"}
    own = program.countries["ES"].everyday
    return corrupted(program, "ES", everyday={**own, **dict.fromkeys(claimed)})


def a_country_whose_everyday_words_leak(_: Patch) -> Subject:
    return everyday_subject(compiler=everyday_words_leaking)


def base_claims_leak_out(rules: Ruleset) -> Program:
    """Compile with a bug: the last claim of all takes every other claim of its file away."""
    last = rules.of(Claim)[-1]
    kept = [each for each in rules.of(Claim) if each is last or each.file != last.file]
    return from_model(rules.replacing(Claim, kept))


def a_claim_that_takes_others(_: Patch) -> Subject:
    return Subject(subject(RULES).program, subject(RULES).ruleset, base_claims_leak_out)


def first_phrase_only(rules: Ruleset) -> Program:
    """Compile with a bug: of the root file's phrases the first in the file holds."""
    ours = sorted(
        (each for each in rules.of(Phrase) if each.file == len(rules.files) - 1),
        key=lambda each: each.place.sort_key,
    )
    return from_model(rules.replacing(Phrase, ours[:1]))


def an_order_that_counts(_: Patch) -> Subject:
    return subject(RULES, compiler=first_phrase_only)


def help_before_opt_out(patch: Patch) -> Subject:
    sound = PhraseStep._priority  # noqa: SLF001  # the bug is planted inside

    def priority(self: PhraseStep, occurrence: Occurrence, meaning: Meaning) -> Priority:
        right = sound(self, occurrence, meaning)
        return right._replace(rank=-right.rank)

    patch.setattr(PhraseStep, "_priority", priority)
    return subject(RULES)


def a_search_that_finds_nothing(patch: Patch) -> Subject:
    patch.setattr(PhraseStep, "least", lambda *_: None)
    return subject(RULES)


def a_keyword_under_another_key(_: Patch) -> Subject:
    wrong = Meaning(Action.OPT_OUT, (Origin("en", "ENOUGH", 0, 1),))
    return Subject(with_keyword(None, "enuf", wrong))


def a_reply_too_long(_: Patch) -> Subject:
    program = subject(RULES).program
    replies = {**program.base.replies, (Action.OPT_IN, "en"): "🛑" * 161}
    return Subject(corrupted(program, None, replies=replies))


def an_empty_reply(_: Patch) -> Subject:
    program = subject(RULES).program
    replies = {**program.base.replies, (Action.OPT_OUT, "es"): " "}
    return Subject(corrupted(program, None, replies=replies))


def a_phrase_in_a_reply(_: Patch) -> Subject:
    program = subject(RULES).program
    replies = {**program.base.replies, (Action.HELP, "en"): "To end this, write stop calling me."}
    return Subject(corrupted(program, None, replies=replies))


def a_button_of_two_actions(_: Patch) -> Subject:
    program = subject(RULES).program
    leave = Meaning(Action.OPT_OUT, (Origin("en", "leave", 0, 1),))
    program = corrupted(program, None, buttons={"leave": leave})
    return Subject(corrupted(program, "MX", buttons={"leave": replace(leave, action=Action.HELP)}))


def a_button_that_takes_stop(patch: Patch) -> Subject:
    patch.setattr(reader, "_opts_out", lambda _: False)
    leave = Meaning(Action.HELP, (Origin("en", "leave", 0, 1),))
    return Subject(corrupted(subject(RULES).program, None, buttons={"leave": leave}))


def backwards(patch: Patch) -> Subject:
    patch.setattr(code_points, "tokens", lambda text: tuple(each[::-1] for each in tokens(text)))
    return subject(RULES)


def one_key_for_all(patch: Patch) -> Subject:
    patch.setattr(canonical_text, "key", lambda _: "stop")
    return subject(RULES)


BUGS = {
    "STOP means help in one country": Bug(
        "protected-words", stop_means_help_in_mexico, "STOP", "MX"
    ),
    "START is no keyword in one country": Bug(
        "protected-words", start_is_no_keyword_in_one_country, "START", "US"
    ),
    "a code point that is read as another letter": Bug(
        "protected-words", a_letter_that_is_none, "stOq"
    ),
    "phrases are looked for before keywords": Bug("exact-first", phrases_before_keywords, "STOP"),
    "the model accepts claims of protected words": Bug(
        "irremovable", a_model_that_takes_any_claim, None
    ),
    "`only keywords` takes protected words": Bug(
        "irremovable", an_only_that_takes_protected_words, None
    ),
    "a program does not prove its protected words": Bug(
        "irremovable", a_program_that_proves_nothing, None
    ),
    "the compiler rebinds HELP in files with `only`": Bug(
        "irremovable", a_compiler_that_loses_help, "HELP"
    ),
    "a country's keywords hold everywhere": Bug("country-isolation", a_country_that_leaks, "BAJA"),
    "a country's claims are no everyday words elsewhere": Bug(
        "country-isolation", a_country_whose_everyday_words_leak, "acha", "ES"
    ),
    "a new keyword takes the others of its file": Bug(
        "additions-keep-opt-outs", a_claim_that_takes_others, "YES"
    ),
    "of several phrases the first in the file holds": Bug(
        "order-independence", an_order_that_counts, "stop calling me"
    ),
    "help goes before opt-out": Bug("precedence-total", help_before_opt_out, "stop texting me now"),
    "phrases are never found": Bug("reachable", a_search_that_finds_nothing, "stop calling me"),
    "a keyword stands under another key": Bug("reachable", a_keyword_under_another_key, "ENOUGH"),
    "a reply is too long": Bug("replies-within-limits", a_reply_too_long, "START"),
    "a reply is empty": Bug("replies-within-limits", an_empty_reply, "STOP"),
    "a phrase stands in a reply": Bug(
        "replies-are-no-requests", a_phrase_in_a_reply, "To end this, write stop calling me."
    ),
    "a button has another action in one country": Bug(
        "buttons-mean-one-thing", a_button_of_two_actions, "leave", "MX"
    ),
    "a button goes before STOP": Bug("buttons-mean-one-thing", a_button_that_takes_stop, "STOP"),
    "canonical text is written backwards": Bug("canonical-idempotent", backwards, "'"),
    "canonical text swallows letters": Bug("canonical-apart", backwards, "'"),
    "all words have one key": Bug("canonical-apart", one_key_for_all, "STOP"),
}


@pytest.fixture(autouse=True)
def fresh_small_files() -> Iterator[None]:
    """Let no answer about small files outlive the bug that gave it, nor come before it."""
    irremovable._small_files.cache_clear()  # noqa: SLF001
    yield
    irremovable._small_files.cache_clear()  # noqa: SLF001  # only a planted bug changes it


def witness_of(bug: Bug, patch: Patch) -> Witness | None:
    [found] = prove(bug.plant(patch), (PROPERTIES[bug.breaks],))
    assert found.verdict is not None
    return found.verdict.witness


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.slow] if bug.breaks == "irremovable" else [])
        for name, bug in BUGS.items()
    ],
)
def test_a_planted_bug_is_reported_with_a_witness(name: str, monkeypatch: Patch) -> None:
    bug = BUGS[name]
    found = witness_of(bug, monkeypatch)

    assert found is not None
    assert (found.message, found.country) == (bug.message, bug.country)
    assert found.wrong


def test_every_property_has_a_planted_bug() -> None:
    assert {each.breaks for each in BUGS.values()} == set(PROPERTIES)
