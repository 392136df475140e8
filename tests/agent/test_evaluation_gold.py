from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agent.errors import AgentError
from agent.evaluation.gold import load_gold

QUESTION = {"id": "q1", "doc": "a", "question": "누구?", "type": "person", "answers": [["한빛"]]}
CLAIM = {
    "id": "c1",
    "doc": "a",
    "subject": ["한빛전자"],
    "predicate": ["develops", "releases"],
    "object": ["세모칩"],
    "value": None,
    "qualifiers": {},
    "modality": "plan",
    "quote": "한빛전자는 세모칩을 내놓을 계획이다",
    "where": "prose",
}
LINE = {"doc": "a", "starts": "한빛전자는", "claims": ["c1"]}
CHANGE = {"old": "a", "new": "b", "kind": "new", "subject": ["한빛"], "predicate": ["develops"]}
NAME = {"id": "n1", "text": "한빛은 별이다", "mention": "한빛", "start": 0, "entity": None}


def write(folder: Path, name: str, *items: Any) -> Path:
    lines = [item if isinstance(item, str) else json.dumps(item) for item in items]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_folder_may_lack_kinds_of_files(tmp_path: Path) -> None:
    gold = load_gold(write(tmp_path, "a.qa.jsonl", QUESTION, "", QUESTION | {"id": "q2"}))
    assert [question.id for question in gold.questions] == ["q1", "q2"]
    assert gold.questions[0].answers == (("한빛",),)
    assert (gold.claims, gold.lines, gold.changes, gold.names) == ((), (), (), ())


def test_one_predicate_may_stand_without_a_list(tmp_path: Path) -> None:
    gold = load_gold(write(tmp_path, "a.claims.jsonl", CLAIM | {"predicate": "develops"}))
    assert gold.claims[0].predicate == ("develops",)


@pytest.mark.parametrize(
    ("name", "item", "what"),
    [
        ("a.qa.jsonl", "{", "no JSON"),
        ("a.qa.jsonl", "[1]", "item"),
        ("a.qa.jsonl", {k: v for k, v in QUESTION.items() if k != "type"}, "type: Field required"),
        ("a.qa.jsonl", QUESTION | {"answers": []}, "answers is empty"),
        ("a.qa.jsonl", QUESTION | {"answers": [[]]}, "answers.0"),
        ("a.qa.jsonl", QUESTION | {"answers": [["-"]]}, "nothing is left to compare"),
        ("a.qa.jsonl", QUESTION | {"cite": [{"section": "("}]}, "no regular expression"),
        ("a.claims.jsonl", CLAIM | {"modality": "maybe"}, "modality"),
        ("a.claims.jsonl", CLAIM | {"where": "figure"}, "where"),
        ("a.claims.jsonl", CLAIM | {"subject": []}, "subject"),
        ("a.claims.jsonl", CLAIM | {"value": {"contains": []}}, "value"),
        ("a..b.diff.jsonl", CHANGE | {"kind": "changed"}, "kind"),
        ("aliases.jsonl", NAME | {"start": 1}, "is not at 1"),
        ("aliases.jsonl", {k: v for k, v in NAME.items() if k != "entity"}, "entity"),
    ],
)
def test_what_is_malformed_is_told_with_its_line(
    tmp_path: Path, name: str, item: Any, what: str
) -> None:
    good = {"q": QUESTION, "c": CLAIM, "d": CHANGE}.get(name.split(".")[-2][0], NAME)
    first = json.dumps(good)
    with pytest.raises(AgentError) as error:
        load_gold(write(tmp_path, name, first, item))
    message = str(error.value)
    assert f"{name}' line 2: " in message
    assert what in message
    assert "\n" not in message
    assert error.value.exit_code == 2


def test_an_empty_or_missing_folder_is_no_gold(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(AgentError, match="no gold"):
            load_gold(place)
    write(tmp_path, "notes.jsonl", QUESTION)
    with pytest.raises(AgentError, match="no gold"):
        load_gold(tmp_path)


def test_bytes_that_are_no_utf8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.qa.jsonl").write_bytes("한빛".encode("cp949"))
    with pytest.raises(AgentError, match="cannot read gold"):
        load_gold(tmp_path)


def test_an_exhaustive_line_lists_claims_of_its_own_report(tmp_path: Path) -> None:
    write(tmp_path, "a.claims.jsonl", CLAIM)
    assert load_gold(write(tmp_path, "a.exhaustive.jsonl", LINE)).lines[0].claims == ("c1",)
    write(tmp_path, "a.exhaustive.jsonl", LINE | {"doc": "b"})
    with pytest.raises(AgentError, match="'c1'"):
        load_gold(tmp_path)


def test_claim_ids_are_unique_in_a_report(tmp_path: Path) -> None:
    with pytest.raises(AgentError, match="'c1'"):
        load_gold(write(tmp_path, "a.claims.jsonl", CLAIM, CLAIM))
    assert (
        len(load_gold(write(tmp_path, "a.claims.jsonl", CLAIM, CLAIM | {"doc": "b"})).claims) == 2
    )


def test_gold_of_other_reports_is_left_out_and_counted(tmp_path: Path) -> None:
    write(tmp_path, "a.qa.jsonl", QUESTION, QUESTION | {"doc": "b"}, QUESTION | {"doc": None})
    write(tmp_path, "a..b.diff.jsonl", CHANGE)
    write(tmp_path, "aliases.jsonl", NAME)
    kept = load_gold(tmp_path).within(["a", "c"])
    assert [question.doc for question in kept.questions] == ["a", None]
    assert kept.changes == ()
    assert len(kept.names) == 1
    assert kept.skipped == (("b", 2),)
    assert kept.within(["a"]).skipped == (("b", 2),)


def test_gold_of_other_reports_alone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AgentError, match=r"expected some of \['z'\]"):
        load_gold(write(tmp_path, "a.qa.jsonl", QUESTION)).within(["z"])
