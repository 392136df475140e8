"""Growth, who said what, summaries: what is told, and that it is of the thing asked about."""

from __future__ import annotations

import pytest

from agent.replies.growth import asks_growth
from agent.words import data

FORM = data("forms")["growth"]
ASKED = [
    (text.format(A="마벨", B="AMD"), kind == "examples")
    for kind in ("examples", "counterexamples")
    for text in FORM[kind]
]
BRIEF = """# 주간 브리핑

2025년 2월 3일 · 예시리서치

## 이번 주 하이라이트

마벨의 2024년 매출이 2,500억 원으로 집계됐다. 주가는 올랐다.

엔비디아는 독일에 연구소를 세우기로 했다.

## 1. 실적

마벨의 2023년 매출은 2,000억 원이다.

마벨의 2024년 매출은 2,500억 원이다.

AMD의 2024년 4분기 매출은 900억 원으로 전년 동기보다 12% 늘었다.

인텔의 2024년 매출은 3,000억 원이다.

## 2. 로봇 칩

젠슨 황 엔비디아 CEO는 4일 "로봇의 시대가 온다"고 말했다. 그는 로봇용 칩의 값이 더 내려갈 것이라고 덧붙였다.

리사 수 AMD CEO는 로봇 시장이 아직 작다고 평가했다.

출처: 각 사
"""


@pytest.fixture(scope="module")
def brief(written_reports):
    return written_reports(BRIEF)


@pytest.mark.parametrize(("text", "asked"), ASKED)
def test_examples_of_growth(text, asked):
    assert asks_growth(text) is asked


@pytest.mark.parametrize(
    "question",
    [
        "마벨의 2024년 매출은 전년 대비 몇 % 늘었나?",
        "마벨의 2024년 매출은 2023년보다 몇 % 늘었나?",
        "마벨의 매출은 전년 대비 몇 퍼센트 증가했어?",
        "By what percent did Marvell revenue grow in 2024?",
    ],
)
def test_growth_is_worked_out_of_two_values(brief, question):
    answer = brief.ask(question)
    assert "25%" in answer.text, answer.text
    assert len(answer.citations) == 2
    assert any("÷" in step for step in answer.steps)


def test_growth_in_times(brief):
    assert "1.25배" in brief.ask("마벨의 매출은 2023년에서 2024년까지 몇 배 커졌나?").text


def test_growth_that_the_report_gives_is_quoted(brief):
    answer = brief.ask("AMD의 2024년 4분기 매출은 전년 동기 대비 몇 % 늘었나?")
    assert "12%" in answer.text


def test_growth_of_one_value_is_not_told(brief):
    answer = brief.ask("인텔의 2024년 매출은 전년 대비 몇 % 늘었나?")
    assert answer.abstained, answer.text


def test_end_to_end_growth(answerer):
    answer = answerer.ask("TSMC의 2024년 4분기 매출은 전년 동기 대비 몇 % 늘었나?")
    assert "38.8%" in answer.text
    assert "차이는" not in answer.text


def test_only_the_speaker_is_quoted(brief):
    answer = brief.ask("젠슨 황은 로봇에 대해 뭐라고 했나?")
    assert "로봇의 시대" in answer.text
    assert "아직 작다" not in answer.text
    assert "아직 작다" in brief.ask("리사 수는 로봇에 대해 뭐라고 했나?").text


def test_what_somebody_did_not_speak_of_is_not_told(brief):
    answer = brief.ask("젠슨 황은 관세에 대해 뭐라고 했나?")
    assert answer.abstained, answer.text


def test_a_report_is_summarised_by_its_highlights(brief):
    answer = brief.ask("이번 주 리포트를 요약해줘")
    assert "2,500억 원으로 집계됐다" in answer.text
    assert "독일에 연구소" in answer.text
    assert "로봇" not in answer.text


def test_a_section_is_summarised_in_its_order(brief):
    answer = brief.ask("로봇 칩 섹션을 요약해줘")
    assert answer.text.index("로봇의 시대") < answer.text.index("아직 작다")
    assert "출처" not in answer.text


def test_a_thing_is_summarised_by_what_it_is_the_topic_of(brief):
    answer = brief.ask("엔비디아 소식을 정리해줘")
    assert "독일에 연구소" in answer.text
    assert "AMD" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "이번 주 리포트를 요약해줘",
        "1월 6일 리포트를 요약해줘",
        "엔비디아를 요약해줘",
        "HBM 섹션을 요약해줘",
        "수출 규제 동향을 정리해줘",
        "Summarize this week's report",
    ],
)
def test_end_to_end_summaries(answerer, question):
    answer = answerer.ask(question)
    assert not answer.abstained
    assert 100 < len(answer.text) <= 450
    assert len(answer.citations) >= 2
    assert not answer.dropped
    assert all(c.evidence.section for c in answer.citations)
    assert "투자 권유" not in answer.text


TABLES = """# 주간 브리핑

2025년 2월 3일 · 예시리서치

## 1. 비교

표 1. 가속기 제원

| 항목 | H100 | MI300X |
|---|---:|---:|
| 메모리 용량(GB) | 80 | 192 |
| 공정 | 4나노 | 5나노 |

마벨은 마이크로소프트와 Maia 300을 공동 개발하고 있다.

표 2. 시가총액

| 기업 | 시가총액(조 원) |
|---|---:|
| 마벨 | 145 |
| 브로드컴 | 1,590 |

연구진은 이를 '준수 간격(compliance gap)'이라는 개념으로 설명했다. 이는 훈련 때와 배포 때 답변의 차이를 말한다.
"""


@pytest.fixture(scope="module")
def tables(written_reports):
    return written_reports(TABLES)


def test_a_row_that_is_a_measure_is_said_of_its_column(tables):
    answer = tables.ask("MI300X의 메모리 용량은?")
    assert "메모리 용량(GB)의" not in answer.text
    assert "192" in answer.text


def test_two_hops_by_a_claim_say_the_claim(tables):
    answer = tables.ask("Maia 300을 함께 만드는 회사의 시가총액은?")
    assert "145" in answer.text
    assert any("Maia 300" in sentence for sentence in answer.sentences[1:])


def test_a_phrase_in_quotation_marks_is_found(tables):
    answer = tables.ask("What does 'compliance gap' mean?")
    assert "차이" in answer.text


def test_nothing_is_compared_with_itself(tables):
    answer = tables.ask("마벨 시가총액과 마벨 시가총액을 비교하면 몇 배야?")
    assert "같습니다" not in answer.text


MOVES = """# 주간

2025년 2월 3일 · 예시리서치

엔비디아 주가는 1월 27일 17% 폭락했다.

엔비디아 주가는 이번 주 8% 올랐다.
"""


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("엔비디아 주가는 얼마나 떨어졌나?", "17%", "8%"),
        ("엔비디아 주가는 얼마나 올랐나?", "8%", "17%"),
    ],
)
def test_a_fall_is_no_rise(written_reports, question, said, unsaid):
    text = written_reports(MOVES).ask(question).text
    assert said in text
    assert unsaid not in text


SETTLED = """# 주간

2025년 2월 10일 · 예시리서치

## 1. 실적

마벨의 4분기 영업이익은 잠정치 6조 5,000억 원보다 조금 낮은 6조 4,900억 원으로 확정됐다.

- 인텔: 팻 겔싱어가 1일 물러난 뒤 데이비드 진스너가 CEO를 맡고 있음
"""


def test_the_settled_figure_is_told(written_reports):
    text = written_reports(SETTLED).ask("마벨의 4분기 영업이익은 얼마인가?").text
    assert "6조 4,900억 원입니다" in text


def test_who_left_is_no_chief(written_reports):
    reports = written_reports(SETTLED)
    told = reports.ask("인텔의 CEO는 누구인가?").text.split("보고서 원문")[0]
    assert "진스너" in told
    assert "겔싱어" not in told
    left = reports.ask("인텔을 떠난 사람은?").text.split("보고서 원문")[0]
    assert "겔싱어" in left
    assert "진스너" not in left


STAFF = """# 주간

2025년 2월 10일 · 예시리서치

리사 수 AMD CEO는 4일 실적을 발표했다.

마크 페이퍼마스터 AMD CTO는 새 공정을 소개했다.

포레스트 노로드 AMD 수석부사장은 수요가 많다고 말했다.
"""


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("AMD의 CEO는 누구인가?", "리사 수"),
        ("AMD의 CTO는 누구인가?", "페이퍼마스터"),
        ("AMD의 대표는 누구인가?", "리사 수"),
        ("AMD의 부사장은 누구인가?", "노로드"),
    ],
)
def test_who_holds_the_office_asked_for(written_reports, question, who):
    told = written_reports(STAFF).ask(question).text
    assert who in told
    assert sum(name in told for name in ("리사 수", "페이퍼마스터", "노로드")) == 1


BESIDE = """# 주간

2025년 2월 10일 · 예시리서치

인텔의 연구원 김다온은 새 공정을 소개했다.

인텔의 CEO 교체 소문이 다시 돌았다.
"""


def test_nobody_else_stands_in_for_an_office_that_is_not_told(written_reports):
    reports = written_reports(BESIDE)
    assert "김다온" in reports.ask("인텔의 연구원은 누구인가?").text
    assert "김다온" not in reports.ask("인텔의 CEO는 누구인가?").text
