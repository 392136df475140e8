"""How many take part: "40개사가 참여하는 ‘새벽 연합’", "이 연합에는 12개국이 참여한다"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.context.scene import Draft, Scene
from extractors.figures.holders import topic_entity
from extractors.figures.quantities import holding
from extractors.language.phrases import Clause
from extractors.names.descriptions import described, quoted
from extractors.values.values import FoundValue
from extractors.word_lists import Worded, words_in
from kg.claim import Entity

_WORDS = "figures/attributes.yaml"
_BODIES = ("Organization", "Policy", "Event", "Facility", "Software", "Product")
_WHO = Worded(_WORDS, r"\s?(?P<who>{members})?(?:들)?(?:이|가)\s")
_COUNTED = {"개사": "기업", "개국": "국가", "명": "인원", "팀": "팀", "곳": "기관", "개": ""}
_SURE = "0.7"


def match_members(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield how many members a body has, or who take part in a programme."""
    told = {d.value.text for d in taken if d.value is not None}
    for value in scene.values:
        who = _WHO.match(scene.text, value.end) if value.value.unit in _COUNTED else None
        if who is None or value.value.text in told:
            continue
        clause = scene.parsed.clause_to(who.end())
        noun = who["who"] or _COUNTED[value.value.unit or ""]
        if clause is None or clause.lemma not in words_in(_WORDS, "joining") or not noun:
            continue
        body = _joined(scene, value, clause)
        if body is not None:
            draft = holding(scene, value, body, f"참여 {noun} 수")
            draft.confidence = _SURE
            yield draft


def _joined(scene: Scene, value: FoundValue, clause: Clause) -> Entity | None:
    """Return what is joined: what a relative clause describes, where it is, or the topic."""
    whole = clause.modified if clause.ending == "relative" else clause.arg("to", "at", "topic")
    if whole is None or whole.start <= value.start < whole.until:
        return topic_entity(scene, clause, None, _BODIES) if whole is None else None
    named = scene.fill(whole, _BODIES)
    if named:
        return named[-1][0]
    told = scene.refer(whole, _BODIES)
    return told[0] if told else quoted(scene, whole, _BODIES) or described(scene, whole, _BODIES)
