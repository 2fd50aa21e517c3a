"""How the time of a message that means nothing grows: with the number of phrases, and with its own length.

Run as `python benchmarks/growth.py [--rounds N]`. Every round measures all
rulesets one after the other; a ratio is the median of the rounds' ratios. The
phrases begin with words of the haystack, so that the search has work to do,
and none of them occurs: a message that is found ends the run with exit code 1.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter_ns

import optoutlang
from optoutlang.runtime.canonical import tokens

HAYSTACK = Path(__file__).parent / "haystacks" / "ordinary.txt"
PHRASES = (100, 1_000, 10_000)
LENGTHS = (1_000, 10_000, 100_000)
"""How many phrases a ruleset has, and how many characters a text."""

TWOFOLD = 400
"""How many different second words phrases have; each first word, from the haystack, goes with all of them."""


def main() -> None:
    """Measure both and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often everything is measured")
    rounds = parser.parse_args().rounds
    texts = HAYSTACK.read_text("utf-8").splitlines()
    matchers = [ruleset(count, texts) for count in PHRASES]
    print(f"{'phrases':>10}{'ns a message':>16}{'ratio':>8}")
    for count, (ns, ratio) in zip(PHRASES, compared(matchers, [texts] * 3, rounds), strict=True):
        print(f"{count:>10,}{ns / len(texts):>16,.0f}{ratio:>8.2f}")
    long = [[" ".join(texts * (length // 1_000))[:length]] for length in LENGTHS]
    print(f"\n{'characters':>10}{'ns a character':>16}{'ratio':>8}")
    found = compared(matchers[-1:] * 3, long, rounds, per=LENGTHS)
    for length, (ns, ratio) in zip(LENGTHS, found, strict=True):
        print(f"{length:>10,}{ns:>16,.1f}{ratio:>8.2f}")


def ruleset(count: int, texts: Sequence[str]) -> optoutlang.Matcher:
    """Return a ruleset with a number of phrases of two words, the first of which occur in the texts."""
    words = sorted({token for text in texts for token in tokens(text)})
    phrases = [f'"{word} qz{second}"' for second in range(TWOFOLD) for word in words][:count]
    assert len(phrases) == count  # noqa: S101
    matcher = optoutlang.compile(f"opt-out {{ phrases {', '.join(phrases)} }}")
    assert len(matcher.program.base.phrases) == count  # noqa: S101
    return matcher


def compared(
    matchers: Sequence[optoutlang.Matcher],
    texts: Sequence[Sequence[str]],
    rounds: int,
    per: Sequence[int] = (1, 1, 1),
) -> list[tuple[float, float]]:
    """Return the nanoseconds of each contestant for one unit of work, and how many of the first's that is."""
    times: list[list[float]] = []
    for _ in range(rounds):
        pairs = zip(matchers, texts, per, strict=True)
        times.append([took(matcher, each) / units for matcher, each, units in pairs])
    columns = zip(*times, strict=True)
    return [
        (median(column), median(row[place] / row[0] for row in times))
        for place, column in enumerate(columns)
    ]


def took(matcher: optoutlang.Matcher, texts: Sequence[str]) -> int:
    """Return how long it takes to find nothing in some texts."""
    begin = perf_counter_ns()
    found = sum(matcher.match(text) is not None for text in texts)
    end = perf_counter_ns()
    if found:
        sys.exit(f"wrong answer: {found} messages mean something")
    return end - begin


if __name__ == "__main__":
    main()
