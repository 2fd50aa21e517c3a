"""The shortest message that can be cut in two ways into keywords, beginning with one keyword or with another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import accumulate

from optoutlang.analysis.proofs.rules import Row

_Way = tuple[str, ...]
"""Keys one after the other."""

KeysByHead = Mapping[str, Sequence[str]]
"""Keys by their first character."""


def by_head(keys: Iterable[str]) -> KeysByHead:
    """Return keys by their first character."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        found[key[0]].append(key)
    return found


def cut_both_ways(one: str, other: str, ours: KeysByHead, theirs: KeysByHead) -> Row | None:
    """Return the fewest tokens that are `one` and some of `ours`, and also `other`, alone or with some of `theirs`.

    None if there are none. `one` is a beginning of `other`. The search goes by
    the number of tokens; what one way has named and the other has not is the
    end of a key, so there are finitely many places to be at.
    """
    queue: list[tuple[int, _Way, _Way]] = [(2, (one,), (other,))]
    tried: set[tuple[str, bool]] = set()
    while queue:
        _, *ways = heappop(queue)
        first, second = ways
        written, behind = sorted(("".join(first), "".join(second)), key=len, reverse=True)
        lagging = len("".join(first)) <= len("".join(second))
        rest = written[len(behind) :]
        if not rest:
            ends = sorted(_ends(first) | _ends(second))
            return tuple(written[a:b] for a, b in zip([0, *ends], ends, strict=False))
        if (rest, lagging) not in tried:
            tried.add((rest, lagging))
            for key in _going_on(rest, ours if lagging else theirs):
                longer = ((*first, key), second) if lagging else (first, (*second, key))
                heappush(queue, (len(_ends(longer[0]) | _ends(longer[1])), *longer))
    return None


def _ends(way: _Way) -> set[int]:
    return set(accumulate(map(len, way)))


def _going_on(rest: str, keys: KeysByHead) -> Iterator[str]:
    """Yield the keys that may stand where the other way has already named `rest`."""
    for key in keys.get(rest[:1], ()):
        if key.startswith(rest) or rest.startswith(key):
            yield key
