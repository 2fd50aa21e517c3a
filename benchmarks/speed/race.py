"""Contestants take turns, in random order in each repeat, so that a slow moment strikes all of them."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from benchmarks.speed.definition import Definition
from benchmarks.speed.measurement import Measurement


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one turn cost (nanoseconds, or another unit of the kind), and what it counted, if it counts."""

    cost: float
    count: int | None = None


Contestant = Callable[[int], Outcome]
"""Takes the number of the repeat; a turn of number 0 warms up."""

Outcomes = Mapping[str, Sequence[Outcome]]
"""By contestant, one for each repeat."""


class WrongCountError(Exception):
    """A contestant's answers are not the expected ones, whatever its speed."""


def race(
    definition: Definition, contestants: Mapping[str, Contestant], *, warm: bool = True
) -> Outcomes:
    """Run all contestants once in each repeat, and see that they count what is expected.

    Raises:
        WrongCountError: a count is another than the definition's.
    """
    draw = random.Random(2)  # noqa: S311  # no secret
    outcomes: dict[str, list[Outcome]] = {name: [] for name in contestants}
    for repeat in range(0 if warm else 1, definition.repeats + 1):
        for name in draw.sample(sorted(contestants), len(contestants)):
            outcome = contestants[name](repeat)
            expect(definition, name, outcome.count)
            if repeat:
                outcomes[name].append(outcome)
    return outcomes


def expect(definition: Definition, contestant: str, count: int | None) -> None:
    """Raise an error if a count is not the expected one."""
    expected = definition.counts.get(contestant)
    if expected is not None and count not in (None, expected):
        message = f"{definition.name}: {contestant} counted {count}, not {expected}"
        raise WrongCountError(message)


def timed(work: Callable[[], int], clock: Callable[[], int] = time.thread_time_ns) -> Outcome:
    """Return what some work counted and its nanoseconds, with the collector off."""
    gc.collect()
    gc.disable()
    try:
        begin = clock()
        count = work()
        return Outcome(clock() - begin, count)
    finally:
        gc.enable()


def compared(
    definition: Definition,
    outcomes: Outcomes,
    *,
    first: str,
    unit: str,
    absolute: tuple[float, str],
    speed: bool = False,
) -> list[Measurement]:
    """Return each contestant's cost over the first one's in the same repeat; how much faster, if `speed`.

    `absolute` says by what a cost is divided for the absolute figure, and its unit.
    """
    divisor, absolute_unit = absolute
    made = []
    for name, own in outcomes.items():
        pairs = zip(own, outcomes[first], strict=True)
        ratios = [
            theirs.cost / mine.cost if speed else mine.cost / theirs.cost for mine, theirs in pairs
        ]
        cost = median(each.cost for each in own) / divisor
        row = spread(definition, name, unit, ratios)
        made.append(
            Measurement(
                *(row.definition, row.contestant, row.unit, row.value, row.low, row.high),
                absolute=rounded(cost),
                absolute_unit=absolute_unit,
                count=own[-1].count,
            )
        )
    return made


def spread(
    definition: Definition,
    contestant: str,
    unit: str,
    values: Sequence[float],
    *,
    count: int | None = None,
    size: float | None = None,
) -> Measurement:
    """Return the median of some values with their quartiles."""
    low, _, high = (
        quantiles(values, n=4, method="inclusive") if len(values) > 1 else (values[0],) * 3
    )
    return Measurement(
        definition.name,
        contestant,
        unit,
        rounded(median(values)),
        rounded(low),
        rounded(high),
        count=count,
        size=size,
    )


def rounded(value: float) -> float:
    """Return a value to four digits: no measurement here has more."""
    return float(f"{value:.4g}")
