"""Compare compile, load and match with `text.strip().upper() in KEYWORDS`, all in one run.

Run as `python benchmarks/run.py [--rounds N] [--record]`. Every round measures
all contestants one after the other, on texts made anew; a ratio is the median
of the rounds' ratios, so that a slow moment strikes both sides. A wrong count
ends the run with exit code 1: a fast wrong answer is none.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import sys
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter_ns

import optoutlang
from optoutlang.runtime.program.artefact import write

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: nanoseconds for one operation, and how many naive answers that time is worth."""

    name: str
    ns: float
    ratio: float
    found: str


class WrongCountError(Exception):
    """A contestant's answers are not the expected ones, whatever its speed."""


def main() -> None:
    """Measure, print the table, and keep it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often everything is measured")
    parser.add_argument(
        "--record", action="store_true", help="keep the result in benchmarks/records"
    )
    options = parser.parse_args()
    try:
        results = measured(options.rounds)
    except WrongCountError as error:
        sys.exit(f"wrong answer: {error}")
    print(table(results))
    if options.record:
        print(f"\nkept in {record(results, options.rounds)}")


def measured(rounds: int) -> list[Result]:
    """Return the results of all definitions."""
    definitions = tomllib.loads((HERE / "definitions.toml").read_text("utf-8"))
    results = []
    for case in definitions["match"]:
        results += matched(case, rounds)
    for case in definitions["build"]:
        results += built(case, rounds)
    return results


def matched(case: dict[str, object], rounds: int) -> list[Result]:
    """Measure one message at a time, both ways."""
    matcher = optoutlang.load(HERE / "rules" / f"{case['rules']}.optout")
    texts = (HERE / "haystacks" / f"{case['haystack']}.txt").read_text("utf-8").splitlines()
    country = None if "country" not in case else str(case["country"])
    naively = naive(matcher)

    def ours(text: str) -> bool:
        return matcher.match(text, country=country) is not None

    name = f"{case['haystack']}, {case['rules']}{f' in {country}' if country else ''}"
    times: list[tuple[int, int]] = []
    for _ in range(rounds):
        counts, took = zip(*(answered(each, texts) for each in (naively, ours)), strict=True)
        if counts != (case["naive"], case["found"]):
            raise WrongCountError(f"{name}: found {counts[1]}, naive {counts[0]}")
        times.append((took[0], took[1]))
    unit, ns = (median(each) / len(texts) for each in zip(*times, strict=True))
    ratio = median(mine / theirs for theirs, mine in times)
    found, total = f"{case['found']}", len(texts)
    return [
        Result(f"naive, {name}", unit, 1.0, f"{case['naive']} of {total}"),
        Result(f"match, {name}", ns, ratio, f"{found} of {total}"),
    ]


def naive(matcher: optoutlang.Matcher) -> Callable[[str], bool]:
    """Return what most services run: it knows the same keywords as spelt, and nothing else."""
    keywords = {
        origin.spelling.upper()
        for meaning in matcher.program.base.keywords.values()
        if meaning is not None
        for origin in meaning.origins
    }

    def answer(text: str) -> bool:
        return text.strip().upper() in keywords

    return answer


def answered(answer: Callable[[str], bool], texts: Sequence[str]) -> tuple[int, int]:
    """Return how many texts get an answer, and the nanoseconds that took; no text brings a cached hash along."""
    fresh = [f"{text} "[:-1] for text in texts]
    gc.disable()
    begin = perf_counter_ns()
    count = sum(map(answer, fresh))
    took = perf_counter_ns() - begin
    gc.enable()
    return count, took


def built(case: dict[str, object], rounds: int) -> list[Result]:
    """Measure compiling a source file and loading its artefact, in naive answers to `STOP`."""
    source = HERE / "rules" / f"{case['rules']}.optout"
    matcher = optoutlang.load(source)
    base = matcher.program.base
    sizes = {
        "keywords": len(base.keywords),
        "phrases": len(base.phrases),
        "countries": len(matcher.countries),
    }
    for name, size in sizes.items():
        if size != case[name]:
            raise WrongCountError(f"{case['rules']}: {size} {name}")
    found = ", ".join(f"{size} {name}" for name, size in sizes.items())
    with tempfile.TemporaryDirectory() as folder:
        artefact = Path(folder) / "rules.optoutc"
        write(matcher.program, artefact)
        found_loaded = f"{artefact.stat().st_size} bytes"
        return [
            loaded(f"compile, {case['rules']}", source, naive(matcher), rounds, found),
            loaded(f"load, {case['rules']}", artefact, naive(matcher), rounds, found_loaded),
        ]


def loaded(
    name: str, path: Path, naively: Callable[[str], bool], rounds: int, found: str
) -> Result:
    """Measure how long it takes to have a matcher of a file."""
    times = []
    for _ in range(rounds):
        unit = answered(naively, ["STOP"] * 1_000)[1] / 1_000
        begin = perf_counter_ns()
        optoutlang.load(path)
        times.append((perf_counter_ns() - begin, unit))
    ns = median(took for took, _ in times)
    return Result(name, ns, median(took / unit for took, unit in times), found)


def table(results: Sequence[Result]) -> str:
    """Return the results as text."""
    lines = [f"{'':44}{'time':>12}{'naive answers':>16}   found"]
    for each in results:
        time = f"{each.ns:,.0f} ns" if each.ns < 100_000 else f"{each.ns / 1e6:,.2f} ms"
        lines.append(f"{each.name:44}{time:>12}{each.ratio:>16,.2f}   {each.found}")
    return "\n".join(lines)


def record(results: Sequence[Result], rounds: int) -> Path:
    """Write the results with what they were measured on, and return the file."""
    now = datetime.now(UTC)
    path = HERE / "records" / f"{now:%Y-%m-%dT%H%M%SZ}.json"
    content = {
        "when": now.isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "versions": {name: version(name) for name in ("optoutlang", "pyahocorasick")},
        "rounds": rounds,
        "results": [asdict(each) for each in results],
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    main()
