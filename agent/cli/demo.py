"""`kg demo`: the whole program on the sample corpus, in one command."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from agent.cli.options import progress, workspace

_QUESTIONS = (
    "TPU를 구글과 함께 만드는 회사는?",
    "SK하이닉스의 4분기 영업이익은?",
    "테슬라의 2030년 매출은?",
)
_QUERY = """SELECT ?developer ?chip ?partner (MIN(?date) AS ?first) WHERE {
  ?claim rdf:predicate kg:coDevelops ; kg:modality "fact" ; kg:partner ?partner ;
         rdf:subject/skos:prefLabel ?developer ; rdf:object/skos:prefLabel ?chip ;
         prov:wasDerivedFrom/dcterms:isPartOf/dcterms:date ?date .
  FILTER(lang(?developer) = "ko" && lang(?chip) = "ko")
} GROUP BY ?developer ?chip ?partner ORDER BY ?developer ?chip"""
_WEEKS = ("2025-01-27", "2025-02-03")
_CHANGES = 9


def demo(
    home: Annotated[
        Path | None, typer.Option("--home", help="Keep the workspace here, to go on with.")
    ] = None,
) -> None:
    """Read the sample reports, answer questions, run a query, show a weekly diff.

    Example: `kg demo --home demo.kg`, then `kg ask "…" --home demo.kg`
    """
    if home is not None:
        _show(home)
        return
    with tempfile.TemporaryDirectory(prefix="kg-demo-") as folder:
        _show(Path(folder))


def _show(home: Path) -> None:
    from agent.answerer import Answerer
    from agent.cli.asking import show
    from agent.ingest import ingest
    from agent.weeks.changes import changes
    from corpus import sample_reports
    from kg.sparql import query

    files = sample_reports()
    with progress("ingest", total=len(files)) as step:
        outcome = ingest(workspace(home), files, step=step)
    _title("kg ingest corpus/reports")
    for line in outcome.lines():
        print(line)
    generation = workspace(home).generation()
    answerer = Answerer(generation)
    for question in _QUESTIONS:
        _title(f'kg ask "{question}"')
        show(answerer.ask(question))
    _title("kg sparql")
    print(_QUERY + "\n")
    print(query(generation, _QUERY, timeout=10, limit=100).serialize("table"), end="")
    _title(f"kg diff {_WEEKS[0]} {_WEEKS[1]} --top {_CHANGES}")
    print(changes(generation, *_WEEKS).only(restated=False, top=_CHANGES).format("text"), end="")


def _title(text: str) -> None:
    print(f"\n$ {text}")


COMMANDS = (demo,)
