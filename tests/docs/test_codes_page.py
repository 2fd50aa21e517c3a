"""The list of codes in docs/diagnostics/README.md is generated."""

from __future__ import annotations

from tests.docs.pages import CODES_PAGE, codes_page


def test_the_page_in_the_repository_is_up_to_date() -> None:
    text = CODES_PAGE.read_text(encoding="utf-8")
    assert text == codes_page(text)
