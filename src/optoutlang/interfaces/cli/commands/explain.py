"""Explain a diagnostic code."""

from __future__ import annotations

import click

from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import CODE
from optoutlang.interfaces.cli.page import show_page
from optoutlang.language.diagnostics.codes import ALL
from optoutlang.language.diagnostics.diagnostic import Code
from optoutlang.language.diagnostics.pages import page
from optoutlang.language.diagnostics.suggest import closest

ORDER = 180
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout explain O201", "why a protected word cannot be removed, and what to do instead"),
        ("optout explain protected-removed", "the same by its name"),
        ("optout explain --list", "all codes"),
    ),
)
@click.argument("code", type=CODE, required=False)
@click.option("--list", "list_all", is_flag=True, help="List all codes, a line each.")
def run(*, code: str | None, list_all: bool) -> None:
    """Show the page of a diagnostic's CODE, by its number or its name."""
    if list_all:
        for each in ALL:
            click.echo(f"{each.id}  {each.severity.value:<7}  {each.slug:<26}  {each.title}")
    elif code is None:
        raise click.UsageError("give a CODE, or --list")
    else:
        show_page(page(_code(code)))


def _code(text: str) -> Code:
    names = {name.casefold(): code for code in ALL for name in (code.id, code.slug)}
    code = names.get(text.casefold())
    if code is None:
        near = closest(text, names)
        advice = (
            f"did you mean `{names[near].id}`?" if near else "`optout explain --list` lists all"
        )
        raise click.UsageError(f"there is no code `{text}`; {advice}")
    return code
