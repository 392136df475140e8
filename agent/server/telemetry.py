"""What the server tells of itself: Prometheus metrics and a line of log a request."""

from __future__ import annotations

import json
import logging
import sys
import time
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

if TYPE_CHECKING:
    from kg.workspace import Workspace

LogFormat = Literal["text", "json"]
logger = logging.getLogger("kg.server")
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_KEPT = 40  # characters of a request id that a client may choose


class Metrics:
    """The metrics of one application, in a registry of their own."""

    def __init__(self, workspace: Workspace) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.requests = Counter(
            "kg_requests", "Requests answered.", ("route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "kg_request_seconds",
            "Time to answer a request.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.registry.register(_Held(workspace))

    def text(self) -> bytes:
        """Return all metrics in the Prometheus text format."""
        return generate_latest(self.registry)


class _Held:
    """What the workspace holds now, read when it is asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Yield the gauges of the current generation; none without a workspace."""
        if not self._workspace.exists:
            return
        generation = self._workspace.generation()
        figures = {
            "kg_generation": ("The current generation.", generation.number),
            "kg_reports": ("Reports in it.", len(generation.reports)),
            "kg_claims": ("Claims in it.", sum(info.claims for info in generation.reports)),
        }
        for name, (what, value) in figures.items():
            yield GaugeMetricFamily(name, what, value=value)


class Telemetry:
    """Counts, times and logs every request; what was asked is not logged."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, then tell of it; give it an id that the answer carries."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status, size = time.perf_counter(), 500, 0
        request = _request_id(scope)

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request.encode())]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            seconds = time.perf_counter() - started
            self._tell(scope, status, size, seconds, request)

    def _tell(self, scope: Scope, status: int, size: int, seconds: float, request: str) -> None:
        route = route_of(scope)
        self._metrics.requests.labels(route, str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        fields = {
            "event": "request",
            "method": scope["method"],
            "route": route,
            "status": status,
            "bytes": size,
            "ms": round(seconds * 1000, 1),
            "client": scope["client"][0] if scope.get("client") else None,
            "request": request,
        }
        level = logging.WARNING if status >= 500 else logging.INFO
        logger.log(level, "%s %s %d", fields["method"], route, status, extra={"fields": fields})


def route_of(scope: Scope) -> str:
    """Return the pattern of the route that answered: few values, whatever is asked for."""
    path = getattr(scope.get("route"), "path", None)
    return path if isinstance(path, str) and path else "other"


def _request_id(scope: Scope) -> str:
    given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    plain = "".join(ch for ch in given if ch.isascii() and (ch.isalnum() or ch in "-_"))
    return plain[:_KEPT] or uuid.uuid4().hex


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record: time, level, what happened, and its fields."""
        told = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


class _Text(logging.Formatter):
    """A line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record; a request with its time and size."""
        fields = getattr(record, "fields", {})
        more = f"  {fields['ms']} ms  {fields['bytes']} B" if "ms" in fields else ""
        line = f"{self.formatTime(record, '%H:%M:%S')}  {record.getMessage()}{more}"
        return line + ("\n" + self.formatException(record.exc_info) if record.exc_info else "")


def log_to_stderr(format: LogFormat) -> None:
    """Send the server's and uvicorn's logs to stderr, in one format."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if format == "json" else _Text())
    for name in ("kg.server", "uvicorn", "uvicorn.error"):
        log = logging.getLogger(name)
        log.handlers, log.propagate = [handler] if name != "uvicorn.error" else [], False
        log.setLevel(logging.INFO)
    logging.getLogger("uvicorn.error").propagate = True
