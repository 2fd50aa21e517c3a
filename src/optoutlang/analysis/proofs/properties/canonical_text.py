"""Canonical text: read again it stays as it is, and no text is a spelling of two protected words."""

from __future__ import annotations

from itertools import combinations

from optoutlang.analysis.proofs.properties.code_points import Survey, survey
from optoutlang.analysis.proofs.properties.verdict import (
    Property,
    Verdict,
    Witness,
    by_construction,
    enumerated,
)
from optoutlang.analysis.proofs.subject import Subject
from optoutlang.runtime.canonical import key
from optoutlang.runtime.terms.action import PROTECTED


def _settle_idempotence(_: Subject) -> Verdict:
    found = survey()
    wrong = None
    if found.unstable:
        wrong = Witness("changes when its canonical text is read again", found.unstable[0])
    ground = enumerated(2 * found.count, "texts: every code point alone, and between two letters")
    return Verdict((ground,), wrong)


def _settle_apart(_: Subject) -> Verdict:
    found = survey()
    keys = {word: key(word) for word in PROTECTED}
    pairs = list(combinations(PROTECTED, 2))
    letters = sorted(set("".join(keys.values())))
    grounds = (
        by_construction(
            "pairs of words: a text has one key, and the keys of the three differ", len(pairs)
        ),
        enumerated(
            sum(len(found.letters.get(each, ())) for each in letters),
            f"code points that stand for a letter of the words: each stands for one of the {len(letters)} alone",
        ),
        enumerated(
            found.count,
            "code points between two letters: none makes a letter beside it disappear, so that two words in one text "
            "never become one of them",
        ),
    )
    return Verdict(grounds, _joined(found, keys, letters))


def _joined(found: Survey, keys: dict[str, str], letters: list[str]) -> Witness | None:
    for one, other in combinations(keys, 2):
        if keys[one] == keys[other]:
            return Witness(f"has the key of {other} too", one)
    for first, second in combinations(letters, 2):
        for char in set(found.letters.get(first, ())) & set(found.letters.get(second, ())):
            return Witness(f"stands for `{first}` and for `{second}`", char)
    for char in found.swallowing:
        return Witness("makes a letter beside it disappear", char)
    return None


IDEMPOTENCE = Property(
    "canonical-idempotent",
    "What is left of a message when spelling is set aside stays the same when read again.",
    _settle_idempotence,
)
APART = Property(
    "canonical-apart",
    "No message can be read as two of STOP, START and HELP.",
    _settle_apart,
)
