"""Who acts where only a person or the thing itself is named: "젠슨 황이 K2를 공개했다"."""

from __future__ import annotations

from extractors.context.scene import Scene
from extractors.language.phrases import Clause
from extractors.lexicon.frame_data import Frame, load_frames
from extractors.lexicon.makers import employer_of, line_makers, makers_of, speaks_for
from extractors.names.descriptions import alumni, group
from extractors.relations.frame_bars import is_of_noun
from extractors.relations.frame_parties import OF_ITS_MAKER, subject_of, who
from kg.claim import Entity

_BY_GROUPS = frozenset({"publishes", "regulates", "blocks"})


def behind(
    scene: Scene, frame: Frame, clause: Clause, objects: list[Entity]
) -> tuple[list[Entity], list[Entity]]:
    """Find who acts when only a person or the thing itself is named.

    A chief acts for the company ("젠슨 황이 K2를 공개했다"); a thing that comes out is
    its maker's ("K2는 5월 출시될 예정"), as far as the lexicon knows the maker.
    """
    phrase = subject_of(clause)
    verb = not clause.is_noun and clause.lemma in load_frames().by_verb
    speaking = group(scene, phrase) if frame.predicate in _BY_GROUPS else None
    if speaking and speaking.cls in frame.subject:
        return [speaking], objects
    founding = alumni(scene, phrase) if frame.predicate == "founded" else None
    if founding:
        return [founding], objects
    acts = "Company" in frame.subject and "Person" not in frame.subject
    if phrase and acts and frame.predicate != "locatedIn":
        employers = scene.discourse.employers
        chiefs = [n[0] for n in scene.fill(phrase, ("Person",))]
        working = [employers.get(p.id) or employer_of(p) for p in chiefs]
        found = [company for company in working if company]
        if found:
            return _as_makers(frame, found, objects), objects
    if phrase and not objects and scene.named_in(phrase.start, phrase.end, ("Facility", "Person")):
        return [], objects
    if frame.predicate not in OF_ITS_MAKER or (verb and not _fronted(clause)):
        return [], objects
    told_of = phrase if phrase and not is_of_noun(clause, phrase) else None
    things = objects or who(scene, told_of, frame.object)
    told = [e for e in (scene.discourse.topic, scene.discourse.org) if e]
    named = [e for e in told for thing in things if speaks_for(e, thing)]
    named += [m for thing in things if (m := _house_of(scene, thing))]
    inner = clause.arg("object")
    into = clause.noun is not None and clause.noun.case == "to"  # "본격 생산에 들어갔다"
    manner = into and inner and not scene.named_in(inner.start, inner.end)
    other = phrase and not objects and inner and not manner
    return ([], objects) if other or not named else (named[:1], things)


def _as_makers(frame: Frame, firms: list[Entity], things: list[Entity]) -> list[Entity]:
    """Leave out a chief's firm where the thing is known to be another's, maybe theirs too."""
    known = [m for thing in things for m in makers_of(thing)]
    lines = {maker for thing in things for maker in line_makers(thing.label)}
    others = (known and firms[0] not in known) or (lines and firms[0].id not in lines)
    return [] if frame.predicate in OF_ITS_MAKER and others else firms


def _house_of(scene: Scene, thing: Entity) -> Entity | None:
    """Return the known maker of a thing; its owner, where the text does not name the unit."""
    made = makers_of(thing)
    named = {n[0].id for n in scene.names}
    return next((m for m in made if m.id in named), made[-1] if made else None)


def _fronted(clause: Clause) -> bool:
    """Tell whether a topic is the object: "K2는 5월에 내놓을 예정"."""
    topic = clause.topic
    return clause.lemma != "풀" and clause.ending != "relative" and topic is not None
