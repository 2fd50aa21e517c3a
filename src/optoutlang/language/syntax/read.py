r"""Bytes or a text to a source text: UTF-8, no byte order mark, lines that end with `\n`.

Which characters a file may hold is `parse`'s question, so that those that it
may not hold are found together with everything else that is wrong.
"""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText

_Read = tuple[SourceText | None, tuple[Diagnostic, ...]]


def decode(data: bytes, *, name: str, path: str = "") -> _Read:
    """Return the source text of a file's bytes, or None and a finding where they are not UTF-8."""
    try:
        return read_text(data.decode("utf-8"), name=name, path=path)
    except UnicodeDecodeError as error:
        before = _normalised(data[: error.start].decode("utf-8"))
        shown = before + _normalised(data[error.start :].decode("utf-8", "replace"))
        place = Place(SourceText(name, shown, path), Span(len(before), len(before) + 1))
        finding = Diagnostic(
            codes.UNREADABLE_CHARACTER,
            f"the byte 0x{data[error.start]:02X} is not UTF-8",
            Label(place),
            help="save the file as UTF-8",
        )
        return None, (finding,)


def read_text(text: str, *, name: str, path: str = "") -> _Read:
    """Return the source text of a text, as `decode` would of its bytes; there is nothing to find."""
    return SourceText(name, _normalised(text), path), ()


def _normalised(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
