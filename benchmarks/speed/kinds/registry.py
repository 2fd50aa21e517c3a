"""All kinds of definitions by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.speed.definition import Definition
from benchmarks.speed.kinds import batches, beside, call, checks, files, growth, processes, profile
from benchmarks.speed.measurement import Measurement
from benchmarks.speed.rulesets import Rulesets

Kind = Callable[[Definition, Rulesets], list[Measurement]]


def on_spark(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Measure on Spark, which is loaded for that alone."""
    from benchmarks.speed.kinds.on_spark import measure  # noqa: PLC0415  # an extra, and Java

    return measure(definition, rulesets)


KINDS: Mapping[str, Kind] = {
    "call": call.measure,
    "country": call.measure_country,
    "list": batches.measure_list,
    "column": batches.measure_column,
    "file": files.measure,
    "scan": files.measure_scan,
    "spark": on_spark,
    "peers": beside.measure,
    "load": processes.measure_load,
    "compile": processes.measure_compile,
    "start": processes.measure_start,
    "cache": processes.measure_cache,
    "keywords": growth.measure_keywords,
    "phrases": growth.measure_phrases,
    "length": growth.measure_length,
    "shapes": growth.measure_shapes,
    "large texts": growth.measure_large,
    "broken files": checks.measure_broken,
    "large files": checks.measure_sound,
    "floors": profile.measure_floors,
    "samples": profile.measure_samples,
}
