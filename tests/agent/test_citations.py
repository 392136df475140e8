"""The citation checker: adversarial sentences it must catch, right ones it must pass."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from agent.answer import Sentence
from agent.citations import Checker, Source
from agent.linking import Linker
from kg.claim import Evidence

CASES = yaml.safe_load((Path(__file__).parent / "citation_cases.yaml").read_text(encoding="utf-8"))
SAME = {"Broadcom": "브로드컴", "Marvell": "마벨", "NVIDIA": "엔비디아"}
LINKER = Linker.of((name, SAME.get(name, name)) for name in CASES["names"])
TEXT = CASES["text"]


def evidence(name: str) -> Evidence:
    quote = CASES["sentences"][name]
    start = TEXT.index(quote)
    return Evidence("r", ("1. 실적",), quote, start, start + len(quote))


def source(item: Evidence) -> Source:
    return Source(item, TEXT, "", CASES["date"])


CHECKER = Checker(LINKER, lambda entity: frozenset({entity}), source)


def sentence(case: dict[str, object]) -> Sentence:
    modality = case.get("modality")
    return Sentence(
        str(case["said"]),
        (evidence(str(case["cites"])),),
        quoted=bool(case.get("quoted")),
        modalities=(str(modality),) if modality else (),
    )


@pytest.mark.parametrize("case", CASES["right"], ids=lambda c: c["said"])
def test_passes(case):
    verdict = CHECKER.check(sentence(case))
    assert verdict.supported, verdict.reason


@pytest.mark.parametrize("case", CASES["wrong"], ids=lambda c: c["said"])
def test_catches(case):
    assert not CHECKER.check(sentence(case)).supported


def test_entity_of_another_sentence_is_caught():
    said = Sentence("메타의 매출은 3,400억 원입니다.", (evidence("marvell"),))
    assert "메타" in CHECKER.check(said).reason


def test_nothing_cited_is_caught():
    assert not CHECKER.check(Sentence("마벨의 매출은 3,400억 원입니다.", ())).supported


def test_quote_that_is_not_verbatim_is_caught():
    bent = Evidence("r", (), "마벨의 매출은 3,500억 원이었다.", 0, 10)
    assert "verbatim" in CHECKER.check(Sentence("마벨의 매출입니다.", (bent,))).reason


def test_arithmetic_may_give_new_numbers():
    said = Sentence(
        "둘의 차이는 8,600억 원입니다.",
        (evidence("broadcom"), evidence("marvell")),
        steps=("1조 2,000억 − 3,400억 = 8,600억 원",),
    )
    assert CHECKER.check(said).supported


def test_relative_date_is_resolved_against_the_report():
    text = "엔비디아는 지난 12월 30일 마벨과 만났다."
    item = Evidence("r", (), text, 0, len(text))
    checker = Checker(
        LINKER, lambda e: frozenset({e}), lambda e: Source(e, text, "", dt.date(2025, 1, 6))
    )
    assert checker.check(
        Sentence("2024년 12월 30일 엔비디아는 마벨과 만났습니다.", (item,))
    ).supported
    assert not checker.check(Sentence("2023년 12월 30일 엔비디아는 만났습니다.", (item,))).supported
