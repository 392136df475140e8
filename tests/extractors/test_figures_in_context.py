"""Figures that take their meaning from another one, from a row, or from the sentence before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.pipeline import extract
from kg.claim import Claim


def claims(tmp_path: Path, text: str) -> tuple[Claim, ...]:
    path = tmp_path / "week.md"
    path.write_text(text, encoding="utf-8")
    return extract(read(path, date=dt.date(2025, 3, 10))).claims


def figures(found: tuple[Claim, ...]) -> set[tuple[str, str, str, str | None]]:
    """Subject, object or metric, value and period of every claim with a value."""
    return {
        (
            c.subject.label,
            c.object.label if c.object else c.qualifiers.get("metric", c.predicate),
            c.value.text,
            c.qualifiers.get("period"),
        )
        for c in found
        if c.value and c.predicate != "states"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "오라클이 2024년에 산 A100은 2만 개로, 우버의 3만 개에 이어 세 번째다.",
            ("우버", "A100", "3만 개", "2024"),
        ),
        (
            "퀄컴의 3분기 매출은 90억 달러로 인텔의 120억 달러를 밑돌았다.",
            ("인텔", "매출", "120억 달러", None),
        ),
        (
            "퀄컴의 3분기 매출은 90억 달러다. 인텔의 120억 달러와 차이가 크다.",
            ("인텔", "매출", "120억 달러", "2024-Q3"),
        ),
    ],
)
def test_the_other_side_of_a_comparison(
    tmp_path: Path, text: str, expected: tuple[str, str, str, str | None]
) -> None:
    found = {row[:3] for row in figures(claims(tmp_path, text))}
    assert expected[:3] in found, found


@pytest.mark.parametrize(
    "text",
    [
        "퀄컴의 매출은 90억 달러다. 인텔의 점유율은 12%와 13% 사이다.",  # another unit
        "퀄컴의 매출은 90억 달러다. 인텔의 120억 달러 투자는 미뤄졌다.",  # no comparison
    ],
)
def test_a_figure_that_is_not_compared_takes_no_metric(tmp_path: Path, text: str) -> None:
    told = {row[:2] for row in figures(claims(tmp_path, text))}
    assert ("인텔", "매출") not in told


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [
        (
            "오라클의 영업이익은 전 분기의 41억 달러보다 늘어난 45억 달러다.",
            "45억 달러",
            "41억 달러",
        ),
        ("우버의 매출은 잠정치 95억 달러보다 높은 97억 달러로 나왔다.", "97억 달러", "95억 달러"),
    ],
)
def test_what_a_figure_is_measured_against_is_no_figure_of_today(
    tmp_path: Path, text: str, said: str, unsaid: str
) -> None:
    values = {row[2] for row in figures(claims(tmp_path, text))}
    assert said in values
    assert unsaid not in values


def test_a_floor_with_nothing_above_it_is_a_figure(tmp_path: Path) -> None:
    found = figures(claims(tmp_path, "우버의 매출은 95억 달러보다 조금 낮다."))
    assert ("우버", "매출", "95억 달러", None) in found


REMARKS = """2025-03-10

# 종목

| 기업 | 주가 | 한 줄 평 |
|---|---:|---|
| 인텔 | 20 | 가우디 3 개발을 중단하고 파운드리에 집중 |
| 오라클 | 150 | 코히어에 투자한 데이터베이스 강자 |
| 퀄컴 | 170 | 온디바이스 칩으로 사업을 다변화 |
"""


def test_a_remark_tells_what_its_rows_company_does(tmp_path: Path) -> None:
    told = {
        (c.subject.label, c.predicate, c.object.label, c.evidence.row)
        for c in claims(tmp_path, REMARKS)
        if c.object
    }
    assert ("인텔", "cancels", "Gaudi 3", "인텔") in told
    assert not [row for row in told if row[0] == "퀄컴"]


def test_a_second_sentence_of_an_item_is_of_whom_the_item_is(tmp_path: Path) -> None:
    text = "- 우버: 자율주행 시험을 마침. 2분기 매출 120억 달러는 유지\n- 7억 달러는 유지\n"
    found = {row[:3] for row in figures(claims(tmp_path, text))}
    assert ("우버", "매출", "120억 달러") in found
    assert ("우버", "매출", "7억 달러") not in found


def test_a_cell_that_names_the_maker_too_names_the_known_thing(tmp_path: Path) -> None:
    text = "2025-03-10\n\n표 1. HLE 정답률\n\n| 순위 | 모델 | 정답률(%) |\n|---|---|---|\n| 1 | 구글 제미나이 | 18.0 |\n"
    scored = {c.subject.label for c in claims(tmp_path, text) if c.predicate == "scores"}
    assert scored == {"Gemini"}


PLANS = """2025-03-10

# 일정

| 항목 | 회사 | 목표 시점 | 상태 |
|---|---|---|---|
| 코히어 인수 | 오라클 | 2025년 하반기 | 협상 중 |
| HBM4 양산 | 마이크론 | 2026년 | 예고 |
"""


def test_a_list_of_plans_is_read_by_its_items_not_by_its_companies(tmp_path: Path) -> None:
    found = claims(tmp_path, PLANS)
    deeds = {(c.subject.label, c.predicate, c.object.label) for c in found if c.object}
    assert {("오라클", "acquires", "코히어"), ("마이크론", "produces", "HBM4")} <= deeds
    assert {c.subject.label for c in found if c.predicate == "hasMetric"} == {
        "코히어 인수",
        "HBM4 양산",
    }


def test_companies_with_a_status_are_no_list_of_plans(tmp_path: Path) -> None:
    text = PLANS.replace("코히어 인수", "시스코").replace("HBM4 양산", "인텔")
    found = claims(tmp_path, text)
    assert {c.subject.label for c in found if c.predicate == "hasMetric"} <= {"오라클", "마이크론"}


def test_a_figure_that_another_takes_the_place_of_is_of_before(tmp_path: Path) -> None:
    text = "오라클은 올해 설비투자 계획을 100억 달러에서 120억 달러로 올렸다."
    basis = {c.value.text: c.qualifiers.get("basis") for c in claims(tmp_path, text) if c.value}
    assert basis == {"100억 달러": "이전", "120억 달러": None}


def test_a_noun_behind_a_quantity_is_no_part_of_a_name(tmp_path: Path) -> None:
    found = figures(claims(tmp_path, "앤스로픽은 월 90달러짜리 클로드 팀 요금제를 냈다."))
    assert "클" not in {row[1] for row in found}


@pytest.mark.parametrize(
    "text",
    [
        "2025년 HBM 출하량은 인텔 30억 Gb, 퀄컴 20억 Gb, 마벨 5억 Gb로 추정된다.",
        "1월 스마트폰 출하량은 인텔 700만 대, 퀄컴 500만 대를 기록했다.",
        "지난해 D램 매출은 인텔 3조 원, 퀄컴 2조 원이었다.",
        "CoWoS 월 캐파는 인텔 4만 장, 퀄컴 1만 장이다.",
    ],
)
def test_figures_of_a_list_are_of_those_named_before_each(tmp_path: Path, text: str) -> None:
    found = [c for c in claims(tmp_path, text) if c.predicate == "hasMetric"]
    assert {c.subject.label for c in found} >= {"인텔", "퀄컴"}
    assert len({(c.qualifiers["metric"], c.qualifiers.get("product")) for c in found}) == 1
    assert all("product" in c.qualifiers for c in found)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("HBM 시장 $31B(2024)→$47B(2026)", {"2024": "fact", "2026": "fact"}),
        (
            "HBM 시장은 2023년 12억 달러에서 2029년 90억 달러로 커질 전망이다.",
            {"2023": "fact", "2029": "forecast"},
        ),
        (
            "HBM 시장은 2026년 12억 달러에서 2029년 90억 달러로 커질 전망이다.",
            {"2026": "forecast", "2029": "forecast"},
        ),
    ],
)
def test_what_a_figure_comes_from_has_been(
    tmp_path: Path, text: str, periods: dict[str, str]
) -> None:
    found = [c for c in claims(tmp_path, text) if c.predicate == "marketSize"]
    assert {c.qualifiers["period"]: c.modality for c in found} == periods


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("인텔 영업이익이 3조 원으로 60% 넘게 늘 것으로 추정한다.", "forecast"),
        ("인텔 영업이익이 60% 넘게 늘었다.", "fact"),
        ("인텔이 칩을 납품한다면 매출은 2조 원 늘어난다.", "forecast"),
        ("인텔의 점유율은 40%로 높아질 수 있다.", "forecast"),
        ("인텔은 연내 점유율 40%를 노린다.", "plan"),
    ],
)
def test_what_is_only_to_come_or_supposed_is_no_fact(
    tmp_path: Path, text: str, modality: str
) -> None:
    found = [c for c in claims(tmp_path, text) if c.value is not None]
    assert found
    assert {c.modality for c in found} == {modality}


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("인텔 영업이익은 시장 기대치 2조 원을 크게 밑돈 1조 원이었다.", "시장 기대치"),
        ("인텔 영업이익은 증권가 예상치 2조 원을 웃돌았다.", "증권가 예상치"),
    ],
)
def test_what_was_looked_for_is_no_fact(tmp_path: Path, text: str, basis: str) -> None:
    found = {c.value.text: c for c in claims(tmp_path, text) if c.value is not None}
    expected = found["2조 원"]
    assert (expected.qualifiers["basis"], expected.modality) == (basis, "forecast")
    assert all(c.modality == "fact" for size, c in found.items() if size != "2조 원")


def test_an_estimate_is_of_who_makes_it(tmp_path: Path) -> None:
    text = "하나증권은 인텔의 2026년 영업이익을 12조 원으로 추정했다."
    found = [c for c in claims(tmp_path, text) if c.predicate == "hasMetric"]
    assert [(c.subject.label, c.attributed_to) for c in found] == [("인텔", "하나증권")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "하나증권은 인텔의 목표주가를 40달러로, 대신증권은 38달러로 제시했다.",
            {("하나증권", "40달러"), ("대신증권", "38달러")},
        ),
        ("하나증권은 인텔의 목표주가를 45달러로 올려 잡았다.", {("하나증권", "45달러")}),
        (
            "하나증권은 인텔의 목표주가를 40달러로, 달무리증권은 38달러로 제시했다.",
            {("하나증권", "40달러"), ("달무리증권", "38달러")},
        ),
    ],
)
def test_a_target_price_is_of_the_house_that_leads(
    tmp_path: Path, text: str, told: set[tuple[str, str]]
) -> None:
    found = [c for c in claims(tmp_path, text) if c.value is not None]
    assert {(c.attributed_to, c.value.text) for c in found} == told


def test_what_is_put_off_is_no_fact(tmp_path: Path) -> None:
    found = claims(tmp_path, "인텔은 자체 칩 도란의 양산을 2027년으로 미뤘다.")
    made = [c for c in found if c.predicate == "produces"]
    assert {(c.modality, c.qualifiers.get("period")) for c in made} <= {("plan", "2027")}


@pytest.mark.parametrize(
    "lead",
    [
        "인텔 2분기 실적 요약\n",
        "인텔은 2분기 실적을 발표했다.\n\n",
        "인텔이 27일 실적을 내놨다. 주요 내용은 다음과 같다.\n\n",
    ],
)
def test_results_below_a_line_that_announces_them(tmp_path: Path, lead: str) -> None:
    text = f"# 소식\n\n{lead}- 매출: 46억 달러 (예상 44억 달러)\n- 총마진율: 41.3%\n"
    found = {
        (c.subject.label, c.qualifiers["metric"], c.value.text)
        for c in claims(tmp_path, text)
        if c.value and "metric" in c.qualifiers
    }
    assert {("인텔", "매출", "46억 달러"), ("인텔", "매출총이익률", "41.3%")} <= found


def test_results_below_an_item_and_a_label_in_it(tmp_path: Path) -> None:
    text = (
        "# 소식\n\n- 인텔 2분기 실적, 기대 이상\n  인텔은 새 칩을 공개했다.\n\n"
        "  ▶ 한눈에\n  • 매출: 46억 달러\n"
    )
    found = [(c.subject.label, c.value.text) for c in claims(tmp_path, text) if c.value]
    assert found == [("인텔", "46억 달러")]


def test_a_move_in_a_bracket_is_a_fact_whatever_is_thought_of_it(tmp_path: Path) -> None:
    text = "인텔(+7.31%) 낙폭이 지나치다고 하나증권이 평가하자 되올랐다."
    found = [c for c in claims(tmp_path, text) if c.predicate == "hasMetric"]
    assert [(c.subject.label, c.modality, c.attributed_to) for c in found] == [
        ("인텔", "fact", None)
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("인텔의 상반기 매출은 43억 달러였다.", "2024-H1"),
        ("인텔의 상반기 매출은 43억 달러로 예상된다.", "2025-H1"),
        ("인텔의 올해 상반기 매출은 43억 달러였다.", "2025-H1"),
    ],
)
def test_no_accounts_of_a_half_that_has_just_begun(tmp_path: Path, text: str, period: str) -> None:
    found = [c for c in claims(tmp_path, text) if c.predicate == "hasMetric"]
    assert [c.qualifiers.get("period") for c in found] == [period]


@pytest.mark.parametrize(
    ("text", "value", "period"),
    [
        ("인텔의 직원은 작년 2만 명에서 3만 명으로 늘었다.", "3만 명", None),
        ("인텔의 직원은 작년 2만 명에서 3만 명으로 늘었다.", "2만 명", "2024"),
        ("인텔은 2027년 서버 매출을 전년의 3배로 늘린다.", "3배", "2027"),
        ("통신사가 6월 4일 보도한 바에 따르면 인텔의 직원은 3만 명이다.", "3만 명", None),
    ],
)
def test_when_a_figure_is_of(tmp_path: Path, text: str, value: str, period: str | None) -> None:
    found = [c for c in claims(tmp_path, text) if c.value and c.value.text == value]
    assert {c.qualifiers.get("period") for c in found} == {period}


def test_who_only_makes_a_chip_does_not_develop_it(tmp_path: Path) -> None:
    found = claims(tmp_path, "퀄컴은 인텔의 2나노 공정으로 추론 칩 'MC-4'를 만든다.")
    told = {(c.subject.label, c.predicate) for c in found if c.object}
    assert {("퀄컴", "develops"), ("인텔", "manufactures")} <= told
    assert ("인텔", "develops") not in told


def test_a_launch_that_was_set_for_a_month_is_of_the_one_to_come(tmp_path: Path) -> None:
    found = claims(tmp_path, "구글이 11월로 예정된 제미나이 3의 출시를 취소했다.")
    told = {(c.predicate, c.qualifiers.get("period")) for c in found if c.predicate == "cancels"}
    assert told == {("cancels", "2025-11")}


def test_what_is_weighed_is_planned_and_what_is_cancelled_is_done(tmp_path: Path) -> None:
    weighed = claims(tmp_path, "인텔은 알테라 인수를 저울질하고 있다.")
    assert {c.modality for c in weighed if c.predicate == "acquires"} <= {"plan"}
    done = claims(tmp_path, "OpenAI는 GPT-5 취소 이후 학습을 멈췄다.")
    assert "denied" not in {c.modality for c in done if c.predicate == "cancels"}


def test_what_is_estimated_of_each_division_is_expected(tmp_path: Path) -> None:
    text = "인텔의 2분기 부문별 영업이익은 서버 2.1조 원(+9% YoY), 노트북 1.1조 원으로 추정한다."
    found = [c for c in claims(tmp_path, text) if c.value and c.qualifiers.get("product")]
    assert {c.value.text for c in found if c.value} == {"2.1조 원", "9%", "1.1조 원"}
    assert {c.modality for c in found} == {"forecast"}


def test_a_plan_that_came_to_nothing_was_for_a_time_gone_by(tmp_path: Path) -> None:
    found = claims(tmp_path, "인텔은 2월부터 칩 8만 개를 출하할 계획이었으나 세관이 막았다.")
    assert {c.qualifiers["period"][:4] for c in found if "period" in c.qualifiers} <= {
        c.qualifiers["period"][:4]
        for c in claims(tmp_path, "인텔은 지난 2월 칩 8만 개를 출하했다.")
        if "period" in c.qualifiers
    }


def test_results_of_others_go_on_in_the_same_test(tmp_path: Path) -> None:
    text = (
        "GPT-9는 MMLU에서 77.1%를 기록했다. 라마 7은 68.8%, 큐원 8은 52.9%였다. "
        "가격은 입력 100만 토큰당 2달러다."
    )
    found = claims(tmp_path, text)
    scores = {c.value.text for c in found if c.predicate == "scores" and c.value}
    assert {"77.1%", "52.9%"} <= scores
    priced = {c.subject.label for c in found if c.value and c.value.text == "2달러"}
    assert priced == {"GPT-9"}


def test_a_target_that_another_replaces_is_the_one_before(tmp_path: Path) -> None:
    text = "노무라증권은 인텔 목표주가를 34달러 → 59달러, 퀄컴을 234달러 → 400달러로 상향했다."
    before = {c.value.text for c in claims(tmp_path, text) if c.qualifiers.get("basis") == "이전"}
    told = {c.value.text for c in claims(tmp_path, text) if c.qualifiers.get("metric")}
    assert "34달러" in before
    assert "234달러" not in told - before
