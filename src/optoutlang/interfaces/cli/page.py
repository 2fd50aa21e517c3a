"""Markdown pages in the terminal."""

from __future__ import annotations

import click
from rich.console import Console
from rich.markdown import Markdown

from optoutlang.interfaces.cli.command import use_color

WIDEST = 100
"""Longer lines are hard to read, however wide the terminal is."""


def show_page(markdown: str) -> None:
    """Print a Markdown page, laid out for the terminal."""
    colored = use_color()
    console = Console(force_terminal=colored, no_color=not colored)
    console.width = min(console.width, WIDEST)
    with console.capture() as page:
        console.print(Markdown(markdown))
    # Not by the console: when the reader of a pipe goes away it would end the process itself.
    click.echo(page.get(), nl=False)
