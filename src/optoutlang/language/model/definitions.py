"""Names that files give to classes and guards, and which file's a name means (docs/language.md §5.24)."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Code, Label
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.pattern import ClassName
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.syntax.tree import Word


class Definitions:
    """What all files of a ruleset call `kind`: classes, or guards; `weaker[i]` are the files weaker than file i."""

    def __init__(self, kind: str, unknown: Code, weaker: tuple[frozenset[int], ...]) -> None:
        self._kind = kind
        self._unknown = unknown
        self._weaker = weaker
        self._places: dict[str, dict[int, Place]] = {}
        self._first: set[tuple[int, Span]] = set()
        self._reported: set[tuple[str, int]] = set()

    @property
    def names(self) -> list[str]:
        """Every name, sorted."""
        return sorted(self._places)

    def define(self, file: int, name: Word, findings: Findings) -> None:
        """Take in a name; a second one of the same kind in one file is an error, and the first one holds."""
        places = self._places.setdefault(name.value, {})
        place = findings.place(name.span)
        if file in places:
            findings.add(
                codes.REPEATED_CLASS,
                f"{self._kind} `{name.value}` is stated twice in this file",
                place,
                related=(Label(places[file], "stated here first"),),
                help="write one list, or give one of the two another name",
            )
            return
        places[file] = place
        self._first.add((file, place.span))

    def is_first(self, file: int, place: Place) -> bool:
        """Tell whether a place is that of a name which holds for its file."""
        return (file, place.span) in self._first

    def place_of(self, name: ClassName) -> Place:
        """Return where a name is stated."""
        file, text = name
        return self._places[text][file]

    def is_seen(self, name: str, file: int) -> bool:
        """Tell whether a file sees a name: it states it, or a file that it uses does."""
        return bool(self._visible(name, file))

    def look_up(self, name: str, file: int, place: Place, findings: Findings) -> ClassName | None:
        """Return what a name means for a file, or collect an error and return None."""
        visible = self._visible(name, file)
        if not visible:
            near = closest(name, self.names)
            findings.add(
                self._unknown,
                f"no {self._kind} has the name `{name}`",
                place,
                help=self._advice(name, near),
            )
            return None
        if len(visible) > 1 and (name, file) not in self._reported:
            self._reported.add((name, file))
            one, other = (self._places[name][each] for each in visible[:2])
            findings.add(
                codes.AMBIGUOUS_CLASS,
                f"two files state {self._kind} `{name}`, neither of which is stronger",
                place,
                related=(Label(one, "stated here"), Label(other, "and here")),
                help=f"state a {self._kind} `{name}` in this file, or use one of the two files alone",
            )
        return visible[0], name

    def _advice(self, name: str, near: str | None) -> str:
        if name in self._places:
            return f"this file does not use the file that states {self._kind} `{name}`"
        if near:
            return f"did you mean `{near}`?"
        return f"state it at the top of the file: `{self._kind} {name} is …`"

    def _visible(self, name: str, file: int) -> list[int]:
        """Return the strongest files that state a name, of a file itself and those that it uses."""
        places = self._places.get(name, {})
        if file in places:
            return [file]
        seen = [each for each in places if each in self._weaker[file]]
        top = [each for each in seen if not any(each in self._weaker[other] for other in seen)]
        return sorted(top, key=lambda each: places[each].sort_key)
