"""Explanations of decisions in words, the same ones for reports, failed tests and `optout why`."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.runtime.matcher.explain import Explanation, Fired


def reasons(explanation: Explanation) -> Iterator[str]:
    """Yield a line for each keyword, sentence and phrase that fired: what it is, and why it lost or that it decides.

    Where a suggester is asked, the last line says how much the message is like requests.
    Another one says of each frame that its words stand in the message, and what took it back.
    If nothing fired, a line says as what the message was read. Texts are as they are: escape them to show them.
    """
    if not explanation.fired:
        tokens = " ".join(explanation.without_filler)
        yield f"nothing fired; read as: {tokens or 'nothing'}"
    for fired in explanation.fired:
        yield f"{fired.action.value} by {name_of(fired)}: {verdict(fired)}"
    for frame in explanation.frames:
        if frame.lost is not None:
            name = f"{frame.keyword} (frame, {frame.language}, {frame.rule})"
            yield f"{frame.action.value} by {name}: {frame.lost}"
    similar = explanation.similar
    if similar is not None:
        heaviest = ", ".join(f"`{ngram}`" for ngram, weight in similar.weighed if weight > 0)
        yield f"similar: {similar.score} of {similar.threshold}; for it {heaviest or 'nothing'}"


def name_of(fired: Fired) -> str:
    """Return the spelling of what fired, the way it matched, its language and its place."""
    return f"{fired.keyword} ({fired.matched_by.value}, {fired.language}, {fired.rule})"


def verdict(fired: Fired) -> str:
    """Say that what fired decides, or why something else did."""
    return "decides" if fired.lost is None else fired.lost
