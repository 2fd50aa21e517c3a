"""`optout init`: whatever brand, countries and languages are asked for, the file is sound and its tests pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang.interfaces.cli.starter import Starter
from optoutlang.language.diagnostics.diagnostic import Severity
from optoutlang.language.driver.compile import check_text, compile_checked
from optoutlang.language.driver.examples import run_examples
from optoutlang.language.packs import pack_names
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms.country import COUNTRIES
from tests.interfaces.cli.runner import optout

LANGUAGES = [each.removeprefix("lang-") for each in pack_names() if each.startswith("lang-")]
STARTERS = {
    "nothing asked for": Starter("Acme", (), ("en",)),
    "a brand with quotes": Starter('Acme "\\A" & Co.', ("US",), ("en",)),
    "a brand in other letters": Starter("東京 Zażółć", ("JP", "PL"), ("ja", "pl")),
    "a brand without letters": Starter("★", (), ("en",)),
    "a language twice": Starter("Acme", ("MX",), ("es-MX", "es", "en")),
    "no pack for them": Starter("Acme", ("AQ",), ("tlh",)),
    "every country": Starter("Acme", tuple(sorted(COUNTRIES)), ("en",)),
    "every language": Starter("Acme", (), tuple(LANGUAGES)),
    **{language: Starter("Acme", ("US",), (language,)) for language in LANGUAGES},
}


@pytest.mark.slow
@pytest.mark.parametrize("starter", STARTERS.values(), ids=STARTERS)
def test_every_starter_is_sound_and_its_tests_pass(starter: Starter) -> None:
    checked = check_text(starter.text)
    assert checked.ruleset is not None
    own = [each for each in checked.diagnostics if each.primary.place.source.name == "<text>"]
    assert not [each for each in own if each.code.severity is not Severity.HINT]
    outcomes = run_examples(checked.ruleset, Matcher(compile_checked(checked)))
    assert outcomes
    assert all(each.passed for each in outcomes)


def test_the_file_is_checked_formatted_and_tested_by_the_command_itself(folder: Path) -> None:
    line = ["init", "new/rules", "--brand", "Acme Alerts", "--country", "us", "--language", "es"]
    assert optout(*line).exit_code == 0
    path = folder / "new" / "rules" / "acme-alerts.optout"
    assert path.read_text(encoding="utf-8").startswith("# Acme Alerts: ")
    for command in (["check"], ["fmt", "--check"], ["test"]):
        assert optout(*command, path).exit_code == 0
    assert "ALTO" in optout("show", path, "--country", "US").stdout


def test_a_file_is_never_overwritten(folder: Path) -> None:
    path = folder / "acme.optout"
    path.write_text("mine", encoding="utf-8")
    result = optout("init", "--brand", "Acme")
    assert result.exit_code == 3
    assert result.stderr == "optout: `acme.optout` already exists; nothing was written\n"
    assert path.read_text(encoding="utf-8") == "mine"


def test_what_is_not_given_is_asked_for_until_it_is_right(folder: Path) -> None:
    result = optout("init", given="{\nAcme\nUK\nus, MX\n??\nes en fr\nn\n")
    assert result.exit_code == 0
    assert "did you mean `GB`?" in result.stderr
    text = (folder / "acme.optout").read_text(encoding="utf-8")
    assert "language es\n" in text
    assert 'use "us"' in text
    assert 'use "mx"' in text
    assert "prefer es, en, fr\n" in text


def test_where_nobody_answers_the_command_says_what_to_give() -> None:
    result = optout("init")
    assert result.exit_code == 2
    assert "give at least --brand" in result.stderr


def test_a_brand_that_makes_replies_too_long_is_a_finding(folder: Path) -> None:
    result = optout("init", "--brand", "A" * 300)
    assert result.exit_code == 1
    assert "error[" in result.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("more", [(), ("--natural",)])
def test_its_own_tests_reach_every_statement(folder: Path, more: tuple[str, ...]) -> None:
    assert folder.is_dir()
    line = ("init", "--brand", "Bank", "--country", "US,CA", "--language", "en,fr", *more)
    assert optout(*line).exit_code == 0
    shown = optout("cover", "bank.optout", "--fail-under", "100")
    assert (shown.exit_code, "not reached" in shown.stdout) == (0, False)


@pytest.mark.parametrize(("message", "country"), [("stop svp", "CA"), ("arrêt merci", "CA")])
def test_polite_words_of_all_languages_are_filler(folder: Path, message: str, country: str) -> None:
    optout("init", "--brand", "Bank", "--country", "US,CA", "--language", "en,fr")
    assert (folder / "bank.optout").is_file()
    shown = optout("match", "bank.optout", message, "--country", country).stdout
    assert shown.startswith("opt-out")


def test_packs_that_read_sentences_are_offered_in_a_comment(folder: Path) -> None:
    optout("init", "--brand", "Bank", "--language", "en,fr")
    text = (folder / "bank.optout").read_text(encoding="utf-8")
    assert '# use "natural-en"; use "natural-fr" reads whole sentences too' in text


@pytest.mark.parametrize("given", ["US,XX", "USA,CA"])
def test_each_of_several_countries_is_checked(given: str) -> None:
    result = optout("init", "--brand", "Bank", "--country", given)
    assert result.exit_code == 2
    assert "is not an ISO 3166-1 country code" in " ".join(result.stderr.split())
