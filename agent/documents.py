"""The contract's JSON documents: what the command line, HTTP and MCP all answer with.

Each function takes an answerer (and so one generation) and plain arguments, and returns a
document that ``contract.md`` describes. The same generation and arguments give the same
document, up to ``timing_ms``.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import AgentError

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from corpus.report import Report
    from kg.generation import ReportInfo

Document = dict[str, Any]


def day(text: str | None, what: str = "as_of") -> dt.date | None:
    """Read an ISO date; raises AgentError for anything else."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise AgentError(
            f"{what} is no date: got {text!r}, expected YYYY-MM-DD such as 2025-01-06"
        ) from error


def written(
    answerer: Answerer, document: Callable[..., Any], *args: Hashable, **options: Hashable
) -> bytes:
    """Write a document as JSON where it is made: the process that sends it need not read it."""
    made = document(answerer, *args, **options)
    text = json.dumps(made, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode()


def ask(
    answerer: Answerer,
    question: str,
    *,
    as_of: str | None = None,
    report: str | None = None,
    model: str | None = None,
) -> Document:
    """Answer a question: the document of `kg ask --json`, and the sentences one by one."""
    until = day(as_of)
    text = _worded(question, "question")
    if model is None:
        answer = answerer.ask(text, until=until, report=report)
    else:
        from agent.llm.answering import ask_model

        answer = ask_model(answerer, text, model, until=until, report=report)
    return answer.to_json() | {"sentences": list(answer.sentences)}


def search(
    answerer: Answerer, query: str, *, k: int = 10, report: str | None = None
) -> list[Document]:
    """Find passages, best first: the list of `kg search --json`."""
    text = _worded(query, "query")
    entities = sorted({e for link in answerer.linker.find(text) for e in link.entities})
    if report is not None:
        answerer.facts.report(report)
    found = answerer.passages(text, k, None if report is None else {report}, entities)
    return [
        {
            "rank": rank,
            "score": round(hit.score, 6),
            "passage": hit.passage.id,
            "report": hit.report,
            "section": list(hit.passage.section),
            "page": hit.passage.page,
            "table": hit.passage.table,
            "text": hit.passage.span.of(answerer.report(hit.report).text),
            "start": hit.passage.span.start,
            "end": hit.passage.span.end,
        }
        for rank, hit in enumerate(found, start=1)
    ]


def entity(answerer: Answerer, name: str, *, as_of: str | None = None) -> Document:
    """Tell what is known of one entity: the document of `kg entity --json`."""
    from agent.curating.profiles import profile

    return profile(answerer.generation, _worded(name, "name"), day(as_of)).to_json()


def path(answerer: Answerer, start: str, goal: str, *, as_of: str | None = None) -> list[Document]:
    """Show how two entities are connected: the list of `kg path --json`, empty for no way."""
    from agent.curating.profiles import connections

    steps = connections(
        answerer.generation, _worded(start, "start"), _worded(goal, "goal"), day(as_of)
    )
    return [step.to_json() for step in steps]


def diff(
    answerer: Answerer,
    old: str | None = None,
    new: str | None = None,
    *,
    restated: bool = False,
    top: int | None = None,
    home: Path | None = None,
) -> Document:
    """Compare two weeks: the document of `kg diff --format json`.

    With the workspace's ``home`` it has the `watches` that fired, as that of `kg weekly`;
    they see every change, whatever ``top`` leaves.
    """
    from agent.weeks.changes import changes
    from agent.weeks.watch import fired, watches

    generation = answerer.generation
    found = changes(generation, old, new)
    if home is not None:
        found = fired(generation, watches(home), found)
    document: Document = json.loads(found.only(restated=restated, top=top).format("json"))
    return document


def series(answerer: Answerer, name: str, *, metric: str | None = None) -> list[Document]:
    """Follow the figures that a text names over the reports: the list of `kg series --json`."""
    from agent.replies.series import series as follow

    found = follow(answerer.generation, _worded(name, "name"), metric=metric)
    return [item.to_json() for item in found]


def reports(answerer: Answerer) -> list[Document]:
    """List the reports: the list of `kg reports --json`."""
    return [report_row(info) for info in answerer.generation.reports]


def report_row(info: ReportInfo) -> Document:
    """Return one entry of the list of reports."""
    return {
        "id": info.id,
        "title": info.title,
        "publisher": info.publisher,
        "date": info.date.isoformat(),
        "source": info.source,
        "sha256": info.sha256,
        "passages": info.passages,
        "claims": info.claims,
    }


def report(answerer: Answerer, name: str) -> Document:
    """Return one report whole: its text, outline, passages and claims (``claim_list``).

    Offsets are code points into ``text``, half-open.
    """
    from kg.export import claim_json

    info = answerer.facts.report(name)
    read = answerer.report(name)
    claims = answerer.facts.claims_of(report=name)
    return report_row(info) | {
        "text": read.text,
        "sections": [
            {"path": list(s.path), "level": s.level, "start": s.body.start, "end": s.body.end}
            for s in read.sections
        ],
        "passage_list": _passages(read),
        "claim_list": [claim_json(claim) for claim in claims],
    }


def _passages(read: Report) -> list[Document]:
    return [
        {
            "id": p.id,
            "kind": p.kind,
            "section": list(p.section),
            "table": p.table,
            "page": p.page,
            "start": p.span.start,
            "end": p.span.end,
        }
        for p in read.passages
    ]


def _worded(text: str, what: str) -> str:
    """Refuse an empty text, and one that is no Unicode."""
    if not text.strip():
        raise AgentError(f"the {what} is empty: got {text!r}, expected some text")
    if any("\ud800" <= ch <= "\udfff" for ch in text):
        raise AgentError(f"the {what} holds half a character: expected Unicode text")
    return text.strip()
