"""O813: an exception that stands in very many rules, in which texts of phrases and members of frames count."""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang.language.driver.compile import check_path

HALT = "class halt is halt, cease, text\n"


def findings(folder: Path, pack: str, exception: str) -> list[str]:
    (folder / "pack.optout").write_text(pack)
    root = folder / "root.optout"
    root.write_text(f'use "./pack.optout"\nopt-out {{ except {exception} }}\n')
    return [each.message for each in check_path(root).diagnostics if each.code.id == "O813"]


def pack(phrases: int, frames: int) -> str:
    texts = ", ".join(f'"stop (text|call) a{number}"' for number in range(phrases))
    framed = ", ".join(f'"{{halt}} .. b{number}"' for number in range(frames))
    return f"{HALT}opt-out {{ phrases {texts} frames {framed} }}\n"


@pytest.mark.parametrize("exception", ['"text"', '"(text|hello)"'])
def test_an_exception_in_twenty_rules_is_counted_with_frames(
    tmp_path: Path, exception: str
) -> None:
    assert findings(tmp_path, pack(12, 8), exception) == [
        "this exception stands in 20 opt-out rules"
    ]


@pytest.mark.parametrize(
    ("phrases", "frames", "exception"),
    [
        (12, 7, '"text"'),  # one rule fewer
        (12, 8, '"text a1"'),  # more of the message
        (12, 8, '"texts"'),
        (12, 8, '"never text"'),
    ],
)
def test_a_narrower_exception_is_fine(
    tmp_path: Path, phrases: int, frames: int, exception: str
) -> None:
    assert findings(tmp_path, pack(phrases, frames), exception) == []


def test_what_an_exception_disarms_is_said_before_where_it_stands(tmp_path: Path) -> None:
    [found] = findings(tmp_path, pack(25, 0).replace("(text|call)", "text"), '"text"')
    assert found == "this exception disarms 25 opt-out rules"
