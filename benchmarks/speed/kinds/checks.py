"""How the time of `optout check` grows with broken files, and what large sound files cost."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.speed.definition import Definition
from benchmarks.speed.measurement import Measurement
from benchmarks.speed.parquet_reader import peak_kilobytes
from benchmarks.speed.race import WrongCountError, spread, timed
from benchmarks.speed.rulesets import Rulesets, keywords
from optoutlang.language.diagnostics import text
from optoutlang.language.driver.compile import check_path, check_text
from optoutlang.language.model.statement import Claim

SIZES = (1_000, 4_000)


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken file of any size, and how many findings it has."""

    name: str
    write: Callable[[int], str]
    findings: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Large:
    """A large file, and how many findings and claimed keywords it has."""

    name: str
    write: Callable[[], str]
    findings: int
    keywords: int


BROKEN = (
    Broken("unclosed blocks", lambda n: "country MX {\n" * n, lambda _: 1),
    Broken("unclosed blocks on a line", lambda n: "country MX { " * n, lambda _: 1),
    Broken("closing braces on a line", lambda n: "} " * n, lambda n: n),
    Broken("unknown statements", lambda n: "help {\n" + "  frob stop\n" * n + "}", lambda n: n),
    Broken("missing commas", lambda n: "help {\n" + "  keywords a b\n" * n + "}", lambda n: n),
    Broken("unclosed strings", lambda n: 'filler "a\n' * n, lambda n: n),
)
LARGE = (
    Large("100,000 keywords", lambda: keywords(100_000), 0, 100_000),
    Large("245,760 phrase readings", lambda: phrases(60), 0, 0),
    Large("a keyword of 10 MB", lambda: f"opt-out {{ keywords {'a' * 10_000_000} }}", 1, 0),
)


def phrases(count: int) -> str:
    """Return the source of a ruleset with phrases that stand for 4,096 texts each."""

    def phrase(number: int) -> str:
        choices = (f"(a{number}x{place}|b{number}x{place})" for place in range(12))
        return f'"p{number} {" ".join(choices)}"'

    return f"opt-out {{ phrases {', '.join(map(phrase, range(count)))} }}"


def measure_broken(definition: Definition, _: Rulesets) -> list[Measurement]:
    """Check broken files of two sizes and show the findings: how many times a unit costs in the larger one."""
    made = []
    for broken in BROKEN:
        ratios = []
        for _repeat in range(definition.repeats):
            small, large = (took(broken, size) / size for size in SIZES)
            ratios.append(large / small)
        made.append(spread(definition, broken.name, "× a unit's time", ratios))
    return made


def took(broken: Broken, size: int) -> float:
    """Return the processor time of checking a broken file and showing what is wrong with it."""
    source = broken.write(size)

    def work() -> int:
        found = check_text(source).diagnostics
        text.render(found)
        return sum(each.code.id.startswith("O0") for each in found)

    outcome = timed(work, time.process_time_ns)
    if outcome.count != broken.findings(size):
        raise WrongCountError(f"{broken.name} has {outcome.count} findings")
    return outcome.cost


def measure_sound(definition: Definition, _: Rulesets) -> list[Measurement]:
    """Check large files, each in a process of its own: processor time and peak of memory."""
    made = []
    for large in LARGE:
        with TemporaryDirectory() as folder, get_context("spawn").Pool(1) as pool:
            path = Path(folder, "large.optout")
            path.write_text(large.write(), encoding="utf-8")
            findings, claimed, seconds, megabytes = pool.apply(checked, (path,))
        if (findings, claimed) != (large.findings, large.keywords):
            raise WrongCountError(f"{large.name}: {findings} findings, {claimed} keywords")
        made.append(spread(definition, large.name, "s", [seconds]))
        made.append(spread(definition, f"{large.name}: memory", "MB", [megabytes]))
    return made


def checked(path: Path) -> tuple[int, int, float, float]:
    """Return findings, keywords of the file, processor seconds of this process, and its megabytes."""
    result = check_path(path)
    text.render(result.diagnostics)
    claims = result.ruleset.of(Claim) if result.ruleset else ()
    own = sum(each.place.source.name == path.name for each in claims)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return len(result.diagnostics), own, usage.ru_utime, peak_kilobytes() * 1024 / 1e6
