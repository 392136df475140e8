"""Commands on the graph: sparql, validate, export."""

from __future__ import annotations

import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from agent.cli.options import (
    DEFAULT_HOME,
    AsOf,
    Home,
    Json,
    generation,
    iso_date,
    print_json,
    text_argument,
)
from agent.errors import AgentError


class ResultFormat(StrEnum):
    """How query results are printed."""

    table = "table"
    json = "json"
    csv = "csv"
    tsv = "tsv"
    xml = "xml"
    turtle = "turtle"


class ExportFormat(StrEnum):
    """What the graph can be written as."""

    turtle = "turtle"
    trig = "trig"
    nquads = "nquads"
    jsonld = "jsonld"
    graphml = "graphml"
    csv = "csv"
    claims = "claims"


def sparql(
    query: Annotated[
        str | None, typer.Argument(help="A SPARQL query, or - for standard input.")
    ] = None,
    home: Home = DEFAULT_HOME,
    file: Annotated[Path | None, typer.Option("--file", help="Read the query from a file.")] = None,
    result: Annotated[
        ResultFormat, typer.Option("--format", help="Output format.")
    ] = ResultFormat.table,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds until the query is stopped.")
    ] = 30.0,
    limit: Annotated[int, typer.Option(min=1, help="Most rows (or triples) returned.")] = 10_000,
    as_of: AsOf = None,
) -> None:
    """Run a read-only SPARQL query; common prefixes are understood without PREFIX lines.

    Examples:

    - `kg sparql "SELECT ?chip WHERE { ?c rdf:predicate kg:coDevelops ; rdf:object ?chip }"`

    - `kg sparql --file query.rq --format csv`

    - `kg sparql "SELECT (COUNT(*) AS ?n) WHERE { ?c a kg:Claim }" --as-of 2025-01-20`
    """
    from kg.sparql import query as run

    if file is not None and query is not None:
        raise AgentError(
            f"two queries: got {query!r} and --file {str(file)!r}, expected one; leave one out"
        )
    if file == Path("-"):
        text = text_argument("-", "the query")
    elif file is not None:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise AgentError(
                f"cannot read the query file {str(file)!r}: {error}; expected UTF-8 text"
            ) from error
    elif query is not None:
        text = text_argument(query, "the query")
    else:
        raise AgentError("no query: expected one as argument, with --file, or - for standard input")
    until = iso_date(as_of, "--as-of")
    outcome = run(generation(home), text, timeout=timeout, limit=limit, until=until)
    sys.stdout.write(outcome.serialize(result.value))
    if outcome.note:
        print(f"kg: {outcome.note}; raise --limit for more", file=sys.stderr)


def validate(home: Home = DEFAULT_HOME, as_json: Json = False) -> None:
    """Check the graph against its SHACL shapes, and every quote against its report.

    Example: `kg validate`
    """
    from kg.validate import validate as run

    outcome = run(generation(home))
    if as_json:
        print_json(
            {
                "conforms": outcome.conforms,
                "reports": outcome.reports,
                "claims": outcome.claims,
                "violations": [asdict(violation) for violation in outcome.violations],
            }
        )
    else:
        for violation in outcome.violations:
            print(violation)
        print(f"{outcome.claims} claims of {outcome.reports} reports: ", end="")
        print(f"{len(outcome.violations)} violations" if outcome.violations else "conform")
    if not outcome.conforms:
        raise typer.Exit(1)


def export(
    home: Home = DEFAULT_HOME,
    result: Annotated[
        ExportFormat, typer.Option("--format", help="What to write.")
    ] = ExportFormat.turtle,
) -> None:
    """Write the graph to standard output.

    Examples:

    - `kg export --format nquads > graph.nq`

    - `kg export --format claims | jq .predicate`
    """
    from kg.export import export as run

    run(generation(home), result.value, sys.stdout.buffer)


COMMANDS = (sparql, validate, export)
