"""The strict reading of a program's bytes: exact types, known names, every bound, canonical texts.

Nothing here trusts the bytes. What was read is written again at the end and
must give the same bytes, so that no program has two artefacts: repeated or
unsorted names, spaces, unused texts and the like are refused there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar

from optoutlang.runtime.canonical import canonical, key
from optoutlang.runtime.program import certificate
from optoutlang.runtime.program.encode import encoded
from optoutlang.runtime.program.program import (
    LANGUAGE_VERSION,
    REPLY_LIMIT,
    CanonicalTables,
    Context,
    Meaning,
    Origin,
    Program,
    Source,
    reply_length,
)
from optoutlang.runtime.terms.action import SUGGESTIBLE, Action, MatchedBy, Tolerance
from optoutlang.runtime.terms.country import COUNTRIES
from optoutlang.runtime.terms.language import language_tag

_T = TypeVar("_T")

_PROGRAM = frozenset(
    "base certificate countries language meanings name overlays replies sources tables typos version".split()
)
_CONTEXT = frozenset(
    "exceptions fillers keywords languages ordinary phrases prefer replies sentences suggest tolerances".split()
)
_TOLERANCES = {each.value: each for each in Tolerance}
_ACTIONS = {action.value: action for action in Action}
_WAYS = {way.value: way for way in SUGGESTIBLE.values()}
_HEXADECIMAL = frozenset("0123456789abcdef")
_usual = lru_cache(maxsize=256)(language_tag)  # the same few tags stand in all origins
_BOUND = 1 << 31


class MalformedError(ValueError):
    """The bytes are not a program as `encoded` writes it; the message says what is wrong."""


def decoded(payload: bytes) -> Program:
    """Return the program of a payload.

    Raises:
        MalformedError: the bytes are not what `encoded` gives for a program of this release.
    """
    try:
        content = _members(json.loads(payload.decode()))
        certificate.verify(content)
        program = _program(content)
        again = encoded(program)
    except (ValueError, RecursionError) as error:
        raise MalformedError(str(error)) from error
    _require(again == payload, "not in canonical form")
    return program


def _program(content: Mapping[str, object]) -> Program:
    _require(content.keys() == _PROGRAM, "not the members of a program")
    _require(_int(content["version"]) == LANGUAGE_VERSION, "another version of the language")
    ours = CanonicalTables()
    _require(
        _list(content["tables"]) == [ours.version, ours.digest, ours.unicode, ours.look_alikes],
        "made with other tables of canonical text or look-alike letters",
    )
    reader = _ContextReader(
        sources=len(_list(content["sources"])),
        replies=tuple(_reply(each) for each in _list(content["replies"])),
        rows=_list(content["meanings"]),
    )
    base = reader.context(content["base"], None)
    overlays = [reader.context(each, base) for each in _list(content["overlays"])]
    return Program(
        name=_text(content["name"]),
        language=_tag(content["language"]),
        sources=tuple(_source(each) for each in _list(content["sources"])),
        base=base,
        countries={
            _country(code): overlays[_int(place, below=len(overlays))]
            for code, place in _members(content["countries"]).items()
        },
        typos=_typos(content["typos"]),
    )


def _typos(value: object) -> dict[str, tuple[str, ...]]:
    """Return the slips as a program has them; that they may be slips is proved where the program is made."""
    found: dict[str, list[str]] = defaultdict(list)
    for keyword, slips in _members(value).items():
        for slip in _text(slips).split(" "):
            found[_text(slip)].append(keyword)
    return {slip: tuple(sorted(keywords)) for slip, keywords in found.items()}


class _ContextReader:
    """Reads contexts whose origins, replies and rows' meanings are indices of tables with known sizes."""

    def __init__(self, *, sources: int, replies: tuple[str, ...], rows: list[object]) -> None:
        self._sources = sources
        self._replies = replies
        self._rows = tuple(self._meanings(each) for each in rows)

    def context(self, value: object, base: Context | None) -> Context:
        """Return a context: the base if `base` is None, else an overlay on it, which may take things away."""
        content = _members(value)
        _require(content.keys() <= _CONTEXT, "not the members of a context")

        def table(name: str, read: Callable[[object], _T]) -> dict[str, _T]:
            inherited: Mapping[str, object] = {} if base is None else getattr(base, name)
            entries = _members(content.get(name, {}))
            for text, entry in entries.items():
                taken = entry is None
                _require(not taken or text in inherited, f"`{text}` is taken away from nothing")
            return {text: read(entry) for text, entry in entries.items()}

        keywords = table("keywords", self._keyword)
        sentences = table("sentences", self._row)
        phrases = table("phrases", self._row)
        exceptions = table("exceptions", self._row)
        fillers = tuple(_text(each) for each in _list(content.get("fillers", [])))
        for word, meaning in keywords.items():
            _require_key(word, meaning)
        for text in (*sentences, *phrases, *exceptions, *fillers):
            _require(bool(text) and canonical(text) == text, f"`{text}` is not canonical text")
        return Context(
            keywords=keywords,
            sentences=sentences,
            phrases=phrases,
            exceptions=exceptions,
            fillers=_sorted(fillers),
            replies=self._reply_table(content.get("replies", {})),
            prefer=_tags(content.get("prefer", [])),
            languages=_sorted(_tags(content.get("languages", []))),
            suggest=self._suggest(content, base),
            tolerances=_tolerances(content.get("tolerances", []), base),
            ordinary=_ordinary(content["ordinary"]) if "ordinary" in content else frozenset(),
        )

    def _suggest(
        self, content: Mapping[str, object], base: Context | None
    ) -> frozenset[MatchedBy] | None:
        if "suggest" not in content:
            return None
        ways = _sorted(tuple(_text(each) for each in _list(content["suggest"])))
        _require(_WAYS.keys() >= set(ways), "suggests by a way to match that is none")
        _require(bool(ways) or base is not None, "suggests nothing")
        return frozenset(_WAYS[each] for each in ways)

    def _keyword(self, value: object) -> Meaning | None:
        return None if value is None else self._meaning(value)

    def _row(self, value: object) -> tuple[Meaning, ...]:
        return () if value is None else self._rows[_int(value, below=len(self._rows))]

    def _meanings(self, value: object) -> tuple[Meaning, ...]:
        meanings = tuple(self._meaning(each) for each in _list(value))
        _distinct(tuple(each.action.value for each in meanings))
        ranks = [each.action.rank for each in meanings]
        _require(bool(ranks) and ranks == sorted(ranks), "meanings out of order, or none")
        return meanings

    def _meaning(self, value: object) -> Meaning:
        action, origins = _row(value, 2)
        return Meaning(_action(action), tuple(self._origin(each) for each in _list(origins)))

    def _origin(self, value: object) -> Origin:
        language, spelling, source, line = _row(value, 4)
        return Origin(
            language=_tag(language),
            spelling=_text(spelling),
            source=_int(source, below=self._sources),
            line=_int(line, above=0),
        )

    def _reply_table(self, value: object) -> dict[tuple[Action, str], str | None]:
        return {
            (_action(action), _tag(language)): self._indexed(place)
            for action, texts in _members(value).items()
            for language, place in _members(texts).items()
        }

    def _indexed(self, place: object) -> str | None:
        return None if place is None else self._replies[_int(place, below=len(self._replies))]


# Values. Each returns what it was given, with its type known.


def _require(condition: bool, otherwise: str) -> None:  # noqa: FBT001  # a condition is no option
    if not condition:
        raise MalformedError(otherwise)


def _members(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise MalformedError("not an object")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise MalformedError("not a list")
    return value


def _row(value: object, length: int) -> list[object]:
    row = _list(value)
    if len(row) != length:
        raise MalformedError(f"not a row of {length}")
    return row


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise MalformedError("not a text")
    return value


def _int(value: object, *, above: int = -1, below: int = _BOUND) -> int:
    if type(value) is not int or not above < value < below:
        raise MalformedError("not a number in its bounds")
    return value


def _action(value: object) -> Action:
    action = _ACTIONS.get(_text(value))
    if action is None:
        raise MalformedError("not an action")
    return action


def _tag(value: object) -> str:
    tag = _text(value)
    _require(_usual(tag) == tag, f"`{tag}` is not a language tag in its usual casing")
    return tag


def _tags(value: object) -> tuple[str, ...]:
    return _distinct(tuple(_tag(each) for each in _list(value)))


def _country(code: str) -> str:
    _require(code in COUNTRIES, f"`{code}` is not a country code")
    return code


def _distinct(texts: tuple[str, ...]) -> tuple[str, ...]:
    _require(len(set(texts)) == len(texts), "something is listed twice")
    return texts


def _sorted(texts: tuple[str, ...]) -> tuple[str, ...]:
    _require(list(texts) == sorted(set(texts)), "something is out of order, or listed twice")
    return texts


def _ordinary(value: object) -> frozenset[str]:
    return frozenset(_sorted(tuple(_text(value).split(" "))))


def _tolerances(value: object, base: Context | None) -> frozenset[Tolerance]:
    names = _sorted(tuple(_text(each) for each in _list(value)))
    _require(_TOLERANCES.keys() >= set(names), "not a tolerance")
    found = frozenset(_TOLERANCES[name] for name in names)
    _require(base is None or found.isdisjoint(base.tolerances), "tolerated in the base already")
    return found


def _source(value: object) -> Source:
    name, digest = (_text(each) for each in _row(value, 2))
    _require(len(digest) == 64 and _HEXADECIMAL.issuperset(digest), "not a SHA-256")
    return Source(name, digest)


def _reply(value: object) -> str:
    text = _text(value)
    _require(reply_length(text) <= REPLY_LIMIT, "a reply that is too long")
    return text


def _require_key(word: str, meaning: Meaning | None) -> None:
    spellings = () if meaning is None else [each.spelling for each in meaning.origins]
    right = all(key(each) == word for each in spellings)
    _require(bool(word) and right, f"`{word}` is not the key of its spelling")
