"""No reply of the rules is itself a request under them: two systems that answer each other come to rest."""

from __future__ import annotations

from optoutlang.analysis.proofs.alike import AlikeContexts
from optoutlang.analysis.proofs.properties.verdict import Property, Verdict, Witness, enumerated
from optoutlang.analysis.proofs.subject import Subject
from optoutlang.runtime.terms import REQUESTS


def _settle(subject: Subject) -> Verdict:
    replies = sorted(
        {text for _, context in subject.program.own_contexts() for text in context.reply_texts()}
    )
    contexts = AlikeContexts(subject)
    decisions = {text: contexts.decisions(text) for text in replies}
    wrong: Witness | None = None
    rows: list[str] = []
    for country in subject.scopes:
        for text in replies:
            decision = decisions[text][country]
            # An answer to an answer asks for nothing; the consent engine knows its own words again.
            if decision is not None and decision.action in REQUESTS:
                means = f"{decision.label} by `{decision.keyword}` ({decision.rule})"
                wrong = wrong or Witness(f"is a reply, and means {means}", text, country)
                rows.append(f"{text!r} from {country or 'anywhere'} means {means}")
    ground = enumerated(
        len(replies) * len(subject.scopes),
        f"messages: {len(replies)} different replies, each sent back in {len(subject.scopes)} contexts, "
        f"of which {len(rows)} do something; {contexts.readings:,} were read, and count for every context that is the "
        "same in all that their reading asks",
    )
    return Verdict((ground,), wrong, tuple(rows))


PROPERTY = Property(
    "replies-are-no-requests", "No reply of the rules is itself a request under them.", _settle
)
