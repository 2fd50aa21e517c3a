"""Options that commands share: countries and languages, checked when the command line is read, and formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from optoutlang.runtime.terms.country import COUNTRIES, country_code
from optoutlang.runtime.terms.language import language_tag


class CountryType(click.ParamType[str]):
    """An ISO 3166-1 alpha-2 code, in any case."""

    name = "country"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the code in upper case, or end with a usage error that names the country meant."""
        try:
            return country_code(value)
        except ValueError:
            # Here, not above: only a slip needs the names of all countries.
            from optoutlang.language.model.known_names import country_names  # noqa: PLC0415

            meant = country_names().get(value.casefold())
            advice = f"did you mean `{meant}`?" if meant else "use two letters, such as `MX`"
            self.fail(f"`{value}` is not an ISO 3166-1 country code; {advice}", param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the codes that begin so."""
        del ctx, param
        return [
            CompletionItem(code)
            for code in sorted(COUNTRIES)
            if code.startswith(incomplete.upper())
        ]


class LanguageType(click.ParamType[str]):
    """A BCP 47 tag."""

    name = "language"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the tag in its usual casing, or end with a usage error that names the language meant."""
        # Here, not above: only who names a language needs the registry.
        from optoutlang.language.model.names import language_meant, registered  # noqa: PLC0415

        try:
            tag = language_tag(value)
        except ValueError:
            tag = ""
        if not tag or not registered(tag):
            meant = language_meant(value)
            advice = f"did you mean `{meant}`?" if meant else "use a tag such as `es` or `pt-BR`"
            problem = "a registered language" if tag else "a BCP 47 language tag"
            self.fail(f"`{value}` is not {problem}; {advice}", param, ctx)
        return tag

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the languages that have a pack and begin so."""
        del ctx, param
        # Here, not above: only a shell asks.
        from optoutlang.language.packs import pack_names  # noqa: PLC0415

        tags = (name.removeprefix("lang-") for name in pack_names() if name.startswith("lang-"))
        return [CompletionItem(tag) for tag in tags if tag.startswith(incomplete)]


def country_given(country: str | None, sender: str | None) -> str | None:
    """Return the country of `--country`, or of the number of `--from`.

    Raises:
        click.UsageError: both are given, or the number has no one country.
    """
    if sender is None:
        return country
    if country is not None:
        raise click.UsageError("give --country or --from, not both")
    # Here, not above: few ask for it, and its tables take long to load.
    from optoutlang.interfaces.cli.phone import country_of  # noqa: PLC0415

    return country_of(sender)


COUNTRY = CountryType()
LANGUAGE = LanguageType()

_Decorated = TypeVar("_Decorated", bound=Callable[..., object])


def format_option(formats: Iterable[str], *, of: str) -> Callable[[_Decorated], _Decorated]:
    """Return the decorator of the option `--format`, the parameter `form`; the first format is the default.

    `of` says in the help what is printed.
    """
    names = list(formats)
    return click.option(
        "--format",
        "form",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        help=f"Output format of the {of}.",
    )
