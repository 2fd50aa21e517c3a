"""`...` at the beginning or end of a sentence: whatever else a message's sentence says (docs/language.md §5.10)."""

from __future__ import annotations

import re
from typing import NamedTuple

from optoutlang.language.model.phrase_text import MalformedPhraseError
from optoutlang.language.syntax.forms import Form
from optoutlang.runtime.terms.rest import Rest

_ELLIPSIS = re.compile(r"\.{3,}|…+")


class MisplacedEllipsisError(MalformedPhraseError):
    """`...` stands where a sentence cannot be open."""


class OpenText(NamedTuple):
    """The text of a sentence or phrase with spaces for `...`, and where the rest of the sentence is."""

    text: str
    rest: Rest


def read_rest(text: str, kind: Form) -> OpenText:
    """Return a text without its `...`, which may stand at one end of a sentence.

    Raises:
        MisplacedEllipsisError: it stands elsewhere.
    """
    marks = list(_ELLIPSIS.finditer(text))
    if not marks:
        return OpenText(text, Rest.NONE)
    first, last = marks[0], marks[-1]
    if kind not in {Form.SENTENCES, Form.EXCEPT_SENTENCES}:
        raise _malformed(
            first,
            "`...` stands in no phrase",
            "take it out: a phrase is found anywhere in a sentence",
        )
    ends = not text[: first.start()].strip(), not text[last.end() :].strip()
    inner = [each for each in marks if text[: each.start()].strip() and text[each.end() :].strip()]
    if inner:
        raise _malformed(
            inner[0],
            "`...` stands inside a sentence",
            "it may stand at the beginning or at the end alone",
        )
    if len(marks) > 1 or all(ends):
        raise _malformed(
            last,
            "this sentence is open on both sides",
            "write it in `phrases`: those are found anywhere in a sentence",
        )
    plain = f"{text[: first.start()]}{' ' * len(first[0])}{text[first.end() :]}"
    return OpenText(plain, Rest.BEFORE if ends[0] else Rest.BEHIND)


def _malformed(mark: re.Match[str], message: str, advice: str) -> MisplacedEllipsisError:
    return MisplacedEllipsisError(message, mark.start(), mark.end(), advice)
