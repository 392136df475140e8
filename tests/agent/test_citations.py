"""The citation checker: adversarial sentences it must catch, right ones it must pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from agent.answer import Sentence
from agent.citing import sources
from agent.citing.citations import Checker, Source
from agent.citing.sources import Sources
from agent.questions.linking import Linker
from corpus.datelines import Datelines
from corpus.readers import read_text
from corpus.report import Report
from kg.claim import Evidence

DATA = yaml.safe_load((Path(__file__).parent / "citation_cases.yaml").read_text(encoding="utf-8"))
LINKER = Linker.of(
    [(name, name) for name in DATA["names"]] + list(map(tuple, DATA["same"].items()))
)
CAUGHT, PASSED = 0.95, 0.97


@dataclass(frozen=True)
class Case:
    """A sentence on a fact, and the kind of error in it, if any."""

    fact: dict[str, Any]
    said: str
    error: str | None = None

    def supported(self) -> bool:
        """Whether the checker passes it."""
        return check(self.fact, self.said).supported


def check(fact: dict[str, Any], said: str, *, quoted: bool = False, steps: tuple[str, ...] = ()):
    """Check a sentence that cites a fact's quote, which stands in a text of its own."""
    quote = fact["cites"]
    text = f"{fact.get('near', '')}\n{quote}"
    start = len(text) - len(quote)
    place = fact.get("table"), fact.get("row"), fact.get("column")
    table, row, column = place
    evidence = Evidence(
        "r", ("1. 실적",), quote, start, len(text), table=table, row=row, column=column
    )
    checker = Checker(
        LINKER,
        lambda entity: frozenset({entity}),
        lambda item: Source(item, text, text, DATA["date"], DATA["date"], table or ""),
    )
    return checker.check(Sentence(said, (evidence,), quoted=quoted, steps=steps))


def cases() -> Iterator[Case]:
    """Yield every case of the data file."""
    for fact in DATA["facts"]:
        for said in fact["right"]:
            yield Case(fact, said)
        for error, wrong in fact["wrong"].items():
            for said in wrong:
                yield Case(fact, said, error)


def quotations() -> Iterator[tuple[bool, bool]]:
    """Yield for each quotation whether it is verbatim and whether the checker passes it."""
    for kind in ("right", "wrong"):
        for said, cites in zip(DATA["quotations"][kind], DATA["quotations"]["right"], strict=True):
            verdict = check({"cites": cites}, f"보고서 원문: “{said}”", quoted=True)
            yield kind == "right", verdict.supported


def test_the_set_is_large_enough():
    every = list(cases())
    assert sum(case.error is not None for case in every) >= 150
    assert sum(case.error is None for case in every) >= 100


def test_catches_wrong_sentences():
    wrong = [case for case in cases() if case.error]
    missed = [case for case in wrong if case.supported()]
    for case in missed:
        print(f"MISSED ({case.error}) {case.said} ← {case.fact['cites']}")
    assert len(missed) <= (1 - CAUGHT) * len(wrong), f"{len(missed)} of {len(wrong)} not caught"


def test_passes_right_sentences():
    right = [case for case in cases() if not case.error]
    verdicts = [(case, check(case.fact, case.said)) for case in right]
    refused = [(case, verdict) for case, verdict in verdicts if not verdict.supported]
    for case, verdict in refused:
        print(f"REFUSED {case.said} ← {case.fact['cites']}: {verdict.reason}")
    assert len(refused) <= (1 - PASSED) * len(right), f"{len(refused)} of {len(right)} refused"


def test_quotations_are_verbatim():
    assert all(verbatim == passed for verbatim, passed in quotations())


def test_nothing_cited_is_caught():
    checker = Checker(
        LINKER, lambda e: frozenset({e}), lambda e: Source(e, "", "", DATA["date"], DATA["date"])
    )
    assert not checker.check(Sentence("마벨의 매출은 3,400억 원입니다.", ())).supported


def test_quote_that_is_not_verbatim_is_caught():
    bent = Evidence("r", (), "마벨의 매출은 3,500억 원이었다.", 0, 10)
    text = "마벨의 매출은 3,400억 원이었다."
    checker = Checker(
        LINKER, lambda e: frozenset({e}), lambda e: Source(e, text, "", DATA["date"], DATA["date"])
    )
    assert "verbatim" in checker.check(Sentence("마벨의 매출입니다.", (bent,))).reason


def test_arithmetic_may_give_new_numbers():
    fact = {"cites": "매출은 1조 2,000억 원에서 3,400억 원으로 줄었다."}
    said = "차이는 8,600억 원입니다."
    assert not check(fact, said).supported
    assert check(fact, said, steps=("1조 2,000억 − 3,400억 = 8,600억 원",)).supported


def test_a_plan_of_the_claim_is_not_told_as_a_fact():
    fact = {"cites": "엔비디아의 AMD 인수"}
    item = Evidence("r", (), fact["cites"], 0, len(fact["cites"]))
    checker = Checker(
        LINKER,
        lambda e: frozenset({e}),
        lambda e: Source(e, fact["cites"], "", dt.date(2025, 1, 6), dt.date(2025, 1, 6)),
    )
    said = Sentence("엔비디아는 AMD를 인수했습니다.", (item,), modalities=("plan",))
    assert "as a fact" in checker.check(said).reason


def test_when_a_reports_parts_were_written_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cited sentence asks for it, and a long report has hundreds of headings."""
    read: list[str] = []

    class Counted(Datelines):
        def __init__(self, report: Report) -> None:
            read.append(report.id)
            super().__init__(report)

    monkeypatch.setattr(sources, "Datelines", Counted)
    report = read_text("가나전자는 매출이 늘었다.", id="r", date=dt.date(2025, 1, 6))
    found = Sources(lambda _: report)
    evidence = Evidence("r", (), "가나전자", 0, 4)
    assert found.of(evidence) == found.of(evidence)
    assert found.of(evidence).written == report.date
    assert read == ["r"]
