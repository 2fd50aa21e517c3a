"""Which keywords a message may pass for by some tolerance, whatever the rules make of it (docs/language.md §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from optoutlang.language.compiler.slips import slips
from optoutlang.runtime.matcher.look_alikes import LookAlikes
from optoutlang.runtime.matcher.stretches import squeezed


class Nearness:
    """What is nearly one of some keys: one slip away, with letters held, or written in look-alikes."""

    def __init__(self, keys: Collection[str]) -> None:
        self._slips: dict[str, list[str]] = defaultdict(list)
        self._squeezed: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            self._squeezed[squeezed(key)].append(key)
            for slip in slips(key):
                self._slips[slip].append(key)
        self._look_alikes = LookAlikes(keys)

    def near(self, texts: Iterable[str]) -> frozenset[str]:
        """Return all of the keys that one of some texts, each a message's key or how one begins, may pass for."""
        found: set[str] = set()
        for text in filter(None, texts):
            found.update(self._slips.get(text, ()))
            found.update(self._squeezed.get(squeezed(text), ()))
            found.update(self._look_alikes.read(text))
        return frozenset(found)
