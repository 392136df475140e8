"""The SPARQL 1.1 Protocol, read only (https://www.w3.org/TR/sparql11-protocol/).

``/sparql`` takes a query by GET, by a form or as the body of a POST (section 2.1), with
``default-graph-uri`` and ``named-graph-uri`` (2.1.4), and answers in what the client
accepts. Without a query it describes itself. Updates are refused, whatever they are
disguised as. ``timeout`` (seconds) and ``limit`` (rows) may lower what the server allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from agent.errors import AgentError
from agent.server.description import description
from agent.server.errors import Refused
from agent.server.media import OFFERS, TYPES, choose, wants_html
from agent.server.settings import Limits
from kg.sparql import FORMATS, Format, Result, query
from kg.workspace import Workspace

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_AT_ONCE = 4
_WAITING = 32


@dataclass(frozen=True, slots=True)
class Operation:
    """One query operation: the text, the dataset it names, and what it asks for."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    timeout: float
    limit: int
    format: Format | None


class Endpoint:
    """Answers protocol requests over the current generation of a workspace."""

    def __init__(self, workspace: Workspace, limits: Limits) -> None:
        self._workspace = workspace
        self._limits = limits
        self._limiter: anyio.CapacityLimiter | None = None

    def router(self) -> APIRouter:
        """Return the routes; with and without the final slash."""
        router = APIRouter(include_in_schema=False)
        for path in ("/sparql", "/sparql/"):
            router.add_api_route(path, self.get, methods=["GET"], response_model=None)
            router.add_api_route(path, self.post, methods=["POST"], response_model=None)
        return router

    async def get(self, request: Request) -> Response:
        """Answer a query by GET, or describe the service."""
        given = _pairs(request.url.query)
        _refuse_update(given)
        if "query" not in given:
            return self._described(request)
        return await self._answer(request, self._operation(given))

    async def post(self, request: Request) -> Response:
        """Answer a query by POST, in a form or as the body."""
        kind, charset = _content_type(request)
        body = _decoded(await request.body(), charset)
        given = _pairs(request.url.query)
        if kind == _UPDATE:
            raise Refused(403, "this endpoint is read only: got an update, expected a query")
        if kind == _FORM:
            for name, values in _pairs(body).items():
                given.setdefault(name, []).extend(values)
        elif kind == _QUERY:
            given.setdefault("query", []).append(body)
        else:
            raise Refused(415, f"cannot read a body of type {kind!r}: expected {_FORM} or {_QUERY}")
        _refuse_update(given)
        return await self._answer(request, self._operation(given))

    def _operation(self, given: Mapping[str, Sequence[str]]) -> Operation:
        texts = given.get("query", ())
        if len(texts) != 1:
            raise Refused(400, f"got {len(texts)} queries: expected one `query`")
        limits = self._limits
        return Operation(
            texts[0],
            tuple(given.get("default-graph-uri", ())),
            tuple(given.get("named-graph-uri", ())),
            min(_number(given, "timeout", limits.query_seconds), limits.query_seconds),
            int(min(_number(given, "limit", limits.query_rows), limits.query_rows)),
            _format(given),
        )

    async def _answer(self, request: Request, operation: Operation) -> Response:
        generation = self._workspace.generation()
        run = partial(
            query,
            generation,
            operation.query,
            timeout=operation.timeout,
            limit=operation.limit,
            size=self._limits.query_bytes,
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
        )
        if self._limiter is None:  # made within the event loop that it belongs to
            self._limiter = anyio.CapacityLimiter(_AT_ONCE)
        if self._limiter.statistics().tasks_waiting >= _WAITING:
            raise Refused(503, "too many queries at once: expected fewer; try again in a moment")
        result = await run_sync(run, limiter=self._limiter)
        response = _written(result, operation.format, request.headers.get("accept", ""))
        response.headers["Kg-Generation"] = str(generation.number)
        return response

    def _described(self, request: Request) -> Response:
        accept = request.headers.get("accept", "")
        if wants_html(accept):
            return RedirectResponse("/query", 303)
        format = choose(accept, OFFERS["graph"]) or "turtle"
        endpoint = str(request.url.replace(query="", fragment=""))
        body = description(self._workspace.generation(), endpoint, format)
        return Response(body, media_type=TYPES[format], headers={"Vary": "Accept"})


def _written(result: Result, asked: Format | None, accept: str) -> Response:
    """Write a result as the client asked: by header, or by ``format`` when that says nothing."""
    offers = OFFERS[result.kind]
    if asked in offers and (wants_html(accept) or accept.strip() in ("", "*/*")):
        format: Format | None = asked
    else:
        format = choose(accept, offers) or (offers[0] if wants_html(accept) else None)
    if format is None:
        types = ", ".join(TYPES[offer] for offer in offers)
        raise Refused(
            406, f"cannot write what `Accept: {accept}` asks for: expected one of {types}"
        )
    headers = {"Vary": "Accept"}
    if result.note:
        headers["Kg-Truncated"] = result.note
    content = TYPES[format] + ("; charset=utf-8" if TYPES[format].startswith("text/") else "")
    return Response(result.serialize(format).encode(), headers=headers | {"Content-Type": content})


def _pairs(encoded: str) -> dict[str, list[str]]:
    """Decode a query string or a form; several values of one name stay apart."""
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Refused(400, f"the parameters are not UTF-8 or too many: {error}") from error
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return given


def _refuse_update(given: Mapping[str, Sequence[str]]) -> None:
    if "update" in given or any(name.startswith("using-") for name in given):
        raise Refused(403, "this endpoint is read only: got `update`, expected `query`")


def _content_type(request: Request) -> tuple[str, str]:
    kind, *parameters = request.headers.get("content-type", "").split(";")
    named = dict(p.strip().lower().partition("=")[::2] for p in parameters)
    return kind.strip().lower(), named.get("charset", "utf-8").strip('"')


def _decoded(body: bytes, charset: str) -> str:
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Refused(415, f"cannot read charset {charset!r}: expected UTF-8")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(
            400, f"the body is not UTF-8: {error.reason} at byte {error.start}"
        ) from error


def _number(given: Mapping[str, Sequence[str]], name: str, otherwise: float) -> float:
    values = given.get(name, ())
    if not values:
        return otherwise
    try:
        number = float(values[-1])
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise AgentError(f"{name} is {values[-1]!r}: expected a number above 0")
    return max(number, 1.0) if name == "limit" else number


def _format(given: Mapping[str, Sequence[str]]) -> Format | None:
    wanted = given.get("format", ("",))[-1]
    return next((format for format in FORMATS if format == wanted), None)
