"""`kg ingest` with a model: what is stored, where, and what is told about it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg import graphs
from kg.graphs import graph_of, model_graph_of
from kg.workspace import Workspace

Kg = Callable[..., Any]
MODEL = ("--model", "openai:gpt-4o-mini")

REPORT = """# 시험 위클리

2025년 3월 3일 · 시험 리서치

## I. 로봇

엔비디아는 2025년 2월 14일 예시소프트를 3억 달러에 인수했다. 나루메카닉스는 다온로보틱스의 지붕 아래로 들어갔다.
"""
QUOTE = "나루메카닉스는 다온로보틱스의 지붕 아래로 들어갔다"
BOUGHT = {
    "predicate": "acquires",
    "subject": "다온로보틱스",
    "subject_class": "Company",
    "object": "나루메카닉스",
    "object_class": "Company",
    "modality": "fact",
    "quote": QUOTE,
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "w.kg"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "memo.md"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def at(kg_anywhere: Kg, home: Path) -> Kg:
    return lambda *args, home=home, **more: kg_anywhere(*args, "--home", home, **more)


@pytest.fixture
def honest(loopback: Any) -> Any:
    """The service claims what stands in a passage."""

    def script(request: dict[str, Any]) -> Any:
        text = request["messages"][-1]["content"]
        return loopback.claims(*([BOUGHT] if QUOTE in text else []))

    loopback.script = script
    return loopback


def nquads(home: Path) -> bytes:
    return graphs.canonical_nquads(Workspace(home).generation().store)


def by_model(home: Path) -> list[str]:
    generation = Workspace(home).generation()
    quads = generation.store.quads_for_pattern(None, None, None, model_graph_of("memo"))
    return [str(quad) for quad in quads]


def test_rules_and_model_together(at: Kg, honest: Any, file: Path, home: Path) -> None:
    at("ingest", file, home=home.with_name("plain.kg"))
    assert honest.requests == []
    result = at("ingest", file, *MODEL)
    assert result.code == 0
    assert result.out.startswith("new  2025-03-03  memo")
    before, after, *_ = result.err.splitlines()
    assert re.match(
        r"openai:gpt-4o-mini: \d passages, .* requests .* tokens in and at most", before
    )
    assert re.search(r"1 claims kept, 0 dropped$", after)
    own = [q for q in nquads(home).splitlines() if q.endswith(f"{graph_of('memo')} .".encode())]
    plain = nquads(home.with_name("plain.kg")).splitlines()
    assert own == [q for q in plain if q.endswith(f"{graph_of('memo')} .".encode())]
    assert len(own) + len(by_model(home)) < len(nquads(home).splitlines())
    assert by_model(home)


def test_what_a_model_read_is_asked_cited_and_valid(at: Kg, honest: Any, file: Path) -> None:
    at("ingest", file, *MODEL)
    assert at("validate").code == 0
    answer = at("ask", "다온로보틱스가 인수한 회사는?", "--json").json
    assert "나루메카닉스" in answer["answer"]
    assert answer["citations"][0]["quote"] == QUOTE
    graph = f"ASK {{ GRAPH {model_graph_of('memo')} {{ ?claim a kg:Claim }} }}"
    assert "true" in at("sparql", graph).out.lower()


def test_a_model_alone(at: Kg, honest: Any, file: Path, home: Path) -> None:
    at("ingest", file, "--extractor", "llm", *MODEL)
    claims = [c for c in at("export", "--format", "claims").jsonl]
    assert [(c["subject"]["label"], c["extractor"]) for c in claims] == [
        ("다온로보틱스", "llm:openai:gpt-4o-mini@1")
    ]
    assert at("search", "예시소프트").code == 0


def test_two_runs_give_the_same_bytes_and_the_second_asks_nothing(
    at: Kg, honest: Any, file: Path, home: Path
) -> None:
    at("ingest", file, *MODEL)
    asked, other = len(honest.requests), home.with_name("other.kg")
    again = at("ingest", file, *MODEL, "--parallel", "1", home=other)
    assert len(honest.requests) == asked
    assert nquads(home) == nquads(other)
    assert "0 requests (0 failed)" in again.err
    assert at("ingest", file, *MODEL).out.startswith("unchanged")


def test_rules_alone_drop_what_a_model_read_without_a_trace(
    at: Kg, honest: Any, file: Path, home: Path
) -> None:
    plain = home.with_name("plain.kg")
    at("ingest", file, home=plain)
    at("ingest", file, *MODEL)
    assert nquads(home) != nquads(plain)
    assert at("ingest", file, "--extractor", "rules").out.startswith("replaced")
    assert by_model(home) == []
    assert nquads(home) == nquads(plain)


def test_what_a_model_read_stays_while_the_text_does(
    at: Kg, honest: Any, file: Path, home: Path
) -> None:
    at("ingest", file, *MODEL)
    before = nquads(home)
    assert at("ingest", file).out.startswith("unchanged")
    assert nquads(home) == before
    file.write_text(REPORT.replace("3억", "4억"), encoding="utf-8")
    assert at("ingest", file).out.startswith("replaced")
    assert by_model(home) == []


def test_what_a_model_read_outlives_other_rules(
    at: Kg, honest: Any, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at("ingest", file, *MODEL)
    before, asked = nquads(home), len(honest.requests)
    monkeypatch.setattr("extractors.version.extractor_version", lambda: "another")
    assert at("ingest", file).out.startswith("re-read")
    assert nquads(home) == before
    assert len(honest.requests) == asked


def test_rules_read_what_a_model_read_alone(at: Kg, honest: Any, file: Path, home: Path) -> None:
    at("ingest", file, "--extractor", "llm", *MODEL)
    alone = nquads(home)
    assert at("ingest", file).out.startswith("re-read")
    assert len(nquads(home)) > len(alone)
    assert by_model(home)
    assert at("ingest", file, "--extractor", "llm", *MODEL).out.startswith("replaced")
    assert nquads(home) == alone


def test_removing_is_exact(at: Kg, honest: Any, file: Path, home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text(REPORT.replace("3월 3일", "3월 10일"), encoding="utf-8")
    at("ingest", file, *MODEL)
    alone = nquads(home)
    at("ingest", other, *MODEL)
    assert nquads(home) != alone
    at("remove", "other")
    assert nquads(home) == alone


def test_a_dry_run_tells_the_price_and_asks_nothing(
    at: Kg, honest: Any, file: Path, home: Path
) -> None:
    result = at("ingest", file, *MODEL, "--dry-run", "--price", "0.15/0.60", "--json")
    assert honest.requests == []
    assert not home.exists()
    assert "by your prices" in result.err.splitlines()[0]
    assert result.err.splitlines()[1].endswith("it is not asked")
    assert result.json["model"]["estimate"]["requests"] >= 1
    assert not (home.parent / "cache").exists()


def test_the_ledger_is_in_the_json(at: Kg, honest: Any, file: Path) -> None:
    ledger = at("ingest", file, *MODEL, "--json").json["model"]["ledger"]
    assert ledger["kept"] == 1
    assert ledger["requests"] == len(honest.requests)
    assert ledger["tokens_in"] == 100 * ledger["requests"]


def test_a_cap_stores_nothing_and_says_what_is_left(
    at: Kg, honest: Any, file: Path, home: Path
) -> None:
    result = at("ingest", file, *MODEL, "--max-tokens", "50")
    assert result.code == 3
    assert result.out == ""
    assert re.search(
        r"^kg: --max-tokens is reached: 0 of 50 tokens.* of .* passages", result.err, re.M
    )
    assert not home.exists()
    assert at("ingest", file, *MODEL, "--max-tokens", "100000").code == 0


def test_a_failing_service_is_one_line_and_stores_nothing(
    at: Kg, loopback: Any, file: Path, home: Path
) -> None:
    loopback.script = lambda _request: loopback.failure(401)
    result = at("ingest", file, *MODEL)
    assert result.code == 3
    assert result.err.splitlines()[-1].startswith("kg: the model 'openai:gpt-4o-mini' failed")
    assert not home.exists()


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--extractor", "llm"], 2, "needs a model"),
        (["--extractor", "rules", *MODEL], 2, "asks no model"),
        (["--extractor", "gpt"], 2, "expected one of rules, llm, both"),
        ([*MODEL, "--price", "cheap"], 2, "expected IN/OUT"),
        (["--model", "nosuch:x"], 3, "cannot make the model"),
    ],
)
def test_options_that_do_not_go_together(
    options: list[str], code: int, told: str, at: Kg, loopback: Any, file: Path
) -> None:
    assert told in at("ingest", file, *options).error(code)


def test_nothing_of_langchain_is_imported_before_a_model_is_asked(tmp_path: Path) -> None:
    code = (
        "import sys, agent.cli.app, agent.ingest, agent.llm.model_reading, extractors.llm.extract\n"
        "heavy = {'langchain', 'langchain_core', 'tenacity', 'openai', 'torch'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_an_interrupt_stores_nothing_and_the_next_run_goes_on(
    at: Kg, honest: Any, tmp_path: Path, home: Path
) -> None:
    file, claims = tmp_path / "long.md", honest.script
    sections = "\n\n".join(f"## {n}장\n\n나루{n}전자는 {n}조 원을 벌었다." for n in range(1, 7))
    file.write_text(f"# 시험\n\n2025년 3월 3일\n\n{sections}\n", encoding="utf-8")
    third = threading.Event()

    def script(request: dict[str, Any]) -> Any:
        if len(honest.requests) == 3:
            third.set()
        return replace(claims(request), delay=0.3)

    honest.script = script
    command = [
        sys.executable,
        "-c",
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from agent.cli import main; main()",  # whoever runs the tests may ignore the signal
        "ingest",
        str(file),
        *MODEL,
    ]
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [*command, "--parallel", "1", "--home", str(home)],
        env={**os.environ, "PYTHONPATH": str(root)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert third.wait(120)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "3 requests (0 failed)" in err.splitlines()[1]
    assert not home.exists()
    answered = len(honest.requests)
    assert answered < 6
    honest.script = claims
    assert at("ingest", file, *MODEL).code == 0
    assert len(honest.requests) == 6, "what was under way when it stopped was kept too"


def test_decisions_reach_what_a_model_read_and_are_undone_without_a_trace(
    at: Kg, honest: Any, file: Path, home: Path
) -> None:
    at("ingest", file, *MODEL)
    before = nquads(home)
    assert at("entity", "alias", "add", "나루메카닉스", "나루메카", "--yes").code == 0
    assert any('나루메카"' in quad for quad in by_model(home))
    assert at("validate").code == 0
    assert at("entity", "undo", "--yes").code == 0
    assert nquads(home) == before
    assert at("entity", "merge", "다온로보틱스", "나루메카닉스", "--yes").code == 0
    assert at("validate").code == 0
    at("entity", "undo", "--yes")
    assert nquads(home) == before
