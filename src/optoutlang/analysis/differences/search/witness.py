"""Messages as texts: a path of the search as a person could have written it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from optoutlang.analysis.differences.reading import Reading
from optoutlang.analysis.differences.search.product import Move
from optoutlang.analysis.differences.search.search import Path


def texts(path: Path, readings: Iterable[Reading]) -> Iterator[str]:
    """Yield texts of a path, the one that reads best first and the plainest last.

    All but the last may have other tokens: in them a key is spelt as the rules spell the keyword.
    """
    spelt: dict[str, str] = {}
    for reading in readings:
        for move in path:
            if move.token in reading.spelt:
                spelt[move.token] = min(
                    reading.spelt[move.token], key=lambda each: (len(each), each)
                )
    if spelt:
        yield _text(path, spelt)
    yield _text(path, {})


def _text(path: Path, spelt: Mapping[str, str]) -> str:
    text = ""
    for quoted, moves in groupby(path, key=lambda move: move.quoted):
        said = "".join(_said(move, spelt) for move in moves)
        text += f" “{said.strip()}”" if quoted else said
    return text.strip()


def _said(move: Move, spelt: Mapping[str, str]) -> str:
    return (". " if move.breaks else " ") + spelt.get(move.token, move.token)
