"""Data frames of Spark, beside its own functions on the same file; the definition's haystack is the master.

Spark is the extra `spark`, and needs Java 17: this module is loaded when such a definition is asked for.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from benchmarks.speed.definition import Definition
from benchmarks.speed.kinds.batches import on_wall
from benchmarks.speed.kinds.files import written
from benchmarks.speed.measurement import Measurement
from benchmarks.speed.race import Contestant, compared, race, spread
from benchmarks.speed.rulesets import Rulesets, spellings
from optoutlang import spark

BATCH = "65536"
"""Rows of a record batch; Spark's own default is 10,000."""

PATTERN = (
    "(?i)(stop|quit) (texting|messaging|contacting)|(take|remove) (me|us|my number)"
    "|leave (me|us) alone|no more (texts|messages)|unsubscribe (me|us)"
)
"""What is written for phrases where only regular expressions are at hand; it finds fewer."""

NATIVE = "upper(trim(body)) IN (…)"


def measure(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Measure on a master by turns, on the wall: a count of what is found in a file, read anew each time."""
    matcher = rulesets[definition.rules]
    known = sorted(spellings(rulesets["exact"]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "messages.parquet")
        right = written(path, definition.size, rulesets, definition.rules)
        begin = time.perf_counter()
        session = started(definition.haystack)
        start = time.perf_counter() - begin
        try:
            frame = session.read.parquet(str(path))
            body = f.col("body")
            decided = spark.match(frame, matcher, text="body", fields=("action",))
            contestants: dict[str, Contestant] = {
                NATIVE: on_wall(counted(frame.filter(f.upper(f.trim(body)).isin(known)))),
                "body RLIKE …, five branches": on_wall(counted(frame.filter(body.rlike(PATTERN)))),
                "sum(length(body)): reading alone": on_wall(total(frame)),
                "spark.match": on_wall(counted(decided.filter("decision IS NOT NULL"))),
            }
            outcomes = race(replace(definition, counts={"spark.match": right}), contestants)
        finally:
            session.stop()
    absolute = (definition.size, "ns")
    rows = compared(definition, outcomes, first=NATIVE, unit="× IN", absolute=absolute)
    return [*rows, spread(definition, "start of the session", "s", [start])]


def counted(frame: DataFrame) -> Callable[[], int]:
    """Return what counts the rows of a frame."""
    count: Callable[[], int] = frame.count
    return count


def total(frame: DataFrame) -> Callable[[], int]:
    """Return what reads all texts and does nothing else."""
    return lambda: int(frame.agg(f.sum(f.length("body"))).collect()[0][0])


def started(master: str) -> SparkSession:
    """Return a session that listens on this machine alone."""
    folder = tempfile.mkdtemp()
    os.environ |= {
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": folder,
        "SPARK_LOCAL_DIRS": folder,
    }
    session = (
        SparkSession.builder.master(master)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
        .config("spark.sql.warehouse.dir", folder)
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return session
