"""The port through which source files are read, and a reader that records what it was asked.

Everything that loading a ruleset learns from the file system goes through
`Files`. So an editor can put unsaved text in the place of a file, and what was
read can be written down and compared later: if every question still has the
answer of then, loading again would give the same trees (a *verifying trace*;
Mokhov, Mitchell and Peyton Jones, "Build systems à la carte", 2018, §4.2.2).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from optoutlang.runtime.terms.json import Json


class Files(Protocol):
    """Reads source files."""

    def read(self, path: Path) -> bytes:
        """Return the content of a file.

        Raises:
            OSError: it cannot be read.
        """

    def resolve(self, path: Path) -> Path:
        """Return an absolute path with its links followed; in a circle of links, as far as that goes."""


class Disk:
    """Reads the files of this machine."""

    def read(self, path: Path) -> bytes:
        """Return the content of a file.

        Raises:
            OSError: it cannot be read.
        """
        return path.read_bytes()

    def resolve(self, path: Path) -> Path:
        """Return an absolute path with its links followed; in a circle of links, as far as that goes."""
        # Path.resolve raises for a circle, in Python 3.11 and 3.12.
        return Path(os.path.realpath(path))


DISK = Disk()


class Unsaved:
    """Texts in the place of some files, saved or not; every other file is read through another reader.

    Two paths that lead to one file through links are one path.
    """

    def __init__(self, texts: Mapping[Path, str], *, files: Files = DISK) -> None:
        self._texts = {os.path.realpath(path): text for path, text in texts.items()}
        self._files = files

    def read(self, path: Path) -> bytes:
        """Return an unsaved text as UTF-8, else the content of the file."""
        text = self._texts.get(os.path.realpath(path))
        return self._files.read(path) if text is None else text.encode("utf-8", "surrogatepass")

    def resolve(self, path: Path) -> Path:
        """Return where a path leads."""
        return self._files.resolve(path)


class RecordedFiles:
    """Reads through another reader, each path once, and keeps what it read."""

    def __init__(self, files: Files = DISK) -> None:
        self._files = files
        self._contents: dict[Path, bytes | OSError] = {}
        self._links: dict[Path, Path] = {}

    def read(self, path: Path) -> bytes:
        """Return the content of a file, the same one every time.

        Raises:
            OSError: it cannot be read.
        """
        if path not in self._contents:
            try:
                self._contents[path] = self._files.read(path)
            except OSError as error:
                self._contents[path] = error
        content = self._contents[path]
        if isinstance(content, OSError):
            raise content
        return content

    def resolve(self, path: Path) -> Path:
        """Return where a path leads, the same every time."""
        if path not in self._links:
            self._links[path] = self._files.resolve(path)
        return self._links[path]

    def contents(self) -> Iterator[tuple[Path, bytes]]:
        """Yield the files that could be read."""
        for path, content in self._contents.items():
            if not isinstance(content, OSError):
                yield path, content

    def trace(self) -> Json:
        """Return all questions so far and their answers.

        By `files`, the digest of each path's content, or why it cannot be read; by `links`, where each path leads.
        """
        return {
            "files": {str(path): _answer(content) for path, content in self._contents.items()},
            "links": {str(path): str(target) for path, target in self._links.items()},
        }

    def repeats(self, trace: Mapping[str, Mapping[str, str]]) -> bool:
        """Ask the questions of a trace again; tell whether all have the same answers."""
        return all(
            str(self.resolve(Path(path))) == target for path, target in trace["links"].items()
        ) and all(self._answer(Path(path)) == answer for path, answer in trace["files"].items())

    def _answer(self, path: Path) -> str:
        with suppress(OSError):  # it is the answer
            self.read(path)
        return _answer(self._contents[path])


def _answer(content: bytes | OSError) -> str:
    if isinstance(content, OSError):
        return f"unreadable: {content.strerror}"
    return sha256(content).hexdigest()
