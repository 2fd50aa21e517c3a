"""Where the nanoseconds of one call go: floors that no matcher can go below, and what `perf` sees."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from os import getpid
from pathlib import Path

from benchmarks.speed.definition import Definition
from benchmarks.speed.haystacks import fresh, haystack
from benchmarks.speed.kinds.call import counted
from benchmarks.speed.measurement import Measurement
from benchmarks.speed.race import Contestant, Outcome, compared, race, rounded, timed
from benchmarks.speed.rulesets import Rulesets, naive, spellings

SECONDS = 5
"""Of processor time."""

LEAST = 1.0
"""Percent; a function with fewer samples is not listed."""

SAMPLES = 2_000
"""A second."""


def measure_floors(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Measure what any answer costs on the same messages: a loop, a call, a look-up, and N without a function."""
    matcher = rulesets[definition.rules]
    known = spellings(matcher)
    table = dict.fromkeys(known)
    match = matcher.match

    def nothing(text: str) -> object:
        """Be called."""

    contestants: dict[str, Contestant] = {
        "N": over(lambda texts: sum([answer(text) for text in texts]), definition),
        "the loop alone": over(lambda texts: len([None for _ in texts]), definition),
        "an empty Python function": over(
            lambda texts: counted([nothing(text) for text in texts]), definition
        ),
        "text in a dict": over(lambda texts: sum([text in table for text in texts]), definition),
        "N without its function": over(
            lambda texts: sum([text.strip().upper() in known for text in texts]), definition
        ),
        "match of an empty text": over(
            lambda texts: counted([match("") for _ in texts]), definition
        ),
    }
    answer = naive(known)
    for rules in ("exact", "phrases", "world"):
        contestants[f"match, {rules}"] = matching(rulesets[rules].match, definition)
    outcomes = race(definition, contestants)
    per = (len(haystack(definition.haystack)), "ns")
    return compared(definition, outcomes, first="N", unit="× N", absolute=per)


def matching(match: Callable[[str], object], definition: Definition) -> Contestant:
    """Return a contestant that decides messages."""
    return over(lambda texts: counted([match(text) for text in texts]), definition)


def over(work: Callable[[list[str]], int], definition: Definition) -> Contestant:
    """Return a contestant that goes over all messages; what it counts is not looked at."""

    def turn(repeat: int) -> Outcome:
        texts = fresh(haystack(definition.haystack, repeat))
        return Outcome(timed(lambda: work(texts)).cost)

    return turn


def measure_samples(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Sample this process by `perf` while it decides messages; nothing where there is no perf (Linux)."""
    if shutil.which("perf") is None:
        print("  no perf here: no samples")
        return []
    texts = haystack(definition.haystack)
    match = rulesets[definition.rules].match
    with tempfile.TemporaryDirectory() as folder:
        data = str(Path(folder, "perf.data"))
        command = ["perf", "record", "-q", "-e", "cpu-clock", "-F", str(SAMPLES), "-o", data]
        sampler = subprocess.Popen([*command, "-p", str(getpid())], stderr=subprocess.DEVNULL)  # noqa: S603
        end = time.process_time() + SECONDS
        while time.process_time() < end:
            for text in fresh(texts):
                match(text)
        sampler.send_signal(signal.SIGINT)
        sampler.wait()
        report = [
            *("perf", "report", "-i", data, "--stdio", "--sort", "dso,symbol"),
            *("--field-separator", "|"),
        ]
        shown = subprocess.run(report, capture_output=True, text=True, check=True)  # noqa: S603
    return list(samples(definition, shown.stdout))


def samples(definition: Definition, report: str) -> list[Measurement]:
    """Return the functions of a report of perf, by their share of the samples, and all of each library."""
    made, whole = [], defaultdict[str, float](float)
    for line in report.splitlines():
        parts = [each.strip() for each in line.split("|")]
        if line.startswith("#") or len(parts) < 3:
            continue
        share = float(parts[0].removesuffix("%"))
        whole[f"{place(parts[1])}, all of it"] += share
        if share >= LEAST:
            name = f"{place(parts[1])}: {function(parts[2])}"
            made.append(Measurement(definition.name, name, "%", rounded(share), share, share))
    totals = [
        Measurement(definition.name, name, "%", rounded(share), rounded(share), rounded(share))
        for name, share in sorted(whole.items(), key=lambda each: -each[1])
        if share >= LEAST
    ]
    return totals + made


def function(symbol: str) -> str:
    """Return what a function is called in its source: Cython puts module and class before it."""
    name = symbol.removeprefix("[.] ").removeprefix("[k] ").rpartition("9prefilter_")[2]
    return re.sub(r"^\d+([A-Za-z]+)_", r"\1.", name)


def place(library: str) -> str:
    """Return what a library is called for readers."""
    if library.startswith("prefilter"):
        return "core"
    return "Python" if "python" in library else library.partition(".")[0]
