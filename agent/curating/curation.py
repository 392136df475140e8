"""Decisions on entities, before they are made: what would change, what speaks against it."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from agent.curating.profiles import place
from agent.curating.profiles import resolve as most_claimed
from agent.errors import AgentError
from agent.replies.wording import say
from kg.change import concerned
from kg.claim import Claim, Entity, Extraction, entity_id
from kg.curation import Undecided, decided, joined
from kg.decisions import Decision, in_force, next_id, now
from kg.facts import Facts
from kg.identity import Identity, fold, names_of
from kg.iris import local_id
from kg.statements import Canon, statements

if TYPE_CHECKING:
    from kg.generation import Generation
    from kg.workspace import Workspace

_SHOWN = 5

Pair = tuple[Claim, Claim]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision would change; ``changed`` are claims before and after it.

    ``conflicts`` is what a person should look at first, ``undecided`` the claims that a
    split leaves where they are because their quotes hold names of both.
    """

    decision: Decision
    names: tuple[str, ...]
    changed: tuple[Pair, ...]
    mentions: int
    reports: tuple[str, ...]
    conflicts: tuple[str, ...]
    undecided: tuple[Claim, ...]

    def lines(self) -> Iterator[str]:
        """Yield the preview for people."""
        yield str(self.decision)
        if self.names:
            yield f"  names: {' · '.join(self.names)}"
        where = f" in {', '.join(self.reports)}" if self.reports else ""
        yield f"  changes {len(self.changed)} claims and {self.mentions} mentions{where}"
        for _, after in self.changed[:_SHOWN]:
            yield f"  · {say([after], 'ko')}  [{place(after)}]"
        if len(self.changed) > _SHOWN:
            yield f"  · … and {len(self.changed) - _SHOWN} more"
        for conflict in self.conflicts[:_SHOWN]:
            yield f"  ! {conflict}"
        if len(self.conflicts) > _SHOWN:
            yield f"  ! … and {len(self.conflicts) - _SHOWN} more conflicts"
        for claim in self.undecided[:_SHOWN]:
            quote = " ".join(claim.evidence.quote.split())
            yield f"  ? names both, and stays: “{quote}”  [{place(claim)}]"

    def to_json(self) -> dict[str, Any]:
        """Return the preview for `--json`."""
        from kg.export import claim_json

        return {
            "decision": asdict(self.decision),
            "names": list(self.names),
            "reports": list(self.reports),
            "mentions": self.mentions,
            "claims": [
                {"before": claim_json(before), "after": claim_json(after)}
                for before, after in self.changed
            ],
            "conflicts": list(self.conflicts),
            "undecided": [claim_json(claim) for claim in self.undecided],
        }


def the_entity(generation: Generation, name: str) -> Entity:
    """Find the one entity of a name, an id or an IRI; a homograph is told, not guessed.

    Raises UnknownEntity for none, AgentError for several.
    """
    known = generation.names_by_id.get(local_id(name) if "://" in name else name)
    if known is None:
        found = Identity(generation.names).resolve(name)
        if len(found) > 1:
            which = ", ".join(f"{n.id} ({n.label}, {n.cls}, {n.claims} claims)" for n in found)
            raise AgentError(
                f"{name!r} means several entities: expected one of the ids {which}; "
                "name it by its id"
            )
        known = found[0] if found else most_claimed(generation, name)
    return Facts(generation).entity(known.id)


def merging(generation: Generation, keep: str, gone: str) -> Decision:
    """Decide that two names are one entity, the first of which stays.

    Raises AgentError when they are one already.
    """
    entity, other = the_entity(generation, keep), the_entity(generation, gone)
    if entity.id == other.id:
        raise AgentError(
            f"{keep!r} and {gone!r} are both {entity.label!r} already: expected two different "
            "entities; see `kg entity log`"
        )
    return _new(generation, Decision("", "merge", entity, other))


def splitting(
    generation: Generation,
    name: str,
    *,
    aliases: Sequence[str] = (),
    reports: Sequence[str] = (),
    mentions: Sequence[str] = (),
    label: str | None = None,
    cls: str | None = None,
) -> Decision:
    """Decide that some of what goes by a name is another entity.

    ``mentions`` are ``REPORT:START`` texts. Raises AgentError when nothing is picked, when
    it is everything, or when the new class is none.
    """
    entity = the_entity(generation, name)
    if not (aliases or reports or mentions):
        raise AgentError(
            f"cannot split {name!r}: got nothing to pick, expected --alias, --report or "
            "--mention REPORT:START; see `kg entity show` for its names"
        )
    for report in reports:
        generation.info(report)
    _refuse_strange(entity, aliases)
    called = label or (aliases[0] if aliases else entity.label)
    other = Entity(
        _free_id(generation, entity, called),
        _class(cls) if cls else entity.cls,
        called,
        aliases=tuple(a for a in dict.fromkeys(aliases) if a != called),
    )
    picked = tuple(_mention(generation, text) for text in mentions)
    return _new(
        generation,
        Decision("", "split", entity, other, tuple(aliases), tuple(reports), picked),
    )


def _refuse_strange(entity: Entity, aliases: Sequence[str]) -> None:
    own = {fold(name) for name in names_of(entity)}
    for alias in aliases:
        if fold(alias) not in own:
            raise AgentError(
                f"{entity.label!r} is not called {alias!r}: expected one of its names: "
                f"{', '.join(names_of(entity))}"
            )
        if fold(alias) == fold(entity.label):
            raise AgentError(
                f"{alias!r} is the name {entity.label!r} is shown by: expected another of its "
                "names to split off; split the other ones, or pick with --report or --mention"
            )


def _class(cls: str) -> str:
    from kg.vocab import CLASSES

    if cls not in CLASSES:
        raise AgentError(f"no class {cls!r}: expected one of {', '.join(CLASSES)}")
    return cls


def _free_id(generation: Generation, entity: Entity, label: str) -> str:
    base, taken = entity_id(label), {*generation.names_by_id, entity.id}
    numbered = (f"{base}_{n}" for n in range(2, len(taken) + 3))
    return next(id_ for id_ in (base, *numbered) if id_ not in taken)


def _mention(generation: Generation, text: str) -> tuple[str, int]:
    report, _, start = text.rpartition(":")
    if not report or not start.isdecimal():
        raise AgentError(
            f"--mention is no place: got {text!r}, expected REPORT:START, as citations say it"
        )
    generation.info(report)
    return report, int(start)


def renaming(generation: Generation, name: str, alias: str, *, remove: bool = False) -> Decision:
    """Decide that an entity is also called ``alias``, or (``remove``) is not.

    Raises AgentError when another entity has that name, or when there is nothing to do.
    """
    entity = the_entity(generation, name)
    own = {fold(n) for n in names_of(entity)}
    if remove:
        _refuse_strange(entity, [alias])
        return _new(generation, Decision("", "alias_remove", entity, aliases=(alias,)))
    if not fold(alias):
        raise AgentError(f"an alias is empty: got {alias!r}, expected a name")
    if fold(alias) in own:
        raise AgentError(f"{entity.label!r} is called {alias!r} already: expected a new name")
    for held in Identity(generation.names).exactly(alias):
        raise AgentError(
            f"{alias!r} is an entity of its own with {held.claims} claims: expected a free name; "
            f"`kg entity merge {entity.id} {held.id}` makes them one"
        )
    return _new(generation, Decision("", "alias_add", entity, aliases=(alias,)))


def undoing(generation: Generation, decision: str | None = None) -> Decision:
    """Decide that a decision, else the last one that holds, holds no more.

    Raises AgentError when there is none, or when it was undone already.
    """
    log = generation.decisions
    held = in_force(log)
    if decision is None:
        if not held:
            raise AgentError("nothing to undo: got an empty log, expected a decision in force")
        decision = held[-1].id
    known = {item.id: item for item in log}
    if decision not in known:
        raise AgentError(
            f"no decision {decision!r}: expected an id that `kg entity log` lists "
            f"({', '.join(known) or 'there are none'})"
        )
    if decision in undone(log):
        raise AgentError(
            f"{decision!r} is undone already, by {undone(log)[decision]!r}: expected a decision "
            "in force; undo that one to have it back"
        )
    return _new(generation, Decision("", "undo", undoes=decision))


def undone(log: Sequence[Decision]) -> dict[str, str]:
    """Return which decisions hold no more, and by which they were undone."""
    found: dict[str, str] = {}
    for decision in reversed(log):
        if decision.undoes is not None and decision.id not in found:
            found[decision.undoes] = decision.id
    return found


def _new(generation: Generation, decision: Decision) -> Decision:
    try:
        who = getpass.getuser()
    except (OSError, KeyError):  # no such user, as in some containers
        who = ""
    return replace(decision, id=next_id(generation.decisions), by=who, at=now())


def preview(generation: Generation, decision: Decision) -> Preview:
    """Tell what a decision would change, without changing anything."""
    old, new = in_force(generation.decisions), in_force((*generation.decisions, decision))
    changed: list[Pair] = []
    undecided = Undecided()
    mentions, reports = 0, []
    for report, raw in concerned(generation, (*generation.decisions, decision)):
        before = decided(report, raw, old)
        after = decided(report, raw, new, undecided)
        pairs = [p for p in zip(before.claims, after.claims, strict=True) if p[0].id != p[1].id]
        moved = len({place for place, _ in _meanings(before) ^ _meanings(after)})
        changed.extend(pairs)
        mentions += moved
        if pairs or moved:
            reports.append(report.id)
    return Preview(
        decision,
        _names_after(decision),
        tuple(changed),
        mentions,
        tuple(reports),
        tuple(_conflicts(generation, decision, changed)),
        tuple(undecided.claims),
    )


def _names_after(decision: Decision) -> tuple[str, ...]:
    entity, other = decision.entity, decision.other
    if entity is None:
        return ()
    if decision.kind == "merge" and other is not None:
        return names_of(joined(entity, other))
    if decision.kind == "alias_add":
        return (*names_of(entity), *decision.aliases)
    gone = {fold(alias) for alias in decision.aliases if not decision.reports}
    return tuple(name for name in names_of(entity) if fold(name) not in gone)


def _meanings(extraction: Extraction) -> set[tuple[tuple[int, int], str]]:
    return {((m.start, m.end), m.entity) for m in extraction.mentions}


def _conflicts(
    generation: Generation, decision: Decision, changed: Sequence[Pair]
) -> Iterator[str]:
    entity, other = decision.entity, decision.other
    if decision.kind != "merge" or entity is None or other is None:
        return
    if entity.cls != other.cls:
        yield f"{entity.label} is a {entity.cls}, {other.label} a {other.cls}"
    if other.curated:
        yield f"{other.label} ({other.id}) is an entity of the lexicon" + (
            "; so is the other" if entity.curated else ", the other is not: swap the two?"
        )
    if entity.ticker and other.ticker and entity.ticker != other.ticker:
        yield f"their tickers differ: {entity.ticker}, {other.ticker}"
    for before, after in changed:
        if after.object is not None and after.subject.id == after.object.id != before.subject.id:
            yield f"relates it to itself: {say([after], 'ko')} [{place(after)}]"
    facts = Facts(generation)
    for report in dict.fromkeys(after.evidence.report for _, after in changed):
        own = facts.claims_of(subject=entity.id, report=report)
        come = [after for _, after in changed if after.evidence.report == report]
        yield from _values([*own, *(c for c in come if c.subject.id == entity.id)])


def _values(claims: Sequence[Claim]) -> Iterator[str]:
    """Tell what one report would say twice and differently of a thing with one value."""
    said = statements(claims, Canon(claims))
    for one, two in pairwise(said):
        if one.functional and one.about == two.about and one.says != two.says:
            yield f"two values: {say([one.claim], 'ko')} / {say([two.claim], 'ko')}"


def apply(workspace: Workspace, decision: Decision) -> Generation:
    """Commit a decision: graph, names and index of all reports, in one generation."""
    from kg.search.writer import SearchIndexWriter

    index = SearchIndexWriter(workspace.generation().manifest.embedder)
    return workspace.commit(decide=[decision], note=str(decision), index=index)
