"""A result of a check as the cache keeps it: the questions to the file system, then the result, as JSON.

Source texts are not kept: they are read again anyway, to see that they are unchanged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.driver.examples import Outcome
from optoutlang.language.driver.files import RecordedFiles
from optoutlang.language.driver.root import BytesRoot, Root, Summary
from optoutlang.language.driver.values import from_json, to_json
from optoutlang.language.model.ruleset import Example
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.read import decode
from optoutlang.runtime.terms.json import Json

_FOREIGN = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""Errors of reading an entry that another program has written; it counts as absent."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The result of a check; the program's digest, if it was compiled; the outcomes of the tests, if they ran."""

    summary: Summary
    program: str | None = None
    outcomes: tuple[Outcome, ...] | None = None


def encoded(entry: Entry, texts: Sequence[SourceText], files: RecordedFiles) -> bytes | None:
    """Return an entry as bytes; None if a finding is about a text that cannot be read again, as bytes that are none.

    `texts` are those of all parsed files, and `files` is how they were read.
    """
    summary = entry.summary
    paths = {text: str(path) for path, text in _decoded_files(files)}
    try:
        content: dict[str, Json] = {
            "trace": files.trace(),
            # A text that was read from no path is the root's, where that was given as bytes.
            "texts": [[each.name, each.path, paths.get(each.text, "")] for each in texts],
            "name": summary.name,
            "diagnostics": to_json(summary.diagnostics, texts),
            "examples": to_json(summary.examples, texts),
            "program": entry.program,
            "outcomes": to_json(entry.outcomes, texts),
        }
    except ValueError:
        return None
    return json.dumps(content).encode()


def decoded(
    data: bytes, root: Root, files: RecordedFiles
) -> tuple[Entry, Sequence[SourceText]] | None:
    """Return the entry that bytes are, and its texts, if all files are as they were then; else None."""
    try:
        content = json.loads(data)
        if not files.repeats(content["trace"]):
            return None
        texts = _Texts(content["texts"], root, files)
        diagnostics = from_json(tuple[Diagnostic, ...], content["diagnostics"], texts)
        examples = from_json(tuple[Example, ...], content["examples"], texts)
        name, program = (content[each] for each in ("name", "program"))
        ran = content["outcomes"]
        outcomes = None if ran is None else from_json(tuple[Outcome, ...], ran, texts)
        entry = Entry(Summary(_text(name), diagnostics, examples), _text(program), outcomes)
    except _FOREIGN:
        return None
    return entry, texts


class _Texts(Sequence[SourceText]):
    """The source texts of an entry, each made when it is asked for: most are about no finding."""

    def __init__(
        self, rows: Sequence[tuple[str, str, str]], root: Root, files: RecordedFiles
    ) -> None:
        self._rows = rows
        self._root = root
        self._files = files
        self._made: dict[int, SourceText] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> SourceText:  # type: ignore[override]  # nobody slices it
        if index not in self._made:
            name, shown, path = self._rows[index]
            text, _ = decode(self._read(path), name=name, path=shown)
            if text is None:
                raise ValueError(f"{name} is no text")
            self._made[index] = text
        return self._made[index]

    def _read(self, path: str) -> bytes:
        if path:
            return self._files.read(Path(path))
        if not isinstance(self._root, BytesRoot):
            raise TypeError("a text without a path")
        return self._root.data


def _decoded_files(files: RecordedFiles) -> Iterator[tuple[Path, str]]:
    for path, data in files.contents():
        text, _ = decode(data, name="", path="")
        if text is not None:
            yield path, text.text


def _text(value: Json) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
