"""What a commit really changes: reports that come, go, or are read anew by a decision."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from corpus.report import Report
from kg import graphs
from kg.claim import Extraction
from kg.curation import decided
from kg.decisions import Decision, in_force, next_id
from kg.errors import GraphError, UnknownReport, WorkspaceError
from kg.extractions import extraction_from_json
from kg.generation import Generation, ReportInfo
from kg.quads import report_quads

if TYPE_CHECKING:
    import pyoxigraph as ox

Pair = tuple[Report, Extraction]


@dataclass(frozen=True, slots=True)
class Addition:
    """One report as it goes into the graph; ``raw`` is its extraction before any decision."""

    report: Report
    raw: Extraction
    extraction: Extraction
    quads: list[ox.Quad]
    info: ReportInfo

    @classmethod
    def of(cls, report: Report, raw: Extraction, decisions: Sequence[Decision]) -> Self:
        """Decide on an extraction and make the quads of what it says then."""
        extraction = decided(report, raw, decisions)
        quads = report_quads(report, extraction)
        slug = re.sub(r"[^\w.-]+", "_", report.id)[:40].strip(".")
        info = ReportInfo(
            id=report.id,
            title=report.title,
            publisher=report.publisher,
            date=report.date,
            source=report.source,
            format=report.format,
            sha256=report.sha256,
            passages=len(report.passages),
            claims=len({claim.id for claim in extraction.claims}),
            extractors=tuple(sorted({claim.extractor for claim in extraction.claims})),
            content=graphs.content_digest(quads),
            file=f"{slug}.{hashlib.sha256(report.id.encode()).hexdigest()[:12]}.json",
            read_by=raw.read_by,
        )
        return cls(report, raw, extraction, quads, info)


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit does, after dropping what is there already; ``log`` is the whole new log."""

    added: tuple[Addition, ...]
    dropped: tuple[str, ...]
    log: tuple[Decision, ...]

    @property
    def pairs(self) -> list[Pair]:
        """The reports that come, for the index."""
        return [(item.report, item.extraction) for item in self.added]

    @classmethod
    def of(
        cls,
        current: Generation | None,
        add: Sequence[Pair],
        remove: Sequence[str],
        decide: Sequence[Decision] = (),
    ) -> Self:
        """Compare what is wanted with what is there.

        Raises GraphError for two editions at once, UnknownReport for the removal of a
        report that is not there.
        """
        ids = [report.id for report, _ in add]
        if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1} | set(ids) & set(remove)):
            raise GraphError(
                f"the report ids {twice!r} come more than once in one commit: expected one "
                "edition of each; rename a file or ingest the editions one after the other"
            )
        known = {} if current is None else {info.id: info for info in current.reports}
        for id_ in remove:
            if id_ not in known:
                raise UnknownReport(
                    f"cannot remove report {id_!r}: expected a report of this workspace; "
                    "see `kg reports`"
                )
        _refuse_stale(current, decide)
        log = (*(() if current is None else current.decisions), *decide)
        decisions = in_force(log)
        pairs = list(add)
        if current is not None and decide:
            pairs += concerned(current, log, {*ids, *remove})
        additions = (Addition.of(report, raw, decisions) for report, raw in pairs)
        added = tuple(item for item in additions if not _is_here(current, item))
        replaced = [item.info.id for item in added if item.info.id in known]
        return cls(added, tuple(sorted({*remove, *replaced})), log)


def _refuse_stale(current: Generation | None, decide: Sequence[Decision]) -> None:
    log = () if current is None else current.decisions
    if decide and decide[0].id != next_id(log):
        raise WorkspaceError(
            f"the decision {decide[0].id!r} is not the next of this workspace: expected "
            f"{next_id(log)!r}, as somebody else decided in the meantime; run the command again"
        )


def _is_here(current: Generation | None, item: Addition) -> bool:
    """Whether text, metadata, claims and extractor are equal; the file's place is not asked.

    Two extractions that decisions make equal are told apart: a decision may be undone.
    """
    if current is None or item.info.id not in current:
        return False
    old = current.info(item.info.id)
    if not old.holds(item.info):
        return False
    return not current.decisions or current.extraction(item.info.id) == replace(
        item.raw, passage_terms={}
    )


def concerned(
    current: Generation, log: Sequence[Decision], but: Collection[str] = ()
) -> Iterator[Pair]:
    """Yield the reports that any decision may change: they hold an id or print a new name.

    Their extractions are those before any decision.
    """
    ids = {f'"{id_}"' for decision in log for id_ in decision.ids}
    everywhere = any(decision.kind == "alias_add" for decision in log)
    for info in current.reports:
        if info.id in but:
            continue
        raw = (current.path / "extractions" / info.file).read_text(encoding="utf-8")
        if everywhere or any(id_ in raw for id_ in ids):
            yield current.report(info.id), extraction_from_json(raw)
