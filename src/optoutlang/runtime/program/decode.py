"""The strict reading of a program's bytes: exact types, known names, every bound, canonical texts.

Nothing here trusts the bytes. What was read is written again at the end and
must give the same bytes, so that no program has two artefacts: repeated or
unsorted names, spaces, unused texts and the like are refused there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from optoutlang.runtime.program import certificate
from optoutlang.runtime.program.encode import encoded
from optoutlang.runtime.program.fields import read_context
from optoutlang.runtime.program.frame_wire import read_frame_table
from optoutlang.runtime.program.frames import FrameTable
from optoutlang.runtime.program.front_coding import front_decoded
from optoutlang.runtime.program.program import (
    LANGUAGE_VERSION,
    CanonicalTables,
    Program,
    Source,
)
from optoutlang.runtime.program.similar_wire import read_model
from optoutlang.runtime.program.wire import (
    MalformedError,
    ReadPools,
    read_int,
    read_list,
    read_meanings,
    read_members,
    read_row,
    read_tag,
    read_text,
    require,
)
from optoutlang.runtime.terms import COUNTRIES
from optoutlang.runtime.terms.similar import SimilarModel

_PROGRAM = frozenset(
    "base certificate countries language meanings name overlays replies sources tables typos version".split()
)
_FRAMES = "frames"
_SIMILAR = "similar"
_OPTIONAL = frozenset({_FRAMES, _SIMILAR})
"""The members that only a program with frames, or with a suggester, has."""

_HEXADECIMAL = frozenset("0123456789abcdef")


def decoded(payload: bytes, *, check_form: bool = True) -> Program:
    """Return the program of a payload.

    Without `check_form` the program is not written again and compared, and no
    text is made canonical again: for bytes that this release wrote itself,
    where that costs half of the time.

    Raises:
        MalformedError: the bytes are not what `encoded` gives for a program of this release.
    """
    try:
        content = read_members(json.loads(payload.decode()))
        certificate.verify(content)
        program = _program(content, check_form=check_form)
        again = encoded(program) if check_form else payload
    except (ValueError, RecursionError) as error:
        raise MalformedError(str(error)) from error
    require(again == payload, "not in canonical form")
    return program


def _program(content: Mapping[str, object], *, check_form: bool) -> Program:
    require(content.keys() - _OPTIONAL == _PROGRAM, "not the members of a program")
    version = read_int(content["version"], above=0)
    require(version <= LANGUAGE_VERSION, "a later version of the language")
    ours = CanonicalTables()
    require(
        read_list(content["tables"]) == [ours.version, ours.digest, ours.unicode, ours.look_alikes],
        "made with other tables of canonical text or look-alike letters",
    )
    sources = tuple(_source(each) for each in read_list(content["sources"]))
    pools = ReadPools(
        replies=tuple(read_text(each) for each in read_list(content["replies"])),
        meanings=tuple(
            read_meanings(each, sources=len(sources)) for each in read_list(content["meanings"])
        ),
        sources=len(sources),
        check_form=check_form,
    )
    frames = read_frame_table(content[_FRAMES], pools) if _FRAMES in content else FrameTable()
    pools = replace(pools, frames=len(frames.frames))
    base = read_context(content["base"], pools)
    require(base.suggest != frozenset(), "suggests nothing")
    overlays = [read_context(each, pools, under=base) for each in read_list(content["overlays"])]
    program = Program(
        name=read_text(content["name"]),
        language=read_tag(content["language"]),
        sources=sources,
        base=base,
        countries={
            _country(code): overlays[read_int(place, below=len(overlays))]
            for code, place in read_members(content["countries"]).items()
        },
        typos=_typos(content["typos"]),
        frames=frames,
        similar=_similar(content[_SIMILAR]) if _SIMILAR in content else None,
    )
    require(version == program.language_version, "not the version of the language that it needs")
    return program


def _typos(value: object) -> dict[str, tuple[str, ...]]:
    """Return the slips as a program has them; that they may be slips is proved where the program is made."""
    typos: dict[str, list[str]] = defaultdict(list)
    for keyword, slips in read_members(value).items():
        for slip in front_decoded(read_text(slips)):
            typos[read_text(slip)].append(keyword)
    return {slip: tuple(sorted(keywords)) for slip, keywords in typos.items()}


def _similar(value: object) -> SimilarModel:
    name, model = read_row(value, 2)
    return read_model(read_text(name), model)


def _source(value: object) -> Source:
    name, digest = (read_text(each) for each in read_row(value, 2))
    require(len(digest) == 64 and _HEXADECIMAL.issuperset(digest), "not a SHA-256")
    return Source(name, digest)


def _country(code: str) -> str:
    require(code in COUNTRIES, f"`{code}` is not a country code")
    return code
