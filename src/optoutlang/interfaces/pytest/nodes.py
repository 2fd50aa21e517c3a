"""The nodes of the pytest plugin: a file, its `test` blocks, their cases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from optoutlang.interfaces.reports.explanations import case_lines
from optoutlang.interfaces.reports.outcomes import asked
from optoutlang.interfaces.reports.visible import visible
from optoutlang.language.diagnostics import text
from optoutlang.language.driver.compile import check_path, compile_checked
from optoutlang.language.driver.examples import Outcome, explained
from optoutlang.language.model.ruleset import Example
from optoutlang.runtime.matcher import Matcher


class CaseFailedError(AssertionError):
    """A case whose message means something else; `outcome` says what, and why."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(f"expected {outcome.expected}, got {outcome.got}")


class RuleFile(pytest.File):
    """A rule file; one with errors cannot be collected, and says why as `optout check` does."""

    def collect(self) -> Iterator[pytest.Collector]:
        """Yield a node for each name of a `test` block, in their order."""
        checked = check_path(self.path)
        if checked.ruleset is None:
            raise self.CollectError(text.render(checked.diagnostics))
        matcher = Matcher(compile_checked(checked))
        blocks: dict[str, list[Example]] = {}
        for each in checked.ruleset.examples:
            blocks.setdefault(each.test, []).append(each)
        for name, examples in blocks.items():
            yield Block.from_parent(
                self, name=visible(name), matcher=matcher, examples=tuple(examples)
            )


class Block(pytest.Collector):
    """The cases of one name."""

    def __init__(
        self, name: str, parent: RuleFile, *, matcher: Matcher, examples: tuple[Example, ...]
    ) -> None:
        super().__init__(name, parent)
        self._matcher = matcher
        self._examples = examples

    def collect(self) -> Iterator[pytest.Item]:
        """Yield a test for each case; one that stands twice gets a number."""
        seen: dict[str, int] = {}
        for example in self._examples:
            name = asked(example)
            seen[name] = seen.get(name, 0) + 1
            number = f" ({seen[name]})" if seen[name] > 1 else ""
            yield Case.from_parent(self, name=name + number, matcher=self._matcher, example=example)


class Case(pytest.Item):
    """One case: it passes when all that it states holds."""

    def __init__(self, name: str, parent: Block, *, matcher: Matcher, example: Example) -> None:
        super().__init__(name, parent)
        self._matcher = matcher
        self._example = example
        self.add_marker("optout")

    def runtest(self) -> None:
        """Ask what the message means.

        Raises:
            CaseFailedError: something else than the case states.
        """
        example = self._example
        outcome = Outcome(example, explained(example, self._matcher))
        if not outcome.passed:
            raise CaseFailedError(outcome)

    def repr_failure(  # type: ignore[override]  # pytest's own items narrow it the same way
        self, excinfo: pytest.ExceptionInfo[BaseException]
    ) -> object:
        """Say what was expected, what came, and why; what is our fault keeps its traceback."""
        if isinstance(excinfo.value, CaseFailedError):
            return "\n".join(self._story(excinfo.value.outcome))
        return super().repr_failure(excinfo)

    def _story(self, outcome: Outcome) -> Iterator[str]:
        yield f"{self._where()}: {asked(outcome.example)}"
        yield from (f"  {line}" for line in case_lines(outcome))

    def _where(self) -> str:
        """Return the case's place as editors and CI logs link it: a path from where pytest was started, and a line."""
        shown = os.path.relpath(self.path, self.config.invocation_params.dir)
        return f"{shown}:{self._example.place.start.line}"

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return file, line from 0, and the title of a failure; pytest rewrites the dots of a node's own name."""
        title = f"{visible(self._example.test)}: {self.name}"
        return self.path, self._example.place.start.line - 1, title
