"""telnyx-signature-ed25519: Ed25519 over `<time>|<body>` (https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks)."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SIGNATURE_HEADER = "telnyx-signature-ed25519"
TIME_HEADER = "telnyx-timestamp"


def public_key(text: str) -> Ed25519PublicKey:
    """Return the key that a text is: 32 bytes in base64, as the portal shows it.

    Raises:
        ValueError: it is no key.
    """
    try:
        return Ed25519PublicKey.from_public_bytes(b64decode(text.strip(), validate=True))
    except (Base64Error, ValueError) as error:
        raise ValueError(
            "a public key is 32 bytes in base64, as the Telnyx portal shows it"
        ) from error


def is_signed(key: Ed25519PublicKey, given: str, timestamp: str, body: bytes) -> bool:
    """Whether a signature is that of a time and a body."""
    try:
        key.verify(b64decode(given, validate=True), timestamp.encode() + b"|" + body)
    except (Base64Error, InvalidSignature, ValueError):
        return False
    return True
