"""Decisions on entities: the same graph again, whatever the order, and back again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import graphs
from kg.claim import Entity, Mention
from kg.curation import Undecided, decided, occurrences
from kg.decisions import Decision, in_force, log_from_json, log_to_json
from kg.errors import GraphError, WorkspaceError
from kg.extractions import extraction_from_json, extraction_to_json
from kg.workspace import Workspace

GOOGLE = Entity("google", "Company", "구글", "Google", curated=True)
TSMC = Entity("tsmc", "Company", "TSMC", None, ("대만 TSMC",), "TSM", True)
BROADCOM = Entity("broadcom", "Company", "브로드컴", "Broadcom", ("AVGO", "브로드콤"), "AVGO", True)
MERGE = Decision("d0001", "merge", BROADCOM, TSMC, at="2026-01-01T00:00:00+00:00", by="a")


def graph(generation) -> bytes:
    return graphs.canonical_nquads(generation.store)


def test_an_extraction_reads_back_as_it_was(make):
    _, extraction = make.pair(3)
    assert extraction_from_json(extraction_to_json(extraction)) == extraction
    with pytest.raises(GraphError, match="ingest the report again"):
        extraction_from_json('{"report": "x"}')


def test_a_log_reads_back_as_it_was():
    split = Decision(
        "d0002", "split", GOOGLE, TSMC, ("가", "나"), ("r",), (("r", 3),), by="하나", at="2026"
    )
    log = (MERGE, split, Decision("d0003", "undo", undoes="d0002"))
    assert log_from_json(log_to_json(log)) == log
    with pytest.raises(GraphError, match=r"decisions\.jsonl"):
        log_from_json("{}\n")


@pytest.mark.parametrize(
    ("undoes", "held"),
    [
        ([None, None], ["d1", "d2"]),
        ([None, None, "d1"], ["d2"]),
        ([None, "d1", "d2"], ["d1"]),
        ([None, "d1", "d2", "d3"], []),
        ([None, "d1", None, "d3"], []),
    ],
)
def test_what_is_undone_holds_no_more_and_the_undoing_may_be_undone(undoes, held):
    log = [
        Decision(f"d{n}", "undo" if u else "alias_add", undoes=u) for n, u in enumerate(undoes, 1)
    ]
    assert [decision.id for decision in in_force(log)] == held


def test_a_merge_moves_names_claims_mentions_and_labels(make):
    report, extraction = make.pair()
    merge = Decision("d0001", "merge", TSMC, GOOGLE)
    after = decided(report, extraction, [merge])
    assert "google" not in {m.entity for m in after.mentions} | {e.id for e in after.entities}
    [whole] = [e for e in after.entities if e.id == "tsmc"]
    assert (whole.label, whole.label_en, whole.ticker) == ("TSMC", "Google", "TSM")
    assert whole.aliases == ("대만 TSMC", "구글")
    together = next(c for c in after.claims if c.predicate == "coDevelops")
    assert together.qualifiers == {"partner": "TSMC"}
    assert [c.subject.id for c in after.claims if c.predicate == "hasMetric"] == ["tsmc"]
    assert len(after.claims) == len(extraction.claims)


def test_a_merge_reaches_families():
    family = Entity("x_new", "Chip", "새 칩", broader=("x_old",))
    from kg.claim import Extraction

    kept, gone = Entity("x_kept", "Chip", "가족"), Entity("x_old", "Chip", "옛 가족")
    extraction = Extraction("r", (family, gone), (Mention("x_old", 0, 1),), ())
    after = decided(None, extraction, [Decision("d1", "merge", kept, gone)])  # type: ignore[arg-type]  # no report is needed
    assert {e.id: e.broader for e in after.entities}["x_new"] == ("x_kept",)


def test_a_split_takes_what_is_printed_so_and_says_what_it_cannot_tell(make):
    report = make.report(
        text="오로라는 칩을 낸다.\nAurora는 차를 낸다.\n오로라와 Aurora는 다르다.\n"
    )
    aurora = Entity("x_오로라", "Company", "오로라", None, ("Aurora",))
    quotes = ("오로라는 칩을 낸다", "Aurora는 차를 낸다", "오로라와 Aurora는 다르다")
    claims = tuple(make.claim(report, q, aurora, "competesWith", GOOGLE) for q in quotes)
    starts = [0, 12, 27, 32]
    words = ["오로라", "Aurora", "오로라", "Aurora"]
    mentions = tuple(Mention("x_오로라", s, s + len(w)) for s, w in zip(starts, words, strict=True))
    assert [report.text[m.start : m.end] for m in mentions] == words
    _, extraction = make.pair()
    extraction = replace(
        extraction, report=report.id, entities=(aurora, GOOGLE), mentions=mentions, claims=claims
    )
    cars = Entity("x_aurora", "Company", "Aurora")
    undecided = Undecided()
    split = Decision("d1", "split", aurora, cars, ("Aurora",))
    after = decided(report, extraction, [split], undecided)
    assert [c.subject.id for c in after.claims] == ["x_오로라", "x_aurora", "x_오로라"]
    assert [m.entity for m in after.mentions] == ["x_오로라", "x_aurora", "x_오로라", "x_aurora"]
    assert undecided.claims == [claims[2]]
    assert next(e for e in after.entities if e.id == "x_오로라").aliases == ()
    one = Decision("d1", "split", aurora, cars, mentions=((report.id, 12),))
    alone = decided(report, extraction, [one])
    assert [m.entity for m in alone.mentions].count("x_aurora") == 1
    elsewhere = Decision("d1", "split", aurora, cars, reports=("other",))
    assert decided(report, extraction, [elsewhere]) == extraction


def test_an_alias_is_mentioned_where_it_is_printed(make):
    report, extraction = make.pair()
    alias = Decision("d1", "alias_add", GPT7 := Entity("x_gpt7", "Model", "GPT-7"), None, ("소문",))
    after = decided(report, extraction, [alias])
    start = report.text.index("소문")
    assert Mention("x_gpt7", start, start + 2) in after.mentions
    assert next(e for e in after.entities if e.id == "x_gpt7").aliases == ("소문",)
    back = replace(alias, kind="alias_remove", entity=GPT7)
    again = decided(report, after, [back])
    assert sorted(again.entities, key=repr) == sorted(extraction.entities, key=repr)
    assert set(again.mentions) == set(extraction.mentions)


@pytest.mark.parametrize(
    ("text", "name", "printed"),
    [
        ("엔비는 올랐다. 엔비디아는 내렸다.", "엔비", ["엔비"]),
        ("SK 하이닉스와 SK하이닉스", "SK하이닉스", ["SK 하이닉스", "SK하이닉스"]),
        ("Arm은, arms는", "Arm", ["Arm"]),
        ("GPT-5와 GPT-55", "GPT-5", ["GPT-5"]),
    ],
)
def test_an_alias_is_a_word_of_its_own(text, name, printed):
    assert [text[start:end] for start, end in occurrences(text, name)] == printed


@given(st.text(alphabet="가나는 aB1-", max_size=30), st.text(alphabet="가나aB1", min_size=1))
def test_occurrences_are_the_name(text, name):
    for start, end in occurrences(text, name):
        printed = text[start:end].replace(" ", "").replace("-", "")
        assert printed.casefold() == name.casefold()


def test_decisions_hold_for_reports_that_come_later_and_leave_no_trace(make, tmp_path):
    early, late = Workspace(tmp_path / "early"), Workspace(tmp_path / "late")
    pairs = [make.pair(n) for n in (1, 2, 3)]
    plain = early.commit(add=pairs, index=make.index())
    before = graph(plain)
    merged = early.commit(decide=[MERGE], index=make.index())
    late.commit(add=pairs[:1], index=make.index())
    late.commit(decide=[replace(MERGE, by="b", at="2027")], index=make.index())
    late.commit(add=pairs[2:], index=make.index())
    other = late.commit(add=pairs[1:2], index=make.index())
    assert graph(merged) == graph(other) != before
    assert b"entity/tsmc>" not in graph(merged)
    assert [n.label for n in merged.names if "TSMC" in n.labels] == ["브로드컴"]
    undone = early.commit(decide=[Decision("d0002", "undo", undoes="d0001")], index=make.index())
    assert graph(undone) == before
    assert undone.names == plain.names
    assert [d.id for d in undone.decisions] == ["d0001", "d0002"]


def test_decisions_survive_retraction_and_a_corrected_edition(make, workspace):
    workspace.commit(add=[make.pair(1)], index=make.index())
    merged = workspace.commit(decide=[MERGE], index=make.index())
    workspace.commit(remove=["weekly-1"], index=make.index())
    again = workspace.commit(add=[make.pair(1)], index=make.index())
    assert graph(again) == graph(merged)
    assert workspace.commit(add=[make.pair(1)], index=make.index()).number == again.number
    assert again.extraction("weekly-1") == make.pair(1)[1]


def test_a_decision_on_an_older_state_is_refused(make, workspace):
    workspace.commit(add=[make.pair()], index=make.index())
    workspace.commit(decide=[MERGE], index=make.index())
    with pytest.raises(WorkspaceError, match="expected 'd0002'"):
        workspace.commit(decide=[MERGE], index=make.index())
    assert len(workspace.generation().decisions) == 1


def test_an_extraction_that_decisions_make_equal_is_still_kept(make, workspace):
    report, extraction = make.pair()
    workspace.commit(add=[(report, extraction)], index=make.index())
    workspace.commit(decide=[MERGE], index=make.index())
    merged = decided(report, extraction, [MERGE])
    after = workspace.commit(add=[(report, merged)], index=make.index())
    assert after.number == 3
    assert after.extraction(report.id) == merged
