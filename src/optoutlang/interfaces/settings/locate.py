"""Where a setting stands in its TOML file: tomllib reads values, and says of no value where it was.

Lines are looked at one by one: headers of tables, and keys at the beginning
of a line. What stands inside an inline table or a list is found at the key
that begins it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from optoutlang.language.source.span import Span

Path = tuple[str | int, ...]

_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_NAMES = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_NAMES})\s*\]\]?")
_KEY = re.compile(rf"\s*({_NAMES})\s*=")
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'")


def locate(text: str) -> dict[Path, Span]:
    """Return the place of every table and key that begins a line: its name."""
    places: dict[Path, Span] = {}
    tables: dict[Path, int] = {}
    inside: Path = ()
    for offset, line in _beginnings(text):
        header = _HEADER.match(line)
        key = None if header else _KEY.match(line)
        if header:
            inside = _table(_names(header[2]), is_list=header[1] == "[[", tables=tables)
            places.setdefault(inside, Span(offset + header.start(2), offset + header.end(2)))
        elif key:
            path = (*inside, *_names(key[1]))
            places.setdefault(path, Span(offset + key.start(1), offset + key.end(1)))
    return places


def nearest(places: dict[Path, Span], path: Path) -> Span:
    """Return the place of a setting, or of the nearest thing around it that has one."""
    for length in range(len(path), 0, -1):
        if path[:length] in places:
            return places[path[:length]]
    return Span(0, 0)


def _table(names: tuple[str, ...], *, is_list: bool, tables: dict[Path, int]) -> Path:
    """Return the path of a table whose header names it; of lists of tables the last so far is meant."""
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in tables:
            path = (*path, tables[path])
    path = (*path, names[-1])
    if not is_list:
        return path
    tables[path] = tables.get(path, -1) + 1
    return (*path, tables[path])


def _names(text: str) -> tuple[str, ...]:
    return tuple(each.strip("\"'") for each in re.findall(_NAME, text))


def _beginnings(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines with their offsets on which something begins: not those inside a long string or list."""
    offset, depth, quotes = 0, 0, ""
    for line in text.split("\n"):
        if not quotes and depth == 0:
            yield offset, line
        depth, quotes = _after(line, depth, quotes)
        offset += len(line) + 1


def _after(line: str, depth: int, quotes: str) -> tuple[int, str]:
    """Return how many brackets are open behind a line, and the quotes of the long string that is, if any."""
    if quotes:
        _, found, line = line.partition(quotes)
        if not found:
            return depth, quotes
    if _HEADER.fullmatch(line.partition("#")[0].rstrip()) and depth == 0:
        return 0, ""
    for mark in ('"""', "'''"):
        before, found, rest = line.partition(mark)
        if found:
            if mark in rest:
                line = before + rest.partition(mark)[2]
            else:
                return max(depth + _opened(before), 0), mark
    return max(depth + _opened(line), 0), ""


def _opened(line: str) -> int:
    bare = _QUOTED.sub("", line).partition("#")[0]
    return sum(map(bare.count, "[{")) - sum(map(bare.count, "]}"))
