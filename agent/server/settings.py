"""What one server process is told: where to listen, how much to allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one client, one request and one query may take.

    ``rate`` is requests a second a client, ``burst`` how many may come at once; both for the
    API and SPARQL only. ``requests`` is how many are answered or wait at one time. Times are
    in seconds, sizes in bytes.
    """

    body: int = MIB
    upload: int = 64 * MIB
    requests: int = 64
    rate: float = 1000.0
    burst: int = 4000
    header_seconds: float = 10.0
    body_seconds: float = 30.0
    answer_seconds: float = 60.0
    query_seconds: float = 10.0
    query_rows: int = 10_000
    query_bytes: int = 16 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to serve the workspace in ``home``.

    ``processes`` answer questions beside the one that speaks HTTP; with none a thread
    does. ``write_token`` opens uploads; without one there are none. ``hosts`` are names
    that requests may call this server by, beside those of the loopback interface.
    ``cached`` answers are kept for as long as the generation is current.
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 2
    write_token: str | None = field(default=None, repr=False)
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    model: str | None = None
    cached: int = 512
    pages: bool = True
    limits: Limits = Limits()

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def called(self) -> list[str]:
        """The Host names that are answered; a page elsewhere cannot borrow another.

        Whoever binds to all interfaces without naming hosts answers to any name.
        """
        if not self.loopback and not self.hosts:
            return ["*"]
        return ["localhost", "127.0.0.1", "[::1]", self.host, *self.hosts]
