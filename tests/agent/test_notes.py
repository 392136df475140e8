"""Answers and diffs over a broker's note whose title alone names the firm."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.answerer import Answerer
from agent.ingest import ingest
from kg.workspace import Workspace

WEEK = """# 주간 반도체

2026-03-02

가온일렉트론은 새 장비를 내놓았다.
"""
NOTE = """# 나래칩스 (123450)

2026-03-09

## 투자지표

| 결산기(12월) | 2024A | 2025E |
|---|---|---|
| 매출액(십억원) | 1,120 | 1,249 |
| 순이익(십억원) | -12 | 118 |
| PER(배) | 24.1 | 15.3 |
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    files = []
    for name, text in (("week", WEEK), ("note", NOTE)):
        path = tmp_path / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        files.append(path)
    home = Workspace(tmp_path / "home")
    ingest(home, files)
    return home


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("나래칩스의 2024년 순이익은?", "나래칩스의 2024년 순이익은 -120억 원입니다."),
        ("나래칩스의 2025년 PER은?", "나래칩스의 2025년 PER은 15.3배로 전망됩니다."),
    ],
)
def test_a_table_under_the_firms_title_answers(
    workspace: Workspace, question: str, said: str
) -> None:
    answer = Answerer(workspace.generation()).ask(question)
    assert answer.text.startswith(said)


def test_a_loss_stays_one_in_a_diff(workspace: Workspace, kg_anywhere) -> None:
    told = kg_anywhere("diff", "2026-03-02", "2026-03-09", "--all", "--home", str(workspace.home))
    assert "나래칩스 2024년 순이익 -120억 원" in told.out, told
