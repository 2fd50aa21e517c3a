"""How the time of `optout check` grows with broken files, and what large sound files cost.

Run as `python benchmarks/growth_of_checks.py [--rounds N]`. A broken file is
checked and its findings are shown at two sizes; the ratio of the times for one
unit has a bound. Large files are checked once, each in a process of its own,
whose processor time and memory have bounds, too. A wrong count of findings or
keywords, or a bound that is passed, ends the run with exit code 1.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time_ns

from optoutlang.language.diagnostics import text
from optoutlang.language.driver.compile import check_path, check_text
from optoutlang.language.model.statement import Claim

SIZES = (1_000, 4_000)
MOST_GROWTH = 2.0
"""How much longer a unit of the larger file may take than one of the smaller."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken file of any size, and how many findings it has."""

    name: str
    write: Callable[[int], str]
    findings: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Large:
    """A large file, how many findings and claimed keywords it has, and the bounds of checking it."""

    name: str
    write: Callable[[], str]
    findings: int
    keywords: int
    seconds: float
    megabytes: int


BROKEN = (
    Broken("unclosed blocks", lambda n: "country MX {\n" * n, lambda _: 1),
    Broken("unclosed blocks on a line", lambda n: "country MX { " * n, lambda _: 1),
    Broken("closing braces on a line", lambda n: "} " * n, lambda n: n),
    Broken("unknown statements", lambda n: "help {\n" + "  frob stop\n" * n + "}", lambda n: n),
    Broken("missing commas", lambda n: "help {\n" + "  keywords a b\n" * n + "}", lambda n: n),
    Broken("unclosed strings", lambda n: 'filler "a\n' * n, lambda n: n),
)

LARGE = (
    Large(
        "100,000 keywords",
        lambda: f"opt-out {{ keywords {', '.join(f'w{i}x' for i in range(100_000))} }}",
        findings=0,
        keywords=100_000,
        seconds=5,
        megabytes=500,
    ),
    Large(
        "245,760 phrase readings",
        lambda: f"opt-out {{ phrases {', '.join(map(_phrase, range(60)))} }}",
        findings=0,
        keywords=0,
        seconds=8,
        megabytes=500,
    ),
    Large(
        "a keyword of 10 MB",
        lambda: f"opt-out {{ keywords {'a' * 10_000_000} }}",
        findings=1,
        keywords=0,
        seconds=5,
        megabytes=500,
    ),
)


def _phrase(number: int) -> str:
    """Return a phrase that stands for 4,096 texts."""
    choices = " ".join(f"(a{number}x{place}|b{number}x{place})" for place in range(12))
    return f'"p{number} {choices}"'


def main() -> None:
    """Measure both and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="how often broken files are checked")
    rounds = parser.parse_args().rounds
    passed = [_grows(each, rounds) for each in BROKEN]
    print()
    passed += [_costs(each) for each in LARGE]
    if not all(passed):
        sys.exit("a bound is passed")


def _grows(broken: Broken, rounds: int) -> bool:
    """Print how the time for a unit grows, and tell whether it keeps its bound."""
    times = [[_took(broken, size) / size for size in SIZES] for _ in range(rounds)]
    small, large = (median(column) for column in zip(*times, strict=True))
    ratio = median(row[1] / row[0] for row in times)
    print(f"{broken.name:28}{small:>12,.0f} ns{large:>12,.0f} ns{ratio:>8.2f} <= {MOST_GROWTH}")
    return ratio <= MOST_GROWTH


def _took(broken: Broken, size: int) -> int:
    """Return the processor time of checking a broken file and showing what is wrong with it."""
    source = broken.write(size)
    begin = process_time_ns()
    found = check_text(source).diagnostics
    text.render(found)
    end = process_time_ns()
    errors = sum(each.code.id.startswith("O0") for each in found)
    if errors != broken.findings(size):
        sys.exit(f"wrong answer: {broken.name} has {errors} findings")
    return end - begin


def _costs(large: Large) -> bool:
    """Print what checking a large file costs, and tell whether it keeps its bounds."""
    with TemporaryDirectory() as folder, get_context("spawn").Pool(1) as pool:
        path = Path(folder, "large.optout")
        path.write_text(large.write(), encoding="utf-8")
        findings, keywords, seconds, megabytes = pool.apply(_checked, (path,))
    if (findings, keywords) != (large.findings, large.keywords):
        sys.exit(f"wrong answer: {large.name}: {findings} findings, {keywords} keywords")
    print(
        f"{large.name:28}{seconds:>8.1f} s <= {large.seconds}"
        f"{megabytes:>10,} MB <= {large.megabytes}"
    )
    return seconds <= large.seconds and megabytes <= large.megabytes


def _checked(path: Path) -> tuple[int, int, float, int]:
    """Return findings, keywords of the file, processor seconds of this process, and its megabytes."""
    checked = check_path(path)
    text.render(checked.diagnostics)
    claims = checked.ruleset.of(Claim) if checked.ruleset else ()
    own = sum(each.place.source.name == path.name for each in claims)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return len(checked.diagnostics), own, usage.ru_utime, usage.ru_maxrss // 1024


if __name__ == "__main__":
    main()
