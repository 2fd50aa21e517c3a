"""The files of commands that take any number of them: those given, else those of the project."""

from __future__ import annotations

from pathlib import Path

import click

from optoutlang.interfaces.cli.exits import Unreadable, because
from optoutlang.language.driver.project import PROJECT_FILE, Project, ProjectError, read_project


def project() -> Project | None:
    """Return the project in which the process stands.

    Raises:
        Unreadable: its file cannot be used.
    """
    try:
        return read_project(Path.cwd())
    except ProjectError as error:
        raise Unreadable(f"cannot use `{PROJECT_FILE}`: {error}") from error
    except OSError as error:
        raise Unreadable(because(error, PROJECT_FILE)) from error


def files_or_project(files: tuple[str, ...]) -> tuple[str, ...]:
    """Return the files given; without any, the project's.

    Raises:
        click.UsageError: there is neither.
        Unreadable: the project's file cannot be used.
    """
    if files:
        return files
    found = project()
    if found is None:
        raise click.UsageError(f"give a FILE; only a folder with an {PROJECT_FILE} needs none")
    return found.files
