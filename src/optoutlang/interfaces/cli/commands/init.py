"""`optout init`: a starter file for a brand, its countries and languages. It never overwrites a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.parameters import COUNTRY, LANGUAGE
from optoutlang.interfaces.cli.sources import show_findings
from optoutlang.interfaces.cli.starter import Starter
from optoutlang.language.diagnostics.diagnostic import CompileError

DEFAULT_LANGUAGE = "en"


class BrandType(click.ParamType[str]):
    """A name that replies can begin with."""

    name = "brand"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name without outer spaces, or end with a usage error."""
        brand = value.strip()
        if not brand or not brand.isprintable() or set(brand) & set("{}"):
            self.fail("a brand is plain text without braces", param, ctx)
        return brand


@command(
    "init",
    examples=(
        ("optout init", "asks for the brand, the countries and the languages"),
        ('optout init rules --brand "Acme Alerts" --country US', "rules/acme-alerts.optout"),
        ("optout init --brand Acme --country CA --language en --language fr", "two languages"),
    ),
)
@click.argument("folder", metavar="[DIR]", default=".")
@click.option("--brand", type=BrandType(), help="The name that replies begin with.")
@click.option(
    "--country", "countries", metavar="CC", type=COUNTRY, multiple=True, help="Repeatable."
)
@click.option(
    "--language",
    "languages",
    metavar="TAG",
    type=LANGUAGE,
    multiple=True,
    help=f"Repeatable; the first is the base language. [default: {DEFAULT_LANGUAGE}]",
)
def command_object(
    *, folder: str, brand: str | None, countries: tuple[str, ...], languages: tuple[str, ...]
) -> None:
    """Write a commented starter file, BRAND.optout, whose tests pass.

    Without --brand the command asks for it, and for what else is not given.
    """
    if brand is None:
        try:
            brand = click.prompt("Brand", type=BrandType(), err=True)
            countries = countries or _asked("Countries, such as `US MX` (none: empty)", "", COUNTRY)
            languages = languages or _asked("Languages, the base first", DEFAULT_LANGUAGE, LANGUAGE)
        except click.Abort:
            if sys.stdin is not None and sys.stdin.isatty():
                raise
            raise click.UsageError("nobody answers: give at least --brand") from None
    unique = tuple(dict.fromkeys(countries))
    starter = Starter(brand, unique, tuple(dict.fromkeys(languages)) or (DEFAULT_LANGUAGE,))
    path = Path(folder) / f"{starter.name}.optout"
    try:
        text = starter.text
    except CompileError as error:
        show_findings(error.diagnostics)
        finish(ExitCode.FINDINGS)
    _create(path, text)
    click.echo(f"{path} is there; next: optout test {path}")


def _asked(question: str, default: str, one: click.ParamType[str]) -> tuple[str, ...]:
    """Ask for several values, separated by spaces or commas, until all of them are good."""

    def several(answer: str) -> tuple[str, ...]:
        return tuple(one.convert(each, None, None) for each in answer.replace(",", " ").split())

    answered: tuple[str, ...] = click.prompt(
        question, default=default, value_proc=several, show_default=bool(default), err=True
    )
    return answered


def _create(path: Path, text: str) -> None:
    """Write a new file.

    Raises:
        Unreadable: a file of that name is there, or it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise Unreadable(f"`{path}` is there already; nothing was written") from error
    except OSError as error:
        raise Unreadable(because(error, str(path))) from error
