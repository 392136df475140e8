"""What a claim leaves for the sentences behind it: deals, figures, who works where."""

from __future__ import annotations

from extractors.context.scene import Draft
from extractors.context.told_before import Discourse
from extractors.discourse.memory import SHOWN
from extractors.lexicon.frame_data import load_frames
from extractors.relations.same_deeds import note_deal
from kg.claim import Entity

_SALES = "매출"
_RAISED = frozenset(
    {"투자금", "조달액", "조달", "유치", "유치액", "투자 유치", "투자 유치액", "투자유치"}
)
_SHOWS = ("releases", "develops", "produces")


def _note_thing(discourse: Discourse, predicate: str, thing: Entity) -> None:
    """Keep what is built and what is brought out."""
    if thing.cls == "Facility":
        discourse.things["Facility"] = thing
        discourse.heads[thing.label.split()[-1]] = thing
    if predicate in _SHOWS and thing.cls in SHOWN:
        discourse.shown = thing


def is_over(draft: Draft) -> bool:
    """Tell a post that somebody had: "전 가나 대표", "가나를 떠난 김다라"."""
    return draft.qualifiers.get("role", "").startswith("전 ") or "status" in draft.qualifiers


def note(discourse: Discourse, draft: Draft) -> None:
    """Keep who works where, who does what, who takes over whom and what was measured last."""
    if draft.predicate != "states":
        discourse.doers.add(draft.subject.id)
    if draft.object is not None and draft.object is discourse.topic:
        discourse.acted_on = True
    discourse.heard |= draft.modality == "rumour"
    employed = draft.predicate == "worksFor" and draft.modality == "fact" and not is_over(draft)
    if employed and draft.object:
        discourse.employers[draft.subject.id] = draft.object
    note_deal(discourse, draft)
    if draft.object and draft.object.label.endswith(load_frames().alliances):
        _note_alliance(discourse, draft.subject, draft.object, founds=draft.predicate == "founded")
    if draft.qualifiers.get("metric") in _RAISED:
        discourse.raised = draft.subject
    if draft.object is not None and draft.modality != "denied":
        _note_thing(discourse, draft.predicate, draft.object)
    if draft.value and draft.modality != "denied":
        _note_figure(discourse, draft)


def _note_figure(discourse: Discourse, draft: Draft) -> None:
    """Keep what was measured last, the result of a test, and what a firm sold in all."""
    if draft.predicate == "scores":
        discourse.scoring = draft
    measured = draft.predicate in ("hasMetric", "marketShare")
    if measured and not draft.aside:
        if not discourse.counted:
            discourse.figures = []
        discourse.counted = True
        discourse.figure = draft
        discourse.figures.append(draft)
        whole = draft.qualifiers.get("metric") == _SALES and "product" not in draft.qualifiers
        if whole and draft.value and draft.value.currency and _is_as_sure(draft, discourse.sales):
            discourse.sales = draft


def _is_as_sure(draft: Draft, before: Draft | None) -> bool:
    """Tell that guidance does not take the place of the sales of which parts are told below."""
    return before is None or before.modality != "fact" or draft.modality == "fact"


def _note_alliance(discourse: Discourse, who: Entity, what: Entity, *, founds: bool) -> None:
    """Keep what was formed last, and by whom if one founded it alone."""
    known, founder = discourse.alliance or (None, None)
    first = known is None or known.id != what.id
    discourse.alliance = what, (who if founds else None) if first else founder
    if founds and not first and founder is not who:
        discourse.alliance = what, None
