"""A corrected edition before it is stored: the claims that would go, come and change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from agent.briefing.lines import Teller
from kg.diff import Change, diff
from kg.diff_format import to_json
from kg.facts import Facts

if TYPE_CHECKING:
    from corpus.report import Report
    from kg.claim import Extraction
    from kg.generation import Generation

_SIGNS = {"new": "+", "dropped": "-"}


def edition_changes(generation: Generation, report: Report, extraction: Extraction) -> list[Change]:
    """Compare what a stored report claims with what its new edition would, decisions applied.

    Unlike between two weeks, whatever the new edition leaves out is dropped. What it only
    says elsewhere or in other words is no change.
    """
    held = Facts(generation).claims_of(report=report.id)
    found = diff(held, extraction.claims, editions=True)
    return [change for change in found if change.kind != "restated"]


def edition_lines(report: Report, changes: Sequence[Change]) -> Iterator[str]:
    """Yield a line a change, marked as a patch is: ``+`` comes, ``-`` goes, ``~`` changes."""
    teller = Teller((report,))
    for change in sorted(changes, key=lambda c: (c.kind == "new", c.kind == "dropped")):
        line = teller.line(change)
        remark = f" — {line.remark}" if line.remark else ""
        yield f"  {_SIGNS.get(change.kind, '~')} {line.text}{remark} [{line.place}]"


def edition_json(report: Report, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Return the changes as ``kg diff --format json`` writes them."""
    found: list[dict[str, Any]] = to_json(changes, [report], [report])["changes"]
    return found
