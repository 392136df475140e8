"""Predicate frames: who did what to whom, from lemmas, particles and classes.

The frames are data (``frames.yaml``, with examples that run as tests). A frame fires on
a verb, on a noun with 하다/되다/받다, or on a noun that heads a phrase ("B 인수를 발표").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.frame_data import Frame, load_frames
from extractors.frame_nouns import noun_clauses
from extractors.holders import carried
from extractors.makers import employer_of, maker_of, makers
from extractors.phrases import Clause, Phrase
from extractors.scene import Draft, Scene
from extractors.values import FoundValue
from kg.claim import Entity

_DROPPED = re.compile(r"\s?(?:계획)?(?:을|를)?\s?(?:취소|철회|백지화|포기|접었|접고|접기)(?!하지)")


def match_frames(scene: Scene) -> Iterator[Draft]:
    """Yield a draft for every frame that a sentence fills."""
    frames = load_frames()
    for clause in [*scene.parsed.clauses, *noun_clauses(scene, frames)]:
        table = frames.by_verb if _is_verb(clause) else frames.by_noun
        compound = clause.before + clause.lemma
        for frame in table.get(compound if compound in table else clause.lemma, ()):
            yield from _fill(scene, frame, clause)


def _is_verb(clause: Clause) -> bool:
    return not clause.is_noun and clause.lemma in load_frames().by_verb


def _fill(scene: Scene, frame: Frame, clause: Clause) -> Iterator[Draft]:
    if frame.needs and frame.needs not in " ".join(p.head for p in clause.args):
        return
    subjects, objects = _roles(scene, frame, clause)
    if frame.mutual and not objects and len(subjects) == 2:
        subjects, objects = subjects[:1], subjects[1:]
    if frame.product and not objects:
        objects = _products(scene, frame, clause)
    if not objects and frame.value in ("count", "any"):
        objects = _counted(scene, frame, clause)
    if not subjects:
        subjects, objects = _behind(scene, frame, clause, objects)
    for subject in subjects:
        wanted = objects or _things(scene, frame, clause, subject)
        for target in wanted:
            if target.id != subject.id:
                yield _draft(scene, frame, clause, subject, target)


def _roles(scene: Scene, frame: Frame, clause: Clause) -> tuple[list[Entity], list[Entity]]:
    """Find who acts and on what, by the clause's voice."""
    if frame.predicate == "supplies" and clause.voice == "passive":
        return _received_roles(scene, frame, clause)
    if clause.voice == "passive" and not frame.passive_subject:
        return _passive_roles(scene, frame, clause)
    return _active_roles(scene, frame, clause)


def _active_roles(scene: Scene, frame: Frame, clause: Clause) -> tuple[list[Entity], list[Entity]]:
    """Find who acts and on what; a relative clause leaves one of them to its noun."""
    objects = _direct_objects(scene, frame, clause)
    subject_phrase = _subject_phrase(clause)
    if clause.ending == "relative" and clause.modified is not None:
        gap = [] if objects else _who(scene, clause.modified, frame.object)
        if gap and _takes_object(frame, clause):
            return _who(scene, subject_phrase, frame.subject), gap
        if clause.subject is None:
            return _who(scene, clause.modified, frame.subject), objects
    if subject_phrase is None:
        return _unnamed_subjects(scene, frame, clause), objects
    subjects = _who(scene, subject_phrase, frame.subject)
    fronted = clause.topic if clause.subject and clause.topic is not clause.subject else None
    if fronted and not objects and not clause.is_noun and _takes_object(frame, clause):
        objects = _who(scene, fronted, frame.object)
    return subjects, objects


def _behind(
    scene: Scene, frame: Frame, clause: Clause, objects: list[Entity]
) -> tuple[list[Entity], list[Entity]]:
    """Find who acts when only a person or the thing itself is named.

    A chief acts for the company ("젠슨 황이 K2를 공개했다"); a thing that comes out is
    its maker's ("K2는 5월 출시될 예정"), as far as the lexicon knows the maker.
    """
    phrase = _subject_phrase(clause)
    if phrase and "Company" in frame.subject and "Person" not in frame.subject:
        employers = scene.discourse.employers
        chiefs = [n[0] for n in scene.fill(phrase, ("Person",))]
        working = [employers.get(p.id) or employer_of(p) for p in chiefs]
        found = [company for company in working if company]
        if found:
            return found, objects
    if frame.predicate not in ("releases", "develops", "cancels", "produces"):
        return [], objects
    things = objects or (_who(scene, phrase, frame.object) if phrase else [])
    told = [e for e in (scene.discourse.topic, scene.discourse.org) if e]
    named = [e for e in told for thing in things if e.id in makers().get(thing.id, ())]
    named += [m for thing in things if (m := maker_of(thing))]
    other = phrase and not objects and clause.arg("object")
    return ([], objects) if other or not named else (named[:1], things)


def _takes_object(frame: Frame, clause: Clause) -> bool:
    """Tell whether the verb still lacks its object (을/를)."""
    return clause.arg("object") is None and "object" in frame.cases


def _direct_objects(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    if clause.is_noun:
        found = _by_case(scene, frame, clause)
        cases = ("object", "owner") if clause.subject or clause.topic else ("object",)
        return found or _who_first(scene, clause, frame.object, *cases, loose=frame.loose)
    target = clause.arg("object")
    found = _by_case(scene, frame, clause)
    if not found and "owner" in frame.cases and target and target.owner:
        found = _who(scene, target.owner, frame.object)
    if not found and _takes_object(frame, clause):
        found = _bare_objects(scene, frame, clause)
    return found


def _by_case(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    for case in frame.cases:
        for phrase in reversed([p for p in clause.args if p.case == case]):
            found = _who(scene, phrase, frame.object, frame.loose)
            if found:
                return found
    return []


def _unnamed_subjects(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """Take an owner ("A의 인수"), an institution ("A에서는"), or the carried topic."""
    if clause.is_noun:
        return _who_first(scene, clause, frame.subject, "owner")
    agents = tuple(c for c in frame.subject if c in ("Company", "Organization"))
    found = _who(scene, clause.arg("at"), agents)
    if found or clause.ending == "relative":
        return found
    return _carried(scene, frame)


def _passive_roles(scene: Scene, frame: Frame, clause: Clause) -> tuple[list[Entity], list[Entity]]:
    patient = (
        clause.modified
        if clause.ending == "relative" and clause.subject is None
        else _subject_phrase(clause)
    )
    objects = _who(scene, patient, frame.object) if patient else []
    subjects: list[Entity] = []
    for case in ("to", "from", "by"):
        for phrase in clause.args:
            if phrase.case == case and phrase is not patient:
                subjects = subjects or _who(scene, phrase, frame.subject)
    return subjects, objects


def _received_roles(
    scene: Scene, frame: Frame, clause: Clause
) -> tuple[list[Entity], list[Entity]]:
    receiver = _subject_phrase(clause)
    givers = [p for p in clause.args if p.case in ("from", "at", "to")]
    if receiver is None or not givers:
        return [], []
    return _who(scene, givers[-1], frame.subject), _who(scene, receiver, frame.object)


def _subject_phrase(clause: Clause) -> Phrase | None:
    if clause.ending == "relative":
        return clause.arg("subject") or (clause.topic if clause.modified else None)
    return clause.subject or clause.topic


def _who(
    scene: Scene, phrase: Phrase | None, classes: tuple[str, ...], loose: tuple[str, ...] = ()
) -> list[Entity]:
    if phrase is None:
        return []
    return [named[0] for named in scene.fill(phrase, classes, loose)] or scene.refer(
        phrase, classes
    )


def _who_first(
    scene: Scene,
    clause: Clause,
    classes: tuple[str, ...],
    *cases: str,
    loose: tuple[str, ...] = (),
) -> list[Entity]:
    for case in cases:
        for phrase in clause.args:
            if phrase.case == case:
                found = _who(scene, phrase, classes, loose)
                if found:
                    return found
    return []


def _bare_objects(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """Take "모델 공개함" and "CoWoS도 확대": a bare or also-phrase just before the verb."""
    near = [
        p
        for p in clause.args
        if p.case in ("bare", "also", "until") and clause.start - p.until <= 1
    ]
    return _who(scene, near[-1], frame.object) if near else []


def _carried(scene: Scene, frame: Frame) -> list[Entity]:
    """Let a dropped subject be the last topic, unless the sentence names another agent."""
    topic = carried(scene, frame.subject)
    return [topic] if topic else []


def _products(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    phrases = [
        clause.arg("object") or clause.modified,
        *(p for p in clause.args if p.case == "bare"),
    ]
    return next((found for p in phrases if (found := _who(scene, p, frame.product))), [])


def _counted(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """Let a kind of thing be the object when it is counted: "2,048개의 GPU를 사용"."""
    phrase = clause.arg("object")
    if phrase is None or _value(scene, frame, phrase.outer_start, phrase.until) is None:
        return []
    named = scene.named_in(phrase.start, phrase.end, frame.object, generic=True)
    return [named[-1][0]] if named else []


def _things(scene: Scene, frame: Frame, clause: Clause, subject: Entity) -> list[Entity]:
    phrases = [clause.arg("object")]
    if not clause.is_noun:
        phrases += [
            p
            for p in clause.args
            if p.case in ("bare", "also", "until") and clause.start - p.until <= 1
        ][-1:]
    if "to" in frame.cases:
        phrases.append(clause.arg("to"))
    for phrase in phrases:
        if phrase is not None and not scene.named_in(phrase.start, phrase.end, frame.object):
            made = scene.thing(phrase, frame.things, subject)
            if made:
                return [made]
    return []


def _draft(scene: Scene, frame: Frame, clause: Clause, subject: Entity, target: Entity) -> Draft:
    start, end = _evidence(scene, clause)
    draft = Draft(subject, frame.predicate, target, None, start, end, clause)
    draft.tail = (clause.stem_end, clause.tail_end)
    if frame.predicate in ("releases", "develops") and _DROPPED.match(scene.text, clause.stem_end):
        draft.predicate = "cancels"
        draft.tail = (clause.tail_end, clause.tail_end)
    period = scene.period_for(start, end)
    if period:
        draft.qualifiers["period"] = period
    found = _value(scene, frame, start, end)
    if found:
        draft.value = found.value
        key = "amount" if found.value.currency else "quantity"
        draft.qualifiers[key] = found.value.text
    for name, case in frame.extra.items():
        phrase = clause.arg(case)
        partners = scene.fill(phrase, ("Company", "Organization")) if phrase else []
        if partners and partners[0][0].id not in (subject.id, target.id):
            draft.qualifiers[name] = partners[0][0].label
    if frame.product:
        _add_product(scene, frame, clause, draft)
    return draft


def _add_product(scene: Scene, frame: Frame, clause: Clause, draft: Draft) -> None:
    phrase = clause.arg("object") or clause.modified or clause.arg("bare")
    if phrase is None:
        return
    named = scene.fill(phrase, frame.product)
    if named and draft.object and named[-1][0].id != draft.object.id:
        draft.qualifiers["product"] = named[-1][0].label
    elif phrase.head in frame.product_things:
        draft.qualifiers["product"] = phrase.head
    elif not named and not (draft.object and draft.object.cls in frame.product):
        draft.modality = None


def _value(scene: Scene, frame: Frame, start: int, end: int) -> FoundValue | None:
    inside = [v for v in scene.values if start <= v.start and v.end <= end]
    for found in inside:
        money, unit = found.value.currency, found.value.unit
        if (
            (frame.value == "money" and money)
            or (frame.value == "count" and unit in ("개", "대", "장", "만", "GPU-시간", "톤"))
            or (
                frame.value == "capacity"
                and (money or unit in ("GW", "MW", "개", "곳", "㎡", "m²"))
            )
            or (frame.value == "any" and (money or unit in ("개", "대", "장")))
        ):
            return found
    return None


def _evidence(scene: Scene, clause: Clause) -> tuple[int, int]:
    starts = [clause.start, *(p.outer_start for p in clause.args)]
    if clause.ending == "relative" and clause.topic and clause.arg("subject") is None:
        starts.append(clause.topic.outer_start)
    elif clause.ending != "relative":
        starts += [p.outer_start for p in (clause.subject, clause.topic) if p]
    end = max(clause.end, clause.tail_end)
    if clause.ending == "relative" and clause.modified:
        end = max(end, clause.modified.until)
    return min(starts), min(end, len(scene.text))
