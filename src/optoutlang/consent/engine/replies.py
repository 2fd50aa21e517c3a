"""Automatic replies: which may go out, and how an echo of one is known."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from hashlib import blake2b

from optoutlang.consent.engine.draft import Draft
from optoutlang.consent.engine.effect import CONFIRMATION_TIME, ReplyKind, SendReply
from optoutlang.consent.engine.event import InboundMessage
from optoutlang.consent.engine.route import Route
from optoutlang.consent.engine.scope import Key
from optoutlang.consent.engine.state import ConsentState, SentReply


def digest(text: str) -> str:
    """Return the digest by which a reply is known again: of its letters in lower case and single blanks."""
    folded = " ".join(text.casefold().split())
    return blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


_digest_of_reply = lru_cache(maxsize=256)(
    digest
)  # an account has few replies, and sends them often


def is_echo(text: str, states: tuple[ConsentState, ...]) -> bool:
    """Whether a text is one of the replies that went to the recipient: an auto-responder may send it back."""
    if not states:
        return False
    digests = [reply.digest for each in states for reply in each.replies]
    return bool(digests) and digest(text) in digests


def in_window(states: tuple[ConsentState, ...], route: Route, kind: str, at: datetime) -> bool:
    """Whether the recipient got a reply of this kind so recently that none is due (or got one later, even)."""
    for each in states:
        if each.replies and each.key.scope == route.scope:
            for reply in each.replies:
                if reply.kind == kind and at < reply.at + route.settings.reply_window:
                    return True
    return False


def reply(
    draft: Draft,
    route: Route,
    event: InboundMessage,
    kind: ReplyKind,
    answer: tuple[str | None, str | None],
    *,
    about: str | None = None,
) -> None:
    """Send a reply (text and language), once a window, and remember it; `about` names the answer or the topic."""
    text, language = answer
    known = kind.value if about is None else f"{kind.value} {about}"
    if text is None or in_window(draft.states, route, known, event.at):
        return
    row = draft.row(Key(event.recipient, route.scope, route.reach))
    draft.put(row.answered(SentReply(known, event.at, _digest_of_reply(text))))
    draft.do(
        SendReply(
            recipient=event.recipient,
            sender=event.sender,
            channel=event.channel,
            kind=kind,
            text=text,
            language=language,
            send_by=event.at + CONFIRMATION_TIME if kind is ReplyKind.OPT_OUT else None,
        )
    )
