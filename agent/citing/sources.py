"""What an evidence offers to the checker: its quote and what stands around it in its report."""

from __future__ import annotations

from collections.abc import Callable

from agent.citing.citations import Source
from agent.evidence.units import caption_text
from corpus.datelines import Datelines
from corpus.report import Report
from kg.claim import Evidence


class Sources:
    """Finds what stands around what is cited; ``report`` returns a report by its id."""

    def __init__(self, report: Callable[[str], Report]) -> None:
        self._report = report
        self._dated: dict[str, Datelines] = {}

    def of(self, evidence: Evidence) -> Source:
        """Return what an evidence offers: quote, passage, caption, row, headings."""
        report = self._report(evidence.report)
        around = [
            p.span.of(report.text)
            for p in report.passages
            if p.span.start <= evidence.start and evidence.end <= p.span.end
        ]
        rows = (row for table in report.tables for row in table.rows) if evidence.row else ()
        row = next((r.span for r in rows if r.span.start <= evidence.start < r.span.end), None)
        return Source(
            evidence,
            report.text,
            " | ".join(around),
            report.date,
            self._datelines(report).at(evidence.start),
            self.caption(evidence),
            row.of(report.text) if row else "",
            report.title,
        )

    def caption(self, evidence: Evidence) -> str:
        """Return label, title, tag line and unit of the table an evidence stands in."""
        if evidence.table is None:
            return ""
        for table in self._report(evidence.report).tables:
            if table.span.start <= evidence.start < table.span.end:
                return caption_text(table)
        return evidence.table

    def _datelines(self, report: Report) -> Datelines:
        """Return when each part of a report was written, read once."""
        if report.id not in self._dated:
            self._dated[report.id] = Datelines(report)
        return self._dated[report.id]
