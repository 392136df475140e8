"""Which claims are looked at for a question."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.answerer import Answerer
from agent.evidence import pool
from agent.questions.guesses import Guesser
from agent.questions.question import parse


@pytest.mark.parametrize(
    ("text", "ranges"), [("그 시가총액은 얼마야?", False), ("시가총액이 가장 큰 곳은?", True)]
)
def test_of_a_metric_the_newest_claims_unless_all_are_compared(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch, text: str, ranges: bool
) -> None:
    question = parse(text, answerer.linker, today=dt.date(2025, 1, 13))
    assert not question.links
    scope = frozenset(answerer.dates)
    every = answerer.pool._claims(question, [], [], scope)
    assert {"시가총액"} <= {claim.qualifiers["metric"] for claim in every}
    monkeypatch.setattr(pool, "_MOST", 3)
    few = answerer.pool._claims(question, [], [], scope)
    if ranges:
        assert few == every
        return
    newest = max(answerer.dates[claim.evidence.report] for claim in every)
    assert len(few) == 3 < len(every)
    assert {answerer.dates[claim.evidence.report] for claim in few} == {newest}


def test_the_nearest_name_is_guessed_whatever_stands_before_it() -> None:
    names = ["브로드캐스트", "브로드컴", "브로드밴드", "브로캄"]
    for order in (names, names[::-1]):
        guesser = Guesser(order)
        assert guesser.nearest("브로드콤") == "브로드컴"
        assert guesser.nearest("브로드컴") is None  # it is no misspelling
        assert guesser.nearest("프로드컴퍼니") is None
