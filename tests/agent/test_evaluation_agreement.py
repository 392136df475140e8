"""`kg eval` agrees with the independent scorer that lies beside the repository, where it does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.evaluation import evaluate, load_gold
from agent.evaluation.gold import GoldQuestion, Place
from agent.evaluation.matching import answer_matches, citation_matches, names_match, near, norm
from agent.ingest import ingest
from corpus import sample_reports
from kg.vocab import PREDICATES
from kg.workspace import Workspace

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCORER = SHARED / "score.py"
SAMPLE_GOLD = Path(__file__).resolve().parents[2] / "corpus" / "gold"
pytestmark = pytest.mark.skipif(
    not SCORER.is_file(), reason="no independent scorer beside the repository"
)

WORDS = st.text(st.sampled_from("한빛전자o3O-－~ ,1.½ﾊ㎏"), max_size=6)
SAYABLE = WORDS.filter(norm)


@pytest.fixture(scope="module")
def scorer() -> dict[str, Any]:
    """The scorer's functions, without its command line."""
    source = SCORER.read_text(encoding="utf-8").partition("\np = argparse")[0]
    names: dict[str, Any] = {}
    exec(compile(source, str(SCORER), "exec"), names)
    return names


@given(text=WORDS)
def test_texts_are_normed_alike(scorer: dict[str, Any], text: str) -> None:
    assert norm(text) == scorer["norm"](text)


@given(names=st.lists(SAYABLE, min_size=1, max_size=3), label=st.none() | WORDS)
def test_names_match_alike(scorer: dict[str, Any], names: list[str], label: str | None) -> None:
    assert names_match(names, label) == scorer["names_ok"](names, label)


@given(
    wanted=st.lists(st.sampled_from(sorted(PREDICATES)), min_size=1, max_size=3),
    said=st.sampled_from(sorted(PREDICATES)),
)
def test_predicates_are_near_alike(scorer: dict[str, Any], wanted: list[str], said: str) -> None:
    assert (said in near(tuple(wanted))) == scorer["pred_ok"]({"predicate": wanted}, said, False)


@given(
    answers=st.lists(st.lists(SAYABLE, min_size=1, max_size=2), min_size=1, max_size=2),
    forbidden=st.lists(SAYABLE, max_size=2),
    answer=st.lists(WORDS, max_size=4).map(" ".join),
)
def test_answers_match_alike(
    scorer: dict[str, Any], answers: list[list[str]], forbidden: list[str], answer: str
) -> None:
    item = {"id": "q", "question": "한", "type": "t", "answers": answers, "not": forbidden}
    ours = answer_matches(GoldQuestion.model_validate(item), answer)
    assert ours == scorer["ok_answer"](item, answer)


@given(
    place=st.fixed_dictionaries(
        {
            "section": st.sampled_from([None, "^I", "개요 > ", "(가|나)"]),
            "table": st.sampled_from([None, "표 3", r"표\s*3(?!\d)", "그림-1"]),
            "page": st.sampled_from([None, 3, 4]),
            "quote": st.sampled_from([None, r"\d+억", "가나"]),
        }
    ),
    section=st.lists(st.sampled_from(["I. 개요", "가", "II"]), max_size=2),
    table=st.sampled_from([None, "표 3", "표3", "표 31", "그림 1"]),
    page=st.sampled_from([None, 3, 4]),
    quote=st.sampled_from(["12억", "가나다", "x"]),
)
def test_citations_match_alike(scorer: dict[str, Any], place: dict[str, Any], **cited: Any) -> None:
    ours = citation_matches([Place.model_validate(place)], cited)
    assert ours == scorer["ok_cite"]({"cite": [place]}, [cited])


def scored(home: Path, *args: str) -> dict[str, Any]:
    """Run the scorer on a workspace and return its figures."""
    kg = Path(sys.executable).with_name("kg")
    command = [sys.executable, str(SCORER), *args, "--kg", str(kg), "--home", str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def fractions(shares: dict[str, Any]) -> dict[str, str]:
    return {name: f"{share['right']}/{share['of']}" for name, share in shares.items()}


def assert_answers_agree(figures: dict[str, Any], theirs: dict[str, Any]) -> None:
    answers, abstention = figures["answers"], figures["abstention"]
    assert answers["accuracy"]["score"] == theirs["accuracy"]
    assert answers["answer_accuracy"]["score"] == theirs["answer_accuracy"]
    assert answers["median_chars"] == theirs["median_chars"]
    assert round(answers["concise"]["score"], 3) == theirs["concise"]
    assert fractions(answers["by_type"]) == theirs["by_type"]
    assert figures["citations"]["recall"]["score"] == theirs["citation_of_right"]
    assert abstention["recall"]["score"] == theirs["abstain_recall"]
    wrongly = abstention["precision"]["of"] - abstention["precision"]["right"]
    assert round(wrongly / answers["answer_accuracy"]["of"], 4) == theirs["false_abstain"]


def assert_claims_agree(extraction: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert extraction["recall"]["score"] == theirs["recall"]
    assert extraction["modality"]["score"] == theirs["modality_of_hit"]
    assert extraction["exact_predicate"]["score"] == theirs["exact_predicate_of_hit"]
    by_place = {k: v["recall"] for k, v in extraction["by_place"].items() if v["recall"]["of"]}
    assert fractions(by_place) == theirs["by_where"]


@pytest.mark.slow
def test_figures_agree_on_the_development_report(tmp_path: Path) -> None:
    report = SHARED / "reports" / "ai-weekly-2025-01-06.txt"
    ingest(Workspace(tmp_path), [report])
    gold = SHARED / "gold"
    figures = evaluate(Workspace(tmp_path).generation(), load_gold(gold)).figures
    assert_answers_agree(figures, scored(tmp_path, "qa", str(gold / f"{report.stem}.qa.jsonl")))
    file = str(gold / f"{report.stem}.claims.jsonl")
    theirs = scored(tmp_path, "claims", file, "--doc", report.stem)
    assert_claims_agree(figures["extraction"], theirs)


@pytest.mark.slow
def test_figures_agree_on_two_sample_reports(tmp_path: Path) -> None:
    reports = sample_reports()[:2]
    old, new = (report.stem for report in reports)
    home, gold = tmp_path / "home", tmp_path / "gold"
    gold.mkdir()
    for name in (f"{new}.claims.jsonl", f"{old}..{new}.diff.jsonl"):
        (gold / name).write_bytes((SAMPLE_GOLD / name).read_bytes())
    questions = (SAMPLE_GOLD / f"{new}.qa.jsonl").read_text(encoding="utf-8").splitlines()
    alone = [line for line in questions if not json.loads(line).get("conversation")]
    (gold / f"{new}.qa.jsonl").write_text("\n".join(alone), encoding="utf-8")
    ingest(Workspace(home), reports)
    figures = evaluate(Workspace(home).generation(), load_gold(gold)).figures
    assert_answers_agree(figures, scored(home, "qa", str(gold / f"{new}.qa.jsonl")))
    theirs = scored(home, "claims", str(gold / f"{new}.claims.jsonl"), "--doc", new)
    assert_claims_agree(figures["extraction"], theirs)
    theirs = scored(home, "diff", str(gold / f"{old}..{new}.diff.jsonl"), old, new)
    assert figures["diff"]["recall"]["score"] == theirs["recall"]
    assert figures["diff"]["recall"]["of"] == theirs["gold"]
