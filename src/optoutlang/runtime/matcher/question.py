"""A question's country and language, read without losing the message (docs/language.md §5.1)."""

from __future__ import annotations

from optoutlang.runtime.terms import Note, NoteCode, country_code, language_tag, note

LONGEST_LANGUAGE = 3
"""Letters of the longest subtag that a language has; longer ones, such as `english`, are reserved (RFC 5646 §2.2.1)."""


def read_country(given: object, *, strict: bool) -> tuple[str | None, tuple[Note, ...]]:
    """Return a country's code in capitals, or None and a note; only None itself is no country without a note.

    Raises:
        ValueError: `strict`, and it is no country code.
    """
    if given is None:
        return None, ()
    try:
        return country_code(_text(given).strip()), ()
    except ValueError:
        if strict:
            raise
        return None, (note(NoteCode.UNKNOWN_COUNTRY, given),)


def read_language(given: object, *, strict: bool) -> tuple[str | None, tuple[Note, ...]]:
    """Return a BCP 47 tag in its usual casing, or None and a note; only None itself is no language without a note.

    Raises:
        ValueError: `strict`, and it is no well-formed tag, or one that no language has.
    """
    if given is None:
        return None, ()
    try:
        return _language(_text(given).strip().replace("_", "-")), ()  # `es_MX`, as UTS #35 allows
    except ValueError:
        if strict:
            raise
        return None, (note(NoteCode.UNKNOWN_LANGUAGE, given),)


def read_payload(given: object) -> str:
    """Return the payload of a button as text; bytes that are no UTF-8 are a text that no rule lists.

    Raises:
        TypeError: it is no str and no bytes.
    """
    if isinstance(given, bytes):
        return given.decode("utf-8", "surrogateescape")
    if not isinstance(given, str):
        raise TypeError(f"a payload is str or bytes, not {type(given).__name__}")
    return given


def _language(text: str) -> str:
    """Return a tag in its usual casing, of a language that may exist."""
    tag = language_tag(text)
    if len(tag.partition("-")[0]) > LONGEST_LANGUAGE:
        raise ValueError(f"no language has this tag: {text!r}")
    return tag


def _text(given: object) -> str:
    """Return an argument that must be text; any other type names no country or language."""
    if not isinstance(given, str):
        raise ValueError(f"neither a country code nor a language tag: {given!r}")  # noqa: TRY004
    return given
