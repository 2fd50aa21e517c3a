"""Data frames of Spark, beside its own functions on the same file: `benchmarks/batch.py --spark`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from benchmarks.batch import PATTERN, Contestant, Counts, keywords_of, measured
from optoutlang import Matcher, spark

BATCH = "65536"
"""Rows of a record batch; Spark's own default is 10,000."""


def on_spark(
    path: Path,
    rules: Mapping[str, Matcher],
    counts: Counts,
    masters: Sequence[str],
    rounds: int,
) -> None:
    """Measure on each master by turns: a count of what is found in the file, read anew each time."""
    keywords = sorted(keywords_of(rules))
    for master in masters:
        begin = perf_counter()
        session = started(master)
        print(f"\n{master}: the session took {perf_counter() - begin:.1f} s", flush=True)
        try:
            frame = session.read.parquet(str(path))
            body = f.col("body")
            contestants: dict[str, Contestant] = {
                "upper(trim(body)) IN (…)": (
                    counted(frame.filter(f.upper(f.trim(body)).isin(keywords))),
                    None,  # SQL trims spaces alone
                ),
                "body RLIKE …": (counted(frame.filter(body.rlike(PATTERN))), None),
                "sum(length(body))": (total(frame), None),
            }
            for name, matcher in rules.items():
                said = spark.match(frame, matcher, text="body", fields=("action",))
                found = counted(said.filter("decision IS NOT NULL"))
                contestants[f"spark.match, {name}"] = (found, counts[name])
            for run, _ in contestants.values():
                run()  # workers start, and load
            measured(master, contestants, frame.count(), rounds)
        finally:
            session.stop()


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
