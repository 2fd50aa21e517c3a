"""The two ways to a matcher: load compiled rules or a source, compile rules given as text."""

from __future__ import annotations

import os
from pathlib import Path

from optoutlang.language.packs import pack_path
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms.extra import needs_extra


def load(path: str | os.PathLike[str], *, whole: bool = False) -> Matcher:
    """Return the matcher of an artefact (`.optoutc`), of a source file (any other name), or of a pack.

    A pack is meant by a plain name, such as `world`, that no file has. Of an artefact the digest, the header and the
    certificate of the protected words are checked at once, and the rest where it is decoded, when it is first needed
    (`Matcher.prepare`); with `whole` everything is decoded and checked at once.

    Raises:
        OSError: the file cannot be read.
        ArtefactError: the bytes are no sound artefact.
        CompileError: the source has errors.
        ModuleNotFoundError: it is a source, and the extra `author` is not installed.
    """
    where = Path(path)
    if where.suffix == ".optoutc":
        return Matcher.from_bytes(where.read_bytes(), whole=whole)
    with needs_extra("author", "reading .optout source"):
        # Here, not above: the authoring half needs Lark, which a service does not have to install.
        from optoutlang.language.driver.compile import check_path, compile_checked  # noqa: PLC0415
    return Matcher(compile_checked(check_path(where if where.exists() else _pack(path, where))))


def _pack(name: str | os.PathLike[str], where: Path) -> Path:
    """Return the file of the pack of a name; the path itself where no pack has it."""
    try:
        return pack_path(str(name))
    except LookupError:
        return where


def compile(  # noqa: A001 - as `re.compile`
    text: str, *, name: str = "<text>", folder: str | os.PathLike[str] | None = None
) -> Matcher:
    """Return the matcher of a ruleset given as text.

    `name` is what decisions say in `rule`; `folder` is where `use "./…"` looks.

    Raises:
        CompileError: the text has errors; it holds all diagnostics, not only the first.
        ModuleNotFoundError: the extra `author` is not installed.
    """
    with needs_extra("author", "reading .optout source"):
        # Here, not above: see load.
        from optoutlang.language.driver.compile import check_text, compile_checked  # noqa: PLC0415
    checked = check_text(text, name=name, folder=None if folder is None else Path(folder))
    return Matcher(compile_checked(checked))
