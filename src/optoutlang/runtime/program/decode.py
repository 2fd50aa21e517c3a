"""The strict reading of a program's bytes: exact types, known names, every bound, canonical texts.

Nothing here trusts the bytes. What was read is written again at the end and
must give the same bytes, so that no program has two artefacts: repeated or
unsorted names, spaces, unused texts and the like are refused there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from optoutlang.runtime.program import certificate
from optoutlang.runtime.program.encode import encoded
from optoutlang.runtime.program.fields import read_context
from optoutlang.runtime.program.frame_wire import read_frame_table
from optoutlang.runtime.program.frames import FrameTable
from optoutlang.runtime.program.front_coding import front_decoded
from optoutlang.runtime.program.garbage import garbage_collection_paused
from optoutlang.runtime.program.parts import joined, require_front
from optoutlang.runtime.program.program import (
    LANGUAGE_VERSION,
    PROTECTED_KEYS,
    CanonicalTables,
    Program,
    Source,
    without_suggester,
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
_REST = frozenset("meanings typos".split())
_FRONT = _PROGRAM - _REST
_KEYWORDS, _COMPOUNDS, _ABSENT, _REPLIES = "keywords", "compounds", "absent", "replies"
_BESIDE_KEYWORDS = frozenset("answer_keywords buttons topic_keywords".split())
_FRAMES = "frames"
_SIMILAR = "similar"
_OPTIONAL = frozenset({_FRAMES, _SIMILAR})
"""The members that only a program with frames, or with a suggester, has."""

_HEXADECIMAL = frozenset("0123456789abcdef")


class Front:
    """The first part of an artefact's content, with its certificate verified: all but the long tables.

    `name` is the ruleset's, `countries` are the codes of its scopes in order.

    Raises:
        MalformedError: the bytes are not the first part of what `encoded` gives for a program of this release.
    """

    __slots__ = ("_header", "content", "countries", "name")

    def __init__(self, line: bytes) -> None:
        with _refusing():
            self.content = read_members(json.loads(line.decode()))
            certificate.verify(self.content)
            require(self.content.keys() == _FRONT, "not the members of a program")
            self._header = _Header.of(self.content)
            require_front(self.content)
            self.name = self._header.name
            self.countries = tuple(sorted(self._header.countries))

    def has(self, key: str, country: str | None) -> bool:
        """Tell whether a keyword has a key in the base or in what one country that the rules name changes."""
        contexts = self._contexts(country)
        return any(key in read_members(each.get(_KEYWORDS, {})) for each in contexts)

    def program(self, key: str, country: str | None) -> Program:
        """Return the program of the base and of one country, of one keyword and the protected words alone.

        It has what answers the keyword, and what says which spellings are none.

        Raises:
            MalformedError: what stands in the first part is none.
        """
        with _refusing():
            header, pools = self._header, self._header.pools()
            stated, *own = [_about(key, each) for each in self._contexts(country)]
            base = without_suggester(read_context(stated, pools))
            countries = {
                str(country): without_suggester(read_context(each, pools, under=base))
                for each in own
            }
            return Program(
                name=header.name,
                language=header.language,
                sources=header.sources,
                base=base,
                countries=countries,
            )

    def _contexts(self, country: str | None) -> list[dict[str, object]]:
        contexts = [read_members(self.content["base"])]
        if country is not None:
            overlays = read_list(self.content["overlays"])
            contexts.append(read_members(overlays[self._header.countries[country]]))
        return contexts


def _about(key: str, context: Mapping[str, object]) -> dict[str, object]:
    """Return what a context says about one keyword and the protected words: decoding all would take most of a start."""
    found = {name: value for name, value in context.items() if name not in _BESIDE_KEYWORDS}
    if _KEYWORDS in found:
        asked = {key, *PROTECTED_KEYS}
        keywords = read_members(found[_KEYWORDS])
        found[_KEYWORDS] = {each: keywords[each] for each in keywords if each in asked}
    if _ABSENT in found:  # of what a country takes back, filler and frames stand in the second part
        replies = read_members(found.pop(_ABSENT)).get(_REPLIES)
        if replies is not None:
            found[_ABSENT] = {_REPLIES: replies}
    if _COMPOUNDS in found:
        lines = read_text(found.pop(_COMPOUNDS)).split("\n")
        written = [each for each in lines if each.replace(" ", "") == key]
        if written:
            found[_COMPOUNDS] = "\n".join(written)
    return found


def decoded(payload: bytes, *, check_form: bool = True) -> Program:
    """Return the program of a payload.

    Without `check_form` the program is not written again and compared, which
    costs a third of the time: whether it has another artefact is then not asked.

    Raises:
        MalformedError: the bytes are not what `encoded` gives for a program of this release.
    """
    front, _, rest = payload.partition(b"\n")
    with _refusing(), garbage_collection_paused():
        content = read_members(json.loads(front.decode()))
        certificate.verify(content)
        content = joined(content, read_members(json.loads(rest.decode())))
        program = _program(content)
        again = encoded(program) if check_form else payload
    require(again == payload, "not in canonical form")
    return program


@contextmanager
def _refusing() -> Iterator[None]:
    """Raise what any reader raises as a `MalformedError`."""
    try:
        yield
    except (ValueError, RecursionError) as error:
        raise MalformedError(str(error)) from error


@dataclass(frozen=True, slots=True)
class _Header:
    """What a program says beside its contexts and long tables; `countries` have the number of their overlay."""

    name: str
    language: str
    version: int
    sources: tuple[Source, ...]
    replies: tuple[str, ...]
    countries: Mapping[str, int]

    @classmethod
    def of(cls, content: Mapping[str, object]) -> _Header:
        version = read_int(content["version"], above=0)
        require(version <= LANGUAGE_VERSION, "a later version of the language")
        ours = CanonicalTables()
        require(
            read_list(content["tables"])
            == [ours.version, ours.digest, ours.unicode, ours.look_alikes],
            "made with other tables of canonical text or look-alike letters",
        )
        overlays = len(read_list(content["overlays"]))
        return cls(
            name=read_text(content["name"]),
            language=read_tag(content["language"]),
            version=version,
            sources=tuple(_source(each) for each in read_list(content["sources"])),
            replies=tuple(read_text(each) for each in read_list(content["replies"])),
            countries={
                _country(code): read_int(place, below=overlays)
                for code, place in read_members(content["countries"]).items()
            },
        )

    def pools(self) -> ReadPools:
        """Return what contexts refer to by number, but for what stands in long tables."""
        return ReadPools(replies=self.replies, meanings=(), sources=len(self.sources))


def _program(content: Mapping[str, object]) -> Program:
    require(content.keys() - _OPTIONAL == _PROGRAM, "not the members of a program")
    header = _Header.of(content)
    pools = header.pools()
    meanings = tuple(
        read_meanings(each, sources=pools.sources) for each in read_list(content["meanings"])
    )
    pools = replace(pools, meanings=meanings)
    frames = read_frame_table(content[_FRAMES], pools) if _FRAMES in content else FrameTable()
    pools = replace(pools, frames=len(frames.frames))
    base = read_context(content["base"], pools)
    require(base.suggest != frozenset(), "suggests nothing")
    overlays = [read_context(each, pools, under=base) for each in read_list(content["overlays"])]
    program = Program(
        name=header.name,
        language=header.language,
        sources=header.sources,
        base=base,
        countries={code: overlays[place] for code, place in header.countries.items()},
        typos=_typos(content["typos"]),
        frames=frames,
        similar=_similar(content[_SIMILAR]) if _SIMILAR in content else None,
    )
    require(
        header.version == program.language_version, "not the version of the language that it needs"
    )
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
