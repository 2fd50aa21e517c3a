"""O824 unset-brand: replies begin with the standard pack's neutral name, because no file sets the brand.

Carriers want the programme's name in every reply. A pack leaves the brand to whoever uses it, and
a file without a header, or one that uses no pack, may be a part of another ruleset.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import ReplyText
from optoutlang.runtime.terms.action import Action


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic if the root file uses a pack besides the standard one, and a reply has the neutral name."""
    ruleset = subject.ruleset
    header = ruleset.root.header
    if header is None or ruleset.brand is not None or not _uses_pack(ruleset):
        return
    sent = next(_neutral(subject), None)
    if sent is not None:
        yield Diagnostic(
            codes.UNSET_BRAND,
            f"no `let brand` names who writes: {_NAMES[sent.action]} is answered `{_beginning(sent)}`",
            Label(header),
            notes=("carriers ask for the name of the programme in every confirmation",),
            help='add `let brand = "…"` below the header',
        )


_NAMES = {
    Action.OPT_OUT: "STOP",
    Action.OPT_IN: "START",
    Action.HELP: "HELP",
    Action.ANSWER: "an answer",
}
_FEW = 24

PACK = "pack:"
"""How the names of packs' files begin."""


def _uses_pack(ruleset: Ruleset) -> bool:
    *used, root = (each.text.name for each in ruleset.files)
    return not root.startswith(PACK) and any(each.startswith(PACK) for each in used[1:])


def _neutral(subject: Subject) -> Iterator[ReplyText]:
    """Yield replies that are sent with the neutral name, STOP's before others."""
    for scope in subject.scopes:
        table = subject.tables[scope]
        for reply in sorted(table.replies.values(), key=lambda each: each.action.rank):
            if reply.names_brand:
                yield reply


def _beginning(reply: ReplyText) -> str:
    text = reply.text or ""
    return text if len(text) <= _FEW else f"{text[:_FEW]}…"
