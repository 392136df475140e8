"""A report as JSON and back, exactly; equal reports give equal bytes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

from corpus.errors import UnreadableReport
from corpus.report import Cell, Page, Passage, Report, Row, Section, Span, Table


def report_to_json(report: Report) -> str:
    """Write a report as one line of JSON, keys in a fixed order, UTF-8 unescaped."""
    return json.dumps(_plain(report), ensure_ascii=False, separators=(",", ":"))


def report_from_json(data: str) -> Report:
    """Read what :func:`report_to_json` wrote; raises :class:`UnreadableReport`."""
    try:
        return _report(json.loads(data))
    except (KeyError, TypeError, ValueError, IndexError) as exc:
        raise UnreadableReport(
            f"cannot load a stored report that begins {data[:40]!r}: {type(exc).__name__}; "
            "expected what report_to_json wrote: ingest the report again"
        ) from exc


def _plain(value: Any) -> Any:
    """Dataclasses as objects, spans as pairs, tuples as lists."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value


def _span(pair: list[int] | None) -> Any:
    return None if pair is None else Span(pair[0], pair[1])


def _cells(items: list[dict[str, Any]]) -> tuple[Cell, ...]:
    return tuple(Cell(**{**item, "span": _span(item["span"])}) for item in items)


def _row(item: dict[str, Any]) -> Row:
    return Row(_cells(item["cells"]), item["group"], _span(item["span"]))


def _table(item: dict[str, Any]) -> Table:
    return Table(
        **{
            **item,
            "columns": tuple(item["columns"]),
            "header": tuple(_cells(cells) for cells in item["header"]),
            "rows": tuple(_row(row) for row in item["rows"]),
            "notes": tuple(item["notes"]),
            "section": tuple(item["section"]),
            "caption": _span(item["caption"]),
            "subtitle_span": _span(item["subtitle_span"]),
            "span": _span(item["span"]),
        }
    )


def _section(item: dict[str, Any]) -> Section:
    heading, body = _span(item["heading"]), _span(item["body"])
    return Section(tuple(item["path"]), item["level"], heading, body)


def _passage(item: dict[str, Any]) -> Passage:
    return Passage(**{**item, "section": tuple(item["section"]), "span": _span(item["span"])})


def _report(item: dict[str, Any]) -> Report:
    return Report(
        **{
            **item,
            "authors": tuple(item["authors"]),
            "date": dt.date.fromisoformat(item["date"]),
            "sections": tuple(map(_section, item["sections"])),
            "tables": tuple(map(_table, item["tables"])),
            "passages": tuple(map(_passage, item["passages"])),
            "pages": tuple(Page(**{**p, "span": _span(p["span"])}) for p in item["pages"]),
        }
    )
