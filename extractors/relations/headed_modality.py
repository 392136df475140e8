"""What a heading says of the items below it: under "향후 계획" a bare noun is no deed done.

"- 2공장 증설" below "미래 전략" is planned, "- 매출 12조 원" below "내년 전망" expected. An item
that tells a time gone by or ends in a verb tells itself how sure it is. The words are
``headings`` of ``modality.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.alternation import any_of
from extractors.context.scene import Draft, Scene
from extractors.language.modality import load_modality
from kg.claim import Modality

_DEEDS = frozenset(
    {
        "supplies",
        "produces",
        "builds",
        "releases",
        "ships",
        "investsIn",
        "acquires",
        "partnersWith",
        "purchases",
        "founded",
        "coDevelops",
        "uses",
        "hasMetric",
        "changesPrice",
        "marketShare",
        "marketSize",
    }
)
"""What somebody can be about to do or to reach; who works where does not change below a heading."""


@lru_cache(maxsize=1)
def _headings() -> tuple[tuple[re.Pattern[str], Modality], ...]:
    told = load_modality()["headings"]
    ending = r"\s*(?:\([^()]*\))?\W*$"
    return (
        (re.compile(rf"{any_of(told['plan'])}{ending}|^\W*{any_of(told['leading'])}\s"), "plan"),
        (re.compile(rf"{any_of(told['forecast'])}{ending}"), "forecast"),
    )


@lru_cache(maxsize=3)
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(load_modality()["headings"][key])


@lru_cache(maxsize=256)
def ahead_under(section: Sequence[str]) -> Modality | None:
    """Return how sure the bare items are below headings: what the nearest one tells."""
    for heading in reversed(section):
        if _pattern("mixed").search(heading):
            return None
        for pattern, kind in _headings():
            if pattern.search(heading):
                return kind
    return None


def settle_headed(scene: Scene, draft: Draft) -> None:
    """Let what an item tells be planned or expected, where its heading says so."""
    kind = scene.discourse.ahead
    if kind is None and _pattern("horizons").match(scene.text):
        kind = "forecast"
    if kind is None or draft.modality != "fact" or draft.predicate not in _DEEDS:
        return
    told = draft.qualifiers.get("period")
    past = any(p.value == told and not p.ahead for p in scene.periods)
    if scene.in_list and not past and not _pattern("telling").search(scene.text):
        draft.modality = kind
