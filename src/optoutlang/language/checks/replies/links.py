"""Links, phone numbers and addresses in replies."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HOST = re.compile(
    r"(https?://)?((?:[a-z0-9-]+\.)+([a-z]{2,}))(?=([/:?#])|[\s,;)]|\.?\Z|\.\s)", re.IGNORECASE
)
_MAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+\w{2,}")
_PHONE = re.compile(r"(?:\d[ ().-]*){7,}")

SHORTENERS: frozenset[str] = frozenset(
    """
    bit.ly bitly.com buff.ly cutt.ly goo.gl is.gd ow.ly page.link rb.gy rebrand.ly shorturl.at
    t.co t.ly tiny.cc tinyurl.com v.gd
    """.split()
)
"""Public link shorteners, which carriers filter."""


def hosts(text: str) -> Iterator[str]:
    """Yield the hosts of the links in a text, in lower case; the hosts of mail addresses are not links."""
    for match in _HOST.finditer(_MAIL.sub(" ", text)):
        scheme, host, ending, path = match.groups()
        # `messages.Reply` is a sentence that ends without a space, not a host.
        if scheme or path or ending.islower() or host.isupper():
            yield host.lower()


def is_shortener(host: str) -> bool:
    """Tell whether a host is a public shortener, or stands below one (`x.page.link`)."""
    return any(host == each or host.endswith(f".{each}") for each in SHORTENERS)


def names_contact(text: str) -> bool:
    """Tell whether a text holds a link, a mail address or a phone number."""
    return bool(_PHONE.search(text) or _MAIL.search(text) or next(hosts(text), None))
