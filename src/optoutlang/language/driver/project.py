"""The project file, `optout.toml`: the folder in which it stands is what a project's files may use."""

from __future__ import annotations

from pathlib import Path

PROJECT_FILE = "optout.toml"


def project_folder(path: Path) -> Path | None:
    """Return the nearest folder of a file, or above it, that has a project file; `path` is absolute."""
    return next((each for each in path.parents if (each / PROJECT_FILE).is_file()), None)
