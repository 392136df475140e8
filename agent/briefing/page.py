"""A briefing as one HTML page that stands alone: no script, nothing fetched."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from pathlib import Path

from agent.briefing.briefing import Briefing, Section
from agent.briefing.lines import Line
from agent.briefing.themes import Row
from agent.briefing.writers import NOTHING, cell, summary, unsure


def to_html(briefing: Briefing, figure: str) -> str:
    """Return the page; ``figure`` is an SVG element or empty. Every text is escaped."""
    css = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    title = html.escape(briefing.title)
    return (
        '<!doctype html>\n<html lang="ko"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{css}</style></head><body>\n"
        + "\n".join(_body(briefing, title, figure))
        + "\n</body></html>\n"
    )


def _body(briefing: Briefing, title: str, figure: str) -> Iterator[str]:
    yield f"<h1>{title}</h1>"
    if briefing.empty:
        yield f"<p>{NOTHING}</p>"
        return
    yield f'<p class="counts">{html.escape(summary(briefing))}</p>'
    for watch, lines in briefing.alerts:
        items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
        yield f"<h2>알림: {html.escape(watch)}</h2><ul>{items}</ul>"
    if briefing.first:
        yield f"<h2>먼저 볼 것</h2><ul>{_items(briefing.first)}</ul>"
    if figure:
        yield f"<h2>새로 나온 관계</h2>{figure}"
    for section in briefing.sections:
        yield f"<h2>{html.escape(section.title)} <small>{section.count}건</small></h2>"
        yield from _section(section)
    if briefing.names:
        names = "".join(f"<li>{html.escape(line)}</li>" for line in briefing.names)
        yield f"<h2>이름</h2><ul>{names}</ul>"
    if note := unsure(briefing):
        yield f'<p class="note">{html.escape(note)}</p>'


def _section(section: Section) -> Iterator[str]:
    if section.lines:
        yield f"<ul>{_items(section.lines)}</ul>"
    if section.more:
        rest = f"<ul>{_items(section.more)}</ul>"
        yield f"<details><summary>{len(section.more)}건 더 보기</summary>{rest}</details>"
    if section.rows:
        yield _table(section, section.rows)
    if section.more_rows:
        rest = _table(section, section.more_rows)
        yield f"<details><summary>{len(section.more_rows)}행 더 보기</summary>{rest}</details>"


def _items(lines: Iterable[Line]) -> str:
    return "".join(map(_item, lines))


def _item(line: Line) -> str:
    remark = f' <span class="remark">— {html.escape(line.remark)}</span>' if line.remark else ""
    alone = ' class="alone"' if len(line.quotes) == 1 else ""
    sides = "".join(
        f"<div{alone}><b>{label} · {html.escape(place)}</b>{html.escape(quote)}</div>"
        for label, quote, place in line.quotes
    )
    return (
        f'<li><span class="mark {line.kind}">{line.mark}</span>{html.escape(line.text)}{remark}'
        + (f'<div class="sides">{sides}</div></li>' if sides else "</li>")
    )


def _table(section: Section, rows: Iterable[Row]) -> str:
    heads = "".join(f"<th>{html.escape(name)}</th>" for name in ("종목", *section.columns))
    body = "".join(
        f"<tr><td>{html.escape(row.name)}</td>"
        + "".join(f"<td>{html.escape(cell(change))}</td>" for change in row.cells)
        + "</tr>"
        for row in rows
    )
    return f'<div class="scroll"><table><tr>{heads}</tr>{body}</table></div>'
