"""Two weeks compared: every kind of change, and nothing where nothing changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from weeks import BROADCOM, ELO, GOOGLE, MOON, MOON_LATIN, SUN, TPU, claim, kinds, price

from kg.claim import Entity, Modality, Value
from kg.diff import KINDS, diff
from kg.statements import bag
from kg.statements import settings as weights
from kg.vocab import PREDICATES, QUALIFIERS


def test_weekly_figures_matter_less() -> None:
    found = diff([price("100", 1)], [price("101", 2), claim(TPU, "variantOf", TPU, week=2)])
    assert kinds(found) == ["new", "value_changed"]


def test_new_and_the_only_one() -> None:
    found = diff([], [claim(object=TPU, week=2)])
    assert kinds(found) == ["new"]
    assert found[0].old == ()
    assert found[0].new[0].object == TPU


def test_said_again_under_another_name() -> None:
    assert kinds(diff([claim(MOON, object=TPU)], [claim(MOON_LATIN, object=TPU, week=2)])) == [
        "restated"
    ]


def test_two_entities_of_one_name_but_another_class_stay_apart() -> None:
    namesake = replace(MOON_LATIN, cls="Model")
    assert kinds(diff([claim(MOON, object=TPU)], [claim(namesake, object=TPU, week=2)])) == ["new"]


def test_a_discovered_name_leads_to_the_curated_entity() -> None:
    found = diff(
        [claim(BROADCOM, object=TPU)],
        [claim(Entity("x_브로드콤", "Company", "브로드콤"), object=TPU, week=2)],
    )
    assert kinds(found) == ["restated"]


def test_a_value_changes_with_its_percent() -> None:
    (change,) = diff([price("200", 1)], [price("250", 2)])
    assert change.kind == "value_changed"
    assert (change.absolute, change.percent) == (Decimal(50), Decimal("25.0"))


def test_a_fall_from_a_range_counts_by_the_middle() -> None:
    old = replace(
        price("0", 1), value=Value("75만~85만 대", Decimal(750000), Decimal(850000), "대")
    )
    new = replace(price("0", 2), value=Value("60만 대", Decimal(600000), Decimal(600000), "대"))
    (change,) = diff([old], [new])
    assert (change.absolute, change.percent) == (Decimal(-200000), Decimal("-25.0"))


def test_no_percent_of_nothing_nor_between_currencies() -> None:
    (change,) = diff([price("0", 1)], [price("10", 2)])
    assert (change.absolute, change.percent) == (Decimal(10), None)
    won = replace(price("10", 2), value=Value("10원", Decimal(10), Decimal(10), None, "KRW"))
    (change,) = diff([price("5", 1)], [won])
    assert (change.kind, change.absolute, change.percent) == ("value_changed", None, None)


def test_the_same_number_written_otherwise_is_restated() -> None:
    old = claim(
        BROADCOM,
        "hasMetric",
        number="16000000000",
        text="160억 달러",
        currency="USD",
        metric="매출",
        period="2025",
    )
    new = claim(
        BROADCOM,
        "hasMetric",
        number="16000000000.0",
        text="16 billion달러",
        currency="USD",
        week=2,
        metric="매출",
        period="2025",
    )
    assert kinds(diff([old], [new])) == ["restated"]


def test_white_space_and_word_order_are_no_change() -> None:
    old = claim(BROADCOM, "hasMetric", text="두 배 늘어난 매출", metric="AI 칩 매출")
    new = claim(BROADCOM, "hasMetric", text="매출 두배  늘어난", week=2, metric="AI칩  매출")
    assert kinds(diff([old], [new])) == ["restated"]
    assert bag("2012년") != bag("2021년")
    assert bag("-5%") != bag("5%")
    assert bag("▲3") != bag("▼3")
    assert bag("GPT-4 대비 -5 %") == bag("-5% GPT 4 대비")


def test_another_period_is_another_figure() -> None:
    found = diff(
        [claim(BROADCOM, "hasMetric", number="1", metric="매출", period="2024")],
        [claim(BROADCOM, "hasMetric", number="2", week=2, metric="매출", period="2025")],
    )
    assert kinds(found) == ["new"]


def test_the_day_of_measuring_is_no_period() -> None:
    found = diff([price("200", 1, period="2025-01-03")], [price("210", 2, period="2025-01-10")])
    assert [(c.kind, c.percent) for c in found] == [("value_changed", Decimal("5.0"))]


def test_of_several_days_the_last_counts() -> None:
    old = [price("190", 1, period="2024-12-27"), price("200", 1, period="2025-01-03")]
    (change,) = diff(old, [price("210", 2, period="2025-01-10")])
    assert change.absolute == Decimal(10)


def test_two_values_in_one_week_tell_no_change() -> None:
    found = diff([price("200", 1)], [price("210", 2), price("220", 2)])
    assert kinds(found) == ["new", "new"]
    found = diff([price("200", 1)], [price("200", 2), price("220", 2)])
    assert sorted(kinds(found)) == ["new", "restated"]


def test_forecasts_of_two_houses_are_no_change() -> None:
    old = claim(BROADCOM, "marketShare", number="60", unit="%", modality="forecast", by="가 리서치")
    new = claim(
        BROADCOM, "marketShare", number="70", unit="%", modality="forecast", by="나 리서치", week=2
    )
    assert kinds(diff([old], [new])) == ["new"]
    assert kinds(diff([old], [replace(new, attributed_to="가 리서치")])) == ["value_changed"]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("plan", "fact", "status_changed"),
        ("rumour", "fact", "status_changed"),
        ("rumour", "plan", "status_changed"),
        ("rumour", "denied", "reversed"),
        ("denied", "rumour", "status_changed"),
        ("opinion", "denied", "status_changed"),
        ("fact", "denied", "reversed"),
        ("plan", "denied", "reversed"),
        ("forecast", "denied", "reversed"),
        ("denied", "fact", "reversed"),
        ("rumour", "forecast", "restated"),
        ("fact", "fact", "restated"),
    ],
)
def test_modality(old: Modality, new: Modality, kind: str) -> None:
    was = claim(BROADCOM, "acquires", GOOGLE, modality=old)
    now = claim(BROADCOM, "acquires", GOOGLE, modality=new, week=2)
    assert kinds(diff([was], [now])) == [kind]


def test_a_plan_told_beside_the_fact_is_done() -> None:
    now = [claim(object=TPU, week=2), claim(object=TPU, week=2, modality="plan", start=90)]
    (change,) = diff([claim(object=TPU, modality="plan")], now)
    assert change.kind == "status_changed"
    assert len(change.new) == 2
    (change,) = diff(now, [claim(object=TPU, modality="plan", week=3)])
    assert change.kind == "restated"


def test_cancelled_after_planned() -> None:
    found = diff(
        [claim(GOOGLE, "releases", SUN, modality="plan")], [claim(GOOGLE, "cancels", SUN, week=2)]
    )
    assert [(c.kind, c.predicate) for c in found] == [("reversed", "cancels")]
    assert found[0].old[0].predicate == "releases"


def test_a_postponed_plan_changes_its_date() -> None:
    (change,) = diff(
        [claim(GOOGLE, "releases", SUN, modality="plan", date="2025-06")],
        [claim(GOOGLE, "releases", SUN, modality="plan", date="2025-09", week=2)],
    )
    assert change.kind == "value_changed"
    assert [c[0].qualifiers["date"] for c in (change.old, change.new)] == ["2025-06", "2025-09"]


def test_two_dated_events_are_two() -> None:
    found = diff(
        [claim(GOOGLE, "investsIn", MOON, date="2024-03")],
        [claim(GOOGLE, "investsIn", MOON, date="2025-01", week=2)],
    )
    assert kinds(found) == ["new"]


def test_a_symmetric_pair_has_no_order() -> None:
    found = diff(
        [claim(GOOGLE, "competesWith", BROADCOM)], [claim(BROADCOM, "competesWith", GOOGLE, week=2)]
    )
    assert kinds(found) == ["restated"]
    found = diff(
        [claim(GOOGLE, "acquires", BROADCOM)], [claim(BROADCOM, "acquires", GOOGLE, week=2)]
    )
    assert kinds(found) == ["new"]


def test_a_rank_alone_can_change() -> None:
    old = claim(SUN, "scores", ELO, table="표 2", rank="3")
    new = claim(SUN, "scores", ELO, table="표 2", rank="1", week=2)
    (change,) = diff([old], [new])
    assert (change.kind, change.absolute) == ("value_changed", Decimal(-2))


def test_dropped_from_a_table_that_recurs_only() -> None:
    rows = [
        claim(SUN, "scores", ELO, "1300", table="표 2"),
        claim(GOOGLE, "scores", ELO, "1200", table="표 2"),
    ]
    again = claim(GOOGLE, "scores", ELO, "1200", table="표 3", week=2)
    assert sorted(kinds(diff(rows, [again]))) == ["dropped", "restated"]
    assert diff(rows, []) == []


def test_prose_not_repeated_is_not_dropped() -> None:
    assert diff([claim(object=TPU)], [claim(GOOGLE, "releases", SUN, week=2)])[0].kind == "new"
    assert (
        diff([claim(object=TPU), claim(BROADCOM, "hasMetric", number="5", metric="직원 수")], [])
        == []
    )


def test_a_dated_plan_repeated_weekly_can_be_dropped() -> None:
    plan = claim(GOOGLE, "releases", SUN, modality="plan", date="2025-06", week=1)
    assert diff([plan], []) == []
    earlier = claim(GOOGLE, "releases", SUN, modality="plan", date="2025-06", week=0)
    assert kinds(diff([plan], [], before=[earlier])) == ["dropped"]


def test_back_after_weeks_away_is_not_new() -> None:
    (change,) = diff(
        [],
        [claim(object=TPU, week=5)],
        before=[claim(object=TPU, week=0), claim(object=TPU, week=2)],
    )
    assert (change.kind, change.back) == ("restated", "w2")
    (change,) = diff([], [price("250", 5)], before=[price("200", 0)])
    assert (change.kind, change.back, change.percent) == ("value_changed", "w0", Decimal("25.0"))


def test_a_qualifier_only_one_week_gives_is_no_change_for_a_relation() -> None:
    found = diff([claim(object=TPU)], [claim(object=TPU, week=2, generation="6세대")])
    assert kinds(found) == ["restated"]
    found = diff([claim(object=TPU, partner="구글")], [claim(object=TPU, week=2, partner="메타")])
    assert kinds(found) == ["new"]


def test_statements_are_compared_by_their_words() -> None:
    old = claim(GOOGLE, "states", text="칩이 부족하다", topic="공급")
    assert kinds(
        diff([old], [claim(GOOGLE, "states", text="칩이  부족하다", week=2, topic="공급")])
    ) == ["restated"]
    assert kinds(
        diff([old], [claim(GOOGLE, "states", text="칩이 남는다", week=2, topic="공급")])
    ) == ["new"]


def test_what_matters_comes_first() -> None:
    found = diff(
        [price("100", 1, metric="매출"), claim(BROADCOM, "acquires", GOOGLE)],
        [
            price("101", 2, metric="매출"),
            claim(BROADCOM, "acquires", GOOGLE, modality="denied", week=2),
            claim(TPU, "variantOf", TPU, week=2),
        ],
    )
    assert kinds(found) == ["reversed", "value_changed", "new"]
    small, large = (
        diff([price("100", 1)], [price("101", 2)])[0],
        diff([price("100", 1)], [price("180", 2)])[0],
    )
    assert small.score < large.score


def test_the_settings_are_of_one_mind() -> None:
    own = weights()
    assert not set(own["standing"]) & set(own["due"])
    former, present = (set(own["bases"][side]) for side in ("former", "present"))
    assert not former & present
    assert {p for way in own["implies"].items() for p in (way[0], *way[1])} <= set(PREDICATES)
    words = [word for group in own["synonyms"] for word in group]
    assert len(words) == len(set(words))
    assert all(low <= high for low, high in own["exchange"].values())


def test_weights_cover_every_kind_and_relation() -> None:
    assert set(weights()["kinds"]) == set(KINDS)
    assert set(weights()["relations"]) == set(PREDICATES)
    assert set(weights()["measures"]) | set(weights()["distinguishing"]) <= set(QUALIFIERS)


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("구글의 썬 1", []),
        ("구글 썬 1을 사용해 왔음", []),
        ("구글이 썬 1을 개발했다", ["new"]),
    ],
)
def test_a_thing_called_by_its_maker_is_no_news(quote: str, kind: list[str]) -> None:
    told = claim(GOOGLE, "develops", SUN, week=2)
    told = replace(told, evidence=replace(told.evidence, quote=quote))
    assert kinds(diff([claim(object=TPU)], [told])) == kind


def test_where_a_new_plant_stands_is_no_news_of_its_own() -> None:
    plant, here = Entity("sun-fab", "Facility", "썬 공장"), Entity("here", "Place", "어디시")
    built = claim(SUN, "builds", plant, week=2, place="어디시")
    place = claim(plant, "locatedIn", here, week=2)
    assert kinds(diff([claim(object=TPU)], [built, place])) == ["new"]
    assert kinds(diff([claim(object=TPU)], [place])) == ["new"]
    elsewhere = claim(SUN, "builds", plant, week=2, place="딴 곳")
    assert kinds(diff([claim(object=TPU)], [elsewhere, place])) == ["new", "new"]
