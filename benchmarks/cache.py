"""CPU seconds of commands on rules with natural wording: without a cache, with an empty one, and with a full one.

Prints a table; fails if a command says something else with the cache than without.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

RULES = """\
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
COMMANDS = (
    ("check", "votes.optout"),
    ("test", "votes.optout"),
    ("match", "votes.optout", "no more votes"),
    ("match", "natural", "hi"),
)
EDITED = "edited"


def cpu(arguments: tuple[str, ...], folder: Path, cache: Path) -> tuple[float, bytes]:
    """Run a command; return its user and system time in seconds, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "optoutlang", *arguments],
        cwd=folder,
        env={**os.environ, "OPTOUT_CACHE_DIR": str(cache)},
        capture_output=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return used, done.stdout


def main() -> None:
    """Print a line for each command: seconds without, first, second and after an edit, and the ratio."""
    print(
        f"{'command':<42} {'without':>8} {'first':>8} {'second':>8} {'edited':>8}   second/without"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rules = folder / "votes.optout"
        for number, arguments in enumerate(COMMANDS):
            cache = folder / f"cache{number}"
            rules.write_text(RULES, encoding="utf-8")
            without, expected = cpu((*arguments, "--no-cache"), folder, cache)
            first, said = cpu(arguments, folder, cache)
            second, again = min(cpu(arguments, folder, cache) for _ in range(3))
            assert said == again == expected, arguments  # noqa: S101
            rules.write_text(f"{RULES}# {EDITED}\n", encoding="utf-8")
            edited, _ = cpu(arguments, folder, cache)
            line = " ".join(("optout", *arguments))
            print(
                f"{line:<42} {without:>8.2f} {first:>8.2f} {second:>8.2f} {edited:>8.2f}   {second / without:.2f}"
            )


if __name__ == "__main__":
    main()
