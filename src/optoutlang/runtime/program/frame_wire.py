"""The artefact's form of frames: the members of a class front-coded, rows as lists of numbers."""

from __future__ import annotations

from itertools import chain

from optoutlang.runtime.program.frames import (
    STEM,
    Frame,
    FrameTable,
    Guard,
    Part,
    Row,
    WordClass,
)
from optoutlang.runtime.program.front_coding import front_coded, front_decoded
from optoutlang.runtime.program.meaning import Origin
from optoutlang.runtime.program.wire import (
    Json,
    MalformedError,
    ReadPools,
    read_action,
    read_int,
    read_list,
    read_members,
    read_row,
    read_tag,
    read_text,
    require,
    require_sorted,
)
from optoutlang.runtime.terms.side import Side

_SIDES = {each.value: each for each in Side}
_MEMBERS = frozenset("classes frames guards ordinary".split())
_BEGINS, _ENDS = 1, 2


def write_frame_table(table: FrameTable) -> Json:
    """Return frames, and what they refer to, as JSON."""
    content: dict[str, Json] = {
        "classes": [_class(each) for each in table.classes],
        "frames": [_frame(each) for each in table.frames],
    }
    if table.guards:
        content["guards"] = [_guard(each) for each in table.guards]
    if table.ordinary:
        content["ordinary"] = front_coded(table.ordinary)
    return content


def read_frame_table(value: object, pools: ReadPools) -> FrameTable:
    """Return the frames of a JSON value; a program without frames has none.

    Raises:
        ValueError: it is not what `write_frame_table` gives for some frames.
    """
    content = read_members(value)
    required = _MEMBERS - {"guards", "ordinary"}
    require(required <= content.keys() <= _MEMBERS, "not the members of frames")
    classes = tuple(_read_class(each, pools) for each in read_list(content["classes"]))
    guards = tuple(_read_guard(each, len(classes)) for each in read_list(content.get("guards", [])))
    frames = tuple(
        _read_frame(each, pools, len(classes), len(guards)) for each in read_list(content["frames"])
    )
    require(bool(frames), "no frames")
    words = tuple(front_decoded(read_text(content["ordinary"]))) if "ordinary" in content else ()
    return FrameTable(classes, guards, frames, frozenset(require_sorted(words)))


def _class(word_class: WordClass) -> Json:
    """Return the members of a class, behind its name; the name of words that stand in a frame is themselves."""
    members = front_coded(word_class.members)
    return members if word_class.members == (word_class.name,) else [word_class.name, members]


def _read_class(value: object, pools: ReadPools) -> WordClass:
    if isinstance(value, str):
        members = tuple(front_decoded(read_text(value)))
        require(len(members) == 1, "a class without a name")
        word_class = WordClass(members[0], members)
    else:
        name, coded = (read_text(each) for each in read_row(value, 2))
        word_class = WordClass(name, tuple(front_decoded(coded)))
    for member in word_class.members:
        pools.require_canonical(member.removesuffix(STEM))
    return word_class


def _guard(guard: Guard) -> Json:
    return [guard.name, list[Json](guard.classes), guard.side.value, guard.distance]


def _read_guard(value: object, classes: int) -> Guard:
    name, numbers, side, distance = read_row(value, 4)
    where = _SIDES.get(read_text(side))
    if where is None:
        raise MalformedError("not a side of a match")
    return Guard(read_text(name), _numbers(numbers, classes), where, read_int(distance))


def _frame(frame: Frame) -> Json:
    origin = frame.origin
    return [
        frame.action.value,
        [origin.language, origin.spelling, origin.source, origin.line],
        [_row(each) for each in frame.rows],
        list[Json](frame.guards),
        list[Json](frame.needs),
    ]


def _read_frame(value: object, pools: ReadPools, classes: int, guards: int) -> Frame:
    action, origin, rows, unless, needs = read_row(value, 5)
    language, spelling, source, line = read_row(origin, 4)
    return Frame(
        read_action(action),
        Origin(
            language=read_tag(language),
            spelling=read_text(spelling),
            source=read_int(source, below=pools.sources),
            line=read_int(line, above=0),
        ),
        tuple(_read_row(each, classes) for each in read_list(rows)),
        _numbers(unless, guards),
        _numbers(needs, classes),
    )


def _row(row: Row) -> Json:
    """Return a row as what stands at its edges, its first class, and each gap with the class behind it."""
    edges = row.begins * _BEGINS + row.ends * _ENDS
    numbers = chain.from_iterable((each.gap, each.word_class) for each in row.parts)
    return [edges, *list(numbers)[1:]]


def _read_row(value: object, classes: int) -> Row:
    edges, *numbers = (read_int(each) for each in read_list(value) or [None])
    require(edges <= _BEGINS + _ENDS and len(numbers) % 2 == 1, "not a row of a frame")
    pairs = zip([0, *numbers[1::2]], numbers[::2], strict=True)
    parts = tuple(Part(read_int(number, below=classes), gap) for gap, number in pairs)
    return Row(bool(edges & _BEGINS), bool(edges & _ENDS), parts)


def _numbers(value: object, below: int) -> tuple[int, ...]:
    return tuple(read_int(each, below=below) for each in read_list(value))
