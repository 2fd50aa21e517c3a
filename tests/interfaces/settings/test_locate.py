"""Where settings stand in a TOML file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.interfaces.settings.locate import locate, nearest
from optoutlang.language.source.text import SourceText


def place(written: str, *path: str | int) -> tuple[int, str]:
    """Return the line and the text of the place of a setting."""
    source, span = SourceText("x", written), nearest(locate(written), path)
    return source.position(span.start).line, written[span.start : span.end]


TABLES = '''a = 1
"b c" = """
d = 2
""" # d = 3
e.f = [
  # [x]
  { d = 4 },
  "]",
]
[t]
d = 5
[t.u]
d = \'\'\'d = 6\'\'\'
[[l]]
d = 7
[[l]]
d = 8
[l.m]
d = 9
[[l.n]]
d = 10
[[l.n]]
d = 11
'''


@pytest.mark.parametrize(
    ("path", "line", "name"),
    [
        (("a",), 1, "a"),
        (("b c",), 2, '"b c"'),
        (("e", "f"), 5, "e.f"),
        (("e", "f", 0, "d"), 5, "e.f"),
        (("t", "d"), 11, "d"),
        (("t", "u"), 12, "t.u"),
        (("t", "u", "d"), 13, "d"),
        (("l", 0, "d"), 15, "d"),
        (("l", 1), 16, "l"),
        (("l", 1, "d"), 17, "d"),
        (("l", 1, "m", "d"), 19, "d"),
        (("l", 1, "n", 0, "d"), 21, "d"),
        (("l", 1, "n", 1, "d"), 23, "d"),
        (("l", 1, "n", 1, "gone"), 22, "l.n"),
        (("gone",), 1, ""),
    ],
)
def test_a_setting_is_found_where_it_stands(
    path: tuple[str | int, ...], line: int, name: str
) -> None:
    assert place(TABLES, *path) == (line, name)


@given(st.text("[]{}=\"'#.\nab \\"))
def test_any_text_has_places_inside_it(written: str) -> None:
    for span in locate(written).values():
        assert written[span.start : span.end].strip()
