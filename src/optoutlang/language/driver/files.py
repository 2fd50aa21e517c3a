"""Where the driver gets files from: the disk, or texts that an editor has not saved yet."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol


class Files(Protocol):
    """A port for reading files; everything that is not saved yet is its business, order and names are not."""

    def read(self, path: Path) -> bytes:
        """Return the bytes of a file.

        Raises:
            OSError: there is no such file, or it cannot be read.
        """


class Disk:
    """The files as they are saved."""

    def read(self, path: Path) -> bytes:
        """Return the bytes of a file on the disk."""
        return path.read_bytes()


class Unsaved:
    """Texts in the place of some files, saved or not; every other file is read from `behind`.

    Two paths that lead to one file through links are one path.
    """

    def __init__(self, texts: Mapping[Path, str], *, behind: Files | None = None) -> None:
        self._texts = {os.path.realpath(path): text for path, text in texts.items()}
        self._behind = behind or Disk()

    def read(self, path: Path) -> bytes:
        """Return an unsaved text as UTF-8, else what stands behind."""
        text = self._texts.get(os.path.realpath(path))
        return self._behind.read(path) if text is None else text.encode("utf-8", "surrogatepass")


DISK = Disk()
