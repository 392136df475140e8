"""Measure how answering grows with the workspace: the same questions over few and many reports.

    python tests/bench/bench_asking.py [--few 8] [--many 800] [--write]

The reports are synthetic: each week's has its own companies, figures and a table, and
names companies that every week's report names. Prints JSON, times in milliseconds of the
thread's processor time, once the models are loaded: "first" when a question is asked for
the first time, so that the reports it bears on are read, "warm" when that was done before.
``--write`` keeps it as ``tests/bench/asking.json``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from agent.answerer import Answerer
from agent.ingest import ingest
from kg.workspace import Workspace

TARGET = Path(__file__).with_name("asking.json")
_AGAIN = 3  # times each question is asked again; the quickest counts, as others use the machine
_ROWS = 6
_FIRST = dt.date(2010, 1, 4)
_SYLLABLES = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호"


def company(number: int) -> str:
    """Return an invented company's name, its own for each number."""
    chosen = random.Random(number)
    return "".join(chosen.choices(_SYLLABLES, k=4)) + "전자"


def report(number: int) -> str:
    """Return a week's report in Markdown."""
    maker, buyer = company(2 * number), company(2 * number + 1)
    chance = random.Random(-number)
    rows = "\n".join(
        f"| {company(10_000 + number * _ROWS + row)} | {chance.randint(10, 900)} | "
        f"{chance.randint(1, 99) / 10}% |"
        for row in range(_ROWS)
    )
    return f"""# 반도체 주간 {number}호

## 1. 이번 주 소식

{maker}는 {buyer}에 새 추론칩 {chance.randint(2, 90)}만 개를 공급하기로 했다. 공급 금액은
{chance.randint(100, 900)}억 원이다. {maker}의 지난해 매출은 {chance.randint(1, 90)}조 원으로 1년 전보다
{chance.randint(2, 60)}% 늘었다. {buyer}는 {maker}의 지분 {chance.randint(2, 40)}%를 인수할 계획이다.
엔비디아는 이번 주 새 제품을 내놓지 않았다. 삼성전자는 {maker}와 협력하고 있다.

## 2. 시장

{maker}의 대표는 "수요가 공급을 앞지를 것"이라고 말했다. 메모리 가격은 한 주 동안
{chance.randint(1, 9)}% 올랐다. TSMC는 {buyer}의 칩을 3나노 공정으로 생산한다.

표 1. 기업별 시가총액 ({number}호)

| 종목 | 시가총액 (조원) | 주간 수익률 |
| --- | --- | --- |
{rows}
"""


def questions(reports: int) -> list[str]:
    """Return questions about the first reports, and about what all of them name."""
    asked = []
    for number in range(min(reports, 8)):
        maker, buyer = company(2 * number), company(2 * number + 1)
        listed = company(10_000 + number * _ROWS)
        asked += [
            f"{maker}가 {buyer}에 공급하는 칩은 몇 개야?",
            f"{maker}의 지난해 매출은?",
            f"{buyer}가 인수할 지분은 몇 퍼센트야?",
            f"{listed}의 시가총액은 얼마야?",
            f"{maker}의 대표는 뭐라고 했어?",
            f"{buyer}의 본사는 어디에 있어?",
        ]
    return [*asked, "엔비디아는 이번 주 무엇을 했어?", "삼성전자와 협력하는 회사는?"]


def measure(folder: Path, reports: int) -> dict[str, Any]:
    """Return the medians and 95th percentiles over a workspace of so many reports."""
    source = folder / f"reports-{reports}"
    source.mkdir()
    for number in range(reports):
        date = _FIRST + dt.timedelta(weeks=number)
        path = source / f"week-{number:04d}-{date.isoformat()}.md"
        path.write_text(report(number), encoding="utf-8")
    ingest(Workspace(folder / f"home-{reports}"), sorted(source.iterdir()))
    answerer = Answerer(Workspace(folder / f"home-{reports}").generation())
    answerer.ask("엔비디아는?")  # loads what every question needs
    first, *again = ([_asked(answerer, q) for q in questions(reports)] for _ in range(1 + _AGAIN))
    warm = [min(times) for times in zip(*again, strict=True)]
    return {
        "reports": reports,
        "questions": len(warm),
        "warm": _figures(warm),
        "first": _figures(first),
    }


def _asked(answerer: Answerer, question: str) -> float:
    start = time.thread_time()
    answerer.ask(question)
    return (time.thread_time() - start) * 1000


def _figures(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "median_ms": round(median(ordered), 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)], 1),
        "worst_ms": round(ordered[-1], 1),
    }


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--few", type=int, default=8)
    parser.add_argument("--many", type=int, default=800)
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        few, many = (measure(Path(folder), n) for n in (given.few, given.many))
    figures = {
        "few": few,
        "many": many,
        "ratio_median": round(many["warm"]["median_ms"] / few["warm"]["median_ms"], 2),
        "ratio_p95": round(many["warm"]["p95_ms"] / few["warm"]["p95_ms"], 2),
        "ratio_median_first": round(many["first"]["median_ms"] / few["first"]["median_ms"], 2),
    }
    text = json.dumps(figures, ensure_ascii=False, indent=1) + "\n"
    if given.write:
        TARGET.write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
