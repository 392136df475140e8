"""`kg eval`: the program against gold files."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.options import DEFAULT_HOME, Json, generation, print_json, progress, table, workspace
from agent.cli.reports import report_files
from agent.errors import AgentError

if TYPE_CHECKING:
    from agent.evaluation import Evaluation
    from kg.generation import Generation

_CORPUS = Path(__file__).parents[2] / "corpus"
_GOLD = _CORPUS / "gold"


class FigureFormat(StrEnum):
    """How figures are printed."""

    text = "text"
    json = "json"
    md = "md"


def eval_(
    gold: Annotated[
        Path | None,
        typer.Argument(metavar="[GOLD]", help="Folder of gold files; else the sample corpus's."),
    ] = None,
    home: Annotated[
        Path | None,
        typer.Option(
            "--home",
            envvar="KG_HOME",
            help="Workspace folder to score.",
            rich_help_panel="Workspace",
        ),
    ] = None,
    reports: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH",
            help="Score a temporary workspace of these files, folders or globs; repeatable.",
        ),
    ] = None,
    compare: Annotated[
        Path | None, typer.Option(metavar="OLD.json", help="Show what moved since these figures.")
    ] = None,
    saved: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="Show figures saved with --json; measure nothing."),
    ] = None,
    misses: Annotated[
        bool, typer.Option("--misses", help="Show all that was wrong: expected, actual, where.")
    ] = False,
    result: Annotated[
        FigureFormat, typer.Option("--format", help="Output format.")
    ] = FigureFormat.text,
    as_json: Json = False,
) -> None:
    """Score answers, claims, names and diffs against gold files.

    Without a workspace the sample reports and their gold are used; with --reports a
    temporary workspace is built. Formats of gold files: corpus/gold/README.md.

    Examples:

    - `kg eval --misses`

    - `kg eval my-gold/ --home team.kg --compare last.json`

    - `kg eval my-gold/ --reports my-reports/ --json > figures.json`
    """
    from agent.evaluation.report import load_figures

    if saved is not None and misses:
        raise AgentError("--misses needs a measurement: got --saved too, expected one of the two")
    if reports and home is not None and str(home) != os.environ.get("KG_HOME"):
        raise AgentError(
            f"--reports builds a temporary workspace: got --home {str(home)!r} too, "
            "expected one of the two; to keep a workspace, `kg ingest` into it first"
        )
    before = None if compare is None else load_figures(compare)
    if saved is not None:
        _show(load_figures(saved), before, FigureFormat.json if as_json else result)
        return
    found = _measured(gold, home, reports or [])
    extra = {"misses": [asdict(miss) for miss in found.misses]} if misses else {}
    _show(found.figures, before, FigureFormat.json if as_json else result, extra)
    if misses and not as_json and result is FigureFormat.text:
        for miss in found.misses:
            print("\n" + "\n".join(miss.lines()))


def _measured(place: Path | None, home: Path | None, reports: list[str]) -> Evaluation:
    from agent.evaluation.evaluation import evaluate, steps
    from agent.evaluation.gold import load_gold
    from kg.search.embedders import compare_by_number

    compare_by_number()
    gold = load_gold(place or _GOLD)
    if not reports and home is None and (place is None or place.resolve() == _GOLD.resolve()):
        reports = [str(_CORPUS / "reports")]
    with _scored(home, reports) as current:
        gold = gold.within(info.id for info in current.reports)
        for report, count in gold.skipped:
            print(f"kg: {count} gold items skipped: no report {report!r} here", file=sys.stderr)
        with progress("eval", total=steps(gold)) as step:
            return evaluate(current, gold, step=step)


@contextmanager
def _scored(home: Path | None, reports: list[str]) -> Iterator[Generation]:
    """Yield the generation to score: the workspace's, or a temporary one of ``reports``."""
    if not reports:
        yield generation(home or DEFAULT_HOME)
        return
    from agent.ingest import ingest

    files = report_files(reports)
    with tempfile.TemporaryDirectory(prefix="kg-eval-") as folder:
        built = workspace(Path(folder))
        with progress("ingest", total=len(files)) as step:
            ingest(built, files, step=step)
        yield built.generation()


def _show(
    figures: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    form: FigureFormat,
    extra: Mapping[str, Any] | None = None,
) -> None:
    from agent.evaluation.report import NOTES, markdown, moved, rows

    changed = None if before is None else moved(before, figures)
    if form is FigureFormat.json:
        keys = ("figure", "old", "new", "change")
        more = (
            {}
            if changed is None
            else {"moved": [dict(zip(keys, row, strict=True)) for row in changed]}
        )
        print_json({**figures, **more, **(extra or {})})
        return
    if form is FigureFormat.md:
        print(markdown(figures), end="")
    else:
        table(None, ("figure", "score", "right/of"), rows(figures))
        print("\n" + "\n".join(NOTES))
    if changed is not None:
        print("\nmoved:" if changed else "\nnothing moved")
        table(None, ("figure", "old", "new", "change"), changed)


COMMANDS = (eval_,)
