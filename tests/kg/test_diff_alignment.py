"""Two weeks whose claims are made by hand, as a perfect extraction would make them.

Each case is a pair of weeks and all that an analyst would be told of them, no more: what
is wrong here is the aligner's fault and nobody else's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from kg.claim import Claim, Entity, Evidence, Modality, Value
from kg.diff import Change, diff

HANA = Entity("hana", "Company", "하나칩", "HanaChip", ("하나칩스",), curated=True)
DURI = Entity("duri", "Company", "두리전자", curated=True)
SAE = Entity("sae", "Company", "새클라우드", curated=True)
NARU = Entity("naru", "Chip", "나루 3", curated=True)
BOM = Entity("bom", "Model", "봄-2", curated=True)
YEOREUM = Entity("yeoreum", "Model", "여름-1", curated=True)
SIHEOM = Entity("siheom", "Benchmark", "시험500", curated=True)
DRAM = Entity("dram", "Product", "D램 16Gb", curated=True)
SAE_UNIT = Entity("sae-unit", "Company", "새웹", curated=True, broader=("sae",))
PLAN = Entity("x_나루3출시", "Event", "나루 3 출시")
OTHER_PLAN = Entity("x_봄2공개", "Event", "봄-2 공개")
DURI_CHIPS = Entity("x_두리전자칩", "Chip", "두리전자 칩")
AI_CHIPS = Entity("x_ai칩", "Chip", "AI 칩")


def say(
    subject: Entity,
    predicate: str,
    object: Entity | None = None,
    *,
    number: str | None = None,
    text: str | None = None,
    unit: str | None = None,
    currency: str | None = None,
    modality: Modality = "fact",
    cell: tuple[str, str, str] | None = None,
    by: str | None = None,
    **qualifiers: str,
) -> Claim:
    """Make a claim; ``cell`` is table, row and column. The week is put in by :func:`at`."""
    value = None
    if number is not None or text is not None:
        amount = None if number is None else Decimal(number)
        value = Value(text or f"{number}", amount, amount, unit, currency)
    table, row, column = cell or (None, None, None)
    quote = f"{subject.label} {predicate} {text or number or ''} {sorted(qualifiers.items())}"
    evidence = Evidence(
        "w0", ("I. 칩",), quote, 0, len(quote), table=table, row=row, column=column
    )  # fmt: skip
    return Claim(subject, predicate, object, value, evidence, qualifiers, modality, by)


def at(week: int, claims: Sequence[Claim]) -> list[Claim]:
    return [
        replace(c, evidence=replace(c.evidence, report=f"w{week}", start=i, end=i + 1))
        for i, c in enumerate(claims)
    ]


def metric(subject: Entity, name: str, number: str, **more: str | tuple[str, str, str]) -> Claim:
    return say(subject, "hasMetric", number=number, metric=name, **more)  # type: ignore[arg-type]


def capex(number: str, column: str, basis: str = "", row: Entity = SAE) -> Claim:
    given = {"basis": basis} if basis else {}
    return say(
        row, "hasMetric", number=number, currency="USD", modality="forecast", metric="설비투자",
        period="2025", condition="표본 추정", cell=("표 5", row.label, column), **given,
    )  # fmt: skip


def ranked(model: Entity, score: str, rank: str, table: str) -> list[Claim]:
    cell = (table, model.label, "점수")
    return [
        say(model, "hasMetric", number=score, metric="점수", rank=rank, cell=cell),
        say(
            model,
            "hasMetric",
            text="독점",
            metric="라이선스",
            cell=(table, model.label, "라이선스"),
        ),
        say(HANA, "develops", model, cell=(table, model.label, "기관")),
    ]


def price(number: str, condition: str, month: str = "", table: str = "표 8") -> Claim:
    more = {"period": month} if month else {}
    return say(
        DRAM, "hasMetric", number=number, currency="USD", metric="가격", condition=condition,
        cell=(table, DRAM.label, "가격(달러)"), **more,
    )  # fmt: skip


def promise(
    plan: Entity, who: Entity, what: Entity, due: str, status: str, table: str = "표 9"
) -> list[Claim]:
    """A row of a schedule gives three claims: the relation, its due date, its status."""
    return [
        say(who, "releases", what, modality="plan", status=status, cell=(table, plan.label, "계획")),
        say(plan, "hasMetric", text=due, metric="목표 시점", modality="plan",
            cell=(table, plan.label, "목표 시점")),
        say(plan, "hasMetric", text=status, metric="상태", cell=(table, plan.label, "상태")),
    ]  # fmt: skip


@dataclass(frozen=True)
class Case:
    name: str
    old: list[Claim]
    new: list[Claim]
    told: set[tuple[str, str, str]]
    """Kind, subject's label, relation: all that is told beside what is said again."""
    before: tuple[Claim, ...] = ()
    again: int | None = None
    """How many things are said again, where that matters."""
    alone: bool = False
    """Whether it is about what the new week does not print, and so about the whole week."""


CASES = [
    Case(
        "this week's figure is compared with this week's, not with the one reprinted beside it",
        [capex("58", "2025년(지난주)", "지난주"), capex("60", "2025년(이번 주)", "이번 주")],
        [capex("60", "2025년(지난주)", "지난주"), capex("62", "2025년(이번 주)", "이번 주")],
        {("value_changed", "새클라우드", "hasMetric")},
        again=0,
    ),
    Case(
        "a table that begins to print last week's figure beside",
        [capex("57", "2025년")],
        [capex("57", "2025년(지난 추정)"), capex("58", "2025년(이번 주)", "이번 주")],
        {("value_changed", "새클라우드", "hasMetric")},
    ),
    Case(
        "an estimate that stays",
        [capex("60", "2025년(지난주)", "지난주"), capex("60", "2025년(이번 주)", "이번 주")],
        [capex("60", "2025년(지난주)", "지난주"), capex("60", "2025년(이번 주)", "이번 주")],
        set(),
        again=1,
    ),
    Case(
        "two names of one metric",
        [metric(SAE, "설비투자", "60", period="2025")],
        [metric(SAE, "자본지출", "65", period="2025")],
        {("value_changed", "새클라우드", "hasMetric")},
    ),
    Case(
        "a figure of another year is another figure",
        [metric(SAE, "매출", "60", period="2024")],
        [metric(SAE, "매출", "70", period="2025")],
        {("new", "새클라우드", "hasMetric")},
    ),
    Case(
        "a valuation of another month supersedes",
        [metric(HANA, "기업가치", "1570", period="2024-10")],
        [metric(HANA, "기업가치", "3400", period="2025-01")],
        {("value_changed", "하나칩", "hasMetric")},
    ),
    Case(
        "spot and contract price of one product",
        [price("1.76", "현물"), price("1.35", "고정 거래", "2024-12")],
        [price("1.74", "현물"), price("1.35", "고정 거래", "2025-01")],
        {("value_changed", "D램 16Gb", "hasMetric")},
        again=1,
    ),
    Case(
        "the same money in another currency",
        [say(HANA, "hasMetric", number="868500000000", text="8,685억 대만달러", currency="TWD",
             metric="매출", period="2024-Q4")],
        [say(HANA, "hasMetric", number="26880000000", text="268억 8,000만 달러", currency="USD",
             metric="매출", period="2024-Q4")],
        set(),
        again=1,
    ),
    Case(
        "other money in another currency",
        [say(HANA, "hasMetric", number="868500000000", currency="TWD", metric="매출",
             period="2024-Q4")],
        [say(HANA, "hasMetric", number="36880000000", currency="USD", metric="매출",
             period="2024-Q4")],
        {("value_changed", "하나칩", "hasMetric")},
    ),
    Case(
        "words are no new value of a number",
        [say(HANA, "hasMetric", number="129", text="1.29", metric="발표일")],
        [say(HANA, "hasMetric", text="분기 실적", metric="발표일")],
        {("new", "하나칩", "hasMetric")},
    ),
    Case(
        "a percentage is no new value of an amount of money",
        [say(HANA, "hasMetric", number="100", currency="USD", metric="매출")],
        [say(HANA, "hasMetric", number="20", unit="%", metric="매출")],
        {("new", "하나칩", "hasMetric")},
    ),
    Case(
        "the cell of a table stands for the numbers of the prose around it",
        [metric(BOM, "점수", "1355", cell=("표 4", "봄-2", "점수"))],
        [metric(BOM, "점수", "1367", cell=("표 8", "봄-2", "점수")), metric(BOM, "점수", "12")],
        {("value_changed", "봄-2", "hasMetric")},
    ),
    Case(
        "another entry under 상태 is another status",
        promise(PLAN, HANA, NARU, "2025년 3월", "예고"),
        promise(PLAN, HANA, NARU, "2025년 3월", "시제품 공개"),
        {("status_changed", "하나칩", "releases")},
        again=0,
    ),
    Case(
        "a schedule whose status says no more than in brackets",
        promise(PLAN, HANA, NARU, "2025년 3월", "협의 중"),
        promise(PLAN, HANA, NARU, "2025년 3월", "협의 중(보도)"),
        set(),
    ),
    Case(
        "a due date that moves",
        promise(PLAN, HANA, NARU, "2025년 3월", "예고"),
        promise(PLAN, HANA, NARU, "2025년 6월", "예고"),
        {("value_changed", "하나칩", "releases")},
    ),
    Case(
        "a promise kept: the row, the text and the highlights tell of one event",
        promise(PLAN, HANA, NARU, "1월", "예고"),
        [
            *promise(PLAN, HANA, NARU, "1월", "출시 완료"),
            say(HANA, "releases", NARU, date="2025-01-06"),
            say(HANA, "releases", NARU, period="2025-01"),
            say(HANA, "develops", NARU),
        ],
        {("status_changed", "하나칩", "releases")},
    ),
    Case(
        "a plan called off, in a table and in the text",
        promise(PLAN, HANA, NARU, "연말", "예고"),
        [
            *[replace(c, predicate="cancels", modality="fact") if c.object else c
              for c in promise(PLAN, HANA, NARU, "연말", "취소")],
            say(HANA, "releases", NARU, modality="denied"),
        ],
        {("reversed", "하나칩", "releases")},
    ),
    Case(
        "a plan whose status says that it is off",
        [say(PLAN, "hasMetric", text="예고", metric="상태")],
        [say(PLAN, "hasMetric", text="계획 철회", metric="상태")],
        {("reversed", "나루 3 출시", "hasMetric")},
    ),
    Case(
        "a row that leaves a schedule is missed once, not cell by cell",
        [*promise(PLAN, HANA, NARU, "3월", "예고"), *promise(OTHER_PLAN, DURI, BOM, "5월", "예고")],
        promise(OTHER_PLAN, DURI, BOM, "5월", "예고", "표 11"),
        {("dropped", "하나칩", "releases")},
    ),
    Case(
        "a row that leaves a ranking, and one that enters it",
        [*ranked(BOM, "1350", "1", "표 4"), *ranked(YEOREUM, "1290", "10", "표 4")],
        [*ranked(BOM, "1351", "1", "표 7"), *ranked(NARU, "1300", "9", "표 7")],
        {
            ("value_changed", "봄-2", "hasMetric"),
            ("dropped", "여름-1", "hasMetric"),
            ("new", "나루 3", "hasMetric"),
            ("new", "하나칩", "develops"),
        },
    ),
    Case(
        "a table that recurs is missed when it is gone",
        [price("1.71", "현물"), price("1.35", "고정 거래")],
        [say(HANA, "partnersWith", DURI)],
        {("dropped", "D램 16Gb", "hasMetric"), ("new", "하나칩", "partnersWith")},
        before=(price("1.80", "현물"), price("1.35", "고정 거래")),
    ),
    Case(
        "a table that was printed once is not missed",
        [price("1.71", "현물"), price("1.35", "고정 거래")],
        [say(HANA, "partnersWith", DURI)],
        {("new", "하나칩", "partnersWith")},
        alone=True,
    ),
    Case(
        "prose that is not repeated is no news",
        [metric(HANA, "영업이익", "8", period="2024-Q4"), say(HANA, "acquires", DURI)],
        [],
        set(),
        before=(metric(HANA, "영업이익", "7", period="2024-Q4"),),
    ),
    Case(
        "who releases a thing has developed it: that it develops is no news of its own",
        [say(HANA, "releases", NARU)],
        [say(HANA, "develops", NARU)],
        set(),
        again=1,
    ),
    Case(
        "a new release is told once",
        [],
        [say(HANA, "releases", NARU), say(HANA, "develops", NARU)],
        {("new", "하나칩", "releases")},
    ),
    Case(
        "a fact told again as the plan it was is no step back",
        [say(HANA, "releases", NARU)],
        [say(HANA, "releases", NARU, modality="plan")],
        set(),
        again=1,
    ),
    Case(
        "a rumour that becomes a plan, under another name of the company",
        [say(HANA, "acquires", DURI, modality="rumour")],
        [say(replace(HANA, label="하나칩스"), "acquires", DURI, modality="plan")],
        {("status_changed", "하나칩스", "acquires")},
    ),
    Case(
        "a report of one purchase, and the denial of any of its kind beside the report",
        [say(HANA, "purchases", DURI_CHIPS, modality="rumour", amount="70억 달러")],
        [say(HANA, "purchases", AI_CHIPS, modality="denied", amount="120억 달러"),
         say(HANA, "purchases", DURI_CHIPS, modality="rumour", amount="70억 달러")],
        {("reversed", "하나칩", "purchases")},
        alone=True,
    ),
    Case(
        "what is denied of a named chip says nothing of other chips",
        [say(HANA, "purchases", DURI_CHIPS, modality="rumour")],
        [say(HANA, "purchases", NARU, modality="denied")],
        {("new", "하나칩", "purchases")},
    ),
    Case(
        "talks that become something made together",
        [say(HANA, "partnersWith", SAE, modality="rumour", status="협의 중(소문)")],
        [say(SAE, "coDevelops", NARU, modality="rumour", partner="하나칩스")],
        {("status_changed", "새클라우드", "coDevelops")},
        alone=True,
    ),
    Case(
        "talks with one, and something made with another",
        [say(HANA, "partnersWith", SAE, modality="rumour", status="협의 중")],
        [say(SAE, "coDevelops", NARU, partner="두리전자")],
        {("new", "새클라우드", "coDevelops")},
    ),
    Case(
        "what a model was trained on, told as what it used",
        [say(BOM, "trainedOn", NARU, quantity="2,000개")],
        [say(BOM, "uses", NARU, quantity="2,000개")],
        set(),
        again=1,
    ),
    Case(
        "what two make together is told once, of the one and of the other",
        [],
        [say(HANA, "coDevelops", NARU, partner="두리전자"),
         say(DURI, "coDevelops", NARU, partner="하나칩")],
        {("new", "두리전자", "coDevelops")},
        alone=True,
    ),
    Case(
        "an outlay told again as a plan, and as what goes into a building",
        [say(HANA, "hasMetric", number="80", currency="USD", metric="투자", modality="plan")],
        [say(HANA, "hasMetric", number="80", currency="USD", metric="목표", modality="plan"),
         say(HANA, "hasMetric", number="90", currency="USD", metric="설비투자", period="2025"),
         say(HANA, "investsIn", SAE, number="90", currency="USD")],
        {("new", "하나칩", "hasMetric")},
        again=1,
    ),
    Case(
        "a sentence quoted beside the relation that it tells",
        [],
        [say(HANA, "acquires", DURI), say(HANA, "states", text="두리전자를 인수했다")],
        {("new", "하나칩", "acquires"), ("new", "하나칩", "states")},  # two places: two claims
    ),
    Case(
        "a table's figure without its period is that of the text",
        [],
        [metric(HANA, "매출", "12", period="2024-Q4"), metric(HANA, "매출", "12")],
        {("new", "하나칩", "hasMetric")},
    ),
    Case(
        "a floor is the figure that it hedges, another figure is none",
        [metric(HANA, "매출", "12"), metric(DURI, "매출", "12")],
        [say(HANA, "hasMetric", text="12 이상", number="12", metric="매출"),
         metric(DURI, "매출", "13")],
        {("value_changed", "두리전자", "hasMetric")},
        again=1,
    ),
    Case(
        "whom somebody was to join, and the body joined under another description",
        [say(HANA, "partOf", Entity("x_우대등급", "Organization", "우대국 등급"), modality="forecast")],
        [say(HANA, "partOf", Entity("x_9개회원국", "Organization", "9개 회원국 모임"))],
        {("new", "하나칩", "partOf")},  # no word in common but a number
    ),
    Case(
        "a forecast of joining that came true",
        [say(HANA, "partOf", Entity("x_우대명단", "Organization", "우대국 명단"), modality="plan")],
        [say(HANA, "partOf", Entity("x_9개명단", "Organization", "9개 기업 명단"))],
        {("status_changed", "하나칩", "partOf")},
        alone=True,
    ),
    Case(
        "the metric that a relation says by itself tells no two sizes apart",
        [say(SAE, "marketSize", number="9", metric="시장 규모", period="2027")],
        [say(SAE, "marketSize", number="9", period="2027")],
        set(),
        again=1,
    ),
    Case(
        "a row whose status stays says that the plan stands, whatever a sentence tells of it",
        [say(HANA, "releases", NARU, modality="plan", status="예고")],
        [say(HANA, "releases", NARU, modality="plan", status="예고"), say(HANA, "releases", NARU)],
        set(),
        again=1,
    ),
    Case(
        "a day is the same in whatever words a calendar tells it, and when it has passed",
        [say(HANA, "hasMetric", text="1.29", metric="실적발표 예정일", date="2025-01-29",
             modality="plan"),
         say(DURI, "hasMetric", text="1.29", metric="실적발표 예정일", date="2025-01-29")],
        [say(HANA, "hasMetric", text="분기 실적", metric="실적발표 예정일", date="2025-01-29"),
         say(DURI, "hasMetric", text="1.30", metric="실적발표 예정일", date="2025-01-30")],
        {("value_changed", "두리전자", "hasMetric")},
        again=1,
    ),
    Case(
        "a deal with a unit, told of the company that it is part of",
        [say(HANA, "partnersWith", SAE_UNIT), say(DURI, "partnersWith", HANA)],
        [say(HANA, "partnersWith", SAE), say(DURI, "partnersWith", SAE)],
        {("new", "두리전자", "partnersWith")},
        again=1,
        alone=True,
    ),
    Case(
        "an open date that is set, and a date that is put off",
        [say(PLAN, "hasMetric", text="미정", metric="목표 시점", modality="plan"),
         say(OTHER_PLAN, "hasMetric", text="3월", metric="목표 시점", period="2025-03",
             modality="plan")],
        [say(PLAN, "hasMetric", text="하반기", metric="목표 시점", period="2025-H2", modality="plan"),
         say(OTHER_PLAN, "hasMetric", text="5월", metric="목표 시점", period="2025-05",
             modality="plan")],
        {("value_changed", "나루 3 출시", "hasMetric"),
         ("value_changed", "봄-2 공개", "hasMetric")},
    ),
    Case(
        "what is due in words of the week is not put off by other words",
        [say(PLAN, "hasMetric", text="2주쯤 뒤", metric="목표 시점", modality="plan")],
        [say(PLAN, "hasMetric", text="이번 주말", metric="목표 시점", modality="plan")],
        set(),
        again=1,
    ),
    Case(
        "the rate beside a price goes with it, whatever the column calls it",
        [say(DRAM, "hasMetric", number="5.1", currency="USD", metric="가격",
             cell=("표 1", "D램", "가격")),
         say(DRAM, "hasMetric", number="1.2", unit="%", metric="가격 전주비",
             cell=("표 1", "D램", "전주비"))],
        [say(DRAM, "hasMetric", number="5.2", currency="USD", metric="가격",
             cell=("표 1", "D램", "가격")),
         say(DRAM, "hasMetric", number="2.0", unit="%", metric="가격 전주비",
             cell=("표 1", "D램", "전주비"))],
        {("value_changed", "D램 16Gb", "hasMetric")},
    ),
    Case(
        "an estimate that becomes a result of another size is a changed value",
        [metric(HANA, "매출", "100", period="2024-Q4"),
         say(DURI, "hasMetric", number="80", metric="매출", period="2024-Q4", modality="forecast")],
        [metric(HANA, "매출", "100", period="2024-Q4"),
         metric(DURI, "매출", "83", period="2024-Q4")],
        {("value_changed", "두리전자", "hasMetric")},
        again=1,
    ),
    Case(
        "an estimate that becomes a result of the same size is a status",
        [say(DURI, "hasMetric", number="80", metric="매출", period="2024", modality="forecast")],
        [metric(DURI, "매출", "80", period="2024")],
        {("status_changed", "두리전자", "hasMetric")},
    ),
    Case(
        "two supplies of two products",
        [say(DURI, "supplies", SAE, product="메모리")],
        [say(DURI, "supplies", SAE, product="메모리"), say(DURI, "supplies", SAE, product="전원")],
        {("new", "두리전자", "supplies")},
        again=1,
    ),
    Case(
        "two scores in two settings",
        [say(BOM, "scores", SIHEOM, number="70", setting="pass@1")],
        [say(BOM, "scores", SIHEOM, number="70", setting="pass@1"),
         say(BOM, "scores", SIHEOM, number="82", setting="cons@64")],
        {("new", "봄-2", "scores")},
        again=1,
    ),
]  # fmt: skip


def told(changes: list[Change]) -> set[tuple[str, str, str]]:
    found = [(c.kind, c.subject.label, c.predicate) for c in changes if c.kind != "restated"]
    return set(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_told(case: Case) -> None:
    found = diff(at(2, case.old), at(3, case.new), before=at(1, case.before))
    assert told(found) == case.told
    if case.again is not None:
        assert sum(c.kind == "restated" for c in found) == case.again


def test_the_rate_beside_a_price_is_no_change_of_its_own() -> None:
    case = next(c for c in CASES if c.name.startswith("the rate beside a price"))
    found = diff(at(2, case.old), at(3, case.new))
    assert [len(c.details) for c in found] == [1]


def test_a_row_that_leaves_a_table_without_a_label_is_dropped() -> None:
    def week(number: int, *models: Entity) -> list[Claim]:
        made = [metric(model, "점수", "9") for model in models]
        return [
            replace(c, evidence=replace(c.evidence, row=c.subject.label, column="점수"))
            for c in at(number, made)
        ]

    found = diff(week(2, BOM, YEOREUM), week(3, YEOREUM))
    assert told(found) == {("dropped", "봄-2", "hasMetric")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_is_told_of_a_week_against_itself(case: Case) -> None:
    assert told(diff(at(2, case.new), at(3, case.new), before=at(1, case.new))) == set()


def test_every_case_together_is_told_as_each_alone() -> None:
    """The cases do not disturb each other: entities renamed apart, all weeks at once."""
    old: list[Claim] = []
    new: list[Claim] = []
    before: list[Claim] = []
    expected: list[tuple[str, str, str]] = []
    for number, case in enumerate(c for c in CASES if not c.alone):
        for side, claims in ((old, case.old), (new, case.new), (before, case.before)):
            side += [_apart(claim, number) for claim in claims]
        expected += [(kind, f"{label} {number}", p) for kind, label, p in case.told]
    found = diff(at(2, old), at(3, new), before=at(1, before))
    assert sorted(told(found)) == sorted(expected)


def _apart(claim: Claim, number: int) -> Claim:
    """Move a claim into a world of its own: its entities and its tables."""

    def own(entity: Entity) -> Entity:
        return replace(entity, id=f"{entity.id}-{number}", label=f"{entity.label} {number}",
                       label_en=None, aliases=())  # fmt: skip

    evidence = claim.evidence
    if evidence.table:
        row, table = f"{evidence.row} {number}", f"{evidence.table}-{number}"
        evidence = replace(evidence, table=table, row=row)
    more = dict(claim.qualifiers)
    if claim.predicate == "hasMetric" and more["metric"] not in {"상태", "목표 시점", "가격"}:
        more["comparison"] = f"사례 {number}"
    return replace(
        claim,
        subject=own(claim.subject),
        object=own(claim.object) if claim.object else None,
        evidence=evidence,
        qualifiers=more,
    )


def test_a_plan_that_fell_due_and_is_not_mentioned_again_is_dropped() -> None:
    plan = say(HANA, "releases", NARU, modality="plan", date="2025-01-10")
    dates = (dt.date(2025, 1, 6), dt.date(2025, 1, 13))
    assert told(diff(at(2, [plan]), [], dates=dates)) == {("dropped", "하나칩", "releases")}
    assert told(diff(at(2, [plan]), [], dates=(dates[1], dt.date(2025, 1, 20)))) == set()
    done = say(HANA, "releases", NARU, date="2025-01-10")
    assert told(diff(at(2, [plan]), at(3, [done]), dates=dates)) == {
        ("status_changed", "하나칩", "releases")
    }


def test_an_event_of_a_calendar_that_has_passed_is_not_missed() -> None:
    def event(who: Entity, day: str, table: str) -> Claim:
        return say(who, "hasMetric", text="실적 발표", metric="일정", date=day, modality="plan",
                   cell=(table, day, "내용"))  # fmt: skip

    old = [event(HANA, "2025-01-10", "표 1"), event(DURI, "2025-01-30", "표 1")]
    dates = (dt.date(2025, 1, 6), dt.date(2025, 1, 13))
    found = diff(at(2, old), at(3, [event(DURI, "2025-01-30", "표 1")]), dates=dates)
    assert told(found) == set()


def test_a_span_of_weeks_stands_by_its_last_one() -> None:
    old = [*at(1, [metric(HANA, "주가", "100")]), *at(2, [metric(HANA, "주가", "110")])]
    new = [*at(3, [metric(HANA, "주가", "120")]), *at(4, [metric(HANA, "주가", "130")])]
    weeks = {f"w{n}": f"2025-W0{n}" for n in range(1, 5)}
    (change,) = diff(old, new, weeks=weeks)
    assert (change.kind, change.absolute) == ("value_changed", Decimal(20))


def test_editions_of_one_text_drop_what_is_left_out() -> None:
    old = [say(HANA, "acquires", DURI), metric(HANA, "매출", "5", period="2024")]
    assert told(diff(at(2, old), at(3, old[:1]), editions=True)) == {
        ("dropped", "하나칩", "hasMetric")
    }
    assert told(diff(at(2, old), at(3, old[:1]))) == set()


def test_what_a_row_also_shows_goes_with_it() -> None:
    old, new = promise(PLAN, HANA, NARU, "3월", "예고"), promise(PLAN, HANA, NARU, "6월", "앞당김")
    (change,) = diff(at(2, old), at(3, new))
    assert change.kind == "status_changed"
    assert {d.claim.qualifiers["metric"]: d.kind for d in change.details} == {
        "목표 시점": "value_changed",
        "상태": "status_changed",
    }
