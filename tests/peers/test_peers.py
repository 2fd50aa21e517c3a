"""Real texts mean to the matcher what they mean to regular expressions, and Rust's automaton finds the same phrases."""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang.language.packs import pack_path
from tests.peers.compare import Peers, texts_of

HERE = Path(__file__).parent
MESSAGES, SENTENCES = HERE / "data" / "messages.txt", HERE / "data" / "sentences.txt"
CASES = {
    "us": (pack_path("us"), MESSAGES),
    "english": (HERE / "rules" / "english.optout", MESSAGES),
    "languages": (HERE / "rules" / "languages.optout", SENTENCES),
}
EVERY_WAY = {"nothing", "exact", "filler", "sentence", "phrase"}


@pytest.mark.parametrize("name", CASES)
def test_the_matcher_and_its_peers_agree_on_real_texts(name: str) -> None:
    rules, texts = CASES[name]
    seen = Peers(rules).compare(texts_of(texts))

    assert seen.differences == []
    assert seen.texts > 200
    assert seen.decided.keys() >= ({"nothing", "exact"} if name == "us" else EVERY_WAY)
