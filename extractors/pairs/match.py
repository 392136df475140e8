"""Relations and quantities that no frame tells, by what they have in common with examples."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.context.scene import Draft, Scene
from extractors.figures.bases import is_base
from extractors.pairs.candidates import carried, named
from extractors.pairs.features import View
from extractors.pairs.figures import give_figures
from extractors.pairs.quantities import quantities
from extractors.pairs.relations import relations
from extractors.relations.frame_values import is_other_sum

_STANDING_SUMS = frozenset({"기업가치", "시가총액", "매출", "영업이익", "순이익", "시장 규모"})
"""What a sum of money may measure that no deal is of."""
_DEALS = frozenset({"acquires", "investsIn", "supplies", "purchases"})
_SUM_BEHIND = re.compile(
    r"(?:\s[가-힣]{2,4})?(?:…|\s[—–―\-]\s)\s?(?=(?:약|총|최대)?\s?[\d$€₩])[^…]{2,24}$"
)
"""A last part of a headline that only says how much: "인수 완료… 32억 달러"."""


def match_pairs(scene: Scene, matched: Sequence[Draft]) -> list[Draft]:
    """Return the relations and quantities that ``matched`` has not told yet.

    Also gives sums to deals of ``matched``, and its figures to likelier holders.
    """
    names = named(scene)
    others = [*names, *carried(scene)]
    if not others or not (names or scene.values):
        return []
    view = View(scene)
    give_figures(view, others, matched)
    found = list(relations(view, others, matched))
    give_sums(scene, [*matched, *found])
    return [*found, *quantities(view, others, [*matched, *found])]


def give_sums(scene: Scene, told: Sequence[Draft]) -> None:
    """Let the only sum of a clause be that of the only deal told in it."""
    deals = [d for d in told if d.predicate in _DEALS and d.object is not None]
    own = [d for d in told if d.value is not None and d.object is None]
    measured = {
        d.value.text for d in own if d.value and d.qualifiers.get("metric") in _STANDING_SUMS
    }
    for deal in deals:
        others = [d for d in deals if d.predicate != deal.predicate or d.subject != deal.subject]
        behind = _SUM_BEHIND.match(scene.text, deal.end)
        end = behind.end() if behind else max(deal.end, deal.start + 1)
        inside = [v for v in scene.values if deal.start <= v.start < end]
        sums = [v for v in inside if v.value.currency and v.value.text not in measured]
        sums = [v for v in sums if not is_other_sum(scene, deal.predicate, v)]
        if deal.value is None and not others and len(sums) == 1 and not is_base(scene, sums[0]):
            deal.value = sums[0].value
            deal.end = max(deal.end, sums[0].end)
            deal.qualifiers["amount"] = sums[0].value.text
