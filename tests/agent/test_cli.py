"""Every command that reads, in its plain form and with its options, against the contract."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Kg = Callable[..., Any]

ANSWERED = "표 4에서 Run:ai 인수 금액은 얼마인가?"
UNANSWERED = "한국은행이 올린 기준금리는 몇 퍼센트인가?"
ASK = {
    "question", "language", "answer", "abstained", "reason", "interpretation", "sparql",
    "claims", "citations", "timing_ms",
}  # fmt: skip
CITATION = {
    "n", "report", "title", "date", "section", "page", "table", "row", "column",
    "quote", "start", "end",
}  # fmt: skip
CLAIM = {
    "claim", "report", "subject", "predicate", "object", "value", "qualifiers", "modality",
    "attributed_to", "evidence", "extractor", "confidence",
}  # fmt: skip
EVIDENCE = {"section", "page", "table", "row", "column", "quote", "start", "end"}
VALUE = {"text", "min", "max", "unit", "currency"}
HIT = {
    "rank", "score", "passage", "report", "section", "page", "table", "text", "start", "end",
}  # fmt: skip
REPORT = {"id", "title", "publisher", "date", "source", "sha256", "passages", "claims"}
CHANGE = {"kind", "subject", "predicate", "object", "old", "new"}
HOW_MUCH = {"absolute", "percent", "back", "score"}
KINDS = {"new", "restated", "value_changed", "status_changed", "reversed", "dropped"}
MODALITIES = {"fact", "plan", "forecast", "rumour", "opinion", "denied"}


@pytest.fixture(scope="module")
def texts(samples: dict[str, Path]) -> dict[str, str]:
    return {id_: path.read_text("utf-8") for id_, path in samples.items()}


# reports, stats, text


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


# ask


def test_ask_for_people_cites_with_place_and_quote(kg: Kg) -> None:
    result = kg("ask", ANSWERED)
    assert (result.code, result.err) == (0, "")
    answer, _, sources = result.out.partition("\n\n")
    assert "7억 달러" in answer
    assert "[1]" in answer
    assert sources.startswith("[1] 2025-01-06 · ")
    assert "“" in sources


def test_ask_json_has_the_contracts_shape(kg: Kg, texts: dict[str, str]) -> None:
    answer = kg("ask", ANSWERED, "--json").json
    assert set(answer) == ASK | {"steps"}
    assert (answer["question"], answer["language"]) == (ANSWERED, "ko")
    assert (answer["abstained"], answer["reason"]) == (False, None)
    assert set(answer["interpretation"]) >= {"type", "entities", "relation", "constraints"}
    assert answer["timing_ms"]["total"] > 0
    assert answer["citations"]
    for number, citation in enumerate(answer["citations"], start=1):
        assert set(citation) == CITATION | {"printed_page"}
        assert citation["n"] == number
        assert isinstance(citation["section"], list)
        start, end = citation["start"], citation["end"]
        assert texts[citation["report"]][start:end] == citation["quote"]
        assert citation["report"].endswith(citation["date"])


def test_the_sparql_of_an_answer_runs_and_finds_its_claims(kg: Kg) -> None:
    answer = kg("ask", "엔비디아의 인수 금액은?", "--json").json
    assert answer["claims"]
    assert answer["sparql"]
    rows = kg("sparql", answer["sparql"], "--format", "json").json["results"]["bindings"]
    assert set(answer["claims"]) <= {row["claim"]["value"] for row in rows}


@pytest.mark.parametrize("option", ["--json", "--jsonl", None])
def test_abstaining_says_so_with_exit_code_1(kg: Kg, option: str | None) -> None:
    result = kg("ask", UNANSWERED, *([option] if option else []))
    assert result.code == 1
    assert result.err == ""
    if option:
        answer = json.loads(result.out)
        assert answer["abstained"] is True
        assert answer["reason"]
        assert answer["answer"]
    else:
        assert "찾지 못했습니다" in result.out


def test_ask_jsonl_answers_line_by_line(kg: Kg) -> None:
    result = kg("ask", "--jsonl", "-", stdin=f"{ANSWERED}\n\n{UNANSWERED}\n")
    assert result.code == 0
    assert [answer["question"] for answer in result.jsonl] == [ANSWERED, UNANSWERED]
    assert [answer["abstained"] for answer in result.jsonl] == [False, True]
    assert "\\u" not in result.out


def test_ask_reads_one_question_from_standard_input(kg: Kg) -> None:
    assert kg("ask", "-", "--json", stdin=ANSWERED + "\n").json["question"] == ANSWERED


def test_as_of_sees_nothing_later(kg: Kg) -> None:
    question = "Run:ai 인수는 언제 완료됐나?"
    now = kg("ask", question, "--json").json
    then = kg("ask", question, "--json", "--as-of", "2024-12-30").json
    assert now["citations"]
    assert then["citations"]
    assert {c["date"] for c in then["citations"]} == {"2024-12-30"}
    assert max(c["date"] for c in now["citations"]) > "2024-12-30"


def test_as_of_before_everything_abstains(kg: Kg) -> None:
    result = kg("ask", ANSWERED, "--json", "--as-of", "2020-01-01")
    assert (result.code, result.json["abstained"], result.json["citations"]) == (1, True, [])


@pytest.mark.parametrize("week", ["weekly-2025-01-06", "weekly-2025-01-13"])
def test_ask_within_one_report(kg: Kg, week: str) -> None:
    answer = kg("ask", "브로드컴의 주가는?", "--json", "--report", week).json
    assert {c["report"] for c in answer["citations"]} == {week}
    assert ("232" if week.endswith("06") else "224") in answer["answer"]


def test_explain_shows_reading_query_and_time(kg: Kg) -> None:
    out = kg("ask", "엔비디아의 인수 금액은?", "--explain").out
    assert "\ninterpretation: " in out
    assert "https://kg.example/entity/nvidia" in out
    assert "\nsparql:\n  SELECT" in out
    assert out.rstrip().endswith(" ms")


def test_explain_shows_the_arithmetic(kg: Kg) -> None:
    """1,999 and 999 dollars stand in the report; their difference does not."""
    out = kg("ask", "RTX 5090과 RTX 5080 중 가격이 더 높은 것은?", "--explain").out
    assert "step: 1,999 − 999 = 1,000" in out


# search


def test_search_ranks_passages(kg: Kg, texts: dict[str, str]) -> None:
    result = kg("search", "삼성전자 4분기 잠정 영업이익", "--k", "3", "--json")
    hits = result.json
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert [hit["score"] for hit in hits] == sorted((h["score"] for h in hits), reverse=True)
    for hit in hits:
        assert set(hit) == HIT
        assert texts[hit["report"]][hit["start"] : hit["end"]] == hit["text"]
    assert "6조 5,000억" in hits[0]["text"]


def test_search_for_people(kg: Kg) -> None:
    lines = kg("search", "양자컴퓨터 주가 폭락", "--k", "1").out.splitlines()
    assert lines[0].startswith("1. [weekly-2025-01-13] ")
    assert "아이온큐" in lines[1]


def test_search_jsonl_takes_a_query_a_line(kg: Kg) -> None:
    rows = kg("search", "--jsonl", "-", "--k", "2", stdin="HBM 공급\n양자컴퓨터\n").jsonl
    assert [row["query"] for row in rows] == ["HBM 공급", "양자컴퓨터"]
    assert all(set(row) == {"query", "hits"} for row in rows)
    assert all(len(row["hits"]) == 2 for row in rows)


def test_search_within_one_report(kg: Kg) -> None:
    hits = kg("search", "HBM", "--json", "--report", "weekly-2024-12-30").json
    assert {hit["report"] for hit in hits} == {"weekly-2024-12-30"}


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


# sparql

SELECT = "SELECT ?c ?m WHERE { ?c a kg:Claim ; kg:modality ?m } ORDER BY ?c LIMIT 3"


def test_sparql_select_in_every_format(kg: Kg) -> None:
    document = kg("sparql", SELECT, "--format", "json").json
    assert document["head"]["vars"] == ["c", "m"]
    rows = document["results"]["bindings"]
    assert [set(row) for row in rows] == [{"c", "m"}] * 3
    assert rows[0]["c"]["type"] == "uri"
    comma = list(csv.reader(io.StringIO(kg("sparql", SELECT, "--format", "csv").out)))
    assert comma[0] == ["c", "m"]
    assert [row[0] for row in comma[1:]] == [row["c"]["value"] for row in rows]
    tabs = kg("sparql", SELECT, "--format", "tsv").out.splitlines()
    assert tabs[0] == "?c\t?m"
    assert tabs[1].startswith(f"<{rows[0]['c']['value']}>\t")
    root = ET.fromstring(kg("sparql", SELECT, "--format", "xml").out)
    found = root.findall(".//{http://www.w3.org/2005/sparql-results#}uri")
    assert [node.text for node in found] == [row["c"]["value"] for row in rows]
    table = kg("sparql", SELECT).out.splitlines()
    assert table[0].split() == ["c", "m"]
    assert len(table) == 5


def test_sparql_ask(kg: Kg) -> None:
    assert kg("sparql", "ASK { ?c a kg:Claim }", "--format", "json").json["boolean"] is True
    none = kg("sparql", "ASK { ?c a kg:NoSuchClass }", "--format", "json").json
    assert none["boolean"] is False


def test_sparql_construct_and_describe_give_triples(kg: Kg) -> None:
    from rdflib import Graph, URIRef

    construct = "CONSTRUCT { ?c a kg:Claim } WHERE { ?c a kg:Claim } LIMIT 4"
    result = kg("sparql", construct, "--format", "turtle")
    assert len(Graph().parse(data=result.out, format="turtle")) == 4
    describe = "DESCRIBE <https://kg.example/entity/broadcom>"
    described = Graph().parse(
        data=kg("sparql", describe, "--format", "turtle").out, format="turtle"
    )
    assert set(described.subjects()) >= {URIRef("https://kg.example/entity/broadcom")}


def test_sparql_from_file_and_standard_input(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(SELECT, encoding="utf-8")
    direct = kg("sparql", SELECT).out
    assert direct
    assert kg("sparql", "--file", tmp_path / "q.rq").out == direct
    assert kg("sparql", "-", stdin=SELECT).out == direct
    assert kg("sparql", "--file", "-", stdin=SELECT).out == direct


def test_sparql_limit_is_told_on_stderr(kg: Kg) -> None:
    result = kg("sparql", "SELECT ?c { ?c a kg:Claim }", "--limit", "2", "--format", "csv")
    assert result.code == 0
    assert len(result.out.splitlines()) == 3
    assert "--limit" in result.err


def test_sparql_timeout_stops_the_query(kg: Kg) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    assert "0.3" in kg("sparql", endless, "--timeout", "0.3").error(2)


# diff


def test_diff_compares_the_latest_two_weeks(kg: Kg) -> None:
    result = kg("diff")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("2025-W02 (2025-01-06) → 2025-W03 (2025-01-13)\n")


def test_diff_json_cites_both_weeks(kg: Kg, texts: dict[str, str]) -> None:
    document = kg("diff", "2025-W02", "2025-W03", "--format", "json").json
    assert set(document) == {"old", "new", "changes", "entities"}
    seen = set()
    for change in document["changes"]:
        assert set(change) - {"details"} == CHANGE | HOW_MUCH
        seen.add(change["kind"])
        assert (change["old"] is None) == (change["kind"] == "new")
        assert (change["new"] is None) == (change["kind"] == "dropped")
        for side, week in (("old", "weekly-2025-01-06"), ("new", "weekly-2025-01-13")):
            for citation in (change[side] or {"citations": []})["citations"]:
                away = change["back"] if side == "old" else None
                assert citation["report"] == (away or week)
                quote = texts[citation["report"]][citation["start"] : citation["end"]]
                assert quote == citation["quote"]
            assert change[side] is None or change[side]["citations"]
            assert change[side] is None or change[side]["modality"] in MODALITIES
    assert seen <= KINDS
    assert {"new", "value_changed", "dropped", "restated"} <= seen


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2025-01-06", "2025-W03"),
        ("weekly-2025-01-06", "2025-01-13"),
    ],
)
def test_diff_takes_weeks_dates_and_ids(kg: Kg, old: str, new: str) -> None:
    changes = kg("diff", old, new, "--format", "json").json["changes"]
    assert changes == kg("diff", "--format", "json").json["changes"]


def test_diff_of_one_argument_is_against_the_latest(kg: Kg) -> None:
    assert kg("diff", "2025-W01").out == kg("diff", "2025-W01", "2025-W03").out


def test_diff_formats_say_the_same(kg: Kg) -> None:
    from html.parser import HTMLParser

    html = kg("diff", "--format", "html").out
    HTMLParser().feed(html)
    assert html.lstrip().lower().startswith("<!doctype html>")
    markdown = kg("diff", "--format", "md").out
    assert markdown.startswith("#")
    for out in (html, markdown, kg("diff").out):
        assert "엔비디아" in out


def test_diff_leaves_restated_out_unless_asked(kg: Kg) -> None:
    assert "[재언급]" not in kg("diff", "--all").out
    assert "[재언급]" in kg("diff", "--restated", "--all").out
    top = kg("diff", "--top", "2", "--format", "json").json
    assert len(top["changes"]) == 2


def test_diff_exit_code(kg: Kg) -> None:
    assert kg("diff").code == 0
    assert kg("diff", "--exit-code").code == 1
    assert kg("diff", "2025-W02", "2025-W02", "--exit-code").code == 0


# export


@pytest.mark.parametrize(
    ("format_", "parser"),
    [("turtle", "turtle"), ("trig", "trig"), ("nquads", "nquads"), ("jsonld", "json-ld")],
)
def test_export_rdf_parses_and_holds_every_claim(kg: Kg, format_: str, parser: str) -> None:
    import pyoxigraph as ox

    out = kg("export", "--format", format_).out
    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "trig": ox.RdfFormat.TRIG,
        "nquads": ox.RdfFormat.N_QUADS,
        "json-ld": ox.RdfFormat.JSON_LD,
    }
    claim = ox.NamedNode("https://kg.example/ontology#Claim")
    found = {
        quad.subject
        for quad in ox.parse(out.encode(), format=formats[parser])
        if quad.object == claim and quad.predicate.value.endswith("#type")
    }
    figures = kg("stats", "--json").json
    assert len({node.value for node in found if "/claim/" in node.value}) == figures["claims"]


def test_export_nquads_are_sorted(kg: Kg) -> None:
    lines = kg("export", "--format", "nquads").out.splitlines()
    assert lines == sorted(set(lines))


def test_export_claims_has_the_contracts_shape(kg: Kg, texts: dict[str, str]) -> None:
    claims = kg("export", "--format", "claims").jsonl
    assert len(claims) == kg("stats", "--json").json["claims"]
    assert len({claim["claim"] for claim in claims}) == len(claims)
    for claim in claims:
        assert set(claim) == CLAIM
        assert set(claim["subject"]) == {"iri", "label", "class"}
        assert claim["object"] is None or set(claim["object"]) == {"iri", "label", "class"}
        assert claim["value"] is None or set(claim["value"]) == VALUE
        assert claim["object"] or claim["value"]
        assert claim["modality"] in MODALITIES
        assert 0 <= float(claim["confidence"]) <= 1
        evidence = claim["evidence"]
        assert set(evidence) >= EVIDENCE
        quote = texts[claim["report"]][evidence["start"] : evidence["end"]]
        assert quote == evidence["quote"] != ""


def test_export_graphml_and_csv(kg: Kg) -> None:
    import networkx as nx

    graph = nx.parse_graphml(kg("export", "--format", "graphml").out)
    labels = {data.get("label") for _, data in graph.nodes(data=True)}
    assert {"엔비디아", "Run:ai"} <= labels
    rows = list(csv.DictReader(io.StringIO(kg("export", "--format", "csv").out)))
    assert len(rows) == kg("stats", "--json").json["claims"]
    assert any(row["predicate"] == "acquires" for row in rows)


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
