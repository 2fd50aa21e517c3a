r"""Bytes or a text to a source text: UTF-8, no byte order mark, lines that end with `\n`.

Which characters a file may hold is `parse`'s question, so that those that it
may not hold are found together with everything else that is wrong.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

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
        if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return None, (_utf16(data, name, path),)
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


def _utf16(data: bytes, name: str, path: str) -> Diagnostic:
    shown = data.decode("utf-16", "replace").replace("\r\n", "\n")
    return Diagnostic(
        codes.UNREADABLE_CHARACTER,
        "this is UTF-16, and a rule file is UTF-8",
        Label(Place(SourceText(name, shown, path), Span(0, 1))),
        help="save the file as UTF-8",
    )


def read_text(text: str, *, name: str, path: str = "") -> _Read:
    """Return the source text of a text, as `decode` would of its bytes; there is nothing to find."""
    return SourceText(name, _normalised(text), path), ()


def _normalised(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
