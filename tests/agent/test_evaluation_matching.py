from __future__ import annotations

from typing import Any

import pytest

from agent.evaluation.gold import GoldChange, GoldClaim, GoldQuestion, Place
from agent.evaluation.matching import (
    Said,
    answer_matches,
    change_matches,
    citation_matches,
    claim_matches,
    names_match,
    near,
    norm,
)


def question(answers: list[list[str]], *forbidden: str) -> GoldQuestion:
    return GoldQuestion.model_validate(
        {"id": "q", "question": "?", "type": "lookup", "answers": answers, "not": list(forbidden)}
    )


def said(
    subject: str,
    predicate: str,
    target: str | None = None,
    value: str | None = None,
    quote: str = "인용",
    **qualifiers: str,
) -> Said:
    return Said.of(
        {
            "subject": {"label": subject},
            "predicate": predicate,
            "object": None if target is None else {"label": target},
            "value": None if value is None else {"text": value, "min": None},
            "qualifiers": qualifiers,
            "evidence": {"quote": quote},
        }
    )


def gold(**fields: Any) -> GoldClaim:
    base = {"id": "c", "doc": "d", "subject": ["한빛전자"], "predicate": "supplies", "quote": "q"}
    return GoldClaim.model_validate(base | fields)


def test_norm_drops_case_space_commas_and_dashes_but_not_points() -> None:
    assert norm("ＧＰＴ-4o 1,234.5 ~ 2–3") == "gpt4o1234.523"


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("한빛전자는 1,200억 원을 냈습니다.", True),
        ("한빛 전자, 1200억", True),
        ("한빛전자입니다.", False),
        ("한빛전자가 1,200억 원, 두리전자는 아닙니다.", False),
    ],
)
def test_an_answer_needs_each_part_and_nothing_forbidden(answer: str, right: bool) -> None:
    wanted = question([["한빛전자", "Hanbit"], ["1,200억"]], "두리전자")
    assert answer_matches(wanted, answer) is right


@pytest.mark.parametrize(
    ("label", "match"),
    [
        ("한빛전자", True),
        ("한빛전자 (HBT)", True),
        ("한빛", True),  # inside the longer name
        ("한", False),  # one character is in too much
        ("두리전자", False),
        (None, False),
    ],
)
def test_names_match_whole_or_one_inside_the_other(label: str | None, match: bool) -> None:
    assert names_match(["한빛전자"], label) is match


def test_a_name_of_two_characters_matches_only_whole() -> None:
    assert names_match(["o3"], "O3")
    assert not names_match(["o3"], "o3-mini")


def test_near_predicates_are_those_of_every_group() -> None:
    assert near(("ships",)) == {"ships", "supplies", "purchases", "produces", "manufactures"}
    assert near(("worksFor",)) == {"worksFor"}


PLACES = (
    Place(section="^I\\. 개요"),
    Place(table="표 3"),
    Place(page=4),
    Place(quote="두 배"),
)
CITATION = {"section": ["II. 본문"], "table": None, "page": None, "quote": "절반"}


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({}, False),
        ({"section": ["I. 개요", "(1) 요약"]}, True),
        ({"section": ["0. 서문", "I. 개요"]}, False),
        ({"table": "표3"}, True),
        ({"page": 4}, True),
        ({"page": 3}, False),
        ({"quote": "매출이 두 배로"}, True),
    ],
)
def test_one_field_of_one_place_is_enough(change: dict[str, Any], match: bool) -> None:
    assert citation_matches(PLACES, CITATION | change) is match


def test_a_table_may_be_given_as_a_regex() -> None:
    places = (Place(table=r"표\s*3(?!\d)"),)
    assert citation_matches(places, CITATION | {"table": "표 3"})
    assert not citation_matches(places, CITATION | {"table": "표 31"})


@pytest.mark.parametrize(
    ("one", "match"),
    [
        (said("한빛전자", "supplies", "두리전자"), True),
        (said("한빛전자", "purchases", "두리전자"), True),
        (said("두리전자", "purchases", "한빛전자"), True),  # the other way round
        (said("한빛전자", "supplies", "세모칩", counterparty="두리전자"), True),
        (said("한빛전자", "supplies", "세모칩"), False),
        (said("한빛전자", "acquires", "두리전자"), False),
        (said("세모칩", "supplies", "두리전자"), False),
    ],
)
def test_a_claim_matches_by_relation_and_names(one: Said, match: bool) -> None:
    assert claim_matches(gold(object=["두리전자"]), one) is match


def test_a_value_may_stand_in_value_or_qualifiers_but_not_in_the_quote_alone() -> None:
    wanted = gold(predicate="hasMetric", value={"contains": ["75만~80만"]})
    assert claim_matches(wanted, said("한빛전자", "hasMetric", value="75만∼80만 대"))
    assert claim_matches(wanted, said("한빛전자", "hasMetric", quantity="75만-80만 대"))
    assert not claim_matches(wanted, said("한빛전자", "hasMetric", value="90만", quote="75만~80만"))


def change(**fields: Any) -> dict[str, Any]:
    side = {
        "value": {"text": "1,980억 원"},
        "qualifiers": {"metric": "매출"},
        "modality": "fact",
        "citations": [],
    }
    return {
        "kind": "new",
        "subject": {"label": "한빛전자"},
        "predicate": "hasMetric",
        "object": None,
        "old": None,
        "new": side,
    } | fields


def gold_change(**fields: Any) -> GoldChange:
    base = {
        "old": "a",
        "new": "b",
        "kind": "new",
        "subject": "한빛전자",
        "predicate": ["marketSize"],
        "value": {"contains": ["1980억"]},
    }
    return GoldChange.model_validate(base | fields)


def test_a_change_needs_kind_predicate_side_and_value() -> None:
    assert change_matches(gold_change(), change())
    assert change_matches(
        gold_change(), change(subject={"label": "시장"}, object={"label": "한빛전자"})
    )
    assert not change_matches(gold_change(), change(kind="dropped"))
    assert not change_matches(gold_change(), change(predicate="acquires"))
    assert not change_matches(gold_change(), change(subject={"label": "두리전자"}))
    assert not change_matches(gold_change(value={"contains": ["2,000억"]}), change())


def test_a_quotation_mark_anchors_a_short_figure() -> None:
    assert not change_matches(gold_change(value={"contains": ['"80']}), change())
    assert change_matches(gold_change(value={"contains": ['"1,980']}), change())
