"""Messages without the numbers in them."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

MARK = "#"
"""What stands for a run of digits, however long."""
ADDRESS = "…@…"
"""What stands for an e-mail address."""

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+\.[^\s@<>()\[\],;:.!?]+")


def redact(text: str) -> str:
    """Return a text with every run of digits as one `#`: phone numbers, codes, dates, amounts; addresses as `…@…`.

    A digit is one of any script, also in a circle, raised or as a fraction
    (Unicode categories Nd and No). Numbers in words, names and postal addresses stay.
    """
    runs = groupby(_ADDRESS.sub(ADDRESS, text), key=_is_digit)
    return "".join(MARK if digits else "".join(run) for digits, run in runs)


def _is_digit(character: str) -> bool:
    return unicodedata.category(character) in {"Nd", "No"}
