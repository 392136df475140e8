"""What holds of every diff: of any two weeks, in any order, as JSON, and in time."""

from __future__ import annotations

import json
import random
import time
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from weeks import BROADCOM, ELO, GOOGLE, MOON, MOON_LATIN, NEW, OLD, SUN, TPU, claim, kinds, price

from kg.claim import Claim, Entity
from kg.diff import diff
from kg.diff_format import to_json
from kg.vocab import PREDICATES

MODALITY = st.sampled_from(["fact", "plan", "forecast", "rumour", "denied"])
CLAIMS = st.builds(
    claim,
    st.sampled_from([BROADCOM, GOOGLE, MOON, MOON_LATIN, SUN]),
    st.sampled_from(
        ["coDevelops", "competesWith", "hasMetric", "scores", "states", "releases", "cancels"]
    ),
    st.sampled_from([TPU, ELO, BROADCOM]),
    st.sampled_from(["1", "2", "30"]) | st.none(),
    text=st.sampled_from(["약 하나", "하나 약", "두 배"]),
    modality=MODALITY,
    table=st.sampled_from([None, "표 1"]),
    start=st.integers(0, 3),
    metric=st.sampled_from(["주가", "매출"]),
    period=st.sampled_from(["", "2025", "2025-01-03"]),
)
WEEKS = st.lists(CLAIMS, max_size=8)


@settings(max_examples=150, deadline=None)
@given(WEEKS)
def test_a_week_differs_in_nothing_from_itself(week: list[Claim]) -> None:
    assert set(kinds(diff(week, week))) <= {"restated"}


@settings(max_examples=100, deadline=None)
@given(WEEKS, WEEKS, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(
    old: list[Claim], new: list[Claim], chance: random.Random
) -> None:
    shuffled = chance.sample(old, len(old)), chance.sample(new, len(new))
    one, two = diff(old, new), diff(*shuffled)
    assert to_json(one, OLD, NEW) == to_json(two, OLD, NEW)


@settings(max_examples=100, deadline=None)
@given(WEEKS, WEEKS)
def test_every_claim_of_the_new_week_is_accounted_for(old: list[Claim], new: list[Claim]) -> None:
    """Save those superseded by a later day's figure."""
    told = {c.id for change in diff(old, new) for c in change.new}
    dated = {c.id for c in new if PREDICATES[c.predicate].functional}
    assert {c.id for c in new} - dated <= told <= {c.id for c in new}


HOSTILE = replace(BROADCOM, id="x_evil", label="<script>alert(1)</script> [x](y) *a*")
SAMPLE = diff(
    [
        price("200", 1),
        claim(GOOGLE, "releases", SUN, modality="plan"),
        claim(SUN, "scores", ELO, "70", unit="%", table="표 2"),
    ],
    [
        price("250", 2),
        claim(BROADCOM, "coDevelops", TPU, week=2, table="표 11", partner="구글"),
        claim(GOOGLE, "releases", SUN, week=2),
        claim(SUN, "scores", ELO, "75", unit="%", table="표 2", week=2),
        claim(HOSTILE, "develops", TPU, week=2),
    ],
)


def test_json_is_the_contract_s() -> None:
    document = json.loads(json.dumps(to_json(SAMPLE, OLD, NEW), ensure_ascii=False))
    assert set(document) == {"old", "new", "changes"}
    assert document["old"]["week"] == "2025-W02"
    assert document["new"]["reports"] == [{"id": "w2", "title": "주간 2호", "date": "2025-01-13"}]
    change = next(c for c in document["changes"] if c["predicate"] == "hasMetric")
    assert change["kind"] == "value_changed"
    assert change["subject"] == {"iri": "https://kg.example/entity/broadcom", "label": "브로드컴"}
    assert change["object"] is None
    assert change["old"]["value"] == {
        "text": "200",
        "min": 200,
        "max": 200,
        "unit": None,
        "currency": "USD",
    }
    assert change["new"]["modality"] == "fact"
    assert (change["absolute"], change["percent"]) == (50, 25)
    (cited,) = change["new"]["citations"]
    assert set(cited) == {
        "n",
        "report",
        "title",
        "date",
        "section",
        "page",
        "printed_page",
        "table",
        "row",
        "column",
        "quote",
        "start",
        "end",
    }
    assert (cited["title"], cited["date"], cited["table"]) == ("주간 2호", "2025-01-13", "표 1")
    new = next(c for c in document["changes"] if c["predicate"] == "coDevelops")
    assert (new["kind"], new["old"], new["object"]["label"]) == ("new", None, "TPU v6")
    numbers = [
        c["n"]
        for x in document["changes"]
        for side in (x["old"], x["new"])
        if side
        for c in side["citations"]
    ]
    assert sorted(set(numbers)) == list(range(1, len(set(numbers)) + 1))


def test_two_thousand_claims_a_week_are_compared_in_seconds() -> None:
    chance = random.Random(7)
    many = [Entity(f"e{i}", "Company", f"회사{i}") for i in range(600)]
    old, new = (
        [
            claim(
                chance.choice(many),
                chance.choice(["hasMetric", "supplies"]),
                chance.choice(many),
                str(i % 99),
                week=w,
                metric=f"m{i % 5}",
                start=i,
            )
            for i in range(2000)
        ]
        for w in (1, 2)
    )
    start = time.process_time()
    found = diff(old, new)
    assert time.process_time() - start < 3
    assert found
