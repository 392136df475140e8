"""Deeds of whom the heading or the text before is about, where nobody is said to do them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.context.worth import is_worth
from extractors.pipeline import extract

Triple = tuple[str, str, str]


def told(tmp_path: Path, text: str) -> list[Triple]:
    """Subject, predicate and object of the claims of a note with some other section before."""
    path = tmp_path / "week.md"
    path.write_text(f"# 주간 동향\n\n## 개요\n\n소식이 많았다.\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2025, 10, 10))).claims
    return [(c.subject.label, c.predicate, c.object.label) for c in claims if c.object]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "## 코히어\n\n- 문서 판독 라이브러리 배포",
            ("코히어", "releases", "문서 판독 라이브러리"),
        ),
        ("## 코히어\n\n- 통역용 모델 개발 중", ("코히어", "develops", "코히어 통역용 모델")),
        ("## 시스코\n\n광통신용 칩이 개발되고 있다.", ("시스코", "develops", "광통신용 칩")),
        ("## 시스코\n\n광통신 장비 출하도 시작됐다.", ("시스코", "ships", "광통신 장비")),
        (
            "## 오라클\n\n텍사스에 냉각 설비 공장이 세워진다.",
            ("오라클", "builds", "오라클 냉각 설비 공장"),
        ),
        ("## 오라클\n\n- 코히어 인수가 마무리됐다.", ("오라클", "acquires", "코히어")),
        (
            "## 오라클\n\n퀄컴의 Cloud AI 100이 도입됐다.",
            ("오라클", "uses", "Qualcomm Cloud AI 100"),
        ),
        ("퀄컴은 바쁘다. 차량용 통신 칩도 공개됐다.", ("퀄컴", "releases", "차량용 통신 칩")),
        ("(1) 시스코\n- 코히어 인수 완료\n\n(2) 퀄컴\n- 적자", ("시스코", "acquires", "코히어")),
        ("## 시스코\n\n- 퀄컴과의 경쟁 격화", ("시스코", "competesWith", "퀄컴")),
        ("시스코는 크다. 퀄컴과의 경쟁이 거세졌다.", ("시스코", "competesWith", "퀄컴")),
        ("## 시스코\n\n- 인도 푸네에 사무소 개소", ("시스코", "builds", "시스코 사무소")),
        ("시스코는 크다. 퀄컴에 H100을 공급한 덕분이다.", ("시스코", "supplies", "퀄컴")),
        (
            "## 시스코\n\n푸네에 광통신 장비 공장이 들어선다.",
            ("시스코", "builds", "시스코 광통신 장비 공장"),
        ),
        ("통신 업계 재편(시스코 코히어 인수)이 빠르다.", ("시스코", "acquires", "코히어")),
        ("구글의 제미나이가 공개됐다. 시스코가 도입했다.", ("시스코", "uses", "Gemini")),
    ],
)
def test_what_is_done_below_a_firm_is_its_doing(
    tmp_path: Path, text: str, expected: Triple
) -> None:
    assert expected in told(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "퀄컴은 부진했다. 경쟁사의 차량용 통신 칩이 공개됐다.",
        "퀄컴은 부진했다. 중국산 통신 칩이 출시됐다.",
        "퀄컴은 부진했다. 업계에서는 새 통신 규격이 공개됐다.",
        "## 인텔\n\n정부의 반도체 지원책이 공개됐다.",
        "텍사스에 냉각 설비 공장이 세워진다.",
        "## 장비 동향\n\n새 식각 장비가 도입됐다.",
        "푸네에 광통신 장비 공장이 들어선다.",
        "1. 시스코\n2. 퀄컴\n\n- 통역용 모델 개발 중",
        "시스코 낸드 사업부 인수",
        "## EU 집행위원회\n\n지침이 갖춰져야 비로소 의무가 생기는 ‘시간 유예’ 방식이 채택됨",
    ],
)
def test_what_others_do_is_not(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []


def test_whom_a_section_is_about_stays_whatever_others_do_in_it(tmp_path: Path) -> None:
    text = "## 시스코\n\n시스코는 바쁘다. 퀄컴이 부품 생산을 맡는다. 통역용 모델도 개발했다."
    assert ("시스코", "develops", "시스코 통역용 모델") in told(tmp_path, text)


@pytest.mark.parametrize("text", ["추론 칩 양산 돌입", "앱이 공개될 예정", "새 공장을 지었다"])
def test_an_item_that_tells_a_deed_is_read_though_it_names_nobody(text: str) -> None:
    assert is_worth(text, [])


def test_what_tells_no_deed_is_not_read() -> None:
    assert not is_worth("경쟁이 치열하다", [])
