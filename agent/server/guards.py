"""What stands before every request: size, time, number, rate, and headers for browsers."""

from __future__ import annotations

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.server.settings import Limits

_CLIENTS = 10_000
_MEASURED = ("/api", "/sparql", "/mcp")
_ALWAYS = ("/api/health", "/metrics")
HEADERS: Mapping[bytes, bytes] = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"content-security-policy": (
        b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        b"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        b"font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
        b"frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
    ),
}


class Refusal(Exception):
    """A request goes no further: its status and one line."""

    def __init__(self, status: int, line: str) -> None:
        super().__init__(line)
        self.status = status


class _Exchange:
    """One request and its answer, which a refusal replaces while it has not begun.

    A framework that catches the refusal within its reading of the body would answer 400.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._started = False
        self.refusal: Refusal | None = None

    async def send(self, message: Message) -> None:
        """Send a message with our headers, but none instead of a refusal."""
        if self.refusal is not None and not self._started:
            return
        if message["type"] == "http.response.start":
            self._started = True
            message["headers"] = [*message["headers"], *HEADERS.items()]
        await self._send(message)

    async def finish(self) -> None:
        """Send the refusal, if there is one and no answer has begun."""
        if self.refusal is not None and not self._started:
            refusal, self.refusal = self.refusal, None
            await _answer(self.send, refusal)


class Guard:
    """Refuses what is too large, too slow, too often or too much at once."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits
        self._running = 0
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with 408, 413, 429 or 503."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(send)
        try:
            await self._guarded(scope, receive, exchange)
        except Refusal as refusal:
            exchange.refusal = refusal
        await exchange.finish()

    async def _guarded(self, scope: Scope, receive: Receive, exchange: _Exchange) -> None:
        path: str = scope["path"]
        measured = path.startswith(_MEASURED) and path not in _ALWAYS
        largest = self._largest(scope)
        self._declared(scope, largest)
        if not measured:
            await self._app(scope, self._timed(receive, largest, exchange), exchange.send)
            return
        self._rate(scope)
        if self._running >= self._limits.requests:
            raise Refusal(503, "too many requests at once: expected fewer; try again in a moment")
        self._running += 1
        try:
            await self._app(scope, self._timed(receive, largest, exchange), exchange.send)
        finally:
            self._running -= 1

    def _largest(self, scope: Scope) -> int:
        upload = scope["method"] == "POST" and scope["path"] == "/api/reports"
        return self._limits.upload if upload else self._limits.body

    def _declared(self, scope: Scope, largest: int) -> None:
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if length.isdigit() and int(length) > largest:
            raise Refusal(413, f"the body has {int(length)} bytes: expected {largest} at most")

    def _timed(self, receive: Receive, largest: int, exchange: _Exchange) -> Receive:
        """Receive a body of at most ``largest`` bytes, all of it within the limit's seconds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._limits.body_seconds
        size, whole = 0, False

        async def receiving() -> Message:
            nonlocal size, whole
            if whole:  # what comes now is the end of the connection, whenever that is
                return await receive()
            try:
                async with asyncio.timeout_at(end):
                    message = await receive()
            except TimeoutError:
                seconds = self._limits.body_seconds
                exchange.refusal = Refusal(408, f"the body took over {seconds:g} s: send it faster")
                raise exchange.refusal from None
            size += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if size > largest:
                exchange.refusal = Refusal(
                    413, f"the body is too large: expected {largest} bytes at most"
                )
                raise exchange.refusal
            return message

        return receiving

    def _rate(self, scope: Scope) -> None:
        """Take one token from the client's bucket, which fills at the allowed rate."""
        client = scope["client"][0] if scope.get("client") else ""
        now, limits = time.monotonic(), self._limits
        tokens, then = self._buckets.pop(client, (float(limits.burst), now))
        tokens = min(limits.burst, tokens + (now - then) * limits.rate)
        self._buckets[client] = (max(tokens - 1, 0), now)
        while len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        if tokens < 1:
            raise Refusal(429, f"more than {limits.rate:g} requests a second: expected fewer")


async def _answer(send: Send, refusal: Refusal) -> None:
    body = json.dumps({"error": str(refusal)}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    if refusal.status in (429, 503):
        headers.append((b"retry-after", b"1"))
    if refusal.status in (408, 413):  # what is left of the body would be read as a request
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
