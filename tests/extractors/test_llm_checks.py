"""What of a model's answer is believed, claim by claim."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.llm.checks import Checker, Unbelieved
from extractors.llm.names import ReportNames, is_name
from extractors.llm.prompt import Request
from extractors.llm.relations import load_guide

BOUGHT = {
    "predicate": "acquires",
    "subject": "다온로보틱스",
    "subject_class": "Company",
    "object": "나루메카닉스",
    "object_class": "Company",
    "value": "",
    "modality": "fact",
    "attributed_to": "",
    "qualifiers": [{"name": "date", "text": "지난달"}],
    "quote": "다온로보틱스가 지난달 나루메카닉스를 품에 안았다",
}
SCORED = BOUGHT | {
    "predicate": "scores",
    "subject": "다온LM-2",
    "subject_class": "Model",
    "object": "MathBowl",
    "object_class": "Benchmark",
    "value": "91.5점",
    "qualifiers": [],
    "quote": "다온LM-2를 수학 벤치마크 MathBowl에 내보냈다. 받아 든 종이에는 91.5점이 찍혔다",
}


@pytest.fixture(scope="module")
def believed(robots):
    """Check one claim against the passage that holds a text; returns claim and lost qualifiers."""
    report, extraction = robots
    guide = load_guide()

    def check(item, at="품에 안았다"):
        place = report.text.index(at)
        passage = next(p for p in report.passages if p.span.start <= place < p.span.end)
        request = Request(report, passage, tuple(guide.relations.values()), guide)
        names = ReportNames(report, extraction)
        return Checker(report, names, "llm:test@1").claim(item, request)

    return check


def test_a_claim_is_kept_with_its_place(believed, robots):
    report, _ = robots
    claim, lost = believed(BOUGHT)
    assert (claim.subject.label, claim.predicate, claim.object.label) == (
        "다온로보틱스",
        "acquires",
        "나루메카닉스",
    )
    evidence = claim.evidence
    assert report.text[evidence.start : evidence.end] == evidence.quote == BOUGHT["quote"]
    assert evidence.section == ("시험 위클리", "I. 로봇") or evidence.section[-1] == "I. 로봇"
    assert claim.qualifiers == {"date": "2025-02"}
    assert claim.by_model
    assert lost == 0


def test_a_quote_may_be_told_without_the_breaks_of_its_lines(believed, robots):
    report, _ = robots
    plan = BOUGHT | {
        "predicate": "builds",
        "subject": "다온로보틱스",
        "object": "로봇 공장",
        "object_class": "Facility",
        "modality": "plan",
        "qualifiers": [{"name": "place", "text": "평택"}],
        "quote": "이 회사는 평택에 로봇 공장을 새로 세울 계획이다",
    }
    claim, _ = believed(plan)
    evidence = claim.evidence
    assert "\n" in evidence.quote
    assert report.text[evidence.start : evidence.end] == evidence.quote
    assert claim.modality == "plan"
    assert not claim.is_bare_fact
    assert claim.qualifiers == {"place": "평택"}


def test_a_value_is_normalised_and_kept_as_printed(believed):
    claim, _ = believed(SCORED, at="MathBowl")
    assert claim.value.text == "91.5점"
    assert claim.value.minimum == Decimal("91.5")
    assert claim.object.cls == "Benchmark"


def test_a_cell_of_a_table_tells_its_row_and_column(believed):
    claim, _ = believed(
        BOUGHT
        | {
            "predicate": "hasMetric",
            "object": "",
            "object_class": "",
            "value": "12",
            "quote": "12",
            "qualifiers": [
                {"name": "metric", "text": "출하량"},
                {"name": "period", "text": "2025년"},
            ],
        },
        at="| 12 |",
    )
    assert (claim.evidence.row, claim.evidence.column) == ("다온로보틱스", "2025년(만 대)")
    assert claim.evidence.table
    assert claim.qualifiers == {"metric": "출하량", "period": "2025"}


DROPPED = {
    "no object at all": ("malformed", {"quote": None}),
    "an unheard-of modality": ("malformed", {"modality": "certain"}),
    "a relation of its own": ("relation not asked about", {"predicate": "destroys"}),
    "a made-up quote": (
        "quote not in the passage",
        {"quote": "다온로보틱스가 나루메카닉스를 샀다"},
    ),
    "a quote of other words": ("quote not in the passage", {"quote": BOUGHT["quote"] + "!"}),
    "an empty quote": ("quote empty or too long", {"quote": " "}),
    "half the report": ("quote empty or too long", {"quote": BOUGHT["quote"] * 40}),
    "a made-up name": ("subject not in the passage", {"subject": "허구전자"}),
    "a pronoun": ("subject not in the passage", {"subject": "이 회사"}),
    "a made-up target": ("object not in the passage", {"object": "허구전자"}),
    "no target": ("object not in the passage", {"object": ""}),
    "half a name": ("object not in the passage", {"object": "메카닉"}),
    "a target of no class": (
        "object not in the passage",
        {"object": "거래액", "object_class": "Money"},
    ),
    "a wrong subject": ("subject of a wrong class", {"predicate": "worksFor"}),
    "a wrong object": ("object of a wrong class", {"predicate": "develops"}),
    "itself": ("related to itself", {"object": "다온로보틱스"}),
    "a quote beside the point": (
        "quote names neither subject nor object",
        {"quote": "거래액은 4억 달러로 알려졌다"},
    ),
    "a made-up amount": ("value not in the quote", {"value": "9억 달러"}),
    "an amount from elsewhere": ("value not in the quote", {"value": "4억 달러"}),
    "a metric without its value": ("value missing", {"predicate": "hasMetric"}),
    "a metric that is no amount": (
        "value is no quantity",
        {"predicate": "hasMetric", "value": "품에"},
    ),
    "a metric without its name": (
        "metric without its name",
        {"predicate": "hasMetric", "value": "4억 달러", "quote": "거래액은 4억 달러로 알려졌다"},
    ),
}


@pytest.mark.parametrize("case", DROPPED)
def test_what_the_passage_does_not_bear_out_is_dropped(case, believed):
    reason, change = DROPPED[case]
    with pytest.raises(Unbelieved, match=f"^{reason}$"):
        believed(BOUGHT | change)


@pytest.mark.parametrize("item", ["text", None, 7, [], {}])
def test_what_is_no_claim_is_malformed(item, believed):
    with pytest.raises(Unbelieved, match=r"^malformed$"):
        believed(item)


def test_a_question_claims_nothing(believed):
    asked = BOUGHT | {"subject": "가람연구소", "subject_class": "Organization", "qualifiers": []}
    for quote in ("가람연구소가 나루메카닉스를 인수할까", "가람연구소가 나루메카닉스를 인수할까?"):
        with pytest.raises(Unbelieved, match="only asked"):
            believed(asked | {"quote": quote}, at="MathBowl")


def test_a_plan_told_as_a_fact_becomes_a_plan(believed):
    claim, _ = believed(
        BOUGHT
        | {
            "predicate": "builds",
            "object": "로봇 공장",
            "object_class": "Facility",
            "quote": "이 회사는 평택에 로봇 공장을 새로 세울 계획이다",
        }
    )
    assert claim.modality == "plan"


def test_qualifiers_that_are_not_there_are_left_out_and_counted(believed):
    strange = [
        {"name": "date", "text": "2031년"},
        {"name": "colour", "text": "지난달"},
        {"name": "stake", "text": "80%"},
        {"name": "amount", "text": "4억 달러"},
    ]
    claim, lost = believed(BOUGHT | {"qualifiers": strange, "attributed_to": "허구일보"})
    assert claim.qualifiers == {"amount": "4억 달러"}
    assert claim.attributed_to is None
    assert lost == 4


@pytest.mark.parametrize("text", ["", "가", "GPU", "이 회사", "양사", "1,000", "가" * 81, "12.5%"])
def test_words_that_name_nothing(text):
    assert not is_name(text)


def test_names_mean_what_the_report_means(robots):
    report, extraction = robots
    names = ReportNames(report, extraction)
    passage = next(p for p in report.passages if "MathBowl" in p.span.of(report.text))
    found = names.find("다온로보틱스", "Place", passage)
    assert found.cls == "Company", "named elsewhere in the report, where the rules know better"
    assert names.find("삼성전자", "Company", passage) is None, "known to the lexicon only"
    assert names.find("수학", "Robot", passage) is None
    made = names.find("MathBowl", "Benchmark", passage)
    assert names.find("MathBowl", "Software", passage) is made, "one entity all over the report"
