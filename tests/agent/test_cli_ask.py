"""Asking and searching on the command line, against the contract."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Kg = Callable[..., Any]

ANSWERED = "표 4에서 Run:ai 인수 금액은 얼마인가?"
UNANSWERED = "한국은행이 올린 기준금리는 몇 퍼센트인가?"
ASK = {
    "question", "language", "answer", "abstained", "reason", "interpretation", "sparql",
    "claims", "citations", "timing_ms",
}  # fmt: skip
CITATION = {
    "n", "report", "title", "date", "section", "page", "table", "row", "column",
    "quote", "start", "end",
}  # fmt: skip
HIT = {
    "rank", "score", "passage", "report", "section", "page", "table", "text", "start", "end",
}  # fmt: skip


# ask


def test_ask_for_people_cites_with_place_and_quote(kg: Kg) -> None:
    result = kg("ask", ANSWERED)
    assert (result.code, result.err) == (0, "")
    answer, _, sources = result.out.partition("\n\n")
    assert "7억 달러" in answer
    assert "[1]" in answer
    assert sources.startswith("[1] 2025-01-06 · ")
    assert "“" in sources


def test_ask_json_has_the_contracts_shape(kg: Kg, texts: dict[str, str]) -> None:
    answer = kg("ask", ANSWERED, "--json").json
    assert set(answer) == ASK | {"steps"}
    assert (answer["question"], answer["language"]) == (ANSWERED, "ko")
    assert (answer["abstained"], answer["reason"]) == (False, None)
    assert set(answer["interpretation"]) >= {"type", "entities", "relation", "constraints"}
    assert answer["timing_ms"]["total"] > 0
    assert answer["citations"]
    for number, citation in enumerate(answer["citations"], start=1):
        assert set(citation) == CITATION | {"printed_page"}
        assert citation["n"] == number
        assert isinstance(citation["section"], list)
        start, end = citation["start"], citation["end"]
        assert texts[citation["report"]][start:end] == citation["quote"]
        assert citation["report"].endswith(citation["date"])


def test_the_sparql_of_an_answer_runs_and_finds_its_claims(kg: Kg) -> None:
    answer = kg("ask", "엔비디아의 인수 금액은?", "--json").json
    assert answer["claims"]
    assert answer["sparql"]
    rows = kg("sparql", answer["sparql"], "--format", "json").json["results"]["bindings"]
    assert set(answer["claims"]) <= {row["claim"]["value"] for row in rows}


@pytest.mark.parametrize("option", ["--json", "--jsonl", None])
def test_abstaining_says_so_with_exit_code_1(kg: Kg, option: str | None) -> None:
    result = kg("ask", UNANSWERED, *([option] if option else []))
    assert result.code == 1
    assert result.err == ""
    if option:
        answer = json.loads(result.out)
        assert answer["abstained"] is True
        assert answer["reason"]
        assert answer["answer"]
    else:
        assert "찾지 못했습니다" in result.out


def test_ask_jsonl_answers_line_by_line(kg: Kg) -> None:
    result = kg("ask", "--jsonl", "-", stdin=f"{ANSWERED}\n\n{UNANSWERED}\n")
    assert result.code == 0
    assert [answer["question"] for answer in result.jsonl] == [ANSWERED, UNANSWERED]
    assert [answer["abstained"] for answer in result.jsonl] == [False, True]
    assert "\\u" not in result.out


def test_ask_reads_one_question_from_standard_input(kg: Kg) -> None:
    assert kg("ask", "-", "--json", stdin=ANSWERED + "\n").json["question"] == ANSWERED


def test_as_of_sees_nothing_later(kg: Kg) -> None:
    question = "Run:ai 인수는 언제 완료됐나?"
    now = kg("ask", question, "--json").json
    then = kg("ask", question, "--json", "--as-of", "2024-12-30").json
    assert now["citations"]
    assert then["citations"]
    assert {c["date"] for c in then["citations"]} == {"2024-12-30"}
    assert max(c["date"] for c in now["citations"]) > "2024-12-30"


def test_as_of_before_everything_abstains(kg: Kg) -> None:
    result = kg("ask", ANSWERED, "--json", "--as-of", "2020-01-01")
    assert (result.code, result.json["abstained"], result.json["citations"]) == (1, True, [])


@pytest.mark.parametrize("week", ["weekly-2025-01-06", "weekly-2025-01-13"])
def test_ask_within_one_report(kg: Kg, week: str) -> None:
    answer = kg("ask", "브로드컴의 주가는?", "--json", "--report", week).json
    assert {c["report"] for c in answer["citations"]} == {week}
    assert ("232" if week.endswith("06") else "224") in answer["answer"]


def test_explain_shows_reading_query_and_time(kg: Kg) -> None:
    out = kg("ask", "엔비디아의 인수 금액은?", "--explain").out
    assert "\ninterpretation: " in out
    assert "https://kg.example/entity/nvidia" in out
    assert "\nsparql:\n  SELECT" in out
    assert out.rstrip().endswith(" ms")


def test_explain_shows_the_arithmetic(kg: Kg) -> None:
    """1,999 and 999 dollars stand in the report; their difference does not."""
    out = kg("ask", "RTX 5090과 RTX 5080 중 가격이 더 높은 것은?", "--explain").out
    assert "step: 1,999 − 999 = 1,000" in out


# search


def test_search_ranks_passages(kg: Kg, texts: dict[str, str]) -> None:
    result = kg("search", "삼성전자 4분기 잠정 영업이익", "--k", "3", "--json")
    hits = result.json
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert [hit["score"] for hit in hits] == sorted((h["score"] for h in hits), reverse=True)
    for hit in hits:
        assert set(hit) == HIT
        assert texts[hit["report"]][hit["start"] : hit["end"]] == hit["text"]
    assert "6조 5,000억" in hits[0]["text"]


def test_search_for_people(kg: Kg) -> None:
    lines = kg("search", "양자컴퓨터 주가 폭락", "--k", "1").out.splitlines()
    assert lines[0].startswith("1. [weekly-2025-01-13] ")
    assert "아이온큐" in lines[1]


def test_search_jsonl_takes_a_query_a_line(kg: Kg) -> None:
    rows = kg("search", "--jsonl", "-", "--k", "2", stdin="HBM 공급\n양자컴퓨터\n").jsonl
    assert [row["query"] for row in rows] == ["HBM 공급", "양자컴퓨터"]
    assert all(set(row) == {"query", "hits"} for row in rows)
    assert all(len(row["hits"]) == 2 for row in rows)


def test_search_within_one_report(kg: Kg) -> None:
    hits = kg("search", "HBM", "--json", "--report", "weekly-2024-12-30").json
    assert {hit["report"] for hit in hits} == {"weekly-2024-12-30"}
