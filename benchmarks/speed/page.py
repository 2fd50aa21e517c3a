"""Write docs/performance.md and its pictures from a record: `python -m benchmarks.speed.page`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from benchmarks.speed import pictures
from benchmarks.speed.definition import Definition, Definitions, Section, definitions, title
from benchmarks.speed.measurement import Measurement, Record, latest
from optoutlang.interfaces.reports.markdown import markdown_table

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
VERDICTS = {"stretch": "reached", "kept": "kept", "missed": "**missed**"}

HEAD = """\
# Performance

Made by `make bench` from a record in benchmarks/records; a test holds that this page is what the record says.
[benchmarks/README.md](../benchmarks/README.md) says how it is measured, benchmarks/speed/definitions.toml what, with
the counts that are right.

- **N** is `text.strip().upper() in KEYWORDS` as a function: what most services run.
- A figure is the median of the repeats' ratios, with the quartiles in brackets. Contestants take turns in one process.
- A **bar** must be kept; a *stretch* figure is what we are after. Where the bar is missed, that is what stands here.
"""


def write(record: Record) -> None:
    """Write the page and the pictures of a record."""
    pictures.draw(record)
    PAGE.write_text(page(record), encoding="utf-8")


def page(record: Record) -> str:
    """Return the page of a record."""
    known = as_measured(definitions(), record)
    parts = (
        [HEAD],
        measured_on(record),
        ["", *summary(record, known)],
        *(section(record, known, each) for each in known.sections),
    )
    return "\n".join(chain.from_iterable(parts)) + "\n"


def as_measured(known: Definitions, record: Record) -> Definitions:
    """Return the definitions in the sizes that were measured."""
    sizes = record.sizes
    sized = (replace(each, size=sizes.get(each.name, each.size)) for each in known.all)
    return Definitions(known.sections, tuple(sized))


def measured_on(record: Record) -> Iterator[str]:
    """Yield what the record was made on."""
    versions = ", ".join(f"{name} {number}" for name, number in sorted(record.versions.items()))
    busy = (
        " It was busy with other work: ratios are good to a third at best."
        if is_busy(record)
        else ""
    )
    yield f"Python {record.python}, {record.machine}. Commit {record.commit}, {record.when[:10]}."
    yield f"{record.repeats} repeats, {record.seconds / 60:.0f} minutes in all."
    yield f"Load average {record.load_before:.1f} at the beginning, {record.load_after:.1f} at the end.{busy}"
    yield from wrapped(f"Versions: {versions}.")
    for name, reason in sorted(record.absent.items()):
        yield f"Not compared: {name}, {reason}."


def is_busy(record: Record) -> bool:
    """Tell whether other work ran beside the run, which itself has one thread nearly always."""
    return max(record.load_before, record.load_after - 1) > 0.8


def wrapped(text: str, width: int = 120) -> Iterator[str]:
    """Yield a text in lines that are not too long."""
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".lstrip()
    yield line


def summary(record: Record, known: Definitions) -> Iterator[str]:
    """Yield all goals and how each was met."""
    rows, verdicts = [], []
    for definition in known.all:
        for row in record.of(definition.name):
            if goal := definition.goals.get(row.contestant):
                verdict = goal.verdict(row.value)
                verdicts.append(verdict)
                sign = "≥" if goal.higher else "≤"
                stretch = "" if goal.stretch is None else f"{sign} {goal.stretch:g}"
                what = f"{title(definition)}: {row.contestant}"
                rows.append((what, spread(row), f"{sign} {goal.bar:g}", stretch, VERDICTS[verdict]))
    missed = verdicts.count("missed")
    yield "## Goals"
    yield ""
    yield (
        f"{len(verdicts)} goals: {missed} missed, {verdicts.count('kept')} kept, "
        f"{verdicts.count('stretch')} with the stretch figure reached."
    )
    yield ""
    yield from table(("what", "measured", "bar", "stretch", ""), rows)


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table in which code and bold text stay."""
    for line in markdown_table(heading, rows):
        yield line.replace("\\`", "`").replace("\\*", "*").replace("\\_", "_")


def section(record: Record, known: Definitions, each: Section) -> Iterator[str]:
    """Yield a section: prose, picture, and a table for each definition."""
    yield ""
    yield f"## {each.heading}"
    yield ""
    yield each.prose.strip()
    for picture in pictures.PICTURES:
        if picture.section == each.name:
            yield ""
            yield f"![{picture.caption}](images/{picture.file})"
    if calls := [one for one in known.of(each) if one.kind == "call"]:
        yield ""
        yield from as_calls(record, calls)
    for definition in known.of(each):
        rows = record.of(definition.name)
        if definition.kind == "call":
            continue
        if rows:
            yield ""
            yield from LAYOUTS.get(definition.kind, as_rows)(definition, rows)
        elif not definition.apart and definition.kind != "samples":
            yield ""
            yield f"{title(definition)}: not in the record."
    if each.note:
        yield ""
        yield each.note.strip()


def as_calls(record: Record, calls: Sequence[Definition]) -> Iterator[str]:
    """Yield one table of all cases of one call."""
    heading = ("one call", "N, ns", "compiled, × N", "pure, × N", "N finds", "found")
    body = []
    for definition in calls:
        rows = {row.contestant: row for row in record.of(definition.name)}
        if rows:
            compiled, pure = (spread(rows[name]) for name in ("compiled", "pure"))
            counts = (f"{rows[name].count:,}" for name in ("N", "compiled"))
            body.append((title(definition), number(rows["N"].absolute), compiled, pure, *counts))
    yield from table(heading, body)


def as_rows(definition: Definition, rows: Sequence[Measurement]) -> Iterator[str]:
    """Yield a line for each contestant."""
    unit = rows[0].unit
    same = all(each.unit == unit for each in rows)
    absolute = next((each.absolute_unit for each in rows if each.absolute is not None), "")
    heading = [title(definition), unit if same else "measured"]
    heading += [absolute] if absolute else []
    with_count = any(each.count is not None for each in rows)
    heading += ["messages found"] if with_count else []
    body = []
    for row in rows:
        cells = [row.contestant, spread(row) if same else f"{spread(row)} {row.unit}"]
        cells += [number(row.absolute)] if absolute else []
        cells += ["" if row.count is None else f"{row.count:,}"] if with_count else []
        body.append(cells)
    yield from table(heading, body)


def as_peers(definition: Definition, rows: Sequence[Measurement]) -> Iterator[str]:
    """Yield a line for each peer: its time, and what it finds of labelled messages."""
    figures = {each.contestant: each for each in rows}
    heading = (title(definition), "× N", "ns", "found in the mix", "recall", "false alarms", "hits")
    body = []
    for name, row in figures.items():
        if ": " not in name:
            recall, alarms, hits = (
                figures[f"{name}: {what}"] for what in ("recall", "false alarms", "hits")
            )
            figure = (spread(row), number(row.absolute), f"{row.count:,}")
            body.append(
                (
                    *(name, *figure),
                    *(f"{recall.value:.1f} %", f"{alarms.value:.1f} %", f"{hits.value:.0f}"),
                )
            )
    yield from table(heading, body)


def as_curve(definition: Definition, rows: Sequence[Measurement]) -> Iterator[str]:
    """Yield a line for each size, with a column for each contestant."""
    names = list(dict.fromkeys(each.contestant for each in rows))
    sizes = sorted({each.size for each in rows if each.size is not None})
    at = {(each.contestant, each.size): each for each in rows}
    body = [(f"{size:,.0f}", *(number(at[name, size].value) for name in names)) for size in sizes]
    yield from table((f"{title(definition)}, ns", *names), body)


LAYOUTS = {
    "peers": as_peers,
    "keywords": as_curve,
    "phrases": as_curve,
    "length": as_curve,
}


def spread(row: Measurement) -> str:
    """Return a figure with its quartiles."""
    value = number(row.value)
    return value if row.low == row.high else f"{value} ({number(row.low)}–{number(row.high)})"


def number(value: float | None) -> str:
    """Return a number with three digits that count."""
    if value is None:
        return ""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


if __name__ == "__main__":
    write(latest())
