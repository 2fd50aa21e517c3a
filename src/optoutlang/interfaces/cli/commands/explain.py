"""Explain a diagnostic code."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import click

from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import CODE
from optoutlang.interfaces.cli.page import show_page
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.interfaces.reports.text_table import terminal_width, text_table
from optoutlang.language.diagnostics.codes import ALL
from optoutlang.language.diagnostics.diagnostic import Code, Severity
from optoutlang.language.diagnostics.pages import page
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.runtime.terms.json import Json

ORDER = 180
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout explain O201", "why a protected word cannot be removed, and what to do instead"),
        ("optout explain protected-removed", "the same by its name"),
        ("optout explain", "all codes"),
        ("optout explain --search reply --severity error", "some of them"),
        ("optout explain --format json", "for programs"),
    ),
)
@click.argument("code", type=CODE, required=False)
@click.option("--list", "list_all", is_flag=True, help="List codes; so does no CODE.")
@click.option("--search", metavar="TEXT", help="Only codes with this text in name, title or page.")
@click.option(
    "--severity",
    type=click.Choice([each.value for each in Severity]),
    help="Only codes of this severity.",
)
@format_option(("text", "json"), of="page or the list")
def run(
    *, code: str | None, list_all: bool, search: str | None, severity: str | None, form: str
) -> None:
    """Show the page of a diagnostic's CODE, by its number or its name, or list the codes."""
    if code is not None and not (list_all or search or severity):
        chosen = _code(code)
        if form == "json":
            click.echo(_json([{**_object(chosen), "page": page(chosen)}]))
        else:
            show_page(_with_names_of_files(page(chosen)))
        return
    found = [each for each in ALL if severity in {None, each.severity.value} and _has(each, search)]
    if form == "json":
        click.echo(_json(list(map(_object, found))))
        return
    rows = [(each.id, f"{each.severity.value:<7}", each.slug, each.title) for each in found]
    for line in text_table(rows, terminal_width()):
        click.echo(line)


def _with_names_of_files(text: str) -> str:
    """Return a page with the name of each file above its example, where an example has several files."""
    if not _NAMED.search(text):
        return text
    return _EXAMPLE.sub(lambda fence: f"{_file(fence)}\n\n{fence[0]}", text)


def _file(fence: re.Match[str]) -> str:
    return f"In `{fence['name']}`:" if fence["name"] else "In the file that uses it:"


_EXAMPLE = re.compile(r"^```optout(?: name=(?P<name>\S+))?$", re.MULTILINE)
_NAMED = re.compile(r"^```optout name=", re.MULTILINE)


def _has(code: Code, search: str | None) -> bool:
    if search is None:
        return True
    wanted = search.casefold()
    return wanted in f"{code.slug} {code.title}".casefold() or wanted in page(code).casefold()


def _object(code: Code) -> dict[str, Json]:
    severity = code.severity.value
    return {"code": code.id, "name": code.slug, "severity": severity, "title": code.title}


def _json(codes: Sequence[Json]) -> str:
    return json.dumps({"version": 1, "codes": list(codes)}, indent=2, ensure_ascii=False)


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
