"""The two parts of an artefact's content: what keywords need, which is read at once, and what is read when asked for.

A part is one line of canonical JSON. The second one has the long tables: token
sequences and what they mean, frames, filler, typos and the suggester. Whatever
a context says stands in one of the two, by the name of its field.
"""

from __future__ import annotations

from collections.abc import Mapping

from optoutlang.runtime.program.wire import Json, read_list, read_members, require

_CONTEXT_FIELDS = frozenset(
    "answer_sentences exceptions fillers frames ordinary phrases sentences topic_sentences".split()
)
"""The fields of a context that stand in the second part."""

_MEMBERS = frozenset("frames meanings similar typos".split())
"""The members of a program that stand in the second part alone."""

_BASE, _OVERLAYS = "base", "overlays"
"""Those that stand in both."""


def parted(content: Mapping[str, Json]) -> tuple[Json, Json]:
    """Return the two parts of the content that `encode` makes."""
    contexts = [read_members(each) for each in (content[_BASE], *read_list(content[_OVERLAYS]))]
    return tuple(_part(content, contexts, second=second) for second in (False, True))  # type: ignore[return-value]


def _part(content: Mapping[str, Json], contexts: list[dict[str, object]], *, second: bool) -> Json:
    base, *overlays = (
        {name: value for name, value in each.items() if (name in _CONTEXT_FIELDS) is second}
        for each in contexts
    )
    alone = {name: value for name, value in content.items() if (name in _MEMBERS) is second}
    return {**alone, _BASE: base, _OVERLAYS: overlays}  # type: ignore[dict-item]


def require_front(front: Mapping[str, object]) -> None:
    """Require that nothing of the second part stands in the first one."""
    require(_MEMBERS.isdisjoint(front), "a member in the wrong part")
    for each in (front[_BASE], *read_list(front[_OVERLAYS])):
        require(_CONTEXT_FIELDS.isdisjoint(read_members(each)), "a field in the wrong part")


def joined(front: Mapping[str, object], rest: Mapping[str, object]) -> dict[str, object]:
    """Return the content of two parts.

    Raises:
        MalformedError: something stands in the wrong part, or the parts are not of as many contexts.
    """
    require_front(front)
    require(rest.keys() - {_BASE, _OVERLAYS} <= _MEMBERS, "a member in the wrong part")
    ours, theirs = (read_list(each.get(_OVERLAYS)) for each in (front, rest))
    require(len(ours) == len(theirs), "parts with other overlays")
    base = _joined(front[_BASE], rest.get(_BASE))
    overlays = [_joined(one, other) for one, other in zip(ours, theirs, strict=True)]
    return {**front, **rest, _BASE: base, _OVERLAYS: overlays}


def _joined(front: object, rest: object) -> dict[str, object]:
    second = read_members(rest)
    require(second.keys() <= _CONTEXT_FIELDS, "a field in the wrong part")
    return {**read_members(front), **second}
