"""Where the rule packs are that come with the project: inside the wheel, or `rules/` of a checkout."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).resolve().parent / "rules"
_CHECKOUT = Path(__file__).resolve().parents[3] / "rules"


def packs_folder() -> Path:
    """Return the folder of all packs; it has one folder for each pack."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def pack_names() -> tuple[str, ...]:
    """Return the names of all packs, sorted. A pack is a folder NAME that holds NAME.optout."""
    folders = sorted(packs_folder().iterdir())
    return tuple(each.name for each in folders if (each / f"{each.name}.optout").is_file())


def pack_path(name: str) -> Path:
    """Return a pack's `.optout` file.

    Raises:
        LookupError: no pack has this name.
    """
    folder = packs_folder()
    path = folder / name / f"{name}.optout"
    # Only a plain name: neither `..` nor `us/us` is a pack's.
    if path.parent.parent != folder or path.parent.name != name or not path.is_file():
        raise LookupError(f"no pack has the name {name!r}")
    return path
