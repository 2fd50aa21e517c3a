"""`runtime NAME up to N`: variables of replies whose values are known when these are sent (docs/language.md §6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Edit, Fix, Label
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.layers import strongest
from optoutlang.language.model.numbers import read_number
from optoutlang.language.model.reply_settings import RuntimeVariable
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Origin
from optoutlang.language.syntax.tree import File, Runtime, Word

MOST = 320
"""The greatest length that a value may be given."""

_PLACEHOLDER = re.compile(r"\{\{([\w-]+)\}\}|\{\{|\}\}|\{[^{}]*\}")
"""A place for a value, else what is replaced before: a brace written twice, a variable."""


class RuntimeVariables:
    """All run-time variables of a ruleset, whichever file declares them, and which of them a reply has a place for."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._declared: dict[str, list[RuntimeVariable]] = {}
        self._used: set[str] = set()
        self._lets: set[str] = set()

    def know(self, let: str) -> None:
        """Take in the name of a `let`, to say where one is written as a run-time variable."""
        self._lets.add(let)

    def read(self, file: int, tree: File, findings: Findings) -> None:
        """Take in the declarations of a file; a second one of a name is an error."""
        for statement in tree.statements:
            if isinstance(statement, Runtime):
                self._declare(file, statement, findings)

    def _declare(self, file: int, statement: Runtime, findings: Findings) -> None:
        longest = read_number(statement.longest, MOST, findings)
        place = findings.place(statement.name.span)
        name = statement.name.value
        variable = RuntimeVariable(Origin(file, None, place), name, longest or MOST)
        first = self._collector.add_once(variable)
        if first is not None:
            findings.add(
                codes.REPEATED_VARIABLE,
                f"run-time variable `{name}` is declared twice in this file",
                place,
                related=(Label(first.place, "declared here first"),),
                help="keep one of the two",
            )
        else:
            self._declared.setdefault(name, []).append(variable)

    def is_declared(self, name: str) -> bool:
        """Tell whether some file declares a name."""
        return name in self._declared

    def look_up(self, word: Word, findings: Findings) -> None:
        """Note what a reply, as it is written, has places for; warn of a name that no file declares."""
        for match in _PLACEHOLDER.finditer(word.value):
            name = match.group(1)
            if name is None:
                continue
            if name in self._declared:
                self._used.add(name)
                continue
            place = findings.inside(word, match.start(), match.end())
            near = closest(name, sorted(self._declared))
            if near is not None:
                self._used.add(near)  # meant here: that it is unused would be a follow-up
            meant = f"{{{name}}}" if name in self._lets and near is None else None
            findings.add(
                codes.UNDECLARED_PLACEHOLDER,
                f"no `runtime` declares `{name}`, so that its braces are sent as they stand",
                place,
                help=_advice(name, near, meant),
                fix=Fix(f"write `{meant}`", (Edit(place, meant),)) if meant else None,
            )

    def report_unused(self, file: int, findings: Findings) -> None:
        """Warn of every run-time variable of a file that no reply of the whole ruleset has a place for."""
        for name, declared in self._declared.items():
            for each in declared:
                if each.file == file and name not in self._used:
                    findings.add(
                        codes.UNUSED_RUNTIME_VARIABLE,
                        f"no reply has a place for `{name}`",
                        each.place,
                        help=f"write `{{{{{name}}}}}` in a reply, or take the declaration out",
                    )


def _advice(name: str, near: str | None, meant: str | None) -> str:
    if near is not None:
        return f"did you mean `{{{{{near}}}}}`?"
    if meant is not None:
        return f"write `{meant}` for the value that `let {name}` sets"
    return f"add `runtime {name} up to 20` at the top, with the greatest length of its values"


def greatest_lengths(ruleset: Ruleset) -> Mapping[str, int]:
    """Return the greatest length of each run-time variable, by name.

    The strongest file's counts; of equally strong ones the greatest, so that every reply has room.
    """
    return dict(_lengths(ruleset))


def _lengths(ruleset: Ruleset) -> Iterator[tuple[str, int]]:
    declared = ruleset.of(RuntimeVariable)
    for name in sorted({each.name for each in declared}):
        stated = strongest(ruleset, [each for each in declared if each.name == name])
        yield name, max(each.longest for each in stated)
