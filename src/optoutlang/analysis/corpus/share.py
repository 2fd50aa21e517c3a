"""Shares of a whole, with the interval in which the true share lies."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole` rows."""

    part: int
    whole: int

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole:
            raise ValueError(f"no share: {self.part} of {self.whole}")

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson score interval at 95 %, from 0 to 1; of nothing, everything is possible.

        E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
        Inference", Journal of the American Statistical Association 22 (1927), 209-212:
        (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n).
        """
        if not self.whole:
            return 0.0, 1.0
        share, square = self.part / self.whole, _Z * _Z / self.whole
        middle = share + square / 2
        half = _Z * sqrt(share * (1 - share) / self.whole + square / (4 * self.whole))
        low, high = (middle - half) / (1 + square), (middle + half) / (1 + square)
        # Exactly 0 of 0 hits and 1 of all: rounding would leave a trace of the other side.
        return 0.0 if not self.part else low, 1.0 if self.part == self.whole else high
