"""The command line over time: diff and its filters, series, as of, corrections, watches."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

Kg = Callable[..., Any]

MEMO = """# 하나 메모

2025년 3월 {day}일

## 1. 기업

엔비디아는 {bought}를 인수했다. 퀄컴은 새 칩을 {plan}.

표 1. 메모리 가격

| 제품 | 가격(달러) |
|---|---|
| DDR5 16Gb | {price} |
| DDR4 8Gb | 1.50 |
"""


@pytest.fixture
def at(kg_anywhere: Kg, tmp_path: Path) -> Kg:
    def run_line(*args: object) -> Any:
        return kg_anywhere(*args, "--home", tmp_path / "own.kg")

    return run_line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    return place


def memo(
    folder: Path, day: str, price: str, bought: str = "그래프코어", plan: str = "출시할 계획이다"
) -> Path:
    file = folder / f"memo-{day}.md"
    text = MEMO.format(day=int(day), price=price, bought=bought, plan=plan)
    file.write_text(text, encoding="utf-8")
    return file


def kinds(result: Any) -> set[str]:
    return {change["kind"] for change in result.json["changes"]}


def test_diff_keeps_the_kind_asked_for(kg: Kg) -> None:
    assert kinds(kg("diff", "--kind", "dropped", "--format", "json")) == {"dropped"}
    both = kg("diff", "--kind", "dropped", "--kind", "restated", "--format", "json")
    assert kinds(both) == {"dropped", "restated"}


def test_diff_keeps_the_entity_asked_for(kg: Kg) -> None:
    changes = kg("diff", "--entity", "NVIDIA", "--format", "json").json["changes"]
    assert changes
    for change in changes:
        assert "엔비디아" in (change["subject"]["label"], (change["object"] or {}).get("label"))
    assert "'없는 회사'" in kg("diff", "--entity", "없는 회사").error(2)


def test_diff_keeps_what_is_sure_enough(kg: Kg) -> None:
    all_, sure = (
        len(kg("diff", "--min-confidence", least, "--format", "json").json["changes"])
        for least in ("0", "0.9")
    )
    assert 0 < sure < all_
    assert "확신이 낮은 변화" in kg("diff").out
    assert "확신이 낮은 변화" not in kg("diff", "--min-confidence", "0").out


def test_diff_of_spans_and_of_all_before(kg: Kg) -> None:
    span = kg("diff", "2024-12", "2025-01", "--format", "json").json
    assert [r["id"] for r in span["old"]["reports"]] == ["weekly-2024-12-30"]
    assert len(span["new"]["reports"]) == 2
    weeks = kg("diff", "2025-W01..2025-W02", "2025-W03", "--format", "json").json
    assert len(weeks["old"]["reports"]) == 2
    before = kg("diff", "..", "weekly-2025-01-13", "--format", "json").json
    assert before["changes"] == weeks["changes"]
    assert "overlap" in kg("diff", "2025-W01..2025-W02", "2025-W02..2025-W03").error(2)
    assert "nothing before" in kg("diff", "..", "2025-W01").error(2)


def test_every_citation_of_a_span_is_of_its_side(kg: Kg) -> None:
    document = kg("diff", "2025-W01..2025-W02", "2025-W03", "--format", "json").json
    old = {r["id"] for r in document["old"]["reports"]}
    for change in document["changes"]:
        for citation in (change["old"] or {"citations": []})["citations"]:
            assert citation["report"] in old


class Page(HTMLParser):
    """What a page holds: tags, and what it would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [f"{tag} {n}={v}" for n, v in attrs if n in {"src", "href", "xlink:href"}]


def test_the_page_stands_alone_with_its_figure(kg: Kg) -> None:
    text = kg("diff", "--format", "html").out
    page = Page(text)
    assert page.tags.count("svg") == 1
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert page.fetched == []
    assert "url(http" not in text
    assert "@import" not in text


def test_markdown_has_a_table_of_prices_and_quotes_both_weeks(kg: Kg) -> None:
    text = kg("diff", "--format", "md").out
    (head,) = re.findall(r"^\| 종목 \|.*$", text, re.M)
    assert head.startswith("| 종목 | 주가 | 시가총액 |")
    rows = [line for line in text.splitlines() if line.startswith("| ") and line != head]
    assert all(line.count(" | ") == head.count(" | ") for line in rows if "→" in line)
    assert re.search(r"^  - 이전: “.+” \(2025-01-06 ", text, re.M)
    assert re.search(r"^  - 이번: “.+” \(2025-01-13 ", text, re.M)


def test_series_follows_a_value_with_its_places(kg: Kg) -> None:
    every = kg("series", "알파벳 설비투자", "--json").json
    series = next(s for s in every if s["name"] == "알파벳 2025년 설비투자")
    dates = [point["date"] for point in series["points"]]
    assert dates == sorted(dates)
    assert {point["claim"]["qualifiers"]["period"] for point in series["points"]} == {"2025"}
    for point in series["points"]:
        evidence = point["claim"]["evidence"]
        report = kg("text", point["claim"]["report"]).out
        assert report[evidence["start"] : evidence["end"]] == evidence["quote"]
    early = kg("series", "알파벳 설비투자", "--as-of", "2025-01-06", "--json").json
    assert max(p["date"] for s in early for p in s["points"]) == "2025-01-06"


def test_series_understands_english_and_says_what_there_is(kg: Kg) -> None:
    found = kg("series", "DeepSeek-V3", "--metric", "score").out
    assert "DeepSeek-V3 점수" in found
    assert "DeepSeek-V3 MMLU 점수" in found
    assert kg("series", "알파벳 설비투자 지표").out == kg("series", "알파벳 설비투자").out
    missing = kg("series", "알파벳 몸무게")
    assert (missing.code, missing.out) == (1, "")
    assert "자본지출" in missing.err or "설비투자" in missing.err


def test_series_is_drawn_with_korean_names(kg: Kg, tmp_path: Path) -> None:
    file = tmp_path / "설비투자.png"
    assert kg("series", "알파벳 설비투자", "--png", file).code == 0  # a missing glyph would warn
    data = file.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert width > 1000
    assert height > 500
    assert "'/없는/폴더/a.png'" in kg("series", "알파벳 설비투자", "--png", "/없는/폴더/a.png").err


def test_sparql_as_of_a_date_knows_nothing_later(kg: Kg) -> None:
    count = "SELECT (COUNT(DISTINCT ?r) AS ?n) WHERE { ?r a kg:Report }"
    for date, reports in (
        ("2024-12-01", 0),
        ("2024-12-31", 1),
        ("2025-01-12", 2),
        ("2026-01-01", 3),
    ):
        result = kg("sparql", count, "--as-of", date, "--format", "csv")
        assert result.out.split() == ["n", str(reports)]
    assert "--as-of" in kg("sparql", count, "--as-of", "gestern").error(2)


def test_an_entity_says_what_superseded_its_values(kg: Kg) -> None:
    weeks = kg("entity", "알파벳", "--json").json["weeks"]
    claims = [claim for week in weeks for claim in week["claims"]]
    later = [c["superseded_by"] for c in claims if "superseded_by" in c]
    assert later
    for claim in claims:
        if "superseded_by" in claim:
            other = claim["superseded_by"]
            assert claim["subject"]["iri"] == other["subject"]["iri"]
            assert claim["predicate"] == other["predicate"]
            assert claim["report"] < other["report"]
    early = kg("entity", "알파벳", "--as-of", "2025-01-06", "--json").json["weeks"]
    found = [
        c["superseded_by"]["report"] for w in early for c in w["claims"] if "superseded_by" in c
    ]
    assert set(found) <= {"weekly-2025-01-06"}
    assert "(이후 " in kg("entity", "알파벳").out


def test_dry_run_shows_what_an_edition_changes_and_stores_nothing(at: Kg, folder: Path) -> None:
    file = memo(folder, "03", "4.80")
    at("ingest", file)
    before = at("export", "--format", "nquads").out
    memo(folder, "03", "4.95", bought="코히어", plan="출시했다")
    shown = at("ingest", file, "--dry-run")
    lines = shown.out.splitlines()
    assert lines[0].startswith("would be replaced  2025-03-03  memo-03")
    assert any(line.startswith("  ~ DDR5 16Gb 가격: 4.80달러 → 4.95달러 (+3.1%)") for line in lines)
    assert any(line.startswith("  + 엔비디아, 코히어 인수") for line in lines)
    assert any(line.startswith("  - 엔비디아, 그래프코어 인수") for line in lines)
    assert not any("DDR4" in line for line in lines)
    (row,) = at("ingest", file, "--dry-run", "--json").json["reports"]
    assert {c["kind"] for c in row["changes"]} >= {"new", "dropped", "value_changed"}
    assert at("export", "--format", "nquads").out == before


def test_a_corrected_edition_replaces_its_predecessor_exactly(
    at: Kg, kg_anywhere: Kg, folder: Path, tmp_path: Path
) -> None:
    file = memo(folder, "03", "4.80")
    at("ingest", file, memo(folder, "10", "4.90"))
    memo(folder, "03", "4.95", bought="코히어")
    at("ingest", file)
    fresh = tmp_path / "fresh.kg"
    kg_anywhere("ingest", *sorted(folder.iterdir()), "--home", fresh)
    nquads = kg_anywhere("export", "--format", "nquads", "--home", fresh).out
    assert at("export", "--format", "nquads").out == nquads


def test_log_and_rollback(at: Kg, folder: Path) -> None:
    at("ingest", memo(folder, "03", "4.80"))
    first = at("export", "--format", "nquads").out
    at("ingest", memo(folder, "10", "4.90"))
    at("ingest", memo(folder, "03", "4.85"))
    at("remove", "memo-10")
    rows = at("log", "--json").json
    assert [(r["number"], r["added"], r["replaced"], r["removed"]) for r in rows] == [
        (4, [], [], ["memo-10"]),
        (3, [], ["memo-03"], []),
        (2, ["memo-10"], [], []),
        (1, ["memo-03"], [], []),
    ]
    assert at("rollback", "g000001").out.startswith("back to generation 1: 1 reports")
    assert at("export", "--format", "nquads").out == first
    assert at("search", "DDR5", "--json").json[0]["report"] == "memo-03"
    newest = at("log", "--json").json[0]
    assert (newest["number"], newest["copy_of"], newest["current"]) == (5, 1, True)
    assert newest["replaced"] == ["memo-03"]
    assert at("rollback", "4").code == 0
    assert "4.85" in at("text", "memo-03").out
    for wrong in ("6", "99", "x"):
        assert f"{wrong}" in at("rollback", wrong).error(2)
    at("ingest", memo(folder, "10", "4.90"))
    assert at("reports", "--json").json[-1]["id"] == "memo-10"
    assert at("validate").code == 0


def test_watches_are_kept_and_forgotten(at: Kg) -> None:
    assert at("watch", "add", "엔비디아 인수").out == "w1  엔비디아 인수\n"
    assert at("watch", "add", "ASK { ?s ?p ?o }").code == 0
    assert "'엔비디아 인수'" in at("watch", "add", "엔비디아 인수").error(2)
    assert at("watch", "add", "INSERT DATA { <a:b> <c:d> 1 }").code == 2
    assert at("watch", "add", "SELECT ?x WHERE { ?x").code == 2
    assert at("watch", "add", "CONSTRUCT WHERE { ?s ?p ?o }").code == 2
    assert at("watch", "remove", "w1").out == "removed 엔비디아 인수\n"
    assert [w["id"] for w in at("watch", "list", "--json").json] == ["w2"]
    assert "'w1'" in at("watch", "remove", "w1").error(2)


def test_weekly_takes_in_tells_and_ends_with_one(at: Kg, folder: Path) -> None:
    memo(folder, "03", "4.80")
    for text in (
        "엔비디아 인수",
        "엔비디아 투자",
        "SELECT ?n WHERE { ?c rdf:predicate kg:acquires ; rdf:object/skos:prefLabel ?n }",
        "ASK { ?c rdf:predicate kg:acquires ; rdf:object/skos:prefLabel ?n . FILTER(STR(?n) = '코히어') }",
    ):
        assert at("watch", "add", text).code == 0
    first = at("weekly", folder)
    assert (first.code, first.out) == (0, "")
    assert "new  2025-03-03  memo-03" in first.err
    memo(folder, "10", "4.95", bought="코히어")
    second = at("weekly", folder)
    assert second.code == 1
    assert "2025-W10 (2025-03-03) → 2025-W11 (2025-03-10)" in second.out
    alerts = re.findall(r"^알림: (.+)$", second.out, re.M)
    assert len(alerts) == 3
    assert "엔비디아 투자" not in alerts
    assert "· [새로] 엔비디아, 코히어 인수" in second.out
    assert "DDR5 16Gb 가격: 4.80달러 → 4.95달러 (+3.1%)" in second.out
    third = at("weekly", folder)
    assert (third.code, third.out) == (0, "")
    assert "nothing new" in third.err
    assert at("watch", "fired", "--json").code == 1
    assert [w["id"] for w in at("watch", "fired", "--json").json] == ["w1", "w3", "w4"]


def test_weekly_tells_no_news_of_reports_read_again(
    at: Kg, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memo(folder, "03", "4.80")
    memo(folder, "10", "4.95")
    assert at("weekly", folder).code == 1
    monkeypatch.setattr("extractors.version.extractor_version", lambda: "another")
    again = at("weekly", folder)
    assert (again.code, again.out) == (0, "")
    assert [line.split("  ")[0] for line in again.err.splitlines() if "memo" in line] == [
        "re-read",
        "re-read",
    ]
    assert "nothing new" in again.err
    monkeypatch.undo()
    memo(folder, "17", "5.10")
    assert "2025-W11 (2025-03-10) → 2025-W12 (2025-03-17)" in at("weekly", folder).out


def test_weekly_without_news_ends_with_zero(at: Kg, folder: Path) -> None:
    memo(folder, "03", "4.80")
    at("weekly", folder)
    text = memo(folder, "03", "4.80").read_text("utf-8").replace("3월 3일", "3월 10일")
    (folder / "memo-10.md").write_text(text, encoding="utf-8")
    result = at("weekly", folder, "--format", "md")
    assert result.code == 0
    assert "달라진 것이 없습니다." in result.out
