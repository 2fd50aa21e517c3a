"""TwiML: the XML with which a webhook is answered (https://www.twilio.com/docs/messaging/twiml)."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

MEDIA_TYPE = "text/xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write (https://www.w3.org/TR/xml/#charsets)."""


def twiml(text: str | None) -> bytes:
    """Return the TwiML that sends a text, or nothing; characters that XML cannot have are left out."""
    if text is None:
        return f"{_HEAD}<Response />".encode()
    # A bare carriage return would come out of a parser as a line feed.
    written = escape(_NO_XML.sub("", text), {"\r": "&#13;"})
    return f"{_HEAD}<Response><Message>{written}</Message></Response>".encode()
