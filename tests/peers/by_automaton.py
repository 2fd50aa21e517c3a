"""Where phrases occur, by the other Aho-Corasick library: Rust's, through ahocorasick_rs."""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from optoutlang.runtime.matcher.search import Occurrence
from optoutlang.runtime.program.program import Program


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

    def occurrences(self, tokens: Sequence[str]) -> list[Occurrence]:
        """Return every occurrence in a row of tokens, overlapping ones too, sorted."""
        said = f" {' '.join(tokens)} "
        found = self._automaton.find_matches_as_indexes(said, overlapping=True)
        # Tokens hold no space: those before a place are the spaces there, but for the first.
        return sorted(
            Occurrence(said.count(" ", 0, start), said.count(" ", 0, end) - 1, self._texts[index])
            for index, start, end in found
        )
