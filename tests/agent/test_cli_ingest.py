"""Commands that change the workspace: all or none, exactly replaced, exactly retracted."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Kg = Callable[..., Any]

REPORT = """# 시험 위클리

2025년 3월 3일 · 시험 리서치

## I. 반도체

### 1. 투자

엔비디아는 2025년 2월 14일 예시소프트를 3억 달러에 인수했다. TSMC는 애리조나에 공장을 짓는다.

표 1. 예시 가격

| 품목 | 가격(달러) | 변동률(%) |
|---|---:|---:|
| DDR5 16Gb | 4.80 | +1.2 |
| DDR4 8Gb | 1.60 | -0.5 |

자료: 시험 집계
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Three short reports of three weeks, and three files that are none."""
    folder = tmp_path / "files"
    folder.mkdir()
    found = {}
    for day, price in (("03", "4.80"), ("10", "4.95"), ("17", "5.10")):
        path = folder / f"memo-{day}.md"
        text = REPORT.replace("3월 3일", f"3월 {int(day)}일").replace("4.80", price)
        path.write_text(text, encoding="utf-8")
        found[day] = path
    (folder / "undated.txt").write_text("날짜가 없는 글이다.\n", encoding="utf-8")
    (folder / "binary.md").write_bytes(bytes(range(128, 256)) * 9)
    (folder / "empty.md").write_text(" \n\n", encoding="utf-8")
    return found | {name: folder / name for name in ("undated.txt", "binary.md", "empty.md")}


@pytest.fixture
def at(kg_anywhere: Kg, tmp_path: Path) -> Kg:
    """Run a command on a workspace of this test's own."""

    def run_line(*args: str | Path, home: str = "w.kg", stdin: str = "") -> Any:
        return kg_anywhere(*args, "--home", tmp_path / home, stdin=stdin)

    return run_line


def nquads(at: Kg, home: str = "w.kg") -> str:
    result = at("export", "--format", "nquads", home=home)
    assert result.code == 0
    return str(result.out)


def statuses(result: Any) -> list[tuple[str, str]]:
    assert result.code == 0, result
    return [(report["id"], report["status"]) for report in result.json["reports"]]


def test_new_unchanged_replaced(at: Kg, files: dict[str, Path]) -> None:
    assert statuses(at("ingest", files["03"], "--json")) == [("memo-03", "new")]
    first = at("reports", "--json").json
    again = at("ingest", files["03"], "--json")
    assert statuses(again) == [("memo-03", "unchanged")]
    assert again.json["generation"] == 1
    assert at("reports", "--json").json == first
    files["03"].write_text(REPORT.replace("3억", "4억"), encoding="utf-8")
    assert statuses(at("ingest", files["03"], "--json")) == [("memo-03", "replaced")]
    assert at("reports", "--json").json[0]["sha256"] != first[0]["sha256"]


def test_lines_for_people(at: Kg, files: dict[str, Path]) -> None:
    result = at("ingest", files["03"])
    assert result.err == ""
    assert result.out.startswith("new  2025-03-03  memo-03  ")
    assert at("ingest", files["03"]).out == "unchanged  2025-03-03  memo-03\n"


def test_dry_run_stores_nothing(at: Kg, files: dict[str, Path], tmp_path: Path) -> None:
    result = at("ingest", files["03"], "--dry-run", "--json")
    assert statuses(result) == [("memo-03", "new")]
    assert (result.json["dry_run"], result.json["generation"]) == (True, None)
    assert not (tmp_path / "w.kg").exists()
    assert at("ingest", files["03"], "--dry-run").out.startswith("would be new  2025-03-03")
    at("ingest", files["03"])
    before = nquads(at)
    files["03"].write_text(REPORT.replace("3억", "4억"), encoding="utf-8")
    assert statuses(at("ingest", files["03"], "--dry-run", "--json")) == [("memo-03", "replaced")]
    assert nquads(at) == before


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("undated.txt", ["undated.txt", "--date"]),
        ("binary.md", ["binary.md", "UTF-8"]),
        ("empty.md", ["empty.md", "no text"]),
    ],
)
def test_one_bad_file_stores_none_of_them(
    at: Kg, files: dict[str, Path], tmp_path: Path, bad: str, words: list[str]
) -> None:
    message = at("ingest", files["03"], files[bad]).error(2)
    assert all(word in message for word in words)
    assert not (tmp_path / "w.kg").exists()
    at("ingest", files["03"])
    before = nquads(at)
    at("ingest", files["10"], files[bad], files["17"]).error(2)
    assert nquads(at) == before
    assert [report["id"] for report in at("reports", "--json").json] == ["memo-03"]


def test_a_bad_file_among_several_processes(at: Kg, files: dict[str, Path], tmp_path: Path) -> None:
    at("ingest", files["03"], files["binary.md"], "--jobs", "2").error(2)
    assert not (tmp_path / "w.kg").exists()


def test_two_files_with_one_id_are_refused(at: Kg, files: dict[str, Path], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(files["10"], other / "memo-03.md")
    message = at("ingest", files["03"], other / "memo-03.md").error(2)
    assert "'memo-03'" in message
    assert str(other) in message
    assert not (tmp_path / "w.kg").exists()


def test_one_file_named_twice_is_read_once(at: Kg, files: dict[str, Path]) -> None:
    path = files["03"]
    roundabout = path.parent / ".." / path.parent.name / path.name
    assert statuses(at("ingest", path, roundabout, "--json")) == [("memo-03", "new")]


def test_folders_and_globs(at: Kg, files: dict[str, Path], tmp_path: Path) -> None:
    good = tmp_path / "good"
    (good / "deep").mkdir(parents=True)
    shutil.copy(files["03"], good)
    shutil.copy(files["10"], good / "deep")
    (good / "notes.xyz").write_text("no report", encoding="utf-8")
    assert [i for i, _ in statuses(at("ingest", good, "--json"))] == ["memo-10", "memo-03"]
    result = at("ingest", f"{files['03'].parent}/memo-*.md", "--json", home="glob.kg")
    assert [i for i, _ in statuses(result)] == ["memo-03", "memo-10", "memo-17"]


@pytest.mark.parametrize("what", ["없는.md", "*.hwp", "빈폴더"])
def test_nothing_to_read(at: Kg, tmp_path: Path, what: str) -> None:
    (tmp_path / "빈폴더").mkdir()
    assert repr(what) in at("ingest", what).error(2)


def test_a_file_of_another_format(at: Kg, tmp_path: Path) -> None:
    (tmp_path / "x.xyz").write_text("글", encoding="utf-8")
    message = at("ingest", tmp_path / "x.xyz").error(2)
    assert "'.xyz'" in message
    assert ".md" in message


def test_date_title_publisher_and_id(at: Kg, files: dict[str, Path]) -> None:
    at("ingest", files["undated.txt"], "--date", "2025-03-04", "--title", "메모",
       "--publisher", "리서치센터", "--id", "memo-x")  # fmt: skip
    (report,) = at("reports", "--json").json
    assert (report["id"], report["date"]) == ("memo-x", "2025-03-04")
    assert (report["title"], report["publisher"]) == ("메모", "리서치센터")


@pytest.mark.parametrize("option", [("--date", "2025-03-04"), ("--title", "x"), ("--id", "x")])
def test_what_describes_one_report_is_refused_for_several(
    at: Kg, files: dict[str, Path], option: tuple[str, str]
) -> None:
    assert "2 files" in at("ingest", files["03"], files["10"], *option).error(2)


def test_a_wrong_date(at: Kg, files: dict[str, Path]) -> None:
    assert "'2025-13-01'" in at("ingest", files["03"], "--date", "2025-13-01").error(2)


def test_a_corrected_edition_replaces_exactly(at: Kg, files: dict[str, Path]) -> None:
    at("ingest", files["03"], files["10"], files["17"])
    corrected = files["10"].read_text("utf-8").replace("4.95", "4.59").replace("3억", "5억")
    files["10"].write_text(corrected, encoding="utf-8")
    at("ingest", files["10"])
    at("ingest", files["03"], files["10"], files["17"], home="fresh.kg")
    assert nquads(at) == nquads(at, home="fresh.kg")
    assert "4.95" not in nquads(at)
    assert "4.95" not in at("search", "DDR5 16Gb 가격", "--json").out


def test_remove_leaves_what_would_have_been(at: Kg, files: dict[str, Path]) -> None:
    at("ingest", files["03"], files["10"], files["17"])
    result = at("remove", "memo-10")
    assert (result.code, result.out, result.err) == (0, "removed memo-10\n", "")
    at("ingest", files["03"], files["17"], home="fresh.kg")
    assert nquads(at) == nquads(at, home="fresh.kg")
    assert {h["report"] for h in at("search", "DDR5", "--json").json} == {"memo-03", "memo-17"}
    at("text", "memo-10").error(2)


def test_remove_the_last_report(at: Kg, files: dict[str, Path]) -> None:
    at("ingest", files["03"])
    assert at("remove", "memo-03").code == 0
    assert at("reports", "--json").json == []
    assert at("stats", "--json").json["claims"] == 0
    assert at("ask", "엔비디아가 인수한 회사는?", "--json").json["abstained"] is True
    assert at("search", "DDR5").error(1) == "kg: no passage found\n"
    at("diff").error(2)


def test_one_week_has_nothing_to_compare(at: Kg, files: dict[str, Path]) -> None:
    at("ingest", files["03"])
    assert "1 week" in at("diff").error(2)


def test_diff_of_two_editions_of_a_price(at: Kg, files: dict[str, Path]) -> None:
    at("ingest", files["03"], files["10"])
    changes = at("diff", "--format", "json").json["changes"]
    changed = [c for c in changes if c["kind"] == "value_changed"]
    assert [(c["old"]["value"], c["new"]["value"]) for c in changed] or changes
    said = str(changed)
    assert "4.80" in said
    assert "4.95" in said
    assert at("diff", "--exit-code").code == 1


def test_validate_conforms(at: Kg, files: dict[str, Path]) -> None:
    at("ingest", files["03"])
    result = at("validate", "--json")
    document = result.json
    assert result.code == 0
    assert (document["conforms"], document["reports"], document["violations"]) == (True, 1, [])
    assert document["claims"] == at("stats", "--json").json["claims"]
    assert "conform" in at("validate").out


def test_text_of_a_file_with_a_mark_and_windows_line_ends(at: Kg, tmp_path: Path) -> None:
    raw = "# 메모\r\n\r\n2025년 3월 3일\r\n\r\n**엔비디아**는 칩을 판다.\r\n"
    (tmp_path / "win.md").write_bytes(b"\xef\xbb\xbf" + raw.encode("utf-8"))
    at("ingest", tmp_path / "win.md")
    assert at("text", "win").out == raw.replace("\r\n", "\n")


def test_text_of_cp949_and_decomposed_hangul(at: Kg, tmp_path: Path) -> None:
    import unicodedata

    text = "메모\n\n2025년 3월 3일\n\n엔비디아는 새 칩을 공개했다.\n"
    (tmp_path / "old.txt").write_bytes(text.encode("cp949"))
    (tmp_path / "mac.txt").write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    at("ingest", tmp_path / "old.txt", tmp_path / "mac.txt")
    assert at("text", "old").out == text
    assert at("text", "mac").out == text


def test_an_unknown_embedder_is_one_line(
    at: Kg, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    at("ingest", files["03"])
    message = at("ingest", files["10"], "--embedder", "other-model").error(2)
    assert "'other-model'" in message
    assert "'kiwi-cong'" in message
    missing = tmp_path / "없는-모델"
    assert repr(str(missing)) in at(
        "ingest", files["03"], "--embedder", missing, home="e.kg"
    ).error(2)
    assert at("reports", home="e.kg").code == 2


def test_order_and_jobs_do_not_matter(at: Kg, files: dict[str, Path]) -> None:
    at("ingest", files["17"], files["03"], files["10"], home="a.kg")
    at("ingest", files["03"], files["10"], files["17"], "--jobs", "2", home="b.kg")
    for day in ("10", "17", "03"):
        at("ingest", files[day], home="c.kg")
    assert nquads(at, "a.kg") == nquads(at, "b.kg") == nquads(at, "c.kg")


def test_it_gives_way_to_those_who_read(
    kg_anywhere: Kg, own_home: Path, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.workspace import Workspace

    niced: list[int] = []
    monkeypatch.setattr("os.nice", niced.append, raising=False)
    some = next(file for file in files.values() if file.suffix == ".md")
    line = ("ingest", some, "--home", own_home)
    assert kg_anywhere(*line).code == 0
    assert niced == []
    reader = Workspace(own_home).generation()
    assert kg_anywhere(*line).code == 0
    assert niced == ([] if os.name == "nt" else [10])
    assert reader.reports


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make the extractor another version than the one installed."""

    def to(version: str) -> None:
        monkeypatch.setattr("extractors.version.extractor_version", lambda: version)

    return to


def test_the_same_extractor_reads_nothing_twice(
    at: Kg, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    at("ingest", files["03"], files["10"])

    def refuse(file: Path, options: object) -> None:
        raise AssertionError(f"{file} is extracted again")

    monkeypatch.setattr("agent.ingest.read_and_extract", refuse)
    again = at("ingest", files["10"], files["03"], "--json")
    assert statuses(again) == [("memo-10", "unchanged"), ("memo-03", "unchanged")]
    assert again.json["generation"] == 1
    assert all(row["claims"] and row["passages"] for row in again.json["reports"])
    assert at("ingest", files["03"], "--publisher", "다른 곳").code == 70


def test_another_extractor_reads_again(
    at: Kg, files: dict[str, Path], upgrade: Callable[[str], None]
) -> None:
    upgrade("1")
    at("ingest", files["03"])
    before = nquads(at)
    upgrade("2")
    assert at("ingest", files["03"], "--dry-run").out.startswith("would be re-read  2025-03-03")
    assert at("ingest", files["03"], files["10"]).out.splitlines()[0].startswith("re-read  ")
    at("remove", "memo-10")
    assert nquads(at) == before
    assert at("ingest", files["03"]).out == "unchanged  2025-03-03  memo-03\n"
    files["03"].write_text(REPORT.replace("3억", "4억"), encoding="utf-8")
    upgrade("3")
    assert statuses(at("ingest", files["03"], "--json")) == [("memo-03", "replaced")]


def test_what_was_stored_without_a_version_is_old(
    at: Kg, files: dict[str, Path], tmp_path: Path
) -> None:
    at("ingest", files["03"])
    manifest = tmp_path / "w.kg" / "generations" / "g000001" / "manifest.json"
    held = json.loads(manifest.read_text(encoding="utf-8"))
    assert held["reports"][0].pop("read_by")
    manifest.write_text(json.dumps(held), encoding="utf-8")
    assert statuses(at("ingest", files["03"], "--json")) == [("memo-03", "re-read")]


def test_decisions_and_rollbacks_outlive_another_extractor(
    at: Kg, files: dict[str, Path], upgrade: Callable[[str], None]
) -> None:
    upgrade("1")
    at("ingest", files["03"])
    plain = nquads(at)
    at("entity", "merge", "엔비디아", "TSMC", "--yes")
    merged = nquads(at)
    assert at("ingest", files["03"]).out.startswith("unchanged")
    upgrade("2")
    assert at("ingest", files["03"]).out.startswith("re-read")
    assert nquads(at) == merged
    at("entity", "undo", "--yes")
    assert nquads(at) == plain
    assert at("ingest", files["03"]).out.startswith("unchanged")
