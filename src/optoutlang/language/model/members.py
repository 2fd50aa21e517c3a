"""The canonical texts of classes: every member written out (docs/language.md §5.24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Code
from optoutlang.language.model.frame_rows import GluedPartError, pieces_of
from optoutlang.language.model.pattern import Choice, ClassName, Gap, Member, Pattern, Text
from optoutlang.language.model.phrase_text import MAX_TEXTS
from optoutlang.language.model.statement import WordClass
from optoutlang.runtime.canonical import tokens

MAX_CLASS_TEXTS = 20_000
"""How many texts the members of one class may stand for."""

MAX_TOKENS = 12
"""How many tokens a text of a member may have."""

SHORTEST_STEM = 2
"""How many characters a stem has at least."""

STEM = "*"
"""What closes a stem: any word that begins so."""

ClassTexts = Mapping[ClassName, tuple[str, ...]]
"""The canonical texts of classes, sorted; a stem's ends in `*`."""


class UnfitMemberError(ValueError):
    """A member that cannot stand in a class; `code` is the finding's."""

    def __init__(self, code: Code, message: str, advice: str) -> None:
        super().__init__(message)
        self.code = code
        self.help = advice


def class_texts(classes: tuple[WordClass, ...]) -> dict[ClassName, tuple[str, ...]]:
    """Return the texts of all classes of a ruleset, which hold each other in no circle."""
    by_name = {each.key: each for each in classes}
    texts: dict[ClassName, tuple[str, ...]] = {}

    def write_out(name: ClassName) -> None:
        if name in texts or name not in by_name:
            return
        found: set[str] = set()
        for pattern in by_name[name].members:
            for used in classes_in(pattern):
                write_out(used)
            found |= texts_of(pattern, texts)
        texts[name] = tuple(sorted(found))

    for name in by_name:
        write_out(name)
    return texts


def classes_in(pattern: Pattern) -> tuple[ClassName, ...]:
    """Return the classes that a pattern names, each once, in order."""
    if _is_text(pattern):
        return ()
    names: dict[ClassName, None] = {}
    for part in pattern.parts:
        if isinstance(part, Member):
            names[part.name] = None
        elif isinstance(part, Choice):
            names |= dict.fromkeys(name for each in part.options for name in classes_in(each))
    return tuple(names)


def texts_of(pattern: Pattern, texts: ClassTexts) -> frozenset[str]:
    """Return the canonical texts of a member; one without a token is none.

    Raises:
        UnfitMemberError: there are too many, one is too long, a `*` or a class
            stands where it cannot.
    """
    if _is_text(pattern):
        return _of_text(pattern)
    return _plain(pattern) if not classes_in(pattern) else _written(pattern, texts)


def _is_text(pattern: Pattern) -> bool:
    """Tell whether a member is plain text, as nearly all are: every pass over a ruleset asks for them again."""
    return len(pattern.parts) == 1 and isinstance(pattern.parts[0], Text)


def _of_text(pattern: Pattern) -> frozenset[str]:
    (part,) = pattern.parts
    return _alone(part.text) if isinstance(part, Text) else frozenset()


@lru_cache(maxsize=1 << 17)
def _alone(text: str) -> frozenset[str]:
    written = _canonical(text)
    return frozenset((written,)) if written else frozenset()


@lru_cache(maxsize=1 << 17)
def _plain(pattern: Pattern) -> frozenset[str]:
    """Return the texts of a member without classes; every pass over a ruleset asks for them again."""
    return _written(pattern, {})


def _written(pattern: Pattern, texts: ClassTexts) -> frozenset[str]:
    count = _width(pattern, texts)
    if count > MAX_TEXTS:
        raise UnfitMemberError(
            codes.MEMBER_TOO_WIDE,
            f"this member stands for {count:,} texts; {MAX_TEXTS:,} is the most",
            "say it in several members with fewer alternatives each",
        )
    try:
        rows = tuple(pieces_of(pattern))
    except GluedPartError:
        raise UnfitMemberError(
            codes.MALFORMED_FRAME,
            "a class in braces touches a letter",
            "a class stands as a word of its own, between spaces",
        ) from None
    written = (
        "".join(each) for row in rows for each in product(*(_texts(part, texts) for part in row))
    )
    return frozenset(text for each in written if (text := _canonical(each)))


def _texts(part: str | Member | Gap, texts: ClassTexts) -> Sequence[str]:
    match part:
        case str():
            return (part,)
        case Member(name):
            return texts.get(name, ())
        case Gap():
            raise ValueError("a gap in a member")


def _width(pattern: Pattern, texts: ClassTexts) -> int:
    width = 1
    for part in pattern.parts:
        if isinstance(part, Member):
            width *= len(texts.get(part.name, ()))
        elif isinstance(part, Choice):
            width *= sum(_width(option, texts) for option in part.options)
    return width


def _canonical(text: str) -> str:
    text = text.rstrip()
    body = text.removesuffix(STEM)
    row = tokens(body)
    is_stem = body != text
    if STEM in body:
        raise UnfitMemberError(
            codes.MISPLACED_STEM,
            f"`{STEM}` stands before the end of the last word of `{text}`",
            "a stem is the beginning of the last word: `spam*`",
        )
    if is_stem and (not row or len(row[-1]) < SHORTEST_STEM or len(tokens(f"{body}a")) > len(row)):
        raise UnfitMemberError(
            codes.MISPLACED_STEM,
            f"`{text}` does not end in a stem of {SHORTEST_STEM} characters or more",
            "write more of the word before `*`, or the words that are meant",
        )
    if len(row) > MAX_TOKENS:
        raise UnfitMemberError(
            codes.MEMBER_TOO_WIDE,
            f"`{text}` has {len(row)} words; {MAX_TOKENS} is the most",
            "put the words that vary into the class, and the others into the frame",
        )
    return " ".join(row) + STEM * is_stem
