"""The pages of the codes: cause, cure, a bad and a good example, in Markdown."""

from __future__ import annotations

from pathlib import Path

from optoutlang.language.diagnostics.diagnostic import Code

_INSTALLED = Path(__file__).resolve().parent / "pages"
_CHECKOUT = Path(__file__).resolve().parents[4] / "docs" / "diagnostics"


def pages_folder() -> Path:
    """Return the folder of all pages: inside the wheel, or `docs/diagnostics` of a checkout."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def page_name(code: Code) -> str:
    """Return the file name of a code's page."""
    return f"{code.id}-{code.slug}.md"


def page(code: Code) -> str:
    """Return the page of a code, as Markdown."""
    return (pages_folder() / page_name(code)).read_text(encoding="utf-8")
