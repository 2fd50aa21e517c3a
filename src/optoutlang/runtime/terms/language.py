"""BCP 47 language tags: well-formedness, casing and lookup (RFC 5646 §2.1, RFC 4647 §3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_TAG = re.compile(
    r"""
    (?: [a-z]{2,3} (?: -[a-z]{3} ){0,3} | [a-z]{4} | [a-z]{5,8} )  # language
    (?: -[a-z]{4} )?                                               # script
    (?: -(?: [a-z]{2} | [0-9]{3} ) )?                              # region
    (?: -(?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )*                 # variants
    (?: -[0-9a-wyz] (?: -[a-z0-9]{2,8} )+ )*                       # extensions
    (?: -x (?: -[a-z0-9]{1,8} )+ )?                                # private use
    """,
    re.VERBOSE | re.ASCII,
)


def language_tag(text: str) -> str:
    """Return a well-formed tag in its usual casing: `ES-mx` gives `es-MX`, `zh-hant` gives `zh-Hant`.

    Raises:
        ValueError: the text is no well-formed tag.
    """
    lower = text.lower()
    if not text.isascii() or not _TAG.fullmatch(lower):
        raise ValueError(f"not a BCP 47 language tag: {text!r}")
    first, *others = lower.split("-")
    cased = [first]
    for subtag in others:
        plain = len(cased[-1]) == 1 or "x" in cased
        cased.append(subtag if plain else _cased(subtag))
    return "-".join(cased)


def _cased(subtag: str) -> str:
    if len(subtag) == 2:
        return subtag.upper()
    return subtag.title() if len(subtag) == 4 and subtag.isalpha() else subtag


def lookup_chain(tag: str) -> Iterator[str]:
    """Yield the tag, then each shorter one that lookup tries: `zh-Hant-TW`, `zh-Hant`, `zh`."""
    subtags = tag.split("-")
    while subtags:
        yield "-".join(subtags)
        subtags.pop()
        if subtags and len(subtags[-1]) == 1:
            subtags.pop()


def lookup(tag: str, available: Iterable[str]) -> str | None:
    """Return the available tag that lookup finds for a wanted one, or None."""
    offered = frozenset(available)
    return next((each for each in lookup_chain(tag) if each in offered), None)
