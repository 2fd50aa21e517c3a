"""`optout init`: a starter file for a brand."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from optoutlang.cli.command import command
from optoutlang.cli.exits import Unreadable
from optoutlang.cli.files import write_text
from optoutlang.cli.parameters import COUNTRY, LANGUAGE
from optoutlang.cli.rules import because
from optoutlang.cli.starter import Starter
from optoutlang.source.text import SourceText
from optoutlang.syntax.format import format_file
from optoutlang.syntax.parse import parse


@command(
    "init",
    examples=(
        ("optout init", "asks for the brand, countries and languages; writes here"),
        (
            "optout init rules --brand Acme --country US --country MX --language en --language es",
            "asks nothing",
        ),
    ),
)
@click.argument("folder", metavar="[DIR]", default=".")
@click.option("--brand", help="Who sends the messages.")
@click.option("--country", "countries", metavar="CC", multiple=True, help="Where to; repeatable.")
@click.option(
    "--language", "languages", metavar="TAG", multiple=True, help="In what; the base's first."
)
def command_object(
    *, folder: str, brand: str | None, countries: tuple[str, ...], languages: tuple[str, ...]
) -> None:
    """Write a commented starter file with tests that pass, DIR/BRAND.optout.

    What no option says is asked for on a terminal; elsewhere it is Acme, US and en.
    """
    starter = _starter(
        brand or _ask("Brand", "Acme"),
        countries or tuple(_ask("Countries", "US").replace(",", " ").split()),
        languages or tuple(_ask("Languages, the main one first", "en").replace(",", " ").split()),
    )
    path = Path(folder) / f"{starter.name}.optout"
    if path.exists():
        raise click.UsageError(f"`{path}` is there already")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreadable(because(error, folder)) from error
    source = SourceText(path.name, starter.text())
    write_text(path, format_file(parse(source)[0]))
    click.echo(f"{path} is written; next:")
    click.echo(f"  optout test {path}")
    click.echo(f'  optout match {path} "please stop"')


def _starter(brand: str, countries: tuple[str, ...], languages: tuple[str, ...]) -> Starter:
    try:
        return Starter(
            brand,
            tuple(dict.fromkeys(COUNTRY.convert(each, None, None) for each in countries)),
            tuple(dict.fromkeys(LANGUAGE.convert(each, None, None) for each in languages)),
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _ask(question: str, default: str) -> str:
    if not sys.stdin.isatty():
        return default
    return str(click.prompt(question, default=default))
