"""Quantities that no metric word explains: named after the noun or the verb they stand with.

"K2에는 트랜지스터 920억 개가 들어간다" gives the metric 트랜지스터, "가격은 3,000달러부터"
the metric 가격, "60억 달러를 조달했다" the metric 조달. The subject must be named: in the
quantity's own noun phrase, as the topic of its clause, or as the topic carried along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.bases import is_base, sum_of_change
from extractors.descriptions import described, is_agents
from extractors.evidence import patterns
from extractors.holders import (
    HOLDERS,
    is_limit,
    is_of_nobody,
    phrase_at,
    topic_entity,
    transparent,
)
from extractors.metric_data import basis_before, kind_of, load_metrics
from extractors.phrases import Clause, Phrase
from extractors.scene import Draft, Scene
from extractors.values import FoundValue
from extractors.words import is_common
from kg.claim import Entity, entity_id

_NOUN = re.compile(r"(?P<noun>[가-힣A-Za-z][가-힣A-Za-z]*)\s?(?:\(|약|최대|최소|총|무려|각각|\s)*$")
_AFTER = re.compile(
    r"(?:의|짜리|에 이르는|에 달하는|\s?규모의|\s?분량의|\s?이상의)?\s"
    r"(?P<noun>[가-힣A-Za-z]+?(?:\s[가-힣]+?)?)"
    r"(?=을|를|이\s|가\s|은|는|로|으로|의|에|도|와|과|[,.]|$)"
)
_DOWN = re.compile(r"하락|급락|폭락|추락|내렸|내린|내리|감소|줄|낮|떨어|빠졌|축소|밀렸")
_CHANGE = re.compile(
    r"상승|하락|급등|급락|폭등|폭락|올랐|오른|오르|내렸|내린|내리|뛰었|뛴|뛰어|증가|감소|늘|줄|높|낮|떨어|빠졌|넘게|성장|급증|밀렸|많"
)
_SHARE = re.compile(
    r"(?:나|가량|정도|가까이|넘게|이상|\s)*(?:하락|급락|폭락|추락|상승|급등|폭등|올랐|오른|오르|내렸|내린|내리|뛰었|뛰어|빠졌|떨어|밀렸)"
)
_SUMMED = re.compile(r"[가-힣A-Za-z”’'\"]\s등\s?(?:국내|해외|국내외|주요|총|모두)?\s?$")
"""What makes a count one of the names before it: "가나, 다라 등 3개 업체"."""
_OF_WHOLE = re.compile(r"(?P<whole>[가-힣A-Za-z]+)의\s?(?:약|최대|무려|절반인|\s)*$")
"""What a share is of: "전체 매출의 약 3분의 1을 차지"."""
_PLACED = re.compile(
    r"(?:인|의)?\s(?:[가-힣A-Za-z]+\s){0,3}?(?:(?:업체|기업|회사|사업자)(?:인)?\s)?[‘“'\"]?"
)
"""What may stand between a place and whose it is."""
_CONVERTED = re.compile(r"\s?\((?:약|한화|우리 ?돈|원화)?(?:\s?약)?\s?")
_PIECES = ("개", "대", "장", "톤")
_GLOSS = re.compile(r"\([^()]*\)?")
_HIDDEN = re.compile(r"[가-힣]+(?:에서|보다|대비|으로부터|부터)\s*$")


def match_quantities(scene: Scene, taken: Iterable[Draft]) -> Iterator[Draft]:
    """Yield a draft for every quantity that is left and whose subject and noun are clear."""
    used = {d.value.text for d in taken if d.value is not None}
    for value in scene.values:
        if value.value.text in used or not is_measure(scene, value):
            continue
        clause = clause_of(scene, value)
        phrase = phrase_at(scene, value.start)
        named = named_in_clause(scene, value, clause, phrase)
        subject = _ranked(scene, value) or _subject(scene, value, clause, phrase)
        if named in load_metrics().macro:
            subject = _economy(scene, value, named)
        placed = value.value.unit == "위"
        if placed and not (_ranked(scene, value) or _is_ranked(scene, phrase, subject)):
            continue
        if subject is not None and subject.cls == "Market" and value.value.currency:
            yield _sized(scene, value, clause, subject)
            continue
        if named and not _may_measure(named, value):
            continue
        if subject is not None and _is_itself(subject, named):
            continue
        if named is None or subject is None or named in (subject.label, *subject.aliases):
            continue
        yield _draft(scene, value, clause, subject, named)


def _is_itself(subject: Entity, named: str | None) -> bool:
    """Tell "첫날 종가는 2만 원": the measure is taken for whom it is of."""
    own = named is not None and named not in load_metrics().macro
    return own and subject.cls == "Concept" and subject.label.endswith(named or " ")


def _may_measure(named: str, value: FoundValue) -> bool:
    """Tell "주가가 6개월간" (how long) from what a known metric may come in."""
    if named.split(maxsplit=1)[0] in patterns().roles:
        return False  # "CEO는 “고객이 두 배로 늘었다”고"
    known, kind = load_metrics().words.get(named), kind_of(value.value)
    return known is None or kind not in ("duration", "data", "power") or kind in known.kinds


def is_measure(scene: Scene, value: FoundValue) -> bool:
    """Tell a quantity that somebody has from one that only counts, limits or compares."""
    skipped = value.value.unit in load_metrics().skipped
    return not skipped and _counts(scene, value) and not is_base(scene, value)


def holding(scene: Scene, value: FoundValue, holder: Entity, metric: str) -> Draft:
    """Make the draft that somebody has a quantity of a metric."""
    return _draft(scene, value, clause_of(scene, value), holder, metric)


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
    return None


def _is_ranked(scene: Scene, phrase: Phrase | None, subject: Entity | None) -> bool:
    """Tell "K2는 3위에 올랐다" from what is said of the places ("1위는 바뀌었다")."""
    told = any(n[0] is subject for n in scene.names)
    return told and phrase is not None and phrase.case in ("to", "by", "copula", "object", "bare")


def _counts(scene: Scene, value: FoundValue) -> bool:
    if _PER.match(scene.text, value.end):
        return False
    people = not value.value.currency and value.value.unit in ("명", "인", "곳", "개", "사람")
    if people and (_is_actor(scene, value) or _acts(scene, value)):
        return False  # "예술가 3인이 제기한": who acts, not what somebody has
    if is_conversion(scene, value) or _is_size(scene, value) or _tells_how_many(scene, value):
        return False
    part = _PART.search(value.value.text)
    if not (value.value.currency or value.value.unit or part or kind_of(value.value) == "scaled"):
        return False
    summed = not value.value.currency and _SUMMED.search(scene.text[: value.start])
    return not (summed or is_limit(scene, value) or is_of_nobody(scene, value))


_PER = re.compile(r"당(?!시)|마다")
_PART = re.compile(r"분의|/|절반")


def _is_actor(scene: Scene, value: FoundValue) -> bool:
    return any(
        c.ending == "relative" and p.case == "subject" and p.start <= value.start < p.until
        for c in scene.parsed.clauses
        for p in c.args
    )


def is_conversion(scene: Scene, value: FoundValue) -> bool:
    """Tell the sum in won of "100억 달러(약 14조 원)": the same in another currency."""
    before = next((v for v in reversed(scene.values) if v.end <= value.start), None)
    gap = scene.text[before.end : value.start] if before else ""
    both = before and before.value.currency and value.value.currency
    other = before is not None and before.value.currency != value.value.currency
    return bool(both and other and _CONVERTED.fullmatch(gap))


def _tells_how_many(scene: Scene, value: FoundValue) -> bool:
    """Tell the 10개 of "상위 10개 팹리스의 매출": how many firms are meant."""
    noun = re.match(
        r"\s?(?P<noun>[가-힣]+?)(?:들)?(?:의|은|는|이|가|도)(?![가-힣])", scene.text[value.end :]
    )
    if noun is None or value.value.unit not in ("개", "대", "곳", "개사", "개국"):
        return False
    return patterns().classes.get(noun["noun"]) == "Company"


def _acts(scene: Scene, value: FoundValue) -> bool:
    """Tell "연구원 3명이 세운 회사", "두 명이 창업했다" from "직원은 3명이다", "3명이 있다"."""
    clause = clause_of(scene, value)
    phrase = clause.subject if clause else None
    inside = phrase is not None and phrase.start <= value.start < phrase.until
    return inside and clause is not None and clause.voice == "active" and bool(clause.arg("object"))


def _is_size(scene: Scene, value: FoundValue) -> bool:
    """Tell the 8Gb of "DDR4 8Gb 가격": a size that the name of a part goes on with."""
    data = kind_of(value.value) == "data" or value.value.unit in ("Gb", "Mb", "Tb")
    if not data or not re.match(r"\s[가-힣A-Z]", scene.text[value.end :]):
        return False
    return any(
        end + 1 == value.start and entity.cls in ("Chip", "Technology", "Product")
        for entity, _, end in scene.names
    )


def clause_of(scene: Scene, value: FoundValue) -> Clause | None:
    """Return the clause that tells of a quantity."""
    return next(
        (c for c in scene.parsed.clauses if c.end >= value.end and c.ending != "relative"), None
    )


def begins_at(scene: Scene, value: FoundValue) -> int:
    """Return where the clause of a quantity begins."""
    ends = [
        c.end
        for c in scene.parsed.clauses
        if c.ending in ("connective", "final") and c.end <= value.start
    ]
    return max(ends, default=0)


def named_in_clause(
    scene: Scene, value: FoundValue, clause: Clause | None, phrase: Phrase | None
) -> str | None:
    """Name what is counted: a place, a share of something, else what the grammar tells."""
    if value.value.unit == "위":
        return "순위"
    share = _OF_WHOLE.search(scene.masked[: value.start])
    if share and clause and clause.lemma == "차지" and re.search(r"분의|%", value.value.text):
        return f"{share['whole']} 비중"
    return _by_grammar(scene, value, clause, phrase)


def _by_grammar(
    scene: Scene, value: FoundValue, clause: Clause | None, phrase: Phrase | None
) -> str | None:
    """Name what is counted: by the noun before, the clause's subject, the noun after, the verb."""
    percent = value.value.unit in ("%", "%p", "배", "bp")
    before = _before(scene, value, phrase)
    if before and not _is_held(
        next((c for c in scene.parsed.clauses if phrase in c.args), clause), phrase
    ):
        before = None
    if before and not percent:
        return before
    if _is_aside(value, clause, phrase):
        return None
    about = None if _is_deed(clause, phrase) else _about(scene, value, clause)
    moved = clause is not None and _CHANGE.search(scene.text, value.end, clause.tail_end)
    if about and moved and percent:
        return f"{about} {'하락률' if _DOWN.search(moved.group()) else '증감률'}"
    if about or percent:
        return about or before or _of_share(scene, value, clause)
    governor = next((c for c in scene.parsed.clauses if phrase in c.args), clause)
    after = _AFTER.match(scene.text, value.end) if _is_held(governor, phrase) else None
    if (
        after
        and len(after["noun"]) > 1
        and not any(start < after.end("noun") < end for _, start, end in scene.names)
        and after["noun"] not in load_metrics().empty
        and not after["noun"].endswith(("하", "되"))
        and not is_common(after["noun"].split()[-1] + scene.text[after.end() : after.end() + 1])
    ):
        return after["noun"]
    verbs = [c.lemma for c in (governor, clause) if c]
    given = load_metrics().delivering
    if value.value.unit in _PIECES and phrase and phrase.case in ("object", "bare"):
        told = [given[v] for v in verbs if v in given]
        if told:
            return told[0]
    raised = load_metrics().raising
    spent = [raised.get(v, v) for v in verbs if v in load_metrics().spending or v in raised]
    return spent[0] if spent and value.value.currency else None


def _is_deed(clause: Clause | None, phrase: Phrase | None) -> bool:
    """Tell "연구진은 2,000개를 조사했다" (no metric) from "가격은 3,000달러를 넘는다"."""
    if clause is None or phrase is None or phrase.case != "object":
        return False
    return clause.voice == "active" and clause.lemma not in load_metrics().reaching


def _is_aside(value: FoundValue, clause: Clause | None, phrase: Phrase | None) -> bool:
    """Tell a count that only says of how many something is true ("3개 유형에 대하여")."""
    if phrase is None or clause is None or value.value.currency or value.value.unit in ("%", "배"):
        return False
    return phrase.case in ("about", "with", "at", "via", "for") or (
        phrase.case == "to" and clause.lemma not in load_metrics().reaching
    )


def _is_held(clause: Clause | None, phrase: Phrase | None) -> bool:
    """Tell what somebody has ("GPU 3개를 보유") from what a deed is done to."""
    if phrase is None or clause is None:
        return True
    if phrase.case in ("with", "at", "from", "about", "source", "via", "for", "and", "than"):
        return False
    return phrase.case != "object" or clause.lemma in load_metrics().holding


def _of_share(scene: Scene, value: FoundValue, clause: Clause | None) -> str | None:
    """ "가나도 17% 떨어졌다": what of a company rises and falls by itself is its share price."""
    end = clause.tail_end if clause else len(scene.text)
    moved = _SHARE.match(scene.text[value.end : end])
    if moved is None or value.value.unit != "%" or (clause and clause.arg("object")):
        return None
    told = (clause.subject, clause.topic) if clause else ()
    if any(p and p.head in load_metrics().words for p in told):
        return None  # "ASP는 3% 상승"
    return "주가 하락률" if _DOWN.search(moved.group()) else "주가 상승률"


def _before(scene: Scene, value: FoundValue, phrase: Phrase | None) -> str | None:
    start = phrase.start if phrase else value.start
    match = _NOUN.search(scene.masked[start : value.start])
    if match is None or match["noun"] in load_metrics().empty or _HIDDEN.search(match["noun"]):
        return None
    at = start + match.start("noun")
    inside = [n for n in scene.names if n[1] <= at < n[2]]
    nobody = ("Company", "Person", "Place", "Organization")
    if inside and not scene.is_generic(inside[0][0]) and inside[0][0].cls in nobody:
        return None
    return inside[0][0].label if inside else match["noun"]


def _about(scene: Scene, value: FoundValue, clause: Clause | None) -> str | None:
    """The head of the clause's own subject, when that is a plain noun ("가격은")."""
    if clause is None:
        return None
    begins = begins_at(scene, value)
    for phrase in (clause.subject, clause.topic):
        if phrase is None or phrase.start < begins or phrase.until > value.start:
            continue
        told = _GLOSS.sub("", scene.masked[phrase.start : phrase.end]).strip()
        word = re.search(r"[가-힣A-Za-z]+$", told)
        named = scene.named_in(phrase.start, phrase.end, generic=True)
        ends_named = any(
            not _GLOSS.sub("", scene.text[n[2] : phrase.end]).strip(" ’”'\"") for n in named
        )
        if (
            word
            and not ends_named
            and len(word.group()) > 1
            and word.group() not in load_metrics().empty
            and not is_agents(word.group())
        ):
            return word.group()
    return None


def _subject(
    scene: Scene, value: FoundValue, clause: Clause | None, phrase: Phrase | None
) -> Entity | None:
    part: Phrase | None = clause.subject if clause and clause.subject is not phrase else None
    begins = begins_at(scene, value)
    own = None if _is_measured_by(scene, value) else phrase
    for nearest in (own, part, clause.topic if clause else None):
        candidate = nearest
        while candidate is not None and candidate.start >= begins:
            for entity, start, _ in reversed(scene.named_in(candidate.start, candidate.end)):
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
    at = next(
        (
            p
            for p in scene.parsed.phrases
            if p.case in ("to", "at") and begins <= p.start < value.start
        ),
        None,
    )
    if at is not None:
        inside = [
            n[0] for n in scene.fill(at, ("Chip", "Model", "Product", "Facility", "Software"))
        ]
        if inside:
            return inside[-1]
    return topic_entity(scene, clause, phrase, tuple(c for c in HOLDERS if c != "Place"))


def _is_measured_by(scene: Scene, value: FoundValue) -> bool:
    """Tell a yardstick from a holder: "K2의 절반 수준", "H100의 세 배" are not of those."""
    relative = value.value.unit == "배" or value.value.text.startswith("절반")
    return relative and scene.text[: value.start].rstrip().endswith("의")


def _sized(scene: Scene, value: FoundValue, clause: Clause | None, market: Entity) -> Draft:
    """An amount of money that a market comes to is its size."""
    draft = _draft(scene, value, clause, market, "시장 규모")
    draft.predicate = "marketSize"
    del draft.qualifiers["metric"]
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
    """Tell "투자한 30억 달러에 더해 …할 계획": what was done is no plan."""
    for clause in scene.parsed.clauses:
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
    if fits:
        draft.qualifiers["metric"] += sum_of_change(scene.text, value)
    if over := basis_before(scene.text[: value.start]):
        draft.qualifiers["basis"] = over
    draft.tail = (value.end, max(end, value.end))
    if _is_past(scene, value):
        draft.tail = None
    period = [p for p in scene.periods if start <= p.start < value.start]
    if period:
        draft.qualifiers["period"] = period[-1].value
    draft.confidence = "0.65"
    return draft
