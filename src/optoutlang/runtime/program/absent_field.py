"""The row of the table of fields for what a country takes back, and its form in an artefact."""

from __future__ import annotations

from collections.abc import Iterable

from optoutlang.runtime.canonical import key as key_of
from optoutlang.runtime.program.absent import Absent, ReplyPlace
from optoutlang.runtime.program.codecs import (
    read_fillers,
    read_frames,
    read_tolerances,
    write_names,
)
from optoutlang.runtime.program.field import Field
from optoutlang.runtime.program.wire import (
    Json,
    ReadPools,
    WritePools,
    read_action,
    read_members,
    read_tag,
    require,
)

_NOTHING = Absent()
_MEMBERS = {"fillers", "tolerances", "frames", "replies"}


def _write(absent: Absent, pools: WritePools) -> Json:
    written: dict[str, Json] = {
        "fillers": list[Json](sorted(absent.fillers)),
        "tolerances": write_names(absent.tolerances, pools),
        "frames": list[Json](sorted(absent.frames)),
        "replies": _write_places(absent.replies),
    }
    return {name: each for name, each in written.items() if each}


def _write_places(places: Iterable[ReplyPlace]) -> dict[str, Json]:
    """Return places as replies are written, with nothing in each."""
    by_action: dict[str, dict[str, dict[str, Json]]] = {}
    for action, language, key in places:
        by_action.setdefault(action.value, {}).setdefault(language, {})[key] = None
    return {action: {**languages} for action, languages in by_action.items()}


def _read(value: object, pools: ReadPools, _: Absent) -> Absent:
    content = read_members(value)
    require(content.keys() <= _MEMBERS, "not the members of what is taken back")
    return Absent(
        fillers=frozenset(read_fillers(content.get("fillers", []), pools, ())),
        tolerances=read_tolerances(content.get("tolerances", []), pools, frozenset()),
        frames=frozenset(read_frames(content.get("frames", []), pools, ())),
        replies=frozenset(_read_places(content.get("replies", {}))),
    )


def _read_places(value: object) -> Iterable[ReplyPlace]:
    for action, languages in read_members(value).items():
        for language, keys in read_members(languages).items():
            for key, nothing in read_members(keys).items():
                require(nothing is None and key_of(key) == key, f"`{key}` is no key")
                yield read_action(action), read_tag(language), key


ABSENT: Field[Absent, Absent] = Field(
    name="absent",
    label="what is taken back",
    own=lambda each: each.absent,
    resolved=lambda _: _NOTHING,  # what is resolved has it no longer
    join=lambda under, _: under,
    write=_write,
    read=_read,
    since=2,
)
