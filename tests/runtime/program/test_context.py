"""The resolved context: its table of fields, and the layered tables against a plain merge of two dictionaries."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.runtime.program import FIELDS, FILLERS, Absent, Context, ResolvedContext
from optoutlang.runtime.program.context import LayeredTable
from optoutlang.runtime.terms import Action, Tolerance
from tests.builders.rulesets import program

KEYS = st.sampled_from("abcde")
BASES = st.dictionaries(KEYS, st.integers(1, 3))
OVERLAYS = st.dictionaries(KEYS, st.none() | st.integers(1, 3))


@given(BASES, OVERLAYS)
def test_a_layered_table_is_the_overlay_over_the_base_without_what_it_removes(
    base: dict[str, int], own: dict[str, int | None]
) -> None:
    table = LayeredTable(base, own)
    merged = {key: entry for key, entry in {**base, **own}.items() if entry}

    assert dict(table) == dict(table.items()) == merged
    assert list(table) == list(merged)
    assert (len(table), bool(table)) == (len(merged), bool(merged))
    for key in "abcdef":
        assert table.get(key) == merged.get(key)
        assert table.get(key, 9) == merged.get(key, 9)
        assert (key in table) == (key in merged)


def test_a_layered_table_has_no_entry_for_a_key_that_is_removed_or_no_text() -> None:
    table = LayeredTable({"a": 1, "b": 2}, {"a": None})
    assert table["b"] == 2
    with pytest.raises(KeyError):
        table["a"]
    absent: object = 1
    assert absent not in table.keys()  # noqa: SIM118  # any object may be asked about


def test_every_field_of_a_context_has_its_row() -> None:
    names = [field.name for field in FIELDS]
    assert sorted(names) == sorted(each.name for each in fields(Context))
    resolved = {each.name for each in fields(ResolvedContext)}
    assert {*names, "country", "base"} - {"absent"} == resolved


def test_what_a_country_takes_back_is_resolved_away_there_alone() -> None:
    made = program("""
        filler "please", "now"
        class halt is halt, cease
        help { reply to INFO "Info." }
        opt-out { tolerate typos, numbers frames "{halt} it", "{halt} this" reply "Bye." }
        country MX {
            remove filler "please"
            opt-out { remove tolerate typos remove frames "{halt} it" remove reply "Bye." }
            help { remove reply "Info." }
        }
        country CO { filler "ya" }
    """)
    base, here, elsewhere = (made.context(each) for each in (None, "MX", "CO"))

    assert (base.fillers, here.fillers, elsewhere.fillers) == (
        ("now", "please"),
        ("now",),
        ("now", "please", "ya"),
    )
    assert base.tolerances - here.tolerances == {Tolerance.TYPOS}
    assert [made.frames.frames[number].origin.spelling for number in here.frames] == ["{halt} this"]
    assert base.replies[Action.OPT_OUT, "en"] == "Bye."
    assert (Action.OPT_OUT, "en") not in here.replies
    assert (Action.HELP, "en", "info") in base.keyword_replies.keys() - here.keyword_replies.keys()
    assert (elsewhere.tolerances, elsewhere.frames, elsewhere.replies) == (
        base.tolerances,
        base.frames,
        base.replies,
    )
    assert [*here.filler.taken_out(("please", "stop", "now"))] == ["please", "stop"]


@pytest.mark.parametrize(
    "absent",
    [
        Absent(fillers=frozenset({"please"})),
        Absent(tolerances=frozenset({Tolerance.TYPOS})),
        Absent(frames=frozenset({0})),
        Absent(replies=frozenset({(Action.OPT_OUT, "en", "")})),
    ],
)
def test_nothing_is_taken_back_that_the_base_has_not_or_by_the_base(absent: Absent) -> None:
    made = program("country MX { opt-out { keywords BAJA } }")
    with pytest.raises(ValueError, match="taken back that is not inherited"):
        replace(made, countries={"MX": replace(made.countries["MX"], absent=absent)})
    with pytest.raises(ValueError, match="taken back that is not inherited"):
        replace(made, base=replace(made.base, absent=absent))


def test_a_country_takes_nothing_back_that_it_states_itself() -> None:
    made = program('filler "please" country MX { filler "ya" }')
    mexico = replace(made.countries["MX"], fillers=("please",))
    twice = replace(mexico, absent=Absent(fillers=frozenset({"please"})))
    with pytest.raises(ValueError, match="taken back that is not inherited"):
        replace(made, countries={"MX": twice})


def test_a_country_without_fillers_of_its_own_shares_the_prepared_ones() -> None:
    made = program("""
        filler "please"
        country MX { opt-out { keywords BAJA } }
        country CO { filler "ya" }
    """)
    contexts = made.contexts()
    base = contexts[None]

    assert contexts["MX"].filler is base.filler
    assert FILLERS.resolved(contexts["CO"]) == ("please", "ya")
    assert contexts["CO"].filler is not base.filler


def test_a_country_that_no_file_names_has_the_base() -> None:
    made = program("country MX { opt-out { keywords BAJA } }")

    assert made.context("US") == made.context(None) == made.contexts()[None]
    assert made.context("US").country is None
    assert made.context("MX").country == "MX"
    assert made.overlay("US") == Context()
