"""HTTP/1.1 as uvicorn speaks it, with bounds on the head of a request: its time and its size.

uvicorn bounds neither: whoever sends a header a minute would hold a
connection for ever ("slowloris"). A body has bounds of its own (`bodies.py`).
"""

from __future__ import annotations

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10.0
"""How long the head of a request may take, from the connection or its first byte on."""
HEAD_BYTES = 32_768


class BoundedProtocol(HttpToolsProtocol):
    """Closes a connection whose next request does not come to the end of its head in time, or in size."""

    head_seconds = HEAD_SECONDS
    _timer: TimerHandle | None = None
    _bytes = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._arm()

    def data_received(self, data: bytes) -> None:
        """Take what came; a head that is too long ends the connection."""
        if self._timer is None and self._is_idle():
            self._arm()
        if self._timer is not None:
            self._bytes += len(data)
        super().data_received(data)
        if self._timer is not None and self._bytes > HEAD_BYTES:
            self._refuse(b"431 Request Header Fields Too Large")

    def on_headers_complete(self) -> None:
        """The head is there: the body has bounds of its own."""
        self._disarm()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._disarm()
        super().connection_lost(exc)

    def _is_idle(self) -> bool:
        """Whether what comes begins a new request: there was none, or the last one is answered."""
        return getattr(self.cycle, "response_complete", True)

    def _arm(self) -> None:
        self._bytes = 0
        self._timer = self.loop.call_later(self.head_seconds, self._refuse, b"408 Request Timeout")

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: bytes) -> None:
        self._disarm()
        if not self.transport.is_closing():
            self.transport.write(
                b"HTTP/1.1 " + status + b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
            )
            self.transport.close()
