"""Commands on reports: ingest, remove, reports, stats, text."""

from __future__ import annotations

import glob
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from agent.cli.options import (
    DEFAULT_HOME,
    Home,
    Json,
    generation,
    iso_date,
    one_of,
    print_json,
    progress,
    table,
    workspace,
)
from agent.errors import AgentError


def ingest(  # noqa: PLR0913, PLR0917 - one parameter an option
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders or globs.")],
    home: Home = DEFAULT_HOME,
    date: Annotated[str | None, typer.Option(help="The report's date, if it does not say.")] = None,
    title: Annotated[str | None, typer.Option(help="The report's title.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    report_id: Annotated[
        str | None, typer.Option("--id", help="Its id; else the file's stem.")
    ] = None,
    embedder: Annotated[
        str | None,
        typer.Option(help="sentence-transformers model name or folder; the workspace keeps to it."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Cores that read and extract. Left out: all, by threads for a few files and by "
            "processes for many.",
        ),
    ] = None,
    extractor: Annotated[
        str | None,
        typer.Option(
            metavar="rules|llm|both",
            help="Who reads the claims: rules, a model, or both. Left out: rules, or both with "
            "--model; what a model read before stays while the text does.",
            rich_help_panel="Language model",
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="PROVIDER:NAME",
            help="A LangChain chat model, such as openai:gpt-4o-mini.",
            rich_help_panel="Language model",
        ),
    ] = None,
    max_tokens: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Spend no more tokens than this. When it is reached nothing is stored, exit "
            "code 3; answers are kept, so a later run goes on from there.",
            rich_help_panel="Language model",
        ),
    ] = None,
    parallel: Annotated[
        int,
        typer.Option(min=1, help="Requests at a time.", rich_help_panel="Language model"),
    ] = 4,
    price: Annotated[
        str | None,
        typer.Option(
            metavar="IN/OUT",
            help="What a million tokens cost, to show the cost: 0.15/0.60.",
            rich_help_panel="Language model",
        ),
    ] = None,
    ocr: Annotated[
        bool,
        typer.Option("--ocr", help="Read scanned PDFs with tesseract and its Korean data."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; store nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Add or replace reports: all of them, or none.

    The same content again changes nothing, unless the extractor is another since: then
    it is re-read. The same id with new content is a corrected edition and replaces the
    old one exactly.

    Examples:

    - `kg ingest weekly-2025-01-06.md`

    - `kg ingest reports/ --home team.kg`

    - `kg ingest memo.txt --date 2025-01-06 --publisher "리서치센터"`

    - `kg ingest reports/ --extractor both --model openai:gpt-4o-mini --dry-run`

    - `kg ingest reports/ --extractor both --model openai:gpt-4o-mini --max-tokens 500000`

    - `kg ingest brief.pdf draft.docx 동향.hwpx newsletter.html`

    - `kg ingest scan.pdf --ocr --date 2025-01-06`
    """
    from agent.courtesy import give_way

    place = workspace(home)
    give_way(place)

    from agent.ingest import ingest as run
    from agent.llm.model_reading import EXTRACTORS, ModelOptions, ModelReading

    options = {
        "date": iso_date(date, "--date"),
        "title": title,
        "publisher": publisher,
        "id": report_id,
        "ocr": ocr,
    }
    files = report_files(paths)
    if len(files) > 1 and any(options[key] for key in ("date", "title", "id")):
        raise AgentError(
            f"--date, --title and --id describe one report: got {len(files)} files, expected 1; "
            "ingest it alone or put the date into each report"
        )
    asking = ModelOptions(
        one_of(extractor, EXTRACTORS, "--extractor"), model, max_tokens, parallel, price
    ).checked()
    reading = ModelReading(asking, lambda line: print(line, file=sys.stderr), progress)
    with progress("ingest", total=len(files)) as step:
        outcome = run(
            place,
            files,
            options=options,
            embedder=embedder,
            jobs=jobs,
            dry_run=dry_run,
            step=step,
            reading=reading,
        )
    if as_json:
        print_json(outcome.to_json())
        return
    for line in outcome.lines():
        print(line)


def report_files(paths: Sequence[str]) -> list[Path]:
    """Expand files, folders and globs to the report files among them, sorted.

    Raises:
        AgentError: when a path names nothing readable.
    """
    from corpus.readers import READERS

    found: list[Path] = []
    for path in paths:
        place = Path(path)
        if place.is_dir():
            matches = [
                p for p in sorted(place.rglob("*")) if p.suffix.lower() in READERS and p.is_file()
            ]
        elif place.is_file():
            matches = [place]
        else:
            matches = sorted(Path(p) for p in glob.glob(path, recursive=True) if Path(p).is_file())
        if not matches:
            raise AgentError(
                f"no report found: got {path!r}, expected a file, folder or glob of "
                f"{' '.join(sorted(READERS))}"
            )
        found.extend(matches)
    return list({path.resolve(): path for path in reversed(found)}.values())[::-1]


def remove(
    report: Annotated[str, typer.Argument(help="A report's id, as `kg reports` lists it.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Retract one report: the graph becomes what it would be without it.

    Example: `kg remove weekly-2025-01-06`
    """
    from agent.ingest import remove as run

    run(workspace(home), report)
    print(f"removed {report}")


def reports(home: Home = DEFAULT_HOME, as_json: Json = False) -> None:
    """List the reports in the workspace.

    Example: `kg reports --json`
    """
    from agent.documents import report_row

    rows = [report_row(info) for info in generation(home).reports]
    if as_json:
        print_json(rows)
        return
    columns = ("date", "id", "title", "publisher", "passages", "claims")
    table(None, columns, ([row[c] for c in columns] for row in rows))


def stats(
    ambiguous: Annotated[
        bool,
        typer.Option(
            "--ambiguous", help="List names that several entities share, or that stayed undecided."
        ),
    ] = False,
    home: Home = DEFAULT_HOME,
    as_json: Json = False,
) -> None:
    """Count what is in the workspace: claims by relation, modality and week; entities by class.

    Examples:

    - `kg stats`

    - `kg stats --ambiguous`
    """
    from agent.curating.statistics import ambiguities, statistics

    if ambiguous:
        found = ambiguities(generation(home))
        if as_json:
            print_json([item.to_json() for item in found])
            return
        rows = [
            (
                item.name,
                "shared" if item.shared else "undecided",
                item.times,
                ", ".join(item.candidates),
                f"{item.report}: {item.excerpt}" if item.report else "",
            )
            for item in found
        ]
        table(None, ("name", "how", "times", "may mean", "for example"), rows)
        return
    figures = statistics(generation(home))
    if as_json:
        print_json(figures)
        return
    counted: list[tuple[str, str, Any]] = []
    for group, counts in figures.items():
        pairs = counts.items() if isinstance(counts, dict) else [("", counts)]
        counted.extend((group, name, count) for name, count in pairs)
    table(None, ("what", "which", "count"), counted)


def text(
    report: Annotated[str, typer.Argument(help="A report's id.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Print exactly the text that citations' offsets point into.

    Example: `kg text weekly-2025-01-06 | head`
    """
    sys.stdout.write(generation(home).report(report).text)


COMMANDS = (ingest, remove, reports, stats, text)
