"""The project in which the process stands, and its files where a command is given none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from optoutlang import CompileError
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.inputs.sources import show_diagnostics
from optoutlang.interfaces.settings.project import Project, read_project
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.driver.project import PROJECT_FILE


class BrandType(click.ParamType[str]):
    """A brand of the project in which the process stands."""

    name = "brand"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the brands that begin so; none where the project's file has mistakes."""
        del ctx, param
        try:
            project = read_project(Path.cwd())
        except (CompileError, OSError):
            return []
        brands = () if project is None else project.brands
        return [CompletionItem(name) for name in brands if name.startswith(incomplete)]


def brand_option(function: Callable[..., None]) -> Callable[..., None]:
    """Return a command with the option `--brand`, the parameter `brands`."""
    return click.option(
        "--brand",
        "brands",
        metavar="NAME",
        type=BrandType(),
        multiple=True,
        help=f"Only the files of a brand of {PROJECT_FILE}; repeatable.",
    )(function)


def project() -> Project | None:
    """Return the project in which the process stands.

    Raises:
        CompileError: its file has mistakes.
        Unreadable: its file cannot be read.
    """
    try:
        return read_project(Path.cwd())
    except OSError as error:
        raise Unreadable(because(error, PROJECT_FILE)) from error


def project_or_exit() -> Project | None:
    """Return the project; print the mistakes of its file, if there are any, and end the command.

    Raises:
        Unreadable: its file cannot be read.
    """
    try:
        return project()
    except CompileError as error:
        show_diagnostics(error.diagnostics)
        finish(ExitCode.FINDINGS)


def files_or_project(
    files: tuple[str, ...], brands: tuple[str, ...], found: Project | None
) -> tuple[str, ...]:
    """Return the files given; without any, those of the project, or of some of its brands.

    Raises:
        click.UsageError: there is neither, both are given, or no such brand.
    """
    if files:
        if brands:
            raise click.UsageError("give FILEs or --brand, not both")
        return files
    if found is None:
        raise click.UsageError(f"give a FILE; only a folder with an {PROJECT_FILE} needs none")
    for name in brands:
        if name not in found.brands:
            near = closest(name, found.brands)
            listed = ", ".join(f"`{each}`" for each in found.brands) or "none"
            advice = f"did you mean `{near}`?" if near else f"{PROJECT_FILE} has {listed}"
            raise click.UsageError(f"there is no brand `{name}`; {advice}")
    return found.files(brands)
