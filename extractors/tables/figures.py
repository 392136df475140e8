"""Tables of figures by period, by key, or by phase: about the entity or market of the caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.report import Cell
from extractors.classes import BODIES
from extractors.tables.accounts import is_part, is_sum, noted_firm, titled_firm
from extractors.tables.cells import is_figure, is_nothing, is_total, tidy, value_of
from extractors.tables.columns import group_of, label_of, leading
from extractors.tables.headers import parents
from extractors.tables.periods import is_horizon
from extractors.tables.reading import LIKELY, Reading
from extractors.tables.schema import Header, follow, is_unit, read_header
from extractors.tables.vocabulary import schema
from kg.claim import Entity

_OWNED = ("entity", "rank", "ticker", "developer", "score")
_MEASURED = ("metric", "amount", "change", "score")
_REMARK = re.compile(r"\((?=.*[가-힣]{2}).*\)")
"""What stands in a bracket of its own, where a change would: "(가이던스 30% 상회)"."""
_UNIT_ROW = re.compile(r"^(?:in|단위:?)\s+(?P<unit>.+)$", re.IGNORECASE)


def has_period_columns(reading: Reading) -> bool:
    """Whether most columns right of the labels are years or quarters, or changes between them."""
    others = reading.headers[leading(reading) :]
    periods = [header for header in others if header.role == "period"]
    changes = [header for header in others if header.role == "change"]
    periods += [header for header in others if header.role == "amount" and header.period]
    spans = [h for h in others if h.role == "metric" and h.period and not h.known]
    several = len(periods) >= 2 or (len(periods) == 1 and bool(changes))
    sources = [header for header in others if header.role in ("source", "remark")]
    return several and len([*periods, *changes, *spans]) * 2 > len(others) - len(sources)


def read_period_columns(reading: Reading) -> bool:
    """Claim figures by metric and period; False if the rows are not about metrics.

    They are the caption's entity's or market's, or those of the entity that heads the rows.
    """
    first = leading(reading)
    labels = [label_of(reading, row, first) for row in range(len(reading.rows))]
    groups = [reading.exactly(reading.group(row) or "") for row in range(len(labels))]
    about = reading.caption.subject
    measures = reading.measures([label.text for label in labels])
    if any(h.role in _OWNED for h in reading.headers) or not _about_metrics(
        reading, labels, measures
    ):
        return False
    sized = any(m and m.predicate == "marketSize" for m in measures)
    headed = about is not None and not reading.names.find(reading.table.title)
    if about is None or headed or (sized and about.cls in (*BODIES, "Place")):
        about = reading.caption.market or about  # a heading's name is no table's own
    about = about or titled_firm(reading)
    if about is None and not all(groups):
        return _are_known(measures)  # figures of nobody
    whole = reading.caption.metric
    for row, label in enumerate(labels):
        subject = groups[row] or about
        if not label.text or subject is None or (measures[row] is None and is_total(label.text)):
            continue
        measure = measures[row]
        if measure and is_sum(measure):
            whole = measure
        in_business = is_part(reading, label) and is_sum(whole)
        base = _part(reading, label, whole) if in_business or not measure else measure
        group = None if groups[row] else group_of(reading, row, first, label)
        for i, header in enumerate(reading.headers[first:], start=first):
            cell = reading.rows[row][i]
            aside = header.role not in ("period", "amount", "change") and not _has_digit(cell.text)
            aside |= header.role == "change" and bool(_REMARK.fullmatch(tidy(cell.text)))
            if header.role in ("remark", "source") or aside:
                continue  # "사업부별 집계", "→ (안정적)", "(가이던스 상회)"
            place = (tidy(label.text), header.text)
            reading.metric(
                subject,
                reading.under(i, base),
                cell,
                place=place,
                qualifiers={"group": group},
            )
    return True


def _has_digit(text: str) -> bool:
    return any(ch.isdigit() for ch in text)


def _about_metrics(
    reading: Reading, labels: Sequence[Cell], measures: Sequence[Header | None]
) -> bool:
    """Whether rows are metrics, or parts of one entity: not entities of their own."""
    if sum(1 for label in labels if reading.known(label.text)) * 2 > len(labels):
        return False
    if sum(1 for measure in measures if measure) * 2 > len(labels):
        return True
    about = reading.caption.subject or noted_firm(reading)
    return about is not None and reading.caption.market is None


def _are_known(measures: Sequence[Header | None]) -> bool:
    return sum(1 for m in measures if m and m.known) * 2 > len(measures)


def _part(reading: Reading, label: Cell, above: Header) -> Header:
    """A row that names no metric is a part of the caption's: "게이밍" of the revenue.

    A business in a firm's accounts is a part of the sum ``above`` it.
    """
    header = read_header(tidy(label.text), reading.report.date)
    business = is_part(reading, label)
    whole = above if business else reading.caption.metric
    if business and is_sum(whole):
        header = replace(header, name=tidy(label.text), known=False)
    if header.known or not whole.known or whole.role != "metric":
        return header
    if tidy(label.text) in schema().wholes:
        return whole
    return replace(whole, name=f"{header.name} {whole.name}", predicate="hasMetric")


def has_period_rows(reading: Reading) -> bool:
    """Whether rows are years or quarters, and the columns figures."""
    roles = [header.role for header in reading.headers]
    if any(role in ("rank", "ticker", "developer", "value", "actor") for role in roles):
        return False
    labels = [read_header(tidy(row[0].text), reading.report.date) for row in reading.rows]
    dates = [h for h in labels if h.role == "period" and not is_horizon(h.period or "")]
    told = [i for i, role in enumerate(roles) if i and role not in ("remark", "source")]
    some = any(_are_figures(reading, i) for i in told)
    return len(dates) * 3 > len(labels) * 2 and some


def _are_figures(reading: Reading, column: int) -> bool:
    """Whether most cells of a column are figures; others only remark on the rows."""
    cells = [row[column] for row in reading.rows if not is_nothing(row[column].text)]
    figures = [c for c in cells if value_of(c.text, None, reading.report.date)]
    return bool(figures) and len(figures) * 3 > len(cells) * 2


def read_period_rows(reading: Reading) -> bool:
    """Claim the figures of each column's entity, else of the caption's, by period."""
    owners = _owners(reading)
    about = reading.caption.subject or reading.caption.market or noted_firm(reading)
    sized = any(h.predicate == "marketSize" for h in (*reading.headers, reading.caption.metric))
    if sized and reading.caption.market_above:
        about = reading.caption.market_above
    if about is None and not any(owners):
        return False
    for cells in reading.rows:
        label = tidy(cells[0].text)
        period = read_header(label, reading.report.date)
        if period.role != "period":
            continue
        for i, header in enumerate(reading.headers[1:], start=1):
            subject = owners[i] or about
            if subject is None or is_total(header.text) or header.role in ("remark", "source"):
                continue
            if (
                any(owners)
                and owners[i] is None
                and not (header.known and header.role in _MEASURED)
            ):
                continue  # "자체 칩" beside the shares of firms
            if header.role != "change" and not _are_figures(reading, i):
                continue
            reading.metric(
                subject,
                _in_period(reading, i, period, owned=owners[i] is not None),
                cells[i],
                place=(label, header.text),
            )
    return True


def _owners(reading: Reading) -> list[Entity | None]:
    """For each column the entity that it, or the header above it, names."""
    above = parents(reading.table)
    owners: list[Entity | None] = [None]
    for header, parent in zip(reading.headers[1:], above[1:], strict=True):
        measured = header.known and header.role == "metric"
        margin = measured and reading.exactly(header.text)  # GM is a margin here, and no firm
        known = None if margin else reading.known(header.text)
        named = reading.exactly(parent) if parent else known
        new = named is None and not header.known and header.role == "metric" and _bare(reading)
        owners.append(
            reading.named(header.text, reading.table.span, "Company")
            if new and not is_total(header.text)
            else named
        )
    return owners


def _bare(reading: Reading) -> bool:
    """Whether the caption says what is counted and some column is a known company."""
    known = [reading.known(header.text) for header in reading.headers[1:]]
    return reading.caption.metric.known and any(e and e.cls in BODIES for e in known)


def _in_period(reading: Reading, column: int, period: Header, *, owned: bool) -> Header:
    header = reading.headers[column]
    if header.role == "change" and header.base is not None:
        base = _in_period(reading, header.base, period, owned=owned)
        return follow(base, replace(header, period=None))
    above = parents(reading.table)[column]
    if owned and above:
        child = reading.table.header[1][column].text
        return reading.timed(read_header(child, reading.report.date), period)
    if header.known and header.role in ("metric", "amount", "score"):
        return reading.timed(header, period)
    if owned:
        rest = reading.beside(header.text)
        own = read_header(rest, reading.report.date) if rest else reading.caption.metric
        return reading.timed(replace(own, text=header.text), period)
    whole = reading.caption.metric
    name = f"{header.name} {whole.name}" if whole.known and not header.unit else header.name
    return reading.timed(replace(header, role="metric", name=name, modality=whole.modality), period)


def has_figures_of_caption(reading: Reading) -> bool:
    """Whether unknown rows and columns of figures are about the entity of the caption."""
    if any(h.role in ("entity", "rank", "ticker", "developer") for h in reading.headers):
        return False
    cells = [c for row in reading.rows for c in row[1:] if not is_nothing(c.text)]
    figures = [c for c in cells if is_figure(c.text) or value_of(c.text, None, reading.report.date)]
    if not cells or len(figures) * 3 < len(cells) * 2:
        return False
    if any(
        reading.exactly(row[0].text) for row in reading.rows if not _UNIT_ROW.match(row[0].text)
    ):
        return False
    return reading.caption.subject is not None


def read_figures_of_caption(reading: Reading) -> None:
    """Rows are units or metrics, columns phases or kinds (kept as the condition)."""
    about = reading.caption.subject
    if about is None:
        return
    corner = reading.headers[0]
    for cells in reading.rows:
        label = tidy(cells[0].text)
        if not label:
            continue
        unit_row = _UNIT_ROW.match(label)
        base = corner if unit_row else read_header(label, reading.report.date)
        if base.role == "period":
            base = replace(reading.caption.metric, period=base.period)
        for i, header in enumerate(reading.headers[1:], start=1):
            cell = cells[i]
            if unit_row:
                used = replace(base, unit=_unit(unit_row["unit"]))
            else:
                used = replace(base, period=header.period or base.period)
            kept = {"condition": None if header.role == "period" else header.text}
            if unit_row and not is_unit(unit_row["unit"]):
                kept["basis"] = unit_row["unit"]
            reading.metric(
                about, used, cell, place=(label, header.text), qualifiers=kept, confidence=LIKELY
            )


def _unit(text: str) -> str:
    """ "H800 GPU Hours" is GPU Hours: the machine is what it is counted on."""
    words = text.split()
    while len(words) > 1 and any(ch.isdigit() for ch in words[0]):
        words = words[1:]
    return " ".join(words)
