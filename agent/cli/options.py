"""Options and outputs that commands share."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from agent.errors import AgentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.workspace import Generation, Workspace

Home = Annotated[
    Path,
    typer.Option(
        "--home",
        envvar="KG_HOME",
        help="Workspace folder.",
        show_default=True,
        rich_help_panel="Workspace",
    ),
]
DEFAULT_HOME = Path(".kg")
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Only what was reported by this date.")
]

T = TypeVar("T")

_debug = False


def debugging(on: bool | None = None) -> bool:
    """Tell whether tracebacks are wanted; ``on`` sets it for this process."""
    global _debug  # noqa: PLW0603 - one flag a process, set once by the top-level option
    if on is not None:
        _debug = on
    return _debug or bool(os.environ.get("KG_DEBUG"))


def workspace(home: Path) -> Workspace:
    """Return the workspace object of a folder, which need not exist yet."""
    from kg.workspace import Workspace

    return Workspace(home)


def generation(home: Path) -> Generation:
    """Open the current generation read-only."""
    return workspace(home).generation()


def print_json(document: Any) -> None:
    """Print one JSON document, 한글 unescaped."""
    print(json.dumps(document, ensure_ascii=False, indent=2))


def print_jsonl(row: Any) -> None:
    """Print one JSON object on a line of its own, at once."""
    print(json.dumps(row, ensure_ascii=False), flush=True)


def input_lines() -> Iterator[str]:
    """Yield the non-empty lines of standard input, as they come."""
    for number, line in enumerate(sys.stdin, start=1):
        if text := line.strip():
            yield _unicode(text, f"line {number} of standard input")


def text_argument(text: str, what: str) -> str:
    """Return the argument, or standard input for ``-``; refuse an empty one."""
    value = sys.stdin.read() if text == "-" else text
    if not value.strip():
        raise AgentError(f"{what} is empty: got {value!r}, expected some text; see `kg --help`")
    return _unicode(value.strip(), what)


def _unicode(text: str, what: str) -> str:
    """Refuse what was no UTF-8: Python hands such bytes on as lone surrogates."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise AgentError(
            f"{what} is not UTF-8: got {text[error.start : error.end]!r} at character "
            f"{error.start}, expected UTF-8 text; convert it first, e.g. with iconv"
        ) from error
    return text


def iso_date(text: str | None, option: str) -> Any:
    """Parse an ISO date option; ``None`` stays ``None``."""
    import datetime as dt

    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise AgentError(
            f"{option} is no date: got {text!r}, expected YYYY-MM-DD such as 2025-01-06"
        ) from error


def one_of(text: str | None, expected: tuple[T, ...], option: str) -> T | None:
    """Return the choice that an option names; ``None`` stays ``None``."""
    if text is None:
        return None
    for choice in expected:
        if choice == text:
            return choice
    raise AgentError(
        f"{option} is no choice: got {text!r}, expected one of {', '.join(map(str, expected))}"
    )


@contextmanager
def progress(description: str, total: int | None = None) -> Iterator[Callable[[str], None]]:
    """Show a progress bar on stderr; the yielded function advances it, naming the step."""
    if not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(description, total=total)
        yield lambda step: bar.update(task, advance=1, description=f"{description} {step}")


def table(title: str | None, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Print a table: aligned for a terminal, tab-separated for a pipe."""
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join("" if cell is None else str(cell) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table

    view = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        view.add_column(column, overflow="fold")
    for row in rows:
        view.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(view)
