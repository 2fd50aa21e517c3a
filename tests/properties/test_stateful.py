"""Sequences of edits keep every law: rules added, removed, overridden, split, merged, compiled and loaded.

The machine edits a small library of rule files as an author does, one step at a
time. A step that the compiler calls an error is taken back, so that edits pile
up; whatever stands after a step keeps the laws.
"""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from optoutlang.language.model.statement import Claim
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program.artefact import from_bytes, to_bytes
from optoutlang.testing.library import ROOT, Block, Item, Library
from optoutlang.testing.messages import contexts, messages
from optoutlang.testing.rulesets import check, compile_library, errors
from optoutlang.testing.statement_words import LANGUAGES
from optoutlang.testing.statements import sections, statements
from tests.properties.test_order import shuffled
from tests.properties.test_protected import assert_protected, attacks
from tests.strategies.outcomes import compiled_decision, reference_decision, without_rule

ASKED = 3
"""How many messages the rules are asked about in a step that asks."""

FILES = ("a.optout", "b.optout")
PACKS = ("lang-is", "lang-sq")
"""Small packs: a step compiles all that is used."""


class Authoring(RuleBasedStateMachine):
    """A library under edit, the ruleset that it makes, and the artefacts that were saved."""

    def __init__(self) -> None:
        super().__init__()
        self.library: Library = {ROOT: ("ruleset root",)}
        self.made = compile_library(self.library)
        self.saved: dict[bytes, Library] = {}

    def edit(self, library: Library) -> None:
        """Take an edit over, unless the compiler calls it an error."""
        if not errors(check(library)):
            self.library = library
            self.made = compile_library(library)

    def with_items(self, name: str, *items: Item) -> Library:
        """Return the library with more at the end of a file."""
        return self.library | {name: (*self.library[name], *items)}

    # Drawn inside: Hypothesis prints the strategies of a rule that it could not choose, and these are long.
    @rule(data=st.data())
    def add(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.library)))
        self.edit(self.with_items(name, data.draw(statements)))

    @rule(item=attacks())
    def attack(self, item: Item) -> None:
        self.edit(self.with_items(ROOT, item))

    @precondition(lambda self: any(len(items) > 1 for items in self.library.values()))
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        long = sorted(name for name, items in self.library.items() if len(items) > 1)
        name = data.draw(st.sampled_from(long))
        items = self.library[name]
        place = data.draw(st.integers(1, len(items) - 1))
        self.edit(self.library | {name: items[:place] + items[place + 1 :]})

    @precondition(lambda self: self.made.ruleset.of(Claim))
    @rule(data=st.data())
    def remove_a_word(self, data: st.DataObject) -> None:
        claim = data.draw(st.sampled_from(self.made.ruleset.of(Claim)))
        self.edit(self.with_items(ROOT, Block(claim.action.value, (f'remove "{claim.word}"',))))

    @rule(data=st.data(), language=st.sampled_from(LANGUAGES))
    def override(self, data: st.DataObject, language: str) -> None:
        section = data.draw(sections)
        block = Block("country MX", (Block(f"language {language}", (section,)),))
        before = self.made.matcher()
        self.edit(self.with_items(ROOT, block))
        after = self.made.matcher()
        for _ in range(ASKED):
            context, text = data.draw(contexts(self.made)), data.draw(messages(self.made))
            if (context.country or "").upper() != "MX":
                assert compiled_decision(after, text, context) == compiled_decision(
                    before, text, context
                )

    @precondition(lambda self: len(self.library) <= len(FILES))
    @rule(data=st.data())
    def use_a_new_file(self, data: st.DataObject) -> None:
        items = data.draw(st.lists(statements, min_size=1, max_size=3))
        name = next(each for each in FILES if each not in self.library)
        self.edit(self.with_items(ROOT, f'use "./{name}"') | {name: ("ruleset part", *items)})

    @rule(pack=st.sampled_from(PACKS))
    def use_a_pack(self, pack: str) -> None:
        self.edit(self.with_items(ROOT, f'use "{pack}"'))

    @precondition(lambda self: len(self.library) > 1)
    @rule()
    def merge(self) -> None:
        name = next(each for each in self.library if each != ROOT)
        rest = {each: items for each, items in self.library.items() if each != name}
        without_use = {
            each: tuple(item for item in items if item != f'use "./{name}"')
            for each, items in rest.items()
        }
        self.edit(without_use | {ROOT: (*without_use[ROOT], *self.library[name][1:])})

    @rule(data=st.data())
    def shuffle(self, data: st.DataObject) -> None:
        before = self.made.matcher()
        self.library = data.draw(shuffled(self.library))
        self.made = compile_library(self.library)
        after = self.made.matcher()
        for _ in range(ASKED):
            context, text = data.draw(contexts(self.made)), data.draw(messages(self.made))
            assert without_rule(compiled_decision(after, text, context)) == without_rule(
                compiled_decision(before, text, context)
            )

    @rule(data=st.data())
    def ask(self, data: st.DataObject) -> None:
        matcher = self.made.matcher()
        for _ in range(ASKED):
            context, text = data.draw(contexts(self.made)), data.draw(messages(self.made))
            expected = reference_decision(self.made.ruleset, text, context)
            assert compiled_decision(matcher, text, context) == expected

    @rule()
    def save(self) -> None:
        self.saved[to_bytes(self.made.program)] = self.library

    @precondition(lambda self: self.saved)
    @rule(data=st.data())
    def load(self, data: st.DataObject) -> None:
        artefact = data.draw(st.sampled_from(sorted(self.saved)))
        program = from_bytes(artefact)
        self.library = self.saved[artefact]
        self.made = compile_library(self.library)
        assert self.made.program == program
        assert to_bytes(self.made.program) == artefact

    @invariant()
    def the_protected_words_stand(self) -> None:
        assert_protected(self.made.matcher())

    @invariant()
    def the_artefact_is_the_program(self) -> None:
        artefact = to_bytes(self.made.program)
        assert from_bytes(artefact) == self.made.program
        assert Matcher.from_bytes(artefact).digest == Matcher(self.made.program).digest


# A run is many compilations: a tenth of the profile's runs, each of a few steps.
Authoring.TestCase.settings = settings(
    max_examples=settings().max_examples // 10, stateful_step_count=10
)
TestAuthoring = Authoring.TestCase
