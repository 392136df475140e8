"""The things that a table lists whose caption says all that is asked: "가나에 참여한 회사"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.evidence.units import caption_text
from agent.korean import jamo
from agent.questions.linking import fold, says
from agent.questions.question import Question
from agent.replies.crossing import crossed
from agent.replies.grids import Grid
from agent.replies.quoting import Reply
from agent.words import focus_classes
from corpus.report import Row, Table

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.evidence.quotes import Quote, Quotes
    from agent.questions.reading import Reading

_KINDS = frozenset({"lookup", "person", "numeric", "temporal"})
_MOST = 20
_FEWEST = 2


def named_in_table(
    question: Question, reading: Reading | None, quotes: Quotes, answerer: Answerer
) -> Reply | None:
    """Say the cell that a question names by row and column, or the rows that it does by caption."""
    if reading is not None and reading.is_sure_cell:
        return None  # whose claim says it
    if question.kind not in _KINDS:
        return None
    return crossed(question, quotes(), answerer) or captioned(question, quotes(), answerer)


def captioned(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> Reply | None:
    """Name the rows of such a table; ``None`` where none of those found is one."""
    if question.kind not in ("lookup", "person") or not (question.classes and question.terms):
        return None
    words, names = answerer.words_of(question)
    for unit in (q.unit for q in quotes if q.unit.table is not None):
        table = unit.table
        if table is None or not _FEWEST <= len(table.rows) <= _MOST:
            continue
        if not all(word.said(unit.around, unit.letters_around) for word in words):
            continue  # most: the caption stands there
        caption = fold(caption_text(table))
        letters = jamo(caption)
        told = all(says(caption, of_one) for of_one in names)
        if not (told and all(word.said(caption, letters) for word in words)):
            continue
        grid = Grid(question, table, answerer.report(unit.report), words, names)
        rows = grid.rows()
        if _of_kind(grid, table, question) and not _lists(grid, rows):
            listed = ", ".join(dict.fromkeys(grid.label(row) for row in rows))
            return Reply((Sentence(f"{listed}입니다.", (grid.whole(rows),)),))
    return None


def _lists(grid: Grid, rows: Sequence[Row]) -> bool:
    """Whether a table lists one that is named among the others, so that it is not of that one."""
    labels = [fold(grid.label(row)) for row in rows]
    return any(says(label, of_one) for label in labels for of_one in grid.names)


def _of_kind(grid: Grid, table: Table, question: Question) -> bool:
    """Whether the rows are headed by a noun of the classes asked for."""
    head = table.columns[grid.key].strip().lower() if table.columns else ""
    return not set(question.classes).isdisjoint(focus_classes().get(head, ()))
