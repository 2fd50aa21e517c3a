"""The meaning of a ruleset, written slowly and plainly: docs/language.md as Python.

Nothing here is fast, and nothing is shared with what the compiler and the
matcher run; tests compare the two. To learn the language, read in this order:

- `text`     §3: what remains of a text when spelling, case and marks are set aside
- `layers`   §4: which of a ruleset's statements hold for a country
- `phrases`  §5: quoted text, filler, and where a phrase occurs
- `decide`   §5: what a message means, in which language, with which reply
"""

from __future__ import annotations

from optoutlang.language.reference.decide import decide

__all__ = ["decide"]
