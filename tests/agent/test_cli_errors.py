"""What goes wrong is one line on stderr: what, which value, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Kg = Callable[..., Any]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["frobnicate"], ["frobnicate", "kg --help"]),
        (["ask"], ["question"]),
        (["reports", "--no-such-option"], ["--no-such-option"]),
        (["search", "HBM", "--k", "0"], ["--k"]),
        (["search", "HBM", "--k", "많이"], ["--k", "integer"]),
        (["sparql", "ASK {}", "--format", "yaml"], ["--format", "yaml", "turtle"]),
        (["diff", "--format", "pdf"], ["--format", "pdf", "html"]),
        (["diff", "a", "b", "c"], ["c"]),
        (["export", "--format", "xls"], ["--format", "xls", "nquads"]),
        (["ingest"], ["PATH"]),
        (["ingest", "x.md", "--jobs", "0"], ["--jobs"]),
    ],
)
def test_usage_errors(kg_anywhere: Kg, line: list[str], words: list[str]) -> None:
    message = kg_anywhere(*line).error(2)
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    "line",
    [
        ["remove", "x"], ["reports"], ["stats"], ["text", "x"], ["ask", "질문"],
        ["chat"], ["search", "x"], ["entity", "x"], ["path", "a", "b"], ["sparql", "ASK {}"],
        ["diff"], ["validate"], ["export"],
    ],
)  # fmt: skip
def test_no_workspace(kg_anywhere: Kg, line: list[str], tmp_path: Path) -> None:
    message = kg_anywhere(*line, "--home", tmp_path / "없음").error(2)
    assert "없음" in message
    assert not (tmp_path / "없음").exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["ask", ""], ["question is empty"]),
        (["ask", "   "], ["question is empty"]),
        (["search", ""], ["query is empty"]),
        (["ask", "질문", "--as-of", "어제"], ["--as-of", "'어제'", "YYYY-MM-DD"]),
        (["ask", "질문", "--as-of", "2025-02-30"], ["'2025-02-30'"]),
        (["entity", "AMD", "--as-of", "1/6"], ["'1/6'"]),
        (["path", "AMD", "TSMC", "--as-of", "1/6"], ["'1/6'"]),
        (["ask", "질문", "--report", "weekly-1999"], ["'weekly-1999'", "kg reports"]),
        (["search", "질문", "--report", "weekly-1999"], ["'weekly-1999'"]),
        (["text", "weekly-1999"], ["'weekly-1999'"]),
        (["remove", "weekly-1999"], ["'weekly-1999'"]),
        (["entity", "뷁쉙상사"], ["'뷁쉙상사'"]),
        (["path", "AMD", "뷁쉙상사"], ["'뷁쉙상사'"]),
        (["path", "브로드컴", "AVGO"], ["'브로드컴'", "'AVGO'", "different"]),
        (["diff", "2031-W01"], ["'2031-W01'", "2025-W03"]),
        (["diff", "2025-W01", "보고서"], ["'보고서'"]),
        (["diff", "2025-W03"], ["'2025-W03'", "older"]),
        (["sparql"], ["no query"]),
        (["sparql", ""], ["query is empty"]),
        (["sparql", "SELEC ?x"], ["line 1", "SELEC"]),
        (["sparql", "SELECT ?x {\n ?x kg:nope"], ["line 2"]),
        pytest.param(
            ["sparql", "SELECT ?x { ?x nope:nope ?y }"],
            ["nope", "PREFIX"],
            marks=pytest.mark.xfail(strict=True, reason="the SPARQL engine's own message is shown"),
        ),
        (["sparql", "INSERT DATA { <a:a> <b:b> <c:c> }"], ["INSERT", "read only"]),
        (["sparql", "DELETE WHERE { ?s ?p ?o }"], ["DELETE", "read only"]),
        (["sparql", "CLEAR ALL"], ["CLEAR"]),
        (["sparql", "LOAD <file:///etc/passwd>"], ["LOAD"]),
        (["sparql", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], ["SERVICE"]),
        (["sparql", "--file", "없는.rq"], ["없는.rq"]),
        (["sparql", "ASK {}", "--file", "x.rq"], ["two queries", "x.rq"]),
        (["sparql", "SELECT ?c { ?c a kg:Claim }", "--format", "turtle"], ["turtle", "json"]),
    ],
)
def test_input_errors(kg: Kg, line: list[str], words: list[str]) -> None:
    message = kg(*line).error(2)
    assert all(word in message for word in words), message


def test_an_unknown_name_is_answered_with_similar_ones(kg: Kg) -> None:
    assert "브로드컴" in kg("entity", "브로드커").error(2)


def test_a_model_that_cannot_be_made_is_exit_code_3(kg: Kg) -> None:
    message = kg("ask", "질문", "--model", "nosuchprovider:x").error(3)
    assert "'nosuchprovider:x'" in message


@pytest.mark.parametrize("line", [["ask", "\udcff 질문"], ["search", "\udcff"]])
def test_arguments_that_are_no_utf8(kg: Kg, line: list[str]) -> None:
    assert "UTF-8" in kg(*line).error(2)


@pytest.mark.parametrize(
    "line", [["ask", "-"], ["ask", "--jsonl", "-"], ["search", "--jsonl", "-"]]
)
def test_input_that_is_no_utf8(kg: Kg, line: list[str]) -> None:
    assert "UTF-8" in kg(*line, stdin="\udcff\udcfe\n").error(2)


def test_debug_shows_the_traceback_wherever_it_stands(kg_anywhere: Kg) -> None:
    for line in (["--debug", "reports"], ["reports", "--debug"]):
        result = kg_anywhere(*line)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith("Traceback")
        assert result.err.splitlines()[-1].startswith("kg: no workspace")
    assert "Traceback" not in kg_anywhere("reports").err


def test_debug_behind_two_dashes_is_an_argument(kg: Kg, kg_anywhere: Kg, home: Path) -> None:
    result = kg_anywhere("search", "--home", home, "--", "--debug")
    assert "Traceback" not in result.err


def test_a_bug_of_ours_is_exit_code_70(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_generation: object) -> None:
        raise ZeroDivisionError("두 줄로\n된 까닭")

    monkeypatch.setattr("agent.curating.statistics.statistics", broken)
    message = kg("stats").error(70)
    assert "ZeroDivisionError: 두 줄로 된 까닭" in message
    assert "--debug" in message


def test_without_a_command_the_help_is_shown(kg_anywhere: Kg) -> None:
    result = kg_anywhere()
    assert result.code == 2
    assert "ingest" in result.out
    assert result.err == ""


def test_a_damaged_workspace_is_one_line(kg_anywhere: Kg, own_home: Path) -> None:
    (own_home / "CURRENT").write_text("g999999", encoding="utf-8")
    assert "g999999" in kg_anywhere("reports", "--home", own_home).error(2)
    (own_home / "CURRENT").write_bytes(b"\xff\xff")
    kg_anywhere("reports", "--home", own_home).error(2)


def test_home_that_is_a_file(kg_anywhere: Kg, tmp_path: Path, samples: dict[str, Path]) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    kg_anywhere("reports", "--home", tmp_path / "file").error(2)
    message = kg_anywhere(
        "ingest", samples["weekly-2025-01-06"], "--home", tmp_path / "file"
    ).error(2)
    assert "file" in message
    assert (tmp_path / "file").read_text("utf-8") == "x"
