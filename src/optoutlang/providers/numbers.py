"""Where a phone number belongs, by the package phonenumbers."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers


@lru_cache(maxsize=4096)
def country_of(number: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of the country of a number in E.164; None where it has none."""
    try:
        found = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return None
    return str(found) if found and found.isalpha() else None  # `001` stands for no country
