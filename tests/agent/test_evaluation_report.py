from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agent.errors import AgentError
from agent.evaluation.figures import Share, harmonic, shares
from agent.evaluation.report import (
    HEADLINE,
    NOTES,
    figure,
    leaves,
    load_figures,
    markdown,
    moved,
    rows,
)


def document(**recall: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"gold": {"questions": 1234, "skipped": {}}}
    for path in HEADLINE:
        part, name = path.split(".")
        found.setdefault(part, {})[name] = Share(3, 4).to_json()
    found["extraction"]["recall"] = {"score": 0.5, "right": 1, "of": 2} | recall
    found["latency_ms"] = {"p50": 12.3456, "p95": None}
    return found


def test_a_share_keeps_its_counts_and_rounds_to_four() -> None:
    assert Share.count([True, False, True]).to_json() == {"score": 0.6667, "right": 2, "of": 3}
    assert Share.count([]).to_json() == {"score": None, "right": 0, "of": 0}


def test_f1_is_the_harmonic_mean() -> None:
    assert harmonic(Share(1, 2), Share(1, 1)) == {"score": 0.6667}
    assert harmonic(Share(0, 2), Share(0, 1)) == {"score": 0.0}
    assert harmonic(Share(0, 0), Share(1, 1)) == {"score": None}


def test_groups_come_in_alphabetical_order() -> None:
    found = shares([("나", True), ("가", False), ("나", False)], str)
    assert list(found.items()) == [
        ("가", {"score": 0.0, "right": 0, "of": 1}),
        ("나", {"score": 0.5, "right": 1, "of": 2}),
    ]


def test_leaves_are_figures_with_their_paths() -> None:
    nested = {"a": {"score": None}, "b": {"c": {"score": 1.0, "right": 1, "of": 1}, "d": 7}}
    assert [path for path, _ in leaves(nested)] == ["a", "b.c", "b.d"]


def test_rows_show_score_and_counts() -> None:
    shown = {name: (score, counts) for name, score, counts in rows(document())}
    assert shown["extraction · recall"] == ("0.5000", "1/2")
    assert shown["latency_ms · p50"] == ("12.3456", "")
    assert "latency_ms · p95" not in shown  # nothing was measured


def test_what_moved_is_what_differs() -> None:
    old, new = document(), document(score=0.75, right=3, of=4)
    assert moved(old, old) == []
    assert moved(old, new) == [("extraction.recall", "0.5000", "0.7500", "+0.2500")]
    del new["names"]
    assert ("names.accuracy", "0.7500", "–", "") in moved(old, new)
    assert ("names.accuracy", "–", "0.7500", "") in moved(new, old)


def test_more_of_the_same_share_has_not_moved() -> None:
    assert moved(document(), document(right=2, of=4)) == []


def test_markdown_has_each_headline_figure_and_the_notes() -> None:
    text = markdown(document())
    for title in HEADLINE.values():
        assert f"| {title} | " in text
    assert "| Extraction recall | 50.0% | 2 |" in text
    assert "| Time to answer, p50 | 12 ms | 1,234 |" in text
    assert "| Time to answer, p95 | – | 1,234 |" in text
    assert all(note in text for note in NOTES)


def test_a_figure_is_read_by_its_path() -> None:
    assert figure(document(), "extraction.recall") == 0.5
    with pytest.raises(AgentError, match=r"extraction\.nothing"):
        figure(document(), "extraction.nothing")


@pytest.mark.parametrize(
    "content", ["", "[]", '{"a": 1}', "{", '{"gold": {"a": "b"}, "extraction": {}}']
)
def test_files_that_hold_no_figures_are_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "old.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(AgentError, match=r"old\.json"):
        load_figures(file)


def test_saved_figures_are_read_back(tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    more = {"moved": [{"figure": "x"}], "misses": []}
    file.write_text(json.dumps(document() | more), encoding="utf-8")
    assert load_figures(file) == document()
