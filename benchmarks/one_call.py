"""One call of `match`, with the compiled core and in pure Python, against `text.strip().upper() in KEYWORDS`.

Run as `python -m benchmarks.one_call [--repeats N] [--world FILE.optoutc] [--only WORDS]` (`make bench-one-call`). In
every repeat the contestants take turns, in random order, on texts made anew, with the collector off; times are the
processor's for this thread, and a ratio is the median of the repeats' ratios. All contestants must find as many
messages as `one_call.toml` says, and the two ways of ours the same decisions.

Ordinary messages are those of real conversations (UCI), up to 160 characters; the mix has 97 % of them, 2.5 % keywords
with noise and 0.5 % phrases; `other` are sentences that are not ASCII (Tatoeba). Messages that repeat within a haystack
are keywords; `spellings` are keywords and `phrases` are phrases that are spelt differently in each repeat.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import thread_time_ns

import optoutlang
from benchmarks.corpora import ham, messages, tatoeba
from benchmarks.run import naive
from optoutlang import Matcher
from optoutlang.runtime import native

HERE = Path(__file__).parent
KEYWORDS = 100_000
"""How many keywords the large ruleset has."""

LONGEST = 160
"""Ordinary messages have so many characters at most."""

Answer = Callable[[str], object]
Contestant = Callable[[Sequence[str]], tuple[list[object], int]]


@dataclass(frozen=True, slots=True)
class Case:
    """What is measured: a ruleset on a haystack, perhaps in a country, and the counts that are right."""

    rules: str
    haystack: str
    found: int
    naive: int
    country: str | None = None
    bar: float = 0.0
    pure_bar: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: nanoseconds of one naive answer, and the ratios of ours to it."""

    case: Case
    unit: float
    compiled: float
    pure: float


class WrongAnswerError(Exception):
    """A contestant's answers are not the expected ones, whatever its speed."""


def main() -> None:
    """Measure all cases and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=9, help="how often everything is measured")
    parser.add_argument("--world", type=Path, help="the artefact of `world`; compiled if not given")
    parser.add_argument("--only", default="", help="only cases whose line has all of these words")
    options = parser.parse_args()
    definitions = tomllib.loads((HERE / "one_call.toml").read_text("utf-8"))
    cases = [Case(**each) for each in definitions["case"]]
    words = options.only.split()
    rulesets = Rulesets(options.world)
    print(f"{'':38}{'naive':>8}{'compiled':>10}{'bar':>7}{'pure':>9}{'bar':>6}   found")
    try:
        for case in cases:
            if all(word in name(case).split() for word in words):
                print(line(measured(case, rulesets, options.repeats)), flush=True)
    except WrongAnswerError as error:
        sys.exit(f"wrong answer: {error}")


class Rulesets:
    """The rulesets, each as a matcher with the compiled core and one in pure Python, made when first asked for."""

    def __init__(self, world: Path | None) -> None:
        self._world = world
        self._artefacts: dict[str, bytes] = {}
        self._matchers: dict[str, tuple[Matcher, Matcher]] = {}

    def __getitem__(self, rules: str) -> tuple[Matcher, Matcher]:
        """Return a ruleset, compiled and pure."""
        if rules not in self._matchers:
            data = self._artefact(rules)
            compiled = Matcher.from_bytes(data, check_form=False)
            with pure_python():
                self._matchers[rules] = compiled, Matcher.from_bytes(data, check_form=False)
        return self._matchers[rules]

    def _artefact(self, rules: str) -> bytes:
        if rules == "world" and self._world is not None:
            return self._world.read_bytes()
        if rules == "large":
            return optoutlang.compile(large()).to_bytes()
        source = HERE / "rules" / f"{rules}.optout"
        return optoutlang.load(source if source.exists() else rules).to_bytes()


@contextmanager
def pure_python() -> Iterator[None]:
    """Let matchers that are made inside have no compiled core."""
    before = os.environ.get(native.PURE)
    os.environ[native.PURE] = "1"
    try:
        yield
    finally:
        del os.environ[native.PURE]
        if before is not None:
            os.environ[native.PURE] = before


def large() -> str:
    """Return a ruleset of `KEYWORDS` keywords of five to nine letters."""
    draw = random.Random(1)  # noqa: S311  # the same keywords every time
    made: dict[str, None] = {}
    while len(made) < KEYWORDS:
        made["".join(draw.choices("ABCDEFGHIKLMNOPRSTUVWZ", k=draw.randint(5, 9)))] = None
    return f"opt-out {{ keywords {', '.join(made)} }}"


def haystack(which: str, repeat: int) -> list[str]:
    """Return the messages of a haystack for a repeat."""
    draw = random.Random(1)  # noqa: S311  # the same messages every time
    usual = [each.text for each in ham() if 5 <= len(each.text) <= LONGEST]
    usual = draw.sample(usual, 1_940)
    keywords = (HERE / "haystacks" / "keywords.txt").read_text("utf-8").split("\n")[:360]
    phrases = [each.text for each in messages() if each.field("set") == "phrase"]
    if which == "mix":
        return draw.sample(mixed := usual + keywords[:50] + phrases[:10], len(mixed))
    other = [each.text for each in tatoeba() if not each.text.isascii()]
    return {
        "ordinary": usual,
        "keywords": keywords,
        "spellings": [each + " " * repeat for each in keywords[:36]] * 3,
        "phrases": [each + " " * repeat for each in phrases],
        "other": draw.sample(other, 2_000),
    }[which]


def measured(case: Case, rulesets: Rulesets, repeats: int) -> Row:
    """Measure one case."""
    compiled, pure = rulesets[case.rules]
    contestants: dict[str, Contestant] = {
        "naive": partial(answered, naive(compiled)),
        "compiled": partial(decided, compiled, case.country),
        "pure": partial(decided, pure, case.country),
    }
    draw = random.Random(2)  # noqa: S311
    times: dict[str, list[int]] = {each: [] for each in contestants}
    for repeat in range(repeats + 1):
        texts = haystack(case.haystack, repeat)
        answers: dict[str, list[object]] = {}
        for each in draw.sample(sorted(contestants), len(contestants)):
            answers[each], took = contestants[each](texts)
            if repeat:  # the first one warms up
                times[each].append(took)
        check(case, answers)
    unit = median(times["naive"]) / len(texts)
    return Row(case, unit, ratio(times, "compiled"), ratio(times, "pure"))


def answered(answer: Answer, texts: Sequence[str]) -> tuple[list[object], int]:
    """Return the answers and the nanoseconds that they took; no text brings a cached hash along."""
    fresh = [f"{text} "[:-1] for text in texts]
    gc.disable()
    begin = thread_time_ns()
    answers = [answer(text) for text in fresh]
    took = thread_time_ns() - begin
    gc.enable()
    return answers, took


def decided(
    matcher: Matcher, country: str | None, texts: Sequence[str]
) -> tuple[list[object], int]:
    """Return a matcher's decisions, in a country if there is one, and the nanoseconds that they took."""
    match = matcher.match
    if country is None:
        return answered(match, texts)
    fresh = [f"{text} "[:-1] for text in texts]
    gc.disable()
    begin = thread_time_ns()
    decisions: list[object] = [match(text, country=country) for text in fresh]
    took = thread_time_ns() - begin
    gc.enable()
    return decisions, took


def check(case: Case, answers: dict[str, list[object]]) -> None:
    """Raise an error if a contestant's answers are wrong."""
    found = sum(each is not None for each in answers["compiled"])
    naively = sum(map(bool, answers["naive"]))
    if answers["compiled"] != answers["pure"]:
        raise WrongAnswerError(f"{name(case)}: the compiled core decides differently")
    if (found, naively) != (case.found, case.naive):
        raise WrongAnswerError(f"{name(case)}: found {found}, naive {naively}")


def ratio(times: dict[str, list[int]], contestant: str) -> float:
    """Return the median of a contestant's times over the naive ones of the same repeats."""
    return median(
        ours / theirs for ours, theirs in zip(times[contestant], times["naive"], strict=True)
    )


def name(case: Case) -> str:
    """Return what a case is called."""
    return f"{case.rules} {case.haystack}{f' in {case.country}' if case.country else ''}"


def line(row: Row) -> str:
    """Return a line of the table."""
    case = row.case
    return (
        f"{name(case):38}{row.unit:>5.0f} ns{row.compiled:>10.2f}{case.bar or '':>7}"
        f"{row.pure:>9.2f}{case.pure_bar or '':>6}   {case.found:,}"
    )


if __name__ == "__main__":
    main()
