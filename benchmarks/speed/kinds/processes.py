"""What a process of its own costs: starting, loading, compiling, and the memory that it keeps.

Costs are processor time, in user and system mode, as the kernel counts them for a child.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.speed.definition import Definition
from benchmarks.speed.measurement import Measurement
from benchmarks.speed.race import Contestant, Outcome, compared, race, spread
from benchmarks.speed.rulesets import RULES, Rulesets, keywords

PASS = "python -c pass"  # noqa: S105  # the command

NO_BYTE_CODE = "PYTHONDONTWRITEBYTECODE"
"""Where this is set, modules are compiled anew in each process: no figure of a start that a user knows."""
MEGABYTE = 1_000_000

MEMORY = """
import gc, re, sys
from pathlib import Path
from optoutlang import load
def resident():
    gc.collect()
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
before = resident()
kept = load(sys.argv[1])
if sys.argv[2:]:
    kept.prepare()
print(resident() - before)
"""
LOADED = """
import json, sys, time
from pathlib import Path
from optoutlang import Matcher  # before the clock runs: a name is imported when it is first used
data = Path(sys.argv[1]).read_bytes()
begin = time.process_time_ns()
if sys.argv[2] == "json":
    found = [json.loads(line) for line in data.split(b"\\n")[2:]]
else:
    found = Matcher.from_bytes(data)
    if sys.argv[2] == "prepared":
        found.prepare()
print(time.process_time_ns() - begin)
"""
COMPILED = """
import re, sys, time
from pathlib import Path
import optoutlang
source = sys.argv[1]
begin = time.process_time_ns()
optoutlang.load(source if source == "world" else Path(source))
took = time.process_time_ns() - begin
print(took, int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024)
"""


def measure_start(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Compare whole processes with `python -c pass`."""
    small, world = str(rulesets.artefact("exact")), str(rulesets.artefact("world"))
    contestants: dict[str, Contestant] = {
        PASS: started("-c", "pass"),
        "import optoutlang": started("-c", "import optoutlang"),
        "optout match small.optoutc STOP": started("-m", "optoutlang", "match", small, "STOP"),
        "optout match world.optoutc STOP": started("-m", "optoutlang", "match", world, "STOP"),
    }
    outcomes = race(definition, contestants)
    return compared(definition, outcomes, first=PASS, unit="× pass", absolute=(1e6, "ms"))


def started(*arguments: str) -> Contestant:
    """Return a contestant that runs Python and takes the processor time of the child."""

    def turn(_: int) -> Outcome:
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, *arguments],
            {name: value for name, value in os.environ.items() if name != NO_BYTE_CODE},
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
        )
        _, status, usage = os.wait4(child, 0)
        if status:
            raise ChildProcessError(f"python {' '.join(arguments)} ended with {status}")
        return Outcome((usage.ru_utime + usage.ru_stime) * 1e9)

    return turn


def measure_load(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Compare loading an artefact, verified, with `json.loads` of the same bytes; then the memory that is kept."""
    path = str(rulesets.artefact(definition.rules))
    contestants: dict[str, Contestant] = {
        "json.loads": lambda _: Outcome(printed(LOADED, path, "json")[0]),
        "load, verified": lambda _: Outcome(printed(LOADED, path, "ours")[0]),
        "load and prepare": lambda _: Outcome(printed(LOADED, path, "prepared")[0]),
    }
    outcomes = race(definition, contestants, warm=False)
    rows = compared(
        definition, outcomes, first="json.loads", unit="× json.loads", absolute=(1e6, "ms")
    )
    memory = [printed(MEMORY, path)[0] / MEGABYTE for _ in range(3)]
    prepared = [printed(MEMORY, path, "prepared")[0] / MEGABYTE for _ in range(3)]
    return [
        *rows,
        spread(definition, "memory", "MB", memory),
        spread(definition, "memory, prepared", "MB", prepared),
    ]


def measure_compile(definition: Definition, _: Rulesets) -> list[Measurement]:
    """Compile a pack, or a file of many keywords, in a process of its own: seconds and peak of memory."""
    with tempfile.TemporaryDirectory() as folder:
        source = definition.rules
        if definition.size:
            path = Path(folder, "keywords.optout")
            path.write_text(keywords(definition.size), encoding="utf-8")
            source = str(path)
        elif (RULES / f"{source}.optout").exists():
            source = str(RULES / f"{source}.optout")
        runs = [printed(COMPILED, source) for _ in range(definition.repeats)]
    return [
        spread(definition, "processor time", "s", [took / 1e9 for took, _ in runs]),
        spread(definition, "peak of memory", "MB", [peak / MEGABYTE for _, peak in runs]),
    ]


def printed(code: str, *arguments: str) -> list[float]:
    """Return the numbers that a process prints."""
    done = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, check=True
    )
    return [float(each) for each in done.stdout.split()]


CACHED = """\
ruleset votes language en
use "us"
use "natural"
opt-out { keywords "NO MORE VOTES" }
test "votes" {
  "no more votes"           -> opt-out
  "please stop texting me"  -> opt-out
  "hello"                   -> none
}
"""


def measure_cache(definition: Definition, _: Rulesets) -> list[Measurement]:
    """Run a command without a cache, with an empty one, a full one, and after an edit; it must say the same."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "votes.optout").write_text(CACHED, encoding="utf-8")
        arguments = definition.rules.split(" | ")
        contestants = cached(Path(folder), arguments)
        outcomes = race(definition, contestants, warm=False)
    return compared(definition, outcomes, first="without", unit="× without", absolute=(1e9, "s"))


def cached(folder: Path, arguments: list[str]) -> dict[str, Contestant]:
    """Return the turns of a command; each has a cache of its own, but for the first."""
    said: list[bytes] = []

    def run(cache: Path, *more: str) -> Outcome:
        before = os.times()
        done = subprocess.run(  # noqa: S603  # our own command
            [sys.executable, "-m", "optoutlang", *arguments, *more],
            cwd=folder,
            env={**os.environ, "OPTOUT_CACHE_DIR": str(cache)},
            stdout=subprocess.PIPE,
            check=True,
        )
        after = os.times()
        said.append(done.stdout)
        if said[0] != done.stdout:
            raise AssertionError(f"{arguments}: says something else with the cache")
        children = after.children_user + after.children_system
        return Outcome((children - before.children_user - before.children_system) * 1e9)

    full = folder / "full"
    filled: Callable[[], Outcome] = lambda: run(full)  # noqa: E731
    filled()
    return {
        "without": lambda _: run(folder / "none", "--no-cache"),
        "empty cache": lambda repeat: run(folder / f"empty{repeat}"),
        "full cache": lambda _: run(full),
    }
