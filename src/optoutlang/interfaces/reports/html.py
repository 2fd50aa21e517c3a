"""HTML that is escaped by construction: only what `element` returns goes in as it is."""

from __future__ import annotations

from html import escape


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def element(tag: str, *content: str, **attributes: str) -> Html:
    """Return an element; text in its content and attributes is escaped. `class_` is the attribute `class`."""
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
    )
    return Html(f"<{tag}{given}>{joined(*content)}</{tag}>")


def joined(*content: str) -> Html:
    """Return pieces one after the other, those that are plain text escaped."""
    return Html("".join(each if isinstance(each, Html) else escape(each) for each in content))
