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
    private = False
    for subtag in others:
        private = private or cased[-1] == "x"
        plain = private or len(cased[-1]) == 1
        cased.append(subtag if plain else _cased(subtag))
    return "-".join(cased)


def _cased(subtag: str) -> str:
    if len(subtag) == 2:
        return subtag.upper()
    return subtag.title() if len(subtag) == 4 and subtag.isalpha() else subtag


def lookup_chain(tag: str) -> Iterator[str]:
    """Yield the tag, then each shorter one that lookup tries: `zh-Hant-TW`, `zh-Hant`, `zh`."""
    return (tag[:end] for end in _ends(tag))


def lookup(tag: str, available: Iterable[str]) -> str | None:
    """Return the available tag that lookup finds for a wanted one, or None.

    The time is linear in the tag: what is longer than all available ones is
    not even cut out.
    """
    offered = frozenset(available)
    longest = max(map(len, offered), default=0)
    chain = (tag[:end] for end in _ends(tag) if end <= longest)
    return next((each for each in chain if each in offered), None)


def _ends(tag: str) -> Iterator[int]:
    """Yield where each tag of the chain ends; a single letter goes together with what stands behind it."""
    lengths = [len(subtag) for subtag in tag.split("-")]
    end = len(tag)
    while lengths:
        yield end
        end -= lengths.pop() + 1
        if lengths and lengths[-1] == 1:
            end -= lengths.pop() + 1
