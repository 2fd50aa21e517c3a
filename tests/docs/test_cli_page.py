"""docs/cli.md says what the commands say of themselves."""

from __future__ import annotations

from tests.docs.pages import CLI_PAGE, cli_page


def test_the_page_is_what_make_docs_writes() -> None:
    assert CLI_PAGE.read_text(encoding="utf-8") == cli_page()
