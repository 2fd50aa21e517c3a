"""Names by which people know countries and languages, for suggestions (from the Unicode CLDR).

data/countries.tsv and data/languages.tsv have a name in lower case and a code a
line: English names and common wrong codes of countries; names of languages in
English and in themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data")


@cache
def country_names() -> Mapping[str, str]:
    """Return ISO 3166-1 alpha-2 codes by a country's name in lower case."""
    return _read("countries.tsv")


@cache
def language_names() -> Mapping[str, str]:
    """Return BCP 47 tags by a language's name in lower case."""
    return _read("languages.tsv")


def _read(name: str) -> Mapping[str, str]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)
