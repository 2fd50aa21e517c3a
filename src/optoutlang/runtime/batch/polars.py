"""Columns of Polars: a namespace of its expressions and Series, over Arrow without a copy of the texts.

Polars hands a function each batch of a query, also of one that streams, and takes back a Series; what is decided in
between is decided by `runtime.batch.arrow`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import polars as pl
import pyarrow as pa

from optoutlang.runtime.batch import arrow
from optoutlang.runtime.batch.fields import Kind, chosen
from optoutlang.runtime.batch.rules import Rules, matcher_of
from optoutlang.runtime.matcher import Matcher

_KINDS = {Kind.TEXT: pl.String(), Kind.FLAG: pl.Boolean(), Kind.TEXTS: pl.List(pl.String())}


def decision_type(fields: Iterable[str] | None = None) -> pl.Struct:
    """Return the type of a column of decisions: a struct of some fields, all by default."""
    return pl.Struct([pl.Field(each.name, _KINDS[each.kind]) for each in chosen(fields)])


@pl.api.register_expr_namespace("optout")
class OptOutExpressions:
    """`pl.col(…).optout`: what the messages of a column mean."""

    def __init__(self, texts: pl.Expr) -> None:
        self._texts = texts

    def match(
        self,
        rules: Rules,
        *,
        country: str | pl.Expr | None = None,
        language: str | pl.Expr | None = None,
        strict: bool = False,
        fields: Iterable[str] | None = None,
        workers: int = 1,
    ) -> pl.Expr:
        """Return the decision on each message, a struct that is null where it means nothing.

        `country` and `language` are a text that goes for all rows, or an expression (`pl.col("country")`). The other
        arguments, and the errors, are those of `optoutlang.arrow.match`.
        """
        names = tuple(each.name for each in chosen(fields))
        matcher = matcher_of(rules)
        values = {"country": country, "language": language}
        columns = {name: each for name, each in values.items() if isinstance(each, pl.Expr)}
        single = {name: each for name, each in values.items() if not isinstance(each, pl.Expr)}

        def decide(series: Sequence[pl.Series]) -> pl.Series:
            texts, *others = series
            asked = single | dict(zip(columns, others, strict=True))
            return _decisions(matcher, texts, **asked, strict=strict, fields=names, workers=workers)

        return pl.map_batches(
            [self._texts, *columns.values()],
            decide,
            return_dtype=decision_type(names),
            is_elementwise=True,
        )


@pl.api.register_series_namespace("optout")
class OptOutSeries:
    """`series.optout`: what the messages of a Series mean."""

    def __init__(self, texts: pl.Series) -> None:
        self._texts = texts

    def match(
        self,
        rules: Rules,
        *,
        country: str | pl.Series | None = None,
        language: str | pl.Series | None = None,
        strict: bool = False,
        fields: Iterable[str] | None = None,
        workers: int = 1,
    ) -> pl.Series:
        """Return the decision on each message; arguments as for an expression, columns being Series."""
        return _decisions(
            matcher_of(rules),
            self._texts,
            country=country,
            language=language,
            strict=strict,
            fields=tuple(each.name for each in chosen(fields)),
            workers=workers,
        )


def _decisions(
    matcher: Matcher,
    texts: pl.Series,
    *,
    country: str | pl.Series | None,
    language: str | pl.Series | None,
    strict: bool,
    fields: tuple[str, ...],
    workers: int,
) -> pl.Series:
    """Return decisions under the name of the texts.

    Raises:
        TypeError: a column is none of text.
    """
    found = arrow.match(
        matcher,
        _arrow(texts),
        country=_spread(country, len(texts)),
        language=_spread(language, len(texts)),
        strict=strict,
        fields=fields,
        workers=workers,
    )
    made = cast("pl.Series", pl.from_arrow(found, rechunk=False))
    return made.rename(texts.name).cast(decision_type(fields))


def _arrow(series: pl.Series) -> pa.Array:
    """Return a Series as Arrow; categories as a dictionary."""
    return series.to_arrow()


def _spread(value: str | pl.Series | None, length: int) -> object:
    """Return a Series as Arrow, a single value (`pl.lit`) as one for all rows."""
    if not isinstance(value, pl.Series):
        return value
    if len(value) == 1 and length != 1:
        only = value.item()
        return only if only is None or isinstance(only, str) else _arrow(value)
    return _arrow(value)
