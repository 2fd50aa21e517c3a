"""What the model knows of a file: its ruleset's name, or the file's own where it states none."""

from __future__ import annotations

import pytest

from tests.language.compiler.rulesets import ruleset_of


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


def test_a_phrase_may_stand_for_as_many_texts_as_the_limit_says() -> None:
    phrase = " ".join(f"(a{place}|b{place})" for place in range(12))
    ruleset = ruleset_of(("root.optout", f'opt-out {{ phrases "{phrase}" }}'))

    assert [each.pattern.count for each in ruleset.phrases] == [4096]
