"""The transport of a request: plain HTTP comes from a proxy that took the encryption off, or not at all."""

from __future__ import annotations

from starlette.requests import Request

from optoutlang.interfaces.gateway.settings.model import Server
from optoutlang.interfaces.gateway.web.problems import ProblemError


def require_transport(request: Request, server: Server) -> None:
    """Refuse plain HTTP where the public URL has https, unless a proxy that is listed hands the request on.

    Raises:
        ProblemError: it came in plain HTTP from somebody else.
    """
    client = request.client
    if server.public_url.startswith("http://") or request.scope["scheme"] == "https":
        return
    if client is None or client.host not in server.trusted_proxies:
        raise ProblemError(403, "plain HTTP comes from a trusted proxy alone")
