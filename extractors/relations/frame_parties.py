"""Whom a phrase of a frame names, who acts in a clause, and who is carried from before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extractors.classes import THINGS
from extractors.context.scene import Named, Scene
from extractors.figures.holders import carried
from extractors.language.phrases import Clause, Phrase, near_verb
from extractors.lexicon.frame_data import Frame
from extractors.lexicon.makers import only_buys
from extractors.word_lists import words_in
from kg.claim import Entity

OF_ITS_MAKER = ("releases", "develops", "publishes", "produces", "ships", "cancels")
"""What happens to a thing is its owner's doing: "A의 B가 공개됐다"."""


def subject_of(clause: Clause) -> Phrase | None:
    """Return the phrase that names who acts, if the clause has one."""
    if clause.ending == "relative":
        return clause.arg("subject") or (clause.topic if clause.modified else None)
    return clause.subject or clause.topic


def patient_of(clause: Clause) -> Phrase | None:
    """Return the phrase that names what a passive clause is of: "앱도 공개됐다" too."""
    if clause.ending == "relative" and clause.subject is None:
        return clause.modified
    also = near_verb(clause) if clause.subject not in clause.args else None
    return also if also is not None and also.case == "also" else subject_of(clause)


@cache
def staff() -> tuple[str, ...]:
    """Return the words for people of a firm, with what they work with it works: "가나 직원들"."""
    words = words_in("relations/instruments.yaml", "staff")
    return (*words, *(f"{word}들" for word in words))


def who(
    scene: Scene, phrase: Phrase | None, classes: tuple[str, ...], loose: tuple[str, ...] = ()
) -> list[Entity]:
    """List the entities of these classes that a phrase names or refers to."""
    if phrase is None:
        return []
    return [named[0] for named in scene.fill(phrase, classes, loose)] or scene.refer(
        phrase, classes
    )


def who_first(
    scene: Scene,
    clause: Clause,
    classes: tuple[str, ...],
    *cases: str,
    loose: tuple[str, ...] = (),
) -> list[Entity]:
    """List whom the first phrase in one of these cases names, the cases in their order."""
    for case in cases:
        for phrase in clause.args:
            if phrase.case == case:
                found = who(scene, phrase, classes, loose)
                if found:
                    return found
    return []


def topic_carried(scene: Scene, frame: Frame, deed: Phrase | None = None) -> list[Entity]:
    """Let a dropped subject be the last topic, unless the sentence names another agent.

    A ``deed`` names to whom it is done, even where it leads: "다라 인수가 마무리됐다".
    """
    raised = scene.discourse.raised if frame.predicate == "investsIn" and frame.reverse else None
    if raised and raised.cls in frame.subject and scene.may_carry:
        return [raised]  # "이번 투자로 다라에서 유치한 30억을 더해"
    shared = deed is not None and deed.owner is not None and deed.owner.mate
    told = shared or (deed and deed.owner is None and frame.predicate in _TO_OTHERS)
    whom = deed if told else None
    topic, thing = carried(scene, frame.subject, whom), scene.discourse.thing
    if thing and thing.cls in frame.subject and (topic is None or of_things(frame)):
        return [thing] if carried(scene, ("Company", *THINGS)) else []
    if topic is None and "Company" in frame.subject and carried(scene, THINGS):
        topic = scene.discourse.heading or (scene.discourse.org if _is_deal(frame) else None)
    return [topic] if topic and topic.cls in frame.subject else []


_TO_OTHERS = ("acquires", "investsIn")


def _is_deal(frame: Frame) -> bool:
    """Tell what a firm does with others, whatever product of its own the text just told of."""
    return frame.predicate not in OF_ITS_MAKER and "Chip" not in frame.subject


def of_things(frame: Frame) -> bool:
    """Tell a frame that speaks of products rather than of their makers."""
    return frame.predicate in ("competesWith", "trainedOn", "scores", "variantOf")


def without_purpose(scene: Scene, phrase: Phrase, named: Sequence[Named]) -> list[Named]:
    """Leave out what goods are only for: "가나칩 서버용 냉각 장치를 공급한다"."""
    return [n for n in named if "용 " not in scene.text[n[2] : phrase.end]]


def directed(scene: Scene, frame: Frame, subject: Entity, target: Entity) -> tuple[Entity, Entity]:
    """Return who supplies whom by a contract told of its buyer: "메타가 AMD와 공급 계약을 체결"."""
    if frame.predicate != "supplies" or not only_buys(subject) or only_buys(target):
        return subject, target
    ends = (end for entity, _, end in scene.names if entity.id == target.id)
    together = any(scene.text.startswith(("와 ", "과 "), end) for end in ends)
    return (target, subject) if together else (subject, target)


def chases(frame: Frame, clause: Clause) -> bool:
    """Tell who run after another, and not each other: "가나와 다라가 나라를 추격한다"."""
    chasing = clause.lemma in words_in("lexicon/frames/words.yaml", "chasing")
    return chasing and frame.predicate == "competesWith" and clause.arg("object") is not None
