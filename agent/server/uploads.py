"""Reports that come by HTTP: only with the token, read and stored in a process of its own."""

from __future__ import annotations

import asyncio
import hmac
import re
import tempfile
from collections.abc import Mapping
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from agent.server.errors import Refused
from kg.errors import WorkspaceError

if TYPE_CHECKING:
    from agent.server.settings import Settings
    from kg.workspace import Workspace

_ODD = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]")


class Uploads:
    """Stores uploaded reports, one at a time."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        self._workspace = workspace
        self._token = settings.write_token or ""
        self._turn = asyncio.Lock()

    def allowed(self, authorization: str) -> None:
        """Refuse whoever does not show the token (``Authorization: Bearer TOKEN``)."""
        scheme, _, token = authorization.partition(" ")
        known = hmac.compare_digest(token.strip().encode(), self._token.encode())
        if not (self._token and scheme.lower() == "bearer" and known):
            raise Refused(401, "uploads need `Authorization: Bearer TOKEN` with the write token")

    async def store(self, name: str, body: bytes, options: Mapping[str, Any]) -> dict[str, Any]:
        """Ingest one file as `kg ingest` does; return what `--json` prints.

        Raises Refused with 409 while another process writes, CorpusError for no report.
        """
        file = _file_name(name)
        if not body:
            raise Refused(400, "the body is empty: expected the report's file")
        async with self._turn:
            with tempfile.TemporaryDirectory(prefix="kg-upload-") as folder:
                path = Path(folder, file)
                await asyncio.to_thread(path.write_bytes, body)
                return await self._ingested(path, {k: v for k, v in options.items() if v})

    async def _ingested(self, path: Path, options: Mapping[str, Any]) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            try:
                return await loop.run_in_executor(
                    pool, _ingest, str(self._workspace.home), str(path), dict(options)
                )
            except WorkspaceError as error:
                raise Refused(409, "another process is writing: try again in a moment") from error
            except BrokenExecutor as error:
                raise Refused(503, "reading the report failed: its process ended") from error


def _ingest(home: str, path: str, options: dict[str, Any]) -> dict[str, Any]:
    from agent.courtesy import give_way
    from kg.workspace import Workspace

    workspace = Workspace(Path(home))
    give_way(workspace)

    from agent.ingest import ingest

    return ingest(workspace, [Path(path)], options=options).to_json()


def _file_name(name: str) -> str:
    """Return the name of a report's file, refused unless it is a plain one we can read."""
    from corpus.readers import READERS

    suffix = PurePosixPath(name).suffix.lower()
    if _ODD.search(name) or name.startswith(".") or len(name.encode()) > 200:
        raise Refused(400, f"the name {name!r} is no file name: expected one such as weekly.md")
    if suffix not in READERS:
        raise Refused(
            400, f"cannot read {name!r}: expected a name that ends in {' '.join(sorted(READERS))}"
        )
    return name
