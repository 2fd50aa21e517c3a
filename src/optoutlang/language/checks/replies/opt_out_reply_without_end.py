"""O408 opt-out-reply-without-end: a confirmation that does not say that the messages end.

Only for languages whose words for it are known here; others are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.runtime.canonical import canonical
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.language import lookup

_ENDINGS = {
    "en": (
        "no more",
        "no further",
        "not receive",
        "no longer",
        "unsubscribed",
        "opted out",
        "will stop",
    ),
    "es": (
        "no recibir",
        "no mas",
        "no te enviaremos",
        "no le enviaremos",
        "baja",
        "cancelad",
        "mas mensajes",
    ),
    "fr": (
        "ne recevrez plus",
        "ne recevras plus",
        "plus de message",
        "plus aucun",
        "desabonn",
        "desinscri",
    ),
    "pt": (
        "nao recebera",
        "nao ira receber",
        "nao vai receber",
        "mais mensagens",
        "cancelad",
        "removid",
    ),
    "de": ("keine weiteren", "keine nachricht", "keine sms", "nicht mehr", "abgemeldet"),
    "it": ("non ricever", "piu messaggi", "disiscri", "cancellat", "annullat"),
    "nl": ("geen berichten", "geen sms", "niet meer", "afgemeld", "uitgeschreven"),
}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each opt-out reply of the root file that leaves the end unsaid."""
    for reply in subject.ruleset.replies:
        if not subject.is_root(reply) or reply.action is not Action.OPT_OUT or reply.text is None:
            continue
        language = lookup(reply.language, _ENDINGS)
        text = canonical(reply.text)
        if language is not None and not any(each in text for each in _ENDINGS[language]):
            yield Diagnostic(
                codes.OPT_OUT_REPLY_WITHOUT_END,
                "this reply does not say that no more messages come",
                Label(reply.place),
                notes=(
                    "carriers ask for it: CTIA Messaging Principles 5.1.3, one final confirmation",
                ),
                help="say it in the reply's own language",
            )
