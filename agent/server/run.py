"""Serve until told to stop; then finish what was begun."""

from __future__ import annotations

import logging
import signal
import socket
from typing import TYPE_CHECKING

from agent.errors import AgentError
from agent.server.connection import protocol
from agent.server.telemetry import LogFormat, log_to_stderr

if TYPE_CHECKING:
    from types import FrameType

    import uvicorn
    from starlette.types import ASGIApp

    from agent.server.settings import Settings

_GRACE = 10
_KEEP_ALIVE = 15
logger = logging.getLogger("kg.server")


def serve(app: ASGIApp, settings: Settings, *, log: LogFormat = "text", where: str = "") -> None:
    """Serve an application on the address of ``settings`` until SIGINT or SIGTERM.

    Requests that are being answered then have ten seconds to finish. ``where`` is the path
    told to the user. Raises AgentError when the address cannot be had.
    """
    import uvicorn

    log_to_stderr(log)
    listening = _listen(settings.host, settings.port)
    config = uvicorn.Config(
        app,
        http=protocol(settings.limits.header_seconds),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GRACE,
        ws_max_size=settings.limits.body,
        lifespan="on",
    )
    port = listening.getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    logger.info("kg is served at http://%s:%d%s (Ctrl-C ends it)", host, port, where)
    try:
        _server(config).run(sockets=[listening])
    finally:
        listening.close()


def _server(config: uvicorn.Config) -> uvicorn.Server:
    """Make a server for which being told to stop is no failure: it ends with exit code 0.

    A second Ctrl-C does not wait for what is being answered.
    """
    import uvicorn

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's signature
            self.force_exit = self.should_exit and sig == signal.SIGINT
            self.should_exit = True

    return Server(config)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        raise AgentError(
            f"cannot listen on {host!r} port {port!r}: {getattr(error, 'strerror', error)}; "
            "expected a free port and an address of this machine; choose another with --port"
        ) from error
