"""Whoever acts together: "A는 B와 함께 칩을 개발했다", "A와 B가 공동으로 세운다"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.language.phrases import Clause
from extractors.lexicon.frame_data import load_frames
from extractors.relations.frame_modality import told_in
from extractors.relations.frame_parties import subject_of, who
from extractors.sparing import sparing
from extractors.word_lists import Worded, words_in
from kg.claim import Entity

_WORDS = "relations/deeds.yaml"
_JOINTLY = Worded(_WORDS, r"\s?{jointly}")
_TOGETHER = sparing(r"(?:함께|공동으로|손잡고|힘을 합쳐|협력해)\s$")
_JOINT_ACTS = frozenset({"추진", "진행", "연구", "시험", "실증", "협력", "시작", "착수", "준비"})
_TIED = ("object", "also", "to", "at")
_APART = Worded(_WORDS, r"\s?{apart}")
_JOINT_PREDICATES = frozenset(
    {"develops", "coDevelops", "releases", "builds", "founded", "produces", "publishes", "supplies"}
)


def partners_in(scene: Scene, clause: Clause) -> Iterator[Draft]:
    """ "A는 B와 함께 …", "A와 B가 함께 …": whoever acts together are partners."""
    if clause.is_noun:
        return
    shared = clause.before == "공동" or clause.lemma.startswith("공동")
    partners = (*BODIES, "Place") if shared else BODIES
    for subject, partner in _companions(scene, clause, partners, shared=shared):
        if partner.id != subject.id:
            start, end = told_in(scene, clause)
            draft = Draft(subject, "partnersWith", partner, None, start, end, clause)
            draft.tail = (clause.stem_end, clause.tail_end)
            yield draft


def is_crossed(scene: Scene, ones: list[Entity], others: list[Entity], *pair: Entity) -> bool:
    """Tell a pair of two lists that nobody ties: "A, B가 C, D와", "A와 B는 각각 C, D와"."""
    if min(len(ones), len(others)) < _SEVERAL:
        return False
    first: dict[str, int] = {}
    for entity, start, _ in scene.names:
        first.setdefault(entity.id, start)
    rows = [sorted(row, key=lambda e: first.get(e.id, 0)) for row in (ones, others)]
    if "각각" in scene.text and len(ones) == len(others):
        return pair not in list(zip(*rows, strict=True))
    return _EVERY.search(scene.text) is None


def _paired(
    scene: Scene, ones: list[Entity], others: list[Entity]
) -> Iterator[tuple[Entity, Entity]]:
    """Yield who acts with whom, but for two lists of which nobody says who of them with whom."""
    pairs = product(ones, others)
    yield from (pair for pair in pairs if not is_crossed(scene, ones, others, *pair))


_SEVERAL = 2
_EVERY = re.compile(r"모두|전부|양쪽|다 같이")


def _companions(
    scene: Scene, clause: Clause, partners: tuple[str, ...], *, shared: bool
) -> Iterator[tuple[Entity, Entity]]:
    """Yield who acts with whom: whom 와 names or ties to the object, or another subject."""
    beside, text = clause.arg("with"), scene.text
    if beside is not None:
        apart = _APART.match(text, beside.until) is not None
        built = clause.lemma in words_in(_WORDS, "founding") and not apart
        if shared or built or (_JOINTLY.match(text, beside.until) and _is_joint(clause)):
            ones = _subjects(scene, clause, partners)
            yield from _paired(scene, ones, who(scene, beside, partners))
        return
    together = shared or bool(_TOGETHER.search(text[: clause.start]))
    if (together or clause.lemma in words_in(_WORDS, "founding")) and _is_joint(clause):
        subjects = _subjects(scene, clause, partners)
        tied = next((p for p in clause.args if p.joined and p.case in _TIED), None)
        if tied and not who(scene, replace(tied, joined=None), partners):
            yield from _paired(scene, subjects, who(scene, tied.joined, partners))
        elif together and len(subjects) > 1:
            yield from combinations(subjects, 2)


def _subjects(scene: Scene, clause: Clause, partners: tuple[str, ...]) -> list[Entity]:
    return who(scene, subject_of(clause), partners)


def _is_joint(clause: Clause) -> bool:
    """Tell what partners do together from "함께 성장했다"."""
    frames = load_frames()
    acts = (*frames.by_noun.get(clause.lemma, ()), *frames.by_verb.get(clause.lemma, ()))
    return clause.lemma in _JOINT_ACTS or any(f.predicate in _JOINT_PREDICATES for f in acts)
