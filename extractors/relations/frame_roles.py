"""Who fills the roles of a frame: by voice, particle, class, and what a noun belongs to."""

from __future__ import annotations

from dataclasses import replace

from extractors.classes import BODIES
from extractors.context.clefts import meant, of_whom
from extractors.context.scene import Scene
from extractors.figures.holders import carried
from extractors.language.phrases import Clause, Phrase, near_verb
from extractors.lexicon.frame_data import SITES, Frame, load_frames
from extractors.lexicon.makers import maker_of
from extractors.names.descriptions import is_nobody
from extractors.relations.frame_gaps import (
    built_into,
    firm_of_site,
    holds_stake,
    is_site,
    joins,
    led_by_deed,
    led_within,
    listed_before,
    maker_beside,
    maker_led,
    maker_of_object,
    takes_object,
    thing_before,
    thing_put,
    thing_taken,
)
from extractors.relations.frame_parties import (
    OF_ITS_MAKER,
    of_things,
    patient_of,
    staff,
    subject_of,
    topic_carried,
    who,
    who_first,
)
from extractors.relations.launches import host, led_place
from extractors.relations.lawmaking import lawmakers
from extractors.word_lists import words_in
from kg.claim import Entity

_DEEDS = "relations/deeds.yaml"
_INSTRUMENTS = "relations/instruments.yaml"
_BY_STATES = ("regulates", "blocks")
Roles = tuple[list[Entity], list[Entity]]


def roles(scene: Scene, frame: Frame, clause: Clause) -> Roles:
    """Find who acts and on what, by the clause's voice."""
    if frame.predicate == "supplies" and not frame.reverse and clause.voice == "passive":
        found = _received_roles(scene, frame, clause)
        return found if found[0] and found[1] else _given_roles(scene, frame, clause)
    if frame.cases == ("subject",) or (clause.voice == "passive" and not frame.passive_subject):
        return _passive_roles(scene, frame, clause)
    if (makers := lawmakers(scene, clause, frame)) is not None:
        return makers, _direct_objects(scene, frame, clause)
    subjects, objects = _active_roles(scene, frame, clause)
    subjects = _dealing(scene, frame, clause) or subjects
    if frame.patient and clause.voice == "active":
        subjects = who(scene, clause.arg("object") or clause.modified, frame.subject) or subjects
    if frame.implied and not objects and subjects:
        objects = _implied(scene, frame, clause)
    if subjects and not objects:
        objects = thing_taken(scene, frame, clause, subjects)
    return subjects, objects


def _implied(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """Take the company that the clause or the text is about ("인텔: 겔싱어가 물러났다")."""
    if clause.arg("object") is not None or (
        frame.predicate == "founded" and _makes_its_noun(clause)
    ):
        return []
    told = who(scene, clause.topic, frame.object) if clause.topic is not clause.subject else []
    raised = scene.discourse.raised if "라운드" in frame.needs else None
    if raised and clause.arg("to") is None:
        return [raised]
    org = scene.discourse.org
    return told or ([org] if org and org.cls == "Company" and scene.may_carry else [])


def _makes_its_noun(clause: Clause) -> bool:
    """Tell "가나가 세우는 센터": what is founded is the noun, unless that is only a firm."""
    noun = clause.modified if clause.ending == "relative" else None
    return noun is not None and clause.arg("subject") is not None and not is_nobody(noun.head)


def _active_roles(scene: Scene, frame: Frame, clause: Clause) -> Roles:
    """Find who acts and on what; a relative clause leaves one of them to its noun."""
    objects = _direct_objects(scene, frame, clause)
    subject_phrase = subject_of(clause)
    if clause.ending == "relative" and clause.modified is not None:
        noun = _own_noun(clause.modified, clause)
        gap = [] if objects else _modified(scene, noun, frame.object, frame.loose)
        if not objects and (whole := _whole_relative(scene, frame, clause, gap)):
            return whole
        if gap and (takes_object(frame, clause) or joins(frame, clause)):
            owned = clause.modified.owner if frame.predicate in OF_ITS_MAKER else None
            return who(scene, subject_phrase or owned, frame.subject), gap
        if clause.subject is None:
            subjects = _modified(scene, noun, frame.subject)
            subjects = subjects or _chosen(scene, frame, clause.modified)
            if not subjects and clause.modified.case == "copula":  # "K1을 보유한 통신사다"
                subjects = who(scene, clause.topic, frame.subject)
            if not subjects and (objects or frame.mutual) and _tells_of_topic(frame, clause):
                subjects = who(scene, clause.topic, frame.subject)
            if not subjects and is_site(scene, frame, clause):
                subjects = _nearest(scene, clause, frame) or topic_carried(scene, frame)
            subjects = subjects or maker_led(scene, frame, clause)
            return subjects, objects
    subject_phrase = subject_phrase or of_whom(scene, clause)
    if subject_phrase is None:
        told = _told_of(scene, frame, clause)
        return told or _unnamed_subjects(scene, frame, clause), objects
    working = staff() if frame.predicate == "uses" else ()
    subjects = who(scene, subject_phrase, frame.subject, working)
    subjects = subjects or _by_quality(scene, frame, subject_phrase)
    fronted = clause.topic if clause.subject and clause.topic is not clause.subject else None
    defines = _defines(clause)
    carried_noun = clause.noun is not None and clause.noun.case in ("object", "to")
    borne = carried_noun and frame.predicate in OF_ITS_MAKER
    plain = borne or (not clause.is_noun and (clause.ending != "relative" or defines))
    if fronted and not objects and plain and takes_object(frame, clause):
        objects = who(scene, fronted, frame.object)
    return subjects, objects


def _whole_relative(scene: Scene, frame: Frame, clause: Clause, gap: list[Entity]) -> Roles | None:
    """Read "가나가 지분 14%를 쥔 다라", "가나에서 만든 K2", whose noun no particle tells."""
    if holds_stake(scene, frame, clause):
        held = gap or (who(scene, clause.topic, frame.object) if _defines(clause) else [])
        return who(scene, clause.arg("subject"), frame.subject), held
    return _made_at(scene, frame, clause, gap)


def _defines(clause: Clause) -> bool:
    """Tell a clause that says what its topic is: "K1은 가나가 만든 칩이다"."""
    return clause.modified is not None and clause.modified.case == "copula"


def _nearest(scene: Scene, clause: Clause, frame: Frame) -> list[Entity]:
    """List the subject nearest before a clause: "정부는 가나가 기술을 받아 짓는 팹에 …"."""
    before = (p for p in reversed(scene.parsed.phrases) if p.end <= clause.start)
    led = next((p for p in before if p.leads), clause.topic)
    return who(scene, led, frame.subject)


def _by_quality(scene: Scene, frame: Frame, phrase: Phrase) -> list[Entity]:
    """Take what the text told of before for its quality: "성능은 K2와 맞먹는다"."""
    thing = scene.discourse.thing if of_things(frame) and scene.may_carry else None
    of_itself = phrase.owner is None and not scene.named_in(phrase.start, phrase.end)
    quality = of_itself and phrase.head in load_frames().qualities
    return [thing] if thing and quality and thing.cls in frame.subject else []


def _made_at(scene: Scene, frame: Frame, clause: Clause, gap: list[Entity]) -> Roles | None:
    """Let a firm with 에서 make what nobody else is known to: "가나에서 만든 K2"."""
    if frame.predicate not in OF_ITS_MAKER or clause.arg("subject") or clause.arg("object"):
        return None
    agents = tuple(c for c in frame.subject if c in BODIES)
    makers = who(scene, clause.arg("at"), agents)
    defined = clause.modified is not None and clause.modified.case == "copula"
    things = gap or (who(scene, clause.topic, frame.object) if defined else [])
    if frame.predicate != "produces":  # others may produce what somebody has made
        things = [t for t in things if maker_of(t) is None or maker_of(t) in makers]
    return (makers, things) if makers and things and "object" in frame.cases else None


def _dealing(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """List whose deal a noun with its object is: "당국은 A의 B 인수를 막았다"."""
    if not clause.is_noun or frame.predicate != "acquires" or not clause.args:
        return []
    inner = clause.args[-1]
    whole = inner.case == "object" and who(scene, inner, frame.object, frame.loose)
    return who_first(scene, clause, frame.subject, "owner") if whole else []


def _told_of(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """List who said of themselves what a clause tells: "칩을 내겠다고 밝힌 가나는"."""
    if clause.ending != "quote" or not scene.text[: clause.end].endswith("겠다고"):
        return []
    after = scene.parsed.clause_from(clause.end)
    if after is None or after.ending != "relative" or after.modified is None:
        return []
    return who(scene, after.modified, frame.subject)


def _chosen(scene: Scene, frame: Frame, part: Phrase) -> list[Entity]:
    """List who is chosen for a part to play: "K1을 개발할 주체로 가나가 선정됐다"."""
    frames = load_frames()
    if part.head.removesuffix("들") not in frames.chosen_as or part.case != "by":
        return []
    verbs = (c for c in scene.parsed.clauses if part in c.args and c.lemma in frames.choosing)
    verb = next(verbs, None)
    return who(scene, subject_of(verb), frame.subject) if verb else []


def _tells_of_topic(frame: Frame, clause: Clause) -> bool:
    """Tell a noun that does nothing itself ("협력하는 방안"), unlike "열린 회의", "참여한 팀"."""
    noun = clause.modified.head.removesuffix("들") if clause.modified else ""
    does = noun in load_frames().chosen_as or frame.predicate == "locatedIn"
    return clause.voice != "passive" and not does and not clause.arg("object")


def _own_noun(noun: Phrase, clause: Clause) -> Phrase:
    """Leave out of a noun what is listed before its clause: "K1과 [지난달 공개한] K2"."""
    before = noun.joined is not None and noun.joined.start < clause.start
    return replace(noun, joined=None) if before else noun


def _modified(
    scene: Scene, phrase: Phrase, classes: tuple[str, ...], loose: tuple[str, ...] = ()
) -> list[Entity]:
    """List who the noun of a relative clause names; "만드는 회사" refers to nobody.

    The clause may tell of what the noun belongs to or describes instead: "5월 공개한 K2의
    성과", "H100과 견줄 성능의 K2".
    """
    phrase = meant(scene, phrase)
    if phrase.head in load_frames().qualities:
        described = next((p for p in scene.parsed.phrases if p.owner is phrase), None)
        phrase = described or phrase
    found = scene.fill(phrase, classes, loose)
    if not found and phrase.owner and not scene.named_in(phrase.start, phrase.end):
        found = scene.fill(phrase.owner, classes, loose)
    return [named[0] for named in found]


def _direct_objects(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    found = _by_case(scene, frame, clause)
    if frame.cases in (("based",), ("for",)):
        return found
    if clause.is_noun:
        cases = ("object", "owner") if clause.subject or clause.topic else ("object",)
        return found or who_first(scene, clause, frame.object, *cases, loose=frame.loose)
    target = clause.arg("object")
    if not found and "owner" in frame.cases and target and target.owner:
        found = who(scene, target.owner, frame.object)
    if not found and takes_object(frame, clause):
        found = _targets(scene, frame, near_verb(clause))
    return found


def _by_case(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    for case in frame.cases:
        wanted = (case, "about") if clause.is_noun and case in ("object", "to") else (case,)
        args = [p for p in clause.args if (p.based if case == "based" else _plainly(p, wanted))]
        for phrase in reversed(args):
            found = _targets(scene, frame, phrase)
            if found:
                return [*listed_before(scene, frame, subject_of(clause), phrase, found), *found]
        if case == "with" and (found := _accompanied(scene, frame, clause)):
            return found
    return []


def _plainly(phrase: Phrase, cases: tuple[str, ...]) -> bool:
    """Tell what a deed is done to from what it is only based on: "K1을 바탕으로 학습했다"."""
    return phrase.case in cases and not phrase.based


def _accompanied(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """Take "A와" of "A와 계약을 맺다", which only looks coordinated with the object."""
    for phrase in clause.args:
        if (
            phrase.joined
            and phrase.case == "object"
            and not who(scene, replace(phrase, joined=None), frame.object)
        ):
            return who(scene, phrase.joined, frame.object)
    return []


def _targets(scene: Scene, frame: Frame, phrase: Phrase | None) -> list[Entity]:
    """List who a phrase names, or whose it is: "A의 지분", "A의 앱" are of A."""
    if phrase is None:
        return []
    found = who(scene, phrase, frame.object, frame.loose)
    if not found and phrase.case == "about" and not phrase.about:
        found = who(scene, phrase.owner, frame.object)
    return found or _belonging(scene, frame, phrase, frame.object)


def _belonging(
    scene: Scene, frame: Frame, phrase: Phrase, classes: tuple[str, ...]
) -> list[Entity]:
    words = scene.masked[phrase.start : phrase.end].split()
    sites = () if "Facility" in frame.object else load_frames().trailing[SITES]
    beside = {*frame.loose, *sites}
    if phrase.owner is None or not words or words[-1].strip("”’\"')") not in beside:
        return []
    return who(scene, phrase.owner, classes)


def _unnamed_subjects(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """Take an owner ("A의 인수"), an institution ("A에서는"), or the carried topic."""
    agents = tuple(c for c in frame.subject if c in BODIES)
    leading = clause.arg("by")
    led = who(scene, leading, agents, _LEAD) if leading and leading.head in _LEAD else []
    if clause.is_noun:
        owners = frame.subject if frame.predicate in _BY_STATES else _not_places(frame.subject)
        found = who_first(scene, clause, owners, "owner") or led_within(scene, frame, clause)
        return found or led or (topic_carried(scene, frame, clause.noun) if clause.alone else [])
    found = who(scene, clause.arg("at"), agents) or led
    if found or clause.ending == "relative":
        return found
    if led_by_deed(scene, clause):
        return []
    found = maker_of_object(scene, frame, clause) or built_into(scene, frame, clause)
    return found or led_place(scene, clause, agents) or topic_carried(scene, frame)


_LEAD = ("주관", "주도", "중심")  # "가나연구원 주관으로 개발하고"


def _not_places(classes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(c for c in classes if c != "Place")


def _passive_roles(scene: Scene, frame: Frame, clause: Clause) -> Roles:
    patient = patient_of(clause)
    objects = _targets(scene, frame, patient)
    if patient is None and "Chip" not in frame.object:
        objects = _dropped(scene, frame)
    subjects: list[Entity] = []
    for case in ("to", "from") if frame.predicate == "uses" else ("to", "from", "by"):
        for phrase in clause.args:
            if phrase.case == case and phrase is not patient and _acts(scene, frame, phrase):
                subjects = (
                    subjects
                    or who(scene, phrase, frame.subject, frame.loose)
                    or _belonging(scene, frame, phrase, frame.subject)
                    or _inside(scene, frame, phrase)
                )
    if not subjects and frame.predicate == "uses" and clause.ending != "relative":
        subjects = thing_before(scene, frame, clause, objects)
    if subjects and patient is None and frame.predicate == "uses":
        objects = objects or thing_put(scene, frame, clause)
    if not subjects and clause.subject and clause.modified and _lacks_place(frame, clause):
        things = tuple(c for c in frame.subject if c not in BODIES)
        subjects = _modified(scene, clause.modified, things)
    if not subjects and patient and frame.predicate in OF_ITS_MAKER:
        subjects = who(scene, patient.owner, frame.subject) or maker_beside(scene, frame, patient)
        sites = clause.arg("at") if frame.predicate == "produces" else None
        subjects = (sites and firm_of_site(scene, frame, sites)) or subjects
    if not subjects and patient:
        subjects = host(scene, frame, clause, objects)
    return subjects, objects


def _inside(scene: Scene, frame: Frame, phrase: Phrase) -> list[Entity]:
    """List whose is what a part is put into: "K2가 가나자동차 새 단말에 채택됐다"."""
    if frame.predicate != "uses" or phrase.case != "to":
        return []
    named = scene.named_in(phrase.start, phrase.end, frame.subject)
    if not named and phrase.head.endswith(words_in(_INSTRUMENTS, "having")):
        return who(scene, phrase.owner, frame.subject)
    return [named[-1][0]] if named else []


def _lacks_place(frame: Frame, clause: Clause) -> bool:
    """Tell a noun that a part is put into: "K2가 탑재된 서버"."""
    return frame.predicate == "uses" and clause.ending == "relative" and not clause.arg("to")


def _acts(scene: Scene, frame: Frame, phrase: Phrase) -> bool:
    """Tell by whom a thing is made from to whom, or where: "가나에 의해", not "가나에"."""
    given = frame.predicate in OF_ITS_MAKER or scene.fill(phrase, ("Place",))
    if phrase.case == "by" and phrase.head in words_in(_DEEDS, "reasons"):
        return False  # "나라 안보 우려로 제한됐다"
    at = phrase.case == "to" and given
    return not at or "의해" in scene.text[phrase.end : phrase.until]


def _dropped(scene: Scene, frame: Frame) -> list[Entity]:
    """Let a firm that the text is about be to whom a deed is done: "3억을 투자받았다"."""
    if not set(frame.object) & {"Company", "Organization"} or frame.predicate == "regulates":
        return []
    topic = carried(scene, frame.object)
    return [topic] if topic else []


def _received_roles(scene: Scene, frame: Frame, clause: Clause) -> Roles:
    """ "A는 B로부터 공급받는다": B supplies A."""
    receiver = subject_of(clause)
    givers = [p for p in clause.args if p.case in ("from", "at", "to", "with")]
    if not givers:
        return [], []
    receivers = who(scene, receiver, frame.object) if receiver else topic_carried(scene, frame)
    return who(scene, givers[-1], frame.subject), receivers


def _given_roles(scene: Scene, frame: Frame, clause: Clause) -> Roles:
    """ "A의 HBM은 B에 공급된다": A supplies B."""
    thing = clause.modified if clause.ending == "relative" else subject_of(clause)
    owner = thing.owner if thing else None
    if owner is None:
        return [], []
    return who(scene, owner, frame.subject), _by_case(scene, frame, clause)
