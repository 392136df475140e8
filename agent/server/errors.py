"""From our errors to HTTP: one status and one line of JSON each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.errors import AgentError, ModelFailure
from corpus.errors import CorpusError, KgError
from kg.errors import QueryRefused, QueryTimeout, UnknownEntity, UnknownReport, WorkspaceError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_STATUS: tuple[tuple[type[KgError], int], ...] = (
    (UnknownReport, 404),
    (UnknownEntity, 404),
    (QueryRefused, 400),
    (QueryTimeout, 503),
    (WorkspaceError, 503),
    (ModelFailure, 502),
    (CorpusError, 400),
    (KgError, 400),
)
_UNAVAILABLE = (
    "the workspace cannot be read or written at the moment: expected one with reports in it, and "
    "one writer at a time; see the server's log"
)


class Refused(AgentError):
    """A request is refused with an HTTP status of its own."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def problem(error: KgError) -> tuple[int, str]:
    """Return the status and the line for an error; no path of the server is told."""
    if isinstance(error, Refused):
        return error.status, str(error)
    status = next(code for kind, code in _STATUS if isinstance(error, kind))
    return status, _UNAVAILABLE if isinstance(error, WorkspaceError) else str(error)


async def told(_request: Request, error: Exception) -> Response:
    """Answer with the problem: FastAPI's handler of :class:`corpus.errors.KgError`."""
    from starlette.responses import JSONResponse

    assert isinstance(error, KgError)
    status, line = problem(error)
    headers = {"Retry-After": "1"} if status == 503 else {}
    return JSONResponse({"error": line}, status, headers=headers)
