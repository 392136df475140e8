"""What changed between two weeks, reports or dates: claims collected, compared, shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from agent.questions.scopes import Scope, before, scopes
from agent.weeks.newcomers import Newcomer, newcomers, told
from kg.diff import Change, diff
from kg.diff_format import to_json
from kg.facts import Facts
from kg.history import History

if TYPE_CHECKING:
    from agent.weeks.watch import Alert
    from kg.claim import Claim
    from kg.generation import Generation, ReportInfo

SURE = Decimal("0.7")
"""The confidence below which a change is not told to people unless they ask for it."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes from ``old`` to ``new``, most important first.

    ``before`` are the reports older than both. ``unsure`` counts the changes that were
    left out because the extraction was not sure enough of them.
    """

    old: Scope
    new: Scope
    changes: tuple[Change, ...]
    before: tuple[ReportInfo, ...] = ()
    names: tuple[Newcomer, ...] = ()
    unsure: int = 0
    alerts: tuple[Alert, ...] = ()

    def only(
        self,
        *,
        restated: bool = False,
        top: int | None = None,
        kinds: Sequence[str] = (),
        entities: Sequence[str] = (),
        min_confidence: Decimal = Decimal(0),
    ) -> Changes:
        """Keep some changes: what was merely said again goes, unless it is asked for.

        ``kinds`` and ``entities`` (ids) keep what is of any of them, ``min_confidence``
        what the extraction is that sure of, ``top`` the first ones of what is left.
        """
        kept = [
            c
            for c in self.changes
            if (c.kind in kinds if kinds else restated or c.kind != "restated")
            and (not entities or _about(c, entities))
        ]
        sure = [c for c in kept if c.confidence >= min_confidence]
        names = self.names if not (kinds or entities) and top is None else ()
        return replace(self, changes=tuple(sure[:top]), names=names, unsure=len(kept) - len(sure))

    @property
    def news(self) -> bool:
        """Whether anything is more than said again."""
        return any(change.kind != "restated" for change in self.changes)

    def names_told(self) -> Iterator[str]:
        """Yield what to say of the names that are new or back."""
        return told(self.names)

    def format(self, name: str, *, everything: bool = False) -> str:
        """Return the changes as ``text``, ``md``, ``html`` or ``json``, ending in a newline."""
        if name == "json":
            document = to_json(self.changes, self.old.reports, self.new.reports)
            document["entities"] = [newcomer.to_json() for newcomer in self.names]
            if self.alerts:
                document["watches"] = [alert.to_json() for alert in self.alerts]
            return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        from agent.briefing.briefing import brief
        from agent.briefing.figure import figure
        from agent.briefing.page import to_html
        from agent.briefing.writers import to_markdown, to_text

        ready = brief(self, everything=everything)
        if name == "html":
            return to_html(ready, figure(self.changes))
        return to_markdown(ready) if name == "md" else to_text(ready)


def changes(
    generation: Generation,
    old: str | None = None,
    new: str | None = None,
    *,
    editions: bool = False,
) -> Changes:
    """Compare two scopes; by default the latest week with the one before it.

    With one scope only, the latest week is compared with that one; ``..`` stands for
    everything before the other. What is older than both is looked up only where a
    statement of the two does not find its like. ``editions`` are two of one text.

    Raises:
        AgentError: when a scope names no report, or there is nothing to compare with.
    """
    first, second = scopes(generation, old, new)
    facts, earlier = Facts(generation), tuple(before(generation, first))
    was, now = (_claims(facts, scope.reports) for scope in (first, second))
    found = diff(
        was,
        now,
        before=History(facts, earlier),
        dates=(first.reports[-1].date, second.reports[-1].date),
        weeks={r.id: r.week for r in (*first.reports, *second.reports)},
        editions=editions,
    )
    names = newcomers(facts, was, now, (*earlier, *first.reports), second)
    return Changes(first, second, tuple(found), earlier, tuple(names))


def _claims(facts: Facts, reports: Sequence[ReportInfo]) -> list[Claim]:
    return [claim for report in reports for claim in facts.claims_of(report=report.id)]


def _about(change: Change, entities: Sequence[str]) -> bool:
    ends = {change.subject.id, change.object.id if change.object else ""}
    return bool(ends & set(entities))
