"""Whom a text is about where a name is not said again, and who makes, works and speaks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.pipeline import extract


def told(tmp_path: Path, text: str) -> list[tuple[str, str, str]]:
    """Subject, predicate and object or value of every claim."""
    path = tmp_path / "week.md"
    path.write_text(f"# 주간 동향\n\n{text}\n", encoding="utf-8")
    found = extract(read(path, date=dt.date(2025, 10, 10))).claims
    return [
        (c.subject.label, c.predicate, c.object.label if c.object else c.value.text)
        for c in found
        if c.object or c.value
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "지난해 국내 3대 그룹(롯데·한화·LG그룹)의 매출은 41조 원으로 집계됐다.",
            ("국내 3대 그룹", "hasMetric", "41조 원"),
        ),
        (
            "TSMC는 좋다. 키옥시아 주가는 올랐다. 시가총액은 3조 엔이다.",
            ("키오시아", "hasMetric", "3조 엔"),
        ),
        (
            "강민호 마이크론코리아 전무(영업 담당)는 증설 속도가 관건이라고 말했다.",
            ("강민호", "states", "증설 속도가 관건"),
        ),
        (
            '박지훈 KIET 연구위원은 반도체를 연구한다. 박 위원은 "지원이 흩어져 있다"고 말했다.',
            ("박지훈", "states", "지원이 흩어져 있다"),
        ),
        ("CEO 리사 수는 신제품을 소개했다.", ("리사 수", "worksFor", "AMD")),
        ("루빈은 TSMC 3나노 공정으로 생산된다.", ("TSMC", "manufactures", "Rubin")),
        (
            "앤스로픽은 클로드 오푸스 4.7을 공개했다.",
            ("Anthropic", "releases", "Claude Opus 4.7"),
        ),
        (
            "삼성전자는 테슬라와 12조 원 규모의 파운드리 공급 계약을 맺었다.",
            ("삼성전자", "supplies", "테슬라"),
        ),
        ("구글(TPU v6), 메타(MTIA) 등이 칩을 만든다.", ("메타", "develops", "MTIA")),
        (
            "한국과학진흥원에서 분사한 리벨리온은 새 칩의 검증을 모두 마쳤다고 밝혔다.",
            ("리벨리온", "states", "새 칩의 검증을 모두 마쳤다"),
        ),
        (
            "퀄컴이 시제품을 보냈다. 명단에 애플이 있는 것으로 알려졌지만 회사 측은 “거래처는 말할 수 없다”고 했다.",
            ("퀄컴", "states", "거래처는 말할 수 없다"),
        ),
        (
            "xAI의 누적 조달액은 50억 달러다. 블랙록이 전략적 투자자로 들어왔다. "
            "회사는 서버를 두 배로 늘리는 중이라고 설명했다.",
            ("xAI", "states", "서버를 두 배로 늘리는 중"),
        ),
        (
            "인텔의 매출은 5조 원이다. 메모리 부문은 2조 원에 머물러 AMD의 8조 원과 격차가 벌어졌다. "
            "회사는 개선한 제품을 1분기부터 공급할 계획이라고 밝혔다.",
            ("인텔", "states", "개선한 제품을 1분기부터 공급할 계획"),
        ),
        (
            "유럽중앙은행(ECB) 총재 마리 르블랑은 금리를 동결한다고 밝혔다.",
            ("마리 르블랑", "states", "금리를 동결한다"),
        ),
        ("테슬라는 삼성전자와 AI6 칩 위탁생산 계약을 맺었다.", ("삼성전자", "manufactures", "AI6")),
        (
            "국내 배터리 3개사(LG에너지솔루션, 삼성SDI, SK온)의 매출은 3조 원이다.",
            ("국내 배터리 3개사", "hasMetric", "3조 원"),
        ),
        ("세계 3위 낸드 업체인 마이크론이 증설에 나섰다.", ("마이크론", "hasMetric", "3위")),
        ("## 솔리트론(Solitron)\n\n- SK하이닉스의 자회사", ("솔리트론", "partOf", "SK하이닉스")),
        (
            "챗GPT는 빠르게 성장했다. 지금은 주간 사용자가 8억 명이다.",
            ("챗GPT", "hasMetric", "8억 명"),
        ),
        (
            "공군 참모총장 마크 콜먼 대장은 예산이 부족하다고 말했다.",
            ("마크 콜먼", "states", "예산이 부족하다"),
        ),
        (
            "네이버와 카카오는 `Peñalba`라는 첫 자체 추론 가속기를 공개했다.",
            ("카카오", "releases", "Peñalba"),
        ),
        (
            "네이버와 카카오의 자체 추론 칩 공개는 뜻밖이었다.",
            ("카카오", "releases", "네이버와 카카오의 자체 추론 칩"),
        ),
        (
            "카카오, 반도체 백서 '칩과 국가' 발간",
            ("카카오", "publishes", "칩과 국가"),
        ),
        (
            "Zoltane는 지난주 Zoltane CLI 2.0을 출시했다.",
            ("Zoltane", "releases", "Zoltane CLI 2.0"),
        ),
        (
            "알파벳의 매출은 900억 달러다. 구글 클라우드는 110억 달러로 성장했지만, 주가는 5% 하락했다.",
            ("알파벳", "hasMetric", "5%"),
        ),
        (
            "인텔은 B3를 준비한다. 엔비디아는 B200을 잇는 B300을 준비하고 있다. "
            "HBM3E로 메모리를 200GB까지 늘리고 TDP는 900W로 높아진다.",
            ("B300", "hasMetric", "900W"),
        ),
        (
            "미스트랄은 해밀 코더 2를 공개했다. HumanEval에서 71.8%를 받아 Qwen3-Coder(69.6%)를 넘어섰는데, "
            "MMLU에서는 41.0%로 뒤졌다(Qwen3-Coder는 43.5%).",
            ("Qwen3-Coder", "scores", "MMLU"),
        ),
        (
            "R1의 출력 토큰은 100만 개에 2달러로, 50달러인 o1의 25분의 1에 불과하다.",
            ("o1", "hasMetric", "50달러"),
        ),
        (
            "레니게이드는 삼성전자의 HBM을 쌓고 5나노 공정으로 제작되었다.",
            ("RNGD", "hasMetric", "5나노 공정"),
        ),
        (
            "AMD는 영업이익 8조 원을 냈다. 잠정치가 6조 원인 인텔을 크게 앞질렀다.",
            ("인텔", "hasMetric", "6조 원"),
        ),
        (
            "코히어는 230억 원을 투자받았다. 인텔이 라운드를 주도했다. 직원은 85명이다.",
            ("코히어", "hasMetric", "85명"),
        ),
        (
            "코히어는 투자를 유치했다. 2대 주주는 인텔로 지분율은 18%다. 직원은 85명이다.",
            ("코히어", "hasMetric", "85명"),
        ),
        (
            "- **퀄컴**: 새 칩 공개\n  - 서버 업체 두 곳과 협력\n  - 기업가치는 3조 원 돌파",
            ("퀄컴", "hasMetric", "3조 원"),
        ),
        (
            "- **퀄컴**: 새 칩 공개\n  - 직원은 240명이에요.",
            ("퀄컴", "hasMetric", "240명"),
        ),
        (
            "### 새 칩을 공개한 퀄컴\n\n지난해 매출 390억 달러를 올렸다.",
            ("퀄컴", "hasMetric", "390억 달러"),
        ),
        (
            "### “내년이 분수령” 퀄컴의 승부수\n\n직원은 5만 명이다.",
            ("퀄컴", "hasMetric", "5만 명"),
        ),
        (
            "이번 주 주인공은 퀄컴이다. 지난해 매출 390억 달러를 올렸다.",
            ("퀄컴", "hasMetric", "390억 달러"),
        ),
        (
            "마크 볼티 퀄컴 아시아 총괄 및 서버 담당 부사장은 “시장이 커진다”고 내다봤다.",
            ("마크 볼티", "states", "시장이 커진다"),
        ),
        (
            "마크 볼티 가트너 애널리스트에 따르면 공급난은 내년까지 이어진다.",
            ("마크 볼티", "states", "공급난은 내년까지 이어진다"),
        ),
    ],
)
def test_who_is_meant(tmp_path: Path, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("테슬라는 삼성전자와 AI6 칩 위탁생산 계약을 맺었다.", ("테슬라", "manufactures", "AI6")),
        ("메타가 스케일AI 지분 49%를 20억 달러에 인수했다.", ("스케일AI", "hasMetric", "49%")),
        ("AMD와 오픈AI는 6GW 규모의 GPU 공급 계약을 맺었다.", ("OpenAI", "hasMetric", "6GW")),
        (
            "마크 콜먼 엔비디아 부사장은 값이 오를 것이라고 밝혔다. 한 전문지 기고에서 기준이 필요하다고 주장했다.",
            ("마크 콜먼", "states", "한 전문지 기고에서 기준이 필요하다"),
        ),
        (
            "국내 배터리 3개사(LG에너지솔루션, 삼성SDI, SK온)의 매출은 3조 원이다.",
            ("SK온", "hasMetric", "3조 원"),
        ),
        (
            "투자의 핵심 동력은 대형 클라우드 5개사(구글, 메타)의 지출이다.",
            ("투자의 핵심 동력", "hasMetric", "5개사"),
        ),
        ("마이크론은 세계 3위 낸드 제조업체다.", ("NAND", "hasMetric", "3위")),
        (
            "스페이스X는 xAI와 합병해 1조 달러의 기업가치를 인정받았다.",
            ("xAI", "hasMetric", "1조 달러"),
        ),
        (
            "엔비디아는 강하다. 메타(MTIA) 등 빅테크의 자체 칩 개발이 는다.",
            ("엔비디아", "develops", "MTIA"),
        ),
        ("퓨리오사AI의 레니게이드는 TSMC 5나노로 생산된다.", ("퓨리오사AI", "produces", "RNGD")),
        ("리벨리온은 SK텔레콤의 자회사 사피온과 합병했다.", ("리벨리온", "partOf", "SK텔레콤")),
        (
            "한미반도체는 한화세미텍이 SK하이닉스에서 장비를 수주하자 값을 올렸다.",
            ("한미반도체", "supplies", "SK하이닉스"),
        ),
        (
            "블룸버그는 메타가 새 칩을 시험한다고 전했지만 메타는 확인해 주지 않았다.",
            ("메타", "states", "블룸버그는 메타가 새 칩을 시험한다"),
        ),
        (
            "씨티그룹, UBS, 노무라 회장들 우려",
            ("씨티그룹", "states", "UBS, 노무라 회장들 우려"),
        ),
        (
            "작년 10월 블랙록이 이끈 투자를 받았고, 직원은 41명이다.",
            ("블랙록", "hasMetric", "41명"),
        ),
        (
            "일본 정부는 인텔과 AMD가 함께 세우는 실증센터에 5억 엔을 지원한다.",
            ("인텔", "founded", "일본"),
        ),
        (
            "인도 정부는 인텔이 기술을 받아 뭄바이에 건설하는 팹에 보조금을 준다.",
            ("인도", "builds", "인도 팹"),
        ),
        (
            "AMD와 퀄컴, 미디어텍이 첫 고객이다.",
            ("퀄컴", "supplies", "미디어텍"),
        ),
        (
            "박지훈은 네이버에서 음성을 연구하다 2020년 회사를 세웠다.",
            ("박지훈", "worksFor", "네이버"),
        ),
        (
            "소프트뱅크는 인텔에 20억 달러를 투자했고, 미국 정부는 지분 10%를 보유하고 있다.",
            ("소프트뱅크", "hasMetric", "10%"),
        ),
        (
            "HBM 및 차세대 메모리의 표준화와 생산 역량 확보가 핵심 과제로 부상하고 있다.",
            ("HBM", "states", "핵심 과제로 부상하고 있다"),
        ),
        ("LLM 개발 경쟁은 갈수록 치열하다.", ("LLM", "states", "개발 경쟁은 갈수록 치열하다")),
        ("황 CEO의 설명은 그대로 받아들이기 어렵다.", ("젠슨 황", "states", "CEO의 설명은")),
    ],
)
def test_who_is_not_meant(tmp_path: Path, text: str, wrong: tuple[str, str, str]) -> None:
    assert wrong not in told(tmp_path, text)


def test_what_is_told_twice_is_one_claim(tmp_path: Path) -> None:
    found = told(tmp_path, "AMD도 이달 OpenAI와 6GW 공급 계약을 맺었다.")
    assert found.count(("AMD", "partnersWith", "OpenAI")) == 1


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("인텔의 영업이익은 예상을 9% 웃돌았다.", "영업이익 상회율"),
        ("인텔의 칩 가격은 AMD 칩보다 66% 비싸다.", "가격 격차"),
        ("인텔의 순손실은 8700만 달러였다.", "순손실"),
    ],
)
def test_what_a_figure_is_called(tmp_path: Path, text: str, metric: str) -> None:
    path = tmp_path / "week.md"
    path.write_text(f"# 주간 동향\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2025, 10, 10))).claims
    assert metric in [c.qualifiers.get("metric") for c in claims]


@pytest.mark.parametrize(
    ("text", "period", "basis"),
    [
        ("삼성전자의 1분기 매출은 79조 원이었다.", "2025-Q1", None),
        ("삼성전자의 1분기 매출은 80조 원에 이를 계획이다.", "2026-Q1", None),
        ("TSMC의 1~8월 누적 매출은 2조 대만달러다.", "2025-01/2025-08", None),
        ("TSMC의 8월 매출은 전년 동월 대비 33% 늘었다.", "2025-08", "전년 대비"),
        ("TSMC의 8월 매출은 지난해 같은 달보다 33% 늘었다.", "2025-08", "전년 대비"),
    ],
)
def test_when_and_over_what(tmp_path: Path, text: str, period: str, basis: str | None) -> None:
    path = tmp_path / "week.md"
    path.write_text(f"# 주간 동향\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2025, 10, 10))).claims
    figures = [(c.qualifiers.get("period"), c.qualifiers.get("basis")) for c in claims if c.value]
    assert (period, basis) in figures


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        (
            "퀄컴이 코히어에 투자한다. 먼저 2억 달러를 넣고 실적에 따라 3억 달러를 추가로 투입하는 구조다.",
            [("코히어", "2억 달러", "plan"), ("코히어", "3억 달러", "plan")],
        ),
        (
            "시스코는 미스트랄에 투자했다. 2023년 1억 달러를 처음 투자했고 지난해 2억 달러를 더 넣었다.",
            [("미스트랄AI", "1억 달러", "fact"), ("미스트랄AI", "2억 달러", "fact")],
        ),
        ("시스코는 미스트랄에 투자했다. 지난 분기 설비투자로 총 9억 달러를 집행했다.", []),
        ("시스코는 미스트랄에 투자했다. 지난 분기에는 9억 달러를 투자해 사상 최대였다.", []),
        ("시스코는 미스트랄에 투자했다. 이어 오라클도 2억 달러를 추가로 투자했다.", []),
        ("시스코는 미스트랄에 투자했다. 연구개발에도 2억 달러를 추가로 투자했다.", []),
    ],
)
def test_steps_of_an_investment_go_to_whom_it_is_in(
    tmp_path: Path, text: str, sums: list[tuple[str, str, str]]
) -> None:
    path = tmp_path / "week.md"
    path.write_text(f"# 주간 동향\n\n{text}\n", encoding="utf-8")
    found = extract(read(path, date=dt.date(2025, 10, 10))).claims
    backed = [c for c in found if c.predicate == "investsIn" and c.value and c.object]
    assert [(c.object.label, c.value.text, c.modality) for c in backed] == sums


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("인텔은 타워세미컨덕터를 인수하려 했지만 값이 맞지 않았다.", "denied"),
        ("퀄컴의 NXP 인수는 당국의 반대로 무산됐다.", "denied"),
        ("화웨이는 어센드 950을 내놓겠다는 로드맵을 제시했다.", "plan"),
        ("테슬라는 옵티머스를 내년 1분기에 공개한대요.", "plan"),
        ("인텔은 승인이 필요하고 예산은 적용되지 않는다고 밝혔다.", "opinion"),
    ],
)
def test_how_sure_a_text_is(tmp_path: Path, text: str, modality: str) -> None:
    path = tmp_path / "week.md"
    path.write_text(f"# 주간 동향\n\n{text}\n", encoding="utf-8")
    found = extract(read(path, date=dt.date(2025, 10, 10))).claims
    assert {c.modality for c in found if c.predicate != "states" or len(found) == 1} == {modality}


def test_the_price_of_one_is_no_sum_of_a_deal(tmp_path: Path) -> None:
    path = tmp_path / "week.md"
    path.write_text("# 동향\n\nSK하이닉스는 엔비디아에 HBM4를 개당 560달러에 공급한다.\n")
    found = extract(read(path, date=dt.date(2025, 10, 10))).claims
    assert [c.qualifiers.get("amount") for c in found if c.predicate == "supplies"] == [None]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("젠슨 황이 인텔 CEO 립부 탄과 만났다.", ("젠슨 황", "worksFor", "인텔")),
        (
            "젠슨 황이 한 말은 “인텔이 엔비디아 칩을 대체한다”는 뜻이 아니다.",
            ("젠슨 황", "states", "인텔이 엔비디아 칩을 대체한다"),
        ),
        ("삼성전자가 인텔을 인수한다는 뜻은 아니다.", ("삼성전자", "acquires", "인텔")),
        ("엔비디아 비중은 9%고 MVX 8%가 비슷하다.", ("엔비디아", "hasMetric", "8%")),
        ("‘Why NVIDIA Is Two Years Ahead’라는 글이 나왔다.", ("Is Two", "worksFor", "엔비디아")),
        ("인텔에 칩 개발을 중단하라고 요구했다.", ("인텔", "develops", "인텔 칩")),
    ],
)
def test_what_a_sentence_does_not_tell(
    tmp_path: Path, text: str, wrong: tuple[str, str, str]
) -> None:
    assert wrong not in told(tmp_path, text)


def test_whom_a_chief_asks_works_for_no_firm_of_theirs(tmp_path: Path) -> None:
    found = told(tmp_path, "엔비디아 CEO가 최태원 회장에게 직접 요청한 바 있다.")
    assert not [row for row in found if row[1] == "worksFor"]


def test_what_is_not_done_is_not_told(tmp_path: Path) -> None:
    found = told(tmp_path, "앤트로픽은 단순 모델 판매가 아니라 인프라 기업으로 가고 있다.")
    assert not [row for row in found if row[2] == "단순 모델"]


def test_who_orders_supplies_nobody(tmp_path: Path) -> None:
    found = told(tmp_path, "SK하이닉스가 한미반도체와 한화세미텍에 TC본더 장비 납품을 발주했다.")
    assert not [row for row in found if row[:2] == ("SK하이닉스", "supplies")]


def test_a_share_of_a_year_is_of_no_part(tmp_path: Path) -> None:
    path = tmp_path / "week.md"
    path.write_text(
        "인텔은 계약을 공시했다. 계약 금액은 2024년 매출의 1.7% 수준이다.\n", encoding="utf-8"
    )
    found = extract(read(path, date=dt.date(2025, 10, 10))).claims
    assert "2024년" not in {c.qualifiers.get("product") for c in found}
