"""The commands that show what is in a workspace, and where it is looked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Kg = Callable[..., Any]

REPORT = {"id", "title", "publisher", "date", "source", "sha256", "passages", "claims"}
MODALITIES = {"fact", "plan", "forecast", "rumour", "opinion", "denied"}


def test_reports_lists_oldest_first(kg: Kg) -> None:
    result = kg("reports")
    rows = [line.split("\t") for line in result.out.splitlines()]
    assert (result.code, result.err) == (0, "")
    assert [row[:2] for row in rows] == [
        ["2024-12-30", "weekly-2024-12-30"],
        ["2025-01-06", "weekly-2025-01-06"],
        ["2025-01-13", "weekly-2025-01-13"],
    ]


def test_reports_json_has_the_contracts_fields(kg: Kg, texts: dict[str, str]) -> None:
    reports = kg("reports", "--json").json
    assert [set(report) for report in reports] == [REPORT] * 3
    newest = reports[-1]
    assert newest["title"] == "AI 반도체 위클리: CES가 보여 준 것과 수출 규제라는 변수"
    assert newest["publisher"] == "kg-weekly 샘플"
    assert len(newest["sha256"]) == 64
    assert len({report["sha256"] for report in reports}) == 3
    assert all(report["passages"] > 20 and report["claims"] > 100 for report in reports)


def test_stats_add_up(kg: Kg) -> None:
    figures = kg("stats", "--json").json
    reports = kg("reports", "--json").json
    assert figures["reports"] == 3
    assert figures["claims"] == sum(report["claims"] for report in reports)
    assert figures["passages"] == sum(report["passages"] for report in reports)
    for group in ("relation", "modality", "week"):
        assert sum(figures[group].values()) == figures["claims"], group
    assert sum(figures["class"].values()) == figures["entities"]
    assert set(figures["modality"]) <= MODALITIES
    assert set(figures["week"]) == {"2025-W01", "2025-W02", "2025-W03"}


def test_stats_for_people_says_the_same(kg: Kg) -> None:
    figures = kg("stats", "--json").json
    rows = [tuple(line.split("\t")) for line in kg("stats").out.splitlines()]
    assert ("claims", "", str(figures["claims"])) in rows
    assert ("relation", "hasMetric", str(figures["relation"]["hasMetric"])) in rows


def test_text_is_the_files_own(kg: Kg, texts: dict[str, str]) -> None:
    result = kg("text", "weekly-2025-01-06")
    assert (result.code, result.err) == (0, "")
    assert result.out == texts["weekly-2025-01-06"]


# entity, path


def test_entity_by_any_name_is_one(kg: Kg) -> None:
    profiles = [kg("entity", n, "--json").json for n in ("브로드컴", "broadcom", "AVGO")]
    assert profiles[0] == profiles[1] == profiles[2]
    found = profiles[0]
    assert set(found) == {"iri", "label", "class", "names", "weeks", "mentions"}
    assert (found["label"], found["class"]) == ("브로드컴", "Company")
    assert [week["week"] for week in found["weeks"]] == ["2025-W01", "2025-W02", "2025-W03"]
    for week in found["weeks"]:
        for claim in week["claims"]:
            sides = {claim["subject"]["iri"], (claim["object"] or {}).get("iri")}
            assert found["iri"] in sides


def test_entity_as_of(kg: Kg) -> None:
    found = kg("entity", "브로드컴", "--json", "--as-of", "2025-01-06").json
    assert [week["week"] for week in found["weeks"]] == ["2025-W01", "2025-W02"]
    assert set(found["mentions"]) <= {"weekly-2024-12-30", "weekly-2025-01-06"}


def test_entity_for_people(kg: Kg) -> None:
    out = kg("entity", "AMD").out
    assert out.startswith("AMD (Company)")
    assert "\n2025-W02\n  · " in out
    assert "passages that mention it:" in out


def test_path_cites_each_step(kg: Kg, texts: dict[str, str]) -> None:
    result = kg("path", "엔비디아", "Run:ai", "--json")
    assert result.code == 0
    steps = result.json
    assert steps[0]["from"]["label"] == "엔비디아"
    assert steps[-1]["to"]["label"] == "Run:ai"
    for step in steps:
        evidence = step["claim"]["evidence"]
        text = texts[step["claim"]["report"]]
        assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert "—acquires→" in kg("path", "엔비디아", "Run:ai").out


def test_unconnected_entities_are_a_negative_finding(kg: Kg) -> None:
    result = kg("path", "서비스나우", "바이두", "--json")
    assert (result.code, result.json) == (1, [])
    assert result.err == "kg: nothing connects '서비스나우' and '바이두' in the reports\n"


# --home, $KG_HOME, .kg


def test_home_option_wins_over_environment_over_folder(
    kg_anywhere: Kg, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "'.kg'" in kg_anywhere("reports").error()
    monkeypatch.setenv("KG_HOME", str(tmp_path / "elsewhere"))
    assert "elsewhere" in kg_anywhere("reports").error()
    assert kg_anywhere("reports", "--home", home).code == 0
    monkeypatch.setenv("KG_HOME", str(home))
    assert kg_anywhere("reports").code == 0
    monkeypatch.delenv("KG_HOME")
    (tmp_path / ".kg").symlink_to(home)
    assert kg_anywhere("reports").code == 0
