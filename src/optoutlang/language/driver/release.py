"""A digest of this release: everything but the rules that a diagnostic or a program depends on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from optoutlang.language.packs import pack_names, packs_folder
from optoutlang.runtime.canonical import TABLES_DIGEST
from optoutlang.runtime.canonical.look_alike_tables import LOOK_ALIKES_DIGEST
from optoutlang.runtime.program.program import LANGUAGE_VERSION

_PACKAGE = Path(__file__).resolve().parents[2]
_GRAMMAR = _PACKAGE.parents[1] / "grammar" / "optout.lark"
"""Where the grammar is in a checkout; in a wheel it is a file of the package."""

_LIBRARIES = ("lark", "langcodes", "language_data", "rapidfuzz")


@cache
def release_digest() -> str:
    """Return a SHA-256 in hexadecimal that changes with the code, the tables, the list of packs and the libraries.

    The code goes by size and time of change of each file, as `make` sees it: a developer's checkout is a new release
    after every edit, and reading all files would take longer than checking a small ruleset.
    """
    digest = sha256()
    for part in _parts():
        digest.update(f"{part}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _parts() -> Iterator[str]:
    yield f"{sys.version} language {LANGUAGE_VERSION} tables {TABLES_DIGEST} {LOOK_ALIKES_DIGEST}"
    yield f"{packs_folder()} {' '.join(pack_names())}"
    yield from sorted(_stamps(_PACKAGE))
    if _GRAMMAR.is_file():
        yield _stamp(str(_GRAMMAR), _GRAMMAR.stat())
    for name in _LIBRARIES:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            # The folder: installing another version puts files into it and takes files out.
            yield _stamp(spec.origin, Path(spec.origin).parent.stat())


def _stamps(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as listing:
        for each in listing:
            if each.is_dir():
                if each.name not in {
                    "__pycache__",
                    "rules",
                }:  # the packs are sources, read and digested
                    yield from _stamps(Path(each.path))
            else:
                yield _stamp(each.path, each.stat())


def _stamp(path: str, status: os.stat_result) -> str:
    return f"{path} {status.st_size} {status.st_mtime_ns}"
