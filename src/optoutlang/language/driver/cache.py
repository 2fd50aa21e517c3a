"""A folder of the user in which results are kept between runs: small values by key, and artefacts by digest.

An entry is a file that is written whole under another name and then renamed,
so that two processes cannot disturb each other: the later one wins, and both
wrote the same. Every entry begins with the SHA-256 of the rest; what does not
bear it out counts as absent. A folder that cannot be written is no error, only
slow. When all entries together pass the limit, those that were not used for
the longest time go.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

from optoutlang.language.driver.atomic import replace_file

FOLDER_VARIABLE = "OPTOUT_CACHE_DIR"
"""The environment variable that names another folder."""

LIMIT = 256 * 1024 * 1024
"""The most bytes that all entries together may have."""

_FOLDER = "optoutlang-1"
"""The folder below the user's cache folder that is ours; the number is that of this format."""

_NAME = re.compile(r"[0-9a-f]{64}|\.[0-9a-f]{64}\.[0-9a-f]{8}")
"""The names of entries, and of the temporary files of `replace_file`."""

_ABANDONED = 3600
"""After so many seconds a temporary file belongs to a process that ended before it could rename it."""

_HEAD = 65


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """The folder of a cache, how many entries it has, and their bytes."""

    folder: Path
    entries: int
    size: int


class Cache:
    """Results of former runs by key; a key is the SHA-256 of everything that a result depends on, in hexadecimal."""

    def __init__(self, folder: Path, *, limit: int = LIMIT) -> None:
        self._folder = folder / _FOLDER
        self._limit = limit

    @classmethod
    def of_user(cls) -> Cache:
        """Return the cache in the folder that OPTOUT_CACHE_DIR names, else in the platform's cache folder."""
        named = os.environ.get(FOLDER_VARIABLE)
        return cls(Path(named) if named else user_cache_path("optoutlang", appauthor=False))

    def get(self, key: str) -> bytes | None:
        """Return an entry; None if there is none, or if it is damaged."""
        path = self._folder / key
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        head, content = entry[:_HEAD], entry[_HEAD:]
        if head != _head(content):
            return None
        with suppress(OSError):
            os.utime(path)  # entries that are used stay
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep an entry, if the folder can be written."""
        with suppress(OSError):
            self._make_folder()
            # Not synced: an entry that a crash of the machine leaves torn is found damaged, and made anew.
            replace_file(self._folder / key, _head(content) + content, sync=False)
            self._prune()

    def clear(self) -> CacheInfo:
        """Remove all entries; return what there was."""
        before = self.info()
        for path, _ in self._files():
            with suppress(OSError):
                path.unlink()
        return before

    def info(self) -> CacheInfo:
        """Return how much there is."""
        sizes = [status.st_size for _, status in self._files()]
        return CacheInfo(self._folder, len(sizes), sum(sizes))

    def _make_folder(self) -> None:
        if not self._folder.is_dir():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            tag = "Signature: 8a477f597d28d172789f06886806bc55\n"  # https://bford.info/cachedir/
            (self._folder / "CACHEDIR.TAG").write_text(tag, encoding="ascii")

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Yield the entries, and temporary files that became none; no other file is ours."""
        with suppress(OSError), os.scandir(self._folder) as listing:
            for each in listing:
                if _NAME.fullmatch(each.name):
                    with suppress(OSError):
                        yield Path(each.path), each.stat()

    def _prune(self) -> None:
        """Remove the entries that were used least recently, until a quarter of the limit is free again."""
        files = sorted(self._files(), key=lambda each: each[1].st_mtime, reverse=True)
        size = sum(status.st_size for _, status in files)
        kept = self._limit if size <= self._limit else self._limit * 3 // 4
        now = time.time()
        for path, status in files:
            kept -= status.st_size
            abandoned = path.name.startswith(".") and now - status.st_mtime > _ABANDONED
            if kept < 0 or abandoned:
                with suppress(OSError):
                    path.unlink()


def _head(content: bytes) -> bytes:
    return f"{sha256(content).hexdigest()}\n".encode()
