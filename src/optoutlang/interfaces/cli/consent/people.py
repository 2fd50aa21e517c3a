"""A person's number as an argument, in E.164 or national with `--country`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from optoutlang.consent.transfer.number import NumberError, e164
from optoutlang.interfaces.cli.parameters import COUNTRY


def one_number(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the argument NUMBER and the option --country; it gets the number in E.164."""

    @click.argument("number")
    @click.option("--country", metavar="CC", type=COUNTRY, help="Where a national number is from.")
    @wraps(function)
    def wrapped(*, number: str, country: str | None, **options: Any) -> None:  # noqa: ANN401
        try:
            found = e164(number, country=country)
        except NumberError as error:
            raise click.UsageError(str(error)) from error
        function(number=found, **options)

    return wrapped
