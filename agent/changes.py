"""What changed between two weeks, reports or dates: claims collected, compared, shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.scopes import Scope, before, latest_after, latest_two, scope_of
from kg.claim import Claim
from kg.diff import Change, diff
from kg.diff_format import to_html, to_json, to_markdown, to_text
from kg.facts import Facts

if TYPE_CHECKING:
    from kg.generation import Generation, ReportInfo


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes from ``old`` to ``new``, most important first."""

    old: Scope
    new: Scope
    changes: tuple[Change, ...]

    def only(self, *, restated: bool, top: int | None) -> Changes:
        """Leave out what was merely said again, and all but the first ``top``."""
        kept = [c for c in self.changes if restated or c.kind != "restated"]
        return replace(self, changes=tuple(kept[:top]))

    def format(self, name: str) -> str:
        """Return the changes as ``text``, ``md``, ``html`` or ``json``, ending in a newline."""
        old, new = self.old.reports, self.new.reports
        if name == "json":
            document = to_json(self.changes, old, new)
            return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        writer = {"text": to_text, "md": to_markdown, "html": to_html}[name]
        return writer(self.changes, old, new).rstrip("\n") + "\n"


def changes(generation: Generation, old: str | None, new: str | None) -> Changes:
    """Compare two scopes; by default the latest week with the one before it.

    With one scope only, the latest week is compared with that one.

    Raises:
        AgentError: when a scope names no report, or there is nothing to compare with.
    """
    if old is None:
        first, second = latest_two(generation)
    elif new is None:
        first, second = scope_of(generation, old), latest_after(generation, old)
    else:
        first, second = scope_of(generation, old), scope_of(generation, new)
    facts = Facts(generation)
    found = diff(
        _claims(facts, first.reports),
        _claims(facts, second.reports),
        before=_claims(facts, before(generation, first)),
    )
    return Changes(first, second, tuple(found))


def _claims(facts: Facts, reports: Sequence[ReportInfo]) -> list[Claim]:
    return [claim for report in reports for claim in facts.claims_of(report=report.id)]
