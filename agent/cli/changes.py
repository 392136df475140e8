"""Commands on time: diff, series, weekly, log, rollback, watch."""

from __future__ import annotations

import sys
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from agent.cli.options import (
    DEFAULT_HOME,
    AsOf,
    Home,
    Json,
    generation,
    iso_date,
    print_json,
    progress,
    table,
    text_argument,
    workspace,
)
from agent.errors import AgentError

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
    editions: Annotated[
        bool,
        typer.Option(
            "--editions", help="They are editions of one text: whatever is left out is dropped."
        ),
    ] = False,
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
    from agent.weeks.changes import changes

    current = generation(home)
    found = changes(current, old, new, editions=editions)
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
    from agent.curating.profiles import namesakes, resolve

    ids: list[str] = []
    for name in names:
        found = resolve(current, name)
        ids += [found.id, *(other.id for other in namesakes(current, name, found))]
    return ids


def sureness(wanted: float | None, result: DiffFormat) -> Decimal:
    """Return how sure a change must be to be told in this format."""
    from agent.weeks.changes import SURE

    if wanted is None:
        return Decimal(0) if result is DiffFormat.json else SURE
    return Decimal(str(wanted))


def series(
    text: Annotated[str, typer.Argument(help='An entity, and what of it: "HBM 시장 규모".')],
    home: Home = DEFAULT_HOME,
    metric: Annotated[
        str | None, typer.Option(help="A metric or relation, in either language.")
    ] = None,
    as_of: AsOf = None,
    png: Annotated[
        Path | None, typer.Option("--png", metavar="FILE", help="Draw it into this file too.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Follow a value over the reports, each cited; exit code 1 when there is none.

    Examples:

    - `kg series "HBM 시장 규모"`

    - `kg series o3 --metric score`

    - `kg series "알파벳 설비투자" --png capex.png`
    """
    from agent.replies.series import figures
    from agent.replies.series import series as follow

    current = generation(home)
    words = text_argument(text, "the entity")
    found = follow(current, words, metric=metric, until=iso_date(as_of, "--as-of"))
    if as_json:
        print_json([item.to_json() for item in found])
    else:
        for item in found:
            print(f"{item.name}{f' ({item.unit})' if item.unit else ''}")
            table(None, ("date", "value", "change", "where", "quote"), item.rows())
            print()
    if not found:
        known = ", ".join(figures(current, words)) or "none"
        print(f"kg: no figure of {words!r} under that name; known: {known}", file=sys.stderr)
        raise typer.Exit(1)
    if png is not None:
        from agent.plot import plot

        plot([item for item in found if item.unit == found[0].unit], png)
        print(f"kg: drawn into {png}", file=sys.stderr)


def weekly(
    folder: Annotated[list[str], typer.Argument(metavar="FOLDER…", help="Where reports arrive.")],
    home: Home = DEFAULT_HOME,
    result: _Result = DiffFormat.text,
    top: _Top = None,
    min_confidence: _Sure = None,
    everything: _All = False,
) -> None:
    """Take in what is new, show what changed and the watches it set off; exit code 1 for news.

    For cron or a CI job: 0 says that nobody needs to be told, 1 that there is something to
    mail. What was taken in is said on standard error.

    Examples:

    - `kg weekly reports/ --home team.kg`

    - `kg weekly reports/ --format md > news.md || mail -s "kg" team@example.com < news.md`
    """
    from agent.cli.reports import report_files
    from agent.weeks.weekly import weekly as run

    files = report_files(folder)
    with progress("weekly", total=None) as step:
        week = run(
            workspace(home), files, min_confidence=sureness(min_confidence, result), step=step
        )
    for line in week.outcome.lines():
        print(line, file=sys.stderr)
    if week.changes is None:
        print(
            "kg: no older week to compare with" if week.came else "kg: nothing new in the folder",
            file=sys.stderr,
        )
        return
    shown = week.changes if top is None else week.changes.only(top=top)
    sys.stdout.write(shown.format(result.value, everything=everything))
    if week.news:
        raise typer.Exit(1)


def log(home: Home = DEFAULT_HOME, as_json: Json = False) -> None:
    """List the generations of the workspace, the newest first, with what each changed.

    `+` came, `~` was replaced, `-` went. Those marked with `*` are kept: one can roll back to
    their number.

    Example: `kg log`
    """
    from kg.log import entries

    place = workspace(home)
    current = place.generation()
    kept = set(place.kept())
    rows = [
        {
            **entry.to_json(),
            "text": entry.text,
            "kept": entry.number in kept,
            "current": entry.number == current.number,
        }
        for entry in reversed(entries(current))
    ]
    if as_json:
        print_json(rows)
        return
    columns = ("number", "kept", "at", "reports", "claims", "changed")
    shown = ({**row, "kept": "*" if row["kept"] else "", "changed": row["text"]} for row in rows)
    table(None, columns, ([row[column] for column in columns] for row in shown))


def rollback(
    number: Annotated[str, typer.Argument(metavar="GENERATION", help="As `kg log` lists it.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Go back to an older generation: reports, decisions and index as they were then.

    It becomes the newest generation, so that nothing is lost: going back can be undone by
    going back again.

    Example: `kg rollback 3`
    """
    digits = number.removeprefix("g")
    if not digits.isdecimal():
        raise AgentError(
            f"{number!r} is no generation: expected a number such as 3 or g000003; see `kg log`"
        )
    made = workspace(home).rollback(int(digits))
    print(f"back to generation {int(digits)}: {len(made.reports)} reports, now {made.number}")


class Handed(TyperGroup):
    """A group whose own options are handed on to the command: `kg watch --home x.kg list`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put what stands before the command behind it."""
        if args and args[0] not in ctx.help_option_names:
            _, rest, _ = self.make_parser(ctx).parse_args(list(args))
            before = args[: len(args) - len(rest)]
            args = [*rest[:1], *before, *rest[1:]]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed


watch = typer.Typer(cls=Handed, no_args_is_help=True, rich_markup_mode="markdown")


@watch.callback()
def watch_(home: Home = DEFAULT_HOME) -> None:
    """Keep standing queries: the weekly run tells when a week brings what they ask for.

    Examples:

    - `kg watch add "엔비디아 인수"`

    - `kg watch list`
    """
    del home  # handed on to the command


@watch.command()
def add(
    text: Annotated[
        str, typer.Argument(help="Names, relations, words; or a SPARQL SELECT or ASK.")
    ],
    home: Home = DEFAULT_HOME,
) -> None:
    """Add a watch: it fires on changes about all that it names, or on new rows of a query.

    Examples:

    - `kg watch add "엔비디아 인수"`

    - `kg watch add "SELECT ?who WHERE { ?who kg:acquires ?what }"`
    """
    from agent.weeks.watch import add as keep

    kept = keep(home, text_argument(text, "the watch"))
    print(f"{kept.id}  {kept.text}")


@watch.command("list")
def list_(home: Home = DEFAULT_HOME, as_json: Json = False) -> None:
    """List the watches.

    Example: `kg watch list`
    """
    from dataclasses import asdict

    from agent.weeks.watch import watches

    rows = [asdict(kept) for kept in watches(home)]
    if as_json:
        print_json(rows)
        return
    columns = ("id", "kind", "added", "text")
    table(None, columns, ([row[column] for column in columns] for row in rows))


@watch.command()
def remove(
    name: Annotated[str, typer.Argument(metavar="ID", help="As `kg watch list` lists it.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Forget a watch.

    Example: `kg watch remove w1`
    """
    from agent.weeks.watch import remove as forget

    print(f"removed {forget(home, name).text}")


@watch.command()
def fired(
    old: Annotated[str | None, typer.Argument(help="As for `kg diff`.")] = None,
    new: Annotated[str | None, typer.Argument(help="As for `kg diff`.")] = None,
    home: Home = DEFAULT_HOME,
    as_json: Json = False,
) -> None:
    """Show which watches the changes between two weeks set off; exit code 1 when any did.

    Example: `kg watch fired 2025-W02 2025-W03`
    """
    from agent.briefing.lines import Teller
    from agent.weeks.changes import changes
    from agent.weeks.watch import fired as set_off
    from agent.weeks.watch import watches

    current = generation(home)
    found = set_off(current, watches(home), changes(current, old, new))
    if as_json:
        print_json([alert.to_json() for alert in found.alerts])
    else:
        teller = Teller(current.reports)
        for alert in found.alerts:
            print(f"{alert.watch.id}  {alert.watch.text}")
            for line in alert.lines(teller):
                print(f"  · {line}")
    if found.alerts:
        raise typer.Exit(1)


COMMANDS = (diff, series, weekly, log, rollback)
GROUPS = {"watch": watch}
