"""Sums of a list in a sentence, each behind what it goes to."""

from __future__ import annotations

import datetime as dt

from corpus.readers import read_text
from extractors.pipeline import extract
from kg.claim import Claim


def claims(text: str) -> tuple[Claim, ...]:
    return extract(read_text(text, id="week", date=dt.date(2025, 3, 10))).claims


def test_each_item_is_a_part_of_the_sum_told_before() -> None:
    text = (
        "산업통상자원부는 올해 로봇 예산으로 총 90억원을 편성했다. "
        "구체적으로 ▲부품 국산화(50억원) ▲현장 시험·인증(30억) ▲인력 양성(10억원)이다."
    )
    told = {
        (c.qualifiers.get("product"), c.value.text, c.qualifiers["metric"])
        for c in claims(text)
        if c.value and c.predicate == "hasMetric" and c.subject.label == "산업통상자원부"
    }
    assert {
        ("부품 국산화", "50억원", "예산"),
        ("현장 시험·인증", "30억", "예산"),
        ("인력 양성", "10억원", "예산"),
    } <= told


def test_a_list_without_sums_or_of_nobody_tells_none() -> None:
    found = claims("행사는 ▲개회식(오전 10시) ▲기조연설(30분) ▲오찬(정오) 순이다.")
    assert not [c for c in found if c.predicate == "hasMetric"]
    found = claims("사업은 ▲부품(50억원) ▲인증(30억원)으로 나뉜다.")
    assert not [c for c in found if c.qualifiers.get("product") in ("부품", "인증")]
