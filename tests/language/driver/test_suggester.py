"""Which suggester a ruleset has: the one beside its root file, else the one of the packs, and none unless asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

import optoutlang
from optoutlang import CompileError, MatchedBy, Matcher
from optoutlang.language.driver.cache import Cache
from optoutlang.language.driver.cached import Build
from optoutlang.language.driver.root import FileRoot
from optoutlang.runtime.program.similar_wire import file_bytes
from tests.builders.suggesters import suggester_of

FIRST, SECOND = suggester_of({" enough ": 10}, 10), suggester_of({" plenty ": 10}, 10)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "acme.optout"
    path.write_text("ruleset acme\nsuggest similar\n", encoding="utf-8")
    path.with_suffix(".similar").write_bytes(file_bytes(FIRST))
    return path


def matched(matcher: Matcher, text: str) -> tuple[str, str] | None:
    decision = matcher.match(text)
    return None if decision is None else (decision.matched_by.value, decision.rule)


def test_the_one_beside_the_root_file_is_asked(root: Path) -> None:
    matcher = optoutlang.load(root)

    assert matched(matcher, "I had enough of you") == ("similar", "acme.similar:1")
    assert matched(matcher, "I had plenty of you") is None


def test_without_one_that_of_the_packs_is_asked(root: Path) -> None:
    root.with_suffix(".similar").unlink()
    model = optoutlang.load(root).program.similar

    assert model is not None
    assert model.name == "pack:natural/natural.similar"


def test_a_text_has_that_of_the_packs() -> None:
    model = optoutlang.compile("suggest similar").program.similar

    assert model is not None
    assert model.name == "pack:natural/natural.similar"


@pytest.mark.parametrize("text", ["ruleset acme", "suggest phrases", "suggest none"])
def test_nobody_has_one_who_does_not_ask(root: Path, text: str) -> None:
    root.write_text(text, encoding="utf-8")

    assert optoutlang.load(root).program.similar is None


def test_a_country_alone_may_ask(root: Path) -> None:
    root.write_text("country MX { suggest similar }", encoding="utf-8")
    matcher = optoutlang.load(root)

    assert matcher.match("enough") is None
    found = matcher.match("enough", country="MX")
    assert found is not None
    assert found.matched_by is MatchedBy.SIMILAR


def test_a_country_may_end_it(root: Path) -> None:
    root.write_text("suggest similar\ncountry MX { suggest none }", encoding="utf-8")

    assert optoutlang.load(root).match("enough", country="MX") is None


def test_a_rule_goes_before_it(root: Path) -> None:
    root.write_text('suggest similar\nhelp { phrases "enough" }', encoding="utf-8")

    assert matched(optoutlang.load(root), "enough") == ("phrase", "acme.optout:2")


def test_a_damaged_one_is_an_error_at_the_word_that_asks(root: Path) -> None:
    root.with_suffix(".similar").write_text("{}", encoding="utf-8")

    with pytest.raises(CompileError) as raised:
        optoutlang.load(root)
    (found,) = raised.value.diagnostics
    assert found.code.id == "O509"
    assert found.primary.place.rule == "acme.optout:2"


def test_another_one_makes_the_kept_program_anew(root: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    assert matched(Build(FileRoot(root), cache).compile(), "enough") is not None
    root.with_suffix(".similar").write_bytes(file_bytes(SECOND))
    again = Build(FileRoot(root), cache).compile()

    assert matched(again, "enough") is None
    assert matched(again, "plenty") is not None


def test_explaining_names_what_weighed_most(root: Path) -> None:
    root.with_suffix(".similar").write_bytes(
        file_bytes(suggester_of({" enough ": 10, "eno": 30, "you": -35, "xyz": 90}, 10))
    )
    matcher = optoutlang.load(root)
    found = matcher.explain("enough of you").similar

    assert found is not None
    assert (found.score, found.threshold, found.suggests) == (5, 10, False)
    assert found.weighed == (("you", -35), ("eno", 30), (" enough ", 10))
    assert matcher.explain("STOP").similar is None
