"""docs/diagnostics/README.md lists the codes that there are, as `make docs` writes them."""

from __future__ import annotations

import re

from optoutlang.language.diagnostics import codes
from tests.docs.diagnostics_index import PAGE, index

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_page_is_what_make_docs_writes() -> None:
    assert index(TEXT) == TEXT


def test_a_row_that_is_missing_is_written() -> None:
    [row] = re.findall(r"^\| \[O406\].*\n", TEXT, re.MULTILINE)
    assert index(TEXT.replace(row, "")) == TEXT


def test_every_code_is_listed_once() -> None:
    assert re.findall(r"^\| \[(O\d+)\]", TEXT, re.MULTILINE) == [code.id for code in codes.ALL]
