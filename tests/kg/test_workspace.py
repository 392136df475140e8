"""Generations: commits, retraction, locks, and kills at any instant."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from kg import graphs, vocab
from kg.errors import GraphError, UnknownReport, WorkspaceError
from kg.workspace import KEPT, Generation, Workspace


def state(generation: Generation) -> tuple[bytes, str, list[str], list[str]]:
    """What must agree: graph, index, names, reports."""
    return (
        graphs.canonical_nquads(generation.store),
        (generation.index / "ids").read_text("utf-8"),
        [repr(name) for name in generation.names],
        [info.id for info in generation.reports],
    )


def test_adding_and_removing_leaves_no_trace(make, tmp_path):
    one, two = Workspace(tmp_path / "one"), Workspace(tmp_path / "two")
    a, b = make.pair(1), make.pair(2)
    alone = one.commit(add=[a], index=make.index())
    two.commit(add=[a], index=make.index())
    both = two.commit(add=[b], index=make.index())
    assert state(both) != state(alone)
    after = two.commit(remove=["weekly-2"], index=make.index())
    assert state(after) == state(alone)
    assert graphs.canonical_nquads(after.store).count(b"\n") > 100


def test_the_order_of_reports_does_not_matter(make, tmp_path):
    pairs = [make.pair(n) for n in (1, 2, 3)]
    one = Workspace(tmp_path / "one").commit(add=pairs, index=make.index())
    other = Workspace(tmp_path / "two")
    for pair in reversed(pairs):
        two = other.commit(add=[pair], index=make.index())
    assert state(one) == state(two)


def test_the_same_report_twice_changes_nothing(make, workspace):
    first = workspace.commit(add=[make.pair()], note="first", index=make.index())
    report, extraction = make.pair()
    moved = replace(report, source="/elsewhere/weekly.txt")
    again = workspace.commit(add=[(moved, extraction)], note="again", index=make.index())
    assert again.number == first.number == 1
    assert again.manifest.note == "first"


def test_a_new_extractor_makes_a_new_generation(make, workspace):
    report, extraction = make.pair()
    workspace.commit(add=[(report, extraction)], index=make.index())
    better = tuple(replace(c, extractor="test/2") for c in extraction.claims)
    after = workspace.commit(add=[(report, replace(extraction, claims=better))], index=make.index())
    assert after.number == 2
    assert after.info(report.id).extractors == ("test/2",)
    assert b'"test/1"' not in graphs.canonical_nquads(after.store)


def test_a_corrected_edition_is_exactly_replaced(make, tmp_path):
    report, extraction = make.pair(4)
    first, fresh = Workspace(tmp_path / "one"), Workspace(tmp_path / "two")
    wrong = replace(report, title="틀린 제목", sha256="0" * 64)
    first.commit(
        add=[(wrong, replace(extraction, claims=extraction.claims[:2])), make.pair(1)],
        index=make.index(),
    )
    corrected = first.commit(add=[(report, extraction)], index=make.index())
    assert state(corrected) == state(
        fresh.commit(add=[make.pair(1), (report, extraction)], index=make.index())
    )
    assert corrected.report("weekly-4") == report


def test_reports_names_and_manifest_come_back(make, generation):
    report, _ = make.pair(2)
    assert generation.report("weekly-2") == report
    info = generation.info("weekly-2")
    assert (info.sha256, info.passages, info.claims, info.week) == (report.sha256, 2, 5, "2025-W03")
    broadcom = generation.names_by_id["broadcom"]
    assert broadcom.labels == ("브로드컴", "Broadcom", "AVGO", "브로드콤")
    assert (broadcom.claims, broadcom.ticker, broadcom.curated) == (6, "AVGO", True)
    assert generation.names_by_id["tsmc"].claims == 6  # subject of three, object of three
    assert "weekly-2" in generation
    assert "weekly-9" not in generation


def test_the_alias_table_says_what_the_graph_says(generation):
    counted = """SELECT ?e ?class ?label (COUNT(DISTINCT ?c) AS ?claims) {
        ?e a ?class ; skos:prefLabel ?label FILTER(LANG(?label) = "ko")
        FILTER(STRSTARTS(STR(?e), STR(ent:)))
        OPTIONAL { ?c rdf:subject|rdf:object ?e } } GROUP BY ?e ?class ?label ORDER BY ?e"""
    rows = generation.store.query(counted, prefixes=vocab.PREFIXES)
    assert [
        (row["e"].value, row["class"].value, row["label"].value, int(row["claims"].value))
        for row in rows
    ] == [
        (n.iri, vocab.ONTOLOGY + n.cls, n.label, n.claims)
        for n in sorted(generation.names, key=lambda n: n.iri)
    ]


def test_reports_that_name_an_entity_differently_are_merged(make, workspace):
    pairs = []
    for number, label in ((1, "GPT 7"), (2, "GPT-7"), (3, "GPT-7")):
        report, extraction = make.pair(number)
        renamed = tuple(
            replace(e, label=label) if e.id == "x_gpt7" else e for e in extraction.entities
        )
        pairs.append((report, replace(extraction, entities=renamed, claims=())))
    name = workspace.commit(add=pairs, index=make.index()).names_by_id["x_gpt7"]
    assert name.labels == ("GPT-7", "GPT 7")


def test_unchanged_reports_are_hard_links(make, workspace):
    one = workspace.commit(add=[make.pair(1)], index=make.index())
    two = workspace.commit(add=[make.pair(2)], index=make.index())
    file = one.info("weekly-1").file
    assert (one.path / "reports" / file).samefile(two.path / "reports" / file)


def test_long_korean_ids_and_ids_that_differ_in_case_have_files(make, workspace):
    ids = ["한국어로 아주 길게 지은 주간 보고서 이름 " * 5, "Weekly", "weekly", "a/b", ".."]
    pairs = [
        (make.report(1, id=id_), replace(make.pair()[1], report=id_, claims=(), mentions=()))
        for id_ in ids
    ]
    generation = workspace.commit(add=pairs, index=make.index())
    assert {generation.report(id_).id for id_ in ids} == set(ids)
    assert len(list((generation.path / "reports").iterdir())) == len(ids)
    assert len({info.file.casefold() for info in generation.reports}) == len(ids)


def test_no_workspace_says_what_to_do(tmp_path):
    with pytest.raises(WorkspaceError, match="kg ingest"):
        Workspace(tmp_path / "none").generation()
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("text", ["", "g1", "../g000001", "한글"])
def test_a_damaged_current_is_told(make, workspace, text):
    workspace.commit(add=[make.pair()], index=make.index())
    (workspace.home / "CURRENT").write_text(text, "utf-8")
    with pytest.raises(WorkspaceError, match="CURRENT"):
        Workspace(workspace.home).generation()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"number": 1}'])
def test_a_damaged_manifest_is_told(make, workspace, text):
    path = workspace.commit(add=[make.pair()], index=make.index()).path
    (path / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(WorkspaceError, match=r"manifest\.json"):
        _ = Workspace(workspace.home).generation().reports


def test_a_generation_of_another_layout_is_told(make, workspace):
    path = workspace.commit(add=[make.pair()], index=make.index()).path / "manifest.json"
    manifest = json.loads(path.read_text("utf-8")) | {"layout": 1}
    path.write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(WorkspaceError, match="layout 1 instead of 4"):
        _ = Workspace(workspace.home).generation().reports


def test_removing_what_is_not_there(make, workspace):
    workspace.commit(add=[make.pair()], index=make.index())
    with pytest.raises(UnknownReport, match="weekly-7"):
        workspace.commit(remove=["weekly-1", "weekly-7"], index=make.index())
    assert workspace.generation().number == 1
    with pytest.raises(UnknownReport, match="weekly-7"):
        workspace.generation().info("weekly-7")


def test_two_editions_in_one_commit_are_refused(make, workspace):
    with pytest.raises(GraphError, match="weekly-1"):
        workspace.commit(add=[make.pair(), make.pair()], index=make.index())
    with pytest.raises(GraphError, match="weekly-1"):
        workspace.commit(add=[make.pair()], remove=["weekly-1"], index=make.index())
    assert not workspace.exists


def test_a_failing_index_leaves_the_old_generation(make, workspace):
    class Failing:
        embedder = "none"

        def write(self, target, previous, added, removed):
            target.mkdir()
            raise ValueError("no vectors today")

    before = state(workspace.commit(add=[make.pair(1)], index=make.index()))
    with pytest.raises(ValueError, match="no vectors"):
        workspace.commit(add=[make.pair(2)], index=Failing())
    assert state(Workspace(workspace.home).generation()) == before
    assert len(list((workspace.home / "generations").iterdir())) == 1
    assert workspace.commit(add=[make.pair(2)], index=make.index()).number == 2


def test_a_reader_is_never_disturbed(make, workspace):
    old = workspace.commit(add=[make.pair(1)], index=make.index())
    before = state(old)
    for number in range(2, KEPT + 4):
        workspace.commit(add=[make.pair(number)], index=make.index())
    assert state(old) == before
    assert workspace.generation().number == KEPT + 3
    kept = sorted(p.name for p in (workspace.home / "generations").iterdir())
    assert kept[0] == "g000001"  # held by this reader
    assert len(kept) == KEPT + 1
    del old
    workspace.commit(add=[make.pair(50)], index=make.index())
    kept = sorted(p.name for p in (workspace.home / "generations").iterdir())
    assert "g000001" not in kept
    assert len(kept) == KEPT


@pytest.mark.skipif(os.name == "nt", reason="no locks that others see")
def test_whether_anybody_reads(make, workspace):
    assert not workspace.is_read
    Workspace(workspace.home).commit(add=[make.pair(1)], index=make.index())
    assert not workspace.is_read
    reader = Workspace(workspace.home).generation()
    assert workspace.is_read
    assert reader.names  # reading goes on
    Workspace(workspace.home).commit(add=[make.pair(2)], index=make.index())
    assert not workspace.is_read  # what is held is no longer current
    assert reader.number == 1


def test_the_current_generation_is_one_object_until_a_commit(make, workspace):
    workspace.commit(add=[make.pair(1)], index=make.index())
    reader = Workspace(workspace.home)
    first = reader.generation()
    assert reader.generation() is first
    workspace.commit(add=[make.pair(2)], index=make.index())
    assert reader.generation().number == 2


HOLD = """
import sys
from pathlib import Path
from kg.workspace import Workspace
with Workspace(Path(sys.argv[1]))._writing(0):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_who_holds_the_lock(make, workspace):
    workspace.commit(add=[make.pair(1)], index=make.index())
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(workspace.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as first:
        assert first.stdout.readline() == b"held\n"
        with pytest.raises(WorkspaceError, match=rf"process {first.pid} on \S+ since \d{{4}}-"):
            workspace.commit(add=[make.pair(2)], index=make.index())
        assert workspace.generation().number == 1  # reading is free
        first.stdin.close()
    assert workspace.commit(add=[make.pair(2)], index=make.index()).number == 2


KILLED = """
import os, pickle, signal, sys, time
from pathlib import Path
from kg.workspace import Workspace
import filelock, importlib.metadata, corpus.store, pyoxigraph, socket

class Index:
    embedder = "none"
    def write(self, target, previous, added, removed):
        ids = set((previous / "ids").read_text("utf-8").split("\\n")) - set(removed)
        target.mkdir()
        (target / "ids").write_text("\\n".join(sorted(ids | {r.id for r, _ in added})), "utf-8")

home, pairs = Path(sys.argv[1]), pickle.load(open(sys.argv[2], "rb"))
for line in sys.stdin:  # one commit a line, each in a light child
    number, delay = line.split()
    started = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        add, remove = ([pairs[2]], []) if number == "2" else ([], ["weekly-2"])
        Workspace(home).commit(add=add, remove=remove, index=Index())
        os._exit(0)
    if float(delay) >= 0:
        time.sleep(float(delay))
        os.kill(pid, signal.SIGKILL)  # not waited for yet, so the pid is still the child's
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    print(code, time.perf_counter() - started, flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill -9")
def test_a_kill_at_any_instant_leaves_the_old_or_the_new_generation(make, workspace, tmp_path):
    """Fifty commits, alternately adding and removing a report, killed at random moments."""
    import pickle

    pickled = tmp_path / "pairs"
    pickled.write_bytes(pickle.dumps({n: make.pair(n) for n in (1, 2)}))
    without = state(workspace.commit(add=[make.pair(1)], index=make.index()))
    with_ = state(workspace.commit(add=[make.pair(2)], index=make.index()))
    script = tmp_path / "killed.py"
    script.write_text(KILLED, "utf-8")
    rng, outcomes, took, killed_trials = random.Random(7), set(), [], 0
    with subprocess.Popen(
        [sys.executable, str(script), str(workspace.home), str(pickled)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as zygote:
        for trial in range(53):
            has_two = "weekly-2" in Workspace(workspace.home).generation()
            # the first three run to the end, to know how long one takes
            delay = rng.uniform(0, 1.1 * max(took)) if trial >= 3 else -1
            zygote.stdin.write(f"{-2 if has_two else 2} {delay}\n")
            zygote.stdin.flush()
            code, seconds = zygote.stdout.readline().split()
            assert int(code) in (0, -signal.SIGKILL)
            killed = int(code) != 0
            killed_trials += killed
            took += [] if killed or trial >= 3 else [float(seconds)]
            now = Workspace(workspace.home).generation()
            expected = with_ if "weekly-2" in now else without
            assert state(now) == expected, f"trial {trial}"
            assert now.report("weekly-1").id == "weekly-1"
            outcomes.add((killed, has_two != ("weekly-2" in now)))
        zygote.stdin.close()
    assert {(True, False), (False, True)} <= outcomes
    assert killed_trials > 20, "most commits ended before the kill"
    final = workspace.commit(add=[make.pair(3)], index=make.index())  # the lock is free
    left = [p for p in (workspace.home / "generations").iterdir() if p.name > final.path.name]
    assert left == []
    assert json.loads((final.path / "manifest.json").read_text("utf-8"))["number"] == final.number
