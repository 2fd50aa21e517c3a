"""The difference of two programs against every short message, and what it says of real edits."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from optoutlang.analysis.differences import Change, Difference, Kind, diff, difference
from optoutlang.analysis.differences.search import search
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.driver.compile import check_text, compile_checked
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import Program
from optoutlang.runtime.program.artefact import from_bytes, to_bytes
from optoutlang.runtime.terms.action import Action
from tests.analysis.differences.pairs import FAMILIES, PREFERENCES, Changes, Draw, counted, told
from tests.builders.rulesets import CORE, ruleset_of

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
PAIRS = settings().max_examples if DEEP else 2
FIRST = int(os.environ.get("OPTOUT_FIRST_PAIR", "0"))
PROTECTED_PIECES = ("st", "to", "op", "ta", "ar", "rt", "he", "el", "lp")


def reported(found: Difference) -> Changes:
    changes: Changes = {}
    for each in found.changes:
        for tag in each.languages or PREFERENCES:
            where = (tag, told(each.before), told(each.after))
            changes[where] = (each.length, each.witness)
    return changes


def of_uncounted_tokens(text: str) -> bool:
    """Tell whether a message has a piece of STOP, START or HELP, which the counted messages do not."""
    return any(each in text.lower().replace("hello", "") for each in PROTECTED_PIECES)


@pytest.mark.slow
@pytest.mark.parametrize("name", FAMILIES)
def test_every_change_that_a_short_message_shows_is_found_with_a_message_as_short(
    name: str,
) -> None:
    family = FAMILIES[name]
    different = 0
    for seed in range(FIRST, FIRST + PAIRS):
        old, new = Draw(family, seed).pair()
        found = diff(old, new)
        different += not found.equal
        ours, every = reported(found), counted(family, old, new)
        for (tag, before, after), (length, text) in every.items():
            known = tag if tag != "de" else None  # a language that the rules do not know
            assert (known, before, after) in ours, (seed, text)
            shortest, witness = ours[known, before, after]
            assert "“" not in witness, (seed, text, witness)
            assert shortest == length or of_uncounted_tokens(witness), (seed, text, witness)
        for where, (length, witness) in ours.items():
            uncounted = "“" in witness or of_uncounted_tokens(witness)
            assert where in every or length > family.longest or uncounted, (seed, witness)
    assert different >= PAIRS // 2


RULES = """
ruleset acme language en
filler "thank you"
opt-out {
  keywords "NO MORE", BASTA
  phrases "stop texting [me]"
  except "stop texting [me] at night"
  reply "Done."
}
country MX, CO { opt-out { keywords ALTO reply "Adios." } }
"""


def compiled(text: str) -> Program:
    return compile_checked(check_text(text))


def changes(old: str, new: str) -> list[tuple[Kind, tuple[str | None, ...], str]]:
    found = diff(compiled(RULES), compiled(RULES.replace(old, new)))
    assert not found.unsettled
    return [(each.kind, each.countries, each.witness) for each in found.changes]


EVERYWHERE = (None, "CO", "MX")
EDITS: dict[str, tuple[str, str, set[tuple[Kind, str | None, str]]]] = {
    "a keyword gone": (", BASTA", "", {(Kind.OPT_OUT_LOST, None, "BASTA")}),
    "a keyword of two countries gone": ("keywords ALTO", "", {(Kind.OPT_OUT_LOST, "MX", "ALTO")}),
    "an exception gone": (
        'except "stop texting [me] at night"',
        "",
        {(Kind.OPT_OUT_GAINED, None, "stop texting at night")},
    ),
    "a reply": ('"Done."', '"Gone."', {(Kind.REPLY_CHANGED, None, "BASTA")}),
    "filler gone": ('filler "thank you"', "", {(Kind.OPT_OUT_LOST, None, "BASTA thank you")}),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_what_it_says(name: str) -> None:
    old, new, expected = EDITS[name]
    found = {(kind, country, text) for kind, where, text in changes(old, new) for country in where}
    assert found >= expected


def test_the_same_rules_in_other_words_are_equal() -> None:
    other = RULES.replace("BASTA", '"basta!"').replace(
        'stop texting [me]"\n', 'stop (texting|texting me)"\n'
    )
    assert other != RULES
    found = diff(compiled(RULES), compiled(other))
    assert found.equal
    assert found.contexts == 251


def test_an_artefact_is_equal_to_what_it_was_made_of() -> None:
    program = compiled(RULES)
    assert diff(program, from_bytes(to_bytes(program))).equal


def test_a_keyword_that_a_phrase_covers_only_changes_how_it_is_found_unless_it_is_quoted() -> None:
    old = compiled('opt-out { keywords "2" phrases "2" }')
    new = compiled('opt-out { phrases "2" }')
    found = diff(old, new)
    assert [each.kind for each in found.wording] == [Kind.WORDING]
    assert [each.witness for each in found.changes] == ["“2” +"]


def test_only_what_opts_out_less_is_weaker() -> None:
    found = diff(compiled(RULES), compiled(RULES.replace(", BASTA", ", FUERA")))
    assert {each.witness for each in found.weaker} == {"BASTA"}
    assert {each.kind for each in found.changes} == {Kind.OPT_OUT_LOST, Kind.OPT_OUT_GAINED}


def test_a_reply_to_one_keyword_is_a_change_of_that_keyword_alone() -> None:
    old = compiled(RULES + ' help { reply "one" }')
    new = compiled(RULES + ' help { reply "one" reply to INFO "two" }')
    found = diff(old, new)

    assert [(each.witness, each.kind) for each in found.changes] == [("INFO", Kind.REPLY_CHANGED)]
    assert not found.unsettled
    assert diff(new, new).equal


def test_an_answer_that_takes_the_place_of_an_opt_out_is_a_loss() -> None:
    old = compiled("opt-out { keywords HOURS }")
    new = compiled('answer hours { keywords HOURS, DAYS reply "one" }')
    found = diff(old, new)

    assert {(each.witness, each.kind) for each in found.changes} == {
        ("HOURS", Kind.OPT_OUT_LOST),
        ("DAYS", Kind.ACTION_CHANGED),
    }
    assert found.unsettled == ("answers",)
    assert diff(new, new).equal


def test_a_slip_is_shown_where_typos_are_tolerated_or_no_longer() -> None:
    rules = "opt-out { %s keywords GOODBYE }"
    old, new = compiled(rules % "tolerate typos"), compiled(rules % "")
    assert diff(old, old).equal
    found = diff(old, new)
    assert not found.unsettled
    assert [each.kind for each in found.weaker] == [Kind.OPT_OUT_LOST]
    assert "tolerate" not in found.changes[0].witness


@pytest.mark.slow
@pytest.mark.parametrize("name", FAMILIES)
def test_entry_by_entry_the_same_is_equal_and_every_change_is_shown(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = FAMILIES[name]
    settled = whole = 0
    monkeypatch.setattr(search, "STATES", 1_500)
    for seed in range(FIRST, FIRST + 3 * PAIRS):
        old, new = Draw(family, seed).pair()
        searched = diff(old, new)
        whole += searched.every_pair
        with monkeypatch.context() as patched:
            patched.setattr(difference, "SEARCHED", 0)
            found = diff(old, new)
        settled += not found.unsettled
        if not found.unsettled:
            assert bool(found.changes) == bool(searched.changes), seed
        if searched.every_pair and not searched.changes:
            assert not found.changes, seed
        sides = Matcher(old), Matcher(new)
        for each in found.changes:
            language = next(iter(each.languages), None)
            decisions = [side.match(each.witness, language=language) for side in sides]
            assert told(decisions[0]) != told(decisions[1]), (seed, each.witness)
    assert settled >= PAIRS
    assert whole >= PAIRS


def test_a_search_in_too_many_states_goes_entry_by_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "STATES", 3)
    old, new = compiled("opt-out { keywords BYE }"), compiled("opt-out { }")
    found = diff(old, new)
    assert not found.every_pair
    assert [each.kind for each in found.weaker] == [Kind.OPT_OUT_LOST]


def test_a_change_names_the_preferred_languages_in_which_it_happens() -> None:
    rules = 'opt-out { keywords ADIOS reply "Bye." } language es { opt-out { keywords ADIOS reply "%s" } }'
    found = diff(compiled(rules % "Fin."), compiled(rules % "Ya."))
    spoken: dict[str, Change] = {each.witness: each for each in found.changes}
    assert spoken["ADIOS"].languages == ("es",)
    assert spoken["ADIOS"].before is not None
    assert spoken["ADIOS"].before.action is Action.OPT_OUT


@pytest.mark.parametrize("searched", [0, 1_000])
def test_a_slip_is_lost_with_its_keyword_even_if_a_phrase_has_the_word(
    searched: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difference, "SEARCHED", searched)
    rules = 'opt-out { tolerate typos keywords GOODBYE%s phrases "farewell" }'
    found = diff(compiled(rules % ", FAREWELL"), compiled(rules % ""))
    assert not found.unsettled
    assert found.weaker


SWAHILI = """
    %s
    country MX { opt-in { keywords JOIN } }
    language sw { opt-out { keywords ACHA, "SIMA MA" } }
    language es { opt-out { keywords "NO MAS" } opt-in { keywords ALTA } }
"""


def everyday(
    *, root: str = "", pack: str = "ignore everyday-words", rules: str = SWAHILI
) -> Program:
    """Return the program of a pack that ignores everyday words below a root file."""
    files = (
        ("core.optout", f"ruleset core\n{CORE}"),
        ("pack.optout", f"ruleset pack\n{rules % pack}"),
        ("root.optout", f"ruleset root\n{root}"),
    )
    return from_model(ruleset_of(*files))


@pytest.mark.parametrize("searched", [0, 1_000])
def test_what_becomes_an_everyday_word_is_shown_by_its_spelling_where_it_is_one(
    searched: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difference, "SEARCHED", searched)
    old, new = everyday(pack=""), everyday()
    found = diff(old, new)

    assert not found.unsettled
    lost = {each.witness: each for each in found.changes if each.kind is Kind.OPT_OUT_LOST}
    assert "acha" in lost
    assert "IN" in lost["acha"].countries
    assert "KE" not in lost["acha"].countries
    sides = Matcher(old), Matcher(new)
    for each in found.changes:
        for country in each.countries:
            before, after = (side.match(each.witness, country=country) for side in sides)
            assert told(before) != told(after), (each.witness, country)
    assert {each.kind for each in diff(new, old).changes} >= {Kind.OPT_OUT_GAINED}


@pytest.mark.parametrize("searched", [0, 1_000])
def test_a_claim_of_the_root_file_that_makes_an_everyday_word_count_is_shown_by_the_word(
    searched: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difference, "SEARCHED", searched)
    found = diff(everyday(), everyday(root="language sw { opt-out { keywords ACHA } }"))

    assert not found.unsettled
    assert [(each.kind, each.witness) for each in found.changes] == [(Kind.OPT_OUT_GAINED, "acha")]
    assert "IN" in found.changes[0].countries
    assert "KE" not in found.changes[0].countries


@pytest.mark.parametrize("searched", [0, 1_000])
def test_a_keyword_written_as_several_words_is_shown_across_a_sentence_end(
    searched: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difference, "SEARCHED", searched)
    rules = "opt-out { keywords %s }"
    found = diff(compiled(rules % '"FOO BAR"'), compiled(rules % "FOOBAR"))

    assert not found.unsettled
    assert [each.witness for each in found.weaker] == ["foo. bar"]


FRAMED = """
ruleset acme language en
class ending is stop, quit%s
class sending is texting, writing
opt-out { %s %s }
"""


def framed(
    members: str = "", frame: str = 'frames "{ending} .. {sending}"', more: str = ""
) -> Program:
    return compiled(FRAMED % (members, frame, more))


def test_frames_that_only_moved_are_no_difference() -> None:
    assert diff(framed(), framed()).equal
    moved = compiled(
        "# One line more.\n" + FRAMED.lstrip() % ("", 'frames "{ending} .. {sending}"', "")
    )
    assert diff(framed(), moved).equal


def test_a_frame_or_member_that_goes_loses_an_opt_out_and_what_else_changes_is_not_settled() -> (
    None
):
    gone = diff(framed(), framed(frame=""))
    assert [each.kind for each in gone.weaker] == [Kind.OPT_OUT_LOST]
    assert gone.weaker[0].witness == "quit texting"
    assert gone.unsettled == ("frames",)
    fewer = diff(framed(members=", cease"), framed())
    assert [each.witness for each in fewer.weaker] == ["cease texting"]


def test_a_phrase_that_goes_loses_nothing_where_a_frame_hears_the_same() -> None:
    found = diff(framed(more='phrases "stop texting"'), framed())
    assert not found.weaker
    assert found.unsettled == ("frames",)
