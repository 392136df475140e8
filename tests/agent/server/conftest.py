"""A server on a free port of the loopback interface, in a thread of the tests' process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from agent.server.app import create_app
from agent.server.connection import protocol
from agent.server.settings import Settings


@dataclass
class Server:
    """A running server: its address and a client that knows it."""

    url: str
    client: httpx.Client = field(repr=False)
    app: Any = field(default=None, repr=False)

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])


Serving = Callable[..., Any]


@contextmanager
def served(app: Any, *, header_seconds: float = 10.0) -> Iterator[Server]:
    """Serve an application on a free port until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    config = uvicorn.Config(
        app,
        http=protocol(header_seconds),
        log_config=None,
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    end = time.monotonic() + 60
    while not server.started and thread.is_alive() and time.monotonic() < end:
        time.sleep(0.01)
    assert server.started, "the server did not start"
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
            yield Server(url, client, app)
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


def settings(home: Path, **fields: Any) -> Settings:
    """Settings for tests: answers come from a thread, there are no pages."""
    return Settings(**{"home": home, "processes": 0, "pages": False} | fields)


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[Server]:
    """A server over three weeks, without pages; read only."""
    with served(create_app(settings(home))) as running:
        yield running


@pytest.fixture(scope="session")
def serving() -> Serving:
    """``with serving(app) as server``: serve any application."""
    return served


@pytest.fixture(scope="session")
def settings_for() -> Callable[..., Settings]:
    """``settings_for(home, **fields)``: settings for tests."""
    return settings
