"""Arithmetic over the figures of a sentence: sum, difference, ratio, share of each.

"1기와 2기를 더하면?" over "1기(1,387억 위안)와 2기(2,042억 위안)". Only where the sentence has
exactly the two figures that the operation needs; the working is shown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from agent.answer import Sentence
from agent.citing.figures import Figure, figures
from agent.evidence.quotes import Quote, Quotes
from agent.questions.question import Question
from agent.replies.arithmetic import plain
from agent.replies.quoting import Reply, quotation
from agent.words import data

_ENOUGH = 0.3
_LOOKED_AT = 3
_SIGNS = {"sum": "+", "difference": "−", "ratio": "÷", "each": "÷"}
_LEAD = {"sum": "합하면", "difference": "차이는", "ratio": "비율은", "each": "하나에"}
_SCALES = ((Decimal(10**12), "조"), (Decimal(10**8), "억"), (Decimal(10**4), "만"))
_NOT_COUNTED = frozenset(
    {"%", "%p", "년", "월", "일", "분기", "위", "층", "단", "나노", "nm", "세", "기"}
)
_CLOSE = ("배", "개", "명", "대", "곳", "점", "%", "%p")  # units that no space stands before
_CURRENCIES = {
    **{"KRW": "원", "USD": "달러", "CNY": "위안", "EUR": "유로", "JPY": "엔"},
    **{"TWD": "대만달러", "GBP": "파운드"},
}


def operation(text: str) -> str | None:
    """Return the operation that a question asks for, if any."""
    for row in data("questions")["operations"]:
        if re.search(row["pattern"], text):
            return str(row["operation"])
    return None


def worked_out(question: Question, quotes: Quotes) -> Reply | None:
    """Answer by arithmetic over one of the best sentences, with that sentence quoted."""
    wanted = operation(question.text)
    if wanted is None or question.language == "en":
        return None
    for quote in quotes()[:_LOOKED_AT]:
        if quote.score < _ENOUGH or quote.unit.row is not None:
            continue
        if found := _over(wanted, question, quote):
            return Reply((found, quotation(quote, question, first=False)))
    return None


def _over(wanted: str, question: Question, quote: Quote) -> Sentence | None:

    from extractors.values.periods import find_periods

    taken = [(p.start, p.end) for p in find_periods(quote.text, dt.date.today())]
    every = [f for f in figures(quote.text, taken) if f.low == f.high and f.low]
    counted = [f for f in every if f.unit and f.unit not in _NOT_COUNTED]
    pair = _each(counted) if wanted == "each" else _pair(counted, question)
    if pair is None:
        return None
    a, b = pair
    first, second = a.low or Decimal(0), b.low or Decimal(0)
    if wanted in ("difference", "ratio") and first < second:
        (a, b), (first, second) = (b, a), (second, first)
    result = _result(wanted, first, second)
    said = with_unit(result, "배" if wanted == "ratio" else a.unit)
    step = f"{quote.text[a.start : a.end]} {_SIGNS[wanted]} {quote.text[b.start : b.end]} = {said}"
    text = f"{_LEAD[wanted]} {said}입니다({step.rpartition(' = ')[0]})."
    return Sentence(text, (quote.evidence,), steps=(step,))


def _pair(counted: Sequence[Figure], question: Question) -> tuple[Figure, Figure] | None:
    """The only two figures of one unit, none of them in the question itself."""
    by_unit: dict[str, list[Figure]] = {}
    for figure in counted:
        by_unit.setdefault(figure.unit, []).append(figure)
    pairs = [found for found in by_unit.values() if len(found) == 2]
    if len(pairs) > 1:
        asked = re.search(r"몇\s?(조|억|만)?\s?(\S+?)(?=\s|이|을|를|나|\?|$)", question.text)
        unit = asked[2] if asked else ""
        pairs = [p for p in pairs if _CURRENCIES.get(p[0].unit, p[0].unit) == unit] or pairs[:1]
    return (pairs[0][0], pairs[0][1]) if len(pairs) == 1 else None


def _each(counted: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """An amount of money and what it pays for."""
    money = [f for f in counted if f.unit in _CURRENCIES]
    goods = [f for f in counted if f.unit in ("개", "대", "명", "장", "곳", "건")]
    return (money[0], goods[0]) if len(money) == len(goods) == 1 else None


def _result(wanted: str, first: Decimal, second: Decimal) -> Decimal:
    if wanted == "sum":
        return first + second
    if wanted == "difference":
        return first - second
    return round(first / second, 2)


def with_unit(amount: Decimal, unit: str) -> str:
    """Write an amount as Koreans do, with its unit or currency: "3,429억 위안", "155만명"."""
    told = _CURRENCIES.get(unit, unit)
    return f"{scaled(amount)}{told if told in _CLOSE or not told else ' ' + told}"


def scaled(amount: Decimal) -> str:
    """Write an amount as Koreans do: 342,900,000,000 as "3,429억", 1,550,000 as "155만"."""
    parts = []
    rest = amount
    for scale, word in _SCALES:
        whole = rest // scale
        if whole:
            parts.append(f"{whole:,f}{word}")
            rest -= whole * scale
    if rest or not parts:
        parts.append(plain(rest))
    return " ".join(parts)
