"""A briefing written as plain text and as Markdown; see :mod:`agent.briefing.page` for HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agent.briefing.briefing import Briefing, Section
from agent.briefing.lines import Line, difference, quantity
from agent.briefing.themes import Row
from kg.difference import Change

_CELLS = 3  # of a row, on a terminal
NOTHING = "달라진 것이 없습니다."
_ESCAPES = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>#|"})


def to_text(briefing: Briefing) -> str:
    """Return plain text for a terminal, one line a change."""
    return "\n".join(_text(briefing)) + "\n"


def to_markdown(briefing: Briefing) -> str:
    """Return Markdown fit to be sent: headlines first, quotes below, figures as a table."""
    return "\n".join(_markdown(briefing)) + "\n"


def summary(briefing: Briefing) -> str:
    """Say how many changes there are, by kind."""
    total = sum(count for _, count in briefing.counts)
    kinds = " · ".join(f"{mark} {count}" for mark, count in briefing.counts)
    table = f" (표의 시세 {briefing.cells}칸은 따로)" if briefing.cells else ""
    return f"달라진 것 {total}건{': ' if kinds else ''}{kinds}{table}"


def unsure(briefing: Briefing) -> str:
    """Say what was left out as too uncertain; empty when nothing was."""
    if not briefing.unsure:
        return ""
    return f"확신이 낮은 변화 {briefing.unsure}건은 뺐습니다 (--min-confidence 0이면 모두)."


def cell(change: Change | None) -> str:
    """Say a change in a table's cell: "138 → 143 (+3.6%)"."""
    if change is None:
        return ""
    told = difference(change.old[0], change.new[0])
    old, new = quantity(change.old[0]), quantity(change.new[0])
    return f"{old} → {new}" + (f" ({told})" if told else "")


def _text(briefing: Briefing) -> Iterator[str]:
    yield briefing.title
    if briefing.empty:
        yield NOTHING
        if note := unsure(briefing):
            yield note
        return
    yield summary(briefing)
    for watch, lines in briefing.alerts:
        yield f"\n알림: {watch}"
        yield from (f"· {line}" for line in lines)
    if briefing.first:
        yield "\n먼저 볼 것"
        yield from map(_text_line, briefing.first)
    for section in briefing.sections:
        yield f"\n{section.title} ({section.count})"
        yield from map(_text_line, section.lines)
        yield from (_text_row(section, row) for row in section.rows)
        if left := len(section.more) + len(section.more_rows):
            yield f"  … 외 {left}건 (--all이면 모두)"
    if briefing.names:
        yield "\n이름"
        yield from (f"· {line}" for line in briefing.names)
    if note := unsure(briefing):
        yield f"\n{note}"


def _text_line(line: Line) -> str:
    remark = f" — {line.remark}" if line.remark else ""
    return f"· [{line.mark}] {line.text}{remark} [{line.place}]"


def _text_row(section: Section, row: Row) -> str:
    cells = [
        f"{column} {cell(change)}"
        for column, change in zip(section.columns, row.cells, strict=True)
        if change is not None
    ][:_CELLS]
    return f"· {row.name}: {', '.join(cells)}"


def _markdown(briefing: Briefing) -> Iterator[str]:
    yield f"# {escaped(briefing.title)}\n"
    if briefing.empty:
        yield NOTHING
        return
    yield f"{summary(briefing)}\n"
    for watch, lines in briefing.alerts:
        yield from _block(f"알림: {escaped(watch)}", (f"- {escaped(line)}" for line in lines))
    if briefing.first:
        lines_of = (part for line in briefing.first for part in _markdown_line(line))
        yield from _block("먼저 볼 것", lines_of)
    for section in briefing.sections:
        yield from _block(f"{section.title} ({section.count})", _markdown_section(section))
    if briefing.names:
        yield from _block("이름", (f"- {escaped(line)}" for line in briefing.names))
    if note := unsure(briefing):
        yield escaped(note)


def _block(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"## {title}\n"
    yield from lines
    yield ""


def _markdown_section(section: Section) -> Iterator[str]:
    for line in section.lines:
        yield from _markdown_line(line)
    if section.rows:
        yield from ([""] if section.lines else [])
        yield from _markdown_table(section)
    if left := len(section.more) + len(section.more_rows):
        yield f"\n…외 {left}건"


def _markdown_line(line: Line) -> Iterator[str]:
    remark = f" — {escaped(line.remark)}" if line.remark else ""
    yield f"- **{line.mark}** {escaped(line.text)}{remark}"
    for label, quote, place in line.quotes:
        yield f"  - {label}: “{escaped(quote)}” ({escaped(place)})"


def _markdown_table(section: Section) -> Iterator[str]:
    yield f"| 종목 | {' | '.join(escaped(c) for c in section.columns)} |"
    yield "|---" * (len(section.columns) + 1) + "|"
    for row in section.rows:
        yield f"| {escaped(row.name)} | {' | '.join(escaped(cell(c)) for c in row.cells)} |"


def escaped(text: str) -> str:
    """Keep Markdown from reading a report's characters as its own."""
    return text.translate(_ESCAPES)
