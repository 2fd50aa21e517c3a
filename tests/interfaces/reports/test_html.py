"""HTML that is escaped by construction."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from optoutlang.interfaces.reports.html import element, joined


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"])) | st.sampled_from(
    ["<script>alert(1)</script>", "a & b", "&lt;", '" onload="x', "'", "</td>", "<!--", "&amp"]
)


@given(TEXTS, TEXTS)
def test_text_comes_back_as_it_was_and_makes_no_tag(text: str, attribute: str) -> None:
    reader = Reader()
    reader.feed(element("p", element("b", text), text, title=attribute, class_="x"))
    reader.close()
    assert reader.tags == [("p", [("title", attribute), ("class", "x")]), ("b", [])]
    assert reader.text == text + text


def test_what_is_html_already_is_not_escaped_again() -> None:
    assert joined(element("i", "&"), "&") == "<i>&amp;</i>&amp;"
    assert element("div", aria_hidden="true") == '<div aria-hidden="true"></div>'
