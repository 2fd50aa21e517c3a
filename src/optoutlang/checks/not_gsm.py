"""O405 not-gsm: one character pushes a reply out of GSM 03.38, and it takes more segments for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from optoutlang.canonical.gsm import Encoding, measure
from optoutlang.checks.subject import Subject
from optoutlang.diagnostics import codes
from optoutlang.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.model.ruleset import ReplyText

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
    """Yield a diagnostic for each reply of the root file that a small change makes cheaper."""
    for reply in subject.ruleset.replies:
        if subject.is_root(reply) and reply.text is not None:
            found = _diagnostic(reply, reply.text)
            if found is not None:
                yield found


def _diagnostic(reply: ReplyText, text: str) -> Diagnostic | None:
    now = measure(text)
    if len(now.outside) != 1:
        return None
    char = now.outside[0]
    plain = _plain(char)
    then = measure(text.replace(char, plain))
    if then.encoding is not Encoding.GSM_7 or then.segments >= now.segments:
        return None
    return Diagnostic(
        codes.NOT_GSM,
        f"`{char}` (U+{ord(char):04X}) is not in the GSM alphabet: {now.segments} segments instead of {then.segments}",
        Label(reply.place),
        help=f"write `{plain}`, if the language allows it",
    )


def _plain(char: str) -> str:
    """Return the nearest text in GSM, or the character itself."""
    if char in _PLAIN:
        return _PLAIN[char]
    base = unicodedata.normalize("NFKD", char)[0]
    return base if measure(base).encoding is Encoding.GSM_7 else char
