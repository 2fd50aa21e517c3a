"""The project file, `optout.toml`: which folder a project's files may use, and what commands do without arguments."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

PROJECT_FILE = "optout.toml"


class ProjectError(ValueError):
    """A project file cannot be used; says why."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its `folder`, its `rules` (files and folders, relative to it), and whether warnings fail a check."""

    folder: Path
    rules: tuple[str, ...] = (".",)
    strict: bool = False

    @property
    def files(self) -> tuple[str, ...]:
        """The rules as paths from where the process stands."""
        here = Path.cwd()
        paths = (self.folder / each for each in self.rules)
        return tuple(
            str(each.relative_to(here) if each.is_relative_to(here) else each) for each in paths
        )


def project_folder(path: Path) -> Path | None:
    """Return the nearest folder of a file, or above it, that has a project file; `path` is absolute."""
    return next((each for each in path.parents if (each / PROJECT_FILE).is_file()), None)


def read_project(start: Path) -> Project | None:
    """Return the project of a folder, or of the nearest one above; None without a project file.

    Raises:
        ProjectError: the file is no TOML, or has a key or value that means nothing.
        OSError: it cannot be read.
    """
    folder = project_folder(start.resolve() / PROJECT_FILE)
    if folder is None:
        return None
    try:
        content = tomllib.loads((folder / PROJECT_FILE).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(f"no TOML: {error}") from error
    unknown = sorted(content.keys() - {"rules", "strict"})
    if unknown:
        raise ProjectError(f"no key is `{unknown[0]}`; the keys are `rules` and `strict`")
    rules, strict = content.get("rules", ["."]), content.get("strict", False)
    if not isinstance(rules, list) or not rules or not all(isinstance(each, str) for each in rules):
        raise ProjectError('`rules` lists files and folders, such as ["brands"]')
    if not isinstance(strict, bool):
        raise ProjectError("`strict` is true or false")
    return Project(folder, tuple(rules), strict)
