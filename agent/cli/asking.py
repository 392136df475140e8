"""Commands that ask: ask, chat, search, path."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.options import (
    DEFAULT_HOME,
    AsOf,
    Home,
    Json,
    generation,
    input_lines,
    iso_date,
    print_json,
    print_jsonl,
    table,
    text_argument,
)

if TYPE_CHECKING:
    from agent.answer import Answer

_ReportId = Annotated[str | None, typer.Option("--report", metavar="ID", help="Only this report.")]
_Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="PROVIDER:NAME",
        help="A LangChain chat model; its sentences are checked too.",
    ),
]
_Jsonl = Annotated[
    bool, typer.Option("--jsonl", help="One JSON object a line; with `-`, one question a line.")
]


def ask(
    question: Annotated[str, typer.Argument(help="A question, or - for standard input.")],
    home: Home = DEFAULT_HOME,
    as_of: AsOf = None,
    report: _ReportId = None,
    model: _Model = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show interpretation, SPARQL and steps.")
    ] = False,
    as_json: Json = False,
    jsonl: _Jsonl = False,
) -> None:
    """Answer a question with citations; exit code 1 when the reports do not answer.

    Examples:

    - `kg ask "TPU를 구글과 함께 만드는 회사는?"`

    - `kg ask "What did NVIDIA acquire?" --explain`

    - `kg ask --jsonl - < questions.txt`
    """
    from agent.answerer import Answerer

    until = iso_date(as_of, "--as-of")
    answerer = Answerer(generation(home))
    if jsonl and question == "-":
        for line in input_lines():
            print_jsonl(_answered(answerer, line, until, report, model).to_json())
        return
    answer = _answered(answerer, text_argument(question, "the question"), until, report, model)
    if as_json:
        print_json(answer.to_json())
    elif jsonl:
        print_jsonl(answer.to_json())
    else:
        show(answer, explain=explain)
    if answer.abstained:
        raise typer.Exit(1)


def _answered(
    answerer: Any, question: str, until: Any, report: str | None, model: str | None
) -> Answer:
    if model is None:
        answer: Answer = answerer.ask(question, until=until, report=report)
        return answer
    from agent.llm import ask_model

    return ask_model(answerer, question, model, until=until, report=report)


def show(answer: Answer, *, explain: bool = False) -> None:
    """Print an answer for people: the text, then each citation with its place and quote."""
    print(answer.text)
    if answer.citations:
        print()
    for citation in answer.citations:
        quote = " ".join(citation.evidence.quote.split())
        print(f"[{citation.n}] {citation.place()}\n    “{quote}”")
    if explain:
        print("\n" + explanation(answer))


def explanation(answer: Answer) -> str:
    """Return how the question was read: interpretation, SPARQL, arithmetic, dropped sentences."""
    reading = answer.interpretation
    parts = (reading["type"], f"relation {reading['relation']}", str(reading["constraints"]))
    lines = [f"interpretation: {' · '.join(parts)}"]
    lines += [f"  entity {iri}" for iri in reading["entities"]]
    if answer.sparql:
        lines += ["sparql:", *("  " + line for line in answer.sparql.splitlines())]
    lines += [f"step: {step}" for step in answer.steps]
    lines += [f"dropped: {sentence}" for sentence in answer.dropped]
    if answer.reason:
        lines.append(f"abstained: {answer.reason}")
    lines.append(f"time: {answer.milliseconds:.0f} ms")
    return "\n".join(lines)


def chat(
    home: Home = DEFAULT_HOME,
    as_of: AsOf = None,
    model: _Model = None,
) -> None:
    """Ask in a conversation: follow-up questions, /sources, /sparql, /save FILE, /help.

    Example: `kg chat --home team.kg`
    """
    from agent.answerer import Answerer
    from agent.chat import Conversation, converse

    answerer = Answerer(generation(home))
    until = iso_date(as_of, "--as-of")
    conversation = Conversation(
        answerer.linker,
        lambda q: _answered(answerer, q, until, None, model),
        answerer.classes,
    )
    converse(
        conversation, show, names=[label for n in answerer.generation.names for label in n.labels]
    )


def search(
    query: Annotated[str, typer.Argument(help="What to look for, or - for standard input.")],
    home: Home = DEFAULT_HOME,
    k: Annotated[int, typer.Option("--k", min=1, help="How many passages.")] = 10,
    report: _ReportId = None,
    as_json: Json = False,
    jsonl: _Jsonl = False,
) -> None:
    """Find passages: morphemes, character pairs, entities and vectors together.

    Examples:

    - `kg search "HBM 공급 부족" --k 3`

    - `kg search --jsonl - < queries.txt`
    """
    from agent import documents
    from agent.answerer import Answerer

    answerer = Answerer(generation(home))
    if jsonl and query == "-":
        for line in input_lines():
            print_jsonl(
                {"query": line, "hits": documents.search(answerer, line, k=k, report=report)}
            )
        return
    hits = documents.search(answerer, text_argument(query, "the query"), k=k, report=report)
    if jsonl:
        print_jsonl({"query": query, "hits": hits})
    elif as_json:
        print_json(hits)
    else:
        for hit in hits:
            place = " > ".join(hit["section"]) or "-"
            print(f"{hit['rank']}. [{hit['report']}] {place}  ({hit['score']:.3f})")
            print("    " + " ".join(hit["text"].split())[:240])
    if not hits:
        print("kg: no passage found", file=sys.stderr)
        raise typer.Exit(1)


def path(
    start: Annotated[str, typer.Argument(metavar="A", help="An entity's name.")],
    goal: Annotated[str, typer.Argument(metavar="B", help="Another entity's name.")],
    home: Home = DEFAULT_HOME,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Show how two entities are connected, each step cited; exit code 1 when they are not.

    Example: `kg path OpenAI TSMC`
    """
    from agent.profiles import connections

    steps = connections(generation(home), start, goal, iso_date(as_of, "--as-of"))
    if as_json:
        print_json([step.to_json() for step in steps])
    else:
        columns = ("from", "relation", "to", "modality", "where", "quote")
        table(None, columns, (step.row() for step in steps))
    if not steps:
        print(f"kg: nothing connects {start!r} and {goal!r} in the reports", file=sys.stderr)
        raise typer.Exit(1)


COMMANDS = (ask, chat, search, path)
