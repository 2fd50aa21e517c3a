"""The fenced blocks of a page, and where they stand."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def fenced(text: str, language: str) -> list[str]:
    """Return the contents of the blocks of one language, in order."""
    return [body for name, body in _BLOCK.findall(text) if name == language]


def sections(text: str, heading: str) -> dict[str, str]:
    """Return the text below each heading of one level (`##`), by the heading; up to the next of that level or above."""
    pattern = re.compile(rf"^#{{1,{len(heading)}}} ", re.MULTILINE)
    starts = [match.start() for match in pattern.finditer(text)]
    parts = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    titled = [part.partition("\n") for part in parts if part.startswith(f"{heading} ")]
    return {title.removeprefix(f"{heading} "): body for title, _, body in titled}
