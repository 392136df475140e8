"""Two hundred hostile requests: refused or harmless, nothing written, the server lives on."""

from __future__ import annotations

import hashlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from agent.server.app import create_app
from agent.server.settings import Limits

UPDATES = [
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:1/x>",
    "LOAD SILENT <file:///etc/passwd> INTO GRAPH <a:g>",
    "CLEAR ALL",
    "DROP ALL",
    "CREATE GRAPH <a:g>",
    "MOVE DEFAULT TO <a:g>",
    "COPY <a:g> TO DEFAULT",
    "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    "ASK {} ; INSERT DATA { <a:a> <a:b> <a:c> }",
    "\\u0044ROP ALL",
    "#\rDROP ALL",
    "\ufeffCLEAR ALL",
]
CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:1/x> { GRAPH ?g { ?s ?p ?o } }",
    "BASE <http://127.0.0.1:1/> SELECT * FROM <x> { ?s ?p ?o }",
    "SELECT * FROM <../../etc/passwd> { ?s ?p ?o }",
]
PATHS = [
    "/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/kg-static/../app.py", "/kg-static/..%2fapp.py",
    "/kg-static/%2e%2e/%2e%2e/run.py", "/kg-static//etc/passwd", "/api/reports/..%2f..%2fetc%2fpasswd",
    "/api/reports/%00", "/api/reports/.", "/report/%2e%2e%2f%2e%2e", "/_nicegui/../../etc/passwd",
    "/_nicegui/3.0/static/..%2f..%2f..%2fapp.py", "/_nicegui_ws/../etc/passwd", "/.env", "/.git/config",
    "/kg-static/kg.css%00.py", "/kg-static/\\..\\..\\app.py", "//etc/passwd", "/%c0%ae%c0%ae/etc/passwd",
    "/api/openapi.json/../../../etc/passwd",
]  # fmt: skip
TEXTS = [
    "<script>alert(1)</script>", "'; DROP TABLE reports; --", "{{7*7}}", "${7*7}", "$(touch /tmp/x)",
    "`id`", "%s%s%s%n", "../../etc/passwd", "\u0000", "\u202e\u0000abc", "A" * 990, "가" * 990, "☃" * 300,
    "\" } UNION { ?s ?p ?o } #", "> { ?s ?p ?o } } DROP ALL #", "?x ?y ?z", "\\u0022", "(" * 500, "[" * 500,
    "{\"$gt\": \"\"}",
]  # fmt: skip
HEADERS = [
    {"host": "attacker.example"}, {"host": "169.254.169.254"}, {"host": "localhost.attacker.example"},
    {"x-forwarded-host": "attacker.example", "host": "attacker.example"},
    {"accept": "*/*;q=" + "9" * 3000}, {"accept": ",".join(["a/b"] * 1500)}, {"accept": ";;;,,,;q=q"},
    {"cookie": "kg_language=<script>; kg_dark='\"><"}, {"accept-language": "\\xff" * 200},
    {"x-request-id": "a\tb" * 50}, {"content-length": "-1"}, {"transfer-encoding": "gzip, chunked"},
    {"range": "bytes=0-0,1-1,2-2"}, {"authorization": "Bearer " + "x" * 4000}, {"origin": "null"},
    {"upgrade": "websocket", "connection": "Upgrade"}, {"expect": "200-nothing"}, {"x-http-method-override": "DELETE"},
]  # fmt: skip
METHODS = [
    "PUT",
    "DELETE",
    "PATCH",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "MKCOL",
    "LOCK",
    "DEBUG",
    "QUERY",
]


def requests() -> Iterator[tuple[str, str, dict[str, str], bytes]]:
    """Method, target, headers and body of each."""
    form = {"content-type": "application/x-www-form-urlencoded"}
    direct = {"content-type": "application/sparql-query"}
    update = {"content-type": "application/sparql-update"}
    for text in UPDATES:
        coded = quote(text)
        yield "GET", f"/sparql?query={coded}", {}, b""
        yield "POST", "/sparql", form, f"query={coded}".encode()
        yield "POST", "/sparql", direct, text.encode()
        yield "POST", "/sparql", update, text.encode()
        yield "POST", "/sparql", form, f"update={coded}".encode()
    for text in CALLS:
        yield "GET", f"/sparql?query={quote(text)}", {}, b""
        yield "POST", "/sparql/", direct, text.encode()
    for path in PATHS:
        yield "GET", path, {}, b""
    for text in TEXTS:
        yield "GET", f"/api/ask?question={quote(text)}", {}, b""
        yield "GET", f"/api/entity?name={quote(text[:190])}", {}, b""
    for headers in HEADERS:
        yield "GET", "/sparql?query=ASK%20%7B%7D", headers, b""
    for method in METHODS:
        yield method, "/api/reports/weekly-2025-01-06", {}, b""
        yield method, "/sparql?query=ASK%20%7B%7D", {}, b""
    yield "POST", "/api/reports?name=x.md", {}, b"# x"
    yield "POST", "/api/ask", {"content-type": "application/json"}, b"[" * 100_000
    yield (
        "POST",
        "/api/ask",
        {"content-type": "application/json"},
        b'{"question": ' + b"9" * 5000 + b"}",
    )
    yield "POST", "/sparql", direct, b"\xff\xfe\x00"
    yield "POST", "/sparql", direct, b"SELECT * {" + b"{" * 20_000
    yield "POST", "/sparql", form, b"&".join(b"a=%d" % n for n in range(20_000))
    yield (
        "GET",
        "/sparql?" + "&".join(f"default-graph-uri=a:{n}" for n in range(900)) + "&query=ASK{}",
        {},
        b"",
    )
    yield (
        "GET",
        "/sparql?query="
        + quote("SELECT (REPLACE(?s, '(a+)+$', 'b') AS ?x) { BIND('" + "a" * 5000 + "!' AS ?s) }")
        + "&timeout=2",
        {},
        b"",
    )


REQUESTS = list(requests())


def digest(home: Path) -> str:
    """What the workspace's files hold, CURRENT and all."""
    files = sorted(p for p in home.rglob("*") if p.is_file())
    told = "".join(
        f"{p.relative_to(home)} {hashlib.sha256(p.read_bytes()).hexdigest()}\n" for p in files
    )
    return hashlib.sha256(told.encode()).hexdigest()


def raw(port: int, method: str, target: str, headers: dict[str, str], body: bytes) -> bytes:
    """Send a request as it stands (a client would tidy it); return all that comes back."""
    lines = {"host": f"127.0.0.1:{port}", "connection": "close"} | headers
    if body or method == "POST":
        lines.setdefault("content-length", str(len(body)))
    head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items())
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head.encode("utf-8") + b"\r\n" + body)
        told = b""
        try:
            while piece := connection.recv(65536):
                told += piece
        except (TimeoutError, ConnectionResetError):
            pass
    return told


def test_two_hundred_hostile_requests(own_home: Path, settings_for: Any, serving: Any) -> None:
    assert len(REQUESTS) >= 200
    limits = Limits(rate=10_000, burst=10_000, body_seconds=3, query_seconds=3)
    before = digest(own_home)
    generations = sorted(p.name for p in (own_home / "generations").iterdir())
    with serving(create_app(settings_for(own_home, limits=limits))) as server:
        for method, target, headers, body in REQUESTS:
            told = raw(server.port, method, target, headers, body)
            case = (method, target[:120], headers, body[:80], told[:300])
            status = int(told.split(b" ", 2)[1]) if told else 400
            assert status != 500, case
            assert b"root:" not in told, case
            assert b"create_app" not in told, case
            assert b"Traceback" not in told, case
            if b"DROP" in body or "update" in headers.get("content-type", ""):
                assert 400 <= status < 500, case
            if headers.get("host") and "attacker" in headers["host"]:
                assert status == 400, case
        assert server.client.get("/api/health").json()["generation"] == 1
        assert server.client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    assert digest(own_home) == before
    assert sorted(p.name for p in (own_home / "generations").iterdir()) == generations


@pytest.mark.parametrize("target", [f"/sparql?query={quote(text)}" for text in (*UPDATES, *CALLS)])
def test_an_update_or_call_is_refused_in_one_line(server: Any, target: str) -> None:
    response = server.client.get(target)
    assert response.status_code == 400
    assert "\n" not in response.json()["error"]


def test_a_head_without_end_is_refused(home: Path, settings_for: Any, serving: Any) -> None:
    with serving(create_app(settings_for(home))) as server:
        endless = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        endless.sendall(b"GET /api/health HTTP/1.1\r\nhost: localhost\r\nx-a: " + b"b" * 70_000)
        assert b" 400 " in endless.recv(200).splitlines()[0]
        endless.close()
        assert server.client.get("/api/health").status_code == 200


def test_dawdlers_are_shut_out_and_others_are_served(
    home: Path, settings_for: Any, serving: Any
) -> None:
    """Slow loris: heads and bodies that never end; meanwhile someone asks."""
    app = create_app(settings_for(home, limits=Limits(body_seconds=1.5)))
    with serving(app, header_seconds=1.0) as server:
        heads, bodies = [], []
        for _ in range(60):
            slow = socket.create_connection(("127.0.0.1", server.port), timeout=10)
            slow.sendall(b"GET /api/health HTTP/1.1\r\nhost: localhost\r\nx-a: b")
            heads.append(slow)
        for _ in range(20):
            slow = socket.create_connection(("127.0.0.1", server.port), timeout=10)
            slow.sendall(
                b"POST /api/ask HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                b"content-length: 500\r\n\r\n{"
            )
            bodies.append(slow)
        started = time.monotonic()
        assert server.client.get("/api/health").status_code == 200
        assert time.monotonic() - started < 1
        for slow in heads:
            try:
                slow.sendall(b"c")  # a byte now and then does not help
                assert slow.recv(100) == b""
            except ConnectionError:
                pass
        for slow in bodies:
            assert b" 408 " in slow.recv(100)
        assert time.monotonic() - started < 8
        for slow in (*heads, *bodies):
            slow.close()


def test_a_second_request_on_a_connection_is_timed_too(
    home: Path, settings_for: Any, serving: Any
) -> None:
    with (
        serving(create_app(settings_for(home)), header_seconds=0.7) as server,
        socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection,
    ):
        connection.sendall(b"GET /api/health HTTP/1.1\r\nhost: localhost\r\n\r\n")
        answer = b""
        while not answer.endswith(b"}"):  # head and body may come one after the other
            answer += connection.recv(65536)
        assert b" 200 " in answer
        connection.sendall(b"GET /api/health HTTP/1.1\r\nx-a")
        started = time.monotonic()
        assert connection.recv(100) == b""
        assert time.monotonic() - started < 4


def test_pages_of_other_sites_get_nothing(server: Any) -> None:
    response = server.client.get("/api/health", headers={"origin": "https://attacker.example"})
    assert "access-control-allow-origin" not in response.headers
    for header, value in {
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
    }.items():
        assert response.headers[header] == value
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
