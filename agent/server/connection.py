"""Connections that dawdle: a request's head must arrive in time.

Uvicorn waits for a request's head for ever; who opens many connections and sends a byte
now and then (slow loris) would keep them all. Bodies are timed by
:mod:`agent.server.guards`.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD = 64 * 1024
"""Bytes of a request's first line and headers, at most."""


class Timed(HttpToolsProtocol):
    """HTTP/1.1 with ``seconds`` and :data:`LONGEST_HEAD` for the head of a request."""

    seconds = 10.0
    _head: asyncio.TimerHandle | None = None
    _size = 0

    def connection_made(self, transport: Any) -> None:
        """Start to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Go on waiting until a head is whole; what is no head by then is refused."""
        self._size += len(data)
        super().data_received(data)
        busy = self.cycle is not None and not self.cycle.response_complete
        if not busy and self._size > LONGEST_HEAD and not self.transport.is_closing():
            self.send_400_response(f"The head of a request holds {LONGEST_HEAD} bytes at most.")
        if busy or self.transport.is_closing():
            self._stop()
        elif self._head is None:
            self._wait()

    def handle_websocket_upgrade(self) -> None:
        """Wait no longer: the connection is a WebSocket's."""
        self._stop()
        super().handle_websocket_upgrade()

    def on_response_complete(self) -> None:
        """Leave the time between requests to keep-alive."""
        self._stop()
        self._size = 0
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timer."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._stop()
        self._head = self.loop.call_later(self.seconds, self.transport.close)

    def _stop(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None


def protocol(seconds: float) -> type[Timed]:
    """Return the protocol with a limit of its own."""
    return type("Timed", (Timed,), {"seconds": seconds})
