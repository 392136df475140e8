"""The JSON API: the documents of the command line's ``--json``, over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Hashable
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from agent import contract, documents
from agent.server.desk import Desk
from agent.server.settings import Settings
from agent.server.uploads import Uploads
from corpus.errors import KgError

Text = Annotated[str, Query(min_length=1, max_length=1000)]
Day = Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2025-02-10"])]
Id = Annotated[str | None, Query(max_length=200, description="only this report")]
ReportId = Annotated[str, Path(max_length=200, examples=["weekly-2025-02-10"])]
Name = Annotated[str, Query(min_length=1, max_length=200, examples=["브로드컴"])]
Scope = Annotated[
    str | None,
    Query(max_length=200, description="report id, date or ISO week", examples=["2025-W06"]),
]
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": contract.Problem, "description": "The request cannot be understood."},
    404: {"model": contract.Problem, "description": "No such report or entity."},
    413: {"model": contract.Problem, "description": "The body is too large."},
    429: {"model": contract.Problem, "description": "Too many requests a second."},
    503: {"model": contract.Problem, "description": "Busy, too slow, or without a workspace."},
}


def router(desk: Desk, settings: Settings) -> APIRouter:
    """Return the routes below ``/api``."""
    routes = APIRouter(prefix="/api", responses=_PROBLEMS, tags=["api"])
    _asking(routes, desk, settings)
    _looking(routes, desk)
    _reading(routes, desk)
    if settings.write_token is not None:
        _writing(routes, Uploads(desk.workspace, settings))
    return routes


def _asking(routes: APIRouter, desk: Desk, settings: Settings) -> None:
    def options(asked: contract.Question) -> dict[str, str | None]:
        return {"as_of": asked.as_of, "report": asked.report, "model": settings.model}

    async def answered(asked: contract.Question) -> Response:
        return await _document(desk, documents.ask, asked.question, **options(asked))

    @routes.get("/ask", response_model=contract.Answer)
    async def ask(question: Text, as_of: Day = None, report: Id = None) -> Response:
        """Answer a question with citations; what is not in the reports is answered by saying so."""
        asked = contract.Question(question=question, as_of=as_of, report=report)
        return await answered(asked)

    @routes.post("/ask", response_model=contract.Answer)
    async def ask_long(asked: contract.Question) -> Response:
        """Answer a question that is given as JSON."""
        return await answered(asked)

    @routes.get(
        "/ask/stream",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {}}, "description": "The events."}},
    )
    async def ask_stream(question: Text, as_of: Day = None, report: Id = None) -> Response:
        """Answer by server-sent events: `start`, a `sentence` each as checked, then `answer`."""
        asked = contract.Question(question=question, as_of=as_of, report=report)
        answer = desk.run(documents.ask, asked.question, **options(asked))
        events = _events(question, answer)
        return StreamingResponse(
            events, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )


def _looking(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/search", response_model=list[contract.Hit])
    async def search(
        query: Text, k: Annotated[int, Query(ge=1, le=100)] = 10, report: Id = None
    ) -> Response:
        """Find passages: morphemes, character pairs, entities and vectors together."""
        return await _document(desk, documents.search, query, k=k, report=report)

    @routes.get("/entity", response_model=contract.Profile)
    async def entity(name: Name, as_of: Day = None) -> Response:
        """Tell what is known of one entity: names, claims by week, mentions."""
        return await _document(desk, documents.entity, name, as_of=as_of)

    @routes.get("/path", response_model=list[contract.Step])
    async def path(start: Name, goal: Name, as_of: Day = None) -> Response:
        """Show how two entities are connected, each step cited; empty when they are not."""
        return await _document(desk, documents.path, start, goal, as_of=as_of)

    @routes.get("/series", response_model=list[contract.Series])
    async def series(
        name: Name,
        metric: Annotated[str | None, Query(max_length=200, examples=["영업이익"])] = None,
    ) -> Response:
        """Follow an entity's figures over the reports, each value cited."""
        return await _document(desk, documents.series, name, metric=metric)


def _reading(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/diff", response_model=contract.Diff)
    async def diff(
        old: Scope = None,
        new: Scope = None,
        restated: bool = False,
        top: Annotated[int | None, Query(ge=1, le=10_000)] = None,
    ) -> Response:
        """Compare two weeks, both cited; by default the latest with the one before."""
        home = desk.workspace.home
        return await _document(
            desk, documents.diff, old, new, restated=restated, top=top, home=home
        )

    @routes.get("/reports", response_model=list[contract.ReportRow])
    async def reports() -> Response:
        """List the reports."""
        return await _document(desk, documents.reports)

    @routes.get("/reports/{report}", response_model=contract.Report)
    async def report(report: ReportId) -> Response:
        """Return one report whole: text, sections, passages, claims."""
        return await _document(desk, documents.report, report)

    @routes.get(
        "/health", response_model=contract.Health, responses={503: {"model": contract.Health}}
    )
    async def health() -> Response:
        """Tell whether there is anything to answer from."""
        workspace = desk.workspace
        number = workspace.generation().number if workspace.exists else None
        document = {
            "status": "ok" if number else "empty",
            "generation": number,
            "reports": len(workspace.generation().reports) if number else 0,
            "version": version("kg-weekly"),
        }
        return JSONResponse(document, 200 if number else 503)


def _writing(routes: APIRouter, uploads: Uploads) -> None:
    body = {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}

    @routes.post(
        "/reports",
        response_model=contract.Upload,
        responses={
            401: {"model": contract.Problem, "description": "No token, or a wrong one."},
            409: {"model": contract.Problem, "description": "Another process is writing."},
        },
        openapi_extra={
            "requestBody": {"required": True, **body},
            "security": [{"token": []}],
        },
    )
    async def upload(
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=200, examples=["weekly.md"])],
        date: Day = None,
        title: Annotated[str | None, Query(max_length=300)] = None,
        publisher: Annotated[str | None, Query(max_length=300)] = None,
    ) -> Response:
        """Add or replace a report: the file itself as the body, its name as `name`."""
        uploads.allowed(request.headers.get("authorization", ""))
        options = {"date": documents.day(date, "date"), "title": title, "publisher": publisher}
        return JSONResponse(await uploads.store(name, await request.body(), options))


async def _document(
    desk: Desk, document: Callable[..., Any], *args: Hashable, **options: Hashable
) -> Response:
    """Send a document as it is: it follows the types that OpenAPI shows."""
    done = await desk.run(documents.written, document, *args, **options)
    headers = {"Kg-Generation": str(done.generation)}
    return Response(done.value, headers=headers, media_type="application/json")


async def _events(question: str, answer: Any) -> AsyncIterator[str]:
    yield _event("start", {"question": question})
    try:
        done = await answer
    except KgError as error:
        from agent.server.errors import problem

        status, line = problem(error)
        yield _event("error", {"status": status, "error": line})
        return
    for sentence in done.value["sentences"]:
        yield _event("sentence", {"text": sentence})
        await asyncio.sleep(0)  # each sentence is sent on its own
    yield _event("answer", done.value | {"generation": done.generation})


def _event(name: str, document: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(document, ensure_ascii=False)}\n\n"
