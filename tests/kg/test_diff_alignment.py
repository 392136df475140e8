"""Two weeks whose claims are made by hand, as a perfect extraction would make them.

Each case is a pair of weeks and all that an analyst would be told of them, no more: what
is wrong here is the aligner's fault and nobody else's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import event_cases
import figure_cases
import pytest
from alignment import BOM, DURI, HANA, NARU, PLAN, YEOREUM, Case, at, metric, promise, say

from kg.claim import Claim, Entity
from kg.diff import Change, diff

CASES = [*figure_cases.CASES, *event_cases.CASES]


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
