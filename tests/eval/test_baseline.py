"""The committed figures: nothing gets worse, and the README tells no others.

`baseline.json` is written by `kg eval --json > tests/eval/baseline.json`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent.evaluation import evaluate, load_gold
from agent.evaluation.report import HEADLINE, figure, load_figures, markdown
from kg.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
BASELINE = load_figures(Path(__file__).with_name("baseline.json"))
MARKERS = ("<!-- figures -->", "<!-- /figures -->")
TOLERANCE = 0.01


@pytest.mark.slow
def test_no_headline_figure_drops_by_more_than_a_point(sample_home: Path) -> None:
    gold = load_gold(ROOT / "corpus" / "gold")
    measured = evaluate(Workspace(sample_home).generation(), gold).figures  # once for all of them
    fallen = []
    for path in HEADLINE:
        before, now = figure(BASELINE, path), figure(measured, path)
        assert before is not None, f"the baseline measures no {path}"
        assert now is not None, f"{path} is no longer measured"
        if now < before - TOLERANCE - 1e-9:
            fallen.append(f"{path} fell from {before} to {now}")
    assert fallen == []


def test_every_citation_of_the_baseline_is_verbatim() -> None:
    assert figure(BASELINE, "citations.verbatim") == 1.0


def test_the_baseline_leaves_out_no_report() -> None:
    assert BASELINE["gold"]["skipped"] == {}


def test_the_readme_shows_the_committed_figures() -> None:
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    start, end = MARKERS
    if start not in text:
        pytest.skip("README.md has no figures between its markers yet")
    before, _, rest = text.partition(start)
    shown, _, after = rest.partition(end)
    if os.environ.get("KG_UPDATE_README"):
        new = f"{before}{start}\n{markdown(BASELINE).strip()}\n{end}{after}"
        readme.write_text(new, encoding="utf-8")
        return
    assert shown.strip() == markdown(BASELINE).strip(), (
        "paste the output of `kg eval --saved tests/eval/baseline.json --format md`"
    )
