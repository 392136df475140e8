"""Names of models in either script, and editions that no report knows."""

from __future__ import annotations

import pytest

MEMO = """# 모델 메모

2026년 4월 6일 · 예시리서치

## 1. 점수

DeepSeek-V7.3-Flash는 MMLU에서 81.2점을 기록했다. Kimi 9 Ultra의 MMLU 점수는 84.5점이다. GPT-19 mini는 MMLU에서 79.8점을 받았다.
"""


@pytest.fixture(scope="module")
def memo(written_reports):
    return written_reports(MEMO)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("딥시크 V7.3 플래시의 MMLU는?", "DeepSeek-V7.3-Flash는 MMLU에서 81.2점"),
        ("딥시크 V7.3 Flash의 MMLU 점수는?", "DeepSeek-V7.3-Flash는 MMLU에서 81.2점"),
        ("키미 9 울트라의 MMLU는?", "84.5점"),
        ("MMLU가 더 높은 모델은?", "MMLU 점수 1위는 Kimi 9 Ultra(84.5점)입니다."),
    ],
)
def test_a_name_is_met_in_the_other_script(memo, question, said):
    assert said in memo.ask(question).text


@pytest.mark.parametrize("name", ["딥시크 V7.3 프로", "DeepSeek V7.3 Pro", "GPT-19 울트라"])
def test_another_edition_is_not_answered_for(memo, name):
    answer = memo.ask(f"{name}의 MMLU 점수는?")
    assert answer.abstained
    assert f"‘{name}’" in answer.text


def test_a_percentage_is_no_edition(memo):
    assert "‘" not in memo.ask("이익률이 30프로인 회사는?").text
