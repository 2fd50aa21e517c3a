"""Iterables of messages, decided as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from optoutlang.runtime.batch.rules import Rules, matcher_of
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms import Decision

CHUNK = 4_096
"""How many messages are taken at a time."""


def match(
    rules: Rules,
    texts: Iterable[str],
    *,
    countries: Iterable[str | None] | None = None,
    languages: Iterable[str | None] | None = None,
    strict: bool = False,
) -> Iterator[Decision | None]:
    """Yield what each message means, in their order, in memory that does not grow with them.

    4,096 messages are taken from `texts` at a time; `countries` and `languages` have one item for each, where given.

    Raises:
        TypeError: a text is no str, or `texts` is one str.
        ValueError: as for `Matcher.match` (`strict`), the lengths differ, or `rules` is the path of no artefact.
    """
    if isinstance(texts, str):
        raise TypeError("`texts` is one str, not many")
    return _matched(matcher_of(rules), iter(texts), _items(countries), _items(languages), strict)


def _matched(
    matcher: Matcher,
    texts: Iterator[str],
    countries: Iterator[str | None] | None,
    languages: Iterator[str | None] | None,
    strict: bool,  # noqa: FBT001
) -> Iterator[Decision | None]:
    while messages := list(islice(texts, CHUNK)):
        yield from matcher.match_many(
            messages,
            countries=_next(countries, len(messages)),
            languages=_next(languages, len(messages)),
            strict=strict,
        )
    for name, rest in (("countries", countries), ("languages", languages)):
        if rest is not None and next(rest, _END) is not _END:
            raise ValueError(f"`{name}` has more items than `texts`")


_END = object()


def _items(values: Iterable[str | None] | None) -> Iterator[str | None] | None:
    return None if values is None else iter(values)


def _next(values: Iterator[str | None] | None, count: int) -> list[str | None] | None:
    return None if values is None else list(islice(values, count))
