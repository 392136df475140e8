"""`kg entity`: look an entity up; merge, split and rename entities, undoably."""

from __future__ import annotations

import sys
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
    table,
    workspace,
)

if TYPE_CHECKING:
    from kg.decisions import Decision

_DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change; store nothing.")]
_Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
_Name = Annotated[str, typer.Argument(help="Any name of it: 한글, English, ticker; or its id.")]


class Lookup(TyperGroup):
    """A group whose commands may be left out: what is no command is a name to look up.

    `kg entity 브로드컴 --json` is `kg entity show 브로드컴 --json`; an entity that is called
    like a command is reached with `kg entity show merge` or `kg entity -- merge`.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command first: the one that is named, with what stands before it, or show."""
        if args and not any(arg in ctx.help_option_names for arg in args[:1]):
            _, rest, _ = self.make_parser(ctx).parse_args(list(args))
            before = args[: len(args) - len(rest)]
            named = bool(rest) and rest[0] in self.commands and before[-1:] != ["--"]
            args = [rest[0], *before, *rest[1:]] if named else ["show", *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed


entity = typer.Typer(
    cls=Lookup,
    no_args_is_help=True,
    subcommand_metavar="NAME | COMMAND …",
    rich_markup_mode="markdown",
)
alias = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")


@entity.callback()
def entity_(home: Home = DEFAULT_HOME, as_of: AsOf = None, as_json: Json = False) -> None:
    """Show what is known of one entity: its names, its claims by week, where it is mentioned.

    With a command instead of a name: correct who is who. What is decided is shown before
    it is done, logged, kept when reports come or go, and can be undone.

    Examples:

    - `kg entity 브로드컴`

    - `kg entity merge 발트라 Baltra`

    - `kg entity show merge`
    """
    del home, as_of, as_json  # Lookup hands them on to the command


@entity.command()
def show(name: _Name, home: Home = DEFAULT_HOME, as_of: AsOf = None, as_json: Json = False) -> None:
    """Show what is known of one entity; the command that `kg entity NAME` leaves out.

    Example: `kg entity show 브로드컴`
    """
    from agent.curating.profiles import namesakes, profile

    current = generation(home)
    found = profile(current, name, iso_date(as_of, "--as-of"))
    for other in namesakes(current, name, found.name):
        print(f"kg: {name!r} also means {other.id} ({other.label}, {other.cls})", file=sys.stderr)
    if as_json:
        print_json(found.to_json())
        return
    for line in found.lines():
        print(line)


@entity.command()
def merge(
    keep: Annotated[str, typer.Argument(metavar="A", help="The entity that stays.")],
    gone: Annotated[str, typer.Argument(metavar="B", help="The one that becomes A.")],
    home: Home = DEFAULT_HOME,
    dry_run: _DryRun = False,
    yes: _Yes = False,
    as_json: Json = False,
) -> None:
    """Make two entities one: B's names, claims and mentions become A's, now and in later reports.

    Example: `kg entity merge 발트라 Baltra --dry-run`
    """
    from agent.curating.curation import merging

    _decide(home, merging(generation(home), keep, gone), dry_run, yes, as_json)


@entity.command()
def split(  # noqa: PLR0913, PLR0917 - one parameter an option
    name: _Name,
    home: Home = DEFAULT_HOME,
    aliases: Annotated[
        list[str] | None,
        typer.Option("--alias", metavar="NAME", help="Whatever is printed so; repeatable."),
    ] = None,
    reports: Annotated[
        list[str] | None,
        typer.Option("--report", metavar="ID", help="Only in this report; repeatable."),
    ] = None,
    mentions: Annotated[
        list[str] | None,
        typer.Option("--mention", metavar="ID:START", help="Only this mention; repeatable."),
    ] = None,
    label: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="What the new entity is called.")
    ] = None,
    cls: Annotated[
        str | None, typer.Option("--class", metavar="CLASS", help="Its class, if it differs.")
    ] = None,
    dry_run: _DryRun = False,
    yes: _Yes = False,
    as_json: Json = False,
) -> None:
    """Make some of what goes by a name an entity of its own: an alias, a report, a mention.

    A claim goes over when its quote (or what the quote carries on) holds only names that do.

    Examples:

    - `kg entity split 제미나이 --alias 제미니 --class Company`

    - `kg entity split 가우스 --report weekly-2025-01-06 --as "가우스랩스"`
    """
    from agent.curating.curation import splitting

    decision = splitting(
        generation(home),
        name,
        aliases=aliases or (),
        reports=reports or (),
        mentions=mentions or (),
        label=label,
        cls=cls,
    )
    _decide(home, decision, dry_run, yes, as_json)


@alias.command()
def add(
    name: _Name,
    other: Annotated[str, typer.Argument(metavar="ALIAS", help="What it is called too.")],
    home: Home = DEFAULT_HOME,
    dry_run: _DryRun = False,
    yes: _Yes = False,
    as_json: Json = False,
) -> None:
    """Give an entity one more name: questions understand it, passages that print it count.

    Example: `kg entity alias add 엔비디아 엔비`
    """
    from agent.curating.curation import renaming

    _decide(home, renaming(generation(home), name, other), dry_run, yes, as_json)


@alias.command()
def remove(
    name: _Name,
    other: Annotated[str, typer.Argument(metavar="ALIAS", help="What it is not called.")],
    home: Home = DEFAULT_HOME,
    dry_run: _DryRun = False,
    yes: _Yes = False,
    as_json: Json = False,
) -> None:
    """Take a name away from an entity; claims stay (`kg entity split` moves those too).

    Example: `kg entity alias remove 엔비디아 엔비`
    """
    from agent.curating.curation import renaming

    _decide(home, renaming(generation(home), name, other, remove=True), dry_run, yes, as_json)


@entity.command()
def log(home: Home = DEFAULT_HOME, as_json: Json = False) -> None:
    """List all decisions, oldest first: what, who, when, and whether it holds.

    Example: `kg entity log`
    """
    from agent.curating.curation import undone

    decisions = generation(home).decisions
    gone = undone(decisions)
    rows = [
        {
            "id": decision.id,
            "at": decision.at,
            "by": decision.by,
            "what": str(decision),
            "undone_by": gone.get(decision.id),
        }
        for decision in decisions
    ]
    if as_json:
        print_json(rows)
        return
    columns = ("id", "at", "by", "what", "undone_by")
    table(None, columns, ([row[column] for column in columns] for row in rows))


@entity.command()
def undo(
    decision: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="One that `kg entity log` lists; else the last."),
    ] = None,
    home: Home = DEFAULT_HOME,
    dry_run: _DryRun = False,
    yes: _Yes = False,
    as_json: Json = False,
) -> None:
    """Take a decision back; undoing the undoing brings it back.

    Example: `kg entity undo d0001`
    """
    from agent.curating.curation import undoing

    _decide(home, undoing(generation(home), decision), dry_run, yes, as_json)


def _decide(home: Any, decision: Decision, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Show what a decision would change, and commit it when it is wanted."""
    from agent.curating.curation import apply, preview

    place = workspace(home)
    shown = preview(place.generation(), decision)
    if not as_json:
        for line in shown.lines():
            print(line)
    wanted = not dry_run and (yes or (sys.stdin.isatty() and typer.confirm("kg: do it?", err=True)))
    number = apply(place, decision).number if wanted else None
    if as_json:
        print_json({**shown.to_json(), "applied": wanted, "generation": number})
    elif wanted:
        print(f"done: {decision.id}; `kg entity undo {decision.id}` takes it back")
    else:
        print("kg: nothing changed; --yes does it", file=sys.stderr)


entity.add_typer(alias, name="alias", help="Give an entity a name, or take one away.")
GROUPS = {"entity": entity}
