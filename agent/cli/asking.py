"""Commands that ask: ask, chat, search, path."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
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
from agent.errors import AgentError

if TYPE_CHECKING:
    from collections.abc import Callable

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
_MaxTokens = Annotated[
    int | None,
    typer.Option(
        "--max-tokens", min=1, help="Tokens a model may use for one answer.", show_default="60000"
    ),
]
_Jsonl = Annotated[
    bool, typer.Option("--jsonl", help="One JSON object a line; with `-`, one question a line.")
]


def ask(  # noqa: PLR0913, PLR0917 - one parameter an option
    question: Annotated[str, typer.Argument(help="A question, or - for standard input.")],
    home: Home = DEFAULT_HOME,
    as_of: AsOf = None,
    report: _ReportId = None,
    model: _Model = None,
    max_tokens: _MaxTokens = None,
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

    - `kg ask "이번 주 새 파트너십은?" --model openai:gpt-4o-mini --max-tokens 20000`

    - `kg ask --jsonl - < questions.txt`
    """
    from agent.answerer import Answerer

    until = iso_date(as_of, "--as-of")
    answerer = Answerer(generation(home))
    if jsonl and question == "-":
        from kg.search.embedders import compare_by_number

        compare_by_number()
        for line in input_lines():
            print_jsonl(
                _answered(answerer, line, until, report, model, max_tokens=max_tokens).to_json()
            )
        return
    text = text_argument(question, "the question")
    screen = Screen()
    silent = as_json or jsonl
    answer = _answered(
        answerer,
        text,
        until,
        report,
        model,
        max_tokens=max_tokens,
        on_sentence=(lambda _: None) if silent else screen.sentence,
    )
    if as_json:
        print_json(answer.to_json())
    elif jsonl:
        print_jsonl(answer.to_json())
    else:
        screen.show(answer, explain=explain)
    if answer.abstained:
        raise typer.Exit(1)


def _answered(
    answerer: Any,
    question: str,
    until: Any,
    report: str | None,
    model: str | None,
    *,
    max_tokens: int | None = None,
    on_sentence: Callable[[str], None] = lambda _: None,
) -> Answer:
    if model is None:
        answer: Answer = answerer.ask(question, until=until, report=report)
        return answer
    from agent.llm.answering import Bounds, ask_model

    bounds = Bounds() if max_tokens is None else Bounds(tokens=max_tokens)
    return ask_model(
        answerer,
        question,
        model,
        until=until,
        report=report,
        bounds=bounds,
        on_sentence=on_sentence,
    )


class Screen:
    """Prints an answer as it is written, and afterwards what is missing of it."""

    def __init__(self) -> None:
        self._printed: list[str] = []

    def sentence(self, text: str) -> None:
        """Print one sentence behind those before it, at once."""
        print(text, end=" ", flush=True)
        self._printed.append(text)

    def show(self, answer: Answer, *, explain: bool = False) -> None:
        """Print the answer, or where its sentences stand when they were printed already."""
        if self._printed:
            print()
        show(answer, explain=explain, told=tuple(self._printed) == answer.sentences)
        self._printed.clear()


def show(answer: Answer, *, explain: bool = False, told: bool = False) -> None:
    """Print an answer for people: the text (unless told), then each citation with its quote."""
    if not told:
        print(answer.text)
    if answer.citations:
        print()
    for citation in answer.citations:
        quote = " ".join(citation.evidence.quote.split())
        print(f"[{citation.n}] {citation.place()}\n    “{quote}”")
    if explain:
        print("\n" + answer.explanation())


def chat(
    home: Home = DEFAULT_HOME,
    as_of: AsOf = None,
    model: _Model = None,
    resume: Annotated[
        Path | None,
        typer.Option("--resume", metavar="FILE", help="Go on with what /save FILE.json wrote."),
    ] = None,
    max_tokens: _MaxTokens = None,
) -> None:
    """Ask in a conversation: follow-up questions, /sources, /sparql, /save FILE, /help.

    Examples:

    - `kg chat --home team.kg`

    - `kg chat --resume monday.json`

    - `kg chat --model ollama:qwen3`
    """
    from agent.answerer import Answerer
    from agent.chat import Conversation, converse
    from agent.questions.namesakes import senses

    answerer = Answerer(generation(home))
    until = iso_date(as_of, "--as-of")
    screen = Screen()
    conversation = Conversation(
        answerer.linker,
        lambda q: _answered(
            answerer, q, until, None, model, max_tokens=max_tokens, on_sentence=screen.sentence
        ),
        answerer.classes,
        today=max(answerer.dates.values(), default=dt.date.today()),
        senses=lambda q: senses(q, answerer),
    )
    if resume is not None:
        print(_resumed(conversation, resume), file=sys.stderr)
    converse(
        conversation,
        screen.show,
        names=[label for n in answerer.generation.names for label in n.labels],
    )


def _resumed(conversation: Any, saved: Path) -> str:
    try:
        loaded: str = conversation.load(saved)
    except OSError as error:
        raise AgentError(
            f"cannot resume {str(saved)!r}: {error.strerror}; expected a file of /save F.json"
        ) from error
    return loaded


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
    from agent.curating.profiles import connections

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
