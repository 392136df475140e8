"""Relations that no frame tells, by what they have in common with examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.syllables import NIEUN, final
from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import is_house
from extractors.figures.wholes import is_part
from extractors.language.modality import clause_words
from extractors.language.phrases import Clause
from extractors.language.speech_data import only_relays
from extractors.lexicon.frame_data import load_frames
from extractors.lexicon.makers import employer_of, makers
from extractors.pairs.apart import MUTUAL
from extractors.pairs.bars import is_barred
from extractors.pairs.bystanders import only_stands_by
from extractors.pairs.candidates import pairs_of
from extractors.pairs.contest import Likely, Triple, is_open, uncontested
from extractors.pairs.features import Party, View, kinds
from extractors.pairs.model import CONFIDENCE, EXTRACTOR, load_model
from kg.claim import Entity, entity_id

_MADE = frozenset({"develops", "releases"})
_GOODS = ("Chip", "Technology", "Product")
_OF_SPEAKERS = frozenset({"publishes", "partnersWith", "locatedIn", "partOf", "founded"})
_STANDING = frozenset({"locatedIn", "partOf", "variantOf", "develops", "worksFor"})
"""What is so also where the sentence is of plans: "미국 가나칩은 … 검토하고 있다"."""
_SETTLED = frozenset({"worksFor", "locatedIn"})
"""What is so now, whatever the sentence says that somebody means to do."""
_LASTING = _STANDING | {"uses", "competesWith"}
"""What has no day of its own: one that stands near is that of another event."""
_NEAR = 4
_BUILT = re.compile(
    r"(?P<noun>메가팹|팹|공장|라인|데이터센터|연구소|기지|캠퍼스|사업장|센터|단지|클러스터)(?![가-힣]{3})"
)
_LEADS = re.compile(r"(?:\([^()]*\))?(?:은|는|도)\s")
_SINCE = re.compile(r"\s?(?:이후|뒤|이래)(?:로|에)?\s[^.]{0,20}?(?:없|않)")
"""What denies that there was another later, not this one: "K2 이후 새 칩을 내지 않았다"."""


def relations(view: View, parties: Sequence[Party], matched: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the likeliest relations of parties that ``matched`` has not told yet."""
    model, scene = load_model("relations"), view.scene
    told = [(d.subject.id, d.object.id, d.predicate) for d in matched if d.object]
    known = {frozenset(triple[:2]) for triple in told}
    firm = [p for p in parties if not scene.is_generic(p.entity) and not _is_unnamed_person(p)]
    others = [p for p in parties if not p.carried or p in firm]
    able = [
        (a, b)
        for a, b in pairs_of(firm, others)
        if kinds(a, b) in model.kinds
        and frozenset((a.entity.id, b.entity.id)) not in known
        and is_open(view, a, b)
    ]
    likely: dict[Likely, tuple[Party, Party]] = {}
    for (a, b), (predicate, odds) in zip(able, model.judge(view, able), strict=True):
        likely_enough = model.holds(predicate, odds, carried=bool(a.carried or b.carried))
        if likely_enough and is_allowed(scene, a, predicate, b, told):
            who = a.entity.id if a.carried else b.entity.id if b.carried else ""
            likely[Likely(a.entity.id, b.entity.id, predicate, odds, who)] = a, b
    kept = set(uncontested(likely, told))
    for it, (a, b) in likely.items():
        placed = it.label == "builds" and b.kind == "Place"
        built = any(s == a.entity.id and p == "builds" for s, _, p in told)
        site = b if not placed else None if built else _site(scene, a, b)
        if it in kept and site is not None:
            yield _draft(scene, _for_whom(scene, a, it.label), site, _told_as(it.label, b))


def _is_unnamed_person(party: Party) -> bool:
    """Tell of a person told of before: what a sentence goes on about is theirs by no example."""
    return bool(party.carried) and party.kind == "Person"


def _for_whom(scene: Scene, a: Party, predicate: str) -> Party:
    """Return the firm that a chief speaks for, who makes nothing alone: "김다라 대표는 신작을"."""
    known = _employer(scene, a) if predicate in _MADE else None
    return a._replace(entity=known) if known else a


def _employer(scene: Scene, a: Party) -> Entity | None:
    known = scene.discourse.employers.get(a.entity.id) or employer_of(a.entity)
    return known if a.kind == "Person" else None


def _told_as(predicate: str, b: Party) -> str:
    """Return what is told of a foundry and whom it makes chips for: it supplies them."""
    return "supplies" if predicate == "manufactures" and b.kind in BODIES else predicate


def is_allowed(scene: Scene, a: Party, predicate: str, b: Party, told: Sequence[Triple]) -> bool:
    """Tell whether what rules tell of the sentence, and what is known, allow a relation."""
    excluded = _excluded(told)
    if (predicate, a.entity.id, "") in excluded or (predicate, "", b.entity.id) in excluded:
        return False
    rivals = [s for s, o, p in told if (o, p) == (b.entity.id, predicate)]
    nearer = any(_is_between(scene, rival, a, b) for rival in rivals)
    barred = nearer or only_stands_by(scene, a, predicate, b) or is_barred(scene, a, predicate, b)
    return not barred and _may_be(scene, a, predicate, b)


def _excluded(told: Sequence[Triple]) -> set[Triple]:
    """List what rules leave no room for: a predicate with its subject, or with its object.

    A second employer; to be made for oneself; to publish, acquire or manufacture what another
    does.
    """
    out: set[Triple] = set()
    for subject, target, predicate in told:
        if predicate in ("worksFor", "founded"):
            out.add((predicate, subject, ""))
        if predicate in ("produces", "manufactures"):
            out.add(("manufactures", "", subject))
        if predicate in ("publishes", "acquires", "manufactures"):
            out.add((predicate, "", target))
    return out


def _site(scene: Scene, a: Party, place: Party) -> Party | None:
    """Return what is built at a place: the 공장 of "뉴욕에 D램 공장을"; else the place.

    ``None`` where that is built elsewhere, or is no more than told of.
    """
    noun = _BUILT.search(scene.text, place.end) or _BUILT.search(scene.text)
    if noun is None:
        return place
    if "," in scene.text[place.end : noun.start()]:
        return None
    label = f"{a.entity.label} {place.entity.label} {noun['noun']}"
    facility = Entity(entity_id(label), "Facility", label)
    return Party(facility, place.start, max(place.end, noun.end()), place.carried)


def _is_between(scene: Scene, told: str, a: Party, b: Party) -> bool:
    """Tell a subject whom a rule names in a clause of its own: "가나는, 다라가 마바에서 …하자"."""
    if a.carried or b.carried or told == a.entity.id or not _LEADS.match(scene.text, a.end):
        return False
    return any(n[0].id == told and a.end <= n[1] and n[2] <= b.start for n in scene.names)


def _may_be(scene: Scene, a: Party, predicate: str, b: Party) -> bool:
    """Tell whether what is known of the two allows a relation."""
    speaks = is_house(a.entity) or a.entity.id in scene.speakers
    if speaks and (
        predicate not in _OF_SPEAKERS or (predicate in _STANDING and not _beside(scene, a, b))
    ):
        return False  # "가나연구소는 다라가 칩을 샀다고 봤다"
    if not _suit(scene, a, predicate, b):
        return False
    if predicate == "locatedIn" and a.kind == "Place" and not _beside(scene, a, b):
        return False  # "가나국의 다라사가 마바국에 투자했다"
    if predicate in MUTUAL:
        return a.start < b.start and not any(scene.is_generic(p.entity) for p in (a, b))
    if predicate == "worksFor":
        employer = employer_of(a.entity)
        return employer is None or employer.id == b.entity.id
    if predicate == "uses" and a.entity.id in makers().get(b.entity.id, ()):
        return False
    if predicate in _MADE:
        known = makers().get(b.entity.id)
        return not scene.is_generic(b.entity) and (known is None or a.entity.id in known)
    return True


def _suit(scene: Scene, a: Party, predicate: str, b: Party) -> bool:
    """Tell whether two are such as a relation is told of.

    An outlet only tells of others ("가나통신은 다라가 칩을 샀다고 전했다"), no person makes
    things, nobody develops a kind of thing with others, and only firms take others over.
    """
    if only_relays(a.entity.label):
        return predicate in _OF_SPEAKERS
    if predicate == "partOf" and (only_relays(b.entity.label) or b.entity.id in scene.speakers):
        return False
    if predicate == "acquires":
        return a.kind == "Company"
    if predicate == "competesWith":
        return not (is_part(scene, a.entity) or is_part(scene, b.entity))
    if predicate == "coDevelops":
        return not scene.is_generic(b.entity)
    if predicate == "manufactures" and b.kind not in _GOODS:
        return a.entity.label in load_frames().foundries
    return predicate not in _MADE or a.kind != "Person" or _employer(scene, a) is not None


def _beside(scene: Scene, a: Party, b: Party) -> bool:
    """Tell names of which one is told by the other, whatever the sentence goes on to say."""
    first, last = min(a.end, b.end), max(a.start, b.start)
    quoted = not (a.carried or b.carried) and re.search(r"[“\"‘']", scene.text[first:last])
    return not (a.carried or b.carried or quoted) and last - first <= _NEAR


def _is_owned(scene: Scene, a: Party, b: Party) -> bool:
    """Tell a thing that is called somebody's: "가나의 차세대 K2"."""
    return not (a.carried or b.carried) and bool(_OWNED.fullmatch(scene.text, a.end, b.start))


_OWNED = re.compile(r"(?:\([^()]*\))?의\s(?:(?:차세대|신형|최신|새|신규|자체|첫)\s)?[‘“'\"]?")


def _draft(scene: Scene, a: Party, b: Party, predicate: str) -> Draft:
    first = max(a.start, b.start) if a.carried or b.carried else min(a.start, b.start)
    last = max(a.end, b.end)
    clause = clause_at(scene, last)
    end = max(clause.tail_end if clause else len(scene.text), last)
    draft = Draft(a.entity, predicate, b.entity, None, first, end, clause)
    stands = predicate in _SETTLED or (predicate in _STANDING and _beside(scene, a, b))
    known = a.entity.id in makers().get(b.entity.id, ())
    stands = stands or (predicate == "develops" and (known or _is_owned(scene, a, b)))
    tied = predicate in MUTUAL and clause_words().tied.match(scene.text, last)
    own = _told_aside(scene, a, b)
    if own is not None:
        draft.tail = (own.stem_end, own.end)
    elif not stands and not tied and not _SINCE.match(scene.text, last):
        draft.tail = (last, end)
    draft.confidence, draft.extractor = CONFIDENCE, EXTRACTOR
    period = scene.period_for(first, last if own else end)  # "의회를 통과한 법은 내년 시행된다"
    if period and not stands and not tied and predicate not in _LASTING:
        draft.qualifiers["period"] = period
    return draft


def _told_aside(scene: Scene, a: Party, b: Party) -> Clause | None:
    """Return the clause that tells one of the other: "B를 이끈 A는 …", whatever A goes on to do."""
    if a.carried or b.carried:
        return None
    first, second = sorted((a, b), key=lambda party: party.start)
    for clause in scene.parsed.clauses:
        noun = clause.modified if clause.ending == "relative" else None
        if noun and first.end <= clause.start and clause.end <= second.start < noun.until:
            return clause if _is_past(scene.text[clause.end - 1]) else None
    return None


def _is_past(syllable: str) -> bool:
    """Tell the ending of a relative clause that is past: "이끈", "받은", not "이끄는"."""
    return syllable != "는" and final(syllable) == NIEUN


def clause_at(scene: Scene, offset: int) -> Clause | None:
    """Return the clause that tells what stands at an offset: the next that ends after it."""
    for clause in scene.parsed.clauses:
        if clause.ending in ("connective", "final", "quote") and clause.end >= offset:
            return clause
    return None
