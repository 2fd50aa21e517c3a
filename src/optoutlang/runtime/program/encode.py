"""A program as canonical JSON: UTF-8, sorted names, no spaces; what is empty is left out.

Reply texts, overlays and what rows of tokens mean stand in tables of their own, each once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from optoutlang.runtime.program.program import PROTECTED_KEYS, Context, Meaning, Program
from optoutlang.runtime.terms.action import Action

Json = dict[str, "Json"] | list["Json"] | str | int | None
"""What an artefact's content is made of."""


def encoded(program: Program) -> bytes:
    """Return a program's content as bytes.

    Raises:
        ValueError: a text with a lone surrogate, which UTF-8 cannot write.
    """
    contexts = (program.base, *program.countries.values())
    replies = sorted(
        {text for each in contexts for text in each.replies.values() if text is not None}
    )
    shared = _Shared(
        {text: place for place, text in enumerate(replies)},
        {each: place for place, each in enumerate(_distinct_rows(contexts))},
    )
    overlays: list[Json] = []
    places: dict[str, Json] = {}
    for country in sorted(program.countries):
        overlay = _context(program.countries[country], shared)
        if overlay not in overlays:
            overlays.append(overlay)
        places[country] = overlays.index(overlay)
    sources: list[Json] = [[each.name, each.sha256] for each in program.sources]
    tables = program.tables
    content: dict[str, Json] = {
        "base": _context(program.base, shared),
        "certificate": _certificate(program),
        "countries": places,
        "language": program.language,
        "meanings": [[_meaning(each) for each in row] for row in shared.rows],
        "name": program.name,
        "overlays": overlays,
        "replies": list(replies),
        "sources": sources,
        "tables": [tables.version, tables.digest, tables.unicode, tables.look_alikes],
        "typos": _typos(program.typos),
        "version": program.language_version,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class _Shared:
    """Where reply texts, and what sentences, phrases and exceptions mean, stand in their tables."""

    replies: Mapping[str, int]
    rows: Mapping[tuple[Meaning, ...], int]


def _distinct_rows(contexts: Iterable[Context]) -> list[tuple[Meaning, ...]]:
    tables = [
        table for each in contexts for table in (each.sentences, each.phrases, each.exceptions)
    ]
    held = {meanings for table in tables for meanings in table.values() if meanings}
    return sorted(held, key=lambda row: json.dumps([_meaning(each) for each in row]))


def _typos(typos: Mapping[str, tuple[str, ...]]) -> Json:
    """Return the slips by the key of the keyword that they are slips of, in one text, with spaces between them."""
    slips: dict[str, list[str]] = defaultdict(list)
    for slip in sorted(typos):
        for key in typos[slip]:
            slips[key].append(slip)
    return {key: " ".join(each) for key, each in slips.items()}


def _certificate(program: Program) -> Json:
    """Return what the protected words mean in each context, and the line that says so, for `certificate.verify`.

    Contexts with the same lines stand together; the base is the one without a name.
    """
    groups: list[tuple[list[Json], dict[str, Json]]] = []
    for name, own in (("", program.base), *sorted(program.countries.items())):
        words: dict[str, Json] = {}
        for word in PROTECTED_KEYS:
            meaning = own.keywords.get(word, program.base.keywords.get(word))
            if meaning is not None:
                first = meaning.origins[0]
                words[word] = [meaning.action.value, first.source, first.line]
        same = next((contexts for contexts, held in groups if held == words), None)
        if same is None:
            groups.append(([name], words))
        else:
            same.append(name)
    return [[contexts, words] for contexts, words in groups]


def _context(context: Context, shared: _Shared) -> Json:
    members: dict[str, Json] = {
        "exceptions": _rows(context.exceptions, shared),
        "fillers": list(context.fillers),
        "keywords": {
            key: None if each is None else _meaning(each) for key, each in context.keywords.items()
        },
        "languages": list(context.languages),
        "phrases": _rows(context.phrases, shared),
        "prefer": list(context.prefer),
        "replies": _replies(context, shared.replies),
        "sentences": _rows(context.sentences, shared),
    }
    kept: dict[str, Json] = {name: member for name, member in members.items() if member}
    if context.ordinary:
        kept["ordinary"] = " ".join(sorted(context.ordinary))
    if context.tolerances:
        kept["tolerances"] = list[Json](sorted(each.value for each in context.tolerances))
    if context.suggest is not None:  # an empty one takes away what the base suggests
        kept["suggest"] = list[Json](sorted(each.value for each in context.suggest))
    return kept


def _replies(context: Context, index: Mapping[str, int]) -> Json:
    found: dict[str, Json] = {}
    for action in Action:
        texts: dict[str, Json] = {
            language: None if text is None else index[text]
            for (each, language), text in context.replies.items()
            if each is action
        }
        if texts:
            found[action.value] = texts
    return found


def _rows(rows: Mapping[str, tuple[Meaning, ...]], shared: _Shared) -> Json:
    """Return where each row's meanings stand; None for a row that an overlay takes away."""
    return {text: shared.rows[each] if each else None for text, each in rows.items()}


def _meaning(meaning: Meaning) -> Json:
    origins: list[Json] = [
        [each.language, each.spelling, each.source, each.line] for each in meaning.origins
    ]
    return [meaning.action.value, origins]
