"""Data frames on a cluster of Spark: two executors and their Python workers are processes of their own."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from optoutlang import ArtefactError, Matcher
from tests.builders.rulesets import program
from tests.docs.blocks import ROOT, fenced
from tests.interfaces.cli.runner import optout

HAS_SPARK = importlib.util.find_spec("pyspark") is not None
HAS_JAVA = "JAVA_HOME" in os.environ or shutil.which("java") is not None

pytestmark = [
    pytest.mark.skipif(
        not (HAS_SPARK and HAS_JAVA) and os.environ.get("OPTOUT_TEST_SPARK") != "required",
        reason="needs the extra `spark` and Java 17 (Debian: openjdk-17-jre-headless): make test-spark",
    ),
    pytest.mark.filterwarnings("ignore"),  # Spark's own
    pytest.mark.slow,
]

if HAS_SPARK:
    from pyspark import cloudpickle
    from pyspark.sql import DataFrame, SparkSession

    from optoutlang import spark
    from optoutlang.runtime.batch import spark as worker

    cloudpickle.register_pickle_by_value(sys.modules[__name__])  # type: ignore[no-untyped-call,unused-ignore]

MASTER = "local-cluster[2,1,1024]"
SCHEMA = "body string, country string, id int"
TEXTS = ["STOP", None, "CANCELAR", "hello", "CANCELAR", "Stop."]
WHERE = ["US", "MX", "MX", "MX", None, "XX"]
HITS = {0, 2, 5}
TIMES = 50


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_WORKER_DIR", str(folder / "work"))
        patch.setenv("SPARK_LOCAL_DIRS", str(folder / "local"))
        made = (
            SparkSession.builder.master(MASTER)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
            .getOrCreate()
        )
        made.sparkContext.setLogLevel("ERROR")
        yield made
        made.stop()


@pytest.fixture(scope="module")
def rules() -> Matcher:
    return Matcher(
        program(
            'language es { opt-out { keywords BAJA reply "Listo." } }'
            " country MX { opt-out { keywords CANCELAR } }"
        )
    )


@pytest.fixture(scope="module")
def frame(session: SparkSession) -> DataFrame:
    rows = [*zip(TEXTS, WHERE, range(len(TEXTS)), strict=True)] * TIMES
    return session.createDataFrame(rows, SCHEMA).repartition(8).cache()


def test_each_row_is_decided_as_the_matcher_does(rules: Matcher, frame: DataFrame) -> None:
    said = spark.match(frame, rules, text="body", country_column="country").collect()

    assert len(said) == len(TEXTS) * TIMES
    for row in said:
        decision = None if row.body is None else rules.match(row.body, country=row.country)
        assert (row.decision is not None) is (row.id in HITS)
        assert (row.decision is None) is (decision is None)
        if decision is not None:
            expected = {"answer": None, **decision.to_dict()}
            expected["notes"] = [each.code.value for each in decision.notes]
            assert row.decision.asDict() == expected


def test_a_country_and_a_language_go_for_all_rows_that_have_none(
    rules: Matcher, frame: DataFrame
) -> None:
    found = spark.match(
        frame,
        rules.to_bytes(),
        text="body",
        country_column="country",
        country="MX",
        language="es",
        output="said",
        fields=("language", "certain"),
    )
    assert found.schema["said"].dataType == spark.decision_type(("language", "certain"))
    said = {row.id: row.said for row in found.collect()}
    assert {number for number, each in said.items() if each is not None} == {*HITS, 4}
    assert said[0].asDict() == {"language": "es", "certain": True}


def test_every_worker_loads_the_artefact_once(session: SparkSession, frame: DataFrame) -> None:
    rules = Matcher(program("opt-out { keywords FRESH }"))
    digest, shared = rules.digest, session.sparkContext.broadcast(rules.to_bytes())

    def probe(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            was_there = digest in worker._matchers  # noqa: SLF001
            first = worker.loaded(digest, lambda: shared.value)
            again = worker.loaded(digest, lambda: b"")
            assert first is again
            yield pa.RecordBatch.from_pydict(
                {
                    "process": pa.array([os.getpid()], pa.int32()),
                    "loads": pa.array([int(not was_there)], pa.int32()),
                    "count": pa.array([batch.num_rows], pa.int32()),
                }
            )

    rows = frame.mapInArrow(probe, "process int, loads int, count int").collect()

    processes = {row.process for row in rows}
    assert len(processes) >= 2
    assert os.getpid() not in processes
    assert len(rows) > len(processes)
    assert sum(row.loads for row in rows) == len(processes)
    assert sum(row["count"] for row in rows) == len(TEXTS) * TIMES


def test_a_stream_is_decided_as_it_comes(
    session: SparkSession, rules: Matcher, frame: DataFrame, tmp_path: Path
) -> None:
    inbox = str(tmp_path / "inbox")
    frame.write.parquet(inbox)
    stream = session.readStream.schema(SCHEMA).option("maxFilesPerTrigger", 3).parquet(inbox)
    said = spark.match(stream, rules, text="body", country_column="country", fields=("action",))
    assert said.isStreaming
    query = (
        said.writeStream.format("memory")
        .queryName("said")
        .trigger(availableNow=True)
        .option("checkpointLocation", str(tmp_path / "checkpoint"))
        .start()
    )
    assert query.awaitTermination(120)
    assert len(query.recentProgress) > 1
    found = session.sql(
        "SELECT id, decision.action AS action, count(*) AS n FROM said GROUP BY ALL"
    )
    assert {(row.id, row.action, row.n) for row in found.collect()} == {
        (number, "opt-out" if number in HITS else None, TIMES) for number in range(len(TEXTS))
    }


def test_a_country_that_is_none_ends_a_strict_query(rules: Matcher, frame: DataFrame) -> None:
    strict = spark.match(frame, rules, text="body", country_column="country", strict=True)
    with pytest.raises(Exception, match="country code: 'XX'"):
        strict.collect()


def test_what_cannot_be_decided_is_refused_on_the_driver(rules: Matcher, frame: DataFrame) -> None:
    with pytest.raises(
        ValueError, match="no columns are `text`; there are `body`, `country`, `id`"
    ):
        spark.match(frame, rules)
    with pytest.raises(ValueError, match="the column `id` is of int, not of string"):
        spark.match(frame, rules, text="id")
    with pytest.raises(ValueError, match="there is a column `id` already"):
        spark.match(frame, rules, text="body", output="id")
    data = bytearray(rules.to_bytes())
    data[len(data) // 2] ^= 1
    with pytest.raises(ArtefactError):
        spark.match(frame, bytes(data), text="body")


def test_a_worker_refuses_an_artefact_of_another_digest(rules: Matcher) -> None:
    with pytest.raises(ValueError, match="not 00"):
        worker.loaded("00", rules.to_bytes)


def test_a_scan_on_the_cluster_counts_what_one_in_this_process_does(
    session: SparkSession, tmp_path: Path
) -> None:
    assert session.version
    folder = tmp_path / "inbound"
    folder.mkdir()
    rows = {
        "Body": ["STOP", "Please stop texting me", None, "hello 5551234", "no more texts"] * 40,
        "country": ["US", "Germany", "Atlantis", None, "MX"] * 40,
        "sent": ["2026-11-16T09:00:00Z", "2026-11-24", "never", None, "2026-11-24"] * 40,
        "handled": ["STOP", None, None, "STOP", "no"] * 40,
    }
    table = pa.table(rows)
    files = [str(folder / f"{number}.parquet") for number in range(3)]
    for file in files:
        parquet.write_table(table, file, row_group_size=50)
    options = [
        *("--country-column", "country", "--date-column", "sent", "--already", "handled"),
        *("--country", "US", "--column", "body"),
    ]

    rules = tmp_path / "rules.optoutc"
    phrases = 'opt-out { phrases "stop texting", "no more texts" }'
    rules.write_bytes(Matcher(program(phrases)).to_bytes())

    here = optout("scan", rules, *files, *options)
    there = optout("scan", rules, *files, *options, "--engine", "spark")

    assert there.output == here.output
    assert there.exit_code == here.exit_code == 1
    assert "opt-out" in there.output


def test_a_scan_on_the_cluster_says_what_is_wrong(session: SparkSession, tmp_path: Path) -> None:
    assert session.version
    rules, file = tmp_path / "rules.optoutc", tmp_path / "a.parquet"
    rules.write_bytes(Matcher(program("")).to_bytes())
    parquet.write_table(pa.table({"words": ["STOP"]}), file)
    wrong = optout("scan", rules, file, "--engine", "spark", "--column", "wrods")
    assert (wrong.exit_code, "did you mean `words`?" in wrong.stderr) == (2, True)
    absent = optout("scan", rules, tmp_path / "b.parquet", "--engine", "spark")
    assert absent.exit_code == 3
    assert "cannot use" in absent.stderr
    assert "PATH_NOT_FOUND" in absent.stderr


def test_the_example_of_the_page_runs(
    session: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.optoutc").write_bytes(
        Matcher(program("country MX { opt-out { keywords CANCELAR } }")).to_bytes()
    )
    table = {
        "id": [1, 2, 3, 4],
        "body": ["STOP", "see you at 8", None, "Cancelar"],
        "country": ["US", "US", "MX", "MX"],
    }
    parquet.write_table(pa.table(table), tmp_path / "inbound.parquet")
    page = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
    (example,) = [each for each in fenced(page, "python") if "session." in each]
    example = example.replace('"inbound.parquet"', repr(str(tmp_path / "inbound.parquet")))
    exec(compile(example, "docs/batch.md", "exec"), {"session": session})  # noqa: S102
