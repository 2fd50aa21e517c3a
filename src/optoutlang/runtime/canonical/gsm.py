"""How many segments a text takes on the air: GSM 03.38 or UCS-2 (docs/language.md §6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""GSM 03.38's default alphabet in order, but for 0x1B, the escape to the extension table."""

EXTENSION = "\f^{}\\[~]|€"
"""What stands in the extension table: each takes an escape and a septet, which stay in one segment."""

_SEPTETS = dict.fromkeys(BASIC, 1) | dict.fromkeys(EXTENSION, 2)


class Encoding(Enum):
    """How a text goes on the air; the whole text goes one way."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"

    @property
    def alone(self) -> int:
        """Units (septets, or UTF-16 code units) that a message of one segment holds."""
        return 160 if self is Encoding.GSM_7 else 70

    @property
    def joined(self) -> int:
        """Units that each segment of a longer message holds beside its header."""
        return 153 if self is Encoding.GSM_7 else 67


@dataclass(frozen=True, slots=True)
class Segments:
    """What a text takes: its length in the encoding's units, its segments, and the characters that GSM lacks.

    `outside` holds each character that is not in GSM 03.38 once, in order of first appearance: it is empty if and
    only if the encoding is GSM-7.
    """

    encoding: Encoding
    length: int
    segments: int
    outside: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse what no text can have."""
        if (self.encoding is Encoding.GSM_7) != (not self.outside):
            raise ValueError("a text is in GSM-7 if and only if GSM has all its characters")
        if (
            not 0
            <= self.segments
            <= self.length
            <= max(self.segments * self.encoding.joined, self.encoding.alone)
        ):
            raise ValueError(f"not so many segments: {self.segments} for {self.length}")


def measure(text: str) -> Segments:
    """Return what a text takes on the air; an empty text takes no segment."""
    outside = tuple(dict.fromkeys(char for char in text if char not in _SEPTETS))
    if outside:
        return _segments(Encoding.UCS_2, [1 + (char > "\uffff") for char in text], outside)
    return _segments(Encoding.GSM_7, [_SEPTETS[char] for char in text], ())


def _segments(encoding: Encoding, sizes: list[int], outside: tuple[str, ...]) -> Segments:
    length = sum(sizes)
    count = min(length, 1) if length <= encoding.alone else _fill(sizes, encoding.joined)
    return Segments(encoding, length, count, outside)


def _fill(sizes: Iterable[int], room: int) -> int:
    """Return how many segments characters of these sizes fill in order, none of them split."""
    segments, used = 1, 0
    for size in sizes:
        used += size
        if used > room:
            segments, used = segments + 1, size
    return segments
