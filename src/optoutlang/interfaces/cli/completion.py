"""Shell completion of arguments: files by the shell itself, and the names of packs, codes and countries."""

from __future__ import annotations

from collections.abc import Iterator
from glob import escape
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from optoutlang.language.packs import pack_names


class FileType(click.ParamType[str]):
    """A file, or `-`; the shell completes its name."""

    name = "file"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return that the shell should complete a file."""
        del ctx, param
        return [CompletionItem(incomplete, type="file")]


class RulesType(FileType):
    """A file or a pack's name."""

    name = "rules"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return that the shell should complete a file, and the packs that begin so.

        Bash completes files only where nothing else fits, and forgets what stands before the word that it should: files
        come first, and beside packs by name.
        """
        packs = [CompletionItem(name) for name in pack_names() if name.startswith(incomplete)]
        files = map(CompletionItem, _files(incomplete)) if packs and incomplete else ()
        return [*super().shell_complete(ctx, param, incomplete), *packs, *files]


def _files(incomplete: str) -> Iterator[str]:
    """Yield the files and folders here whose names begin so."""
    for path in sorted(Path().glob(f"{escape(incomplete)}*")):
        yield f"{path}/" if path.is_dir() else str(path)


class PackType(click.ParamType[str]):
    """A pack's name."""

    name = "pack"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the packs that begin so."""
        del ctx, param
        return [CompletionItem(name) for name in pack_names() if name.startswith(incomplete)]


class CodeType(click.ParamType[str]):
    """The number or the name of a diagnostic's code."""

    name = "code"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the codes whose number or name begins so, in any case."""
        del ctx, param
        # Here, not above: completing a file does not need them.
        from optoutlang.language.diagnostics.codes import ALL  # noqa: PLC0415

        names = (
            CompletionItem(name, help=code.title) for code in ALL for name in (code.id, code.slug)
        )
        return [each for each in names if each.value.lower().startswith(incomplete.lower())]


FILE = FileType()
RULES = RulesType()
PACK = PackType()
CODE = CodeType()
