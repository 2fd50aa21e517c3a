"""The prefilter in Python: the face of the compiled one, made when a message first asks it."""

from __future__ import annotations

from optoutlang.runtime.matcher.prefilter import filler_sets
from optoutlang.runtime.matcher.sieves import Sieves
from optoutlang.runtime.program import Program


class PurePrefilter:
    """Says which steps may find anything, for each context of a program; they find nothing that it rules out."""

    __slots__ = ("_program", "_sets", "_sieves")

    def __init__(self, program: Program) -> None:
        self._program = program
        self._sets = filler_sets(program)
        self._sieves: Sieves | None = None

    def steps(self, text: str, fillers: int) -> int:
        """Return the places of the steps that may find anything in a text, for a context with a set of fillers."""
        sieves = self._sieves
        if sieves is None:
            sieves = self._sieves = Sieves(self._program)
        return sieves.steps(text, fillers)

    def fillers(self, texts: tuple[str, ...]) -> int:
        """Return the number of a set of fillers."""
        return self._sets[texts]
