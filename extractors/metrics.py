"""Quantities to claims: what each value of a sentence measures, and of whom.

A value's metric is the metric word nearest before it, or just after it; its subject the
name in the metric's own noun phrase, else the topic. The words are data (``metrics.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.bases import comes_from, is_base
from extractors.benchmarks import benchmark_score
from extractors.descriptions import described, is_nobody, kinds_of_noun
from extractors.holders import (
    HOLDERS,
    fitting,
    is_limit,
    owners,
    phrase_at,
    seller,
    topic_entity,
    transparent,
)
from extractors.metric_data import Metric, MetricSet, kind_of, load_metrics
from extractors.metric_lists import Found, continued, series
from extractors.phrases import Clause
from extractors.scene import Draft, Scene
from extractors.values import FoundValue
from kg.claim import Entity, entity_id

_NEITHER = frozenset(
    {
        "nm",
        "위",
        "세",
        "번",
        "회",
        "가지",
        "단계",
        "단",
        "층",
        "곳",
    }
)
_TELLING = re.compile(r"전망|예상|추정|예측|제시|상향|하향|내다봤|내다보|낙관")
_PLAIN = frozenset(
    {
        "전체",
        "총",
        "연간",
        "누적",
        "평균",
        "예상",
        "올해",
        "내년",
        "글로벌",
        "세계",
        "전 세계",
        "연평균",
    }
)
_TELLERS = ("Company", "Organization", "Person")
_REACH = 45
_MORE_OF = re.compile(r"\s?(?:더\s)?(?:높은|낮은|많은|적은|늘어난|줄어든|증가한|감소한|오른)\s")
"""What makes a percent one of what follows: "21% 높은 임금"."""
_WHEN = re.compile(
    r"(?:\s(?:조달|유치|모집|라운드))?\s?(?:당시|때는?|시점|직후|직전|이후|이전|과정)(?=[\s,에의]|$)"
)
"""What makes of a metric word the time of another: "투자 유치 당시 30억 달러였다"."""
_SINCE = re.compile(r"\s?(?:이후|뒤|이래)[^.]{0,30}?(?:적이|것이|수가|바가)?\s?(?:없|않)")
"""What denies that there was another value later, not this one: "30억 달러 이후 … 없다"."""
_BESIDE = re.compile(r"\s?\(?(?:약|최대|각각|이|가|은|는)?\s?")


def match_metrics(scene: Scene) -> Iterator[Draft]:
    """Yield a draft for every value whose metric and subject are clear."""
    metrics = load_metrics()
    told = metrics.pattern.finditer(scene.text) if scene.values else ()
    found = [Found(metrics.words[m["word"]], m.start(), m.end()) for m in told]
    previous: tuple[Draft, Found, FoundValue] | None = None
    for value in scene.values:
        aside = is_limit(scene, value) or _of_nobody(scene, value)
        if value.value.unit in _NEITHER or aside:
            continue
        start, end, clause = _segment(scene, value)
        score = benchmark_score(scene, value, start, end, clause)
        if score:
            yield score
            continue
        metric = _metric_of(scene, value, found, metrics, start)
        draft = _draft(scene, value, metric, metrics, clause, start, end) if metric else None
        if draft is None and metric and previous:
            draft = continued(scene, value, metric, previous)
        if draft and metric and metric.metric.name == "목표주가" and previous:
            teller, draft.subject = draft.subject, previous[0].subject
            if teller.id != draft.subject.id:
                draft.attributed_to = teller.label
        if draft is None:
            draft = series(scene, value, previous, clause)
            metric = previous[1] if previous and draft else metric
        if metric and metric.start >= value.end:
            found.remove(metric)
        if draft and metric:
            _judge(scene, draft, metric, value, max(end, value.end))
            previous = (draft, metric, value)
            yield draft


def _of_nobody(scene: Scene, value: FoundValue) -> bool:
    """Tell a figure that only tells which ones are meant: "매출이 2천만 달러를 넘는 회사는"."""
    for clause in scene.parsed.clauses:
        if clause.ending != "relative" or clause.modified is None:
            continue
        if any(p.start <= value.start and value.end <= p.until for p in clause.args):
            return is_nobody(clause.modified.head) and clause.arg("subject") is not None
    return False


def _judge(scene: Scene, draft: Draft, metric: Found, value: FoundValue, end: int) -> None:
    """Leave the modality to the tail behind a value, where neither metric nor time tells it."""
    if metric.metric.modality:
        draft.modality = metric.metric.modality
    elif not _SINCE.match(scene.text, value.end):
        draft.tail = value.end, end
    if comes_from(scene, value):
        draft.qualifiers["basis"] = "이전"


def _segment(scene: Scene, value: FoundValue) -> tuple[int, int, Clause | None]:
    """Return the range of the clause around a value, and the predicate that governs it."""
    start = 0
    for clause in scene.parsed.clauses:
        if clause.ending not in ("connective", "final", "quote"):
            continue
        if clause.end <= value.start:
            start = clause.end
        elif clause.end >= value.end:
            return start, clause.tail_end, clause
    return start, len(scene.text), None


def _metric_of(
    scene: Scene, value: FoundValue, found: list[Found], metrics: MetricSet, start: int
) -> Found | None:
    kind = kind_of(value.value)
    after = _metric_after(scene, value, found, kind)
    if after:
        return after
    free = not any(
        p.case in ("topic", "subject") and start <= p.start < value.start
        for p in scene.parsed.phrases
    )
    if is_base(scene, value):
        return None
    for item in reversed(found):
        if (
            (start <= item.start or (free and _is_subject(scene, item)))
            and item.end <= value.start
            and value.start - item.end <= (_REACH if start <= item.start else 2 * _REACH)
        ):
            if _WHEN.match(scene.text, item.end):
                continue
            if not _accepts(scene, item.metric, kind, value, metrics):
                if kind == "percent" or kind in item.metric.kinds:
                    return None
                continue
            blocking = [
                v
                for v in scene.values
                if item.end <= v.start < value.start
                and kind_of(v.value) == kind
                and not _is_former(scene, v, value)
            ]
            names = [
                n
                for n in scene.names
                if item.end <= n[1] < value.start and not scene.is_generic(n[0])
            ]
            return None if blocking or (names and value.start - item.end > 25) else item
    name = metrics.units.get(value.value.unit or "")
    return (
        Found(Metric(name, frozenset({kind}), "hasMetric"), value.start, value.end)
        if name
        else None
    )


def _is_subject(scene: Scene, item: Found) -> bool:
    phrase = phrase_at(scene, item.start)
    return phrase is not None and phrase.case in ("subject", "topic")


def _metric_after(scene: Scene, value: FoundValue, found: list[Found], kind: str) -> Found | None:
    following = next((f for f in found if f.start >= value.end), None)
    if following is None:
        return None
    between = scene.text[value.end : following.start]
    if kind == "percent" and _MORE_OF.fullmatch(between):
        return following
    if kind not in following.metric.kinds:
        return None
    if following.metric.name == "투자금":
        between = re.sub(r"^[을를]\s", "", between)
    link = (
        r"(?:의|에 달하는|에 이르는|에 가까운|을 넘는|을 웃도는|대의"
        r"|\s?규모의|\s?수준의|\s?이상의)?\s?"
    )
    plain = re.fullmatch(rf"(?P<link>{link})(?P<words>(?:[가-힣]+\s){{0,2}})", between)
    if plain is None or (plain["words"] and not plain["link"].strip()):
        return None
    return following


def _is_former(scene: Scene, old: FoundValue, new: FoundValue) -> bool:
    """Tell what a value was from what it becomes: "기존 60대에서 85대로 상향"."""
    before = re.search(r"(?:기존|이전|종전|직전|당초)의?\s$", scene.text[: old.start])
    turned = re.fullmatch(r"에서\s(?:[가-힣]+\s)?", scene.text[old.end : new.start])
    return before is not None or turned is not None


def _accepts(
    scene: Scene, metric: Metric, kind: str, value: FoundValue, metrics: MetricSet
) -> bool:
    if kind in metric.kinds:
        return True
    return kind in ("percent", "times") and metrics.change.match(scene.text, value.end) is not None


def _draft(
    scene: Scene,
    value: FoundValue,
    found: Found,
    metrics: MetricSet,
    clause: Clause | None,
    start: int,
    end: int,
) -> Draft | None:
    kind, metric = kind_of(value.value), found.metric
    rest = scene.text[value.end : end]
    if metric.name == "가격" and kind == "percent":
        return _price(scene, value, found, metrics, clause, start, end)
    behind = found.start == value.start or metric.of == "thing"
    named = _following(scene, value) if behind else None
    named = named or _beside(scene, value, found)
    subject, target = (named, None) if named else _subject(scene, found, clause)
    if metric.predicate == "marketSize":
        subject, target = _market(scene, found) or subject, None
    if subject and subject.cls == "Organization" and named is None and _TELLING.search(rest):
        subject = _forecast_of(scene, found, subject)
    if subject is None:
        return None
    draft = Draft(subject, metric.predicate, target, value.value, start, end, clause)
    name = metric.name
    if kind in ("percent", "times") and kind not in metric.kinds:
        change = metrics.change.match(rest)
        down, up = ("하락률", "상승률") if name == "주가" else ("감소율", "증가율")
        name += f" {down if change and metrics.down.search(change.group()) else up}"
        draft.predicate, draft.object = "hasMetric", None
    elif metric.predicate in ("ships", "produces"):
        if target is None:
            draft.predicate = "hasMetric"
        else:
            draft.qualifiers["quantity"] = value.value.text
    if draft.predicate not in ("marketShare", "marketSize", "ships", "produces"):
        draft.qualifiers["metric"] = name
    if draft.predicate == "marketSize" or _TELLING.search(rest):
        teller = topic_entity(scene, clause, phrase_at(scene, found.start), _TELLERS)
        draft.attributed_to = teller.label if teller and teller.id != subject.id else None
    _narrow(scene, draft, value, found)
    return draft


def _narrow(scene: Scene, draft: Draft, value: FoundValue, found: Found) -> None:
    """Give a draft the period nearest before its value, else the clause's first; name a part."""
    if draft.predicate == "hasMetric" and draft.object is not None:
        draft.qualifiers["product"], draft.object = draft.object.label, None
    own = [p for p in scene.periods if p.start < value.start and p.start >= draft.start]
    between = [p for p in own if p.start >= min(found.end, value.start)]
    before = (between or own)[-1:]
    if before:
        draft.qualifiers["period"] = before[0].value
    elif scene.periods and draft.start <= scene.periods[0].start < draft.end:
        draft.qualifiers["period"] = scene.periods[0].value


def _subject(
    scene: Scene, found: Found, clause: Clause | None
) -> tuple[Entity | None, Entity | None]:
    phrase = phrase_at(scene, found.start)
    company, thing = owners(scene, phrase, found.start)
    if found.metric.predicate in ("ships", "produces") and thing:
        holder = company or topic_entity(scene, clause, phrase, ("Company",))
        return (holder, thing) if holder else (thing, None)
    if thing and company is None and found.metric.of == "org":
        company = seller(scene, thing)
        if company:
            return company, thing
    if thing or company:
        shared = found.metric.predicate == "marketShare" and company
        return (company if shared else thing or company), None
    if phrase and phrase.owner and not transparent(scene, phrase.owner):
        people = scene.fill(phrase.owner, ("Person",))
        return people[-1][0] if people else described(scene, phrase.owner), None
    holder = topic_entity(scene, clause, phrase, HOLDERS)
    return fitting(scene, holder, found.metric.of), None


def _forecast_of(scene: Scene, found: Found, teller: Entity) -> Entity | None:
    """Return whose figure somebody foretells: "가나연구소, AI 서버 매출 30억 달러 전망".

    What the metric's own words describe, else the teller where it is named for itself.
    """
    phrase = phrase_at(scene, found.start)
    before = scene.masked[phrase.outer_start : found.start] if phrase else ""
    words = [w for w in before.split() if w not in _PLAIN and not w.endswith(("년", "분기"))]
    if words and teller.label not in before:
        label = " ".join(words).removesuffix("의")
        kinds = kinds_of_noun(label.split()[-1])
        return Entity(entity_id(label), kinds[0] if kinds else "Concept", label)
    own = any(n[0].id == teller.id for n in scene.names)
    return teller if own else None


def _beside(scene: Scene, value: FoundValue, found: Found) -> Entity | None:
    """Find the name right before a value of a list: "점유율은 가나 54%, 다라(28%)"."""
    if kind_of(value.value) not in ("percent", "money", "times") or found.end > value.start:
        return None
    for entity, start, end in scene.names:
        gap = scene.text[end : value.start] if found.end <= start < value.start else None
        if gap is not None and _BESIDE.fullmatch(gap) and entity.cls in HOLDERS:
            return None if scene.is_generic(entity) else entity
    return None


def _following(scene: Scene, value: FoundValue) -> Entity | None:
    """Find whose size a quantity before its name is: "240억 매개변수의 K2"."""
    for entity, start, _ in scene.names:
        if start >= value.end and entity.cls in ("Model", "Chip", "Product", "Software"):
            between = scene.text[value.end : start]
            plain = re.fullmatch(
                r"(?:의|짜리|급|\s?규모의)?\s?(?:[가-힣A-Z]+\s){0,3}[‘“'\"]?", between
            )
            return entity if plain else None
    return None


def _market(scene: Scene, found: Found) -> Entity | None:
    """Name the market measured: "HBM 시장 규모" is of the entity "HBM 시장"."""
    phrase = phrase_at(scene, found.start)
    if phrase is None:
        return None
    words = scene.masked[phrase.start : found.end]
    match = re.search(r"((?:[가-힣A-Za-z0-9·]+\s){0,2}[가-힣A-Za-z0-9·]+)\s?시장(?=\s|$|규)", words)
    if match is None:
        return None
    label = f"{match[1].strip()} 시장"
    return Entity(entity_id(label), "Market", label)


def _price(
    scene: Scene,
    value: FoundValue,
    found: Found,
    metrics: MetricSet,
    clause: Clause | None,
    start: int,
    end: int,
) -> Draft | None:
    if not metrics.price_change.search(scene.text[value.end : end]):
        return None
    phrase = phrase_at(scene, found.start)
    company, thing = owners(scene, phrase, found.start)
    moved = phrase is not None and phrase.case in ("subject", "topic")
    topic = topic_entity(scene, clause, phrase, ("Company", "Organization"))
    subject = company or (None if moved else topic)
    if subject is None and thing is not None:
        subject, thing = thing, None
    if subject is None:
        return None
    draft = Draft(subject, "changesPrice", thing, value.value, start, end, clause)
    if thing is None and phrase is not None:
        part = phrase.owner or phrase
        words = scene.text[part.outer_start : found.start].strip(" 의")
        if words and words != subject.label and len(words) <= 30:
            draft.qualifiers["product"] = words
    if moved and topic and topic is not subject:
        draft.attributed_to = topic.label
    cut = metrics.price_change.search(scene.text[value.end : end])
    if cut and metrics.down.search(cut.group()):
        draft.qualifiers["status"] = "인하"
    _narrow(scene, draft, value, found)
    return draft
