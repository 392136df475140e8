"""Read thousands of damaged and hostile files: ``python tests/fuzz/fuzz_files.py --count 2000``.

Each file is read in a process of its own life, which may neither die nor take longer than
30 s; one in ``--ingest`` goes through the whole ingest, which must leave the workspace
whole: either with the report or exactly as it was. Exits 1 when anything failed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import select
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

SECONDS = 30.0
HERE = Path(__file__).parent


def module(name: str, folder: Path = HERE) -> ModuleType:
    """Load a module that lies beside this one, or in another folder of tests."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec
    assert spec.loader
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


def seeds(folder: Path, *, length: int = 6_000) -> dict[str, bytes]:
    """Make a small good file of every format from the beginning of a sample report."""
    from corpus.readers import read_text

    samples = module("pdf_samples", HERE.parent / "corpus")
    files = module("file_samples", HERE.parent / "corpus")
    source = min(samples.REPORTS.glob("*.md"))
    text = source.read_text("utf-8")[:length].rsplit("\n\n", 1)[0]
    report = read_text(text, format="markdown", source=source.name)
    samples.register(text + samples.WORDS, folder)
    samples.make_pdf(report, folder / "seed.pdf", samples.Setting())
    for suffix in files.SUFFIXES:
        files.make(report, folder / f"seed{suffix}")
    made = {path.suffix: path.read_bytes() for path in folder.glob("seed.*")}
    return {**made, ".md": text.encode()}


def serve(home: Path) -> None:
    """Read the files whose paths come in on standard input; answer what became of each."""
    for line in sys.stdin:
        path, whole = json.loads(line)
        try:
            answer = _ingested(Path(path), home) if whole else _read(Path(path))
        except Exception:  # what is told as a crash is any that is no error of ours
            answer = f"crash: {traceback.format_exc()}"
        print(json.dumps(answer), flush=True)


def _read(path: Path) -> str:
    from corpus.errors import CorpusError
    from corpus.readers import read

    try:
        report = read(path)
    except CorpusError as error:
        return _line(error)
    for table in report.tables:
        for row in table.rows:
            for cell in row.cells:
                if not 0 <= cell.span.start <= cell.span.end <= len(report.text):
                    return f"crash: a cell of {path.name} lies outside the text"
    report.text.encode()
    return "read"


def _line(error: Exception) -> str:
    return "refused" if "\n" not in str(error) else f"crash: several lines {str(error)!r}"


def _ingested(path: Path, home: Path) -> str:
    from agent.ingest import ingest
    from corpus.errors import KgError
    from kg.workspace import Workspace

    workspace = Workspace(home)

    def state() -> Any:
        return (
            [(r.id, r.content) for r in workspace.generation().reports] if workspace.exists else []
        )

    before = state()
    try:
        outcome = ingest(workspace, [path])
    except KgError as error:
        return _line(error) if state() == before else f"crash: {path.name} left a part of it"
    ids = [row[0] for row in state()]
    whole = outcome.reports[0].id in ids and len(ids) <= len(before) + 1
    return "ingested" if whole else f"crash: {path.name} is not in the workspace"


@dataclass
class Reader:
    """A process that reads files; a new one when it died or was too slow."""

    home: Path
    results: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def __post_init__(self) -> None:
        self._start()

    def _start(self) -> None:
        root = str(HERE.parents[1])
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--serve", str(self.home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": root},
        )

    def take(self, path: Path, *, whole: bool = False) -> str:
        """Read one file; returns what became of it and counts it."""
        begun = time.monotonic()
        answer = self._answer(json.dumps([str(path), whole]))
        self.slowest = max(self.slowest, time.monotonic() - begun)
        kind = answer.split(":")[0]
        self.results[kind] += 1
        if kind in ("crash", "hang"):
            self.failures.append(f"{path.name}: {answer}")
            if kind == "hang" or "process ended" in answer:
                self.close()
                self._start()
        return kind

    def _answer(self, question: str) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{question}\n".encode())
        self.process.stdin.flush()
        if not select.select([self.process.stdout], [], [], SECONDS)[0]:
            return "hang"
        line = self.process.stdout.readline()
        if not line:
            return f"crash: the process ended with {self.process.wait(5)}"
        return str(json.loads(line))

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


def main() -> int:
    """Run as the command line says; failing files are kept in ``--keep``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ingest", type=int, default=20, help="ingest one in so many (0: none)")
    parser.add_argument("--keep", type=Path, help="folder for the files that failed")
    parser.add_argument("--serve", type=Path, metavar="HOME", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return 0
    mutants = module("mutants").mutants
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good = seeds(folder)
        reader = Reader(folder / "home")
        for number, (file, data) in enumerate(mutants(good, options.count, options.seed)):
            path = folder / file
            path.write_bytes(data)
            kind = reader.take(path, whole=bool(options.ingest) and number % options.ingest == 0)
            if kind in ("crash", "hang") and options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / file).write_bytes(data)
            path.unlink()
        reader.close()
    figures = {"files": options.count, "seed": options.seed, **reader.results}
    print(json.dumps({**figures, "slowest_seconds": round(reader.slowest, 2)}))
    print("\n".join(reader.failures), file=sys.stderr)
    return 1 if reader.failures else 0


if __name__ == "__main__":
    sys.exit(main())
