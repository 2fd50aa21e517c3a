"""Countries and languages as authors write them: checked against ISO 3166-1 and the BCP 47 registry."""

from __future__ import annotations

from collections.abc import Mapping

import langcodes

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.known_names import country_names, language_names
from optoutlang.language.syntax.tree import Word
from optoutlang.runtime.terms.country import COUNTRIES, country_code
from optoutlang.runtime.terms.language import language_tag


def read_country(word: Word, findings: Findings) -> str | None:
    """Return the country's code, or collect an error with a suggestion and return None."""
    try:
        return country_code(word.value)
    except ValueError:
        meant = _country_meant(word.value)
        findings.add(
            codes.UNKNOWN_COUNTRY,
            f"`{word.value}` is not an ISO 3166-1 country code",
            findings.place(word.span),
            help=_country_help(word.value, meant),
            fix=findings.replacing(word, meant),
        )
        return None


def _country_help(text: str, meant: str | None) -> str:
    if text.casefold() in _EVERYWHERE:
        return "what stands outside `country` holds everywhere"
    return f"did you mean `{meant}`?" if meant else "use a code of two letters, such as `MX`"


_EVERYWHERE = frozenset({"all", "any", "default", "everywhere", "global", "world", "worldwide"})


def _country_meant(text: str) -> str | None:
    return _meant(text.casefold(), country_names())


def read_language(word: Word, findings: Findings) -> str | None:
    """Return the language tag in its usual casing, or collect an error with a suggestion and return None."""
    try:
        tag = language_tag(word.value)
    except ValueError:
        tag = ""
    region = unknown_region(tag)
    if tag and registered(tag):
        return tag
    meant = language_meant(word.value)
    problem = "a registered language" if tag else "a BCP 47 language tag"
    findings.add(
        codes.INVALID_LANGUAGE,
        f"`{word.value}` is not {problem}"
        if region is None
        else f"`{region}` in `{word.value}` is not an ISO 3166-1 country code",
        findings.place(word.span),
        help=f"did you mean `{meant}`?" if meant else "use a tag such as `es` or `pt-BR`",
        fix=findings.replacing(word, meant),
    )
    return None


def registered(tag: str) -> bool:
    """Tell whether a well-formed tag is made of registered languages and of countries."""
    return unknown_region(tag) is None and langcodes.tag_is_valid(tag)


def unknown_region(tag: str) -> str | None:
    """Return the region of a well-formed tag that is no country, such as the UK of `en-UK`; None if it has none."""
    regions = (
        each
        for each in tag.split("-x-", maxsplit=1)[0].split("-")[1:]
        if len(each) == 2 and each.isupper()
    )
    region = next(regions, None)
    return None if region is None or region in COUNTRIES else region


def language_meant(text: str) -> str | None:
    """Return the language tag that a text is probably meant to be, such as `fr` for `french`, or None."""
    language, _, region = text.partition("-")
    country = country_names().get(region.casefold()) if region else None
    if country is not None and region.upper() not in COUNTRIES and langcodes.tag_is_valid(language):
        return f"{language.lower()}-{country}"
    return _SHORT_NAMES.get(text.casefold()) or _meant(text.casefold(), language_names())


_SHORT_NAMES = {
    "jp": "ja",
    "sp": "es",
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "ua": "uk",
    "vn": "vi",
    "rs": "sr",
    "al": "sq",
    "pk": "ur",
    "ir": "fa",
    "tw": "zh",
    "us": "en",
}
"""Languages by the code of the country that is often written for them, where that code is no language's."""


def _meant(name: str, codes_by_name: Mapping[str, str]) -> str | None:
    if name in codes_by_name:
        return codes_by_name[name]
    # A short word is near many: `MEX` is nearer to Montenegro's `ME` than to `MX`.
    near = closest(name, sorted(codes_by_name)) if len(name) > 3 else None
    return codes_by_name[near] if near else None


def read_list(words: tuple[Word, ...], findings: Findings, *, countries: bool) -> tuple[str, ...]:
    """Return the distinct countries or languages of a list; a second mention is an error."""
    read = read_country if countries else read_language
    seen: list[str] = []
    for index, word in enumerate(words):
        name = read(word, findings)
        if name is None:
            continue
        if name in seen:
            findings.add(
                codes.REPEATED_NAME,
                f"`{name}` stands twice in this list",
                findings.place(word.span),
                fix=findings.dropping(words, index, word.span),
            )
        else:
            seen.append(name)
    return tuple(seen)
