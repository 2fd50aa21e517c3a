"""What the model knows of a file: its ruleset's name, or the file's own where it states none."""

from __future__ import annotations

import pytest

from tests.compiler.rulesets import ruleset_of


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("root.optout", "ruleset acme", "acme"),
        ("root.optout", "", "root"),
        ("pack:us/us.optout", "", "us"),
        ("a.b", "", "a.b"),
    ],
)
def test_a_ruleset_has_the_name_that_it_states_or_its_files(
    file: str, text: str, name: str
) -> None:
    assert ruleset_of((file, text)).name == name
