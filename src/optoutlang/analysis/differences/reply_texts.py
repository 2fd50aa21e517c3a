"""The replies of a context in words: what each answers, and what is sent."""

from __future__ import annotations

from optoutlang.runtime.program import ResolvedContext
from optoutlang.runtime.program.fields import REPLIES
from optoutlang.runtime.program.named_fields import ANSWER_REPLIES, KEYWORD_REPLIES, TOPIC_REPLIES


def reply_texts(context: ResolvedContext) -> dict[tuple[str, str], str]:
    """Return what is sent, by what it is a reply to and by language."""
    texts = {(action.value, tag): text for (action, tag), text in REPLIES.resolved(context).items()}
    for (action, tag, key), text in KEYWORD_REPLIES.resolved(context).items():
        texts[f"{action.value} to {key}", tag] = text
    for (name, tag, key), text in ANSWER_REPLIES.resolved(context).items():
        texts[f"answer {name} to {key}" if key else f"answer {name}", tag] = text
    for (topic, action, tag, key), text in TOPIC_REPLIES.resolved(context).items():
        of = f"{action.value} topic {topic}"
        texts[f"{of} to {key}" if key else of, tag] = text
    return {
        where: "nothing is sent" if text is None else f"“{text}”" for where, text in texts.items()
    }
