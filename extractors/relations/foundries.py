"""Who makes a chip where a foundry's process is named: "레니게이드는 TSMC 5나노로 생산된다"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import phrase_at, topic_entity
from extractors.language.phrases import Clause, Phrase
from extractors.lexicon.frame_data import load_frames
from extractors.lexicon.makers import is_memory, maker_of
from extractors.word_lists import words_in
from kg.claim import Entity

_WORDS = "relations/deeds.yaml"
_NODE = re.compile(r"\d\s?(?:나노|nm|㎚)")
_CASES = ("by", "at", "via")
_PROCESS = re.compile(r"(?:\d\s?(?:나노|nm|㎚)급?|공정|노드|라인|팹|\bN\d[A-Z]?|\bSF\d[A-Z]?|18A)$")
_CHIPS = ("Chip", "Product")


def match_foundries(scene: Scene) -> Iterator[Draft]:
    """Yield ``manufactures`` drafts of the foundry whose process a chip is made in."""
    told: set[tuple[str, str]] = set()
    for foundry, chip, clause, phrase in (*_of_known_process(scene), *_of_process(scene)):
        if (foundry.id, chip.id) in told or foundry.id == chip.id:
            continue
        told.add((foundry.id, chip.id))
        draft = Draft(foundry, "manufactures", chip, None, phrase.start, clause.end, clause)
        topic = clause.topic or clause.subject
        draft.start = min(phrase.outer_start, topic.outer_start) if topic else phrase.outer_start
        draft.tail = (clause.stem_end, clause.tail_end)
        draft.confidence = "0.7"
        yield draft


def by_contractors(scene: Scene, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Let a chip be made by who of two makes it: "가나는 다라와 K2 위탁생산 계약을 맺었다".

    That is the foundry, or who has not developed it; nobody where neither is known.
    """
    for draft in drafts:
        maker: Entity | None = draft.subject
        if draft.predicate == "manufactures" and draft.clause and draft.object:
            maker = _contractor(scene, draft.clause, draft.subject, draft.object)
        if maker is not None:
            draft.subject = maker
            yield draft


def _contractor(scene: Scene, clause: Clause, subject: Entity, chip: Entity) -> Entity | None:
    mates = (n[0] for n in scene.names if n[2] < clause.end and _MATE.match(scene.text, n[2]))
    others = [mate for mate in mates if mate.cls in BODIES and mate.id != subject.id]
    if not others or _CONTRACT.search(scene.text[clause.end :]) is None:
        return subject
    sides = (subject, others[-1])
    foundries = [side for side in sides if side.label in load_frames().foundries]
    apart = [side for side in sides if maker_of(chip) not in (None, side)]
    return next((found[0] for found in (foundries, apart) if len(found) == 1), None)


_MATE = re.compile(r"(?:와|과)(?:의|는)?\s")
_CONTRACT = re.compile(r"^[^.,]{0,12}(?:계약|협약|협력|손)")


def without_mere_makers(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out who only makes what another develops: "다라는 가나의 4나노로 K2를 만든다"."""
    told = {(d.predicate, d.subject.id, d.object.id) for d in drafts if d.object is not None}
    others = {(subject, thing) for predicate, subject, thing in told if predicate == "develops"}
    return [
        d
        for d in drafts
        if d.object is None
        or d.predicate != "develops"
        or ("manufactures", d.subject.id, d.object.id) not in told
        or not any(thing == d.object.id and by != d.subject.id for by, thing in others)
    ]


def _of_known_process(scene: Scene) -> Iterator[tuple[Entity, Entity, Clause, Phrase]]:
    """Yield the maker of a process with a name of its own, and what is made in it."""
    for entity, start, _ in scene.names:
        foundry = maker_of(entity) if entity.cls == "Technology" else None
        if foundry is None or not _NODE.search(entity.label):
            continue
        phrase = phrase_at(scene, start)
        clause = scene.parsed.clause_with(phrase) if phrase else None
        if phrase is None or clause is None or phrase.case not in _CASES:
            continue
        chip = topic_entity(scene, clause, phrase, _CHIPS)
        if chip is not None and clause.lemma in words_in(_WORDS, "made"):
            yield foundry, chip, clause, phrase


def _of_process(scene: Scene) -> Iterator[tuple[Entity, Entity, Clause, Phrase]]:
    """Yield a firm in whose process something is made: "가나의 4나노 공정에서 나오는 K2"."""
    for clause in scene.parsed.clauses:
        if clause.lemma not in words_in(_WORDS, "made"):
            continue
        for phrase in clause.args:
            if phrase.case not in _CASES or not _PROCESS.search(scene.text[: phrase.end]):
                continue
            firm = _firm_of(scene, phrase)
            for chip in _made(scene, clause) if firm else ():
                if firm and maker_of(chip) != firm and not is_memory(chip):
                    yield firm, chip, clause, phrase


def _firm_of(scene: Scene, phrase: Phrase) -> Entity | None:
    """Return whose process, line or plant a phrase tells of."""
    named = scene.named_in(phrase.start, phrase.end, ("Company", "Technology"))
    named = named or (scene.fill(phrase.owner, ("Company",)) if phrase.owner else [])
    if not named:
        return None
    return named[0][0] if named[0][0].cls == "Company" else maker_of(named[0][0])


def _made(scene: Scene, clause: Clause) -> list[Entity]:
    """List what is made: what a clause is done to, modifies, or tells of where nobody makes it."""
    passive = clause.voice == "passive" or clause.lemma in ("나오", "만들어지")
    parts = [clause.arg("object"), clause.modified if clause.ending == "relative" else None]
    parts += [clause.subject, clause.topic] if passive else [clause.topic]
    for part in parts:
        named = scene.fill(part, _CHIPS) if part else []
        if named:
            return [n[0] for n in named]
    return []
