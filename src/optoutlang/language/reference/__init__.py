"""The meaning of a ruleset, written slowly and plainly: docs/language.md as Python.

Nothing here is fast, and nothing is shared with what the compiler and the
matcher run; tests compare the two. To learn the language, read in this order:

- `text`     §3: canonical text, without case, marks and spelling
- `layers`   §4: the statements of a ruleset that hold for a country
- `phrases`  §5: quoted text, filler, and the occurrences of a phrase
- `tolerances` §5: texts that are near enough to an opt-out keyword
- `frames`   §5: classes, guards and frames
- `similar`  §5: the suggester
- `topics`   §5: what a message asks of one topic alone
- `answers`  §5: the named answer to a message that means nothing else
- `replies`  §5: the language of an answer, and its reply
- `foremost` §5: the statement that is named where several say the same
- `buttons`  §5: a message that came with the payload of a button
- `values`   §6: the places of a reply for values that are known when it is sent
- `decide`   §5: the meaning of a message
"""

from __future__ import annotations

from optoutlang.language.reference.decide import decide

__all__ = ["decide"]
