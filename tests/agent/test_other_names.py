"""A thing asked about under a name that the reports never print, and sentences of others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.replies.quoting import chosen
from agent.words import is_other_size

_FIRMS = [
    "가람",
    "나래",
    "다온",
    "라온",
    "마루",
    "바다",
    "사랑",
    "아라",
    "자람",
    "차오름",
    "카온",
    "타래",
    "파랑",
    "하나래",
]
DIGEST = """# 모델 브리핑

2026년 3월 2일 · 예시리서치

## 1. 신제품

Anthropic이 3월 1일 Claude Opus 9를 출시했습니다. Anthropic은 새 모델의 가격을 그대로 뒀습니다.

## 2. 로켓

이번 투자에는 두 집안의 오랜 친분도 한몫했다고 한다.
""" + "".join(
    f"\n## {number}. 무엇을 발표했나\n\n{firm}소재는 새 소재를 발표했다. 최근 발표는 세 번째 발표다.\n"
    for number, firm in enumerate(_FIRMS, 3)
)
OTHER = """# 투자 소식

2026년 3월 9일 · 예시리서치

## 1. 유리

코닝은 광섬유 공장을 넓힌다. 2억 달러를 투자해 오하이오에 새 공장을 세운다는 내용이었다.
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(DIGEST, OTHER)


@pytest.mark.parametrize("name", ["앤트로픽", "앤스로픽", "Anthropic"])
def test_a_thing_is_found_under_each_of_its_names(reports, name: str) -> None:
    answer = reports.ask(f"{name}은 최근 무엇을 발표했나?")
    assert not answer.abstained
    assert "Opus 9" in answer.text


def test_nothing_of_another_report_is_added_that_leaves_out_the_name(reports) -> None:
    scope = frozenset(reports.dates)
    quotes = reports.quotes(reports.parsed("코닝에 투자한 곳은?", scope), scope)
    best = next(q for q in quotes if "광섬유" in q.text)
    near = replace(next(q for q in quotes if "친분" in q.text), rank=best.rank)
    assert chosen([best, replace(near, names=0.0)]) == [best]
    assert len(chosen([best, replace(near, names=best.names)])) == 2


@pytest.mark.parametrize(
    ("told", "asked", "other"),
    [
        ("3나노", "7나노 매출 비중은?", True),
        ("3나노", "3나노 매출 비중은?", False),
        ("HBM", "7나노 매출 비중은?", False),
        ("5세대 칩", "6세대 칩의 비중은?", True),
    ],
)
def test_another_size_is_not_what_is_asked(told: str, asked: str, other: bool) -> None:
    assert is_other_size(told, asked) is other
