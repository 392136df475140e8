"""Answers of models, kept by what they answer: asking the same again costs nothing.

One SQLite file (https://sqlite.org/lockingv3.html) that any number of processes may share. An
answer is written the moment it comes, so an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from extractors.errors import ExtractionError

_PATIENCE = 30.0  # seconds to wait for another process that writes


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered: its claims as it gave them, and the tokens it took.

    ``problem`` says why an answer could not be read, or not wholly.
    """

    claims: tuple[Any, ...]
    tokens_in: int
    tokens_out: int
    problem: str | None = None


class ReplyCache:
    """Replies by key in one file, made when the first one comes; safe for threads."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self, key: str) -> Reply | None:
        """Return the reply of that key, if there is one; raises ExtractionError."""
        if not self.path.exists():
            return None
        with self._base() as base:
            row = base.execute("SELECT reply FROM replies WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        fields = json.loads(row[0])
        return Reply(**fields | {"claims": tuple(fields["claims"])})

    def put(self, key: str, model: str, reply: Reply) -> None:
        """Keep a reply; one of the same key stays as it is; raises ExtractionError."""
        text = json.dumps(asdict(reply), ensure_ascii=False)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        with self._base() as base, base:
            base.execute(
                "INSERT OR IGNORE INTO replies VALUES (?, ?, ?, ?)", (key, model, now, text)
            )

    @contextmanager
    def _base(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as base:
                base.execute(
                    "CREATE TABLE IF NOT EXISTS replies "
                    "(key TEXT PRIMARY KEY, model TEXT, made TEXT, reply TEXT) WITHOUT ROWID"
                )
                yield base
        except (OSError, sqlite3.Error) as exc:
            raise ExtractionError(
                f"cannot use the cache of model answers {str(self.path)!r}: {exc}; expected a "
                "file to write to; move it away, or name another folder in KG_CACHE"
            ) from exc


def cache_folder() -> Path:
    """Return the folder of what may be made again: ``$KG_CACHE``, else the user's cache."""
    from platformdirs import user_cache_path

    named = os.environ.get("KG_CACHE")
    return Path(named) if named else user_cache_path("kg")
