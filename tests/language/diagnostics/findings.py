"""Findings for the tests of the renderers: real ones from the golden cases, and made ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic, Label
from optoutlang.language.driver.compile import check_path
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText

GOLDEN = Path(__file__).parent / "golden"


@cache
def golden(name: str) -> tuple[Diagnostic, ...]:
    """Return the findings of a golden case."""
    return check_path(GOLDEN / f"{name}.optout").diagnostics


def label(source: SourceText, text: str, message: str = "") -> Label:
    """Return a label for the first place of some text in a source."""
    start = source.text.index(text)
    return Label(Place(source, Span(start, start + len(text))), message)


def finding(primary: Label, message: str = "wrong", code: Code = codes.SYNTAX_ERROR) -> Diagnostic:
    """Return a finding with nothing but a place and a message."""
    return Diagnostic(code, message, primary)
