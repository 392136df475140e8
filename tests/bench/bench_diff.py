"""Measure a diff between two weeks in a small and in a large workspace.

    python tests/bench/bench_diff.py [--runs 9] [--small 8] [--large 800]

Prints JSON. Reports are synthetic, one a week, their claims made directly: a table of
prices that changes weekly, a ranking, relations of which most are said again and some are
new or come back after weeks away. Each run opens the workspace anew and compares its last
two weeks; "ratio" is the median time in the large workspace over that in the small one,
the two timed in turn.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median

from agent.weeks.changes import changes
from corpus.report import Passage, Report, Section, Span
from kg.claim import Claim, Entity, Evidence, Extraction, Value
from kg.workspace import Workspace

COMPANIES = [Entity(f"company-{n}", "Company", f"회사{n}", curated=True) for n in range(120)]
MODELS = [Entity(f"model-{n}", "Model", f"모델 {n}", curated=True) for n in range(60)]
METRICS = ("주가", "시가총액", "수익률", "설비투자", "매출")
RELATIONS = ("supplies", "partnersWith", "investsIn", "purchases", "acquires")
_AT_ONCE = 100  # reports a commit, for the sake of memory
START = dt.date(2010, 1, 4)


@dataclass(frozen=True)
class NoIndex:
    """Search is no part of what is measured."""

    embedder: str = "none"

    def write(self, target: Path, previous: Path | None, added: object, removed: object) -> None:
        target.mkdir()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--small", type=int, default=8)
    parser.add_argument("--large", type=int, default=800)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), arguments.small, arguments.large, arguments.runs)
    print(json.dumps(figures, indent=1))


def measure(folder: Path, small: int, large: int, runs: int) -> dict[str, float]:
    """Return the times of a diff in both workspaces, in seconds, and their ratio."""
    homes = [build(folder / str(count), count) for count in (small, large)]
    for home in homes:
        timed(home)
    pairs = [[timed(home) for home in homes] for _ in range(runs)]
    return {
        "small_reports": small,
        "large_reports": large,
        "changes": len(changes(Workspace(homes[0]).generation()).changes),
        "small_s": rounded(median(one for one, _ in pairs)),
        "large_s": rounded(median(two for _, two in pairs)),
        "ratio": rounded(median(two / one for one, two in pairs)),
    }


def timed(home: Path) -> float:
    """Return the seconds it takes to open a workspace and compare its last two weeks."""
    started = time.perf_counter()
    changes(Workspace(home).generation())
    return time.perf_counter() - started


def build(home: Path, count: int) -> Path:
    """Fill a workspace with ``count`` weekly reports that end with the same two weeks."""
    weeks = range(-count, 0)  # the last ones are alike whatever came before
    for start in range(0, count, _AT_ONCE):
        several = [week(n, count) for n in weeks[start : start + _AT_ONCE]]
        Workspace(home).commit(add=several, index=NoIndex())
    return home


def week(number: int, count: int) -> tuple[Report, Extraction]:
    """Make one report; ``number`` counts from the last one backwards."""
    chance = random.Random(number)
    id_ = f"weekly-{number + count:04d}"
    date = START + dt.timedelta(weeks=number + count)
    lines: list[str] = []
    claims = [*_table(id_, chance, lines), *_relations(id_, chance, lines)]
    text = "\n".join(lines)
    span = Span(0, len(text))
    report = Report(
        id=id_,
        title=f"주간 {id_}",
        publisher=None,
        authors=(),
        date=date,
        source=f"{id_}.md",
        format="markdown",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        sections=(Section(("I. 시장",), 1, None, span),),
        tables=(),
        passages=(Passage(f"{id_}#0", ("I. 시장",), "prose", span),),
    )
    entities = {e.id: e for c in claims for e in (c.subject, c.object) if e is not None}
    return report, Extraction(id_, tuple(entities.values()), (), tuple(claims))


def _table(report: str, chance: random.Random, lines: list[str]) -> list[Claim]:
    made = []
    for company in COMPANIES[:12]:
        for metric in METRICS:
            amount = Decimal(chance.randint(100, 140))
            value = Value(str(amount), amount, amount, None, "USD")
            cell = _cell(report, lines, f"{company.label} {metric} {amount}", company, metric)
            made.append(Claim(company, "hasMetric", None, value, cell, {"metric": metric}))
    return made


def _relations(report: str, chance: random.Random, lines: list[str]) -> list[Claim]:
    """Say 40 standing relations again, 30 drawn anew; some of these were said weeks ago."""
    standing = random.Random(0)
    drawn = [_pair(standing) for _ in range(40)] + [_pair(chance) for _ in range(30)]
    drawn += [(MODELS[n % 60], "uses", COMPANIES[n % 7]) for n in chance.sample(range(60), 8)]
    return [
        Claim(s, p, o, None, _quote(report, lines, f"{s.label}, {o.label} {p}"))
        for s, p, o in dict.fromkeys(drawn)
    ]


def _pair(chance: random.Random) -> tuple[Entity, str, Entity]:
    one, two = chance.sample(COMPANIES, 2)
    return one, chance.choice(RELATIONS), two


def _cell(report: str, lines: list[str], text: str, row: Entity, column: str) -> Evidence:
    found = _quote(report, lines, text)
    return Evidence(
        report, found.section, text, found.start, found.end,
        table="표 1", row=row.label, column=column,
    )  # fmt: skip


def _quote(report: str, lines: Sequence[str] | list[str], text: str) -> Evidence:
    start = sum(len(line) + 1 for line in lines)
    assert isinstance(lines, list)
    lines.append(text)
    return Evidence(report, ("I. 시장",), text, start, start + len(text))


def rounded(number: float) -> float:
    """Keep three digits: more would be noise."""
    return float(f"{number:.3g}")


if __name__ == "__main__":
    main()
