"""Verbs of several readings: the examples that stand beside the data."""

import datetime as dt

import pytest

from agent.questions.linking import Linker
from agent.questions.question import parse
from agent.words import data

CLASSES = {"f": "Company", "g": "Chip", "s": "Facility", "p": "Person", "l": "Policy"}
LINKER = Linker.of([(name.upper(), name) for name in CLASSES])
EXAMPLES = [
    (row["means"], question)
    for rows in data("senses")["verbs"].values()
    for row in rows
    for question in row["examples"]
]


@pytest.mark.parametrize(("means", "question"), EXAMPLES)
def test_examples(means, question):
    read = parse(question, LINKER, today=dt.date(2025, 1, 6), classes=CLASSES)
    assert means in {term.form for term in read.terms}


@pytest.mark.parametrize(
    "question",
    [
        "F는 무엇을 만들어?",
        "G를 누가 만들었어?",
        "F가 만든 칩은?",
        "F가 맡은 일은?",
        "F는 G를 얼마에 팔아?",
    ],
)
def test_the_usual_reading_stands(question):
    read = parse(question, LINKER, today=dt.date(2025, 1, 6), classes=CLASSES)
    means = {row["means"] for rows in data("senses")["verbs"].values() for row in rows}
    assert not means & {term.form for term in read.terms}
