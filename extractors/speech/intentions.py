"""What somebody means to do, where no relation tells it: "가나부는 진료를 제도화할 계획이다".

It is what they state, a plan: of whom the sentence leads, else of whom the text is about. What
is told already, of something else or as somebody's word, is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.context.speaker_names import speakers_of
from extractors.figures.holders import carried
from extractors.language.phrases import Clause, Phrase
from extractors.word_lists import Worded, words_in
from kg.claim import Entity, Value, entity_id

_WORDS = "speech/intentions.yaml"
_MEANT = Worded(
    _WORDS,
    r"(?:(?P<noun>[^\s.,]+\s(?:{nouns}))(?:이다|임|입니다|이에요|예요|이라고\s했다)?"
    r"|(?P<decided>기로\s(?:{decided}))|(?P<going>(?:아|어|해)\s?나(?:간다|갑니다|갈\s(?:{nouns})이다)))"
    r"[.\s*”’]*$",
)
_SHORTEST, _LONGEST = 12, 160
_SURE = "0.65"


def match_intentions(scene: Scene, told: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a ``states`` draft for what a sentence ends in that somebody means to do."""
    meant = _MEANT.search(scene.text)
    clause = _clause_at(scene, meant.start()) if meant else None
    if meant is None or clause is None:
        return
    if any(d.predicate == "states" or d.end > clause.start for d in told):
        return
    lead = clause.subject or clause.topic
    begins = lead.until if lead else _behind_joint(scene)
    text = scene.text[begins : meant.end("noun") if meant["noun"] else meant.end()]
    text = text.strip(" ,.*“”‘’")
    if not _SHORTEST <= len(text) <= _LONGEST:
        return
    for holder in _holders(scene, lead):
        first = lead.outer_start if lead else begins
        draft = Draft(holder, "states", None, Value(text), first, meant.end(), clause)
        draft.modality, draft.confidence = "plan", _SURE
        yield draft


def _clause_at(scene: Scene, offset: int) -> Clause | None:
    """Return the last clause that begins before what tells the intention."""
    before = [c for c in scene.parsed.clauses if c.start <= offset + 1]
    return before[-1] if before else None


def _holders(scene: Scene, lead: Phrase | None) -> list[Entity]:
    """Return who means to: bodies that lead the clause, else whom the text goes on about."""
    if lead is not None:
        called = scene.text[lead.start : lead.end]
        if called in words_in(_WORDS, "public"):
            return [Entity(entity_id(called), "Organization", called)]
        return [s for s in speakers_of(scene, lead) if s.cls in (*BODIES, "Person")]
    if any(p.leads for p in scene.parsed.phrases):
        return []
    topic = carried(scene, BODIES)
    return [topic] if topic else []


def _behind_joint(scene: Scene) -> int:
    joint = _JOINT.match(scene.text)
    return joint.end() if joint else 0


_JOINT = Worded(_WORDS, r"\W*(?:{joints}),?\s")
