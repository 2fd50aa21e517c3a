"""Fuzz the targets one after the other: `python -m tests.fuzz.run --corpus FOLDER [--seconds N] [TARGET …]`.

Each target gets the same seconds. What it learns stays in the corpus folder,
so that the next run goes on from there; what breaks a law is written below
tests/fuzz/findings, where the test suite finds it. Exit 1 then.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.laws import LAWS
from tests.fuzz.seeds import FINDINGS, LONGEST, dictionary, seeds

TIMEOUT = 30
"""After so many seconds, one input counts as a finding: everything here takes milliseconds."""

_EXECUTIONS = re.compile(r"stat::number_of_executed_units:\s+(\d+)")
_COVERAGE = re.compile(r"\bcov: (\d+)")


@dataclass(frozen=True, slots=True)
class Run:
    """How one target went: executions, branches reached, and the files of what broke its law."""

    target: str
    executions: int
    coverage: int
    findings: tuple[Path, ...]
    log: str


def fuzz(target: str, *, seconds: int, corpus: Path) -> Run:
    """Fuzz one target in a process of its own."""
    learnt, given = corpus / target, corpus / f"{target}.seeds"
    kept = FINDINGS / target
    for folder in (learnt, given, kept):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (given / f"{number:05}").write_bytes(seed)
    words = corpus / "words.dict"
    words.write_text(dictionary(), encoding="ascii")
    before = set(kept.iterdir())
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzz.target", target, str(learnt), str(given)),
            *(f"-max_total_time={seconds}", f"-max_len={LONGEST[target]}", f"-timeout={TIMEOUT}"),
            *(f"-dict={words}", f"-artifact_prefix={kept}/", "-print_final_stats=1"),
        ],
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
        check=False,
        text=True,
        errors="replace",
    )
    return Run(
        target,
        executions=_last(_EXECUTIONS, done.stdout),
        coverage=_last(_COVERAGE, done.stdout),
        findings=tuple(sorted(set(kept.iterdir()) - before)),
        log=done.stdout,
    )


def _last(pattern: re.Pattern[str], log: str) -> int:
    return int((pattern.findall(log) or ["0"])[-1])


def main() -> int:
    """Fuzz what the command line says, and print a line for each target."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(LAWS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--corpus", type=Path, required=True, help="where to keep what was learnt")
    options = parser.parse_args()
    unknown = set(options.targets) - LAWS.keys()
    if unknown:
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    if find_spec("atheris") is None:
        parser.error("atheris is not installed: pip install '.[fuzz]'")
    broken = 0
    for target in options.targets or LAWS:
        run = fuzz(target, seconds=options.seconds, corpus=options.corpus)
        # No execution at all is a fault of the set-up, and no success.
        broken += len(run.findings) or not run.executions
        sys.stdout.write(
            f"{target:8} {run.executions:>10,} executions {run.coverage:>7,} branches"
            f" {len(run.findings):>3} findings\n"
        )
        if run.findings or not run.executions:
            sys.stdout.write(f"{run.log[-6000:]}\n")
        sys.stdout.flush()
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
