"""Blind rounds: messages written without knowledge of the rules, counted once before anybody read them.

Run as `python -m benchmarks.blind` to see which rounds have no first count, and with `--count ROUND` to keep it in
benchmarks/data/blind/first_counts.jsonl. A round is counted once: what is done with its rows afterwards is development.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpora import DATA, labelled
from optoutlang import Matcher
from optoutlang.analysis.corpus.measure import Measured, Verdict, measure
from optoutlang.analysis.corpus.share import Share
from optoutlang.interfaces.cli.inputs.matcher import load_matcher_or_exit
from optoutlang.interfaces.reports.figures import percent
from optoutlang.interfaces.reports.markdown import markdown_table

FOLDER = DATA / "blind"
COUNTS = FOLDER / "first_counts.jsonl"
RULES = str(Path(__file__).parent / "rules/world-similar.optout")
"""`world`, and what `suggest similar` adds to it without deciding anything."""

HEAD = """\
## Blind

Messages that were written without knowledge of the rules, in rounds, and counted once before a rule's author read them
(benchmarks/data/blind/README.md). **first** is that count: what to expect of messages that nobody has seen. **now** is
the same rows under the rules of today, after they were read: a fit, as everything below on this page is. Rounds 1 to 9
were counted without `suggest similar`, so that nothing could be suggested in them; from round 10 on with it.
"""


@dataclass(frozen=True, slots=True)
class Count:
    """Figures of some rows: `heard` and `suggested` of those that want an opt-out, `quiet` of the near misses."""

    opt_outs: int
    heard: int
    suggested: int
    near_misses: int
    quiet: int
    suggested_wrongly: int


def rounds() -> list[Path]:
    """Return the files of the rounds, in their order."""
    return sorted(
        FOLDER.glob("round*.jsonl"), key=lambda path: int(path.stem.removeprefix("round"))
    )


def count(measured: Sequence[Measured]) -> Count:
    """Return the figures of some rows."""
    wanting = [each for each in measured if each.row.expect is not None]
    quiet = [each for each in measured if each.row.expect is None]
    return Count(
        opt_outs=len(wanting),
        heard=sum(each.verdict is Verdict.RIGHT for each in wanting),
        suggested=sum(each.suggested_rightly for each in wanting),
        near_misses=len(quiet),
        quiet=sum(each.verdict is Verdict.RIGHT for each in quiet),
        suggested_wrongly=sum(each.suggested_wrongly for each in quiet),
    )


def counts(matcher: Matcher, path: Path) -> dict[str, dict[str, Count]]:
    """Return the figures of a round: of `all`, and by `language` (with its country) and `class`."""
    measured = measure(matcher, labelled(path))
    groups: dict[str, dict[str, list[Measured]]] = {"all": {}, "language": {}, "class": {}}
    for each in measured:
        row = each.row
        names = {
            "all": "all",
            "language": f"{row.language}-{row.country}",
            "class": row.field("class"),
        }
        for field, name in names.items():
            groups[field].setdefault(name, []).append(each)
    return {
        field: {name: count(rows) for name, rows in each.items()} for field, each in groups.items()
    }


def first_counts() -> dict[str, dict[str, dict[str, Count]]]:
    """Return the first counts that were kept, by round."""
    lines = COUNTS.read_text("utf-8").splitlines() if COUNTS.exists() else []
    return {
        row["round"]: {
            field: {name: Count(**each) for name, each in groups.items()}
            for field, groups in row["counts"].items()
        }
        for row in map(json.loads, lines)
    }


def keep(matcher: Matcher, path: Path) -> None:
    """Count a round for the first time, and keep the figures."""
    groups = counts(matcher, path)
    row = {
        "round": path.stem,
        "counted": datetime.now(tz=UTC).date().isoformat(),
        "digest": matcher.digest,
        "counts": {
            field: {
                name: {slot: getattr(each, slot) for slot in Count.__slots__}
                for name, each in groups[field].items()
            }
            for field in groups
        },
    }
    with COUNTS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def blind_section(matcher: Matcher) -> list[str]:
    """Return the section of the page about the rounds: all, then the last round by language and by class."""
    first = first_counts()
    paths = [path for path in rounds() if path.stem in first]
    if not paths:
        return []
    now = {path.stem: counts(matcher, path) for path in paths}
    last = paths[-1].stem
    lines = [HEAD, *_rounds(first, now)]
    for field in ("class", "language"):
        lines += ["", f"{last}, by {field}:", "", *_groups(field, first[last], now[last])]
    return lines


Groups = dict[str, dict[str, Count]]


def _rounds(first: dict[str, Groups], now: dict[str, Groups]) -> Iterator[str]:
    heading = (
        *("round", "opt-outs heard, first", "heard or suggested, first", "heard, now"),
        *("near misses left alone, first", "suggested, first", "left alone, now"),
    )
    rows = []
    for name in now:
        then, today = first[name]["all"]["all"], now[name]["all"]["all"]
        rows.append(
            (
                name,
                percent(Share(then.heard, then.opt_outs)),
                percent(Share(then.heard + then.suggested, then.opt_outs)),
                percent(Share(today.heard, today.opt_outs)),
                percent(Share(then.quiet, then.near_misses)),
                percent(Share(then.suggested_wrongly, then.near_misses)),
                percent(Share(today.quiet, today.near_misses)),
            )
        )
    yield from markdown_table(heading, rows)


def _groups(field: str, first: Groups, now: Groups) -> Iterator[str]:
    heading = (field, "opt-outs heard, first", "now", "near misses left alone, first", "now")
    rows = []
    for name in sorted(first[field]):
        then, today = first[field][name], now[field].get(name, Count(0, 0, 0, 0, 0, 0))
        rows.append(
            (
                name,
                _of(then.heard, then.opt_outs),
                _of(today.heard, today.opt_outs),
                _of(then.quiet, then.near_misses),
                _of(today.quiet, today.near_misses),
            )
        )
    yield from markdown_table(heading, rows)


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole}" if whole else "-"


def main() -> None:
    """Print which rounds were counted, or count one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", metavar="ROUND", help="count a round for the first time")
    options = parser.parse_args()
    known = first_counts()
    if options.count is None:
        for path in rounds():
            print(path.stem, "counted" if path.stem in known else "not counted yet")
        return
    path = FOLDER / f"{options.count}.jsonl"
    if options.count in known:
        sys.exit(f"{options.count} was counted before; a second count is no first one")
    if not path.exists():
        sys.exit(f"no such round: {path}")
    keep(load_matcher_or_exit(RULES), path)


if __name__ == "__main__":
    main()
