"""Countries and languages as options: checked when the command line is read."""

from __future__ import annotations

import click

from optoutlang.runtime.terms.country import country_code
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
            from optoutlang.language.model.country_names import COUNTRY_NAMES  # noqa: PLC0415

            meant = COUNTRY_NAMES.get(value.casefold())
            cure = f"did you mean `{meant}`?" if meant else "use two letters, such as `MX`"
            self.fail(f"`{value}` is not an ISO 3166-1 country code; {cure}", param, ctx)


class LanguageType(click.ParamType[str]):
    """A BCP 47 tag."""

    name = "language"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the tag in its usual casing, or end with a usage error."""
        try:
            return language_tag(value)
        except ValueError:
            self.fail(f"`{value}` is not a BCP 47 language tag, such as `es-MX`", param, ctx)


COUNTRY = CountryType()
LANGUAGE = LanguageType()
