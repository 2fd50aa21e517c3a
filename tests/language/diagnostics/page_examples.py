"""The examples in the pages of docs/diagnostics: fenced `optout` blocks under `## Bad` and `## Good`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from optoutlang.language.diagnostics.diagnostic import Code
from optoutlang.language.diagnostics.pages import page

MAIN = "example.optout"
"""The name of an example's root file: the one block without a name."""

_BLOCK = re.compile(r"^```optout(?: name=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^## (Bad|Good)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """The files of an example by name; `MAIN` is one of them."""

    files: dict[str, str]

    def write(self, folder: Path) -> Path:
        """Write the files into a folder; return the root file's path."""
        (folder / "shared").mkdir(exist_ok=True)
        for name, text in self.files.items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder / MAIN


def example(code: Code, heading: str) -> Example:
    """Return the example under a heading, `Bad` or `Good`, of a code's page."""
    _, *parts = _HEADING.split(page(code))
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    found = [(match[1] or MAIN, match[2]) for match in _BLOCK.finditer(sections[heading])]
    files = dict(found)
    if len(files) != len(found) or MAIN not in files:
        raise ValueError(f"{code.id}: the example under {heading} is not one root file and others")
    return Example(files)
