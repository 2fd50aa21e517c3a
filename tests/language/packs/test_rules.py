"""Every shipped pack is sound: it compiles cleanly, and says what its examples, vectors and README claim."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from optoutlang.language.diagnostics.diagnostic import Severity
from optoutlang.language.model.statement import (
    Claim,
    ExceptionPhrase,
    FillerPhrase,
    Only,
    Phrase,
    Preference,
    Removal,
    ReplyText,
)
from optoutlang.language.packs import pack_names, pack_path
from tests.builders.packs import checked, matcher

PACKS = pack_names()
COUNTRY_PACKS = tuple(name for name in PACKS if re.fullmatch("[a-z]{2}", name))
LANGUAGE_PACKS = tuple(name for name in PACKS if name.startswith("lang-"))


@dataclass(frozen=True, slots=True)
class Vector:
    """One line of a pack's `vectors.jsonl`; `expected` is action, language and way of matching."""

    name: str
    text: str
    country: str | None
    language: str | None
    expected: tuple[str, str, str] | None
    why: str


def meaning(
    pack: str, text: str, country: str | None, language: str | None
) -> tuple[str, str, str] | None:
    decision = matcher(pack).match(text, country=country, language=language)
    if decision is None:
        return None
    return (decision.label, decision.language, decision.matched_by.value)


def vectors(pack: str) -> Iterator[Vector]:
    """Yield the lines of a pack's vectors; a pack need not have any beside its `test` blocks."""
    path = pack_path(pack).parent / "vectors.jsonl"
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        row = json.loads(line)
        said = row["decision"]
        expected = None
        if said is not None:
            expected = (said["action"], said["language"], said["matched_by"])
        yield Vector(
            row["name"], row["text"], row["country"], row["language"], expected, row["why"]
        )


@pytest.mark.slow
@pytest.mark.parametrize("pack", PACKS)
def test_pack_compiles_without_error_or_warning(pack: str) -> None:
    grave = (Severity.ERROR, Severity.WARNING)
    found = [
        f"{each.primary.place.rule}: {each.code.id} {each.message}"
        for each in checked(pack).diagnostics
        if each.code.severity in grave
    ]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("pack", PACKS)
def test_pack_passes_its_own_tests(pack: str) -> None:
    ruleset = checked(pack).ruleset
    assert ruleset is not None
    assert ruleset.examples
    for example in ruleset.examples:
        found = meaning(pack, example.message, example.country, example.prefer)
        wanted = None if example.action is None else example.action.value
        if example.suggested:
            wanted = f"suggest {wanted}"
        assert (None if found is None else found[0]) == wanted, example.place.rule
        if found is not None and example.language is not None:
            assert found[1] == example.language, example.place.rule


@pytest.mark.slow
@pytest.mark.parametrize("pack", PACKS)
def test_pack_decides_its_vectors_as_they_say(pack: str) -> None:
    for vector in vectors(pack):
        found = meaning(pack, vector.text, vector.country, vector.language)
        assert found == vector.expected, vector.name


@pytest.mark.parametrize("pack", PACKS)
def test_vectors_have_names_of_their_own_and_say_why(pack: str) -> None:
    rows = list(vectors(pack))
    assert all(row.why for row in rows)
    assert len({row.name for row in rows}) == len(rows)


@pytest.mark.parametrize("pack", PACKS)
def test_pack_shows_a_match_and_a_near_miss(pack: str) -> None:
    ruleset = checked(pack).ruleset
    assert ruleset is not None
    decided = {row.expected is not None for row in vectors(pack)}
    decided |= {each.action is not None for each in ruleset.examples}
    assert decided == {True, False}


@pytest.mark.parametrize("pack", PACKS)
def test_pack_has_a_readme_with_sources_and_limits(pack: str) -> None:
    readme = (pack_path(pack).parent / "README.md").read_text("utf-8")
    assert readme.startswith(f"# {pack}")
    assert "\n## Sources\n" in readme
    assert "\n## Limits\n" in readme


@pytest.mark.parametrize("pack", COUNTRY_PACKS)
def test_country_pack_says_nothing_outside_its_country(pack: str) -> None:
    ruleset = checked(pack).ruleset
    assert ruleset is not None
    own = len(ruleset.files) - 1
    statements: list[Claim | Removal | Only | Phrase | FillerPhrase | ReplyText | Preference] = [
        *ruleset.of(Claim),
        *ruleset.of(Removal),
        *ruleset.of(Only),
        *ruleset.of(Phrase),
        *ruleset.of(ExceptionPhrase),
        *ruleset.of(FillerPhrase),
        *ruleset.of(ReplyText),
        *ruleset.of(Preference),
    ]
    assert {each.scope for each in statements if each.file == own} == {pack.upper()}


@pytest.mark.parametrize("pack", LANGUAGE_PACKS)
def test_language_pack_speaks_its_language_alone_and_everywhere(pack: str) -> None:
    ruleset = checked(pack).ruleset
    assert ruleset is not None
    own = len(ruleset.files) - 1
    assert pack == f"lang-{ruleset.language.lower()}"
    claims = [each for each in ruleset.of(Claim) if each.file == own]
    assert {(each.scope, each.language) for each in claims} == {(None, ruleset.language)}


@pytest.mark.parametrize("pack", LANGUAGE_PACKS)
def test_language_pack_has_no_word_of_one_letter_or_digit(pack: str) -> None:
    ruleset = checked(pack).ruleset
    assert ruleset is not None
    own = len(ruleset.files) - 1
    assert all(len(each.key) > 1 for each in ruleset.of(Claim) if each.file == own)


def test_world_uses_every_other_pack() -> None:
    """`crisis-safe` stays out: it takes words away, and `world` is all of them."""
    ruleset = checked("world").ruleset
    assert ruleset is not None
    assert {each.name for each in ruleset.files} == set(PACKS) - {"crisis-safe"}
