"""The rule packs that come with the project: in the wheel, or in `rules/` of a checkout (rules/README.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_INSTALLED = Path(__file__).resolve().parent / "rules"
_CHECKOUT = Path(__file__).resolve().parents[4] / "rules"

_LANGUAGE_SHELVES = {"lang-": "words", "natural-": "natural"}
"""The folder below `languages/TAG/` in which a language's pack stands, by how its name begins before the tag."""


_LONGEST = 100
"""No pack has a longer name, and no file system need be asked for one."""


def packs_folder() -> Path:
    """Return the folder of all packs, with its shelves."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def pack_names() -> tuple[str, ...]:
    """Return the names of all packs, sorted."""
    return tuple(
        sorted(name for name, folder in _folders() if (folder / f"{name}.optout").is_file())
    )


def pack_path(name: str) -> Path:
    """Return a pack's `.optout` file.

    Raises:
        LookupError: no pack has this name.
    """
    for folder in _candidates(name):
        path = folder / f"{name}.optout"
        # A pack has a plain name: neither `..` nor `us/us` is one.
        if path.name == f"{name}.optout" and path.parent == folder and path.is_file():
            return path
    raise LookupError(f"no pack has the name {name!r}")


def pack_of(path: Path) -> str | None:
    """Return the name of the pack in whose folder a file stands, None for a file of no pack.

    `path` is resolved: absolute, without links.
    """
    folders = ((name, folder.resolve()) for name, folder in _folders())
    return next((name for name, folder in folders if folder == path.parent), None)


def _candidates(name: str) -> Iterator[Path]:
    """Yield the folders in which a pack of this name may stand."""
    root = packs_folder()
    if not name or "/" in name or name.startswith(".") or len(name) > _LONGEST:
        return
    yield root / name
    yield root / "countries" / name
    for prefix, shelf in _LANGUAGE_SHELVES.items():
        if name.startswith(prefix):
            yield root / "languages" / name.removeprefix(prefix) / shelf


def _folders() -> Iterator[tuple[str, Path]]:
    """Yield every folder that may be a pack's, with the pack's name."""
    root = packs_folder()
    for folder in (*root.iterdir(), *(root / "countries").iterdir()):
        yield folder.name, folder
    for language in (root / "languages").iterdir():
        for prefix, shelf in _LANGUAGE_SHELVES.items():
            yield f"{prefix}{language.name}", language / shelf
