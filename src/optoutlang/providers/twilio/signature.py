"""X-Twilio-Signature: HMAC-SHA1 of the exact URL and, for forms, of every parameter.

The rule is https://www.twilio.com/docs/usage/webhooks/webhooks-security;
where that is silent, twilio-node's `src/webhooks/webhooks.ts` at 45d3d65: a
repeated parameter counts once for each different value, the standard port may
be in the signed URL or not, and a JSON body is bound by `bodySHA256` in the
query.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit, urlunsplit

HEADER = "x-twilio-signature"
BODY_DIGEST = "bodySHA256"
_PORTS = {"https": 443, "http": 80}

Parameters = Iterable[tuple[str, str]]


def signature(token: str, url: str, parameters: Parameters) -> str:
    """Return the signature of a request to a URL, under an account's auth token."""
    return _signature(token, url, _joined(parameters))


def _joined(parameters: Parameters) -> str:
    return "".join([name + value for name, value in sorted(set(parameters))])


def _signature(token: str, url: str, joined: str) -> str:
    signed = (url + joined).encode("utf-8", "surrogatepass")
    return b64encode(hmac.digest(token.encode(), signed, "sha1")).decode("ascii")


def is_signed(token: str, given: str, url: str, parameters: Parameters) -> bool:
    """Whether a signature is that of the URL, with or without its port, and the parameters."""
    joined, wanted = _joined(parameters), given.encode("utf-8", "replace")
    return any(
        hmac.compare_digest(_signature(token, each, joined).encode(), wanted)
        for each in spellings(url)
    )


@lru_cache(maxsize=64)
def spellings(url: str) -> tuple[str, ...]:
    """Return the URL with its port and without: Twilio's servers sign either."""
    parts = urlsplit(url)
    port = parts.port or _PORTS.get(parts.scheme)
    host = parts.netloc.removesuffix(f":{parts.port}") if parts.port else parts.netloc
    rest = url[len(parts.scheme) + 3 + len(parts.netloc) :]
    start = (
        urlunsplit((parts.scheme, "", "", "", "")) + "//"
        if not parts.scheme
        else f"{parts.scheme}://"
    )
    return (f"{start}{host}{rest}", f"{start}{host}:{port}{rest}")


def body_digest(url: str) -> str | None:
    """Return the digest of the body that a URL's query says, or None."""
    found = parse_qs(urlsplit(url).query, keep_blank_values=True).get(BODY_DIGEST)
    return found[0] if found else None


def is_digest(given: str, body: bytes) -> bool:
    """Whether a digest is that of the body: hexadecimal SHA-256."""
    return hmac.compare_digest(
        sha256(body).hexdigest().encode(), given.lower().encode("utf-8", "replace")
    )
