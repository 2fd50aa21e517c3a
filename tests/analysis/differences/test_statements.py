"""Statements that came, went or changed: all that is effective in one program alone, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from optoutlang.analysis.differences import StatementChange, Turn, statement_changes
from optoutlang.language.driver.compile import check_path, compile_checked
from optoutlang.language.model.effective import Table, effective_tables
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.packs import pack_path
from optoutlang.runtime.canonical import key
from tests.builders.rulesets import program


def changes(old: str, new: str) -> list[tuple[str, str, str, tuple[str | None, ...], bool]]:
    return [
        (each.turn.value, each.statement, each.text, each.countries, each.weaker)
        for each in statement_changes(program(old), program(new))
    ]


TAKEABLE = """
    filler "oh"
    class end is cease, desist
    opt-out { tolerate typos frames "{end} .. now", "now {end}" reply "Bye." }
"""

CASES = {
    "a keyword went": (
        "opt-out { keywords LEAVE }",
        "",
        [("went", "keyword", "LEAVE", (None,), True)],
    ),
    "a keyword came": (
        "",
        "opt-out { keywords LEAVE }",
        [("came", "keyword", "LEAVE", (None,), False)],
    ),
    "an opt-in came": (
        "",
        "opt-in { keywords JOIN }",
        [("came", "keyword", "JOIN", (None,), True)],
    ),
    "a keyword changed its action": (
        "opt-out { keywords LEAVE }",
        "help { keywords LEAVE }",
        [("changed", "keyword", "LEAVE", (None,), True)],
    ),
    "spelling and place are no change": (
        'opt-out { keywords "NO MORE", LEAVE }',
        "opt-out { keywords LEAVE, NOMORE }",
        [],
    ),
    "taken away in two countries": (
        "opt-out { keywords LEAVE }",
        "opt-out { keywords LEAVE } country MX, CO { opt-out { remove LEAVE } }",
        [("went", "keyword", "LEAVE", ("CO", "MX"), True)],
    ),
    "phrases are only suggested": (
        "",
        "suggest phrases",
        [("came", "suggest", "suggest", (None,), True)],
    ),
    "phrases decide again, and sentences do not": (
        "suggest phrases",
        "suggest sentences",
        [("changed", "suggest", "suggest", (None,), True)],
    ),
    "phrases decide again": (
        "suggest phrases, sentences",
        "suggest sentences",
        [("changed", "suggest", "suggest", (None,), False)],
    ),
    "an answer came, with its words and its reply": (
        "",
        'answer hours { keywords HOURS sentences "when are you open" reply "9 to 5." }',
        [
            ("came", "answer's keyword", "HOURS", (None,), False),
            ("came", "answer's sentence", "when are you open", (None,), False),
            ("came", "reply", "answer hours", (None,), False),
        ],
    ),
    "a keyword of one answer went to another": (
        'answer hours { keywords WHEN reply "a" } answer shop { keywords WHERE reply "b" }',
        'answer hours { reply "a" } answer shop { keywords WHEN, WHERE reply "b" }',
        [("changed", "answer's keyword", "WHEN", (None,), False)],
    ),
    "an answer says otherwise to one keyword": (
        'answer hours { keywords HOURS, WHEN reply "a" }',
        'answer hours { keywords HOURS, WHEN reply "a" reply to WHEN "b" }',
        [("came", "reply", "answer hours to when", (None,), False)],
    ),
    "a reply to one keyword changed": (
        'help { reply "call us" reply to INFO "a" }',
        'help { reply "call us" reply to INFO "b" }',
        [("changed", "reply", "help to info", (None,), False)],
    ),
    "a phrase lost an alternative": (
        'let end = "(quit|stop)" opt-out { phrases "{end} it all" }',
        'let end = "(quit|cease)" opt-out { phrases "{end} it all" }',
        [("changed", "phrase", "{end} it all", (None,), True)],
    ),
    "a phrase is written as two": (
        'opt-out { phrases "(cease|quit) it all" }',
        'opt-out { phrases "quit it all", "cease it all" }',
        [
            ("went", "phrase", "(cease|quit) it all", (None,), False),
            ("came", "phrase", "cease it all", (None,), False),
            ("came", "phrase", "quit it all", (None,), False),
        ],
    ),
    "a phrase went that never decided": (
        'opt-out { phrases "(stop|quit) it all", "quit it all" }',
        'opt-out { phrases "(stop|quit) it all" }',
        [],
    ),
    "an exception came": (
        'opt-out { phrases "quit it" }',
        'opt-out { phrases "quit it" except "never quit it" }',
        [("came", "except", "never quit it", (None,), True)],
    ),
    "an exception went": (
        'opt-out { phrases "quit it" except "never quit it" }',
        'opt-out { phrases "quit it" }',
        [("went", "except", "never quit it", (None,), False)],
    ),
    "filler went": ('filler "oh"', "", [("went", "filler", "oh", (None,), True)]),
    "a tolerance went": (
        "opt-out { tolerate typos }",
        "",
        [("went", "tolerances", "tolerances", (None,), True)],
    ),
    "suggesting came": ("", "suggest phrases", [("came", "suggest", "suggest", (None,), True)]),
    "a reply changed": (
        'opt-out { reply "A: bye" }',
        'opt-out { reply "B: bye" }',
        [("changed", "reply", "opt-out", (None,), False)],
    ),
    "a country takes back what it inherits": (
        TAKEABLE + "country MX { help { keywords AYUDA } }",
        TAKEABLE
        + """
        country MX {
            help { keywords AYUDA }
            remove filler "oh"
            opt-out {
                remove tolerate typos remove frames "{end} .. now", "now {end}" remove reply "Bye."
                frames "now {end}"
            }
        }
        """,
        [
            ("went", "frame", "{end} .. now", ("MX",), True),
            ("went", "filler", "oh", ("MX",), True),
            ("went", "tolerances", "tolerances", ("MX",), True),
            ("went", "reply", "opt-out", ("MX",), False),
        ],
    ),
    "a country gets back what the base loses": (
        TAKEABLE + 'country MX { remove filler "oh" opt-out { remove frames "now {end}" } }',
        TAKEABLE.replace('filler "oh"', "").replace(', "now {end}"', "") + "country MX { }",
        [
            ("went", "frame", "now {end}", (None,), True),
            ("went", "filler", "oh", (None,), True),
        ],
    ),
    "a frame changed": (
        'class end is cease, desist opt-out { frames "{end} .. now" }',
        'class end is cease opt-out { frames "{end} .. now" }',
        [("changed", "frame", "{end} .. now", (None,), True)],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_statement_is_named_once_with_where_and_whether_it_weakens(case: str) -> None:
    old, new, expected = CASES[case]
    assert changes(old, new) == expected


def test_what_is_similar_weakens_nothing_where_it_comes_to_be_suggested() -> None:
    asked = StatementChange(
        turn=Turn.CHANGED,
        statement="suggest",
        text="suggest",
        language="",
        countries=(None,),
        before="phrase",
        after="phrase, similar",
        before_rule=None,
        after_rule=None,
    )
    assert not asked.weaker
    assert replace(asked, before="similar").weaker


def test_what_happens_everywhere_is_said_of_the_base_alone() -> None:
    country = "country MX { opt-out { keywords BAJA } }"
    assert changes(f"opt-out {{ keywords LEAVE }} {country}", country) == [
        ("went", "keyword", "LEAVE", (None,), True)
    ]


def checked(pack: str) -> Ruleset:
    ruleset = check_path(pack_path(pack)).ruleset
    assert ruleset is not None
    return ruleset


PAIRS = [("us", "gb"), ("gb", "us"), ("ca", "us"), ("standard", "mx")]


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_no_keyword_sentence_or_phrase_of_the_effective_tables_is_left_out(
    old: str, new: str
) -> None:
    sides = checked(old), checked(new)
    programs = [compile_checked(check_path(pack_path(each))) for each in (old, new)]
    named = statement_changes(programs[0], programs[1])
    tables = [effective_tables(each) for each in sides]
    for scope in {*tables[0], *tables[1]}:
        one, other = (each.get(scope, each[None]) for each in tables)
        for statement, text in _stated(one) ^ _stated(other):
            assert any(_is_about(each, statement, text, scope) for each in named), (statement, text)


def _stated(table: Table) -> set[tuple[str, str]]:
    keywords = {("keyword", f"{each.key} {each.action.value}") for each in table.keywords.values()}
    sentences = {("sentence", each.spelling) for each in table.sentences}
    return keywords | sentences | {("phrase", each.spelling) for each in table.phrases}


def _is_about(change: StatementChange, statement: str, text: str, scope: str | None) -> bool:
    if change.statement != statement or not {scope, None} & {*change.countries}:
        return False
    if statement != "keyword":
        return change.text == text
    word = key(change.text)
    actions = [value.split(" ")[0] for value in (change.before, change.after) if value]
    return text in {f"{word} {action}" for action in actions}


def test_a_program_has_no_change_from_itself(tmp_path: Path) -> None:
    del tmp_path
    same = program("opt-out { keywords LEAVE } country MX { opt-out { keywords BAJA } }")
    assert statement_changes(same, same) == ()
    assert {each.turn for each in statement_changes(same, program(""))} == {Turn.WENT}
