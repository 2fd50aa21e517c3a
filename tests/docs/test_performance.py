"""docs/performance.md is what the newest record says, and the definitions are whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.speed.compare import main as compare_main
from benchmarks.speed.compare import print_ratios
from benchmarks.speed.definition import Definition, Goal, definitions
from benchmarks.speed.kinds.registry import KINDS
from benchmarks.speed.measurement import Measurement, Record, latest, read, written
from benchmarks.speed.page import PAGE, page
from benchmarks.speed.pictures import IMAGES, PICTURES, Picture
from benchmarks.speed.race import Outcome, WrongCountError, compared, race
from benchmarks.speed.run import main as run_main


@pytest.fixture(scope="module")
def record() -> Record:
    return latest()


def test_the_page_is_what_the_newest_record_says(record: Record) -> None:
    assert page(record) == PAGE.read_text(encoding="utf-8"), "run `python -m benchmarks.speed.page`"


@pytest.mark.parametrize("picture", PICTURES, ids=lambda each: each.file)
def test_a_picture_is_of_the_record_of_the_page(record: Record, picture: Picture) -> None:
    assert record.name in (IMAGES / picture.file).read_text(encoding="utf-8")


def test_a_record_is_read_as_it_was_written(record: Record, tmp_path: Path) -> None:
    assert read(written(record, tmp_path)) == record


def test_every_definition_has_a_kind_and_measurements(record: Record) -> None:
    for definition in definitions().all:
        assert definition.kind in KINDS
        if not definition.apart and definition.kind != "samples":  # there may be no perf
            assert record.of(definition.name), definition.name


def test_every_goal_is_of_a_contestant_that_was_measured(record: Record) -> None:
    for definition in definitions().all:
        if not definition.apart:
            measured = {each.contestant for each in record.of(definition.name)}
            assert definition.goals.keys() <= measured, definition.name


def test_a_goal_that_is_missed_reads_so_on_the_page(record: Record) -> None:
    place = ("call/exact/mix", "compiled")
    rows = (
        replace(each, value=99.0) if (each.definition, each.contestant) == place else each
        for each in record.measurements
    )
    text = page(replace(record, measurements=tuple(rows)))
    row = next(line for line in text.splitlines() if "the mix: compiled | 99" in line)
    assert "**missed**" in row


@pytest.mark.parametrize(
    ("goal", "value", "verdict"),
    [
        (Goal(2, 1), 2.1, "missed"),
        (Goal(2, 1), 2, "kept"),
        (Goal(2, 1), 1, "stretch"),
        (Goal(2), 0.1, "kept"),
        (Goal(3, 6, higher=True), 2.9, "missed"),
        (Goal(3, 6, higher=True), 3, "kept"),
        (Goal(3, 6, higher=True), 7, "stretch"),
    ],
)
def test_a_goal_is_kept_or_missed_as_its_direction_says(
    goal: Goal, value: float, verdict: str
) -> None:
    assert goal.verdict(value) == verdict


def definition(**counts: int) -> Definition:
    return Definition("x", "call", "call", "x", repeats=3, counts=counts)


def test_a_fast_wrong_answer_ends_the_race() -> None:
    with pytest.raises(WrongCountError, match="fast counted 2, not 1"):
        race(
            definition(slow=1, fast=1),
            {"slow": lambda _: Outcome(9, 1), "fast": lambda _: Outcome(1, 2)},
        )


def test_a_ratio_is_the_median_of_the_repeats_ratios() -> None:
    costs = {1: (1.0, 2.0), 2: (10.0, 30.0), 3: (100.0, 400.0)}
    outcomes = race(
        definition(),
        {"N": lambda turn: Outcome(costs[turn][0]), "ours": lambda turn: Outcome(costs[turn][1])},
        warm=False,
    )
    rows = compared(definition(), outcomes, first="N", unit="× N", absolute=(10, "ns"))
    assert [(each.contestant, each.value, each.absolute) for each in rows] == [
        ("N", 1.0, 1.0),
        ("ours", 3.0, 3.0),
    ]


def test_a_comparison_marks_what_is_more_than_noise(capsys: pytest.CaptureFixture[str]) -> None:
    def turn(*values: float, count: int = 50) -> Record:
        names = ("compiled", "pure")
        rows = (
            Measurement("call/exact/mix", name, "× N", value, value - 0.1, value + 0.1, count=count)
            for name, value in zip(names, values, strict=True)
        )
        return replace(latest(), measurements=tuple(rows))

    print_ratios([turn(1.0, 10.0), turn(1.1, 14.0)], [turn(2.0, 12.0, count=51), turn(2.1, 12.0)])
    lines = capsys.readouterr().out.splitlines()
    assert "1.95" in lines[1]
    assert lines[1].endswith("*  found 50 before, 51 here")
    assert "1.00" in lines[2]
    assert "*" not in lines[2]


def test_what_a_comparison_needs_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["compare", ""])
    with pytest.raises(SystemExit):
        compare_main()
    assert "make bench-compare BASE=REV" in capsys.readouterr().err


def test_a_record_of_a_part_would_make_no_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["run", "--record", "--only", "call/"])
    with pytest.raises(SystemExit):
        run_main()
    assert "would not make a page" in capsys.readouterr().err


@pytest.mark.slow
def test_a_definition_that_is_named_is_measured_alone_and_its_counts_are_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = tmp_path / "record.json"
    command = ["run", "--only", "country/exact", "--repeats", "1", "--json", str(result)]
    monkeypatch.setattr("sys.argv", command)
    run_main()
    made = read(result)
    assert made.quick
    assert [(each.contestant, each.count) for each in made.measurements] == [
        ("the base", 50),
        ("the country", 50),
    ]
