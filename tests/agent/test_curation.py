"""`kg entity merge`, `split`, `alias`, `log`, `undo`, on a copy of the sample workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Kg = Callable[..., Any]


@pytest.fixture
def own(kg_anywhere: Kg, own_home: Path) -> Kg:
    """Run a command on a workspace that may be changed."""
    return lambda *args: kg_anywhere(*args, "--home", own_home)


def graph(own: Kg) -> str:
    return str(own("export", "--format", "nquads").out)


@pytest.mark.parametrize("dashes", [("show",), ("--",), ()])
def test_a_name_is_looked_up_with_or_without_the_command(
    kg_anywhere: Kg, home: Path, dashes
) -> None:
    found = kg_anywhere("entity", "--home", home, *dashes, "브로드컴")
    assert found.code == 0
    assert found.out.startswith("브로드컴 (Company)")
    assert kg_anywhere("entity", "브로드컴", "--home", home).out == found.out


def test_an_entity_called_like_a_command_can_be_looked_up(kg_anywhere: Kg, home: Path) -> None:
    for words in (("show", "merge"), ("--", "merge")):
        result = kg_anywhere("entity", "--home", home, *words)
        assert "no entity is called 'merge'" in result.error()
    assert kg_anywhere("entity", "merge", "--home", home).code == 2


def test_a_merge_is_shown_done_logged_and_undone(own: Kg) -> None:
    before = graph(own)
    seen = own("entity", "merge", "브로드컴", "마벨")
    assert seen.code == 0
    assert "merge 브로드컴 ← 마벨" in seen.out
    assert "their tickers differ: AVGO, MRVL" in seen.out
    assert "nothing changed" in seen.err
    assert graph(own) == before
    assert own("entity", "log", "--json").json == []

    done = own("entity", "merge", "브로드컴", "마벨", "--yes", "--json").json
    assert done["applied"] is True
    assert done["claims"]
    assert all(
        pair["before"]["subject"]["label"] != pair["after"]["subject"]["label"]
        or pair["before"]["object"] != pair["after"]["object"]
        or pair["before"]["qualifiers"] != pair["after"]["qualifiers"]
        or pair["before"]["attributed_to"] != pair["after"]["attributed_to"]
        for pair in done["claims"]
    )
    assert own("entity", "Marvell", "--json").json["label"] == "브로드컴"
    assert "entity/marvell" not in graph(own)
    assert own("validate").code == 0

    assert own("entity", "undo", "--yes").code == 0
    assert graph(own) == before
    log = own("entity", "log", "--json").json
    assert [(row["id"], row["undone_by"]) for row in log] == [("d0001", "d0002"), ("d0002", None)]
    assert "undone already, by 'd0002'" in own("entity", "undo", "d0001", "--yes").error()
    own("entity", "undo", "d0002", "--yes")
    assert "entity/marvell" not in graph(own)


def test_a_dry_run_with_yes_does_nothing(own: Kg) -> None:
    before = graph(own)
    assert own("entity", "merge", "AMD", "인텔", "--yes", "--dry-run").code == 0
    assert graph(own) == before


def test_decisions_outlive_an_ingest_of_the_same_report(own: Kg, samples: dict[str, Path]) -> None:
    own("entity", "merge", "브로드컴", "마벨", "--yes")
    merged = graph(own)
    again = own("ingest", samples["weekly-2025-01-06"])
    assert "unchanged" in again.out
    own("remove", "weekly-2025-01-06")
    own("ingest", samples["weekly-2025-01-06"])
    assert graph(own) == merged


def test_a_report_may_be_split_off(own: Kg) -> None:
    shown = own(
        "entity", "split", "브로드컴", "--report", "weekly-2025-01-13", "--yes", "--json"
    ).json
    assert shown["reports"] == ["weekly-2025-01-13"]
    assert {c["after"]["report"] for c in shown["claims"]} == {"weekly-2025-01-13"}
    both = own("entity", "브로드컴")
    assert "also means" in both.err
    refused = own("entity", "merge", "브로드컴", "마벨").error()
    assert "means several entities" in refused
    assert "broadcom (" in refused
    assert own("entity", "merge", "broadcom", "x_브로드컴", "--yes").code == 0
    assert own("entity", "브로드컴").err == ""


def test_an_alias_is_understood_by_questions(own: Kg) -> None:
    assert own("entity", "엔비당").code == 2
    assert own("entity", "alias", "add", "엔비디아", "엔비당", "--yes").code == 0
    assert own("entity", "엔비당", "--json").json["label"] == "엔비디아"
    assert "already" in own("entity", "alias", "add", "엔비디아", "엔비당").error()
    assert own("entity", "alias", "remove", "엔비디아", "엔비당", "--yes").code == 0
    assert own("entity", "엔비당").code == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("merge", "브로드컴", "Broadcom"), "already"),
        (("merge", "브로드컴", "없는회사"), "no entity is called '없는회사'"),
        (("split", "브로드컴"), "expected --alias, --report or --mention"),
        (("split", "브로드컴", "--alias", "마벨"), "is not called '마벨'"),
        (("split", "브로드컴", "--alias", "브로드컴"), "is shown by"),
        (("split", "브로드컴", "--report", "none"), "no report 'none'"),
        (("split", "브로드컴", "--mention", "12"), "expected REPORT:START"),
        (("split", "브로드컴", "--alias", "AVGO", "--class", "Firm"), "no class 'Firm'"),
        (("alias", "add", "브로드컴", "마벨"), "entity merge broadcom marvell"),
        (("alias", "add", "브로드컴", " "), "an alias is empty"),
        (("alias", "remove", "브로드컴", "브로드컴"), "is shown by"),
        (("undo",), "nothing to undo"),
        (("undo", "d0009"), "no decision 'd0009'"),
    ],
)
def test_what_cannot_be_decided_is_told(kg: Kg, words: tuple[str, ...], told: str) -> None:
    assert told in kg("entity", *words).error()
