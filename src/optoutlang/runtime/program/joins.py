"""Ways in which an overlay joins the base: before its entries, on top of them, or in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar, cast

from optoutlang.runtime.program.absent import Absent
from optoutlang.runtime.program.context import LayeredTable, ResolvedContext

_Own = TypeVar("_Own")
_Entry = TypeVar("_Entry")
_Member = TypeVar("_Member")
_Place = TypeVar("_Place")


def without(under: ResolvedContext, absent: Absent) -> ResolvedContext:
    """Return what is resolved so far without what an overlay takes back; the same object if that is nothing."""
    if not absent:
        return under
    gone = absent.replies
    return replace(
        under,
        fillers=tuple(each for each in under.fillers if each not in absent.fillers),
        tolerances=under.tolerances - absent.tolerances,
        frames=tuple(each for each in under.frames if each not in absent.frames),
        replies={at: text for at, text in under.replies.items() if (*at, "") not in gone},
        keyword_replies={at: text for at, text in under.keyword_replies.items() if at not in gone},
    )


def before(under: Mapping[str, _Entry], own: Mapping[str, _Entry | None]) -> Mapping[str, _Entry]:
    """Let entries stand before those that are there; one that means nothing removes."""
    if not own:
        return under
    if not under and all(own.values()):
        return cast("Mapping[str, _Entry]", own)  # the base: nothing to remove
    return LayeredTable(under, own)


def added(under: Mapping[str, _Entry], own: Mapping[str, _Entry]) -> Mapping[str, _Entry]:
    """Let entries stand before those that are there; none takes another one away."""
    return {**under, **own} if own else under


def replies_before(
    under: Mapping[_Place, str | None], own: Mapping[_Place, str | None]
) -> Mapping[_Place, str | None]:
    """Let replies stand before those that are there."""
    return {**under, **own} if own else under


def concatenated(under: tuple[_Member, ...], own: tuple[_Member, ...]) -> tuple[_Member, ...]:
    """Put texts behind those that are there."""
    return (*under, *own) if own else under


def in_front(under: tuple[_Member, ...], own: tuple[_Member, ...]) -> tuple[_Member, ...]:
    """Put members before those that are there."""
    return (*own, *under) if own else under


def union(under: frozenset[_Member], own: frozenset[_Member]) -> frozenset[_Member]:
    """Add members to those that are there."""
    return under | own


def replacing(under: tuple[_Member, ...], own: tuple[_Member, ...]) -> tuple[_Member, ...]:
    """Replace what is there, if there is anything to put in its place."""
    return own or under


def replacing_if_given(under: _Own, own: _Own | None) -> _Own:
    """Replace what is there, also by nothing, where the overlay says so."""
    return under if own is None else own


def only_own(_: frozenset[_Member], own: frozenset[_Member]) -> frozenset[_Member]:
    """Leave out what is there: it is a matter of each context alone."""
    return own


def own_instead(_: _Own, own: _Own) -> _Own:
    """Replace what is there, whatever the overlay says."""
    return own
