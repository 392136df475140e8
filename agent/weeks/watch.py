"""Standing queries: what somebody wants to be told of when a week brings it.

A watch is words ("엔비디아 인수") or a SPARQL query. Words fire on the changes that are
about all they name; a SELECT fires on the rows that are there now and were not before, an
ASK when it has become true. Watches are kept beside the generations, in ``watches.json``:
taking a generation back leaves them alone.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from agent.errors import AgentError
from agent.questions.linking import Linker
from kg.identity import fold
from kg.quantities import settings
from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from agent.briefing.lines import Teller
    from agent.weeks.changes import Changes
    from kg.difference import Change
    from kg.generation import Generation

_FILE = "watches.json"
_QUERY = re.compile(
    r"\s*((PREFIX|BASE|SELECT|ASK|CONSTRUCT|DESCRIBE)\b|(INSERT|DELETE|WITH|LOAD)\b.*[{<])",
    re.I | re.S,
)
_MOST = 20  # rows of a query that are told
_TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Watch:
    """One standing query; ``id`` is what `kg watch remove` takes."""

    id: str
    kind: Literal["words", "sparql"]
    text: str
    added: str


@dataclass(frozen=True, slots=True)
class Alert:
    """A watch that fired: on changes, or with rows of its query."""

    watch: Watch
    changes: tuple[Change, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def lines(self, teller: Teller) -> Iterator[str]:
        """Yield a line for each thing it fired on."""
        for change in self.changes:
            line = teller.line(change)
            yield f"[{line.mark}] {line.text} [{line.place}]"
        for row in self.rows[:_MOST]:
            yield " · ".join(row)
        if len(self.rows) > _MOST:
            yield f"… 외 {len(self.rows) - _MOST}행"

    def to_json(self) -> dict[str, Any]:
        """Return the alert for `--format json`."""
        from kg.iris import claim_iri

        claims = [claim_iri(c.id) for change in self.changes for c in (*change.old, *change.new)]
        return {**asdict(self.watch), "claims": claims, "rows": [list(row) for row in self.rows]}


def watches(home: Path) -> list[Watch]:
    """Return the watches of a workspace, oldest first.

    Raises:
        AgentError: when the file is damaged.
    """
    file = home / _FILE
    if not file.exists():
        return []
    try:
        return [Watch(**row) for row in json.loads(file.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError) as exc:
        raise AgentError(
            f"cannot read {str(file)!r}: expected the watches of this workspace ({exc}); "
            "repair it, or delete it and add them again"
        ) from exc


def stamp(home: Path) -> tuple[int, int] | None:
    """Tell one state of a workspace's watches from another without reading them."""
    try:
        state = os.stat(os.path.join(home, _FILE))  # asked with every question
    except OSError:
        return None
    return state.st_mtime_ns, state.st_ino  # every change is a new file


def add(home: Path, text: str) -> Watch:
    """Keep a new watch; a text that begins like SPARQL is a query.

    Raises:
        QueryRefused: for a query that is no SELECT or ASK, or does not parse.
        AgentError: when it is watched already.
    """
    held = watches(home)
    if any(watch.text == text for watch in held):
        raise AgentError(f"{text!r} is watched already: expected another; see `kg watch list`")
    kind: Literal["words", "sparql"] = "sparql" if _QUERY.match(text) else "words"
    if kind == "sparql":
        _check(text)
    numbers = [int(watch.id.removeprefix("w")) for watch in held]
    watch = Watch(f"w{max(numbers, default=0) + 1}", kind, text, _now())
    _write(home, [*held, watch])
    return watch


def remove(home: Path, id_: str) -> Watch:
    """Forget a watch, by its id or its text; raises AgentError when there is none."""
    held = watches(home)
    found = next((watch for watch in held if id_ in (watch.id, watch.text)), None)
    if found is None:
        known = ", ".join(watch.id for watch in held) or "none"
        raise AgentError(
            f"no watch {id_!r}: expected the id of one (there are {known}); see `kg watch list`"
        )
    _write(home, [watch for watch in held if watch is not found])
    return found


def fired(generation: Generation, held: Sequence[Watch], found: Changes) -> Changes:
    """Return the changes with an alert for every watch that they set off."""
    linker = Linker.of((label, n.id) for n in generation.names for label in n.labels)
    alerts = []
    for watch in held:
        if watch.kind == "words":
            hits = tuple(_matching(watch.text, found, linker))
            alerts += [Alert(watch, changes=hits)] if hits else []
        else:
            rows = tuple(_fresh(generation, watch.text, found))
            alerts += [Alert(watch, rows=rows)] if rows else []
    return replace(found, alerts=tuple(alerts))


def _matching(text: str, found: Changes, linker: Linker) -> Iterator[Change]:
    """Yield the changes about every entity that the words name, and about what else they say."""
    from agent.briefing.lines import Teller

    links = linker.find(text)
    rest = text
    for link in reversed(links):
        rest = f"{rest[: link.start]} {rest[link.end :]}"
    teller = Teller((*found.before, *found.old.reports, *found.new.reports))
    for change in found.changes:
        if change.kind == "restated":
            continue
        told = fold(teller.line(change).text + " ".join(change.claim.qualifiers.values()))
        named = all(_names(change, link.entities, link.text, told) for link in links)
        if named and all(_says(change, word, told) for word in rest.split()):
            yield change


def _names(change: Change, entities: Sequence[str], text: str, told: str) -> bool:
    ends = {change.subject.id, *(change.subject.broader)}
    if change.object is not None:
        ends |= {change.object.id, *change.object.broader}
    return bool(ends & set(entities)) or fold(text) in told


def _says(change: Change, word: str, told: str) -> bool:
    """Tell whether a change is of the relation or metric that a word names, or tells the word."""
    predicate = PREDICATES[change.predicate]
    metric = change.claim.qualifiers.get("metric", "")
    groups = (group for group in settings()["synonyms"] if metric in group)
    names = [predicate.name, predicate.ko, predicate.en, metric, *next(groups, ())]
    asked = fold(word)
    return asked in told or any(asked == fold(name) for name in names if name)


def _fresh(generation: Generation, text: str, found: Changes) -> Iterator[tuple[str, ...]]:
    """Yield what a query gives of the new reports and did not of the old."""
    from kg.sparql import query

    dates = (scope.reports[-1].date for scope in (found.old, found.new))
    was, now = (query(generation, text, timeout=_TIMEOUT, until=date) for date in dates)
    if now.kind == "ask":
        if now.boolean and not was.boolean:
            yield ("참이 되었습니다",)
        return
    known = set(was.rows)
    for row in dict.fromkeys(now.rows):
        if row not in known:
            yield tuple("" if cell is None else cell for cell in row)


def _check(text: str) -> None:
    from kg.errors import QueryRefused
    from kg.sparql_guard import check

    check(text, frozenset())
    if re.match(r"\s*((PREFIX|BASE)\b[^\n>]*>\s*)*(CONSTRUCT|DESCRIBE)\b", text, re.I):
        raise QueryRefused(f"{text[:60]!r} makes a graph: expected a SELECT or an ASK to watch")


def _write(home: Path, held: Sequence[Watch]) -> None:
    fresh = home / (_FILE + ".new")
    try:
        home.mkdir(parents=True, exist_ok=True)
        rows = [asdict(watch) for watch in held]
        fresh.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.replace(fresh, home / _FILE)
    except OSError as exc:
        raise AgentError(
            f"cannot write {str(home / _FILE)!r}: {exc.strerror or exc}; expected a workspace "
            "folder with room and with leave to write"
        ) from exc


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
