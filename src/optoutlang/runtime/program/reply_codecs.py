"""The artefact's form of what contexts reply: texts, limits, run-time variables and buttons, as in `codecs`."""

from __future__ import annotations

from collections.abc import Mapping

from optoutlang.runtime.canonical import key as key_of
from optoutlang.runtime.program.context import (
    GREATEST_REPLY_LIMIT,
    LONGEST_PAYLOAD,
    AnswerReplies,
    KeywordReplies,
    Replies,
    TopicReplies,
)
from optoutlang.runtime.program.meaning import Meaning
from optoutlang.runtime.program.wire import (
    Json,
    ReadPools,
    WritePools,
    read_action,
    read_int,
    read_meaning,
    read_members,
    read_tag,
    read_text,
    require,
)
from optoutlang.runtime.terms import REQUESTS


def write_replies(replies: Replies, pools: WritePools) -> Json:
    """Return the number of each reply text by action and language; None for no reply."""
    by_action: dict[str, Json] = {}
    for action in REQUESTS:
        texts: dict[str, Json] = {
            language: None if text is None else pools.replies[text]
            for (each, language), text in replies.items()
            if each is action
        }
        if texts:
            by_action[action.value] = texts
    return by_action


def read_replies(value: object, pools: ReadPools, _: Replies) -> Replies:
    """Return reply texts by action and language."""
    return {
        (read_action(action), read_tag(language)): pools.reply(number)
        for action, texts in read_members(value).items()
        for language, number in read_members(texts).items()
    }


def write_keyword_replies(replies: KeywordReplies, pools: WritePools) -> Json:
    """Return the number of each reply text by action, language and key; None for no reply."""
    return _write_replies_to(
        {(action.value, tag, key): text for (action, tag, key), text in replies.items()}, pools
    )


def read_keyword_replies(value: object, pools: ReadPools, _: KeywordReplies) -> KeywordReplies:
    """Return reply texts by action, language and key."""
    replies = _read_replies_to(value, pools)
    require(all(key for _, _, key in replies), "`` is no key")
    return {(read_action(action), tag, key): text for (action, tag, key), text in replies.items()}


def write_answer_replies(replies: AnswerReplies, pools: WritePools) -> Json:
    """Return the number of each reply text by answer, language and key; None for no reply."""
    return _write_replies_to(replies, pools)


def read_answer_replies(value: object, pools: ReadPools, _: AnswerReplies) -> AnswerReplies:
    """Return reply texts by answer, language and key, which is empty for the whole answer."""
    return _read_replies_to(value, pools)


def write_topic_replies(replies: TopicReplies, pools: WritePools) -> Json:
    """Return the number of each reply text by action, topic, language and key; None for no reply."""
    by_action: dict[str, Json] = {}
    for action in REQUESTS:
        of_action: AnswerReplies = {
            (topic, tag, key): text
            for (topic, asked, tag, key), text in replies.items()
            if asked is action
        }
        if of_action:
            by_action[action.value] = _write_replies_to(of_action, pools)
    return by_action


def read_topic_replies(value: object, pools: ReadPools, _: TopicReplies) -> TopicReplies:
    """Return reply texts by topic, action, language and key, which is empty for all of the action."""
    return {
        (topic, read_action(action), tag, key): text
        for action, replies in read_members(value).items()
        for (topic, tag, key), text in _read_replies_to(replies, pools).items()
    }


def _write_replies_to(replies: AnswerReplies, pools: WritePools) -> Json:
    written: dict[str, dict[str, dict[str, Json]]] = {}
    for (addressee, tag, key), text in replies.items():
        texts = written.setdefault(addressee, {}).setdefault(tag, {})
        texts[key] = None if text is None else pools.replies[text]
    return {addressee: {**by_language} for addressee, by_language in written.items()}


def _read_replies_to(value: object, pools: ReadPools) -> dict[tuple[str, str, str], str | None]:
    replies = {
        (read_text(addressee), read_tag(language), key): pools.reply(number)
        for addressee, languages in read_members(value).items()
        for language, texts in read_members(languages).items()
        for key, number in read_members(texts).items()
    }
    for _addressee, _language, key in replies:
        require(key_of(key) == key, f"`{key}` is no key")
    return replies


def write_limit(limit: int | None, _: WritePools) -> Json:
    """Return the most code units of a reply."""
    return limit


def read_limit(value: object, _: ReadPools, __: int | None) -> int:
    """Return the most code units of a reply."""
    return read_int(value, above=0, below=GREATEST_REPLY_LIMIT + 1)


def write_runtime(runtime: Mapping[str, int], _: WritePools) -> Json:
    """Return the greatest length of each run-time variable, by name."""
    return {**runtime}


def read_runtime(value: object, _: ReadPools, __: Mapping[str, int]) -> Mapping[str, int]:
    """Return the greatest length of each run-time variable, by name."""
    below = GREATEST_REPLY_LIMIT + 1
    return {
        read_text(name): read_int(longest, above=0, below=below)
        for name, longest in read_members(value).items()
    }


def read_buttons(
    value: object, pools: ReadPools, under: Mapping[str, Meaning | None]
) -> dict[str, Meaning | None]:
    """Return what buttons mean, by payload, which is their spelling; a country asks for what the base does."""
    buttons: dict[str, Meaning | None] = {}
    for payload, entry in read_members(value).items():
        meaning = read_meaning(entry, sources=pools.sources)
        right = all(each.spelling == payload for each in meaning.origins)
        require(right and 1 <= len(payload.encode()) <= LONGEST_PAYLOAD, "not a payload")
        asked = under.get(payload) or meaning
        ours = meaning.action, meaning.answer, meaning.topic
        same = (asked.action, asked.answer, asked.topic) == ours
        require(same, "a button that asks for something else in a country")
        buttons[payload] = meaning
    return buttons
