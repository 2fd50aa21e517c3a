"""Variables: which `let` a `{name}` means, and texts with their variables replaced (docs/language.md §2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Label
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.model.definitions import Definitions
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.pattern import Member
from optoutlang.language.model.phrase_text import Piece
from optoutlang.language.model.runtime_variables import RuntimeVariables
from optoutlang.language.source.place import Place
from optoutlang.language.syntax.tree import Let, Word

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_USE = re.compile(r"\{[\w-]+\}")


@dataclass(frozen=True, slots=True)
class _Definition:
    file: int
    value: str
    place: Place


class Variables:
    """All `let` statements of a ruleset; `weaker[i]` are the files weaker than file i.

    `runtime` are the run-time variables, to say where one of them is written as a variable.
    """

    def __init__(self, weaker: tuple[frozenset[int], ...], runtime: RuntimeVariables) -> None:
        self._weaker = weaker
        self._runtime = runtime
        self._definitions: dict[str, dict[int, _Definition]] = {}
        self._classes: Definitions | None = None
        self._used: set[str] = set()
        self._reported: set[str] = set()

    def know(self, classes: Definitions) -> None:
        """Take in what the files call classes, to say where one of them stands in a variable's place."""
        self._classes = classes

    def define(self, file: int, let: Let, findings: Findings) -> None:
        """Take in a `let`; a second one of the same name in one file is an error."""
        name, place = let.name.value, findings.place(let.name.span)
        definitions = self._definitions.setdefault(name, {})
        if file in definitions:
            findings.add(
                codes.REPEATED_VARIABLE,
                f"`{name}` is set twice in this file",
                place,
                related=(Label(definitions[file].place, "set here first"),),
                help="keep one of the two",
            )
            return
        for use in _USE.finditer(let.value.value):
            findings.add(
                codes.INVALID_INTERPOLATION,
                f"`{use.group()}` stands in a variable's value",
                findings.inside(let.value, use.start(), use.end()),
                help="a value is plain text; write the variable where the value is used",
            )
        definitions[file] = _Definition(file, let.value.value, place)
        self._runtime.know(name)

    def substitute(self, word: Word, file: int, findings: Findings) -> str | None:
        """Return a text with its variables replaced, or collect errors and return None."""
        pieces: list[str] = []
        end, sound = 0, True
        for match in _PIECE.finditer(word.value):
            pieces.append(word.value[end : match.start()])
            end = match.end()
            value = self._piece(match, word, file, findings)
            sound = sound and value is not None
            pieces.append(value or "")
        return "".join([*pieces, word.value[end:]]) if sound else None

    def pieces(
        self, word: Word, file: int, findings: Findings, classes: Definitions
    ) -> tuple[Piece, ...] | None:
        """Return a text in pieces, classes and values of variables apart, or collect errors and return None.

        A name in braces is a class that the file sees, else a variable.
        """
        found: list[Piece] = []
        end, sound = 0, True
        for match in _PIECE.finditer(word.value):
            if match.start() > end:
                found.append(Piece(word.value[end : match.start()], end, match.start()))
            end = match.end()
            content = self._content(match, word, file, findings, classes)
            sound = sound and content is not None
            found.append(Piece(content or "", match.start(), end))
        if end < len(word.value):
            found.append(Piece(word.value[end:], end, len(word.value)))
        return tuple(found) if sound else None

    def _content(
        self,
        match: re.Match[str],
        word: Word,
        file: int,
        findings: Findings,
        classes: Definitions,
    ) -> str | Member | None:
        name = match.group(1)
        is_name = name is not None and re.fullmatch(r"[\w-]+", name) is not None
        is_class = is_name and classes.is_seen(name, file)
        if not is_name or (not is_class and self._visible(name, file)):
            return self._piece(match, word, file, findings)
        place = findings.inside(word, match.start(), end=match.end())
        found = classes.look_up(name, file, place, findings)
        return None if found is None else Member(found)

    def value_in(self, name: str, file: int) -> tuple[int, str] | None:
        """Return the value of a variable in a file, and the file that sets it; None where none does."""
        visible = self._visible(name, file)
        return (visible[0].file, visible[0].value) if visible else None

    def seen_from(self, file: int) -> tuple[tuple[str, str], ...]:
        """Return the name and the value of each variable that a file sees, sorted."""
        found = ((name, self.value_in(name, file)) for name in sorted(self._definitions))
        return tuple((name, value[1]) for name, value in found if value is not None)

    def is_set_in(self, name: str, file: int) -> Place | None:
        """Return where a file sets a variable, if it does."""
        definition = self._definitions.get(name, {}).get(file)
        return None if definition is None else definition.place

    def _piece(self, match: re.Match[str], word: Word, file: int, findings: Findings) -> str | None:
        text, name = match.group(), match.group(1)
        if text in ("{{", "}}"):
            return text[0]
        place = findings.inside(word, match.start(), match.end())
        if name is None or not re.fullmatch(r"[\w-]+", name):
            findings.add(
                codes.INVALID_INTERPOLATION,
                f"`{text}` is no variable",
                place,
                help="write `{name}` for a variable, `{{` or `}}` for a brace",
            )
            return None
        return self._value(name, file, place, findings)

    def _value(self, name: str, file: int, place: Place, findings: Findings) -> str | None:
        self._used.add(name)
        visible = self._visible(name, file)
        if not visible:
            near = closest(name, sorted(self._definitions))
            if near:
                self._used.add(near)  # meant here: that it is unused would be a follow-up
            findings.add(
                codes.UNKNOWN_VARIABLE,
                f"no `let` sets `{name}`",
                place,
                help=self._advice(name, near, file),
            )
            return None
        if len({each.value for each in visible}) > 1 and name not in self._reported:
            self._reported.add(name)
            findings.add(
                codes.CONFLICTING_VARIABLES,
                f"`{name}` has two values, neither of which is stronger",
                visible[0].place,
                label="one value",
                related=(Label(visible[1].place, "the other"), Label(place, "used here")),
                help=f"settle it with a `let {name}` in a file that uses both",
            )
        return visible[0].value

    def _advice(self, name: str, near: str | None, file: int) -> str:
        if self._classes is not None and self._classes.is_seen(name, file):
            return f"`{name}` is a class, which stands in `frames` and in other classes"
        if self._runtime.is_declared(name):
            return f"it is a run-time variable: write `{{{{{name}}}}}` in a reply"
        return f"did you mean `{near}`?" if near else f'add `let {name} = "…"`'

    def _visible(self, name: str, file: int) -> list[_Definition]:
        """Return the strongest definitions of a name that a file sees, in order of place."""
        definitions = self._definitions.get(name, {})
        above = [
            each for each in definitions.values() if file in (*self._weaker[each.file], each.file)
        ]
        seen = above or [each for each in definitions.values() if each.file in self._weaker[file]]
        top = [each for each in seen if not any(each.file in self._weaker[o.file] for o in seen)]
        return sorted(top, key=lambda each: each.place.sort_key)

    def report_unused(self, file: int, findings: Findings) -> None:
        """Warn of every `let` of a file that no text of the whole ruleset uses."""
        for name, definitions in self._definitions.items():
            if file in definitions and name not in self._used:
                findings.add(
                    codes.UNUSED_VARIABLE,
                    f"nothing uses `{name}`",
                    definitions[file].place,
                    help="take the `let` out, or write its name in braces in a reply or a phrase",
                )
