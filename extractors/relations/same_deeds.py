"""Whom money goes to that the text has just told: "가나는 다라에 투자한다. 먼저 3억 달러를 넣고".

Only a sum stands where the other one would, and nobody else is named.
"""

from __future__ import annotations

import re

from corpus.syllables import SSANG_SIOT, final
from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.context.told_before import Discourse
from extractors.language.phrases import Clause
from extractors.lexicon.frame_data import Frame
from extractors.relations.frame_parties import topic_carried
from extractors.relations.frame_values import value_in
from kg.claim import Entity

_NAMING = ("object", "to", "with", "from", "about", "by")
_SUM = re.compile(
    r"(?:\s|\([^()]*\)?|[\d일한두]차|초기|처음|우선|먼저|최대|최소|추가로?|일시불|현금|자금|투자금|돈|규모|상당|가량"
    r"|씩|이상|약|총|각각|나머지|[,·~의을를로])*"
)
"""What a phrase is, its quantities and dates blanked out, that names nothing but a sum."""


_STEP = re.compile(
    r"초기|우선|먼저|추가|[가-힣\d]\s더\s|\d차|나머지|처음|총\s|지금까지|누적|현금|지분|\d%|이어\s|다시\s|또\s"
)
_AGREED = frozenset({"구조", "조건", "방식", "내용"})
"""Nouns that tell how a deal is made: "10억 달러를 추가로 넣는 구조다"."""


def told_again(
    scene: Scene, frame: Frame, clause: Clause, subjects: list[Entity]
) -> tuple[list[Entity], list[Entity]] | None:
    """Return who puts money into whom, if the text has just told that they do."""
    told = scene.discourse.backed if scene.may_carry else None
    if told is None or told.object is None or frame.predicate != told.predicate or frame.reverse:
        return None
    if _is_term(clause):
        subjects = topic_carried(scene, frame)
    if [s.id for s in subjects] != [told.subject.id] or told.object.cls not in frame.object:
        return None
    others = (n for n in scene.names if n[0].cls in BODIES and n[0].id != told.subject.id)
    if any(others) or not _STEP.search(scene.text):
        return None
    phrases = [p for p in clause.args if p.case in _NAMING and p is not clause.topic]
    if not all(_SUM.fullmatch(scene.masked, p.outer_start, p.end) for p in phrases):
        return None
    start = min((p.outer_start for p in phrases), default=clause.start)
    return (subjects, [told.object]) if value_in(scene, frame, start, clause.end) else None


def settle_step(scene: Scene, clause: Clause, draft: Draft) -> None:
    """Let a step of what is only planned be a plan, unless it is told to be over."""
    told = scene.discourse.backed
    if told is None or SSANG_SIOT in map(final, scene.text[clause.start : clause.tail_end]):
        return
    if told.modality not in ("fact", None):
        draft.tail, draft.modality = None, told.modality
    elif any(_is_term(other) for other in scene.parsed.clauses):
        draft.tail, draft.modality = None, "plan"


def _is_term(clause: Clause) -> bool:
    """Tell a clause that says on what terms a deal is made."""
    noun = clause.modified if clause.ending == "relative" else None
    return noun is not None and noun.head in _AGREED


def note_deal(discourse: Discourse, draft: Draft) -> None:
    """Keep who takes over whom, who puts money into whom, and who builds what."""
    target = draft.object
    if target is None:
        return
    if draft.predicate == "acquires":
        discourse.deal = draft.subject, target
        discourse.taking = target if target.cls in BODIES else None
    if draft.predicate == "builds" and target.cls == "Facility":
        discourse.building.append(draft)
    if draft.predicate == "investsIn" and draft.modality != "denied" and target.cls in BODIES:
        discourse.backed = draft
