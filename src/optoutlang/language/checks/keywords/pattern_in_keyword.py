"""O217 pattern-in-keyword: alternatives or options written in a keyword, a `remove` or filler.

Only sentences, phrases and exceptions are patterns. In a keyword `(`, `|` and
`[` are punctuation and vanish: `(stop|quit)` is the keyword STOPQUIT.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from optoutlang.language.checks.edits import spelt
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from optoutlang.language.model.phrase_text import MalformedPhraseError, parse_phrase
from optoutlang.language.model.statement import Claim, FillerPhrase, Removal
from optoutlang.runtime.canonical import canonical, key

_PATTERN = re.compile(r"\w\s*\|\s*\w|\[[^\[\]]*\w[^\[\]]*\]")
_SLASH = re.compile(r"[^\W\d_]{2,}\s*/\s*[^\W\d_]{2,}")
"""Two words and a slash; letters alone are an abbreviation (`s/o`)."""
_MANY = 12
"""More words than this are no fix: nobody would read them."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each keyword, removal or filler of the root file that is written as a pattern."""
    ruleset = subject.ruleset
    words: tuple[Claim | Removal | FillerPhrase, ...] = (
        *ruleset.of(Claim),
        *ruleset.of(Removal),
        *ruleset.of(FillerPhrase),
    )
    for each in words:
        has_slash = _SLASH.search(each.word) is not None
        if subject.is_root(each) and (has_slash or _PATTERN.search(each.word)):
            noun = "filler" if isinstance(each, FillerPhrase) else "a keyword"
            signs = "`/` vanishes" if has_slash else "brackets and `|` vanish"
            yield Diagnostic(
                codes.PATTERN_IN_KEYWORD,
                f"{signs} in {noun}: `{each.word}` is `{canonical(each.word)}`",
                Label(each.place),
                help="write the words one by one, or a `sentences` or `phrases` statement",
                fix=_fix(each),
            )


def _fix(word: Claim | Removal | FillerPhrase) -> Fix | None:
    """Return the fix that writes the words out."""
    text = word.word.replace("/", "|")
    try:
        pattern = parse_phrase(text if "(" in text or "|" not in text else f"({text})")
    except MalformedPhraseError:
        return None
    if pattern.count > _MANY:
        return None
    texts = {key(text): " ".join(text.split()) for text in pattern.texts()}
    if "" in texts:
        return None
    written = ", ".join(spelt(text) for text in texts.values())
    return Fix(f"write {written}", (Edit(word.place, written),))
