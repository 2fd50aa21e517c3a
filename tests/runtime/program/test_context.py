"""The resolved context: its table of fields, and the layered tables against a plain merge of two dictionaries."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.runtime.program import FIELDS, FILLERS, Context, ResolvedContext
from optoutlang.runtime.program.context import LayeredTable
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
    assert {*names, "country", "base"} == {each.name for each in fields(ResolvedContext)}


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
