"""The two ways to keep what is about a person: readable, or under keys (`keys.Keys`)."""

from __future__ import annotations

from typing import Protocol


class Privacy(Protocol):
    """Turns numbers into the tokens that rows are found by, and personal texts into what is stored."""

    @property
    def fingerprint(self) -> str:
        """What a store remembers, so that it is never opened with another key and finds nobody."""

    def token(self, recipient: str) -> str:
        """Return what a recipient is stored as."""

    def stand_in(self, token: str) -> str:
        """Return what stands for the number of a person who was erased; its token is the same."""

    def seal(self, token: str, text: bytes) -> bytes:
        """Return personal text as it is stored in a row of a token."""

    def unseal(self, token: str, data: bytes) -> bytes:
        """Return personal text from what is stored in a row of a token.

        Raises:
            StoreError: no key opens it.
        """


class Readable:
    """Numbers and texts as they are."""

    fingerprint: str = "readable"

    def token(self, recipient: str) -> str:
        """Return the recipient itself."""
        return recipient

    def stand_in(self, token: str) -> str:
        """Return the token: it is the number."""
        return token

    def seal(self, token: str, text: bytes) -> bytes:
        """Return the text itself."""
        del token
        return text

    def unseal(self, token: str, data: bytes) -> bytes:
        """Return the text itself."""
        del token
        return data
