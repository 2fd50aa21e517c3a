"""One table of the settings while it is read: typed values out, findings about everything else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TypeVar

from optoutlang.interfaces.settings import codes
from optoutlang.interfaces.settings.locate import Path as Place
from optoutlang.interfaces.settings.locate import nearest
from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic, Label
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.source import place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText

E = TypeVar("E", bound=Enum)

_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


@dataclass(slots=True)
class Findings:
    """The findings about one file, and what is needed to make one."""

    source: SourceText
    places: dict[Place, Span]
    environment: Mapping[str, str]
    folder: Path
    found: list[Diagnostic] = field(default_factory=list)

    def add(self, code: Code, where: Place, message: str, cure: str) -> None:
        """Add a finding about the setting at a path."""
        label = Label(place.Place(self.source, nearest(self.places, where)))
        self.found.append(Diagnostic(code, message, label, help=cure))

    def no_toml(self, message: str) -> None:
        """Add the finding that the file is no TOML; `message` is that of tomllib."""
        at = _AT.search(message)
        span = self.source.end
        if at is not None and at[1]:
            offset = self.source.start_of(int(at[1])) + int(at[2]) - 1
            length = len(self.source.text)
            span = Span(min(offset, length), min(offset + 1, length))
        self.places[("",)] = span
        reason = _AT.sub("", message).strip()
        reason = reason[:1].lower() + reason[1:]
        self.add(
            codes.NOT_TOML,
            ("",),
            f"this is no TOML: {reason}",
            "https://toml.io says how a value is written",
        )


class Section:
    """A table of the settings, of which every setting is asked for once."""

    def __init__(self, findings: Findings, data: object, path: Place) -> None:
        self.findings = findings
        self.path = path
        self._data: dict[str, object] = data if isinstance(data, dict) else {}
        self._asked: set[str] = set()
        if not isinstance(data, dict):
            self.wrong(
                None, f"`{_name(path)}` is a table", "write its settings below a header in brackets"
            )

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def wrong(self, name: str | None, message: str, cure: str, code: Code = codes.WRONG) -> None:
        """Add a finding about one of the section's settings, or about the section."""
        where = self.path if name is None else (*self.path, name)
        self.findings.add(code, where, message, cure)

    def text(self, name: str, default: str | None = None, *, example: str = "") -> str:
        """Return a text that is not empty; without a default it has to be there."""
        found = self._value(name)
        if found is None:
            if default is None:
                self._missing(name, example)
            return default or ""
        if not isinstance(found, str) or not found.strip():
            self.wrong(
                name,
                f"`{name}` is a text",
                f'write it in quotation marks, as `{name} = "{example}"`',
            )
            return default or ""
        return found

    def optional(self, name: str) -> str | None:
        """Return a text, or None where it is not there."""
        self._asked.add(name)
        return self.text(name) if name in self._data else None

    def has_any(self, secret: str) -> bool:
        """Return whether the section says where a secret is, rightly or wrongly."""
        return any(each in self._data for each in (secret, f"{secret}_env", f"{secret}_file"))

    def flag(self, name: str, *, default: bool) -> bool:
        """Return whether something is wanted."""
        found = self._value(name)
        if found is None or isinstance(found, bool):
            return default if found is None else found
        self.wrong(
            name, f"`{name}` is true or false", f"write `{name} = true`, without quotation marks"
        )
        return default

    def number(self, name: str, default: float, *, least: float, most: float) -> float:
        """Return a number between two bounds."""
        found = self._value(name)
        if found is None:
            return default
        is_number = isinstance(found, int | float) and not isinstance(found, bool)
        if not is_number or not least <= float(str(found)) <= most:
            self.wrong(
                name,
                f"`{name}` is a number from {least:g} to {most:g}",
                f"the default is {default:g}",
            )
            return default
        return float(str(found))

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        """Return a whole number between two bounds."""
        found = self.number(name, default, least=least, most=most)
        if found != int(found):
            self.wrong(name, f"`{name}` is a whole number", f"the default is {default}")
            return default
        return int(found)

    def texts(self, name: str, default: Iterable[str] = ()) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        found = self._value(name)
        if found is None:
            return tuple(default)
        listed = [found] if isinstance(found, str) else found
        if not isinstance(listed, list) or not all(
            isinstance(each, str) and each.strip() for each in listed
        ):
            self.wrong(name, f"`{name}` is a list of texts", f'write `{name} = ["…", "…"]`')
            return tuple(default)
        return tuple(str(each) for each in listed)

    def choice(self, name: str, kind: type[E], default: E | None = None) -> E | None:
        """Return one of an enum's values; without a default it has to be there."""
        if name not in self._data:
            self._asked.add(name)
            if default is None:
                self._missing(name, str(next(iter(kind)).value))
            return default
        return self.chosen(name, self._value(name), kind) or default

    def chosen(self, name: str, value: object, kind: type[E]) -> E | None:
        """Return the member of an enum that a value is, or None with a finding."""
        names = [str(each.value) for each in kind]
        if value in names:
            return kind(value)
        near = closest(str(value), names)
        cure = (
            f"did you mean `{near}`?"
            if near
            else f"it is one of {', '.join(f'`{each}`' for each in names)}"
        )
        self.wrong(name, f"`{value}` is no value of `{name}`", cure)
        return None

    def secret(self, name: str, *, required: bool) -> str | None:
        """Return a secret from the variable that `<name>_env` names, or the file that `<name>_file` does."""
        variable, file = self.optional(f"{name}_env"), self.optional(f"{name}_file")
        if name in self._data:
            self._asked.add(name)
            self.wrong(
                name,
                f"`{name}` is a secret, and the settings are no place for one",
                f"put it into the environment and write `{name}_env` with the variable's name, or `{name}_file`",
                codes.NO_SECRET,
            )
            return None
        if variable is None and file is None:
            if required:
                self._missing(f"{name}_env", name.upper())
            return None
        found = (
            self._from_variable(name, variable) if variable else self._from_file(name, str(file))
        )
        return found or None

    def section(self, name: str) -> Section | None:
        """Return a table inside this one, or None where it is not there."""
        self._asked.add(name)
        found = self._data.get(name)
        return None if found is None else Section(self.findings, found, (*self.path, name))

    def required_section(self, name: str) -> Section:
        """Return a table inside this one; one that is missing is a finding."""
        found = self.section(name)
        if found is None:
            self._missing(name, "")
            return Section(self.findings, {}, (*self.path, name))
        return found

    def sections(self, name: str) -> list[Section]:
        """Return the tables of a list of tables."""
        self._asked.add(name)
        found = self._data.get(name, [])
        if not isinstance(found, list):
            where = _name((*self.path, name))
            self.wrong(
                name,
                f"`{where}` is a list of tables",
                f"write its header in double brackets: `[[{where}]]`",
            )
            return []
        return [
            Section(self.findings, each, (*self.path, name, at)) for at, each in enumerate(found)
        ]

    def tables(self) -> list[tuple[str, Section]]:
        """Return every table in this one with its name: of a table whose names are free."""
        self._asked.update(self._data)
        return [
            (name, Section(self.findings, each, (*self.path, name)))
            for name, each in self._data.items()
        ]

    def entries(self) -> list[tuple[str, object]]:
        """Return every setting in this table with its name: of a table whose names are free."""
        self._asked.update(self._data)
        return list(self._data.items())

    def close(self) -> None:
        """Add a finding about every setting that nobody asked for."""
        for name in self._data:
            if name not in self._asked:
                near = closest(name, self._asked - self._data.keys())
                listed = ", ".join(f"`{each}`" for each in sorted(self._asked))
                cure = f"did you mean `{near}`?" if near else f"there are {listed}"
                self.wrong(
                    name, f"there is no setting `{_name((*self.path, name))}`", cure, codes.UNKNOWN
                )

    def _value(self, name: str) -> object:
        self._asked.add(name)
        return self._data.get(name)

    def _missing(self, name: str, example: str) -> None:
        where = _name((*self.path, name))
        cure = f'add `{name} = "{example}"`' if example else f"add the table `[{where}]`"
        self.wrong(None, f"`{where}` is missing", cure, codes.MISSING)

    def _from_variable(self, name: str, variable: str) -> str:
        found = self.findings.environment.get(variable, "").strip()
        if not found:
            self.wrong(
                f"{name}_env",
                f"the environment has no `{variable}`",
                f"set it before the gateway starts; without `{name}` it does not",
                codes.NO_SECRET,
            )
        return found

    def _from_file(self, name: str, file: str) -> str:
        where = self.findings.folder / os.path.expandvars(file)
        try:
            found = where.read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            found, reason = "", getattr(error, "strerror", None) or "it is no text"
        else:
            reason = "it is empty"
        if not found:
            cure = "make the file, and let this user alone read it"
            self.wrong(
                f"{name}_file", f"`{file}` has no secret: {reason.lower()}", cure, codes.NO_SECRET
            )
        return found


def _name(path: Place) -> str:
    return ".".join(str(each) for each in path if not isinstance(each, int))
