"""The cell where the row and the column that a question names cross: "가나의 3nm 상태는?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.evidence.rows import Field, fields, key_column, say_cells
from agent.questions.linking import fold, says
from agent.questions.question import Question
from agent.replies.quoting import Reply
from agent.words import data, pattern

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.evidence.quotes import Quote

_KINDS = frozenset({"lookup", "numeric", "temporal"})
_SHORTEST = 2
_BRACKET = re.compile(r"\([^)]*\)")


def crossed(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> Reply | None:
    """Say the cell of the row and the column named; ``None`` where no table has both."""
    if question.kind not in _KINDS or not question.links or question.wants_all:
        return None
    words, names = answerer.words_of(question)
    for quote in (q for q in quotes if q.unit.row is not None):
        cell = _crossing(question, quote, names)
        if cell is None:
            continue
        key, field = cell
        rest = [w for w in words if w.term.form not in data("questions")["states_of"]]
        around = quote.unit.folded + quote.unit.around
        letters = quote.unit.letters + quote.unit.letters_around
        if all(word.said(around, letters) for word in rest):
            report = answerer.report(quote.unit.report)
            told = say_cells(question, key, [field], turned=True, report=report, unit=quote.unit)
            return Reply((told,))
    return None


def _crossing(
    question: Question, quote: Quote, names: Sequence[frozenset[str]]
) -> tuple[str, Field] | None:
    """The label of a row that the question says, and the field below the header it names."""
    table, row = quote.unit.table, quote.unit.row
    if table is None or row is None:
        return None
    if sum(_is_named(head, names) for head in table.columns) != 1:
        return None
    column, every = key_column(table), fields(table, row.cells)
    key = next((f.cell.text.strip(" *") for f in every if f.cell.column == column), "")
    asked, label = fold(question.text), fold(_BRACKET.sub("", key))
    if len(label) < _SHORTEST or label not in asked:
        return None
    named = [f for f in every if f.cell.column != column and _is_named(f.name, names)]
    others = [of_one for of_one in names if not says(label, of_one)]
    if len(named) != 1 or len(others) != 1 or not says(fold(named[0].name), others[0]):
        return None
    timed = pattern("dated_cell").search(named[0].cell.text) is not None
    return (key, named[0]) if timed or question.kind != "temporal" else None


def _is_named(header: str, names: Sequence[frozenset[str]]) -> bool:
    """Whether a header is just a name of the question."""
    return any(fold(_BRACKET.sub("", header)) in of_one for of_one in names)
