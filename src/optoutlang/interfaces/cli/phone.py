"""The country of a phone number, by the optional package phonenumbers."""

from __future__ import annotations

import click

from optoutlang.runtime.terms.country import COUNTRIES
from optoutlang.runtime.terms.extra import install_command

try:
    import phonenumbers
except ModuleNotFoundError as missing:
    raise click.UsageError(
        f"--from needs `phonenumbers` of the extra `phone`: {install_command('phone')}"
    ) from missing


def country_of(number: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of the country that a number in E.164 form belongs to.

    Raises:
        click.BadParameter: it is no such number, or belongs to no one country.
    """
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException as error:
        raise _bad(f"`{number}` is not a phone number such as +15145550100") from error
    country = phonenumbers.region_code_for_number(parsed)
    if country not in COUNTRIES:
        raise _bad(f"`{number}` does not belong to exactly one country; give --country")
    return str(country)


def _bad(message: str) -> click.BadParameter:
    return click.BadParameter(message, param_hint="'--from'")
