"""Countries that stand in data in another way than by their codes, as lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from optoutlang.interfaces.reports.visible import visible


def renamed_lines(renamed: Counter[tuple[str, str]]) -> Iterator[str]:
    """Yield how often a country was written so, the most frequent first; keys are what stands there and the code."""
    for (given, code), count in renamed.most_common():
        yield f"{count:,} × `{visible(given)}`, read as {code}"
