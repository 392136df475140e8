"""The list of what an index holds: its embedder, its reports and their passages."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kg.errors import WorkspaceError

_FILE = "catalogue.json"
_FORMAT = 1


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what libraries raise over a damaged file into one WorkspaceError."""
    try:
        yield
    except (OSError, ValueError, RuntimeError, LookupError, TypeError, AttributeError) as exc:
        reason = " ".join(str(exc).split())[:160]
        raise WorkspaceError(
            f"cannot read {str(path)!r}: {reason}; expected a search index as ingesting "
            "writes it; ingest the reports into a new workspace"
        ) from exc


@dataclass(frozen=True)
class Catalogue:
    """Reports with their passage ids; a passage's place in ``passages`` is its ordinal.

    ``embedder`` and ``version`` name the model that made the vectors.
    """

    embedder: str
    version: str = ""
    reports: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls, directory: Path) -> Catalogue:
        """Read the catalogue of an index folder; raise WorkspaceError if it is damaged."""
        path = directory / _FILE
        with reading(path):
            stored = json.loads(path.read_text(encoding="utf-8"))
            if stored["format"] != _FORMAT:
                raise ValueError(f"format {stored['format']!r}, expected {_FORMAT}")
            reports = {report: tuple(passages) for report, passages in stored["reports"].items()}
            return cls(stored["embedder"], stored["version"], reports)

    def save(self, directory: Path) -> None:
        """Write the catalogue into an index folder."""
        stored = {
            "format": _FORMAT,
            "embedder": self.embedder,
            "version": self.version,
            "reports": self.reports,
        }
        text = json.dumps(stored, ensure_ascii=False)
        (directory / _FILE).write_text(text, encoding="utf-8")

    @cached_property
    def passages(self) -> list[tuple[str, str]]:
        """The (passage id, report id) of each ordinal."""
        return [(passage, report) for report, found in self.reports.items() for passage in found]

    def ordinals(self, reports: Collection[str]) -> list[int]:
        """Return the ordinals of the passages of these reports, ascending."""
        return [o for o, (_, report) in enumerate(self.passages) if report in reports]

    def sorted_ordinals(self) -> list[int]:
        """Return all ordinals by passage id: the same order whatever came in first."""
        return sorted(range(len(self.passages)), key=lambda ordinal: self.passages[ordinal][0])
