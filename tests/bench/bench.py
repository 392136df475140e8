"""Measure speed and memory, each beside a yardstick of the same run.

    python tests/bench/bench.py [--runs 7] [--report FILE] [--write]

Prints JSON; ``--write`` keeps it as ``tests/bench/figures.json``. Times are medians;
"ratio" is the median of ratios taken pair by pair, ours then the yardstick's, so that a
machine whose speed drifts does not move it. ``--report`` is the report that is read and
extracted; by default the longest of the sample corpus. The yardsticks:

* asking: a process that loads Kiwi with our options and analyses the question;
* reading in and extracting: Kiwi analysing the same text, line by line, on one core
  (twice for reading in, which analyses sentences and passages); "to_kiwi_batch" compares
  with Kiwi on all cores;
* a look-up in the graph: pyoxigraph alone, the same queries.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from agent.answerer import Answerer
from agent.ingest import ingest
from corpus import sample_reports
from corpus.readers import read
from extractors.pipeline import extract
from kg import vocab
from kg.facts import Facts
from kg.generation import Generation
from kg.search.analyzer import kiwi
from kg.workspace import Workspace

FIGURES = Path(__file__).with_name("figures.json")
QUESTION = "브로드컴과 함께 AI 칩을 개발하는 회사는?"
_GOLD = Path(__file__).parents[2] / "corpus" / "gold"
_KG = [sys.executable, "-c", "from agent.cli import main; main()"]
_KIWI = """from kiwipiepy import Kiwi
Kiwi(load_multi_dict=False, load_typo_dict=False).tokenize({question!r})"""

Figures = dict[str, Any]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7, help="pairs a figure")
    parser.add_argument("--report", type=Path, default=longest_report())
    parser.add_argument("--write", action="store_true", help=f"write {FIGURES.name}")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), arguments.report, arguments.runs)
    text = json.dumps(figures, ensure_ascii=False, indent=1) + "\n"
    if arguments.write:
        FIGURES.write_text(text, encoding="utf-8")
    print(text, end="")


def measure(folder: Path, report: Path, runs: int) -> Figures:
    """Return every figure; ``folder`` is for workspaces."""
    home = folder / "sample"
    kiwi().tokenize(QUESTION)  # what follows finds Kiwi loaded
    extraction = extract_warm(report, runs)  # as in a worker, which holds no workspace beside it
    ingest(Workspace(home), sample_reports())
    generation = Workspace(home).generation()
    return {
        "machine": machine(),
        "ask_cold": ask_cold(home, runs),
        "ask_warm": ask_warm(generation, questions()),
        "ingest": ingest_warm(folder, report, runs),
        "extract": extraction,
        "lookup": lookup(generation, runs),
        "demo": demo(min(runs, 3)),
        "jobs": jobs(folder, min(runs, 3)),
    }


def machine() -> Figures:
    """Say what the figures were measured on."""
    packages = ("kiwipiepy", "pyoxigraph", "tantivy", "faiss-cpu", "typer")
    return {
        "date": dt.date.today().isoformat(),
        "python": platform.python_version(),
        "system": platform.system(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
        "packages": {name: version(name) for name in packages},
    }


def longest_report() -> Path:
    """Return the longest report of the sample corpus."""
    return max(sample_reports(), key=lambda path: path.stat().st_size)


def questions() -> list[str]:
    """Return the questions of the sample corpus's gold files."""
    lines = (
        line
        for path in sorted(_GOLD.glob("*.qa.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [json.loads(line)["question"] for line in lines]


def ask_cold(home: Path, runs: int) -> Figures:
    """Whole processes: `kg ask` against Kiwi loaded for one sentence."""
    ask = [*_KG, "ask", QUESTION, "--home", str(home)]
    yardstick = [sys.executable, "-c", _KIWI.format(question=QUESTION)]
    process(ask)
    process(yardstick)
    pairs = [(process(ask), process(yardstick)) for _ in range(runs)]
    return {
        "ask_s": rounded(median(ours["wall_s"] for ours, _ in pairs)),
        "kiwi_s": rounded(median(theirs["wall_s"] for _, theirs in pairs)),
        "ratio": rounded(median(ours["wall_s"] / theirs["wall_s"] for ours, theirs in pairs)),
        "ratio_cpu": rounded(median(ours["cpu_s"] / theirs["cpu_s"] for ours, theirs in pairs)),
        "peak_mib": rounded(median(ours["peak_mib"] for ours, _ in pairs)),
        "kiwi_peak_mib": rounded(median(theirs["peak_mib"] for _, theirs in pairs)),
    }


def ask_warm(generation: Generation, asked: Sequence[str]) -> Figures:
    """Answers in one process; the first question, which reads everything in, left out."""
    answerer = Answerer(generation)
    answerer.ask(QUESTION)
    times = sorted(1000 * seconds(partial(answerer.ask, text)) for text in asked)
    return {
        "questions": len(times),
        "median_ms": rounded(median(times)),
        "p90_ms": rounded(times[int(0.9 * (len(times) - 1))]),
        "worst_ms": rounded(times[-1]),
    }


def ingest_warm(folder: Path, report: Path, runs: int) -> Figures:
    """One report from file to published generation, Kiwi loaded, against Kiwi twice."""
    text = report.read_text(encoding="utf-8")
    homes = (folder / f"one-{number}" for number in count())

    def ours() -> None:
        ingest(Workspace(next(homes)), [report])

    def theirs() -> None:
        analyse_lines(text)
        analyse_lines(text)

    figures = compared("ingest_s", ours, "kiwi_twice_s", theirs, runs)
    batch = compared("ingest_s", ours, "kiwi_s", lambda: (analyse(text), analyse(text)), runs)
    return {"characters": len(text), **figures, "to_kiwi_batch": batch["ratio"]}


def extract_warm(report: Path, runs: int) -> Figures:
    """Claims of a report that is read already, against Kiwi once on the same text."""
    whole = read(report)
    figures = compared(
        "extract_s",
        lambda: extract(replace(whole)),
        "kiwi_s",
        lambda: analyse_lines(whole.text),
        runs,
    )
    batch = compared(
        "extract_s", lambda: extract(whole), "kiwi_s", lambda: analyse(whole.text), runs
    )
    return {**figures, "to_kiwi_batch": batch["ratio"]}


def lookup(generation: Generation, runs: int, wanted: int = 300) -> Figures:
    """Point look-ups through our API, none asked twice of one Facts, against pyoxigraph's."""
    rows = generation.store.query(
        "SELECT ?c { ?c a kg:Claim } ORDER BY ?c", prefixes=vocab.PREFIXES
    )
    claims = [row[0].value for row in rows][:wanted]  # type: ignore[union-attr, index]  # rows of a SELECT
    queries = [f"SELECT ?p ?o WHERE {{ <{claim}> ?p ?o }}" for claim in claims]

    def ours() -> None:
        facts = Facts(generation)
        for query in queries:
            facts.select(query)

    def theirs() -> None:
        for query in queries:
            [(row[0].value, row[1].value) for row in generation.store.query(query)]  # type: ignore[union-attr, index]  # rows of a SELECT

    figures = compared("select_us", ours, "pyoxigraph_us", theirs, max(runs, 5))
    for name in ("select_us", "pyoxigraph_us"):
        figures[name] = rounded(figures[name] * 1e6 / len(queries))
    return {"queries": len(queries), **figures}


def demo(runs: int) -> Figures:
    """`kg demo`, a whole process: eight reports, three answers, a query, a diff."""
    found = [process([*_KG, "demo"]) for _ in range(runs)]
    return {
        "reports": len(sample_reports()),
        "wall_s": rounded(median(run["wall_s"] for run in found)),
        "cpu_s": rounded(median(run["cpu_s"] for run in found)),
        "peak_mib": rounded(median(run["peak_mib"] for run in found)),
    }


_EXTRACTING = """
import sys
from pathlib import Path
from agent.ingest import _extracted
files = sorted(Path(sys.argv[1]).glob("*.md"))
assert sum(1 for _ in _extracted(files, {}, int(sys.argv[2]), lambda _: None)) == len(files)
"""


def jobs(folder: Path, runs: int) -> Figures:
    """Read and extract many reports on one core and on two, loading included in both."""
    many = folder / "many"
    files = _many(many)

    def extracted(number: int) -> float:
        return process([sys.executable, "-c", _EXTRACTING, str(many), str(number)])["wall_s"]

    pairs = [(extracted(1), extracted(2)) for _ in range(runs)]
    return {
        "reports": len(files),
        "one_s": rounded(median(one for one, _ in pairs)),
        "two_s": rounded(median(two for _, two in pairs)),
        "speed_up": rounded(median(one / two for one, two in pairs)),
    }


def _many(folder: Path, times: int = 6) -> list[Path]:
    """The sample corpus several times over, each edition with an id and a line of its own."""
    folder.mkdir(exist_ok=True)
    made = []
    for number in range(times):
        for path in sample_reports():
            copy = folder / f"{path.stem}-{number}.md"
            text = path.read_text(encoding="utf-8")
            copy.write_text(f"{text}\n\n{number + 1}번째 판이다.\n", encoding="utf-8")
            made.append(copy)
    return made


def analyse(text: str) -> int:
    """Analyse all lines with Kiwi on all cores."""
    return sum(1 for _ in kiwi().tokenize(text.splitlines()))


def analyse_lines(text: str) -> int:
    """Analyse the lines with Kiwi one by one."""
    return sum(len(kiwi().tokenize(line)) for line in text.splitlines())


def compared(
    name: str,
    ours: Callable[[], object],
    yardstick: str,
    theirs: Callable[[], object],
    runs: int,
) -> Figures:
    """Time two functions in turn, once unmeasured; seconds, and the median ratio."""
    ours()
    theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    return {
        name: rounded(median(mine for mine, _ in pairs)),
        yardstick: rounded(median(other for _, other in pairs)),
        "ratio": rounded(median(mine / other for mine, other in pairs)),
    }


def seconds(work: Callable[[], object]) -> float:
    """Return the wall time of a call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def process(command: Sequence[str]) -> dict[str, float]:
    """Run a command to its end; wall and CPU seconds, and the peak memory of its main process.

    Python may keep the bytecode it makes, so that later runs start as an installed package does.
    Raises RuntimeError when it fails; exit code 1 (`kg` abstained) is a failure too.
    """
    started = time.perf_counter()
    kept = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(
        command, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command!r} ended with {child.returncode}: expected 0")
    scale = 2**20 if platform.system() == "Darwin" else 2**10  # bytes there, KiB on Linux
    return {
        "wall_s": time.perf_counter() - started,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "peak_mib": usage.ru_maxrss / scale,
    }


def rounded(number: float) -> float:
    """Keep three digits: more would be noise."""
    return float(f"{number:.3g}")


if __name__ == "__main__":
    main()
