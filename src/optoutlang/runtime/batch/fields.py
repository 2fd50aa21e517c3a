"""A decision as columns: their names, kinds and order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from optoutlang.runtime.terms import Action, Decision

Value = str | bool | list[str] | None


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    FLAG = "flag"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, as in the JSON of a decision, what it holds, and how it comes out of a decision."""

    name: str
    kind: Kind
    value: Callable[[Decision], Value]


def _name(action: Action | None) -> str | None:
    return None if action is None else action.value


ALL: tuple[Field, ...] = (
    Field("action", Kind.TEXT, lambda decision: _name(decision.action)),
    Field("suggested", Kind.TEXT, lambda decision: _name(decision.suggested)),
    Field("answer", Kind.TEXT, lambda decision: decision.answer),
    Field("matched_by", Kind.TEXT, lambda decision: decision.matched_by.value),
    Field("certain", Kind.FLAG, lambda decision: decision.certain),
    Field("keyword", Kind.TEXT, lambda decision: decision.keyword),
    Field("language", Kind.TEXT, lambda decision: decision.language),
    Field("country_scope", Kind.TEXT, lambda decision: decision.country_scope),
    Field("reply", Kind.TEXT, lambda decision: decision.reply),
    Field("rule", Kind.TEXT, lambda decision: decision.rule),
    Field("notes", Kind.TEXTS, lambda decision: [each.code.value for each in decision.notes]),
    Field("digest", Kind.TEXT, lambda decision: decision.digest),
)
"""All columns; where a message means nothing, the decision is null."""

NAMES = tuple(each.name for each in ALL)


def chosen(names: Iterable[str] | None) -> tuple[Field, ...]:
    """Return the fields of some names, in the order of these; None: all of them.

    Raises:
        ValueError: there is no field of a name, none is named, or one is named twice.
    """
    if names is None:
        return ALL
    by_name = {each.name: each for each in ALL}
    wanted = tuple(names)
    for name in wanted:
        if name not in by_name:
            raise ValueError(f"a decision has no field `{name}`; it has {', '.join(NAMES)}")
    if not wanted or len(set(wanted)) < len(wanted):
        raise ValueError("name one field of a decision or several, each once")
    return tuple(by_name[name] for name in wanted)
