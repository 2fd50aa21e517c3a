"""Fuzz the compiled core: `python -m tests.gate.run --messages 1000000` (or `make gate`).

One message in ten is for the pack `world`, the others are for small rulesets by turns. For each, every step that the
core rules out is asked, and the two decisions are compared; of the small rulesets every tenth message is put to the
reference interpreter too.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from random import Random

from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.driver.compile import check_path, compile_checked
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.packs import pack_path
from optoutlang.language.reference import decide
from optoutlang.runtime import native
from optoutlang.runtime.program import Program
from tests.builders.rulesets import ruleset_of
from tests.gate.gate import Gate
from tests.gate.texts import Texts

CASES = Path(__file__).parents[1] / "runtime" / "matcher" / "cases"
Found = tuple[Counter[str], list[str]]
Kind = Callable[[int, int], Found]

ROUND = 500
"""So many messages one ruleset gets before the next one has its turn."""


def main() -> int:
    """Fuzz, print what was counted and what differs; return 1 if anything does."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    if not native.IS_BUILT:
        sys.exit(
            "there is no compiled core to hold against anything: install a C compiler and the package again"
        )
    share = options.messages // options.processes
    parts = {fuzz_world: share // 10, fuzz_small: share - share // 10}
    work = [
        (kind, options.seed + number, messages)
        for kind, messages in parts.items()
        for number in range(options.processes)
    ]
    with get_context("spawn").Pool(options.processes) as pool:
        results = pool.starmap(fuzzed_by, work, chunksize=1)
    counts: Counter[str] = sum((each for each, _ in results), Counter())
    findings = [each for _, those in results for each in those]
    lines = [f"{count:>10,}  {name}" for name, count in sorted(counts.items())]
    lines += findings[:20]
    lines.append(f"{len(findings)} of {counts['messages']:,} messages differ")
    sys.stdout.write("\n".join(lines) + "\n")
    return int(bool(findings))


def fuzzed_by(kind: Kind, seed: int, messages: int) -> Found:
    """Run one share of the work."""
    return kind(seed, messages)


def fuzz_world(seed: int, messages: int) -> Found:
    """Fuzz the pack `world`."""
    program = compile_checked(check_path(pack_path("world")))
    return fuzzed(program, None, Random(seed), messages)  # noqa: S311  # no secret


def fuzz_small(seed: int, messages: int) -> Found:
    """Fuzz the rulesets of the matcher's cases by turns."""
    random = Random(seed)  # noqa: S311
    rulesets = [
        ruleset_of((f"{each.name}.optout", (each / "rules.optout").read_text("utf-8")))
        for each in sorted(CASES.iterdir())
        if each.is_dir()
    ]
    programs = [from_model(each) for each in rulesets]
    counts, findings, number = Counter[str](), list[str](), 0
    while counts["messages"] < messages:
        some = min(ROUND, messages - counts["messages"])
        place = number % len(programs)
        more, found = fuzzed(programs[place], rulesets[place], random, some)
        counts += more
        findings += found
        number += 1
    return counts, findings


def fuzzed(program: Program, ruleset: Ruleset | None, random: Random, messages: int) -> Found:
    """Fuzz one program; return what was counted and a line for each difference."""
    gate, texts = Gate(program), Texts(program, random)
    counts, findings = Counter[str](), list[str]()
    for number in range(messages):
        text, country = texts.text(), texts.country()
        found = gate.differences(text, country)
        passed = bool(gate.steps(text, country))
        pure = gate.pure(text, country) if passed else None
        if ruleset is not None and number % 10 == 0:
            expected = decide(ruleset, text, country=country)
            counts["asked of the reference too"] += 1
            if (None if expected is None else expected.label) != (
                None if pure is None else pure.label
            ):
                found.append("the reference")
        counts["messages"] += 1
        counts[f"decided by {pure.matched_by.value}" if pure else "without decision"] += 1
        counts["ruled out at once"] += not passed
        findings += [f"{each} in {program.name}, {country}: {text!a}" for each in found]
    return counts, findings


if __name__ == "__main__":
    sys.exit(main())
