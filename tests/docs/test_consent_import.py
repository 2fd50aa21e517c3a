"""docs/consent-import.md shows every form that the import knows, as it is."""

from __future__ import annotations

from pathlib import Path

from tests.docs.consent_import import forms_table

PAGE = Path(__file__).resolve().parents[2] / "docs" / "consent-import.md"


def test_the_page_has_the_table_of_forms_as_it_is() -> None:
    assert forms_table() in PAGE.read_text(encoding="utf-8")
