"""What the cases of two weeks are made of: entities, claims, and what should be told of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.claim import Claim, Entity, Evidence, Modality, Value

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
    return say(subject, "hasMetric", number=number, metric=name, **more)  # type: ignore[arg-type]  # keywords passed on


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
