"""Where phrases occur, by the other Aho-Corasick library: Rust's, through ahocorasick_rs."""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from optoutlang.runtime.program import Program

Place = tuple[int, int, str]
"""From which token to before which, and the tokens of the phrase or exception."""


class RustSearch:
    """Finds the phrases and exceptions of all contexts of a program."""

    def __init__(self, program: Program) -> None:
        contexts = (program.base, *program.countries.values())
        self._texts = sorted(
            {text for each in contexts for text in (*each.phrases, *each.exceptions)}
        )
        self._automaton = AhoCorasick(
            [f" {text} " for text in self._texts],
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
        )

    def occurrences(self, sentences: Sequence[Sequence[str]]) -> list[Place]:
        """Return every occurrence in the tokens of sentences, overlapping ones too, sorted."""
        found: list[Place] = []
        before = 0
        for tokens in sentences:
            said = f" {' '.join(tokens)} "
            # Tokens hold no space: those before a place are the spaces there, but for the first.
            found += (
                (
                    before + said.count(" ", 0, start),
                    before + said.count(" ", 0, end) - 1,
                    self._texts[index],
                )
                for index, start, end in self._automaton.find_matches_as_indexes(
                    said, overlapping=True
                )
            )
            before += len(tokens)
        return sorted(found)
