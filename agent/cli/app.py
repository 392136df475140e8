"""The command tree of ``kg``."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from agent.cli import asking, changes, curation, demo, evaluating, graph, reports, serving
from agent.cli.options import debugging

app = typer.Typer(
    name="kg",
    help="주간 리서치 리포트를 읽어 출처가 달린 지식 그래프로 만들고, 묻고, 비교합니다.\n\n"
    "Weekly Korean research reports in; a cited, queryable knowledge graph out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="markdown",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"kg {version('kg-weekly')}")
        raise typer.Exit


@app.callback()
def top(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Set what holds for every command."""
    debugging(debug)


for module in (demo, reports, asking, changes, graph, evaluating, serving):
    for command in module.COMMANDS:
        app.command(command.__name__.rstrip("_"))(command)  # eval_: the name is Python's
for name, group in {**curation.GROUPS, **changes.GROUPS}.items():
    app.add_typer(group, name=name)
