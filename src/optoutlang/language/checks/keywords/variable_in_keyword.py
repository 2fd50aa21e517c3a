"""O831 variable-in-keyword: `LEAVE {brand}` or `LEAVE $brand` as a keyword, a `remove`, an answer's word or filler.

Variables stand in replies, sentences, phrases and frames. In a keyword braces
are punctuation and vanish: `LEAVE {brand}` is the keyword LEAVE BRAND.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from optoutlang.language.checks.edits import replacing
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.statement import AnswerKeyword, Claim, FillerPhrase, Removal
from optoutlang.language.model.topics import TopicKeyword
from optoutlang.runtime.canonical import canonical

_BRACES = re.compile(r"\$?\{\{?\s*([\w-]+)\s*\}\}?")
_SIGN = re.compile(r"\$([^\W\d][\w-]*)|%([^\W\d][\w-]*)%|<([^\W\d][\w-]*)>")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each word of the root file in which a variable was meant."""
    ruleset = subject.ruleset
    values = dict(ruleset.variables)
    words: tuple[Claim | Removal | FillerPhrase | AnswerKeyword | TopicKeyword, ...] = (
        *ruleset.of(Claim),
        *ruleset.of(Removal),
        *ruleset.of(FillerPhrase),
        *ruleset.of(AnswerKeyword),
        *ruleset.of(TopicKeyword),
    )
    for each in words:
        match = _variable(each.word, values) if subject.is_root(each) else None
        if match is None:
            continue
        name = next(filter(None, match.groups()))
        noun = "filler" if isinstance(each, FillerPhrase) else "a keyword"
        value = values.get(name)
        meant = each.word.replace(match[0], value) if value else None
        yield Diagnostic(
            codes.VARIABLE_IN_KEYWORD,
            f"{noun} has no variables: `{each.word}` is `{canonical(each.word)}`",
            Label(each.place),
            help="write its value"
            if value
            else f"write `{name}` without the braces, or a word of its own",
            fix=replacing(each.place, meant) if meant else None,
        )


def _variable(word: str, known: Mapping[str, str]) -> re.Match[str] | None:
    match = _BRACES.search(word)
    if match is not None:
        return match
    match = _SIGN.search(word)
    return match if match is not None and next(filter(None, match.groups())) in known else None
