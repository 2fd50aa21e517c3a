"""docs/proofs.md lists the properties that there are, as they are stated, and every planted bug."""

from __future__ import annotations

import re
from pathlib import Path

from optoutlang.analysis.proofs.properties.registry import ALL
from tests.analysis.proofs.test_planted import BUGS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "proofs.md").read_text(encoding="utf-8")


def test_the_table_has_every_property_and_what_it_states() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \|", PAGE, re.MULTILINE)

    assert rows == [(each.name, each.statement) for each in ALL]


def test_each_property_is_told_what_it_does_not_say() -> None:
    told = re.findall(r"^\*\*([a-z-]+?)\.?\*\*", PAGE, re.MULTILINE)

    assert set(told) >= {each.name for each in ALL} - {"canonical-apart"}


def test_the_planted_bugs_are_those_of_the_tests() -> None:
    rows = re.findall(r"^\| (.+) \| `([a-z-]+)` \|$", PAGE, re.MULTILINE)

    assert rows == [(name, bug.breaks) for name, bug in BUGS.items()]


def test_every_module_that_the_page_names_is_there() -> None:
    source = Path(__file__).resolve().parents[2] / "src" / "optoutlang"
    named = re.findall(r"`((?:properties|analysis|runtime)/[a-z_/]+\.py)`", PAGE)

    assert named
    for each in named:
        path = f"analysis/proofs/{each}" if each.startswith("properties/") else each
        assert (source / path).is_file(), each
