"""Which changes the gold speaks of, and so may be judged by it."""

from __future__ import annotations

from typing import Any

import pytest

from agent.evaluation.changes import about
from agent.evaluation.gold import GoldChange


def side(text: str, **qualifiers: str) -> dict[str, Any]:
    cited = [{"quote": "두리전자와 매출 99"}]
    return {
        "value": {"text": text},
        "qualifiers": qualifiers,
        "modality": "fact",
        "citations": cited,
    }


def change(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "new",
        "subject": {"label": "한빛전자"},
        "predicate": "hasMetric",
        "object": None,
        "old": None,
        "new": side("12", metric="매출", period="2024"),
    } | fields


@pytest.mark.parametrize(
    ("gold", "spoken_of"),
    [
        ({"qualifiers": {"metric": "매출"}}, True),
        ({"qualifiers": {"metric": "매출총이익률"}}, False),
        ({"qualifiers": {"metric": "매출", "period": "2024"}}, True),
        ({"qualifiers": {"metric": "매출", "period": "2025"}}, False),
        ({"qualifiers": {"metric": "매출", "place": "한국"}}, True),  # the change gives no place
        ({"value": {"contains": ["12"]}}, True),
        ({"value": {"contains": ["12"]}, "qualifiers": {"metric": "실적"}}, True),
        ({"value": {"contains": ["13"]}, "qualifiers": {"metric": "실적"}}, False),
        ({"qualifiers": {"period": "2024"}}, True),
        ({"qualifiers": {"rank": "3"}}, False),
        ({"value": {"contains": ["99"]}}, False),  # only what it cites says so
        ({}, False),
        ({"object": ["두리전자"]}, False),
        ({"qualifiers": {"metric": "매출", "condition": "연결"}}, True),
        ({"value": {"contains": ["13"]}, "qualifiers": {"metric": "매출"}}, True),
    ],
)
def test_precision_judges_only_changes_the_gold_speaks_of(
    gold: dict[str, Any], spoken_of: bool
) -> None:
    base = {
        "old": "a",
        "new": "b",
        "kind": "dropped",
        "subject": "한빛전자",
        "predicate": "hasMetric",
    }
    assert about(GoldChange.model_validate(base | gold), change()) is spoken_of


MADE = {"predicate": "releases", "object": {"label": "나루 3"}}


@pytest.mark.parametrize(
    ("gold", "changed", "spoken_of"),
    [
        ({}, {}, True),
        ({"object": ["나루 3", "Naru 3"]}, {}, True),
        ({"object": ["나루 3 Pro"]}, {}, False),
        ({"object": ["나루"]}, {}, False),
        ({"object": ["새 나루 3"]}, {}, True),
        ({"subject": "한빛"}, {"object": {"label": "다온"}, "subject": {"label": "한빛"}}, False),
        ({"qualifiers": {"date": "2025-01-06"}}, {}, True),
        ({"qualifiers": {"date": "2025-01-06"}}, {"new": side("", date="2025-01-30")}, False),
        ({"qualifiers": {"date": "2025-01-30"}}, {"new": side("", date="2025-01-30")}, True),
        (
            {"predicate": "hasMetric", "object": None, "qualifiers": {"metric": "매출"}},
            {"predicate": "hasMetric", "new": side("7", metric="매출", condition="별도")},
            False,
        ),
        (
            {"value": {"contains": ["12조"]}, "predicate": "hasMetric", "object": None}
            | {"qualifiers": {"metric": "매출"}},
            {
                "predicate": "hasMetric",
                "new": side("매출 12조 제시", metric="한 줄 평")
                | {"value": {"text": "매출 12조 제시", "min": None, "max": None}},
            },
            False,
        ),
    ],
)
def test_another_version_day_or_row_is_another_thing(
    gold: dict[str, Any], changed: dict[str, Any], spoken_of: bool
) -> None:
    base = {"old": "a", "new": "b", "kind": "new", "subject": "한빛전자", **MADE}
    base["object"] = ["나루 3"]
    changed = {**MADE, "new": side(""), **changed}
    assert about(GoldChange.model_validate(base | gold), change(**changed)) is spoken_of
