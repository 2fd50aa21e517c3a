"""Fields of a context that version 2 of the language brought: replies to keywords, answers, topics."""

from __future__ import annotations

from collections.abc import Mapping

from optoutlang.runtime.program.codecs import (
    read_answer_keywords,
    read_answer_sentences,
    read_topic_keywords,
    read_topic_sentences,
    write_keywords,
    write_sequences,
)
from optoutlang.runtime.program.context import AnswerReplies, KeywordReplies, TopicReplies
from optoutlang.runtime.program.field import Field
from optoutlang.runtime.program.joins import before, replies_before
from optoutlang.runtime.program.meaning import Meaning
from optoutlang.runtime.program.reply_codecs import (
    read_answer_replies,
    read_keyword_replies,
    read_topic_replies,
    write_answer_replies,
    write_keyword_replies,
    write_topic_replies,
)

_Keywords = Field[Mapping[str, Meaning | None], Mapping[str, Meaning]]
_Sequences = Field[Mapping[str, tuple[Meaning, ...]], Mapping[str, tuple[Meaning, ...]]]

KEYWORD_REPLIES: Field[KeywordReplies, KeywordReplies] = Field(
    name="keyword_replies",
    label="replies to keywords",
    own=lambda each: each.keyword_replies,
    resolved=lambda each: each.keyword_replies,
    join=replies_before,
    write=write_keyword_replies,
    read=read_keyword_replies,
    since=2,
)

ANSWER_KEYWORDS: _Keywords = Field(
    name="answer_keywords",
    label="keywords of answers",
    own=lambda each: each.answer_keywords,
    resolved=lambda each: each.answer_keywords,
    join=before,
    write=write_keywords,
    read=read_answer_keywords,
    since=2,
)

ANSWER_SENTENCES: _Sequences = Field(
    name="answer_sentences",
    label="sentences of answers",
    own=lambda each: each.answer_sentences,
    resolved=lambda each: each.answer_sentences,
    join=before,
    write=write_sequences,
    read=read_answer_sentences,
    since=2,
)

ANSWER_REPLIES: Field[AnswerReplies, AnswerReplies] = Field(
    name="answer_replies",
    label="replies of answers",
    own=lambda each: each.answer_replies,
    resolved=lambda each: each.answer_replies,
    join=replies_before,
    write=write_answer_replies,
    read=read_answer_replies,
    since=2,
)

TOPIC_KEYWORDS: _Keywords = Field(
    name="topic_keywords",
    label="keywords of topics",
    own=lambda each: each.topic_keywords,
    resolved=lambda each: each.topic_keywords,
    join=before,
    write=write_keywords,
    read=read_topic_keywords,
    since=2,
)

TOPIC_SENTENCES: _Sequences = Field(
    name="topic_sentences",
    label="sentences of topics",
    own=lambda each: each.topic_sentences,
    resolved=lambda each: each.topic_sentences,
    join=before,
    write=write_sequences,
    read=read_topic_sentences,
    since=2,
)

TOPIC_REPLIES: Field[TopicReplies, TopicReplies] = Field(
    name="topic_replies",
    label="replies of topics",
    own=lambda each: each.topic_replies,
    resolved=lambda each: each.topic_replies,
    join=replies_before,
    write=write_topic_replies,
    read=read_topic_replies,
    since=2,
)
