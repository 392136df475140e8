"""Predicate frames: who did what to whom, from lemmas, particles and classes.

The frames are data (``frames/*.yaml``, with examples that run as tests). A frame fires on
a verb, on a noun with 하다/되다/받다, or on a noun that heads a phrase ("B 인수를 발표").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from extractors.classes import BODIES, THINGS
from extractors.context.coordination import conjoined
from extractors.context.scene import Draft, Scene
from extractors.language.phrases import Clause, Phrase, near_verb
from extractors.lexicon.frame_data import SITES, Frame, load_frames
from extractors.names.descriptions import described, quoted
from extractors.relations.agents import behind
from extractors.relations.companions import is_crossed, partners_in
from extractors.relations.customers import customers
from extractors.relations.frame_bars import is_frame_barred, makes_for_others
from extractors.relations.frame_gaps import joins, takes_object
from extractors.relations.frame_modality import judge, told_in
from extractors.relations.frame_nouns import noun_clauses, priced
from extractors.relations.frame_parties import chases, directed, subject_of, who, without_purpose
from extractors.relations.frame_periods import period_told
from extractors.relations.frame_roles import roles
from extractors.relations.frame_values import quantity_key, quantity_told, stage_of, value_in
from extractors.relations.open_objects import are_kinds, are_several, may_be_open, open_objects
from extractors.relations.same_deeds import settle_step, told_again
from extractors.sparing import sparing
from extractors.word_lists import Worded
from kg.claim import Entity

_WORDS = "relations/deeds.yaml"
_BRACKET = sparing(r"\s?\([^()]*\)?\s*$")
_WORTH = sparing(r"\s+(?:어치|규모|상당|가량)$")
_DROPPED = Worded(_WORDS, r"\s?(?:계획)?(?:을|를)?\s?{dropped}(?!하지)")
_HALTED = Worded(
    _WORDS, r"\s?(?:계획|공사|작업|사업)?(?:을|를)?\s?(?:[가-힣]{1,3}\s)?{halted}(?!하지)"
)
_PUT_OFF = Worded(_WORDS, r"(?:을|를|은|는)?\s?(?:[가-힣0-9]+\s){0,2}?{put_off}")
_SITES = ("Chip", "Model", "Software", "Product", "Facility")
_KINDS = frozenset(THINGS)
_GRANTED = frozenset({"regulates", "blocks"})
_OWN = ("자체", "자사", "독자", "자신")
_OWNERS = (*BODIES, "Model", "Software", "Product")


def match_frames(scene: Scene) -> Iterator[Draft]:
    """Yield a draft for every frame that a sentence fills."""
    frames = load_frames()
    if not scene.names and scene.discourse.topic is None and scene.discourse.org is None:
        return
    told = (_decided(scene, priced(scene, c)) for c in conjoined(scene.text, scene.parsed))
    for clause in [*told, *noun_clauses(scene, frames)]:
        if clause.serial and clause.lemma in frames.adverbial:
            continue  # "그에 앞서 …": only when, or in which order
        yield from partners_in(scene, clause)
        table = frames.by_verb if _is_verb(clause) else frames.by_noun
        compound = clause.before + clause.lemma
        filled: list[Draft] = []
        for frame in table.get(compound if compound in table else clause.lemma, ()):
            filled += _fill(scene, frame, clause)
        yield from filled
        opened = frames.open_by_noun if table is frames.by_noun else frames.open_by_verb
        for frame in opened.get(clause.lemma, ()):
            more = _fill_open(scene, frame, clause)
            yield from (draft for draft in more if not _is_told(draft, filled))


def _is_told(draft: Draft, filled: list[Draft]) -> bool:
    """Tell what another frame tells in more words: "서버의 전력량 공개" and "전력량 공개"."""
    label = draft.object.label if draft.object else ""
    return any(
        other.predicate == draft.predicate
        and draft.predicate in _GRANTED
        and other.subject.id == draft.subject.id
        and other.object is not None
        and other.object.label.endswith(label)
        for other in filled
    )


def _decided(scene: Scene, clause: Clause) -> Clause:
    """Read "공장을 짓기로 한 가나" as one relative clause: what is decided tells of its noun."""
    acted = load_frames().middles.get(clause.lemma)
    if acted is not None and clause.arg("object") is None:
        return replace(clause, lemma=acted, voice="passive")  # "K2가 풀렸다": somebody did it
    if clause.ending != "noun" or "기로" not in scene.text[clause.end - 2 : clause.end + 1]:
        return clause
    after = scene.parsed.clause_from(clause.end)
    if after is None or after.ending != "relative" or after.start - clause.end > _BESIDE:
        return clause
    own = [p for p in clause.args if p.case != "topic"]
    return replace(clause, ending="relative", modified=after.modified, tail_end=after.end, args=own)


_BESIDE = 8
_FIRST = "1위"
_HANDED_ON = frozenset({"supplies", "ships", "releases", "produces"})


def _is_verb(clause: Clause) -> bool:
    frames = load_frames()
    return not clause.is_noun and (
        clause.lemma in frames.by_verb or clause.lemma in frames.open_by_verb
    )


def _fill_open(scene: Scene, frame: Frame, clause: Clause) -> Iterator[Draft]:
    """Yield what a frame tells of things without a name."""
    if clause.granted or not may_be_open(scene, frame, clause):
        return
    if not _has_needed(scene, frame, clause):
        return
    for subject in roles(scene, frame, clause)[0]:
        for thing in open_objects(scene, frame, clause, subject):
            if not is_frame_barred(scene, frame, clause, subject, thing):
                yield _draft(scene, frame, clause, subject, thing)


def _has_needed(scene: Scene, frame: Frame, clause: Clause) -> bool:
    """Tell whether an argument ends in one of the nouns that the frame needs, none in others."""
    phrases = [*clause.args, clause.modified] if clause.modified else clause.args
    if frame.unless and any(_is_unless(scene, frame, p) for p in phrases if p):
        return False
    if frame.implied and scene.discourse.raised and _is_of_round(frame, clause):
        return True
    named = [p for p in phrases if p and not (p.case == "subject" and scene.fill(p, frame.subject))]
    if not frame.needs or any(_noun_end(scene, p).endswith(frame.needs) for p in named):
        return True
    kinds = _KINDS & set(frame.needs)
    if kinds and any(scene.fill(p, kinds) for p in clause.args if p.case in ("object", "bare")):
        return True
    return _FIRST in frame.needs and any(_noun_is_first(scene, p) for p in named)


def _noun_is_first(scene: Scene, phrase: Phrase) -> bool:
    return scene.text.endswith(_FIRST, phrase.start, phrase.end)


def _is_unless(scene: Scene, frame: Frame, phrase: Phrase) -> bool:
    """Tell a noun with which a frame's word says something else, but a whole: "지분 전량"."""
    whole = _WHOLE.search(scene.text, phrase.start, phrase.until)
    return whole is None and _noun_end(scene, phrase).endswith(frame.unless)


_WHOLE = re.compile(r"전량|전부|(?<![\d.])(?:[5-9]\d(?:\.\d+)?|100)\s?%|과반|경영권")


def _is_other_deed(scene: Scene, frame: Frame, clause: Clause) -> bool:
    """Tell what a frame's word is not said of: "명단에 올렸다", "판매를 늘렸다"."""
    to = clause.arg("to") if frame.never_to else None
    if to is not None and _noun_end(scene, to).endswith(frame.never_to):
        return True
    grown = load_frames().growing if frame.begins and clause.is_noun else None
    ends = (clause.noun_end, clause.end)
    return grown is not None and any(grown.match(scene.masked, end) for end in ends)


def _is_of_round(frame: Frame, clause: Clause) -> bool:
    """Tell "산업은행이 참여했다" after somebody raised money."""
    return "라운드" in frame.needs and clause.arg("object", "to") is None


def _noun_end(scene: Scene, phrase: Phrase) -> str:
    """Return a phrase without a quantity that follows its noun ("지분 4%")."""
    words = scene.masked[phrase.start : phrase.end] or ""
    told = words if words.strip() else scene.text[phrase.start : phrase.end]
    return _WORTH.sub("", _BRACKET.sub("", told)).rstrip(" ”’\"'")


def _fill(scene: Scene, frame: Frame, clause: Clause) -> Iterator[Draft]:
    granted = clause.granted and frame.predicate not in _GRANTED
    if granted or not _has_needed(scene, frame, clause) or _is_other_deed(scene, frame, clause):
        return
    subjects, objects = roles(scene, frame, clause)
    again = None if objects else told_again(scene, frame, clause, subjects)
    subjects, objects = again or (subjects, objects)
    if frame.cases == ("based",) and not objects:
        return
    owned = clause.lemma in load_frames().chosen_as and clause.arg("owner")  # "가나·다라의 파트너"
    alone = not (objects or clause.arg("with") or owned or chases(frame, clause))
    if frame.mutual and alone and len(subjects) > 1:
        yield from (_draft(scene, frame, clause, *two) for two in combinations(subjects, 2))
        return
    for pair in _pairs(scene, frame, clause, subjects, objects):
        crossed = frame.predicate == "partnersWith" and is_crossed(scene, subjects, objects, *pair)
        if crossed or is_frame_barred(scene, frame, clause, *pair):
            continue
        draft = _draft(scene, frame, clause, *directed(scene, frame, *pair))
        if again:
            settle_step(scene, clause, draft)
        yield draft
        yield from _sited(scene, clause, draft)


def _sited(scene: Scene, clause: Clause, built: Draft) -> Iterator[Draft]:
    """Yield where a site is that somebody builds: "드레스덴에 팹을 짓는다"."""
    label = built.qualifiers.get("place")
    if built.predicate != "builds" or label is None or built.object is None:
        return
    named = [scene.fill(p, ("Place",)) for p in clause.args if p.case in ("at", "to")]
    places = next((ns for ns in named if any(n[0].label == label for n in ns)), [])
    for place in (n[0] for n in places if built.object.cls == "Facility"):
        draft = Draft(built.object, "locatedIn", place, None, built.start, built.end, clause)
        draft.tail, draft.modality = built.tail, built.modality
        yield draft


def _pairs(
    scene: Scene,
    frame: Frame,
    clause: Clause,
    subjects: list[Entity],
    objects: list[Entity],
) -> Iterator[tuple[Entity, Entity]]:
    """Yield who acts and on what, where the roles leave one of them open too."""
    objects = objects or customers(scene, frame, clause)
    if frame.product and not objects and not frame.reverse and clause.lemma != _PROCURED:
        objects = _products(scene, frame, clause)
    if not objects and frame.value in ("count", "content", "any"):
        objects = _counted(scene, frame, clause)
    if frame.site and objects and clause.voice == "active":
        sites = who(scene, clause.arg(frame.site), _SITES)
        subjects = [*subjects, *(e for e in sites if e not in subjects)]
    if not subjects:
        subjects, objects = behind(scene, frame, clause, objects)
    for subject in subjects:
        opened = open_objects(scene, frame, clause, subject) if are_kinds(objects) else []
        wanted = opened if are_several(opened, clause) or (objects and opened) else objects
        for target in wanted or _things(scene, frame, clause, subject) or opened:
            if target.id != subject.id:
                yield (target, subject) if frame.reverse else (subject, target)


_PROCURED = "조달"
"""What a buyer does too: "가나가 칩을 조달하는 곳"."""


def _products(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    phrases = [
        clause.arg("object") or clause.modified,
        *(p for p in clause.args if p.case == "bare"),
    ]
    return next((found for p in phrases if (found := who(scene, p, frame.product))), [])


def _counted(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """Let a kind of thing be the object when it is counted: "2,048개의 GPU를 사용"."""
    phrase = clause.arg("object")
    if phrase is None:
        return []
    beside = [(p.start, p.until) for p in clause.args if p.case in ("until", "bare")]
    spans = [(phrase.outer_start, phrase.until), *beside]
    if not any(value_in(scene, frame, start, end) for start, end in spans):
        return []
    named = scene.named_in(phrase.start, phrase.end, frame.object, generic=True)
    return [named[-1][0]] if named else []


def _things(scene: Scene, frame: Frame, clause: Clause, subject: Entity) -> list[Entity]:
    """Make an entity of an unnamed thing: "칩을 개발" of the subject, "A의 칩을 쓴다" of A.

    A noun that shares another's object is no deed by itself: "모델 개발과 구축 절차를".
    """
    if clause.noun and clause.noun.case == "and" and not _ends_headline(scene, clause.noun):
        return []
    phrases = [None if frame.given else clause.arg("object")]
    if not clause.is_noun:
        phrases.append(near_verb(clause))
    phrases += [clause.arg(case) for case in ("to", "at") if case in frame.cases]
    if clause.ending == "relative" and (takes_object(frame, clause) or joins(frame, clause)):
        phrases.append(clause.modified)
    vague = frame.owned and (subject_of(clause) is None or _is_verb(clause))
    for phrase in phrases:
        if phrase is None or _names_object(scene, frame, phrase):
            continue
        owners = _owners(scene, phrase)
        own = (
            set(_OWN) & set(scene.text[phrase.start : phrase.end].split())
            and frame.predicate != "purchases"
        )
        made = []
        if owners or own or not frame.owned:
            called = quoted(scene, phrase, frame.object)
            things = [scene.thing(phrase, frame.things, owner) for owner in owners or [subject]]
            made = [called] if called else [thing for thing in things if thing]
        if (
            not made
            and frame.described
            and not vague
            and (thing := described(scene, phrase, frame.object))
        ):
            made = [thing]
        if made:
            return made
    return []


def _names_object(scene: Scene, frame: Frame, phrase: Phrase) -> bool:
    """Tell a phrase whose name may be the object from one that says where or whose: "용인 팹"."""
    named = scene.named_in(phrase.start, phrase.end, frame.object)
    sited = "Facility" in frame.object and phrase.head in load_frames().trailing[SITES]
    return any(not sited or n[0].cls == "Facility" for n in named)


def _ends_headline(scene: Scene, noun: Phrase) -> bool:
    """Tell whether no verb follows a noun predicate: "가나, 칩 개발 및 양산"."""
    return not any(c.end > noun.end for c in scene.parsed.clauses)


def _owners(scene: Scene, phrase: Phrase) -> list[Entity]:
    """List whose thing a phrase tells of: "A의 칩", "A 칩", "A와 B의 칩"."""
    inside = scene.named_in(phrase.start, phrase.end, BODIES)
    return [inside[-1][0]] if inside else who(scene, phrase.owner, _OWNERS)


def _draft(scene: Scene, frame: Frame, clause: Clause, subject: Entity, target: Entity) -> Draft:
    start, end = told_in(scene, clause)
    foundry = frame.predicate == "develops" and makes_for_others(scene, clause, subject, target)
    predicate = "manufactures" if foundry and target.cls == "Chip" else frame.predicate
    draft = Draft(subject, predicate, target, None, start, end, clause)
    draft.tail = (clause.stem_end, clause.tail_end)
    judge(scene, clause, draft)
    dropped = _DROPPED if frame.predicate in ("releases", "develops") else _HALTED
    made = frame.predicate in ("releases", "develops", "builds")
    if made and dropped.match(scene.text, clause.stem_end):
        draft.predicate = "cancels"
        draft.tail = (clause.tail_end, clause.tail_end)
    if made and _PUT_OFF.match(scene.text, clause.stem_end):
        draft.modality, draft.tail = "plan", None
    if period := period_told(scene, clause, start, end):
        draft.qualifiers["period"] = period
    if frame.status:
        draft.qualifiers["status"] = frame.status
    if frame.predicate in _HANDED_ON and (stage := stage_of(scene, start, end)):
        draft.qualifiers.setdefault("status", stage)
    found = quantity_told(scene, frame, clause, (subject, target), (start, end))
    if found:
        draft.value = found.value
        draft.qualifiers[quantity_key(found)] = found.value.text
    for name, case in frame.extra.items():
        phrase = clause.arg(case, "to") if name == "place" else clause.arg(case)
        classes = ("Place",) if name == "place" else BODIES
        partners = scene.fill(phrase, classes) if phrase else []
        if partners and partners[0][0].id not in (subject.id, target.id):
            draft.qualifiers[name] = partners[0][0].label
    if frame.product:
        _add_product(scene, frame, clause, draft)
    return draft


def _add_product(scene: Scene, frame: Frame, clause: Clause, draft: Draft) -> None:
    phrase = clause.arg("object") or clause.modified or clause.arg("bare")
    if phrase is None:
        return
    named = without_purpose(scene, phrase, scene.fill(phrase, frame.product))
    goods = clause.lemma not in _SELLING
    if phrase.joined is not None and draft.object in [n[0] for n in named] and not goods:
        draft.modality = None  # "HBM4, SSD를 팔 수 있다": nobody is told to get them
        return
    if goods and named and draft.object in [n[0] for n in named]:
        return  # "HBM4를 공급한다"
    if named and draft.object and named[-1][0].id != draft.object.id:
        draft.qualifiers["product"] = named[-1][0].label
    elif phrase.head in frame.product_things:
        own = draft.object is not None and draft.object.label == phrase.head
        if phrase.head not in load_frames().contracts and not own:
            draft.qualifiers["product"] = phrase.head
    elif frame.described and not _is_sum(scene, phrase):
        _add_described(scene, frame, phrase, draft)
    elif not named and not (draft.object and draft.object.cls in frame.product):
        draft.modality = None


_SELLING = frozenset({"판매", "팔"})
"""What is said of sales, which go to nobody in particular."""


def _add_described(scene: Scene, frame: Frame, phrase: Phrase, draft: Draft) -> None:
    """Tell what is supplied by its noun; what is no goods is supplied by nobody."""
    words = _noun_end(scene, phrase).split()
    kinds = scene.named_in(phrase.start, phrase.end, frame.product, generic=True)
    kinds = without_purpose(scene, phrase, kinds)
    if not words or words[-1] in load_frames().not_goods:
        draft.modality = None
    elif draft.object in [kind[0] for kind in kinds]:
        draft.modality = None  # "아이폰 판매를 늘렸다": nobody is told to get it
    elif phrase.case == "object":
        draft.qualifiers["product"] = kinds[-1][0].label if kinds else words[-1]


def _is_sum(scene: Scene, phrase: Phrase) -> bool:
    """Tell a phrase that is an amount of money."""
    inside = (v for v in scene.values if phrase.start <= v.start and v.end <= phrase.end)
    return any(v.value.currency and v.end >= phrase.end - 1 for v in inside)
