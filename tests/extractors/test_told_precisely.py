"""Whose a figure is, of when, and how sure: what a sentence leaves no doubt about, and no more."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.readers import read_text
from extractors.context.scene import Draft
from extractors.pipeline import extract
from extractors.relations.yet_to_come import settle_built
from kg.claim import Entity, entity_id

DATE = dt.date(2026, 3, 5)


def _told(text: str) -> list[str]:
    report = read_text(f"# 주간\n\n{text}\n", id="x", date=DATE)
    return [
        " | ".join(
            (
                claim.subject.label,
                claim.qualifiers.get("metric", claim.predicate),
                claim.object.label if claim.object else claim.value.text if claim.value else "",
                claim.qualifiers.get("period", "-"),
                claim.modality,
            )
        )
        for claim in extract(report).claims
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "퀄컴의 매출은 3조원으로 12% 증가, 시장은 하반기에 더 늘어날 것으로 전망했다.",
            "퀄컴 | 매출 증가율 | 12% | - | fact",
        ),
        (
            "### 15. Corvelin (CVLN)\n- **최신 시가총액**: 약 $1.5B",
            "Corvelin | 시가총액 | 약 $1.5B | - | fact",
        ),
        (
            "### 16. Ravelin Tekno (123450.KS)\n- **최신 주가**: 12,500원",
            "Ravelin Tekno | 주가 | 12,500원 | - | fact",
        ),
        (
            "퀄컴은 잔여이행의무를 6,640억 달러(전년 대비 +2,090억 달러)로 늘렸다.",
            "퀄컴 | RPO 증감액 | 2,090억 달러 | - | fact",
        ),
        (
            "모건스탠리는 2026년 MI450 출하량을 30만 개로 잡았다.",
            "MI450 | 출하량 | 30만 개 | 2026 | forecast",
        ),
        (
            "블룸버그의 마크 거먼은 새 시리가 9월에 나온다고 전했다.",
            "마크 거먼 | worksFor | 블룸버그 | - | fact",
        ),
        (
            "산업용 손 'Tanegata'의 누적 출하는 1만 2천 개를 넘었다.",
            "Tanegata | 출하량 | 1만 2천 개 | - | fact",
        ),
        (
            "- 日 라피더스, 2나노 시제품 생산 성공(7월)",
            "라피더스 | produces | 2나노 시제품 | 2025-07 | fact",
        ),
        ("- 퀄컴, 스냅드래곤 양산 돌입(’25.11월)", "퀄컴 | produces | Snapdragon | 2025-11 | fact"),
        ("퀄컴은 2027년 스냅드래곤 양산을 시작한다.", "퀄컴 | produces | Snapdragon | 2027 | plan"),
        ("퀄컴은 지난해 스냅드래곤 양산을 시작했다.", "퀄컴 | produces | Snapdragon | 2025 | fact"),
        (
            "퀄컴은 3분기 스냅드래곤 공급을 개시한다.",
            "퀄컴 | supplies | Snapdragon | 2026-Q3 | plan",
        ),
        ("퀄컴은 2027년 스냅드래곤 개발을 마친다.", "퀄컴 | develops | Snapdragon | 2027 | plan"),
        (
            "- XPENG은 IRON 로봇의 2026년 말 양산, 2027년 판매계획을 제시함.",
            "샤오펑 | produces | 샤오펑 아이언 | 2026 | plan",
        ),
        (
            "인텔이 웃었다.\n\n- **퀄컴-오라클 협력**: 양사는 개발에 합의했다고 밝혔다.",
            "퀄컴 | states | 개발에 합의했다 | - | fact",
        ),
        (
            "퀄컴이 투자를 받았다. 투자자로 산업은행 등이 거론됐으며, 회사는 상장을 목표로 한다고 밝혔다.",
            "퀄컴 | states | 상장을 목표로 한다 | - | plan",
        ),
        ("인텔은 1968년 설립된 회사로 직원은 9만 명이다.", "인텔 | 직원 수 | 9만 명 | - | fact"),
        (
            "정부는 2030년까지 국산 NPU 점유율을 현재 3%에서 20%로 올린다는 목표를 세웠다.",
            "NPU | marketShare | 3% | - | fact",
        ),
        (
            "퀄컴은 인텔의 3분기 영업이익을 18억 달러로 내다봤다.",
            "인텔 | 영업이익 | 18억 달러 | 2026-Q3 | forecast",
        ),
        (
            "반도체 수출은 1,734억 달러였다. 이 가운데 대중 수출은 31% 줄었다.",
            "한국 | 대중 수출 감소율 | 31% | - | fact",
        ),
        (
            "지난해 인텔의 매출에서 서버용 칩이 차지한 비중은 46%다.",
            "인텔 | 매출 비중 | 46% | 2025 | fact",
        ),
        (
            "인텔은 7월부터 이용자 1억 명에게 광고를 내보낼 예정이다.",
            "인텔 | 사용자 수 | 1억 명 | 2026-07 | plan",
        ),
        (
            "인텔의 영업이익은 21억 달러로 시장 기대치 24억 달러를 밑돌았다.",
            "인텔 | 영업이익 | 24억 달러 | - | forecast",
        ),
        (
            "“퀄컴을 앞선다.” 뫼봉칩스 박민재 CEO는 이렇게 말했다.",
            "박민재 | worksFor | 뫼봉칩스 | - | fact",
        ),
        (
            "AMD와 인텔이 맺은 12억 달러 규모 계약은 2033년 말까지 이어진다.",
            "AMD | partnersWith | 인텔 | - | fact",
        ),
        (
            "인텔은 CPU 점유율을 1분기 1%에서 4분기 7%로, GPU 점유율을 0.5%에서 9%로 올릴 것으로 예상된다.",
            "인텔 | marketShare | 0.5% | - | fact",
        ),
        (
            "퀄컴은 코히어 지분 49%를 14억 달러에 사들이며 사업을 넓힌다.",
            "퀄컴 | investsIn | 코히어 | - | fact",
        ),
        (
            "퀄컴은 인텔의 로봇 사업부를 54억 달러에 인수하기로 합의했다.",
            "퀄컴 | acquires | 인텔 로봇 사업부 | - | plan",
        ),
        ("인텔이 코히어를 인수한 것은 아니다.", "인텔 | acquires | 코히어 | - | denied"),
        ("퀄컴, 코히어 24억 달러에 인수", "퀄컴 | acquires | 코히어 | - | fact"),
        (
            "카이스트는 올해 30억 달러의 현금 소진을 예상한다.",
            "KAIST | 현금 소진 | 30억 달러 | 2026 | forecast",
        ),
        (
            "인텔 새 공장 가동은 10월에 시작된다.",
            "인텔 | 새 공장 가동 시점 | 10월 | 2026-10 | plan",
        ),
        ("AMD는 “3분기가 저점”이라고 말했다.", "AMD | states | 3분기가 저점 | 2025-Q3 | opinion"),
    ],
)
def test_what_is_told(text: str, told: str) -> None:
    assert told in _told(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("인텔이 TSMC 대신 삼성전자에 칩 생산을 맡길 것이라는 관측이 나온다.", "TSMC"),
        ("인텔은 시놉시스 대신 케이던스의 도구를 쓰기로 했다.", "시놉시스"),
        ("퀄컴은 오라클 클라우드를 쓰던 학습 작업을 구글 TPU로 옮긴다.", "오라클 클라우드"),
        ("인텔이 실적을 냈다. 1분기 연결 매출은 5,830억원이다.", "연결 | 매출"),
        ("인텔은 서버 값이 11% 올랐으나 PC는 4% 내렸고, 출하량은 각각 3%, 7% 늘었다.", "7%"),
        ("인텔 칩은 누적 300만 개가 팔렸지만 5 선주문은 아직 2만 개뿐이다.", "5 선주문"),
        ("인텔 관계자는 양산 시점을 9월로 미뤘다.", "2025-09"),
        ("산업은행은 성장기금 150조원 중 30조원을 반도체에 배정한다.", "150조원"),
        ("“퀄컴을 앞선다.” 뫼봉칩스 박민재 CEO는 이렇게 말했다.", "퀄컴"),
        ("퀄컴은 인텔 인수설이 사실무근이라고 밝히지 않았다.", "퀄컴 | states | 인텔 인수설이"),
        ("삼성전자 CEO가 방한해 인텔 출신 엔지니어를 뽑으려 한다.", "방한해"),
        ("한국전력은 클러스터에 확보된 공급 계획은 11GW라고 밝혔다.", "공급 계획 | 전력"),
        ("퀄컴은 웨이퍼를 울프스피드에서 들여오다 올해 구매처를 바꿨다.", "울프스피드"),
        ("퀄컴은 코히어 지분 49%를 14억 달러에 사들이며 사업을 넓힌다.", "코히어 | 지분율"),
        ("미국 법무부는 코히어 창업자 마틴 그로스를 기소했다.", "regulates | 코히어"),
        ("퀄컴은 인텔과 스냅드래곤 위탁생산 계약을 맺었다.", "퀄컴 | produces"),
        ("일론 머스크, 퀄컴, 코히어 합병 논의 보도", "머스크 | acquires"),
        ("디인포메이션은 2028년까지 30억 달러의 현금 소진을 예상한다.", "현금 소진"),
        (
            "## 인텔\n\n제온은 빠르다.\n\n## 행사\n\n쿠다 기반으로 구축된 이 칩은 환경을 제공한다.",
            "제온 | uses",
        ),
        (
            "비트코인 2.7% 하락, 이더리움 3.1% 하락, 솔라나 4% 넘게 하락했다.",
            "이더리움 | 가격 하락률 | 4%",
        ),
        ("GPU 연산은 CPU보다 100배에서 1,600배까지 비쌉니다.", "| 연산"),
        ("### 3. Model Context Protocol (MCP)\n- 비용: 3달러", "Model Context Protocol | "),
        ("30만 개 이상 GPU 인도, 매출총이익은 12억 달러다. 이자비용 14억 달러(+55%).", "인도 |"),
        ("인텔은 4월부터 시작한 다년 계약으로 제온과 커스텀 IPU를 대는데, 값은 비싸다.", "plan"),
        ("뫼봉칩스 김다라 APAC 영업 부사장이 거점을 이끈다.", "APAC"),
        ("퀄컴 FY26 Q3 실적: 매출 $9.95B(YoY -4%, 컨센 $9.67B 상회).", "$9.67B"),
        ("▲ 퀄컴: 인텔 인수 검토 중단", "acquires | 인텔 | - | fact"),
        ("HBM4에는 10나노급 5세대(1b) D램 코어 다이가 사용된다.", "D램 | uses | 1b D램"),
        ("브루킹스연구소 전문가들이 무인기 자율공격 금지 제안을 발표했다.", "regulates"),
        ("퀄컴이 그로크 칩을 시험하고 있다.", "퀄컴 | develops"),
        ("### 인텔 (Buy, TP 52달러 유지): 3분기부터 이익 정상화", "52달러 | 2025-Q3"),
        ("AMD의 PER 53x는 인텔 8x의 7배 → 성장이 이미 반영", "성장"),
    ],
)
def test_what_is_not_told(text: str, part: str) -> None:
    assert not [
        told
        for told in _told(text)
        if part in told and ("| states |" not in told or "| states |" in part)
    ]


def test_what_is_in_something_is_as_sure_as_that_it_is_built() -> None:
    firm, site, chip = (Entity(entity_id(n), "Company", n) for n in ("뫼봉", "뫼봉 센터", "GPU"))
    built = Draft(firm, "builds", site, None, 0, 1, modality="plan")
    used = Draft(site, "uses", chip, None, 0, 1)
    settle_built([built, used])
    assert used.modality == "plan"


def test_what_a_body_nobody_knows_says_is_not_said_by_who_leads_the_sentence() -> None:
    text = "인텔은 비중을 20%로 높이려 하지만, 가람감사원은 11%에 그칠 것으로 내다봤다."
    assert not [told for told in _told(text) if told.startswith("인텔 | states")]


def test_a_figure_of_a_branch_is_told_as_such() -> None:
    report = read_text("# 주간\n\n인텔 애리조나 공장의 가동률은 62%다.\n", id="x", date=DATE)
    told = [c.qualifiers for c in extract(report).claims if c.value and c.value.text == "62%"]
    assert [t.get("product") for t in told] == ["애리조나 공장"]
