"""Reading questions: the examples that stand beside the data, and whole questions."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

import agent
from agent.questions.linking import Linker
from agent.questions.question import parse

TODAY = dt.date(2025, 1, 6)
DATA = yaml.safe_load((Path(agent.__file__).parent / "questions.yaml").read_text(encoding="utf-8"))
LINKER = Linker.of(
    [("구글", "google"), ("TPU", "tpu"), ("마벨", "marvell"), ("브로드컴", "broadcom"), ("H100", "h100"),
     ("엔비디아", "nvidia"), ("NVIDIA", "nvidia")]
)  # fmt: skip
EXAMPLES = [(kind["kind"], text) for kind in DATA["kinds"] for text in kind["examples"]]


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_examples_of_kinds(kind, text):
    assert parse(text, LINKER, today=TODAY).kind == kind


COUNTER = [(kind["kind"], q) for kind in DATA["kinds"] for q in kind.get("counterexamples", ())]


@pytest.mark.parametrize(("kind", "text"), COUNTER)
def test_counterexamples_of_kinds(kind, text):
    assert parse(text, LINKER, today=TODAY).kind != kind


@pytest.mark.parametrize(
    ("text", "owner"),
    [("MNX9 가격은 얼마야?", "MNX9"), ("그 회사의 칩 QV-M2는 언제 나와?", "QV-M2")],
)
def test_a_coded_name_is_one_unknown_name(text, owner):
    assert parse(text, LINKER, today=TODAY).owners == (owner,)


def test_relation_and_class():
    question = parse("TPU를 구글과 함께 만드는 회사는?", LINKER, today=TODAY)
    assert question.entities == ("tpu", "google")
    assert "Company" in question.classes
    best = max(question.relations, key=lambda p: question.relations[p])
    assert best in {"coDevelops", "develops"}


def test_focus_and_terms():
    question = parse("H100의 메모리 용량은?", LINKER, today=TODAY)
    assert question.focus == "용량"
    assert [t.form for t in question.terms] == ["메모리", "용량"]
    assert question.classes == ()


def test_periods_are_resolved_against_today():
    question = parse("엔비디아가 12월 30일에 인수한 기업은?", LINKER, today=TODAY)
    assert question.periods == ("2024-12-30",)
    assert parse("올해 매출은 얼마?", LINKER, today=TODAY).periods == ("2025",)


def test_english():
    question = parse("What did NVIDIA acquire?", LINKER, today=TODAY)
    assert question.language == "en"
    assert question.relations["acquires"] >= 1


def test_similar_words_reach_a_relation():
    question = parse("마벨과 손잡은 회사는?", LINKER, today=TODAY)
    assert question.relations.get("partnersWith", 0) > 0.4


def test_every_relation_word_belongs_to_the_ontology():
    from agent.words import relation_words
    from kg.vocab import PREDICATES

    assert {p for ps in relation_words().values() for p in ps} <= set(PREDICATES)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("가장 많이 오른 종목은?", ("1W",)),
        ("주가가 제일 많이 빠진 종목은?", ("1W",)),
        ("연초 대비 가장 많이 오른 종목은?", ("YTD",)),
        ("시가총액이 가장 큰 종목은?", ()),
    ],
)
def test_shares_that_moved_most_did_so_in_the_week(text, periods):
    question = parse(text, LINKER, today=dt.date(2025, 2, 10))
    assert tuple(p for p in question.periods if question.horizon) == periods
