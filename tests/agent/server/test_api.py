"""The JSON API: the contract's documents over HTTP, streamed, uploaded, limited."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from agent import contract, documents
from agent.server.app import create_app
from agent.server.desk import Desk
from agent.server.settings import Limits
from kg.workspace import Workspace

Kg = Callable[..., Any]
QUESTION = "브로드컴과 TPU를 공동개발하는 회사는?"
REPORT = "weekly-2025-01-06"


def get(server: Any, path: str, **params: Any) -> Any:
    response = server.client.get("/api" + path, params=params)
    assert response.status_code == 200, response.text
    assert int(response.headers["kg-generation"]) == 1
    return response.json()


def test_an_answer_is_that_of_the_command_line(server: Any, kg: Kg) -> None:
    said = get(server, "/ask", question=QUESTION)
    printed = kg("ask", QUESTION, "--json").json
    for document in (said, printed):
        document.pop("timing_ms")
    sentences = said.pop("sentences")
    assert said == printed
    assert " ".join(sentences) == said["answer"]
    assert said["citations"]
    posted = server.client.post("/api/ask", json={"question": QUESTION}).json()
    assert posted["answer"] == said["answer"]


def test_an_answer_can_be_asked_as_of_a_day(server: Any) -> None:
    said = get(server, "/ask", question=QUESTION, as_of="2024-12-31")
    assert {c["date"] for c in said["citations"]} <= {"2024-12-30"}
    only = get(server, "/ask", question=QUESTION, report=REPORT)
    assert {c["report"] for c in only["citations"]} <= {REPORT}


def events(text: str) -> Iterator[tuple[str, Any]]:
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        yield name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def test_an_answer_is_streamed_sentence_by_sentence(server: Any) -> None:
    with server.client.stream("GET", "/api/ask/stream", params={"question": QUESTION}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        told = list(events("".join(response.iter_text())))
    names = [name for name, _ in told]
    assert names[0] == "start"
    assert names[-1] == "answer"
    assert set(names[1:-1]) == {"sentence"}
    answer = told[-1][1]
    assert [data["text"] for name, data in told if name == "sentence"] == answer["sentences"]
    assert answer["generation"] == 1


def test_a_stream_tells_its_error(server: Any) -> None:
    params = {"question": QUESTION, "report": "nowhere"}
    told = list(events(server.client.get("/api/ask/stream", params=params).text))
    assert told[-1][0] == "error"
    assert told[-1][1]["status"] == 404


def test_the_other_documents_are_those_of_the_command_line(server: Any, kg: Kg) -> None:
    assert (
        get(server, "/search", query="HBM 공급", k=3)
        == kg("search", "HBM 공급", "--k", "3", "--json").json
    )
    assert get(server, "/entity", name="브로드컴") == kg("entity", "브로드컴", "--json").json
    assert (
        get(server, "/path", start="OpenAI", goal="TSMC")
        == kg("path", "OpenAI", "TSMC", "--json").json
    )
    diff = kg("diff", "--format", "json").json
    assert get(server, "/diff", restated="true") == diff
    assert (
        get(server, "/diff", top=2)["changes"]
        == [c for c in diff["changes"] if c["kind"] != "restated"][:2]
    )
    assert get(server, "/reports") == kg("reports", "--json").json


def test_a_report_comes_whole(server: Any, kg: Kg) -> None:
    report = get(server, f"/reports/{REPORT}")
    assert report["text"] == kg("text", REPORT).out
    assert len(report["claim_list"]) == report["claims"] > 50
    assert len(report["passage_list"]) == report["passages"]
    for claim in report["claim_list"]:
        evidence = claim["evidence"]
        assert report["text"][evidence["start"] : evidence["end"]] == evidence["quote"]


def test_a_series_follows_a_figure(server: Any, answerer: Any, kg: Kg) -> None:
    found = get(server, "/series", name="알파벳")
    assert found == kg("series", "알파벳", "--json").json
    longest = found[0]
    assert len({point["claim"]["report"] for point in longest["points"]}) >= 2
    assert [p["date"] for p in longest["points"]] == sorted(p["date"] for p in longest["points"])
    for point in longest["points"]:
        evidence = point["claim"]["evidence"]
        text = answerer.report(point["claim"]["report"]).text
        assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
    narrowed = get(server, "/series", name="알파벳", metric="설비투자")
    assert narrowed == get(server, "/series", name="알파벳 설비투자 지표")
    assert narrowed == get(server, "/series", name="알파벳 설비투자")
    assert 0 < len(narrowed) < len(found)
    assert all(series in found for series in narrowed)
    assert get(server, "/series", name="알파벳", metric="없는 지표") == []


def test_a_diff_tells_of_the_watches_that_fired(
    own_home: Path, settings_for: Any, serving: Any, kg_anywhere: Kg
) -> None:
    """A new watch is heeded at once, by the server that is running and has the answer by heart."""
    select = "SELECT ?n { ?c a kg:Claim ; rdf:object/skos:prefLabel ?n }"

    def kg(*words: str) -> Any:
        return kg_anywhere("watch", *words, "--home", own_home)

    with serving(create_app(settings_for(own_home, cached=8))) as server:
        plain = get(server, "/diff", top=3)
        assert "watches" not in plain
        for text in ("설비투자", "바닷물 담수화", select):
            assert kg("add", text).code == 0
        told = get(server, "/diff", top=3)
        assert told == plain | {"watches": kg("fired", "--json").json}
        assert [watch["id"] for watch in told["watches"]] == ["w1", "w3"]
        assert told["watches"][0]["claims"]
        assert told["watches"][1]["rows"]
        for alert in told["watches"]:
            contract.Alert.model_validate(alert, extra="forbid")
        for id_ in ("w1", "w3"):
            assert kg("remove", id_).code == 0
        assert get(server, "/diff", top=3) == plain
        (own_home / "watches.json").write_text("{", encoding="utf-8")
        response = server.client.get("/api/diff", params={"top": 3})
        assert response.status_code == 400
        assert "watches" in response.json()["error"]


@pytest.mark.parametrize(
    ("path", "params", "model", "many"),
    [
        ("/ask", {"question": QUESTION}, contract.Answer, False),
        ("/search", {"query": "HBM"}, contract.Hit, True),
        ("/entity", {"name": "브로드컴"}, contract.Profile, False),
        ("/path", {"start": "OpenAI", "goal": "TSMC"}, contract.Step, True),
        ("/diff", {"restated": "true"}, contract.Diff, False),
        ("/series", {"name": "엔비디아"}, contract.Series, True),
        ("/reports", {}, contract.ReportRow, True),
        (f"/reports/{REPORT}", {}, contract.Report, False),
    ],
)
def test_documents_follow_their_published_types(
    server: Any, path: str, params: dict[str, str], model: Any, many: bool
) -> None:
    document = get(server, path, **params)
    for item in document if many else [document]:
        read = model.model_validate(item)
        assert set(item) <= {f.alias or n for n, f in model.model_fields.items()}
        assert read.model_dump(by_alias=True, exclude_unset=True).keys() == item.keys()


@pytest.mark.parametrize(
    ("path", "params", "status", "told"),
    [
        ("/ask", {}, 400, "question"),
        ("/ask", {"question": "  "}, 400, "empty"),
        ("/ask", {"question": "x" * 1001}, 400, "question"),
        ("/ask", {"question": QUESTION, "as_of": "2025-13-40"}, 400, "2025-13-40"),
        ("/ask", {"question": QUESTION, "report": "../../etc/passwd"}, 404, "../../etc/passwd"),
        ("/entity", {"name": "브로드콘"}, 404, "브로드컴"),
        ("/path", {"start": "브로드컴", "goal": "Broadcom"}, 400, "two different"),
        ("/diff", {"old": "2020-W01"}, 400, "2020-W01"),
        ("/series", {"name": "브로드콘"}, 404, "브로드컴"),
        ("/search", {"query": "HBM", "k": "1000"}, 400, "k"),
        ("/reports/nowhere", {}, 404, "nowhere"),
        ("/nothing", {}, 404, "Not Found"),
    ],
)
def test_errors_are_one_line(
    server: Any, path: str, params: dict[str, str], status: int, told: str
) -> None:
    response = server.client.get("/api" + path, params=params)
    assert response.status_code == status
    line = response.json().get("error") or response.json()["detail"]
    assert told in line
    assert "\n" not in line


def test_health_and_metrics(server: Any) -> None:
    health = server.client.get("/api/health").json()
    assert (health["status"], health["generation"], health["reports"]) == ("ok", 1, 3)
    get(server, "/reports")
    text = server.client.get("/metrics").text
    assert "kg_generation 1.0" in text
    assert "kg_reports 3.0" in text
    assert 'kg_requests_total{route="/api/reports",status="200"}' in text
    assert 'kg_request_seconds_bucket{le="+Inf",route="/api/reports"}' in text
    assert "process_resident_memory_bytes" in text


def test_a_route_is_counted_by_its_pattern(server: Any) -> None:
    for name in ("a", "b", "c"):
        server.client.get(f"/api/reports/{name}")
    text = server.client.get("/metrics").text
    assert 'route="/api/reports/{report}",status="404"' in text
    assert "/api/reports/a" not in text


def test_every_request_has_an_id(server: Any) -> None:
    assert len(server.client.get("/api/health").headers["x-request-id"]) == 32
    given = server.client.get("/api/health", headers={"x-request-id": 'team-7 "x'})
    assert given.headers["x-request-id"] == "team-7x"


def test_without_a_workspace_it_waits_for_one(
    tmp_path: Path, samples: dict[str, Path], settings_for: Any, serving: Any
) -> None:
    """It starts on an empty folder and answers as soon as the first report is there."""
    from agent.ingest import ingest

    with serving(create_app(settings_for(tmp_path / "new"))) as server:
        assert server.client.get("/api/health").status_code == 503
        assert server.client.get("/api/health").json()["status"] == "empty"
        refused = server.client.get("/api/ask", params={"question": QUESTION})
        assert refused.status_code == 503
        assert str(tmp_path) not in refused.text
        assert server.client.get("/sparql", params={"query": "ASK {}"}).status_code == 503
        assert server.client.get("/metrics").status_code == 200
        ingest(Workspace(tmp_path / "new"), [samples[REPORT]])
        assert server.client.get("/api/health").json()["generation"] == 1
        assert get(server, "/reports")[0]["id"] == REPORT


@pytest.fixture
def writable(own_home: Path, settings_for: Any, serving: Any) -> Iterator[Any]:
    limits = Limits(upload=200_000)
    with serving(
        create_app(settings_for(own_home, write_token="geheim-7", limits=limits))
    ) as server:
        yield server


TOKEN = {"authorization": "Bearer geheim-7"}
MEMO = "# 메모\n\n2025-01-20\n\n1. 소식\n엔비디아는 가상회사를 10억 달러에 인수했다.\n"


def test_an_upload_needs_the_token(server: Any, writable: Any) -> None:
    post = {"params": {"name": "memo.md"}, "content": MEMO.encode()}
    assert server.client.post("/api/reports", **post).status_code == 405  # no token, no uploads
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Basic geheim-7"},
                    {"authorization": "geheim-7"}):  # fmt: skip
        response = writable.client.post("/api/reports", **post, headers=headers)
        assert response.status_code == 401, headers
        assert "geheim" not in response.text
    assert len(writable.client.get("/api/reports").json()) == 3


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("../../memo.md", MEMO, 400), ("/etc/cron.d/x.md", MEMO, 400), ("memo.exe", MEMO, 400),
        (".md", MEMO, 400), ("a\x00b.md", MEMO, 400), ("memo.md", "", 400),
        ("memo.md", "x" * 300_000, 413), ("memo.pdf", "no pdf", 400),
    ],
)  # fmt: skip
def test_a_bad_upload_is_refused(writable: Any, name: str, body: str, status: int) -> None:
    response = writable.client.post(
        "/api/reports", params={"name": name}, content=body.encode(), headers=TOKEN
    )
    assert response.status_code == status, response.text
    assert len(writable.client.get("/api/reports").json()) == 3


def test_readers_follow_an_upload(writable: Any) -> None:
    params = {"name": "memo.md", "title": "메모"}
    post = {"params": params, "content": MEMO.encode(), "headers": TOKEN}
    response = writable.client.post("/api/reports", **post)
    assert response.status_code == 200, response.text
    assert [r["status"] for r in response.json()["reports"]] == ["new"]
    assert response.json()["generation"] == 2
    listed = writable.client.get("/api/reports")
    assert listed.headers["kg-generation"] == "2"
    assert [r["title"] for r in listed.json() if r["id"] == "memo"] == ["메모"]
    asked = writable.client.get(
        "/sparql", params={"query": "ASK { GRAPH <report/memo> { ?s ?p ?o } }"}
    )
    assert asked.json()["boolean"] is True
    assert asked.headers["kg-generation"] == "2"


def test_a_generation_that_is_read_is_answered_to_the_end(own_home: Path, samples: Any) -> None:
    """While writers commit, every answer is of one generation: the list and its number agree."""
    from agent.ingest import ingest

    workspace = Workspace(own_home)
    extra = sorted(set(samples) - {r.id for r in workspace.generation().reports})[:2]
    desk = Desk(Workspace(own_home), cached=8)

    async def listen() -> set[tuple[int, int]]:
        seen = set()
        writer = threading.Thread(
            target=lambda: [ingest(workspace, [samples[name]]) for name in extra]
        )
        writer.start()
        while writer.is_alive():
            done = await desk.run(documents.reports)
            seen.add((done.generation, len(done.value)))
            await asyncio.sleep(0.005)
        done = await desk.run(documents.reports)
        return seen | {(done.generation, len(done.value))}

    seen = asyncio.run(listen())
    desk.close()
    assert (3, 5) in seen
    assert seen <= {(1, 3), (2, 4), (3, 5)}


def test_processes_answer_and_are_replaced_when_they_die(own_home: Path) -> None:
    """What a killed process took along is done by a new one."""
    desk = Desk(Workspace(own_home), processes=1)

    async def asked() -> tuple[Any, Any]:
        first = await desk.run(documents.reports)
        (killed,) = desk.pids
        os.kill(killed, signal.SIGKILL)
        second = await desk.run(documents.reports)
        assert len(desk.pids) == 1
        assert {killed, os.getpid()}.isdisjoint(desk.pids)
        return first, second

    first, second = asyncio.run(asked())
    desk.close()
    assert first == second
    assert len(second.value) == 3


def test_too_much_is_refused(home: Path, settings_for: Any, serving: Any) -> None:
    limits = Limits(rate=1.0, burst=5, body=2_000)
    with serving(create_app(settings_for(home, limits=limits))) as server:
        large = server.client.post("/api/ask", content=b"x" * 3_000)
        assert large.status_code == 413
        chunked = server.client.post("/api/ask", content=(b"x" * 500 for _ in range(9)))
        assert chunked.status_code == 413
        codes = [server.client.get("/api/reports").status_code for _ in range(8)]
        assert codes.count(200) in (3, 4)
        assert codes[-1] == 429
        assert server.client.get("/api/health").status_code == 200  # never counted


def test_only_so_many_at_once(home: Path, settings_for: Any, serving: Any) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with serving(create_app(settings_for(home, limits=Limits(requests=2)))) as server:

        def ask(_: int) -> int:
            params = {"query": slow, "timeout": "1.5"}
            return server.client.get("/sparql", params=params).status_code

        with ThreadPoolExecutor(6) as pool:
            started = time.monotonic()
            first = list(pool.map(ask, range(6)))
        assert set(first) == {503}
        assert time.monotonic() - started < 15
        refused = server.client.get("/metrics").text
        assert 'kg_requests_total{route="/sparql",status="503"} 2.0' in refused
        assert 'kg_requests_total{route="other",status="503"} 4.0' in refused
        assert server.client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_the_openapi_document_has_examples_and_every_route(server: Any) -> None:
    document = server.client.get("/api/openapi.json").json()
    assert {"/api/ask", "/api/ask/stream", "/api/search", "/api/entity", "/api/path", "/api/diff",
            "/api/series", "/api/reports", "/api/reports/{report}", "/api/health"} <= set(document["paths"])  # fmt: skip
    assert "examples" in json.dumps(document["paths"]["/api/entity"])
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["description"], path
