"""`--watch`: a command that runs again whenever rules change, until Ctrl-C ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import click

from optoutlang.interfaces.cli.exits import Unreadable
from optoutlang.interfaces.cli.inputs.names import STANDARD_INPUT, rules_path
from optoutlang.language.driver.project import PROJECT_FILE, project_folder
from optoutlang.runtime.terms.extra import install_command

_LOOK = 200
"""After how many milliseconds without a change the watcher says so; the first time, that it is there."""


def watch_option(function: Callable[..., None]) -> Callable[..., None]:
    """Return a command with the option `--watch`."""
    text = "Run again whenever a file of rules changes; Ctrl-C ends it."
    return click.option("--watch", is_flag=True, help=text)(function)


def run_watching(once: Callable[[], None], files: tuple[str, ...]) -> None:
    """Run something now and after every change of rules in the folders of some files, until the user ends it.

    Raises:
        click.UsageError: standard input is among the files, or the package for it is not installed.
        KeyboardInterrupt: the user pressed Ctrl-C.
    """
    if STANDARD_INPUT in files:
        raise click.UsageError("--watch looks at files; standard input is none")
    if find_spec("watchfiles") is None:
        needed = "--watch needs `watchfiles` of the extra `watch`"
        raise click.UsageError(f"{needed}: {install_command('watch')}")
    folders = watched(files)
    for changed in changes(folders):
        for name in sorted(changed):
            click.echo(f"\n{name} changed", err=True)
        _run(once)
        click.echo(f"watching {', '.join(map(str, folders))}; Ctrl-C ends it", err=True)


def watched(files: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the folders of which files may be used: those of projects, else those in which the files stand."""
    folders: dict[Path, None] = {}
    for file in files:
        path = (Path(file) if Path(file).is_dir() else rules_path(file)).resolve()
        beside = path if path.is_dir() else path.parent
        folders[project_folder(path / PROJECT_FILE) or beside] = None
    return tuple(each for each in folders if not any(other in each.parents for other in folders))


def changes(folders: tuple[Path, ...]) -> Iterator[frozenset[str]]:
    """Yield nothing once the folders are watched, and then the names of files of rules that changed together."""
    # Here, not above: it is an extra.
    from watchfiles import watch  # noqa: PLC0415

    is_first = True
    stream = watch(
        *folders,
        watch_filter=lambda _, path: is_of_rules(path),
        yield_on_timeout=True,
        rust_timeout=_LOOK,
        raise_interrupt=True,
    )
    for found in stream:
        if found or is_first:
            is_first = False
            yield frozenset(path for _, path in found)


def is_of_rules(path: str) -> bool:
    """Tell whether a file's change is worth a run."""
    return path.endswith(".optout") or Path(path).name == PROJECT_FILE


def _run(once: Callable[[], None]) -> None:
    """Run something that ends a command; its exit code says nothing while the watch goes on."""
    with suppress(click.exceptions.Exit):
        try:
            once()
        except Unreadable as error:
            error.show()
