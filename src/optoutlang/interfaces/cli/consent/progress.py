"""Progress bars of the subcommands that can be long, on standard error where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

STEP = 1_000
"""How many rows there are between two looks of the bar: a look costs more than a row."""

Advance = Callable[[int], None]


@contextmanager
def progress(label: str, total: Callable[[], int] | None = None) -> Iterator[Advance]:
    """Show a bar while the block runs, and yield what tells it that some more is done.

    `total` counts what there is to do, and is asked only if the bar is shown;
    without it the bar shows that work goes on, and since when.
    """
    if not _is_terminal():
        yield lambda _: None
        return
    time = TimeElapsedColumn() if total is None else TimeRemainingColumn()
    columns = TextColumn("{task.description}"), BarColumn(), time
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        if total is not None:
            bar.update(task, total=total())
        waiting = 0

        def advance(steps: int) -> None:
            nonlocal waiting
            waiting += steps
            if waiting >= STEP:
                bar.advance(task, waiting)
                waiting = 0

        yield advance


def _is_terminal() -> bool:
    # A process may be started without standard error.
    return sys.stderr is not None and sys.stderr.isatty()
