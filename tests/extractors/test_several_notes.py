"""Notes of several houses in one file: whose date, whose firm and whose words each is of."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.pipeline import extract
from kg.claim import Claim

TEXT = """---
date: 2031-05-20
title: 증권사 새 보고서 모음(나래전자, 도담테크)
---

## 2031.05.20 나래전자 — 한올증권

한올증권에서 나래전자(012340)에 대해 '목표주가를 8만원에서 9만원으로 올린다. 동사의 1분기 매출과 순이익은 기대치를 각각 2%, 11% 웃도는 30조원과 4조원을 기록하였음. 2분기 영업이익은 5조원으로 예상. 서버용 수요는 하반기에도 늘 전망.'라고 분석했다.

## 2030.12.12 도담테크 — 미르증권

미르증권에서 도담테크(056780)에 대해 '4분기 영업이익은 2조원으로 전망한다. 내년에는 원가 부담이 줄어 수익성이 나아질 것으로 예상한다.'라고 밝혔다.
"""


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> tuple[Claim, ...]:
    path = tmp_path_factory.mktemp("notes") / "notes.md"
    path.write_text(TEXT, encoding="utf-8")
    return tuple(extract(read(path)).claims)


def _figures(claims: tuple[Claim, ...]) -> set[tuple[str, str, str, str, str | None]]:
    return {
        (
            c.subject.label,
            c.qualifiers.get("metric", ""),
            c.qualifiers.get("period", ""),
            c.value.text,
            c.attributed_to,
        )
        for c in claims
        if c.value and c.predicate == "hasMetric"
    }


@pytest.mark.parametrize(
    "told",
    [
        ("나래전자", "목표주가", "", "9만원", "한올증권"),
        ("나래전자", "매출", "2031-Q1", "30조원", "한올증권"),
        ("나래전자", "순이익", "2031-Q1", "4조원", "한올증권"),
        ("나래전자", "영업이익", "2031-Q2", "5조원", "한올증권"),
        ("도담테크", "영업이익", "2030-Q4", "2조원", "미르증권"),
    ],
)
def test_each_figure_is_of_its_own_note(
    claims: tuple[Claim, ...], told: tuple[str, str, str, str, str | None]
) -> None:
    assert told in _figures(claims)


def test_no_figure_of_one_note_is_told_of_the_other_firm(claims: tuple[Claim, ...]) -> None:
    assert {f[3] for f in _figures(claims) if f[0] == "도담테크"} == {"2조원"}


def test_the_house_says_what_its_quotation_says(claims: tuple[Claim, ...]) -> None:
    said = {(c.subject.label, c.value.text) for c in claims if c.predicate == "states" and c.value}
    assert ("미르증권", "내년에는 원가 부담이 줄어 수익성이 나아질 것") in said
    assert not {who for who, _ in said} & {"나래전자", "도담테크"}
    ahead = [c for c in claims if c.predicate == "states" and c.subject.label == "미르증권"]
    assert {c.qualifiers.get("period") for c in ahead} == {"2031"}  # 내년 of the note, not the file


def test_what_is_gained_by_how_much_is_no_figure_of_its_own(claims: tuple[Claim, ...]) -> None:
    assert not {"2%", "11%"} & {f[3] for f in _figures(claims)}


def test_a_quotation_that_nobody_opens_gives_no_speaker(tmp_path: Path) -> None:
    path = tmp_path / "open.md"
    path.write_text(
        "# 주간\n\n나래전자는 값을 올렸다. 수요가 늘 것으로 본다'라고 도담테크는 말했다.\n",
        encoding="utf-8",
    )
    said = extract(read(path, date=dt.date(2031, 5, 2))).claims
    assert all(c.attributed_to != "나래전자" for c in said)
