"""Keys: numbers as keyed hashes, and personal texts encrypted, with keys from the environment.

A number's token is its HMAC-SHA-256 under the index key; rows are found by
it, and without the key nobody can try all numbers. The texts of a row (the
number itself, what the person wrote) are sealed with AES-256-GCM under a key
that is derived for each token, so that random nonces never run short, and
bound to the token, so that a text moved to another row does not open.

The keys for texts rotate: the first seals, all open, `rotate` seals
everything anew. The index key does not: of people who were erased only the
token is left, and under another key their opt-out would not be found again.
"""

from __future__ import annotations

import hmac
from base64 import b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from optoutlang.consent.stores.port import StoreError

INDEX_KEY = "OPTOUT_CONSENT_INDEX_KEY"
TEXT_KEYS = "OPTOUT_CONSENT_KEYS"
KEY_BYTES = 32
_ERASED = "erased:"
_NAME = 4
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Keys:
    """The index key, and the keys for texts with the newest first; each of 32 bytes."""

    index: bytes = field(repr=False)
    texts: tuple[bytes, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.texts or any(len(each) != KEY_BYTES for each in (self.index, *self.texts)):
            raise ValueError(f"keys have {KEY_BYTES} bytes each, and texts need one at least")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Keys | None:
        """Return the keys that the environment names in base64, those for texts with commas between; None without any.

        Raises:
            StoreError: one is missing or is no key.
        """
        index, texts = environment.get(INDEX_KEY), environment.get(TEXT_KEYS)
        if not index and not texts:
            return None
        if not index or not texts:
            missing = TEXT_KEYS if index else INDEX_KEY
            raise StoreError(
                f"{missing} is not set; `openssl rand -base64 32` makes a key: keep it, for nothing is readable without"
            )
        return cls(
            _key(INDEX_KEY, index), tuple(_key(TEXT_KEYS, each) for each in texts.split(","))
        )

    @property
    def fingerprint(self) -> str:
        """What a store remembers of the index key."""
        return f"keys {hmac.digest(self.index, b'fingerprint', 'sha256').hex()[:16]}"

    def token(self, recipient: str) -> str:
        """Return the token of a recipient: 43 letters."""
        if recipient.startswith(_ERASED):
            return recipient.removeprefix(_ERASED)
        data = recipient.encode("utf-8", "surrogatepass")
        return (
            urlsafe_b64encode(hmac.digest(self.index, data, "sha256")).decode("ascii").rstrip("=")
        )

    def stand_in(self, token: str) -> str:
        """Return `erased:` and the token: no number looks like that."""
        return f"{_ERASED}{token}"

    def seal(self, token: str, text: bytes) -> bytes:
        """Return a text sealed by the newest key: the key's name, a nonce, and the ciphertext with its tag."""
        key, nonce = self.texts[0], urandom(_NONCE)
        sealed = AESGCM(_derived(key, token)).encrypt(nonce, text, token.encode())
        return _name(key) + nonce + sealed

    def unseal(self, token: str, data: bytes) -> bytes:
        """Return the text that was sealed.

        Raises:
            StoreError: its key is not among ours, or it was changed or moved.
        """
        name, nonce, sealed = data[:_NAME], data[_NAME : _NAME + _NONCE], data[_NAME + _NONCE :]
        key = next((each for each in self.texts if _name(each) == name), None)
        if key is None:
            raise StoreError(f"{TEXT_KEYS} lacks the key `{name.hex()}` that a row was sealed with")
        try:
            return AESGCM(_derived(key, token)).decrypt(nonce, sealed, token.encode())
        except InvalidTag as error:
            raise StoreError("a sealed row was changed, or moved to another recipient") from error

    def is_newest(self, data: bytes) -> bool:
        """Whether a text was sealed by the newest key."""
        return data[:_NAME] == _name(self.texts[0])


def _derived(key: bytes, token: str) -> bytes:
    return hmac.digest(key, token.encode(), "sha256")


def _name(key: bytes) -> bytes:
    return sha256(b"name" + key).digest()[:_NAME]


def _key(name: str, text: str) -> bytes:
    try:
        key = b64decode(text.strip(), validate=True)
    except (Base64Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise StoreError(
            f"{name} holds no key of 32 bytes in base64: `openssl rand -base64 32` makes one"
        )
    return key
