"""A table row said as a sentence: the cells asked for, or the row that a cell picks out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from agent.answer import Sentence
from agent.evidence.units import Unit
from agent.korean import jamo, particle
from agent.questions.linking import fold
from agent.questions.periods import answers_for, heads
from agent.questions.question import Question
from agent.questions.ways import Word
from corpus.report import Cell, Report, Table
from kg.claim import Evidence

_MOST_CELLS = 3
_LONGEST = 180
_WORDY = 4  # words of a cell that is read as written
_ENOUGH = 0.75  # a quarter's column does not answer for the year
_NUMBER = re.compile(
    r"(?:약\s?|[~∼≈]\s?)?([+\-−▲▼△▽]?)\s?(?:US\$|NT\$|[$€₩¥])?(\d[\d,]*(?:\.\d+)?)"
)
_UNIT = re.compile(r"\s*[(\[]([^()\[\]]{1,12})[)\]]\s*$")
_BARE = re.compile(r"[+\-−▲▼△▽]?\s?\d[\d,.]*(?:\s?[~∼-]\s?\d[\d,.]*)?")
_COUNTED = re.compile(
    r"%|%p|(?:조|억|만|천|백만)?\s?(?:원|달러|유로|엔|위안)?|\$|배|개|명|대|[A-Za-z/]{1,7}"
)


_SCALED = re.compile(
    r"\d\s?(?:[조억만천백]|[KMBT]\b|[a-z]+illion|원|달러|유로|엔|위안)|[$€₩¥]\s?\d"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME = re.compile(
    r"(?:(?:19|20)\d\d(?:년|[EFAP]|\s?[QH]\d|\s?\d분기)?|(?:[1-4][QH]|Q[1-4])\s?'?\d{2,4}[EFAP]?)(?!\S)"
)
"""What begins a row of figures by time: "2024", "2025E", "Q3 2025"."""


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of a row with its header."""

    header: str
    cell: Cell

    @property
    def said(self) -> str:
        """The cell with the unit of its header, where it is a bare figure."""
        text = self.cell.text.strip()
        unit = _UNIT.search(self.header)
        if unit and _BARE.fullmatch(text) and _COUNTED.fullmatch(unit[1].strip()):
            return f"{text}{unit[1].strip()}"
        if unit and _BARE.fullmatch(text) and unit[1].startswith("십억"):
            return f"{text}({unit[1].strip()})"
        return text

    @property
    def name(self) -> str:
        """The header without its unit."""
        unit = _UNIT.search(self.header)
        counted = unit is not None and (
            _COUNTED.fullmatch(unit[1].strip()) or unit[1].startswith("십억")
        )
        return (_UNIT.sub("", self.header) if counted else self.header).strip()


_APPARATUS = frozenset({"출처", "자료", "링크", "source", "sources", "link", "links", "url"})
"""Headers of columns that only say where the rest is from."""


def fields(table: Table, cells: Sequence[Cell]) -> list[Field]:
    """Return the cells that say something, with their headers; where it is from is not told."""
    told = [
        Field(table.columns[c.column] if c.column < len(table.columns) else "", c)
        for c in cells
        if c.text.strip() not in ("", "-", "–", "—")
    ]
    return [field for field in told if field.header.strip().casefold() not in _APPARATUS]


def key_column(table: Table) -> int:
    """Return the first column whose cells are mostly words, or times: what its rows are about."""
    for column in range(len(table.columns)):
        cells = [c.text for row in table.rows for c in row.cells if c.column == column]
        if sum(_TIME.match(text.strip()) is not None for text in cells) * 2 > len(cells):
            return column
        worded = sum(bool(re.search(r"[^\W\d_]{2,}", text)) for text in cells)
        if cells and worded * 2 > len(cells):
            return column
    return 0


_MARKS = re.compile(r"^[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f*_\s]+")
"""What a cell may open with that says nothing: "🟢 **+1.2%**"."""


def number(text: str) -> Decimal | None:
    """Return the first figure of a cell; ▼ and △ are read as minus, ▼ behind it too."""
    match = _NUMBER.match(_MARKS.sub("", text.strip()))
    if not match:
        return None
    try:
        value = Decimal(match[2].replace(",", ""))
    except InvalidOperation:
        return None
    signs = ("-", "−", "▼", "▽", "△")
    fallen = match[1] in signs or text.rstrip().endswith(("▼", "▽", "↓"))
    fallen = fallen or ("🔻" in text and not match[1])
    return -value if fallen else value


def size(text: str) -> tuple[Decimal, str | None] | None:
    """Return how much a cell says, its scale counted (4조 is more than 900억), and its currency."""
    from extractors.values.values import find_values

    told = number(text)
    if told is None:
        return None
    values = find_values(text) if _SCALED.search(text) else ()
    value = values[0].value if values else None
    if value is None or value.minimum is None:
        return told, None
    return abs(value.minimum) * (-1 if told < 0 else 1), value.currency


def evidence_of_cell(unit: Unit, report: Report, field: Field, key: str) -> Evidence:
    """Return where a cell stands."""
    table = unit.table
    assert table is not None
    span = field.cell.span
    return Evidence(
        report=unit.report,
        section=unit.section,
        quote=span.of(report.text),
        start=span.start,
        end=span.end,
        page=table.page,
        printed_page=table.printed_page,
        table=table.label or table.title or None,
        row=key or None,
        column=field.header or None,
    )


def said_row(
    question: Question,
    words: Sequence[Word],
    names: Sequence[frozenset[str]],
    unit: Unit,
    report: Report,
    *,
    loose: bool = True,
) -> Sentence | None:
    """Say what a row answers: the cells whose header is asked for, else the row picked out.

    Unless ``loose``, nothing is said of a row of which neither header nor cell is asked for.
    """
    table, row = unit.table, unit.row
    if table is None or row is None:
        return None
    column = key_column(table)
    every = fields(table, row.cells)
    key = next((f.cell.text.strip() for f in every if f.cell.column == column), "")
    others = [f for f in every if f.cell.column != column]
    if not key or not others:
        return None
    timed = _of_time(question, every, report)
    if (timed is not None and not timed) or _other_time(question, key, table, report):
        return None
    asked = _at_time(timed or [], _asked(others, words, names))
    picked = _matching(others, words, names)
    if not (loose or asked or picked):
        return None
    if not asked and (loose or not picked) and _picked(key, words, names):
        asked = [f for f in others if _wanted_kind(question, f)][:_MOST_CELLS]
    chosen = _with_amount(question, (asked or picked or others)[:_MOST_CELLS], others)
    turned = _turned(key, chosen, names, report)
    while len(chosen) > 1 and len(_said(question, key, chosen, turned)) > _LONGEST:
        chosen = chosen[:-1]
    return say_cells(question, key, chosen, turned=turned, report=report, unit=unit)


def say_cells(
    question: Question,
    key: str,
    chosen: Sequence[Field],
    *,
    turned: bool,
    report: Report,
    unit: Unit,
) -> Sentence:
    """Say some cells of the row ``key``; ``turned``, of what their columns name."""
    text = _said(question, key, chosen, turned)
    return Sentence(text, tuple(evidence_of_cell(unit, report, f, key) for f in chosen))


def _with_amount(question: Question, chosen: list[Field], others: Sequence[Field]) -> list[Field]:
    """Add the first cell of figures where an amount is asked for too ("얼마이고 어디?")."""
    asks = re.search(r"얼마|몇\s|how much|how many", question.text, re.I)
    if not asks or any(number(f.cell.text) is not None for f in chosen):
        return chosen
    return [*(f for f in others if number(f.cell.text) is not None)][:1] + chosen


def _said(question: Question, key: str, chosen: Sequence[Field], turned: bool) -> str:
    """Say the cells; ``turned``, their columns are things or times and the row is a measure."""
    if question.language == "en":
        return f"{key}: " + ", ".join(f"{f.name} {f.said}" for f in chosen) + "."
    if turned:
        measure = Field(key, chosen[0].cell).name
        parts = [
            f"{f.name}{joint} {measure}{particle(measure, '은/는')} {Field(key, f.cell).said}"
            for f in chosen
            for joint in ("" if f.name[:1].isdigit() else "의",)
        ]
        return f"{', '.join(parts)}입니다."
    parts = [
        f"{f.name}{particle(f.name, '은/는')} {told}" if f.name else told
        for f in chosen
        for told in (f"“{f.said}”" if _is_remark(f) else f.said,)
    ]
    year = f"{key}년" if _YEAR.fullmatch(key) else ""
    return f"{year or f'{key}의'} {', '.join(parts)}입니다."


def _is_remark(field: Field) -> bool:
    """Tell a cell that remarks something in words of its own, which are no noun to go on with."""
    return len(field.said.split()) >= _WORDY and number(field.said) is None


_A_KIND = 3
"""Letters of a name that may be of a kind of thing: GPU, HBM."""


def _turned(
    key: str, chosen: Sequence[Field], names: Sequence[frozenset[str]], report: Report
) -> bool:
    """Whether the columns are what the question names, or times, and the row is not."""
    from extractors.values.periods import find_periods

    def named(text: str) -> bool:
        """Tell a name in a label; a kind in three letters only leads it: no "운영 GPU"."""
        folded = fold(text)
        told = (n for said in names for n in said if len(n) > 1)
        return any(n in folded if len(n) > _A_KIND else folded.startswith(n) for n in told)

    def timed(text: str) -> bool:
        found = find_periods(text, report.date)
        return bool(found) and found[0].start == 0

    heads_of = [f.header for f in chosen]
    if named(key) or timed(key):
        return False
    return all(named(head) for head in heads_of) or all(timed(head) for head in heads_of)


def _share(text: str, words: Sequence[Word], names: Sequence[frozenset[str]]) -> float:
    """How much of the question a header or cell says; a whole name counts as one word."""
    key = fold(text)
    letters = jamo(key)
    by_words = sum(word.weight * word.said(key, letters) for word in words)
    return by_words + sum(any(len(n) > 1 and n in key for n in said) for said in names)


def _of_time(question: Question, every: Sequence[Field], report: Report) -> list[Field] | None:
    """The fields headed by the period asked for ("3Q25", "2027F"); ``None`` without such heads.

    In a table of periods the other columns do not answer for the one that is missing.
    """
    asked = [] if question.horizon else question.periods
    of = heads([f.header for f in every], report.date)
    if not asked or not of:
        return None
    best = {place: max(answers_for(p, period) for p in asked) for place, period in of.items()}
    top = max(best.values())
    return [every[place] for place, share in best.items() if share == top > _ENOUGH]


def _at_time(timed: list[Field], asked: list[Field]) -> list[Field]:
    """The fields of the time asked for, but no other figure than the one asked for.

    In "종목 | 3분기 매출 | 영업이익" the time of the first figure is that of the next.
    """
    both = [field for field in timed if field in asked]
    return both or asked or timed


def _other_time(question: Question, key: str, table: Table, report: Report) -> bool:
    """Whether the rows are of periods, and this one is of another than the one asked for."""
    if question.horizon or not question.periods:
        return False
    column = key_column(table)
    labels = [c.text for row in table.rows for c in row.cells if c.column == column]
    own = {labels[place].strip(): period for place, period in heads(labels, report.date).items()}
    return key in own and all(answers_for(p, own[key]) < _ENOUGH for p in question.periods)


def _asked(
    others: Sequence[Field], words: Sequence[Word], names: Sequence[frozenset[str]]
) -> list[Field]:
    """The fields whose header says most of the question, if any does."""
    shares = [_share(f.name, words, names) for f in others]
    best = max(shares, default=0.0)
    return [f for f, s in zip(others, shares, strict=True) if s >= 0.8 * best] if best > 0.2 else []


def _matching(
    others: Sequence[Field], words: Sequence[Word], names: Sequence[frozenset[str]]
) -> list[Field]:
    """The fields whose own text says something of the question."""
    return [f for f in others if _share(f.cell.text, words, names) > 0.2]


def _picked(key: str, words: Sequence[Word], names: Sequence[frozenset[str]]) -> bool:
    return _share(key, words, names) > 0.2


def _wanted_kind(question: Question, field: Field) -> bool:
    return question.kind not in ("numeric", "count", "compare") or bool(
        re.search(r"\d", field.cell.text)
    )
