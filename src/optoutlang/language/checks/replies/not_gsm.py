"""O405 not-gsm: one or two characters push a reply out of GSM 03.38 (docs/language.md §6).

A letter that its language may need is named only where it alone costs a
segment; typographic signs and emoji always, because nobody misses them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from optoutlang.language.model.ruleset import ReplyText
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.runtime.canonical.gsm import Encoding, Segments, measure

_FEW = 2
_PLAIN = {
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "–": "-",
    "—": "-",
    "…": "...",
    "\N{NO-BREAK SPACE}": " ",
    "\t": " ",
    "•": "-",
}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each reply of the root file that a small change brings back into GSM."""
    for reply in subject.ruleset.replies:
        if subject.is_root(reply) and reply.text is not None:
            found = _diagnostic(reply, reply.text)
            if found is not None:
                yield found


def _diagnostic(reply: ReplyText, text: str) -> Diagnostic | None:
    now = measure(text)
    if not 1 <= len(now.outside) <= _FEW:
        return None
    plain = {char: _plain(char) for char in now.outside}
    then = measure("".join(plain.get(char, char) for char in text))
    needed = any(char.isalpha() for char in now.outside)
    if needed and (len(now.outside) > 1 or then.segments >= now.segments):
        return None
    return Diagnostic(
        codes.NOT_GSM,
        f"{_named(now.outside)} not in the GSM alphabet: {_cost(now, then)}",
        Label(_place(reply, now.outside[0])),
        help=_help(plain, needed=needed),
        fix=_fix(reply, text, now.outside),
    )


def _plain(char: str) -> str:
    """Return the nearest text in GSM; nothing, where there is none."""
    if char in _PLAIN:
        return _PLAIN[char]
    base = unicodedata.normalize("NFKD", char)[0]
    return base if measure(base).encoding is Encoding.GSM_7 else ""


def _named(outside: tuple[str, ...]) -> str:
    names = " and ".join(f"`{char}` (U+{ord(char):04X})" for char in outside)
    return f"{names} {'is' if len(outside) == 1 else 'are'}"


def _place(reply: ReplyText, char: str) -> Place:
    """Return where a character stands; the whole reply if a variable or an escape brings it in."""
    source, span = reply.place.source, reply.place.span
    offset = source.text.find(char, span.start, span.end)
    return reply.place if offset < 0 else Place(source, Span(offset, offset + 1))


def _cost(now: Segments, then: Segments) -> str:
    if now.segments > then.segments:
        return f"{now.segments} segments instead of {then.segments}"
    return f"a segment holds {now.encoding.alone} characters instead of {then.encoding.alone}"


def _help(plain: dict[str, str], *, needed: bool) -> str:
    cures = [
        f"write `{to}` for `{char}`" if to else f"take `{char}` out" for char, to in plain.items()
    ]
    return " and ".join(cures) + (", if the language allows it" if needed else "")


def _fix(reply: ReplyText, text: str, outside: tuple[str, ...]) -> Fix | None:
    """Return the fix for typographic characters that all stand in the reply's own source, not in a variable."""
    source, start = reply.place.source, reply.place.span.start
    written = source.text[start : reply.place.span.end]
    if not all(char in _PLAIN and written.count(char) == text.count(char) for char in outside):
        return None
    found = re.finditer("|".join(map(re.escape, outside)), written)
    edits = tuple(
        Edit(
            Place(source, Span(start + match.start(), start + match.end())),
            _PLAIN[match.group()].replace('"', '\\"'),
        )
        for match in found
    )
    return Fix("write plain characters", edits)
