"""What a sentence says of others than those it only names: relations that are not told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.pipeline import extract

Triple = tuple[str, str, str]


def _claims(tmp_path: Path, text: str) -> list[Triple]:
    path = tmp_path / "week.md"
    path.write_text(f"# 주간 동향\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2025, 10, 10))).claims
    return [(c.subject.label, c.predicate, c.object.label) for c in claims if c.object]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # a relative clause is of its noun, not of the topic
        (
            "Codex는 9월 22일 배포된 명령줄 도구부터 두 모델을 지원한다.",
            ("OpenAI", "releases", "Codex"),
        ),
        ("미국 상무부가 G42에 GB300 수출 승인", ("미국 상무부", "ships", "GB300")),
        ("의회가 AI 법안을 통과시킬 때까지 멈추자고 했다.", ("의회", "publishes", "AI 법안")),
        (
            "스페이스X가 H100 10만 개 상당 GPU를 제공했다.",
            ("스페이스X", "supplies", "H100"),
        ),
        # what a firm is called by its trade is nobody's in particular
        (
            "인텔이 뛰었다. 투자사 소프트뱅크의 분석가는 인텔의 거래에 대해 말했다.",
            ("소프트뱅크", "investsIn", "인텔"),
        ),
        # an item of a list without a name is not of the item above
        (
            "## 인텔\n\n- **오라클**: 클라우드 고객이다.\n- **모회사**: 소프트뱅크",
            ("오라클", "partOf", "소프트뱅크"),
        ),
        ("흥정에서는 Opus가 Haiku보다 값을 더 받고 판매", ("Anthropic", "releases", "Claude Opus")),
        ("AMD로부터 GPU 5만 개를 사들이는 계약을 맺었다.", ("AMD", "purchases", "GPU")),
    ],
)
def test_what_is_not_said(tmp_path: Path, text: str, wrong: Triple) -> None:
    assert wrong not in _claims(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (
            "인텔이 칩 스타트업 세레브라스와 계약을 맺었다. 이 스타트업은 HBM3E를 얹은 칩 ‘가람 1’을 냈다.",
            ("세레브라스", "releases", "가람 1"),
        ),
    ],
)
def test_of_whom_it_is_said(tmp_path: Path, text: str, right: Triple) -> None:
    assert right in _claims(tmp_path, text)


def test_a_sum_is_of_its_own_deed(tmp_path: Path) -> None:
    path = tmp_path / "week.md"
    path.write_text(
        "# 주간 동향\n\n소프트뱅크는 OpenAI 투자를 위해 엔비디아 주식 58억 달러 매각\n",
        encoding="utf-8",
    )
    claims = extract(read(path, date=dt.date(2025, 10, 10))).claims
    assert all("amount" not in c.qualifiers for c in claims)
