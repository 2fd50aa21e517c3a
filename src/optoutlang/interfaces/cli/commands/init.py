"""Write a starter file with tests that pass."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.inputs.sources import show_diagnostics
from optoutlang.interfaces.cli.parameters import COUNTRY, LANGUAGE
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
            self.fail("a brand is printable text without braces", param, ctx)
        return brand


class CommaSeparated(click.ParamType[tuple[str, ...]]):
    """Values of one type, separated by commas."""

    def __init__(self, one: click.ParamType[str]) -> None:
        self.one = one
        self.name = one.name

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the values, or end with the usage error of the first that is wrong."""
        given = (each.strip() for each in value.split(","))
        return tuple(self.one.convert(each, param, ctx) for each in given if each)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return what completes the last value."""
        return self.one.shell_complete(ctx, param, incomplete)


ORDER = 10
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout init", "prompts for brand, countries and languages"),
        ('optout init rules --brand "Acme Alerts" --country US', "rules/acme-alerts.optout"),
        ("optout init --brand Acme --country CA --language en,fr", "two languages"),
        ("optout init --brand Acme --country US,CA --natural", "whole sentences and typos too"),
    ),
)
@click.argument("folder", metavar="[DIR]", default=".")
@click.option("--brand", type=BrandType(), help="The name that replies begin with.")
@click.option(
    "--country",
    "countries",
    metavar="CC",
    type=CommaSeparated(COUNTRY),
    multiple=True,
    help="Repeatable; several are separated by commas.",
)
@click.option(
    "--language",
    "languages",
    metavar="TAG",
    type=CommaSeparated(LANGUAGE),
    multiple=True,
    help=f"Repeatable, or separated by commas; the first is the base language. [default: {DEFAULT_LANGUAGE}]",
)
@click.option("--natural", is_flag=True, help="Read whole sentences and tolerate typos too.")
def run(
    *,
    folder: str,
    brand: str | None,
    countries: tuple[tuple[str, ...], ...],
    languages: tuple[tuple[str, ...], ...],
    natural: bool,
) -> None:
    """Write a commented starter file, BRAND.optout, whose tests pass.

    Without --brand the command prompts for what is not given.
    """
    where, tags = tuple(chain(*countries)), tuple(chain(*languages))
    if brand is None:
        try:
            brand = click.prompt("Brand", type=BrandType(), err=True)
            where = where or _asked("Countries, such as `US MX` (none: empty)", "", COUNTRY)
            tags = tags or _asked("Languages, the base first", DEFAULT_LANGUAGE, LANGUAGE)
            natural = natural or click.confirm("Read whole sentences and typos too?", err=True)
        except click.Abort:
            if sys.stdin is not None and sys.stdin.isatty():
                raise
            raise click.UsageError("no answer on standard input; give at least --brand") from None
    tags = tuple(dict.fromkeys(tags)) or (DEFAULT_LANGUAGE,)
    starter = Starter(brand, tuple(dict.fromkeys(where)), tags, natural)
    path = Path(folder) / f"{starter.name}.optout"
    try:
        text = starter.text
    except CompileError as error:
        show_diagnostics(error.diagnostics)
        finish(ExitCode.FINDINGS)
    _create(path, text)
    click.echo(f"wrote {path}; next: optout test {path}")


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
        raise Unreadable(f"`{path}` already exists; nothing was written") from error
    except OSError as error:
        raise Unreadable(because(error, str(path))) from error
