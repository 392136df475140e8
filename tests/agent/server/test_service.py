"""The command `kg serve` as a service runs it: ready, logged, stopped in good order."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from agent.server.settings import Settings

ROOT = Path(__file__).parents[3]
KG = [sys.executable, "-c", "from agent.cli import main; main()"]


@pytest.fixture
def service(home: Path, tmp_path: Path) -> Iterator[Any]:
    """Start `kg serve` on a free port; its log goes to a file."""
    running = []

    def start(*options: str) -> tuple[subprocess.Popen[bytes], str, Path]:
        log = tmp_path / "log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [*KG, "serve", "--home", str(home), "--port", "0", "--processes", "0", *options],
                stderr=file,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
            )
        running.append(process)
        end = time.monotonic() + 60
        while time.monotonic() < end and process.poll() is None:
            if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8")):
                url = found[0]
                try:
                    httpx.get(url + "/api/health", trust_env=False, timeout=60)
                    return process, url, log
                except httpx.ConnectError:
                    pass
            time.sleep(0.1)
        raise AssertionError(log.read_text("utf-8"))

    yield start
    for process in running:
        process.kill()
        process.wait()


def test_it_logs_json_and_finishes_what_it_began(service: Any) -> None:
    process, url, log = service("--log", "json")
    secret = "비밀 질문 하나"
    httpx.get(url + "/api/search", params={"query": secret}, trust_env=False, timeout=60)
    answers: list[int] = []
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

    def ask() -> None:
        params = {"query": slow, "timeout": "2"}
        answers.append(
            httpx.get(url + "/sparql", params=params, trust_env=False, timeout=20).status_code
        )

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.7)
    process.send_signal(signal.SIGTERM)
    asking.join(20)
    assert answers == [503]  # it was answered: stopped after its two seconds, not cut off
    assert process.wait(20) == 0
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    asked = [line for line in lines if line.get("route") == "/api/search"]
    assert asked[0]["status"] == 200
    assert {"time", "level", "ms", "bytes", "client", "request", "method"} <= set(asked[0])
    assert secret not in log.read_text("utf-8")


def test_a_taken_port_is_told_in_one_line(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = subprocess.run(
            [*KG, "serve", "--home", str(home), "--port", port],
            check=False, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=90,
        )  # fmt: skip
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert port in result.stderr


@pytest.mark.parametrize(
    ("host", "hosts", "called"),
    [
        ("127.0.0.1", (), ["localhost", "127.0.0.1", "[::1]", "127.0.0.1"]),
        ("0.0.0.0", (), ["*"]),
        ("0.0.0.0", ("kg.team",), ["localhost", "127.0.0.1", "[::1]", "0.0.0.0", "kg.team"]),
        ("localhost", ("kg.team",), ["localhost", "127.0.0.1", "[::1]", "localhost", "kg.team"]),
    ],
)  # fmt: skip
def test_the_names_it_answers_to(host: str, hosts: tuple[str, ...], called: list[str]) -> None:
    assert Settings(home=Path(), host=host, hosts=hosts).called == called


def test_the_token_is_not_shown() -> None:
    assert "geheim" not in repr(Settings(home=Path(), write_token="geheim"))
