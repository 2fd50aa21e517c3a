"""The seam of matching: a step is a function from a message to candidates, each with a priority.

Theory of operation. The steps stand in one list (`optoutlang.runtime.matcher.steps.STEPS`).
Deciding asks one after the other for its least candidate and takes the first
that is there. Explaining asks all of them for all candidates and sorts these by
priority. So both have one meaning, and a way to match is written in one place.

What another implementation of a step, or of all of them (a compiled core), must do:

- **The same least.** For every message and context its least candidate has the
  priority, meaning, `matched_by` and key of the least that the step of this
  package yields. `Step.least` is the whole contract for deciding; `candidates`
  may stay with the steps of this package, which explain.
- **Immutable.** A step is made from a `Program` and never changes afterwards: no
  cache that grows with messages, no state between two calls. What it answers is
  a pure function of the message's text and the context.
- **Thread-safe.** Threads share one step without a lock; so it holds nothing that
  a message writes to, also where the interpreter has no global lock.
- **Linear time and memory.** Both are bounded by the message's length times a
  constant of the program. That holds for hostile texts too: marks, breaks, one
  letter, beginnings of phrases, alone and alternating.
- **Total.** Every `str` has an answer, lone surrogates included; nothing is raised.
- **Tokens are canonical.** Spans count the tokens of `canonical.tokens`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import NamedTuple

from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import Priority
from optoutlang.runtime.program import Meaning, Program, ResolvedContext
from optoutlang.runtime.terms import MatchedBy


class Span(NamedTuple):
    """From token `start` to before token `end`: of the message for keywords, outside quotes for parts of it."""

    start: int
    end: int


class Candidate(NamedTuple):
    """A keyword, sentence or phrase that a message may be decided by; the least `priority` decides.

    `key` is the keyword's, empty for a sentence or phrase. `span` is where it
    stands, None where nobody asked. `reading` says how the whole message was
    read, with `{}` for the keyword, empty for a part of the message. A
    candidate with an exception in `excepted_by`, or with an `objection` to its
    being the keyword, decides nothing.
    """

    priority: Priority
    meaning: Meaning
    matched_by: MatchedBy
    key: str = ""
    span: Span | None = None
    reading: str = ""
    excepted_by: Meaning | None = None
    objection: str | None = None

    @property
    def decides(self) -> bool:
        """Whether nothing keeps it from deciding."""
        return self.excepted_by is None and self.objection is None


class Step(ABC):
    """One way to match, made ready for one program. `place` is where it stands among the steps.

    A step that needs nothing from the program leaves the constructor as it is.
    """

    __slots__ = ("place",)

    def __init__(self, program: Program, place: int) -> None:  # noqa: ARG002  # most steps need the program
        self.place = place

    @abstractmethod
    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield all that fires in a message, in any order, with spans."""

    def least(self, message: Message, context: ResolvedContext) -> Candidate | None:
        """Return the candidate that decides as far as this step goes, without its span; None if nothing fires.

        Deciding asks only this, and only if no earlier step has any. A step that knows how overrides it by
        something faster.
        """
        deciding = (each for each in self.candidates(message, context) if each.decides)
        return min(deciding, default=None, key=lambda each: each.priority)

    def applies(self, context: ResolvedContext) -> bool:  # noqa: ARG002  # most steps always may
        """Whether the step can fire at all in a context; asked once, when a program is loaded."""
        return True

    @property
    def states(self) -> int:
        """How many states of automata the step has built."""
        return 0
