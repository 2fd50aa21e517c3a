"""Match with a core that was built with sanitizers: `python -m tests.fuzz.sanitized CORE`; `sanitize` starts it."""

from __future__ import annotations

import argparse
import ctypes
import sys
import time
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from itertools import cycle
from pathlib import Path
from random import Random
from types import ModuleType

MODULE = "optoutlang.runtime.native.prefilter"
CASES = Path(__file__).parents[1] / "runtime" / "matcher" / "cases"


class Core(MetaPathFinder):
    """Finds the compiled core in another place than beside its source."""

    def __init__(self, path: str) -> None:
        self._path = path

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002  # the protocol's
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Return where the core is, if it is asked for."""
        return spec_from_file_location(fullname, self._path) if fullname == MODULE else None


def overflow() -> None:
    """Write behind the end of a block: a sanitizer that is there ends the process."""
    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    ctypes.memset(library.malloc(8), 0, 9)


def fuzz(core: str, world: str, *, seconds: int, seed: int) -> None:
    """Match fuzzed messages, and hostile ones, one by one, as lists and as columns."""
    sys.meta_path.insert(0, Core(core))
    from optoutlang.runtime import native  # noqa: PLC0415  # its core is ours now

    assert native.prefilter.__file__ == core
    counts = {"messages": 0, "decided": 0}
    rulesets = turns(world, Random(seed))  # noqa: S311  # no secret
    end = time.monotonic() + seconds
    for number, turn in enumerate(cycle(rulesets), start=1):
        decided, messages = turn()
        counts["messages"] += messages
        counts["decided"] += decided
        if time.monotonic() > end and number >= len(rulesets):
            break
    assert counts["decided"], "nothing was decided, so little was run"
    sys.stdout.write(
        f"sanitized core: {counts['messages']:,} messages, {counts['decided']:,} decided, "
        "nothing seen by AddressSanitizer or UBSan\n"
    )


def turns(world: str, random: Random) -> Sequence[Callable[[], tuple[int, int]]]:
    """Return what matches some messages, for each ruleset: those of the matcher's cases, and `world`."""
    from optoutlang.runtime.matcher import Matcher  # noqa: PLC0415
    from tests.builders.rulesets import ruleset_of  # noqa: PLC0415
    from tests.fuzz.sanitized_turn import Turn, matcher_of  # noqa: PLC0415

    sources = [each / "rules.optout" for each in sorted(CASES.iterdir()) if each.is_dir()]
    small = [matcher_of(ruleset_of((each.name, each.read_text("utf-8")))) for each in sources]
    large = Matcher.from_bytes(Path(world).read_bytes())
    return [Turn(each, random) for each in (*small, large)]


def main() -> None:
    """Fuzz, or show that the sanitizer is there."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.sanitized")
    parser.add_argument("core", nargs="?")
    parser.add_argument("world", nargs="?", help="its artefact")
    parser.add_argument("--overflow", action="store_true")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.overflow:
        overflow()
    else:
        fuzz(options.core, options.world, seconds=options.seconds, seed=options.seed)


if __name__ == "__main__":
    main()
