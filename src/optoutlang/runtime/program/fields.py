"""The table of a context's fields: how each joins the base, how an artefact holds it, what it is called.

One row a field. Encoding, decoding, comparing, showing and proving walk
`FIELDS` (or `TABLES`, those that go by message text) rather than name the
fields, and `resolve` is the one place where an overlay meets the base. A new
field is a line in `Context` and `ResolvedContext`, a row here, and a line in
`resolve` and `read_context`. Before anything joins, the base loses what the
overlay takes back (`absent`).

How an overlay joins the base is in `joins`.
"""

from __future__ import annotations

from collections.abc import Mapping

from optoutlang.runtime.program.absent_field import ABSENT
from optoutlang.runtime.program.codecs import (
    read_everyday,
    read_fillers,
    read_frames,
    read_keywords,
    read_languages,
    read_lines,
    read_local,
    read_preference,
    read_sentences,
    read_sequences,
    read_suggest,
    read_tolerances,
    read_words,
    write_everyday,
    write_frames,
    write_keywords,
    write_lines,
    write_local,
    write_names,
    write_sequences,
    write_texts,
    write_words,
)
from optoutlang.runtime.program.context import (
    NOTHING_RESOLVED,
    Context,
    Replies,
    ResolvedContext,
)
from optoutlang.runtime.program.field import NOTHING, AnyField, Field
from optoutlang.runtime.program.joins import (
    before,
    concatenated,
    in_front,
    only_own,
    own_instead,
    replacing,
    replacing_if_given,
    replies_before,
    union,
    without,
)
from optoutlang.runtime.program.meaning import Meaning
from optoutlang.runtime.program.named_fields import (
    ANSWER_KEYWORDS,
    ANSWER_REPLIES,
    ANSWER_SENTENCES,
    KEYWORD_REPLIES,
    TOPIC_KEYWORDS,
    TOPIC_REPLIES,
    TOPIC_SENTENCES,
)
from optoutlang.runtime.program.reply_codecs import (
    read_replies,
    write_replies,
)
from optoutlang.runtime.program.reply_fields import BUTTONS, REPLY_LIMITS, RUNTIME
from optoutlang.runtime.program.wire import Json, ReadPools, WritePools, read_members, require
from optoutlang.runtime.terms import MatchedBy, Tolerance

_Keywords = Field[Mapping[str, Meaning | None], Mapping[str, Meaning]]
_Sequences = Field[Mapping[str, tuple[Meaning, ...]], Mapping[str, tuple[Meaning, ...]]]
_Texts = Field[tuple[str, ...], tuple[str, ...]]

KEYWORDS: _Keywords = Field(
    name="keywords",
    label="keywords",
    own=lambda each: each.keywords,
    resolved=lambda each: each.keywords,
    join=before,
    write=write_keywords,
    read=read_keywords,
)
SENTENCES: _Sequences = Field(
    name="sentences",
    label="sentences",
    own=lambda each: each.sentences,
    resolved=lambda each: each.sentences,
    join=before,
    write=write_sequences,
    read=read_sentences,
)

PHRASES: _Sequences = Field(
    name="phrases",
    label="phrases",
    own=lambda each: each.phrases,
    resolved=lambda each: each.phrases,
    join=before,
    write=write_sequences,
    read=read_sequences,
)

EXCEPTIONS: _Sequences = Field(
    name="exceptions",
    label="exceptions",
    own=lambda each: each.exceptions,
    resolved=lambda each: each.exceptions,
    join=before,
    write=write_sequences,
    read=read_sequences,
)

FILLERS: _Texts = Field(
    name="fillers",
    label="filler",
    own=lambda each: each.fillers,
    resolved=lambda each: each.fillers,
    join=concatenated,
    write=write_texts,
    read=read_fillers,
)

REPLIES: Field[Replies, Replies] = Field(
    name="replies",
    label="replies",
    own=lambda each: each.replies,
    resolved=lambda each: each.replies,
    join=replies_before,
    write=write_replies,
    read=read_replies,
)

PREFER: _Texts = Field(
    name="prefer",
    label="preferred languages",
    own=lambda each: each.prefer,
    resolved=lambda each: each.prefer,
    join=replacing,
    write=write_texts,
    read=read_preference,
)

LANGUAGES: _Texts = Field(
    name="languages",
    label="languages",
    own=lambda each: each.languages,
    resolved=lambda each: each.languages,
    join=replacing,
    write=write_texts,
    read=read_languages,
)

SUGGEST: Field[frozenset[MatchedBy] | None, frozenset[MatchedBy]] = Field(
    name="suggest",
    label="suggestions",
    own=lambda each: each.suggest,
    resolved=lambda each: each.suggest,
    join=replacing_if_given,
    write=write_names,
    read=read_suggest,
)

TOLERANCES: Field[frozenset[Tolerance], frozenset[Tolerance]] = Field(
    name="tolerances",
    label="tolerances",
    own=lambda each: each.tolerances,
    resolved=lambda each: each.tolerances,
    join=union,
    write=write_names,
    read=read_tolerances,
)

ANSWERS: Field[frozenset[str], frozenset[str]] = Field(
    name="answers",
    label="everyday answers",
    own=lambda each: each.answers,
    resolved=lambda each: each.answers,
    join=union,
    write=write_words,
    read=read_words,
)

COMPOUNDS: Field[frozenset[str], frozenset[str]] = Field(
    name="compounds",
    label="keywords of several words",
    own=lambda each: each.compounds,
    resolved=lambda each: each.compounds,
    join=union,
    write=write_lines,
    read=read_lines,
)

EVERYDAY: Field[Mapping[str, str | None], Mapping[str, str]] = Field(
    name="everyday",
    label="everyday words",
    own=lambda each: each.everyday,
    resolved=lambda each: each.everyday,
    join=before,
    write=write_everyday,
    read=read_everyday,
)

LOCAL: Field[frozenset[str] | None, frozenset[str] | None] = Field(
    name="local",
    label="keywords of the country's languages",
    own=lambda each: each.local,
    resolved=lambda each: each.local,
    join=own_instead,
    write=write_local,
    read=read_local,
)

ORDINARY: Field[frozenset[str], frozenset[str]] = Field(
    name="ordinary",
    label="ordinary words",
    own=lambda each: each.ordinary,
    resolved=lambda each: each.ordinary,
    join=only_own,
    write=write_words,
    read=read_words,
)

FRAMES: Field[tuple[int, ...], tuple[int, ...]] = Field(
    name="frames",
    label="frames",
    own=lambda each: each.frames,
    resolved=lambda each: each.frames,
    join=in_front,
    write=write_frames,
    read=read_frames,
)

Table = _Keywords | _Sequences
TABLES: tuple[Table, ...] = (KEYWORDS, SENTENCES, PHRASES, EXCEPTIONS)
"""The fields that go by message text, in the order in which reports show them."""

SEQUENCE_TABLES = (SENTENCES, PHRASES, EXCEPTIONS, ANSWER_SENTENCES, TOPIC_SENTENCES)
"""Those that go by token sequence."""

FIELDS: tuple[AnyField, ...] = (
    *TABLES,
    FILLERS,
    REPLIES,
    PREFER,
    LANGUAGES,
    SUGGEST,
    TOLERANCES,
    ANSWERS,
    COMPOUNDS,
    EVERYDAY,
    LOCAL,
    ORDINARY,
    FRAMES,
    KEYWORD_REPLIES,
    ANSWER_KEYWORDS,
    ANSWER_SENTENCES,
    ANSWER_REPLIES,
    TOPIC_KEYWORDS,
    TOPIC_SENTENCES,
    TOPIC_REPLIES,
    REPLY_LIMITS,
    RUNTIME,
    BUTTONS,
    ABSENT,
)
"""All fields of a context."""

Entry = Meaning | tuple[Meaning, ...] | None
"""What a table has under a text; None or no meaning: nothing."""


def meanings(entry: Entry) -> tuple[Meaning, ...]:
    """Return the meanings of an entry of any table."""
    if entry is None:
        return ()
    return (entry,) if isinstance(entry, Meaning) else entry


def resolve(
    own: Context, *, under: ResolvedContext | None = None, country: str | None = None
) -> ResolvedContext:
    """Return what decides where a country's own entries overlay the resolved base; without `under`, the base itself."""
    base = NOTHING_RESOLVED if under is None else without(under, own.absent)
    return ResolvedContext(
        country=country,
        keywords=KEYWORDS.join(base.keywords, own.keywords),
        sentences=SENTENCES.join(base.sentences, own.sentences),
        phrases=PHRASES.join(base.phrases, own.phrases),
        exceptions=EXCEPTIONS.join(base.exceptions, own.exceptions),
        fillers=FILLERS.join(base.fillers, own.fillers),
        replies=REPLIES.join(base.replies, own.replies),
        prefer=PREFER.join(base.prefer, own.prefer),
        languages=LANGUAGES.join(base.languages, own.languages),
        suggest=SUGGEST.join(base.suggest, own.suggest),
        tolerances=TOLERANCES.join(base.tolerances, own.tolerances),
        answers=ANSWERS.join(base.answers, own.answers),
        compounds=COMPOUNDS.join(base.compounds, own.compounds),
        everyday=EVERYDAY.join(base.everyday, own.everyday),
        local=LOCAL.join(base.local, own.local),
        ordinary=ORDINARY.join(base.ordinary, own.ordinary),
        frames=FRAMES.join(base.frames, own.frames),
        keyword_replies=KEYWORD_REPLIES.join(base.keyword_replies, own.keyword_replies),
        answer_keywords=ANSWER_KEYWORDS.join(base.answer_keywords, own.answer_keywords),
        answer_sentences=ANSWER_SENTENCES.join(base.answer_sentences, own.answer_sentences),
        answer_replies=ANSWER_REPLIES.join(base.answer_replies, own.answer_replies),
        topic_keywords=TOPIC_KEYWORDS.join(base.topic_keywords, own.topic_keywords),
        topic_sentences=TOPIC_SENTENCES.join(base.topic_sentences, own.topic_sentences),
        topic_replies=TOPIC_REPLIES.join(base.topic_replies, own.topic_replies),
        reply_limit=REPLY_LIMITS.join(base.reply_limit, own.reply_limit),
        runtime=RUNTIME.join(base.runtime, own.runtime),
        buttons=BUTTONS.join(base.buttons, own.buttons),
        base=under,
    )


def read_context(value: object, pools: ReadPools, *, under: Context = NOTHING) -> Context:
    """Return the context of a JSON object; `under` is the base that an overlay stands on.

    Raises:
        MalformedError: it is not what `write_context` gives.
    """
    content = read_members(value)
    require(content.keys() <= _NAMES, "not the members of a context")
    return Context(
        keywords=KEYWORDS.read_own(content, pools, under),
        sentences=SENTENCES.read_own(content, pools, under),
        phrases=PHRASES.read_own(content, pools, under),
        exceptions=EXCEPTIONS.read_own(content, pools, under),
        fillers=FILLERS.read_own(content, pools, under),
        replies=REPLIES.read_own(content, pools, under),
        prefer=PREFER.read_own(content, pools, under),
        languages=LANGUAGES.read_own(content, pools, under),
        suggest=SUGGEST.read_own(content, pools, under),
        tolerances=TOLERANCES.read_own(content, pools, under),
        answers=ANSWERS.read_own(content, pools, under),
        compounds=COMPOUNDS.read_own(content, pools, under),
        everyday=EVERYDAY.read_own(content, pools, under),
        local=LOCAL.read_own(content, pools, under),
        ordinary=ORDINARY.read_own(content, pools, under),
        frames=FRAMES.read_own(content, pools, under),
        keyword_replies=KEYWORD_REPLIES.read_own(content, pools, under),
        answer_keywords=ANSWER_KEYWORDS.read_own(content, pools, under),
        answer_sentences=ANSWER_SENTENCES.read_own(content, pools, under),
        answer_replies=ANSWER_REPLIES.read_own(content, pools, under),
        topic_keywords=TOPIC_KEYWORDS.read_own(content, pools, under),
        topic_sentences=TOPIC_SENTENCES.read_own(content, pools, under),
        topic_replies=TOPIC_REPLIES.read_own(content, pools, under),
        reply_limit=REPLY_LIMITS.read_own(content, pools, under),
        runtime=RUNTIME.read_own(content, pools, under),
        buttons=BUTTONS.read_own(content, pools, under),
        absent=ABSENT.read_own(content, pools, under),
    )


def write_context(context: Context, pools: WritePools) -> Json:
    """Return a context as a JSON object of the fields in which it says something."""
    return {
        field.name: field.written(context, pools)
        for field in FIELDS
        if not field.is_absent(context)
    }


_NAMES = frozenset(field.name for field in FIELDS)
