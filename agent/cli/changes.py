"""Commands on time: diff, series, weekly."""

from __future__ import annotations

import sys
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import DEFAULT_HOME, Home, generation

if TYPE_CHECKING:
    from kg.generation import Generation


class DiffFormat(StrEnum):
    """How a diff is printed."""

    text = "text"
    md = "md"
    html = "html"
    json = "json"


class ChangeKind(StrEnum):
    """What a change can be."""

    new = "new"
    restated = "restated"
    value_changed = "value_changed"
    status_changed = "status_changed"
    reversed = "reversed"
    dropped = "dropped"


_Result = Annotated[DiffFormat, typer.Option("--format", help="Output format.")]
_Top = Annotated[int | None, typer.Option(min=1, help="Only the first changes.")]
_Kinds = Annotated[
    list[ChangeKind] | None, typer.Option("--kind", help="Only changes of this kind; repeatable.")
]
_Entities = Annotated[
    list[str] | None,
    typer.Option("--entity", metavar="NAME", help="Only changes about this entity; repeatable."),
]
_Sure = Annotated[
    float | None,
    typer.Option(
        min=0,
        max=1,
        help="How sure the extraction must be; 0 shows all. Default: 0.7 for people, 0 for JSON.",
    ),
]
_All = Annotated[bool, typer.Option("--all", help="Every line of every theme.")]


def diff(  # noqa: PLR0913, PLR0917 - one parameter an option
    old: Annotated[
        str | None,
        typer.Argument(help="Report id, date, month, ISO week or span; `..`: all before NEW."),
    ] = None,
    new: Annotated[str | None, typer.Argument(help="The same; else the latest week.")] = None,
    home: Home = DEFAULT_HOME,
    result: _Result = DiffFormat.text,
    top: _Top = None,
    kinds: _Kinds = None,
    entities: _Entities = None,
    min_confidence: _Sure = None,
    restated: Annotated[bool, typer.Option(help="Show what was merely said again.")] = False,
    everything: _All = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 when there is news.")
    ] = False,
) -> None:
    """Show what is new, changed or gone between two weeks, both cited, by theme.

    Without arguments the latest week is compared with the one before it.

    Examples:

    - `kg diff`

    - `kg diff 2025-W02 2025-W03 --format md`

    - `kg diff 2025-01 2025-02 --kind value_changed --entity 엔비디아`

    - `kg diff .. weekly-2025-01-20 --format html > news.html`
    """
    from agent.changes import changes

    current = generation(home)
    found = changes(current, old, new)
    shown = found.only(
        restated=restated or result is DiffFormat.json,
        top=top,
        kinds=[kind.value for kind in kinds or ()],
        entities=named(current, entities or ()),
        min_confidence=sureness(min_confidence, result),
    )
    sys.stdout.write(shown.format(result.value, everything=everything or top is not None))
    if exit_code and found.news:
        raise typer.Exit(1)


def named(current: Generation, names: list[str] | tuple[str, ...]) -> list[str]:
    """Return the ids of all entities that any of the names may mean."""
    from agent.profiles import namesakes, resolve

    ids: list[str] = []
    for name in names:
        found = resolve(current, name)
        ids += [found.id, *(other.id for other in namesakes(current, name, found))]
    return ids


def sureness(wanted: float | None, result: DiffFormat) -> Decimal:
    """Return how sure a change must be to be told in this format."""
    from agent.changes import SURE

    if wanted is None:
        return Decimal(0) if result is DiffFormat.json else SURE
    return Decimal(str(wanted))


COMMANDS = (diff,)
