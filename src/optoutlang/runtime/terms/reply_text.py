"""Texts of replies: how long they are, and the places where a value stands that is known when they are sent.

A *placeholder* is `{name}` in a reply's text, of a name that the rules declare
as a run-time variable (docs/language.md §6).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PLACEHOLDER = re.compile(r"\{([\w-]+)\}")


@dataclass(frozen=True, slots=True)
class ReplyVariable:
    """A value that a reply has a place for: its name, and the most UTF-16 code units that it may have.

    Raises:
        ValueError: it may have none.
    """

    name: str
    longest: int

    def __post_init__(self) -> None:
        if self.longest < 1:
            raise ValueError("a value without room")


class ReplyValueError(ValueError):
    """A value of a reply is missing, or longer than the rules allow."""


def reply_length(text: str) -> int:
    """Return the length of a reply in UTF-16 code units, as carriers count them."""
    return len(text) + sum(each > "\uffff" for each in text)


def variables_in(text: str, declared: Mapping[str, int]) -> tuple[ReplyVariable, ...]:
    """Return the variables that a reply has a place for, by name; `declared` are their greatest lengths."""
    if not declared:
        return ()
    names = {match.group(1) for match in _PLACEHOLDER.finditer(text)}
    return tuple(ReplyVariable(each, declared[each]) for each in sorted(names & declared.keys()))


def longest_text(text: str, declared: Mapping[str, int]) -> str:
    """Return a reply with a value of the greatest length in each place, of letters of the GSM alphabet."""
    if not declared:
        return text
    return _PLACEHOLDER.sub(lambda match: _longest(match, declared), text)


def _longest(match: re.Match[str], declared: Mapping[str, int]) -> str:
    longest = declared.get(match.group(1))
    return match.group() if longest is None else "x" * longest


def filled(text: str, variables: tuple[ReplyVariable, ...], values: Mapping[str, str]) -> str:
    """Return a reply with its values in place; values that it has no place for are left alone.

    Raises:
        TypeError: a value is no str.
        ReplyValueError: one is missing, or too long.
    """
    for each in variables:
        value = values.get(each.name)
        if value is None:
            raise ReplyValueError(f"the reply needs a value for `{each.name}`")
        if not isinstance(value, str):
            raise TypeError(f"the value for `{each.name}` is str, not {type(value).__name__}")
        length = reply_length(value)
        if length > each.longest:
            raise ReplyValueError(
                f"the value for `{each.name}` has {length} characters; {each.longest} is the most"
            )
    names = {each.name for each in variables}
    return _PLACEHOLDER.sub(
        lambda match: values[match.group(1)] if match.group(1) in names else match.group(), text
    )
