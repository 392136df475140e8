"""Quantities that no metric word explains: named after the noun or the verb they stand with.

"K2에는 트랜지스터 920억 개가 들어간다" gives the metric 트랜지스터, "가격은 3,000달러부터"
the metric 가격, "60억 달러를 조달했다" the metric 조달. The subject must be named: in the
quantity's own noun phrase, as the topic of its clause, or as the topic carried along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.classes import PARTIES
from extractors.context.scene import Draft, Scene
from extractors.figures.bases import compared_with, holders_only, sum_of_change
from extractors.figures.deeds import is_move
from extractors.figures.figure_names import MARKET, told_by
from extractors.figures.holders import (
    HOLDERS,
    begins_at,
    clause_of,
    equated,
    fitting,
    phrase_at,
    stood_for,
    topic_entity,
    transparent,
)
from extractors.figures.measures import is_measure
from extractors.figures.metric_words import fits_pace
from extractors.figures.plain_phrases import measure_alone, split
from extractors.figures.quantity_names import named_in_clause
from extractors.figures.wholes import is_part, whole_of
from extractors.language.phrases import Clause, Phrase
from extractors.lexicon.makers import market
from extractors.names.descriptions import described
from extractors.names.name_patterns import patterns
from extractors.values.metric_data import basis_before, kind_of, load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import words_in
from kg.claim import Entity, entity_id

_WORDS = "figures/attributes.yaml"
_PLACED = re.compile(
    r"(?:인|의)?\s(?:(?!\S*(?:으로|으나|지만|는데|면서|[하되]며|[하되]고)\s)[가-힣A-Za-z]+\s){0,3}?"
    r"(?:(?:업체|기업|회사|사업자)(?:인)?\s)?[‘“'\"]?"
)
"""What may stand between a place and whose it is: no "수준으로", no "내주었으나"."""
_WORLD = re.compile(r"^(?:전 ?세계|글로벌|세계|국내|전국)\s")
_CUT = re.compile(r"로(?!서|써|부터|는|도|만|의|까지)[가-힣]")
"""What follows no noun: its last letter is of another word."""
_CLOSE = 2
_OF_THESE = re.compile(r"(?:이|그)\s?(?:중|가운데)\s")


def match_quantities(scene: Scene, taken: Iterable[Draft]) -> Iterator[Draft]:
    """Yield a draft for every quantity that is left and whose subject and noun are clear."""
    used = {d.value.text for d in taken if d.value is not None}
    for value in scene.values:
        if value.value.text in used or not is_measure(scene, value):
            continue
        clause = clause_of(scene, value)
        phrase = phrase_at(scene, value.start)
        noun = named_in_clause(scene, value, clause, phrase)
        named = told_by(scene, value, noun) if noun else None
        subject = _holder(scene, value, clause, phrase, named)
        if subject is not None and subject.id in scene.speakers:
            subject = _foretold(scene, value, subject)
        if subject is not None and named is not None:
            subject, named = whole_named(scene, value, clause, subject, named)
        placed = value.value.unit == "위"
        if placed and not (_ranked(scene, value) or _is_ranked(scene, phrase, subject)):
            continue
        market = _market(scene, subject, noun) if value.value.currency else None
        if market is not None:
            yield _sized(scene, value, clause, market)
            continue
        if named and not _may_measure(scene.text, named, value):
            continue
        if subject is not None and _is_itself(subject, named):
            continue
        if named is None or subject is None or named in (subject.label, *subject.aliases):
            continue
        yield _draft(scene, value, clause, subject, named)


def _foretold(scene: Scene, value: FoundValue, teller: Entity) -> Entity | None:
    """Return whose figure somebody tells of: "나래연구소는 서버 매출이 3억 달러라고 봤다"."""
    after = next((n[2] for n in scene.names if n[0].id == teller.id), len(scene.text))
    told = [p for p in scene.parsed.phrases if after <= p.start and p.end <= value.start]
    inner = next((p for p in reversed(told) if p.case == "subject"), None)
    if inner is None or measure_alone(scene, inner) is not None:
        return teller
    found = split(scene, inner, inner.end)
    return found.holder if found and found.metric else teller


def _market(scene: Scene, subject: Entity | None, noun: str | None) -> Entity | None:
    """Return the market whose size a sum is: the 로봇 팔 시장 of "로봇 팔 시장은 3억 달러다"."""
    if subject is None or subject.cls == "Market":
        return subject
    label = f"{subject.label} {MARKET}"
    return market(label) if noun == MARKET and label in scene.text else None


def _holder(
    scene: Scene,
    value: FoundValue,
    clause: Clause | None,
    phrase: Phrase | None,
    named: str | None,
) -> Entity | None:
    """Return whose a quantity is: an economy's, of those ranked, of the world, the subject's."""
    if named in load_metrics().macro:
        return _economy(scene, value, named or "")
    found = equated(scene, value) or _ranked(scene, value) or _of_the_world(scene, value, clause)
    found = found or _subject(scene, value, clause, phrase)
    compared = load_metrics().compares(named)
    return fitting(scene, found, "thing", value.start) if compared else found


def whole_named(
    scene: Scene, value: FoundValue, clause: Clause | None, part: Entity, named: str
) -> tuple[Entity, str]:
    """Return whose part is counted and how: "이 카드는 PCIe 레인이 48개다", else as they are."""
    if named == part.label or not is_part(scene, part):
        return part, named
    at = scene.masked.rfind(named, 0, value.start)
    beside = at >= 0 and any(n[0] is part and 0 < at - n[2] <= 1 for n in scene.names)
    whole = whole_of(scene, clause, part, at) if beside else None
    return (whole, f"{part.label} {named}") if whole else (part, named)


def _is_itself(subject: Entity, named: str | None) -> bool:
    """Tell "첫날 종가는 2만 원": the measure is taken for whom it is of."""
    if named is None or named in load_metrics().macro:
        return False
    made = subject.cls in ("Concept", "Facility") and subject.id == entity_id(subject.label)
    ends = subject.label.endswith(named if made else f" {named}")
    return ends or (subject.cls == "Concept" and is_move(subject.label))


def _may_measure(text: str, named: str, value: FoundValue) -> bool:
    """Tell "주가가 6개월간" (how long) from what a known metric may come in."""
    if named.split(maxsplit=1)[0] in patterns().roles:
        return False  # "CEO는 “고객이 두 배로 늘었다”고"
    at = text.find(named, value.end, value.end + _CLOSE + len(named))
    if at >= 0 and _CUT.match(text, at + len(named)):
        return False  # the "폴더 업" of "폴더 업로드"
    known, kind = load_metrics().words.get(named), kind_of(value.value)
    if known is None or kind not in ("duration", "data", "power", "length"):
        return True
    return kind in known.kinds and fits_pace(known, text, value)


def holding(scene: Scene, value: FoundValue, holder: Entity, metric: str) -> Draft:
    """Make the draft that somebody has a quantity of a metric."""
    return _draft(scene, value, clause_of(scene, value), holder, metric)


def _is_told_whole(predicate: str, subject: Entity) -> bool:
    """Tell a predicate that says by itself what is measured, of whom it may be said."""
    return predicate == "marketShare" or (predicate == "marketSize" and subject.cls == "Market")


def _economy(scene: Scene, value: FoundValue, named: str) -> Entity | None:
    """Return the country that a rate is of, else the rate as it is told: "달러/원 환율"."""
    at = scene.text.rfind(named, 0, value.start)
    phrase = phrase_at(scene, at) if at >= 0 else None
    if phrase is None:
        return None
    country = scene.named_in(phrase.outer_start, phrase.end, ("Place",))
    label = scene.text[phrase.start : at + len(named)].strip()
    return country[-1][0] if country else Entity(entity_id(label), "Concept", label)


def _ranked(scene: Scene, value: FoundValue) -> Entity | None:
    """Return whose place it is where the name follows: "세계 1위인 가나전자", "업계 1위 가나"."""
    if value.value.unit != "위":
        return None
    for entity, start, _ in scene.names:
        if start >= value.end and _PLACED.fullmatch(scene.text, value.end, start):
            if entity.cls == "Place":
                continue  # "업계 1위 대만 가나"
            return entity if entity.cls in HOLDERS else None
    return _risen(scene, value) or _told_first(scene, value)


def _risen(scene: Scene, value: FoundValue) -> Entity | None:
    """Return who is told to have come to a place: "서버 분야 1위로 올라선 가나전자"."""
    for clause in scene.parsed.clauses:
        if clause.ending != "relative" or clause.modified is None:
            continue
        args = [*clause.args, *_args_before(scene, clause)]
        placed = any(
            p.case in ("to", "by", "object") and p.start <= value.start and value.end == p.end
            for p in args
        )
        if placed and clause.subject is None:
            named = scene.fill(clause.modified, HOLDERS)
            return named[-1][0] if named and named[-1][0].cls != "Place" else None
    return None


def _args_before(scene: Scene, clause: Clause) -> list[Phrase]:
    """Return the arguments of a verb that goes on in another: "1위로 치고 나온"."""
    before = (c for c in scene.parsed.clauses if c.ending == "connective")
    serial = next((c for c in before if 0 <= clause.start - c.end <= 1), None)
    return serial.args if serial else []


def _told_first(scene: Scene, value: FoundValue) -> Entity | None:
    """Return who is told to hold a place: "서버 시장 1위는 가나전자다"."""
    phrase = phrase_at(scene, value.start)
    if phrase is None or not phrase.leads or phrase.end != value.end:
        return None
    named = stood_for(scene, phrase, HOLDERS)
    return named[-1][0] if named and named[-1][0].cls != "Place" else None


_RANKED_IN = ("Technology", "Market", "Place")
"""What places are told in rather than of: "HBM 생산 1위로"."""


def _is_ranked(scene: Scene, phrase: Phrase | None, subject: Entity | None) -> bool:
    """Tell "K2는 3위에 올랐다" from what is said of the places ("1위는 바뀌었다")."""
    told = any(n[0] is subject for n in scene.names if n[0].cls not in _RANKED_IN)
    return told and phrase is not None and phrase.case in ("to", "by", "copula", "object", "bare")


def _subject(
    scene: Scene, value: FoundValue, clause: Clause | None, phrase: Phrase | None
) -> Entity | None:
    if (kept := _kept_by(scene, phrase)) is not None:
        return kept
    part: Phrase | None = clause.subject if clause and clause.subject is not phrase else None
    begins = begins_at(scene, value)
    led = any(p and p is not phrase for p in (part, clause.topic if clause else None))
    listed = led and value.value.unit in ("위", "점")  # "가나가 다라 목록 3위에 올랐다"
    own = None if listed or _is_measured_by(scene, value) else phrase
    for nearest in (own, part, clause.topic if clause else None):
        candidate = nearest
        while candidate is not None and candidate.start >= begins:
            named = holders_only(scene, scene.named_in(candidate.start, candidate.end))
            for entity, start, _ in reversed(named):
                owns = entity.cls == "Person" and candidate is not nearest  # "가나 회장의 재산은"
                holds = entity.cls in HOLDERS and entity.cls != "Place"
                if start < value.start and (owns or holds):
                    return _narrowest(scene, candidate, entity, start)
            if candidate.owner and not candidate.owner.start >= begins:
                break
            owner = candidate.owner
            if (
                owner
                and not scene.named_in(owner.start, owner.end)
                and not transparent(scene, owner)
            ):
                return None
            candidate = owner
        if nearest is part and (unnamed := _described_from(scene, part, begins, value.start)):
            return unnamed
    if (built := _in_which(scene, value, begins)) is not None:
        return built
    return topic_entity(scene, clause, phrase, tuple(c for c in HOLDERS if c != "Place"))


_WHOLES = ("Chip", "Model", "Product", "Facility", "Software")


def _in_which(scene: Scene, value: FoundValue, begins: int) -> Entity | None:
    """Return the thing that a quantity is in: "K2에는 코어 64개가 들어간다"."""
    at = next(
        (
            p
            for p in scene.parsed.phrases
            if p.case in ("to", "at") and begins <= p.start < value.start
        ),
        None,
    )
    if at is not None:
        inside = [n[0] for n in scene.fill(at, _WHOLES)] or scene.refer(at, (*_WHOLES, "Policy"))
        return inside[-1] if inside else None
    return None


def _kept_by(scene: Scene, phrase: Phrase | None) -> Entity | None:
    """Return who has what a phrase counts: "가나가 보유한 특허 42건"."""
    for clause in scene.parsed.clauses:
        if (
            clause.ending == "relative"
            and clause.lemma in words_in(_WORDS, "keeping")
            and phrase is not None
        ):
            subject = clause.arg("subject")
            if clause.modified is phrase and subject is not None:
                named = scene.fill(subject, PARTIES)
                return named[-1][0] if named else None
    return None


def _of_the_world(scene: Scene, value: FoundValue, clause: Clause | None) -> Entity | None:
    """Return the 전 세계 AI of "전 세계 AI 지출은", the 서버 of "이 중 서버 지출은"."""
    told = (clause.subject or clause.topic) if clause else None
    words = scene.masked[told.start : told.end] if told else ""
    wide = _WORLD.match(words.strip()) or _OF_THESE.match(scene.text)
    kind = _OF_THESE.sub("", words).split()[:-1]
    if told is None or not wide or not kind or scene.named_in(told.start, value.start):
        return None
    label = " ".join(kind)
    if kind[-1] in ("상위", "하위") or _WORLD.fullmatch(f"{label} "):
        return None  # "국내 특허는", "국내 상위 1% 비중은"
    return Entity(entity_id(label), "Concept", label)


def _is_measured_by(scene: Scene, value: FoundValue) -> bool:
    """Tell a yardstick from a holder: "K2의 절반 수준", "H100의 세 배" are not of those."""
    relative = value.value.unit == "배" or value.value.text.startswith("절반")
    return relative and scene.text[: value.start].rstrip().endswith("의")


def _sized(scene: Scene, value: FoundValue, clause: Clause | None, market: Entity) -> Draft:
    """An amount of money that a market comes to is its size."""
    draft = _draft(scene, value, clause, market, "시장 규모")
    draft.predicate = "marketSize"
    draft.qualifiers.pop("metric", None)
    return draft


def _described_from(scene: Scene, phrase: Phrase | None, begins: int, before: int) -> Entity | None:
    if phrase is None or not begins <= phrase.start < before:
        return None
    governing = scene.fill(phrase, ("Place",))  # "일본 정부가"
    return governing[-1][0] if governing else described(scene, phrase)


def _narrowest(scene: Scene, phrase: Phrase, entity: Entity, start: int) -> Entity:
    """Tell "엣지 서버 시장" from the 서버 시장 that is named in it."""
    if entity.cls != "Market" or start <= phrase.start:
        return entity
    return described(scene, phrase) or entity


def _is_past(scene: Scene, value: FoundValue) -> bool:
    """Tell "투자한 30억 달러에 더해 …할 계획": what was done is no plan.

    What a figure has only moved by tells nothing: "12% 증가한 30억 달러로 늘어날 전망".
    """
    for clause in scene.parsed.clauses:
        if load_metrics().change.match(clause.lemma):
            continue
        modified = clause.modified if clause.ending == "relative" else None
        if modified and modified.start <= value.start < modified.until:
            return (
                scene.text[clause.stem_end : clause.end].strip().endswith(("한", "은", "린", "든"))
            )
    return False


def _draft(
    scene: Scene, value: FoundValue, clause: Clause | None, subject: Entity, metric: str
) -> Draft:
    start = begins_at(scene, value)
    end = max(clause.tail_end if clause else len(scene.text), value.end)
    metrics = load_metrics()
    known = metrics.words.get(metric)
    draft = Draft(subject, "hasMetric", None, value.value, start, min(end, len(scene.text)), clause)
    fits = known is not None and kind_of(value.value) in known.kinds
    draft.qualifiers["metric"] = known.name if known and fits else metric
    if known is not None and fits and _is_told_whole(known.predicate, subject):
        draft.predicate = known.predicate
        del draft.qualifiers["metric"]
    else:
        draft.qualifiers["metric"] += sum_of_change(scene.text, value)
    if over := basis_before(scene.text[: value.start]) or compared_with(scene, value):
        draft.qualifiers["basis"] = over
    draft.tail = (value.end, max(end, value.end))
    if _is_past(scene, value):
        draft.tail = None
    period = [p for p in scene.periods if start <= p.start < value.start]
    if period:
        draft.qualifiers["period"] = period[-1].value
    draft.confidence = "0.65"
    return draft
