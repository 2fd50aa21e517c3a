"""Phone numbers in E.164, the one spelling under which people are kept, by the package phonenumbers."""

from __future__ import annotations

import re

import phonenumbers

_EXPONENT = re.compile(r"[-+]?\d+(?:[.,]\d+)?[eE]\+?\d+")


class NumberError(ValueError):
    """A text is no phone number; says what is wrong and what cures it."""


def e164(text: str, *, country: str | None = None, plus: bool = True) -> str:
    """Return a number in E.164.

    A national number needs its `country` (ISO 3166-1). `plus=False` says that
    international numbers come without `+`.

    Raises:
        NumberError: it is none, or nobody can say which.
    """
    text = text.strip()
    if not text:
        raise NumberError("there is no number; fill it in, or leave the row out")
    if _EXPONENT.fullmatch(text):
        raise NumberError(
            f"`{text}` was rounded by a spreadsheet; export the column as text, not as a number"
        )
    digits = text if text.startswith("+") or plus else f"+{text}"
    try:
        parsed = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException as error:
        cure = "write it with + and country code"
        if country is None:
            cure += ", or say --country for national numbers"
        raise NumberError(f"`{text}` is no phone number; {cure}") from error
    if not phonenumbers.is_possible_number(parsed):
        raise NumberError(
            f"`{text}` has too few or too many digits for a number of +{parsed.country_code}; "
            "look it up where it came from"
        )
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
