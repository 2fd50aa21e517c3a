"""Write the tables of docs/diagnostics/README.md again from the registry of codes: `make docs`."""

from __future__ import annotations

import re

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.pages import page_name
from tests.docs.blocks import ROOT

PAGE = ROOT / "docs" / "diagnostics" / "README.md"
_ROWS = re.compile(r"(?:^\| \[O\d{3}\].*\n)+", re.MULTILINE)


def index(text: str) -> str:
    """Return the page with each table's rows made anew: a table has all codes of the hundreds that it has any of."""
    return _ROWS.sub(_rows, text)


def _rows(table: re.Match[str]) -> str:
    hundreds = set(re.findall(r"\[(O\d)\d\d\]", table[0]))
    return "".join(
        f"| [{code.id}]({page_name(code)}) | {code.severity.value} | {code.title} |\n"
        for code in codes.ALL
        if code.id[:2] in hundreds
    )


if __name__ == "__main__":
    PAGE.write_text(index(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
