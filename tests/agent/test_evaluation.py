"""`kg eval` on a made-up report with made-up gold, right and wrong in known places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agent.cli import run
from agent.errors import AgentError
from agent.evaluation import Evaluation, evaluate, load_gold
from agent.evaluation.answers import Asked, latency, score_abstention, score_answers
from agent.evaluation.answers import score_citations as cite
from agent.evaluation.claims import line_span
from agent.evaluation.figures import Sources
from agent.evaluation.gold import GoldLine, GoldQuestion
from agent.ingest import ingest
from kg.workspace import Generation, Workspace

OLD = """---
title: 반도체 주간 1호
date: 2025-03-03
publisher: 보기 리서치
---

# I. 공급

## 1. 가격

표 1. 빅테크 설비투자 (십억 달러)

| 기업 | 2024년 | 2025년 |
|---|---|---|
| 메타 | 39 | 60 |
| 아마존 | 83 | 100 |

엔비디아는 3월 3일 Run:ai를 7억 달러에 인수했다.
"""
NEW = OLD.replace("1호", "2호").replace("2025-03-03", "2025-03-10").replace("| 60 |", "| 65 |")

CLAIMS: list[dict[str, Any]] = [
    {"id": "c1", "subject": ["메타"], "predicate": ["hasMetric"], "object": None,
     "value": {"contains": ["60"]}, "modality": "fact", "quote": "60", "where": "table"},
    {"id": "c2", "subject": ["메타"], "predicate": ["hasMetric"], "object": None,
     "value": {"contains": ["39"]}, "modality": "fact", "quote": "39", "where": "table"},
    {"id": "c3", "subject": ["엔비디아"], "predicate": ["acquires"], "object": ["Run:ai"],
     "value": None, "modality": "fact", "quote": "Run:ai를 7억 달러에 인수했다", "where": "prose"},
    {"id": "c4", "subject": ["아마존"], "predicate": ["acquires"], "object": ["메타"],
     "value": None, "modality": "fact", "quote": "아마존", "where": "prose"},
]  # fmt: skip
QUESTIONS: list[dict[str, Any]] = [
    {"id": "q1", "question": "엔비디아가 인수한 회사는?", "type": "relation", "answers": [["Run:ai"]],
     "cite": [{"quote": "Run:ai"}]},
    {"id": "q2", "question": "엔비디아가 인수한 회사는?", "type": "relation", "answers": [["인텔"]]},
    {"id": "q3", "question": "테슬라의 2031년 로봇 판매량은?", "type": "abstain", "answers": [],
     "abstain": True},
    {"id": "q4", "question": "그럼 아마존은?", "type": "followup", "answers": [["83"]],
     "conversation": ["메타의 2024년 설비투자는?"]},
]  # fmt: skip
CHANGES: list[dict[str, Any]] = [
    {"id": "d1", "kind": "value_changed", "subject": ["메타"], "predicate": ["hasMetric"],
     "value": {"contains": ['"65']}, "quote_new": "65"},
    {"id": "d2", "kind": "new", "subject": ["엔비디아"], "predicate": ["acquires"],
     "object": ["Run:ai"], "quote_new": "Run:ai를 7억 달러에 인수했다"},
]  # fmt: skip
NAMES: list[dict[str, Any]] = [
    {"id": "n1", "text": "엔비디아는 올랐다.", "mention": "엔비디아", "start": 0, "entity": ["NVIDIA"]},
    {"id": "n2", "text": "엔비디아는 올랐다.", "mention": "엔비디아", "start": 0, "entity": ["AMD"]},
    {"id": "n3", "text": "엔비디아는 올랐다.", "mention": "올랐다", "start": 6, "entity": None},
    {"id": "n4", "text": "엔비디아는 올랐다.", "mention": "엔비", "start": 0, "entity": None},
]  # fmt: skip
DOC = "memo-1"


def write_gold(folder: Path) -> Path:
    folder.mkdir()
    lines = [
        {"starts": "| 메타 |", "claims": ["c1"]},
        {"starts": "엔비디아는 3월 3일", "claims": ["c3"]},
    ]
    both = {"old": "memo-1", "new": "memo-2"}
    files = {
        f"{DOC}.claims.jsonl": [{"doc": DOC, **claim} for claim in CLAIMS],
        f"{DOC}.exhaustive.jsonl": [{"doc": DOC, **line} for line in lines],
        f"{DOC}.qa.jsonl": [{"doc": DOC, **question} for question in QUESTIONS],
        "memo-1..memo-2.diff.jsonl": [{**both, **change} for change in CHANGES],
        "aliases.jsonl": NAMES,
    }
    for name, items in files.items():
        text = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports/, gold/ and a workspace home/ of those reports."""
    folder = tmp_path_factory.mktemp("evaluation")
    (folder / "reports").mkdir()
    for name, text in (("memo-1.md", OLD), ("memo-2.md", NEW)):
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    write_gold(folder / "gold")
    ingest(Workspace(folder / "home"), sorted((folder / "reports").glob("*.md")))
    return folder


@pytest.fixture(scope="module")
def generation(made: Path) -> Generation:
    return Workspace(made / "home").generation()


@pytest.fixture(scope="module")
def found(made: Path, generation: Generation) -> Evaluation:
    return evaluate(generation, load_gold(made / "gold"))


def missed(found: Evaluation, part: str) -> list[str]:
    return [miss.id for miss in found.misses if miss.part.startswith(part)]


def test_recall_counts_gold_claims_and_precision_only_exhaustive_lines(found: Evaluation) -> None:
    extraction = found.figures["extraction"]
    assert extraction["recall"] == {"score": 0.75, "right": 3, "of": 4}
    assert extraction["by_place"]["table"]["recall"]["score"] == 1.0
    assert missed(found, "claim not found") == ["c4"]
    # c2 is a true claim of the 메타 line which that line, on purpose, does not list
    assert extraction["by_place"]["table"]["precision"] == {"score": 0.5, "right": 1, "of": 2}
    assert extraction["by_predicate"]["acquires"]["precision"]["score"] == 1.0
    (wrong,) = [miss for miss in found.misses if miss.part == "claim not in gold"]
    assert "=39" in wrong.actual
    assert wrong.place.startswith("memo-1 line 15 · I. 공급 > 1. 가격")


def test_modality_is_judged_of_the_claims_found(found: Evaluation) -> None:
    modality = found.figures["extraction"]["modality"]
    assert modality["of"] == 3
    assert modality["right"] >= 1


def test_answers_are_judged_by_type(found: Evaluation) -> None:
    by_type = found.figures["answers"]["by_type"]
    assert by_type["relation"] == {"score": 0.5, "right": 1, "of": 2}
    assert by_type["abstain"] == {"score": 1.0, "right": 1, "of": 1}
    assert by_type["followup"] == {"score": 1.0, "right": 1, "of": 1}
    assert found.figures["answers"]["accuracy"]["of"] == 4
    assert found.figures["answers"]["answer_accuracy"] == {"score": 0.6667, "right": 2, "of": 3}
    assert missed(found, "answer (relation)") == ["q2"]
    assert found.figures["citations"]["recall"] == {"score": 1.0, "right": 1, "of": 1}
    assert found.figures["citations"]["verbatim"]["score"] == 1.0


def test_names_are_judged_both_ways(found: Evaluation) -> None:
    names = found.figures["names"]
    assert names["names"] == {"score": 0.5, "right": 1, "of": 2}
    assert names["lookalikes"] == {"score": 0.5, "right": 1, "of": 2}
    assert missed(found, "name") == ["n2", "n4"]


def test_changes_are_judged_by_kind(found: Evaluation) -> None:
    by_kind = found.figures["diff"]["by_kind"]
    assert by_kind["value_changed"]["recall"] == {"score": 1.0, "right": 1, "of": 1}
    assert by_kind["value_changed"]["precision"] == {"score": 1.0, "right": 1, "of": 1}
    # the acquisition is said again, not new as this gold has it: a contradiction
    assert by_kind["new"]["recall"]["score"] == 0.0
    assert by_kind["restated"]["precision"]["score"] == 0.0
    assert missed(found, "change not found") == ["d2"]


def test_the_figures_repeat_but_for_the_time(
    made: Path, generation: Generation, found: Evaluation
) -> None:
    steps: list[str] = []
    again = evaluate(generation, load_gold(made / "gold"), step=steps.append)
    assert list(again.figures) == list(found.figures)
    strip = {"latency_ms"}
    assert {k: v for k, v in again.figures.items() if k not in strip} == {
        k: v for k, v in found.figures.items() if k not in strip
    }
    assert len(steps) == 2 + len(QUESTIONS) + 1


def asked(
    gold: dict[str, Any], answer: str = "", *, abstained: bool = False, **citation: Any
) -> Asked:
    base = {"id": "q", "doc": DOC, "question": "?", "type": "lookup", "answers": [["39"]]}
    cited = [citation] if citation else []
    document = {"answer": answer, "abstained": abstained, "citations": cited}
    return Asked(GoldQuestion.model_validate(base | gold), document, 5.0)


def test_abstention_has_precision_and_recall() -> None:
    due = {"abstain": True, "type": "abstain"}
    turns = [
        asked(due, abstained=True),
        asked(due, "39"),
        asked({}, "39", abstained=True),
        asked({}, "39"),
    ]
    figures = score_abstention(turns).figures
    assert figures["precision"] == {"score": 0.5, "right": 1, "of": 2}
    assert figures["recall"] == {"score": 0.5, "right": 1, "of": 2}
    assert [turn.right for turn in turns] == [True, False, False, True]


def test_long_answers_are_not_concise_but_lists_and_summaries_may_be(
    generation: Generation,
) -> None:
    long = "39" * 201
    turns = [asked({}, long), asked({}, long[:400]), asked({"type": "list"}, long)]
    figures = score_answers(turns, Sources(generation)).figures
    assert figures["concise"] == {"score": 0.5, "right": 1, "of": 2}


def test_a_citation_must_be_verbatim_and_point_to_the_place(generation: Generation) -> None:
    sources = Sources(generation)
    start = sources.report(DOC).text.index("39")
    place = {"report": DOC, "section": [], "table": None, "page": None, "quote": "39"}
    gold = {"cite": [{"quote": "^39$"}]}
    good = asked(gold, "39", **place, start=start, end=start + 2)
    moved = asked(gold, "39", **place, start=start + 1, end=start + 3)
    elsewhere = asked({"cite": [{"quote": "^60$"}]}, "39", **place, start=start, end=start + 2)
    figures = cite([good, moved, elsewhere], sources).figures
    assert figures["verbatim"] == {"score": 0.6667, "right": 2, "of": 3}
    assert figures["precision"] == {"score": 0.3333, "right": 1, "of": 3}
    assert figures["recall"] == {"score": 0.6667, "right": 2, "of": 3}


def test_percentiles_are_of_the_nearest_rank() -> None:
    turns = [Asked(asked({}).gold, {}, float(ms)) for ms in range(1, 101)]
    assert latency(turns) == {"p50": 50.0, "p95": 95.0}
    assert latency(turns[:1]) == {"p50": 1.0, "p95": 1.0}
    assert latency([]) == {"p50": None, "p95": None}


def test_an_exhaustive_line_must_be_one_line_of_the_report(generation: Generation) -> None:
    report = Sources(generation).report(DOC)
    start, end = line_span(report, GoldLine(doc=DOC, starts="| 메타", claims=()))
    assert report.text[start:end] == "| 메타 | 39 | 60 |"
    for starts, count in (("인텔", "0 lines"), ("|", "4 lines")):
        with pytest.raises(AgentError, match=count):
            line_span(report, GoldLine(doc=DOC, starts=starts, claims=()))


def test_eval_scores_a_workspace(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", str(made / "gold"), "--home", str(made / "home"), "--misses"]) == 0
    out = capsys.readouterr().out
    assert "extraction · recall\t0.7500\t3/4" in out
    assert "claim not found c4\n  expected: 아마존 acquires 메타" in out


def test_eval_builds_a_workspace_of_reports_and_compares(
    made: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KG_HOME", str(tmp_path / "nowhere"))
    args = ["eval", str(made / "gold"), "--reports", str(made / "reports"), "--json"]
    assert run(args) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["extraction"]["recall"] == {"score": 0.75, "right": 3, "of": 4}
    old = tmp_path / "old.json"
    figures["extraction"]["recall"]["score"] = 0.5
    old.write_text(json.dumps(figures), encoding="utf-8")
    assert run([*args, "--compare", str(old), "--misses"]) == 0
    again = json.loads(capsys.readouterr().out)
    row = {"figure": "extraction.recall", "old": "0.5000", "new": "0.7500", "change": "+0.2500"}
    assert row in again["moved"]
    assert {"part", "id", "expected", "actual", "place"} == set(again["misses"][0])
    assert run(["eval", "--saved", str(old), "--format", "md"]) == 0
    assert "| Extraction recall | 50.0% | 4 |" in capsys.readouterr().out


def test_eval_refuses_bad_gold_with_its_line(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.qa.jsonl").write_text('\n{"id": 1}\n', encoding="utf-8")
    assert run(["eval", str(tmp_path), "--home", str(made / "home")]) == 2
    error = capsys.readouterr().err
    assert "line 2" in error
    assert error.count("\n") == 1


def test_eval_refuses_two_workspaces(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = ["--home", str(made / "home"), "--reports", str(made / "reports")]
    assert run(["eval", str(made / "gold"), *both]) == 2
    assert "--reports builds a temporary workspace" in capsys.readouterr().err


def test_eval_refuses_to_list_misses_of_saved_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "--saved", "x.json", "--misses"]) == 2
    assert "--misses" in capsys.readouterr().err


def test_eval_says_what_gold_it_skips(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = {"doc": "elsewhere", **QUESTIONS[0]}
    here = {"doc": DOC, **QUESTIONS[0]}
    text = "\n".join(json.dumps(item) for item in (question, here))
    (tmp_path / "x.qa.jsonl").write_text(text, encoding="utf-8")
    assert run(["eval", str(tmp_path), "--home", str(made / "home"), "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["gold"]["skipped"] == {"elsewhere": 1}
    assert "1 gold items skipped: no report 'elsewhere'" in err
