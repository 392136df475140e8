"""The application: SPARQL, the API, metrics and the pages behind one set of guards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from agent.server import api, errors
from agent.server.desk import Desk
from agent.server.guards import Guard
from agent.server.protocol import Endpoint
from agent.server.settings import Settings
from agent.server.telemetry import Metrics, Telemetry
from corpus.errors import KgError
from kg.sparql import query
from kg.workspace import Workspace

_ABOUT = "Weekly research reports as a cited, queryable knowledge graph. SPARQL is at `/sparql`."


def create_app(settings: Settings) -> FastAPI:
    """Return the application over the workspace in ``settings.home``, which need not exist yet.

    Its ``state.desk`` answers questions; it is started and ended with the application.
    """
    workspace = Workspace(settings.home)
    desk = Desk(
        workspace,
        processes=settings.processes,
        cached=settings.cached,
        seconds=settings.limits.answer_seconds,
    )

    app = FastAPI(
        title="kg",
        version=version("kg-weekly"),
        description=_ABOUT,
        lifespan=_lifespan(desk),
        docs_url=None,  # both would fetch their scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.desk = desk
    app.include_router(api.router(desk, settings))
    app.include_router(Endpoint(workspace, settings.limits).router())
    metrics = Metrics(workspace)

    @app.get("/metrics", include_in_schema=False)
    async def prometheus() -> Response:
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    app.add_exception_handler(KgError, errors.told)
    app.add_exception_handler(RequestValidationError, _invalid)
    if settings.pages:
        from agent.server.pages import mount

        mount(app, desk, settings)
    _guard(app, settings, metrics)
    return app


def _lifespan(desk: Desk) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Start the desk's processes with the application, and end them with it."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await asyncio.gather(desk.warm(), asyncio.to_thread(_warm_queries, desk.workspace))
        yield
        desk.close()

    return lifespan


def _warm_queries(workspace: Workspace) -> None:
    """Start the process that runs SPARQL before the first query waits for it."""
    if workspace.exists:
        query(workspace.generation(), "ASK {}")


def _guard(app: FastAPI, settings: Settings, metrics: Metrics) -> None:
    """Put the guards around the application; the last one added is the outermost."""
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type", "Authorization"],
            expose_headers=["Kg-Generation", "Kg-Truncated"],
        )
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.called)
    app.add_middleware(Guard, limits=settings.limits)
    app.add_middleware(Telemetry, metrics=metrics)


async def _invalid(_request: Request, error: Exception) -> Response:
    """Say in one line which parameter is wrong, as all our errors do."""
    assert isinstance(error, RequestValidationError)
    first: dict[str, Any] = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:]) or "the request"
    shown = repr(first.get("input"))[:80]
    return JSONResponse({"error": f"{where} is {shown}: {first['msg']}"}, 400)
