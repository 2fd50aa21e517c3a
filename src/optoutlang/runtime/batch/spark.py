"""Data frames of Spark: each worker process decides record batches of Arrow with a matcher that it loads once.

The driver verifies the artefact and broadcasts its bytes: an executor fetches them once, whatever the number of tasks.
A Python worker makes its matcher from them at the first batch, which verifies them again, and keeps it for all tasks
that it runs (`spark.python.worker.reuse`, which is on by default). Nothing else is shared, so that batch queries and
Structured Streaming run the same function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import ArrayType, BooleanType, DataType, StringType, StructField, StructType

from optoutlang.runtime.batch import arrow
from optoutlang.runtime.batch.fields import Kind, chosen
from optoutlang.runtime.batch.rules import Rules, matcher_of
from optoutlang.runtime.matcher import Matcher

_KINDS: dict[Kind, DataType] = {
    Kind.TEXT: StringType(),
    Kind.FLAG: BooleanType(),
    Kind.TEXTS: ArrayType(StringType()),
}


def decision_type(fields: Iterable[str] | None = None) -> StructType:
    """Return the type of a column of decisions: a struct of some fields, all by default."""
    return StructType([StructField(each.name, _KINDS[each.kind]) for each in chosen(fields)])


def match(  # noqa: PLR0913 - one for each column and its default
    frame: DataFrame,
    rules: Rules,
    *,
    text: str = "text",
    country: str | None = None,
    country_column: str | None = None,
    language: str | None = None,
    language_column: str | None = None,
    output: str = "decision",
    strict: bool = False,
    fields: Iterable[str] | None = None,
) -> DataFrame:
    """Return a data frame, streaming or not, with one column more: the decision on each row's text, null for none.

    `text` names the column of messages, `country_column` and `language_column` those that go before `country` and
    `language`; `output` is the new column's name. All columns of the frame go through Python: select those that you
    need first. `rules` is a matcher, an artefact's bytes, or its path on the driver.

    Raises:
        ValueError: there is no such column, it holds no text, or `output` is taken.
        ValueError, OSError, ArtefactError: `rules` are no rules, as for `optoutlang.arrow.match`.
    """
    names = tuple(each.name for each in chosen(fields))
    for name in (text, country_column, language_column):
        if name is not None:
            _require_text(frame.schema, name)
    if output in frame.columns:
        raise ValueError(f"there is a column `{output}` already; name another `output`")
    matcher = matcher_of(rules)
    decide = _Decide(
        shared(frame.sparkSession, matcher.to_bytes()),
        matcher.digest,
        text,
        country,
        country_column,
        language,
        language_column,
        output,
        strict,
        names,
    )
    schema = StructType([*frame.schema.fields, StructField(output, decision_type(names))])
    return frame.mapInArrow(decide, schema)


def _require_text(schema: StructType, name: str) -> None:
    """Refuse a column that a frame does not have once, or not as text.

    Raises:
        ValueError: so it is.
    """
    kinds = [each.dataType for each in schema.fields if each.name == name]
    if len(kinds) != 1:
        there = ", ".join(f"`{each}`" for each in schema.names)
        raise ValueError(f"{len(kinds) or 'no'} columns are `{name}`; there are {there}")
    if not isinstance(kinds[0], StringType):
        raise ValueError(f"the column `{name}` is of {kinds[0].simpleString()}, not of string")  # noqa: TRY004


def shared(session: SparkSession, data: bytes) -> Callable[[], bytes]:
    """Return what gives an artefact to workers: a broadcast, or over Spark Connect the bytes themselves."""
    context = getattr(session, "sparkContext", None)
    return _Bytes(data) if context is None else _Broadcast(context.broadcast(data))


@dataclass(frozen=True, slots=True)
class _Bytes:
    data: bytes

    def __call__(self) -> bytes:
        return self.data


@dataclass(frozen=True, slots=True)
class _Broadcast:
    variable: object

    def __call__(self) -> bytes:
        return self.variable.value  # type: ignore[attr-defined,no-any-return]  # pyspark's Broadcast


@dataclass(frozen=True, slots=True)
class _Decide:
    """What a worker runs: record batches in, the same with decisions out."""

    artefact: Callable[[], bytes]
    digest: str
    text: str
    country: str | None
    country_column: str | None
    language: str | None
    language_column: str | None
    output: str
    strict: bool
    fields: tuple[str, ...]

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return arrow.match_batches(
            loaded(self.digest, self.artefact),
            batches,
            text=self.text,
            country=self.country,
            country_column=self.country_column,
            language=self.language,
            language_column=self.language_column,
            output=self.output,
            strict=self.strict,
            fields=self.fields,
        )


_matchers: dict[str, Matcher] = {}
"""The matcher of this process, by its digest."""


def loaded(digest: str, artefact: Callable[[], bytes]) -> Matcher:
    """Return the matcher of a digest, made of an artefact at the first call in a process; one is kept.

    Raises:
        ArtefactError: the bytes are no sound artefact.
        ValueError: they are one of another digest.
    """
    known = _matchers.get(digest)
    if known is None:
        known = Matcher.from_bytes(artefact())
        if known.digest != digest:
            raise ValueError(f"the artefact has the digest {known.digest}, not {digest}")
        known.prepare()
        _matchers.clear()
        _matchers[digest] = known
    return known
