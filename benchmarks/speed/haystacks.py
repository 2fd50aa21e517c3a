"""The messages that are searched.

Ordinary ones are those of real conversations (UCI), up to 160 characters; the mix has 97 % of them, 2.5 % keywords
with noise and 0.5 % phrases; `other` are sentences that are not ASCII (Tatoeba). Messages that repeat within a
haystack are keywords; `spellings` are keywords and `phrases` are phrases that are spelt differently in each repeat.
benchmarks/data/README.md has the sources and licences.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from benchmarks.corpora import ham, messages, tatoeba

FOLDER = Path(__file__).parents[1] / "haystacks"
LONGEST = 160
"""Ordinary messages have so many characters at most."""


def haystack(name: str, repeat: int = 0) -> list[str]:
    """Return the messages of a haystack for a repeat.

    Raises:
        KeyError: there is no such haystack.
    """
    made = _made()
    if name == "spellings":
        return [each + " " * repeat for each in made["keywords"][:36]] * 3
    if name == "phrases":
        return [each + " " * repeat for each in made["phrases"]]
    return made[name]


def fresh(texts: list[str]) -> list[str]:
    """Return texts that bring no cached hash along."""
    return [f"{text} "[:-1] for text in texts]


@cache
def _made() -> dict[str, list[str]]:
    draw = random.Random(1)  # noqa: S311  # the same messages every time
    usual = [each.text for each in ham() if 5 <= len(each.text) <= LONGEST]
    usual = draw.sample(usual, 1_940)
    keywords = (FOLDER / "keywords.txt").read_text("utf-8").split("\n")[:360]
    phrases = [each.text for each in messages() if each.field("set") == "phrase"]
    other = [each.text for each in tatoeba() if not each.text.isascii()]
    mixed = usual + keywords[:50] + phrases[:10]
    return {
        "ordinary": usual,
        "keywords": keywords,
        "phrases": phrases,
        "mix": draw.sample(mixed, len(mixed)),
        "other": random.Random(1).sample(other, 2_000),  # noqa: S311
    }
