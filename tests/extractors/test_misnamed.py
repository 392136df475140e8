"""Figures whose nearest noun, name or period is not theirs."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any, cast

import pytest

from corpus.readers import read_text
from extractors.context.scene import Draft, Scene
from extractors.figures.misnaming_rules import renamed
from extractors.pipeline import extract
from extractors.values.periods import find_periods
from extractors.values.values import find_values
from extractors.word_lists import load_words

DATE = dt.date(2026, 5, 21)
CASES = [
    ("AMD는 전체 인력의 8%인 약 900명을 해고했다고 밝혔다.", {("AMD", "감원 규모", "약 900명")}),
    (
        "AMD는 퀄컴의 자산을 현금 20억 달러에 사들이기로 했다.",
        {("AMD", "자산 매입 금액", "20억 달러")},
    ),
    ("AMD 매출은 97억 달러(시장 예상 92억 달러 상회)를 기록했다.", {("AMD", "매출", "97억 달러")}),
    (
        "AMD는 오늘 3% 올랐다. 가나증권은 목표주가를 410달러로 올렸다.",
        {("AMD", "주가 상승률", "3%"), ("AMD", "목표주가", "410달러")},
    ),
    ("가나증권은 AMD의 목표 주가를 410달러로 제시했다.", {("AMD", "목표주가", "410달러")}),
    (
        "엔비디아(2.81%), AMD(4.36%, 전날 상승분 반납)가 하락했다.",
        {("엔비디아", "주가 하락률", "2.81%"), ("AMD", "주가 하락률", "4.36%")},
    ),
    ("AMD는 전 직원의 8%에 이르는 인력 900명을 해고했다.", {("AMD", "해고 인원", "900명")}),
    ("AMD의 연구 인력 비중이 생산 인력보다 훨씬 높은 것으로 나타났다.", set()),
    ("AMD는 Forward PER 14x로 저평가됐다.", {("AMD", "Forward PER", "14x")}),
    ("AMD는 이익률이 AI 칩 비중 상승 때문에 내려간다고 했다.", set()),
    ("Gana Post는 AMD가 새 서버 칩 주문의 3분의 1을 확보했다고 보도했다.", set()),
    (
        "AMD가 MI450을 공개했다. 성능 시험에서 H100·H200 상회를 기록했다. 메모리는 288GB다.",
        {("MI450", "메모리", "288GB")},
    ),
]


@pytest.mark.parametrize(("text", "figures"), CASES)
def test_a_figure_is_called_by_what_is_done_with_it(text: str, figures: set) -> None:
    report = read_text(f"# 주간\n\n{text}\n", id="x", date=DATE)
    claims = [c for c in extract(report).claims if c.value and c.predicate == "hasMetric"]
    found = {(c.subject.label, c.qualifiers["metric"], c.value.text) for c in claims}
    assert {f for f in found if f[1] not in ("직원 비중", "인력 비중")} == figures


RULES = load_words("figures/misnamed.yaml")["rules"]


@pytest.mark.parametrize(
    "example", [e for r in RULES for e in r.get("examples", ())], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_rules(example: dict[str, Any]) -> None:
    found = _figures(example["text"])
    assert all(tuple(claim) in found for claim in example["claims"]), found


@pytest.mark.parametrize(
    ("text", "told", "name"),
    [
        ("그러나 초당 3~5달러", "그러나 초당", "초당 가격"),
        ("다만 시간당 40달러", "다만 시간당", "시간당 가격"),
        ("전력은 초당 9kWh", "초당", "초당"),
    ],
)
def test_what_is_paid_each_time_is_a_price(text: str, told: str, name: str) -> None:
    draft = SimpleNamespace(qualifiers={"metric": told}, subject=SimpleNamespace(cls="Model"))
    value = find_values(text)[-1]
    assert renamed(cast("Scene", SimpleNamespace(text=text)), cast("Draft", draft), value)
    assert draft.qualifiers["metric"] == name


@pytest.mark.parametrize("text", [text for r in RULES for text in r.get("never", ())])
def test_what_is_no_figure_beside_the_rules(text: str) -> None:
    assert {f for f in _figures(text) if f[1] != "PER"} == set()


def _figures(text: str) -> set[tuple[str, str, str]]:
    claims = extract(read_text(f"# 주간\n\n{text}\n", id="x", date=DATE)).claims
    told = [c for c in claims if c.value and c.predicate == "hasMetric"]
    return {(c.subject.label, c.qualifiers["metric"], c.value.text) for c in told if c.value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("올해 3분기 누적 매출", "2026-01/2026-09"),
        ("2025년 2분기까지 누적", "2025-01/2025-06"),
        ("지난해 1~3분기 수주", "2025-01/2025-09"),
        ("2024말 부채비율", "2024"),
        ("올해 3분기 매출", "2026-Q3"),
        ("FY25 4분기 실적", "2025-Q4"),
        ("FY2026 Q1 가이던스", "2026-Q1"),
        ("2026 회계연도 1분기", "2026-Q1"),
        ("회계연도 2026년 1분기", "2026-Q1"),
        ("AMD FQ1 FY27(09-10)", "2027-Q1"),
        ("Q4 FY26 매출", "2026-Q4"),
        ("1Q FY2027", "2027-Q1"),
        ("이익률 52%(1Q 48%)", "2026-Q1"),
    ],
)
def test_what_a_quarter_ends(text: str, value: str) -> None:
    assert find_periods(text, DATE)[-1].value == value


def test_a_figure_is_of_the_period_in_its_bracket() -> None:
    text = "# 주간\n\nAMD는 현금이 14조 원(2024말)에서 17조 원(2025년 6월)으로 늘었다.\n"
    claims = extract(read_text(text, id="x", date=DATE)).claims
    told = {c.value.text: c.qualifiers.get("period") for c in claims if c.value}
    assert told["14조 원"] == "2024"
    assert told["17조 원"] == "2025-06"


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "HBM 점유율(한국연구원 2Q26): 인텔 50%(2Q25 64%)·퀄컴 33%(QoQ +12%p)·AMD 18%",
            {("50%", "2026-Q2"), ("64%", "2025-Q2"), ("33%", "2026-Q2"), ("18%", "2026-Q2")},
        ),
        (
            "AMD 2Q26(06-30 잠정): 순이익 8조 원(전년 ~12배)·매출 27조 원",
            {("8조 원", "2026-Q2"), ("27조 원", "2026-Q2")},
        ),
        (
            "AMD FQ1 FY27: 매출 93억 달러(+30%), 순이익 7억 달러, 연 가이던스 400억 달러",
            {("93억 달러", "2027-Q1"), ("7억 달러", "2027-Q1"), ("400억 달러", None)},
        ),
    ],
)
def test_a_period_holds_in_its_bracket_and_the_label_s_for_all(text: str, figures: set) -> None:
    claims = extract(read_text(f"# 주간\n\n- **{text}\n", id="x", date=DATE)).claims
    found = {(c.value.text, c.qualifiers.get("period")) for c in claims if c.value}
    assert figures <= found, found


def test_the_day_on_which_spending_is_told_is_not_its_period() -> None:
    text = (
        "# 주간\n\n퀄컴이 4일 올해 설비투자로 약 75억 달러를, 인텔이 6일 약 90억 달러를 제시했다.\n"
    )
    claims = extract(read_text(text, id="x", date=DATE)).claims
    spent = [c for c in claims if c.qualifiers.get("metric") == "설비투자"]
    assert spent
    assert all(len(c.qualifiers.get("period", "")) < len("2026-01-01") for c in spent)


def test_the_quarter_of_a_profit_dates_no_later_deed() -> None:
    text = "# 주간\n\n인텔, 2024년 3분기 순이익 9조원 달성…AMD에 HBM4 공급 시작\n"
    claims = extract(read_text(text, id="x", date=DATE)).claims
    told = [c.qualifiers.get("period") for c in claims if c.predicate == "supplies"]
    assert told
    assert not any(told)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("10월 대중국 수출은 110억 달러였다.", {("한국", "대중국 수출액", "110억 달러")}),
        ("대만의 대(對)미국 수출은 90억 달러로 늘었다.", {("대만", "대미국 수출", "90억 달러")}),
        (
            "AMD는 4.12% 오르며 나스닥 지수 사상 최고치 경신에 기여했다.",
            {("나스닥", "지수", "사상 최고치")},
        ),
    ],
)
def test_whose_a_figure_is(text: str, figures: set) -> None:
    claims = extract(read_text(f"# 주간\n\n{text}\n", id="x", date=DATE)).claims
    found = {(c.subject.label, c.qualifiers.get("metric"), c.value.text) for c in claims if c.value}
    assert figures <= found
    assert not {f for f in found if f[2] in {g[2] for g in figures}} - figures


@pytest.mark.parametrize(
    "text",
    [
        "AMD의 하위 사업은 자회사가 맡는다(3장 참조).",
    ],
)
def test_what_is_conceded_or_pointed_to_is_no_figure(text: str) -> None:
    claims = extract(read_text(f"# 주간\n\n{text}\n", id="x", date=DATE)).claims
    assert not [c for c in claims if c.predicate == "hasMetric"]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (
            "퀄컴의 3분기 실적이 나왔다. 통신칩이 전체 매출의 72%를 차지했다.",
            ("퀄컴", "72%", "통신칩"),
        ),
        ("오라클은 클라우드 비중이 50%를 넘었다.", ("오라클", "50%", "클라우드")),
        ("TSMC는 분기 실적을 냈다. 4나노의 비중은 31%다.", ("TSMC", "31%", "4나노")),
    ],
)
def test_of_which_part_a_share_is(text: str, share: tuple[str, str, str]) -> None:
    claims = extract(read_text(f"# 주간\n\n{text}\n", id="x", date=DATE)).claims
    told = [(c.subject.label, c.value.text, c.qualifiers.get("product")) for c in claims if c.value]
    assert share in told
