"""A program as two lines of canonical JSON (`parts`): UTF-8, sorted names, no spaces; what is empty is left out.

Reply texts, overlays and meanings of token sequences stand in tables of their own, each once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from optoutlang.runtime.program.certificate import BASE
from optoutlang.runtime.program.context import Context
from optoutlang.runtime.program.fields import SEQUENCE_TABLES, write_context
from optoutlang.runtime.program.frame_wire import write_frame_table
from optoutlang.runtime.program.front_coding import front_coded
from optoutlang.runtime.program.meaning import Meaning
from optoutlang.runtime.program.parts import parted
from optoutlang.runtime.program.program import PROTECTED_KEYS, Program
from optoutlang.runtime.program.similar_wire import write_model
from optoutlang.runtime.program.wire import Json, WritePools, write_meaning


def encoded(program: Program) -> bytes:
    """Return a program's content as bytes.

    Raises:
        ValueError: a text with a lone surrogate, which UTF-8 cannot write.
    """
    contexts = (program.base, *program.countries.values())
    pools, replies, meanings = _pools(contexts)
    overlays: list[Json] = []
    places: dict[str, Json] = {}
    for country in sorted(program.countries):
        overlay = write_context(program.countries[country], pools)
        if overlay not in overlays:
            overlays.append(overlay)
        places[country] = overlays.index(overlay)
    sources: list[Json] = [[each.name, each.sha256] for each in program.sources]
    tables = program.tables
    content: dict[str, Json] = {
        "base": write_context(program.base, pools),
        "certificate": _certificate(program),
        "countries": places,
        "language": program.language,
        "meanings": [[write_meaning(each) for each in row] for row in meanings],
        "name": program.name,
        "overlays": overlays,
        "replies": list[Json](replies),
        "sources": sources,
        "tables": [tables.version, tables.digest, tables.unicode, tables.look_alikes],
        "typos": _typos(program.typos),
        "version": program.language_version,
    }
    if program.frames:
        content["frames"] = write_frame_table(program.frames)
    if program.similar is not None:
        content["similar"] = [program.similar.name, write_model(program.similar)]
    return b"\n".join(map(_line, parted(content)))


def _line(part: Json) -> bytes:
    return json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _pools(contexts: Sequence[Context]) -> tuple[WritePools, list[str], list[tuple[Meaning, ...]]]:
    """Number all reply texts and all meanings of token sequences; return them in that order too."""
    replies = sorted({text for each in contexts for text in each.reply_texts()})
    distinct = {
        meanings
        for table in SEQUENCE_TABLES
        for each in contexts
        for meanings in table.own(each).values()
        if meanings
    }
    meanings = sorted(distinct, key=lambda row: json.dumps([write_meaning(each) for each in row]))
    pools = WritePools(
        {text: number for number, text in enumerate(replies)},
        {each: number for number, each in enumerate(meanings)},
    )
    return pools, replies, meanings


def _typos(typos: Mapping[str, tuple[str, ...]]) -> Json:
    """Return the slips by the key of the keyword that they are slips of, front-coded."""
    slips: dict[str, list[str]] = defaultdict(list)
    for slip in sorted(typos):
        for key in typos[slip]:
            slips[key].append(slip)
    return {key: front_coded(each) for key, each in slips.items()}


def _certificate(program: Program) -> Json:
    """Return what the protected words mean in each context, and the line that says so, for `certificate.verify`.

    Contexts with the same lines stand together; the base is the one without a name.
    """
    groups: list[tuple[list[Json], dict[str, Json]]] = []
    for country, context in sorted(program.contexts().items(), key=lambda each: each[0] or ""):
        words: dict[str, Json] = {}
        for word in PROTECTED_KEYS:
            meaning = context.keywords.get(word)
            if meaning is not None:
                first = meaning.origins[0]
                words[word] = [meaning.action.value, first.source, first.line]
        same = next((countries for countries, lines in groups if lines == words), None)
        if same is None:
            groups.append(([country or BASE], words))
        else:
            same.append(country or BASE)
    return [[countries, words] for countries, words in groups]
