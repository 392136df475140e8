"""Ask a running server from many sides at once while reports are being ingested.

    python tests/bench/bench_server.py [--seconds 60] [--askers 32] [--processes 2] [--write]

Prints JSON; ``--write`` keeps it as ``tests/bench/server.json``. The server is `kg serve`
over the sample corpus. Once it is warm, one asker asks every question: alone, then beside
`kg ingest`, which stores corrected editions of one report one after another; then all ask
the same questions together beside it. Every question is new to the server (white space is
added), so that no answer comes from its memory. Each time through them they are in another
order, drawn the same in every run: in that of their files, the costly ones of one report
would all be asked at once. "mixed" counts answers whose figure is not that of the
generation they name.

Askers, server and ingest share the machine's processors. The askers speak HTTP over plain
sockets, so that little of that is theirs. "elsewhere" is the share of all processor time
that went to neither of them while all asked: with much of it the waiting says little, and
"server_ms", the processor time of the server for one answer, says more (Linux).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import quote

import httpx

FIGURES = Path(__file__).with_name("server.json")
_ROOT = Path(__file__).parents[2]
_GOLD = _ROOT / "corpus" / "gold"
_KG = [sys.executable, "-c", "from agent.cli import main; main()"]
_PATIENCE = 120.0  # seconds for one answer
_NOT_COMPILED = "PYTHONDONTWRITEBYTECODE"
_WARMING = 2  # times that every question is asked before anything is measured
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
    def milliseconds(self) -> dict[str, float]:
        """Median and 95th percentile, as the figures tell them."""
        return {"median": round(self.median, 1), "p95": round(self.p95, 1)}

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


def measure(
    home: Path, seconds: float, askers: int, processes: int, asked: Sequence[str] = ()
) -> dict[str, Any]:
    """Serve the workspace in ``home``, ask, and return the figures; it is written to.

    ``asked`` are the questions, by default those of the sample corpus.
    """
    ingest_edition(home, 0)
    with served(home, processes) as (url, process):
        bench = Bench(url, process.pid, home, asked or questions())
        return asyncio.run(bench.measure(seconds, askers, processes))


class Bench:
    """One server, asked in four rounds: to warm it, by one, by one beside ingest, by all."""

    def __init__(self, url: str, pid: int, home: Path, asked: Sequence[str]) -> None:
        self.url = url
        self.pid = pid
        self.home = home
        self.asked = asked
        self.fresh = _fresh(asked)
        self.edition = count(1)
        self.memory: list[int] = []
        self.first = int(httpx.get(url + "/api/health", trust_env=False).json()["generation"])

    async def measure(self, seconds: float, askers: int, processes: int) -> dict[str, Any]:
        """Ask in all rounds and return the figures."""
        once = len(self.asked)
        await self._round(2 * processes, most=_WARMING * once)
        alone, _ = await self._round(1, most=once)
        beside, _ = await self._round(1, most=once, ingesting=True)
        self.memory = [resident(self.pid)]
        before = _Spent.now(self.pid)
        together, editions = await self._round(askers, seconds=seconds, ingesting=True)
        spent = _Spent.now(self.pid)
        half = self.memory[len(self.memory) // 2 :]
        rounds = (alone, beside, together)
        errors = [error for tally in rounds for error in tally.errors]
        return {
            "seconds": seconds,
            "askers": askers,
            "processes": processes,
            "answers": len(together.seconds),
            "errors": len(errors),
            "first_errors": errors[:3],
            "editions_ingested": editions,
            "generations_seen": len(together.generations),
            "probes": together.probes,
            "mixed": sum(tally.mixed for tally in rounds),
            "alone_ms": alone.milliseconds,
            "alone_beside_ingest_ms": beside.milliseconds,
            "together_ms": together.milliseconds,
            "server_ms": round((spent.server - before.server) * 1000 / len(together.seconds), 1),
            "elsewhere": round(spent.elsewhere(before), 2),
            "p95_ratio": round(together.p95 / alone.p95, 2),
            "p95_ratio_beside_ingest": round(together.p95 / beside.p95, 2),
            "memory_mib": {"start": self.memory[0], "middle": half[0], "end": self.memory[-1]},
        }

    async def _round(
        self, askers: int, *, seconds: float = 1e9, most: int | None = None, ingesting: bool = False
    ) -> tuple[Tally, int]:
        """Let so many ask until the time is over or ``most`` are asked; count editions too."""
        tally, end = Tally(), time.monotonic() + seconds
        asked = self.fresh if most is None else islice(self.fresh, most)
        over = asyncio.Event()
        writing = asyncio.create_task(self._write(over)) if ingesting else None
        watching = asyncio.create_task(self._watch(over))
        await asyncio.gather(*(self._keep_asking(asked, tally, end) for _ in range(askers)))
        over.set()
        await watching
        return tally, await writing if writing else 0

    async def _keep_asking(self, asked: Iterator[str], tally: Tally, end: float) -> None:
        line = Line(self.url)
        for question in asked:
            await self._ask(line, question, tally)
            if time.monotonic() >= end:
                break
        line.close()

    async def _ask(self, line: Line, question: str, tally: Tally) -> None:
        started = time.perf_counter()
        try:
            async with asyncio.timeout(_PATIENCE):
                status, headers, body = await line.get(f"/api/ask?question={quote(question)}")
        except (OSError, EOFError, ValueError) as error:
            tally.errors.append(repr(error))
            line.close()
            return
        tally.seconds.append(time.perf_counter() - started)
        if status != 200:
            tally.errors.append(f"{status} {body[:120]!r}")
            return
        generation = int(headers["kg-generation"])
        tally.generations.add(generation)
        if question.strip() == PROBE:
            tally.probes += 1
            said = json.loads(body)["answer"].replace(",", "")
            tally.mixed += str(_AMOUNT + generation - self.first) not in said

    async def _write(self, over: asyncio.Event) -> int:
        """Ingest one edition after another until the round is over; return how many."""
        for stored in count(1):
            await asyncio.to_thread(ingest_edition, self.home, next(self.edition))
            if over.is_set():
                return stored
        raise AssertionError

    async def _watch(self, over: asyncio.Event) -> None:
        while not over.is_set():
            await asyncio.sleep(0.5)
            self.memory.append(resident(self.pid))


class Line:
    """One connection to the server, kept open; no more of HTTP than the server speaks."""

    def __init__(self, url: str) -> None:
        self._host = url.removeprefix("http://")
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers (names in small letters) and body."""
        if self._streams is None:
            host, _, port = self._host.partition(":")
            self._streams = await asyncio.open_connection(host, int(port))
        reader, writer = self._streams
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        first, *lines = head.strip().split("\r\n")
        headers = {name: value.strip() for name, _, value in (x.partition(":") for x in lines)}
        return (
            int(first.split()[1]),
            headers,
            await reader.readexactly(int(headers["content-length"])),
        )

    def close(self) -> None:
        """Hang up; the next request connects anew."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def questions() -> list[str]:
    """The questions of the sample corpus's gold, with the probe after every fifth."""
    files = sorted(_GOLD.glob("*.qa.jsonl"))
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    asked = [json.loads(line)["question"] for line in lines]
    return [q for n, text in enumerate(asked) for q in ((text, PROBE) if n % 5 == 0 else (text,))]


def _fresh(asked: Sequence[str]) -> Iterator[str]:
    """Every question again and again, each time in another order and with more white space."""
    for turn in count(1):
        for text in random.Random(turn).sample(asked, len(asked)):
            yield text + " " * turn if text != PROBE else text + " " * (turn % 300 + 1)


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


@dataclass(frozen=True)
class _Spent:
    """Processor seconds until now: of the server, of this process and ingest, of all, idle."""

    server: float
    ours: float
    everyone: float
    idle: float

    @classmethod
    def now(cls, pid: int) -> _Spent:
        ticks = os.sysconf("SC_CLK_TCK")
        fields = (text.rpartition(")")[2].split() for text in _tree(pid, "stat"))
        server = sum(int(used) for row in fields for used in row[11:13]) / ticks
        times = os.times()
        first = Path("/proc/stat").read_text("ascii").splitlines()[0]
        every = [int(used) / ticks for used in first.split()[1:]]
        return cls(server, sum(times[:4]), sum(every), sum(every[3:5]))

    def elsewhere(self, before: _Spent) -> float:
        """The share of the processors that others had since then."""
        everyone = self.everyone - before.everyone
        used = everyone - (self.idle - before.idle)
        return (used - (self.server - before.server) - (self.ours - before.ours)) / everyone


def resident(pid: int) -> int:
    """Return the resident memory of a process and all below it, in MiB (Linux)."""
    found = (re.search(r"VmRSS:\s+(\d+)", status) for status in _tree(pid, "status"))
    return sum(int(match[1]) for match in found if match) // 1024


def _tree(pid: int, file: str) -> Iterator[str]:
    """Yield what the kernel tells of a process and of all below it."""
    waiting = [pid]
    while waiting:
        current = waiting.pop()
        try:
            told = Path(f"/proc/{current}/{file}").read_text(encoding="utf-8", errors="replace")
            lists = Path(f"/proc/{current}/task").glob("*/children")  # each thread has its own
            children = [int(pid) for each in lists for pid in each.read_text("ascii").split()]
        except OSError:  # it has ended
            continue
        yield told
        waiting += children


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
    """This checkout, with its modules compiled once, as those of an installed program are."""
    kept = {name: value for name, value in os.environ.items() if name != _NOT_COMPILED}
    return kept | {"PYTHONPATH": str(_ROOT)}


if __name__ == "__main__":
    main()
