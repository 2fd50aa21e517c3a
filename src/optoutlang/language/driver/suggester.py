"""The suggester of a ruleset: a `.similar` file beside the root file, else the one that comes with `natural`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.driver.files import Files
from optoutlang.language.packs import pack_path
from optoutlang.language.source.place import Place
from optoutlang.language.syntax.forms import Form
from optoutlang.language.syntax.tree import CountryBlock, File, Word, WordList
from optoutlang.runtime.program.similar_wire import SUFFIX, from_file_bytes
from optoutlang.runtime.program.wire import MalformedError
from optoutlang.runtime.terms.action import SUGGESTIONS, MatchedBy
from optoutlang.runtime.terms.similar import SimilarModel

PACK = "natural"
"""The pack whose suggester everybody has who has none of one's own."""

_SIMILAR = next(name for name, way in SUGGESTIONS.items() if way is MatchedBy.SIMILAR)

_read = lru_cache(maxsize=8)(from_file_bytes)


def suggester(
    trees: Iterable[File], root: Path | None, prefix: str, files: Files
) -> tuple[SimilarModel | None, tuple[Diagnostic, ...]]:
    """Return the suggester of parsed files, and what is wrong with it; none where no file says `suggest similar`.

    `root` is the root file's path, if it has one, and `prefix` how names of files beside it begin.
    """
    asking = next(_asking(trees), None)
    if asking is None:
        return None, ()
    own = _own(root, files)
    if own is not None and root is not None:
        name, data = f"{prefix}{root.stem}{SUFFIX}", own
    else:
        path = pack_path(PACK).with_suffix(SUFFIX)
        name, data = f"pack:{PACK}/{path.name}", files.read(path)
    try:
        return _read(name, data), ()
    except MalformedError as error:
        return None, (
            Diagnostic(
                codes.UNREADABLE_SUGGESTER,
                f"`{name}` is no suggester of this release: {error}",
                Label(asking),
                help="make it anew with `optout train`, or delete it to take the one that comes with the packs",
            ),
        )


def _own(root: Path | None, files: Files) -> bytes | None:
    if root is None:
        return None
    try:
        return files.read(root.with_suffix(SUFFIX))
    except OSError:
        return None


def _asking(trees: Iterable[File]) -> Iterator[Place]:
    """Yield the places of the words that ask for it, those of the strongest file first."""
    for tree in reversed(tuple(trees)):
        for word in _suggested(tree):
            if word.value == _SIMILAR:
                yield Place(tree.source, word.span)


def _suggested(tree: File) -> Iterator[Word]:
    for statement in tree.statements:
        inside = statement.items if isinstance(statement, CountryBlock) else (statement,)
        for each in inside:
            if isinstance(each, WordList) and each.kind is Form.SUGGEST:
                yield from each.words
