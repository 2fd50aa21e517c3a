"""Mutation testing: `python -m tests.mutation.run [--every N] [--jobs N] [MODULE …]`.

A MODULE is how a path below src/optoutlang begins. Each mutant is tried in a
process of its own. The tests of plan.toml kill it by failing, or by taking too
long; with `--every N` each N-th mutant is tried, which is a sample and says so.
Most mutants change functions alone: those are tried where all is imported and
collected (swapped.py), with the tests to which these functions matter. The others
are imported (imported.py). What stays alive is compared with survivors.toml,
which says why nothing can kill it; exit 1 if a survivor is not in it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.mutation.forks import Say, stream
from tests.mutation.imported import try_imported
from tests.mutation.plan import Part, parts
from tests.mutation.swapped import ToImport, try_swapped
from tests.mutation.verdict import Reasons, Verdict


def verdicts(part: Part, every: int, jobs: int) -> Iterator[Verdict]:
    """Try the mutants of a part, and say at once what became of each."""
    to_import: dict[Path, set[int]] = defaultdict(set)

    def swapping(say: Say[Verdict | ToImport]) -> None:
        try_swapped(part, every, jobs, say)

    for said in stream(swapping):
        if isinstance(said, Verdict):
            yield said
        else:
            to_import[said.path].add(said.number)
    for path, numbers in to_import.items():

        def importing(say: Say[Verdict], path: Path = path, numbers: set[int] = numbers) -> None:
            try_imported(part, path, numbers, jobs, say)

        yield from stream(importing)


def main() -> int:
    """Try the mutants that are wanted; print what survives, a line for each module, and the share of the killed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation.run")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="how its path begins")
    parser.add_argument("--every", type=int, default=1, help="try each N-th mutant alone")
    parser.add_argument("--jobs", type=int, default=2, help="how many are tried at once")
    options = parser.parse_args()
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    reasons = Reasons.read()
    found: list[Verdict] = []
    for part in parts(tuple(options.modules) or ("",)):
        began, here = time.monotonic(), []
        for verdict in verdicts(part, options.every, options.jobs):
            here.append(verdict)
            if reasons.column(verdict) == "unexplained":
                _print(verdict.module, verdict.change)
        _print(*reasons.table(here), f"{part.name}: {time.monotonic() - began:.0f} s\n")
        found += here
    how = "enumerated" if options.every == 1 else f"sampled, one of {options.every}"
    killed, same, _, unexplained = reasons.counts(found)
    total = len(found) - same
    share = 100 * killed / max(total, 1)
    _print(f"{killed} of {total} that mean something else are killed ({how}): {share:.1f} %")
    return 1 if unexplained else 0


def _print(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
