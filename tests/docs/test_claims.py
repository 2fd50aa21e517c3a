"""The README claims what is so: its numbers are counted, its spellings and countries are tried."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import optoutlang
from optoutlang.interfaces.cli.listing import command_names
from optoutlang.language.packs import pack_names, pack_path, packs_folder
from optoutlang.runtime.terms.country import COUNTRIES
from tests.docs.blocks import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
RULES = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
KEYWORDS = re.compile(r"\s*(?:[a-z-]+ \{ )?(?:only |require )?keywords ")
STATUSES = (
    "carrier",
    "common-practice",
    "native catalogue",
    "provider-default",
    "regulation",
    "unsourced-translation",
)
WORD_PACKS = [name for name in pack_names() if not name.startswith("natural")]


def numbers(text: str, pattern: str) -> list[int]:
    """Return the numbers that the first place says where a text matches, white space being all one."""
    match = re.search(pattern, " ".join(text.split()))
    assert match is not None, pattern
    return [int(each.replace(",", "")) for each in match.groups()]


def comments_above_keywords(pack: str) -> Iterator[str]:
    """Yield the comment above each keyword list of a pack's file, as one line; empty where there is none."""
    comment = ""
    for line in pack_path(pack).read_text(encoding="utf-8").splitlines():
        if line.lstrip().startswith("#"):
            comment = f"{comment} {line.strip(' #')}".strip()
            continue
        if KEYWORDS.match(line):
            yield comment
        comment = ""


def all_comments() -> list[str]:
    return [
        each for name in WORD_PACKS if name != "world" for each in comments_above_keywords(name)
    ]


def test_there_are_as_many_packs_as_claimed() -> None:
    """As lower bounds, so that a new pack does not have to be counted in a page."""
    root = packs_folder()
    words = len(list((root / "languages").glob("*/words/*.optout")))
    natural = len(list((root / "languages").glob("*/natural/*.optout")))
    claim = (
        r"More than (\d+) packs\*\*: countries, word lists in more than (\d+) languages,"
        r" whole sentences in more than (\d+)\."
    )
    claimed = numbers(README, claim)
    counted = [len(pack_names()), words, natural]
    assert all(few < many for few, many in zip(claimed, counted, strict=True))


def test_every_keyword_list_says_where_its_words_are_from() -> None:
    assert not [each for each in all_comments() if not any(status in each for status in STATUSES)]


@pytest.mark.parametrize("text", [README, RULES], ids=["README.md", "rules/README.md"])
def test_about_a_third_of_the_keyword_lists_has_no_source(text: str) -> None:
    assert "About a third of the" in text
    comments = all_comments()
    unsourced = [each for each in comments if each.startswith("unsourced-translation")]
    assert 0.28 < len(unsourced) / len(comments) < 0.38


def test_stop_works_from_every_country_and_an_unknown_one_is_noted() -> None:
    rules = optoutlang.compile("ruleset x")
    assert numbers(README, r"each of the (\d+) countries of ISO 3166-1") == [
        len(COUNTRIES - {"XK"})
    ]
    for code in [*sorted(COUNTRIES), "UK"]:
        decision = rules.match("STOP", country=code)
        assert decision is not None
        assert decision.action is optoutlang.Action.OPT_OUT
        assert [each.given for each in decision.notes] == (["UK"] if code == "UK" else [])
    with pytest.raises(ValueError, match="UK"):
        rules.match("STOP", country="UK", strict=True)


def test_the_spellings_are_one_word_and_the_near_misses_are_not() -> None:
    [bullet] = re.findall(
        r"^- \*\*Spelling does not matter\*\*: (.*?)The$", README, re.MULTILINE | re.DOTALL
    )
    same, near = bullet.split(" are one word")
    rules = optoutlang.compile("ruleset x")
    spellings, near_misses = (re.findall(r"`([^`]+)`", each) for each in (same, near))
    assert len(spellings) == 5
    assert len(near_misses) == 3
    for text in (*spellings, "ST\u200bOP"):
        decision = rules.match(text)
        assert decision is not None, text
        assert decision.keyword == "STOP"
    assert not [text for text in near_misses if rules.match(text)]


def test_only_the_joined_packs_tolerate_anything() -> None:
    tolerant = [
        name
        for name in pack_names()
        if re.search(
            r"^\s*(opt-out \{ )?tolerate ", pack_path(name).read_text("utf-8"), re.MULTILINE
        )
    ]
    assert tolerant == ["natural"]


def test_the_table_of_commands_has_every_command() -> None:
    table = README.partition("## The command")[2].partition("\n\nRULES")[0]
    assert set(re.findall(r"`optout ([a-z]+)", table)) == set(command_names())
