"""What other systems do with a message: plain functions from its text to opt-out, which is all they know, or None."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from optoutlang import Action

WORDS = frozenset("STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT".split())
"""The eight words that the largest provider acts on by default since May 2025.

https://twilio.com/en-us/blog/update-to-fcc-s-sms-opt-out-keywords
"""

# As JavaScript reads both: \b and case of ASCII letters only, \s of all scripts.
_ANYWHERE = re.compile(r"\b(stop|end|quit|cancel|unsubscribe)\b", re.ASCII | re.IGNORECASE)

SPOKE = (
    r"^\s*stop\b|\bremove me\s*$|remove my name|\btake me off th\w+ list|\blose my number|don\W?t contact me"
    r"|delete my number|I opt out|stop2quit|stopall|^\s*unsubscribe\s*$|^\s*cancel\s*$|^\s*end\s*$|^\s*quit\s*$"
)
"""The published default of MoveOnOrg/Spoke, src/extensions/message-handlers/auto-optout/index.js at commit 12a0729."""

_SPOKE = re.compile(SPOKE.replace(r"\s", r"(?u:\s)"), re.ASCII | re.IGNORECASE)


def exact(text: str) -> Action | None:
    """Trim the message and look it up among the eight words, in any case."""
    return _opt_out(text.strip().upper() in WORDS)


def first_word(text: str) -> Action | None:
    """Look up what stands before the first space, as Salesforce does.

    help.salesforce.com, article mc_moc_stop_keywords; infobip and AWS read the beginning alike.
    """
    words = text.split(maxsplit=1)
    return _opt_out(bool(words) and words[0].upper() in WORDS)


def anywhere(text: str) -> Action | None:
    """Find one of five words anywhere: the regular expression that is written first for this."""
    return _opt_out(_ANYWHERE.search(text) is not None)


def spoke(text: str) -> Action | None:
    """Find the published default pattern of Spoke."""
    return _opt_out(_SPOKE.search(text) is not None)


BASELINES: Mapping[str, Callable[[str], Action | None]] = {
    "eight words, exact": exact,
    "word anywhere": anywhere,
    "first word": first_word,
    "Spoke": spoke,
}
"""Name in the table, and what it runs."""


def _opt_out(found: bool) -> Action | None:  # noqa: FBT001
    return Action.OPT_OUT if found else None
