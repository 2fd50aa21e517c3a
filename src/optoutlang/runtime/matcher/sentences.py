"""Sentences: where a message's writer ends one thing and begins another (docs/language.md §5)."""

from __future__ import annotations

import re

BREAKS = ".!?;,…‼⁇⁈⁉。！？．，、；｡､؟،؛۔।॥။၊។៕።፣՝՞։¡¿()[]–—\n\r\v\f\x85\u2028\u2029"
"""Each of these ends a sentence, as a row of hyphens with a space on either side does."""

_BREAK = re.compile(f"[{re.escape(BREAKS)}]+|(?<= )-+(?= )")


def sentences(text: str) -> list[str]:
    """Return the pieces of a text between sentence breaks, in order, blank ones left out."""
    return [piece for piece in _BREAK.split(text) if piece and not piece.isspace()]
