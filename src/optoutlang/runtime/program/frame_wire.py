"""The artefact's form of frames: words and the members of classes front-coded, rows as lists of numbers.

Words that stand in frames as they are, each a class of itself, are one text. A row but a frame's first begins with how
many numbers it shares with the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, takewhile

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
from optoutlang.runtime.terms import Action
from optoutlang.runtime.terms.side import Side

_SIDES = {each.value: each for each in Side}
_MEMBERS = frozenset("classes frames guards ordinary words".split())
_REQUIRED = frozenset({"classes", "frames"})
_BEGINS, _ENDS = 1, 2


def write_frame_table(table: FrameTable) -> Json:
    """Return frames, and what they refer to, as JSON."""
    content: dict[str, Json] = {
        "classes": [_class(each) for each in table.classes if not _is_word(each)],
        "frames": _frames(table.frames),
    }
    words = [each.name for each in table.classes if _is_word(each)]
    if words:
        content["words"] = front_coded(words)
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
    require(_REQUIRED <= content.keys() <= _MEMBERS, "not the members of frames")
    classes = _read_classes(content, pools)
    guards = tuple(_read_guard(each, len(classes)) for each in read_list(content.get("guards", [])))
    frames = tuple(_read_frames(content["frames"], pools, len(classes), len(guards)))
    require(bool(frames), "no frames")
    ordinary = tuple(front_decoded(read_text(content["ordinary"]))) if "ordinary" in content else ()
    return FrameTable(classes, guards, frames, frozenset(require_sorted(ordinary)))


def _is_word(word_class: WordClass) -> bool:
    """Tell whether a class is words that stand in a frame, which are its name and its one member."""
    return word_class.members == (word_class.name,)


def _class(word_class: WordClass) -> Json:
    return [word_class.name, front_coded(word_class.members)]


def _read_classes(content: Mapping[str, object], pools: ReadPools) -> tuple[WordClass, ...]:
    """Return all classes, words among them, in the order in which they are numbered."""
    named = [_read_class(each) for each in read_list(content["classes"])]
    require(named == sorted(named, key=_order), "classes out of order, or one of them twice")
    texts = front_decoded(read_text(content["words"])) if "words" in content else ()
    classes = (*named, *(WordClass(text, (text,)) for text in texts))
    pools.require_canonical_all(
        [member.removesuffix(STEM) for each in classes for member in each.members]
    )
    return tuple(sorted(classes, key=_order))


def _read_class(value: object) -> WordClass:
    name, coded = (read_text(each) for each in read_row(value, 2))
    return WordClass(name, tuple(front_decoded(coded)))


def _order(word_class: WordClass) -> tuple[str, tuple[str, ...]]:
    return word_class.name, word_class.members


def _guard(guard: Guard) -> Json:
    return [guard.name, list[Json](guard.classes), guard.side.value, guard.distance]


def _read_guard(value: object, classes: int) -> Guard:
    name, numbers, side, distance = read_row(value, 4)
    where = _SIDES.get(read_text(side))
    if where is None:
        raise MalformedError("not a side of a match")
    return Guard(read_text(name), _numbers(numbers, classes), where, read_int(distance))


def _frames(frames: Iterable[Frame]) -> Json:
    """Return frames by action."""
    by_action: dict[str, list[Json]] = {}
    for each in frames:
        by_action.setdefault(each.action.value, []).append(_frame(each))
    return dict[str, Json](by_action)


def _frame(frame: Frame) -> list[Json]:
    """Return a frame as a list; what is empty at its end is left out."""
    origin = frame.origin
    written: list[Json] = [
        [origin.language, origin.spelling, origin.source, origin.line],
        _rows(frame.rows),
        list[Json](frame.guards),
        list[Json](frame.needs),
    ]
    while not written[-1]:
        written.pop()
    return written


def _read_frames(value: object, pools: ReadPools, classes: int, guards: int) -> list[Frame]:
    """Return the frames of all actions in the order in which they are numbered."""
    frames: list[Frame] = []
    for action, those in read_members(value).items():
        asking = read_action(action)
        frames += (_read_frame(each, asking, pools, classes, guards) for each in read_list(those))
    return sorted(frames, key=lambda each: each.sort_key)


def _read_frame(
    value: object, action: Action, pools: ReadPools, classes: int, guards: int
) -> Frame:
    stated = read_list(value)
    origin, rows, unless, needs = read_row([*stated, *[[]] * (4 - len(stated))], 4)
    language, spelling, source, line = read_row(origin, 4)
    return Frame(
        action,
        Origin(
            language=read_tag(language),
            spelling=read_text(spelling),
            source=read_int(source, below=pools.sources),
            line=read_int(line, above=0),
        ),
        tuple(_read_rows(rows, classes)),
        _numbers(unless, guards),
        _numbers(needs, classes),
    )


def _rows(rows: Iterable[Row]) -> list[Json]:
    """Return rows as lists of numbers, each but the first without what it shares with the one before."""
    written: list[Json] = []
    before: list[int] | None = None
    for numbers in map(_row, rows):
        if before is None:
            written.append([*numbers])
        else:
            pairs = zip(before, numbers, strict=False)
            shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            written.append([shared, *numbers[shared:]])
        before = numbers
    return written


def _row(row: Row) -> list[int]:
    """Return a row as what stands at its edges, its first class, and each gap with the class behind it."""
    edges = row.begins * _BEGINS + row.ends * _ENDS
    numbers = chain.from_iterable((each.gap, each.word_class) for each in row.parts)
    return [edges, *list(numbers)[1:]]


def _read_rows(value: object, classes: int) -> Iterator[Row]:
    before: list[int] | None = None
    for each in read_list(value):
        numbers = [read_int(number) for number in read_list(each) or [None]]
        if before is not None:
            shared, *rest = numbers
            require(shared <= len(before), "a row that shares more than there is")
            numbers = before[:shared] + rest
        yield _read_row(numbers, classes)
        before = numbers


def _read_row(row: list[int], classes: int) -> Row:
    edges, *numbers = row or [0]
    require(edges <= _BEGINS + _ENDS and len(numbers) % 2 == 1, "not a row of a frame")
    pairs = zip([0, *numbers[1::2]], numbers[::2], strict=True)
    parts = tuple(_part(read_int(number, below=classes), gap) for gap, number in pairs)
    return Row(bool(edges & _BEGINS), bool(edges & _ENDS), parts)


@lru_cache(maxsize=8192)
def _part(word_class: int, gap: int) -> Part:
    """Return a part; the rows of a program have few that differ, so those of `world` take a tenth of the memory."""
    return Part(word_class, gap)


def _numbers(value: object, below: int) -> tuple[int, ...]:
    return tuple(read_int(each, below=below) for each in read_list(value))
