"""Sessions of the operations page: a signed cookie, and a token in every form that is bound to it.

The cookie holds a random id, and the name of the key after signing in; the
server keeps nothing. A session ends after some hours, at a new sign-in, and
when its key leaves the settings or is replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from secrets import token_bytes, token_urlsafe

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from optoutlang.interfaces.gateway.api.keys import Keys
from optoutlang.interfaces.gateway.settings.model import ApiKey, Scope, Ui

COOKIE = "optout_session"
PATH = "/ui"


@dataclass(frozen=True, slots=True)
class Session:
    """One visitor: a random id, and the key signed in with, None before that."""

    name: str
    key: ApiKey | None = None


class Sessions:
    """Makes, reads and ends sessions."""

    def __init__(self, ui: Ui, keys: Keys, *, is_https: bool) -> None:
        secret = ui.secret or token_bytes(32)
        self._cookies = URLSafeTimedSerializer(secret, "optoutlang session")
        self._tokens = URLSafeTimedSerializer(secret, "optoutlang form")
        self._seconds = int(ui.hours * 3600)
        self._keys = keys
        self._is_https = is_https

    def read(self, request: Request) -> Session:
        """Return the session of a request; a new one where there is none that is good."""
        try:
            name, key, digest = self._cookies.loads(
                request.cookies.get(COOKIE, ""), max_age=self._seconds
            )
        except (BadData, ValueError, TypeError):
            return self.new()
        return Session(name, self._key(key, digest))

    def new(self, key: ApiKey | None = None) -> Session:
        """Return a session that nobody has: an id from before signing in is worth nothing after it."""
        return Session(token_urlsafe(16), key)

    def token(self, session: Session) -> str:
        """Return the token for the forms of a session."""
        return str(self._tokens.dumps(session.name))

    def is_token(self, session: Session, token: str) -> bool:
        """Return whether a form was made for a session."""
        try:
            name = self._tokens.loads(token, max_age=self._seconds)
        except BadData:
            return False
        return compare_digest(str(name), session.name)

    def keep(self, response: Response, session: Session) -> None:
        """Let the browser keep a session: no script reads it, and no other site's link or form sends it."""
        key = session.key
        values = [session.name, key and key.name, key and _bound(key)]
        response.set_cookie(
            COOKIE,
            str(self._cookies.dumps(values)),
            max_age=self._seconds,
            path=PATH,
            secure=self._is_https,
            httponly=True,
            samesite="strict",
        )

    def end(self, response: Response) -> None:
        """Let the browser forget its session."""
        response.delete_cookie(
            COOKIE, path=PATH, secure=self._is_https, httponly=True, samesite="strict"
        )

    def _key(self, name: str | None, digest: str | None) -> ApiKey | None:
        key = None if name is None else self._keys.named(name)
        if key is None or Scope.UI not in key.scopes or digest != _bound(key):
            return None
        return key


def _bound(key: ApiKey) -> str:
    """Return what changes with the key, and tells nobody its hash."""
    return sha256(b"session of " + key.digest.encode()).hexdigest()[:32]
