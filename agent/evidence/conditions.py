"""Which rows of a table fit what a question asks of them: marks, signs, limits, cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from agent.evidence.rows import number
from agent.evidence.topics import acts_in_row, done_to_names
from agent.evidence.units import caption_text
from agent.korean import jamo
from agent.questions.linking import fold, says
from agent.questions.question import quoted_phrases
from agent.words import focus_classes, pattern
from corpus.report import Row

if TYPE_CHECKING:
    from agent.replies.grids import Grid

_LIMIT = re.compile(
    r"(\d[\d,.]*)\s?(?:%|퍼센트|억|조|원|달러|점|배|개|명)?\s?(?:를|을|가|이)?\s?"
    r"(이상|초과|넘|이하|미만|밑|아래)"
)
_UNSAID = 0.4
_SAYS_LITTLE = ("VV", "VA", "NR", "SN", "MAG")  # verbs, numbers, "다"
_UP, _DOWN = re.compile("[▲△↑]"), re.compile("[▼▽↓]")


def kept_rows(grid: Grid) -> list[Row]:
    """The rows that fit the question's condition: a mark, a sign, a limit, or a cell it says.

    None where the question asks for more than the table's heads say: it has a condition
    that was not understood.
    """
    rows = grid.rows()
    if (marked := _marked(grid, rows)) is not None:
        return marked
    question = grid.question
    rose, fell = (pattern(p).search(question.text) is not None for p in ("rose", "fell"))
    limit = _LIMIT.search(question.text)
    column = grid.measure() if rose or fell or limit else None
    if column is not None:
        return [row for row in rows if _fits(grid, row, column, rose, fell, limit)]
    kept = _by_cell(grid, rows)
    if kept is not None:
        return kept
    return rows if _headed(grid) and not _lists_done_to(grid, rows) else []


def _lists_done_to(grid: Grid, rows: Sequence[Row]) -> bool:
    """Whether one to whom something is done in the question heads a row among the others."""
    labels = [fold(grid.label(row)) for row in rows]
    of = done_to_names(grid.question, grid.names)
    return any(says(label, of_one) for of_one in of for label in labels)


def _headed(grid: Grid) -> bool:
    """Whether the table's title and heads say most of what the question does."""
    table = grid.table
    heads = fold(" ".join((caption_text(table), *table.columns, *table.section)))
    letters = jamo(heads)
    asked = [
        word
        for word in grid.words
        if word.term.tag not in _SAYS_LITTLE and not _table_word(word.term.form)
    ]
    total = sum(word.weight for word in asked)
    unsaid = sum(word.weight for word in asked if not word.said(heads, letters))
    return unsaid <= _UNSAID * total


def _table_word(form: str) -> bool:
    """Words that only say that a table lists things ("비교표", "기업")."""
    return form.endswith("표") or form in focus_classes() or form.isdigit()


def _marked(grid: Grid, rows: Sequence[Row]) -> list[Row] | None:
    """In a ranking, the rows that rose, fell or are new by the marks in their cells."""
    heads = grid.table.columns
    column = next((n for n, head in enumerate(heads) if pattern("ranks").search(head)), None)
    text = grid.question.text
    if column is None:
        return None
    marks = (("new_entry", pattern("new_mark")), ("fell", _DOWN), ("rose", _UP))
    mark = next((shape for asked, shape in marks if pattern(asked).search(text)), None)
    if mark is None:
        return None
    cells = ((row, grid.field(row, column)) for row in rows)
    kept = [row for row, field in cells if field and mark.search(field.cell.text)]
    return kept or None


def _fits(
    grid: Grid, row: Row, column: int, rose: bool, fell: bool, limit: re.Match[str] | None
) -> bool:
    field = grid.field(row, column)
    amount = number(field.cell.text) if field else None
    if amount is None or (rose and not fell and amount <= 0) or (fell and amount >= 0):
        return False
    if limit is None:
        return True
    bound = Decimal(limit[1].replace(",", ""))
    size = abs(amount) if rose or fell else amount
    return size >= bound if limit[2] in ("이상", "초과", "넘") else size <= bound


def _by_cell(grid: Grid, rows: Sequence[Row]) -> list[Row] | None:
    """The rows of which a short cell stands in the question word for word ("미공개", "예고")."""
    text = grid.question.text
    asked = _in_units(text)
    title = fold(" ".join((grid.table.title, *grid.table.columns, *grid.table.section)))
    phrases = [(text[a:b], text[b:]) for a, b in quoted_phrases(text)]
    for phrase, after in phrases:
        saying = [row for row in rows if any(fold(c.text) == fold(phrase) for c in row.cells)]
        if saying:
            inverted = pattern("except").search(after) is not None
            return [row for row in rows if (row in saying) != inverted]
    kept = []
    for row in rows:
        if acts_in_row(grid.question, row, grid.table.columns, grid.names):
            continue
        cells = [_in_units(c.text) for c in row.cells if c.column != grid.key]
        if any(len(c) > 1 and c in asked and c not in title and not c.isdigit() for c in cells):
            kept.append(row)
    return kept or None


def _in_units(text: str) -> str:
    """A folded text, nanometres written one way ("6나노" and "6nm")."""
    return re.sub(r"(?<=\d)(?:나노미터|나노|나노공정|nm급|nm)", "nm", fold(text))
