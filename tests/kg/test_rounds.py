"""Rounds of funding in two weeks: one round that changes, and another beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.claim import Claim, Entity, Evidence, Value
from kg.diff import diff
from kg.superseded import superseded

NURI = Entity("nuri", "Company", "누리랩", curated=True)


def row(week: int, sum_: str, when: str, status: str) -> list[Claim]:
    """A row of a table of rounds: how much, and how far it has come."""

    def cell(metric: str, value: Value) -> Claim:
        quote = f"{value.text} {metric}"
        evidence = Evidence(
            f"w{week}",
            ("I. 자금",),
            quote,
            0,
            len(quote),
            table="표 3",
            row="누리랩",
            column=metric,
        )
        given = {"metric": metric, "period": when}
        return Claim(NURI, "hasMetric", None, value, evidence, given)

    amount = Decimal(sum_)
    money = Value(sum_, amount, amount, None, "USD")
    return [cell("조달액", money), cell("상태", Value(status))]


def told(old: list[Claim], new: list[Claim]) -> dict[str, str]:
    found = [c for change in diff(old, new) for c in (change, *change.details)]
    return {c.claim.qualifiers["metric"]: c.kind for c in found}


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (
            ("30", "2024-05", "완료"),
            ("90", "2024-11", "협상 중"),
            {"조달액": "new", "상태": "new"},
        ),
        (
            ("30", "2024-05", "협상 중"),
            ("90", "2024-11", "완료"),
            {"조달액": "new", "상태": "new"},
        ),
        (
            ("90", "2024-10", "협상 중"),
            ("90", "2024-11", "마무리 단계"),
            {"조달액": "restated", "상태": "status_changed"},
        ),
        (
            ("90", "2024-11", "협상 중"),
            ("80", "2024-11", "완료"),
            {"조달액": "value_changed", "상태": "status_changed"},
        ),
        (
            ("90", "2024-11", "완료"),
            ("90", "2024-11", "다시 협상"),
            {"조달액": "restated", "상태": "reversed"},
        ),
        (
            ("90", "2024-11", "검토"),
            ("90", "2024-11", "완료 예정"),
            {"조달액": "restated", "상태": "status_changed"},
        ),
    ],
)
def test_a_round_is_told_by_its_sum_and_its_time(old, new, kinds):
    assert told(row(1, *old), row(2, *new)) == kinds


def test_a_later_round_supersedes_nothing_of_an_earlier_one():
    claims = row(1, "30", "2024-05", "완료") + row(2, "90", "2024-11", "협상 중")
    assert superseded(claims, {"w1": "2024-12-02", "w2": "2024-12-09"}) == {}


def test_another_sum_of_the_same_round_supersedes():
    first, second = row(1, "30", "2024-05", "완료"), row(2, "35", "2024-05", "완료")
    found = superseded(first + second, {"w1": "2024-12-02", "w2": "2024-12-09"})
    assert [claim.value.text for claim in found.values()] == ["35"]
