"""Ask a running server from many sides at once while reports are being ingested.

    python tests/bench/bench_server.py [--seconds 60] [--askers 32] [--processes 2] [--write]

Prints JSON; ``--write`` keeps it as ``tests/bench/server.json``. The server is `kg serve`
over the sample corpus. First one asker alone, then all together with `kg ingest` storing
corrected editions of one report one after another. Every question is new to the server
(white space is added), so that no answer comes from its memory. "mixed" counts answers
whose figure is not that of the generation they name.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

FIGURES = Path(__file__).with_name("server.json")
_ROOT = Path(__file__).parents[2]
_GOLD = _ROOT / "corpus" / "gold"
_KG = [sys.executable, "-c", "from agent.cli import main; main()"]
_ALONE = 60
PROBE = "누리칩스의 2025년 매출은?"
EDITION = """# 누리칩스 탐방

2025-02-11

## 1. 실적

누리칩스(Nuri Chips)의 2025년 매출은 {amount}억 달러다.
"""
_AMOUNT = 1000


@dataclass
class Tally:
    """What the askers saw."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    generations: set[int] = field(default_factory=set)
    probes: int = 0
    mixed: int = 0

    @property
    def p95(self) -> float:
        """The 95th percentile of the time to answer, in milliseconds."""
        return quantiles(self.seconds, n=20)[-1] * 1000

    @property
    def median(self) -> float:
        """The median of the time to answer, in milliseconds."""
        return quantiles(self.seconds, n=2)[0] * 1000


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--askers", type=int, default=32)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--write", action="store_true", help=f"write {FIGURES.name}")
    given = parser.parse_args()
    from agent.ingest import ingest
    from corpus import sample_reports
    from kg.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "kg"
        ingest(Workspace(home), sample_reports())
        figures = measure(home, given.seconds, given.askers, given.processes)
    text = json.dumps(figures, ensure_ascii=False, indent=1) + "\n"
    if given.write:
        FIGURES.write_text(text, encoding="utf-8")
    print(text, end="")


def measure(home: Path, seconds: float, askers: int, processes: int) -> dict[str, Any]:
    """Serve the workspace in ``home``, ask, and return the figures; it is written to."""
    ingest_edition(home, 0)
    with served(home, processes) as (url, process):
        return asyncio.run(_measure(url, process.pid, home, seconds, askers))


async def _measure(url: str, pid: int, home: Path, seconds: float, askers: int) -> dict[str, Any]:
    alone, together = Tally(), Tally()
    fresh = _fresh(questions())
    async with httpx.AsyncClient(base_url=url, timeout=120, trust_env=False) as client:
        first = (await client.get("/api/health")).json()["generation"]
        for _ in range(_ALONE):
            await _ask(client, next(fresh), alone, first)
        memory = [resident(pid)]
        end = time.monotonic() + seconds
        writer = asyncio.create_task(_write(home, end))
        asking = [_keep_asking(client, fresh, together, first, end) for _ in range(askers)]
        watching = asyncio.create_task(_watch(pid, memory, end))
        await asyncio.gather(*asking)
        editions = await writer
        await watching
    half = memory[len(memory) // 2 :]
    return {
        "seconds": seconds,
        "askers": askers,
        "answers": len(together.seconds),
        "errors": len(together.errors) + len(alone.errors),
        "first_errors": (alone.errors + together.errors)[:3],
        "editions_ingested": editions,
        "generations_seen": len(together.generations),
        "probes": together.probes,
        "mixed": together.mixed + alone.mixed,
        "alone_ms": {"median": round(alone.median, 1), "p95": round(alone.p95, 1)},
        "together_ms": {"median": round(together.median, 1), "p95": round(together.p95, 1)},
        "p95_ratio": round(together.p95 / alone.p95, 2),
        "memory_mib": {"start": memory[0], "middle": half[0], "end": memory[-1]},
    }


def questions() -> list[str]:
    """The questions of the sample corpus's gold, with the probe after every fifth."""
    files = sorted(_GOLD.glob("*.qa.jsonl"))
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    asked = [json.loads(line)["question"] for line in lines]
    return [q for n, text in enumerate(asked) for q in ((text, PROBE) if n % 5 == 0 else (text,))]


def _fresh(asked: list[str]) -> Iterator[str]:
    """Every question again and again, each time with another amount of white space."""
    for turn in count(1):
        for text in asked:
            yield text + " " * turn if text != PROBE else text + " " * (turn % 300 + 1)


async def _keep_asking(
    client: httpx.AsyncClient, fresh: Iterator[str], tally: Tally, first: int, end: float
) -> None:
    while time.monotonic() < end:
        await _ask(client, next(fresh), tally, first)


async def _ask(client: httpx.AsyncClient, question: str, tally: Tally, first: int) -> None:
    started = time.perf_counter()
    try:
        response = await client.get("/api/ask", params={"question": question})
    except httpx.HTTPError as error:
        tally.errors.append(repr(error))
        return
    tally.seconds.append(time.perf_counter() - started)
    if response.status_code != 200:
        tally.errors.append(f"{response.status_code} {response.text[:120]}")
        return
    generation = int(response.headers["kg-generation"])
    tally.generations.add(generation)
    if question.strip() == PROBE:
        tally.probes += 1
        said = response.json()["answer"].replace(",", "")
        tally.mixed += str(_AMOUNT + generation - first) not in said


async def _write(home: Path, end: float) -> int:
    """Ingest one edition after another until the end; return how many."""
    for edition in count(1):
        await asyncio.to_thread(ingest_edition, home, edition)
        if time.monotonic() >= end:
            return edition
    raise AssertionError


def ingest_edition(home: Path, number: int) -> None:
    """Store one edition of the probe's report, by the command line, as a neighbour would."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "nuri.md")
        file.write_text(EDITION.format(amount=_AMOUNT + number), encoding="utf-8")
        subprocess.run(
            [*_KG, "ingest", str(file), "--home", str(home)],
            check=True,
            stdout=subprocess.DEVNULL,
            env=_environment(),
        )


async def _watch(pid: int, memory: list[int], end: float) -> None:
    while time.monotonic() < end:
        await asyncio.sleep(0.5)
        memory.append(resident(pid))


def resident(pid: int) -> int:
    """Return the resident memory of a process and all below it, in MiB (Linux)."""
    total, waiting = 0, [pid]
    while waiting:
        current = waiting.pop()
        try:
            status = Path(f"/proc/{current}/status").read_text(encoding="ascii", errors="replace")
            children = Path(f"/proc/{current}/task/{current}/children").read_text("ascii")
        except OSError:  # it has ended
            continue
        found = re.search(r"VmRSS:\s+(\d+)", status)
        total += int(found[1]) if found else 0
        waiting += map(int, children.split())
    return total // 1024


@contextmanager
def served(home: Path, processes: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run `kg serve` on a free port until the block ends."""
    with tempfile.NamedTemporaryFile() as log:
        options = ["--home", str(home), "--port", "0", "--processes", str(processes)]
        process = subprocess.Popen([*_KG, "serve", *options], stderr=log, env=_environment())
        try:
            yield _address(process, Path(log.name)), process
        finally:
            process.terminate()
            process.wait(60)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8")):
            httpx.get(found[0] + "/api/health", timeout=120, trust_env=False)
            return found[0]
        time.sleep(0.1)
    raise RuntimeError(f"kg serve did not start:\n{log.read_text('utf-8')}")


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(_ROOT)}


if __name__ == "__main__":
    main()
