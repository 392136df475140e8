"""Two weeks to compare, and the claims that tests put into them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from kg.claim import Claim, Entity, Evidence, Modality, Value
from kg.diff import Change

BROADCOM = Entity("broadcom", "Company", "브로드컴", "Broadcom", ("브로드콤",), "AVGO", True)
GOOGLE = Entity("google", "Company", "구글", "Google", (), None, True)
TPU = Entity("tpu-v6", "Chip", "TPU v6", None, (), None, True)
ELO = Entity("x_elo", "Benchmark", "ELO")
MOON = Entity("x_문베이스", "Company", "문베이스", None, ("MoonBase",))
MOON_LATIN = Entity("x_moonbase", "Company", "MoonBase")
SUN = Entity("x_sun", "Model", "썬 1")


@dataclass(frozen=True)
class Info:
    id: str
    title: str
    date: dt.date


OLD = [Info("w1", "주간 1호", dt.date(2025, 1, 6))]
NEW = [Info("w2", "주간 2호", dt.date(2025, 1, 13))]


def claim(
    subject: Entity = BROADCOM,
    predicate: str = "coDevelops",
    object: Entity | None = None,
    number: str | None = None,
    *,
    text: str | None = None,
    unit: str | None = None,
    currency: str | None = None,
    week: int = 1,
    modality: Modality = "fact",
    table: str | None = None,
    by: str | None = None,
    start: int = 0,
    **qualifiers: str,
) -> Claim:
    value = None
    if number is not None:
        value = Value(
            text or f"{number}{unit or ''}", Decimal(number), Decimal(number), unit, currency
        )
    elif text is not None:
        value = Value(text)
    quote = f"{subject.label}에 관한 {week}주 문장"
    evidence = Evidence(f"w{week}", ("I. 반도체",), quote, start, start + len(quote), table=table)
    return Claim(subject, predicate, object, value, evidence, qualifiers, modality, by)


def kinds(changes: list[Change]) -> list[str]:
    return [c.kind for c in changes]


def price(number: str, week: int, metric: str = "주가", **more: str) -> Claim:
    return claim(
        BROADCOM,
        "hasMetric",
        number=number,
        currency="USD",
        week=week,
        table="표 1",
        metric=metric,
        **more,
    )
