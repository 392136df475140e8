"""Whom a noun is said to be that only holds a place: "K2를 만드는 곳은 가나다"."""

from __future__ import annotations

from extractors.context.scene import Scene
from extractors.language.phrases import Clause, Phrase


def meant(scene: Scene, noun: Phrase) -> Phrase:
    """Return who a clause's noun is said to be: "K2를 만드는 곳은 가나다"; else the noun."""
    if not noun.leads or scene.named_in(noun.start, noun.end):
        return noun
    told = (c for c in scene.parsed.clauses if c.lemma == "이" and c.ending != "relative")
    defining = next((c for c in told if noun in (c.topic, c.subject)), None)
    parts = [defining.arg("copula"), defining.arg("subject")] if defining else []
    return next((p for p in parts if p and scene.named_in(p.outer_start, p.end)), noun)


def of_whom(scene: Scene, clause: Clause) -> Phrase | None:
    """Return who is said to have done a deed: "K2를 양산한 것은 가나가 처음이다"."""
    if clause.ending != "noun" or clause.is_noun:
        return None
    noun = next((p for p in scene.parsed.phrases if p.start >= clause.end), None)
    told = meant(scene, noun) if noun and noun.head == "것" else noun
    return told if told is not noun else None
