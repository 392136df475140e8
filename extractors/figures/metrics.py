"""Quantities to claims: what each value of a sentence measures, and of whom.

A value's metric is the metric word nearest before it, or just after it; its subject the
name in the metric's own noun phrase, else the topic. The words are data (``metrics.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import ACTORS, BODIES
from extractors.context.brackets import bracket_at
from extractors.context.scene import Draft, Scene
from extractors.figures.bases import (
    TURNED,
    comes_from,
    compared_with,
    is_base,
    looked_for,
    multiple_of,
    sum_of_change,
)
from extractors.figures.benchmarks import benchmark_score
from extractors.figures.holders import (
    HOLDERS,
    equated,
    is_house,
    is_limit,
    is_of_nobody,
    phrase_at,
    topic_entity,
)
from extractors.figures.measures import told_in_times
from extractors.figures.metric_holders import (
    beside,
    following,
    forecast_of,
    having,
    market_of,
    owned_by,
    subject_of,
    tells_here,
)
from extractors.figures.metric_lists import Found, continued, series
from extractors.figures.metric_words import (
    FORETOLD,
    LEVELS,
    OF_ANOTHER,
    changing,
    compounded,
    continued_by_noun,
    fits_pace,
    is_glossed,
    is_grown,
    is_signed,
    is_yardstick,
    limited,
    told_by_unit,
)
from extractors.figures.narrowing import narrow
from extractors.figures.price_changes import price_change
from extractors.language.phrases import Clause
from extractors.values.metric_data import (
    CONVERTED,
    Metric,
    MetricSet,
    basis_before,
    kind_of,
    load_metrics,
)
from extractors.values.values import FoundValue
from extractors.word_lists import Worded
from kg.claim import Entity

_WORDS = "figures/metrics.yaml"
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
_TELLING = Worded(_WORDS, r"{foretelling}")
_REACH = 45
_MORE_OF = re.compile(r"\s?(?:더\s)?(?:높은|낮은|많은|적은|늘어난|줄어든|증가한|감소한|오른)\s")
"""What makes a percent one of what follows: "21% 높은 임금"."""
_WHEN = re.compile(
    r"(?:\s(?:조달|유치|모집|라운드))?\s?(?:당시|때는?|시점|직후|직전|이후|이전|과정)(?=[\s,에의]|$)"
)
"""What makes of a metric word the time of another: "투자 유치 당시 30억 달러였다"."""
_EXPECTED = Worded(_WORDS, r"(?P<word>{glossed_as})\s?\($")
"""Whose figure a bracket holds, not that of the text: "컨센서스(영업이익 8.7조)"."""
_SINCE = re.compile(r"\s?(?:이후|뒤|이래)[^.]{0,30}?(?:적이|것이|수가|바가)?\s?(?:없|않)")
"""What denies that there was another value later, not this one: "30억 달러 이후 … 없다"."""


def match_metrics(scene: Scene) -> Iterator[Draft]:
    """Yield a draft for every value whose metric and subject are clear."""
    metrics = load_metrics()
    told = metrics.pattern.finditer(scene.text) if scene.values else ()
    found = [Found(metrics.words[m["word"]], m.start(), m.end()) for m in told]
    found = [f for f in found if not _is_basis(scene, f, found)]
    found = [compounded(scene, f) for f in found if not _in_firm(scene, f)]
    previous: tuple[Draft, Found, FoundValue] | None = None
    for value in scene.values:
        aside = is_limit(scene, value) or is_of_nobody(scene, value)
        uncounted = value.value.unit in _NEITHER and not told_in_times(scene, value)
        if uncounted or aside or _ADDRESSED.match(scene.text, value.end):
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
        if draft and metric and previous:
            _settle_holder(scene, draft, metric, value, previous[0].subject)
        if draft is None:
            draft = series(scene, value, previous, clause)
            metric = previous[1] if previous and draft else metric
        if metric and metric.start >= value.end:
            found.remove(metric)
        if draft and metric:
            _judge(scene, draft, metric, value, max(end, value.end))
            previous = (draft, metric, value)
            yield draft


def _settle_holder(
    scene: Scene, draft: Draft, metric: Found, value: FoundValue, before: Entity
) -> None:
    """Give what a house sets to whom it sets it for: "다라의 목표가를 12만 원(PBR 2배)으로"."""
    if metric.metric.name == "목표주가":
        teller, draft.subject = draft.subject, before
        if teller.id != draft.subject.id:
            draft.attributed_to = teller.label
    bracket = bracket_at(scene.text, value.start)
    if bracket and is_house(draft.subject):
        named = scene.named_in(bracket[0], value.start, HOLDERS)
        draft.subject = draft.subject if named else before


def _is_basis(scene: Scene, word: Found, found: Sequence[Found]) -> bool:
    """Tell by what a figure is only counted: 현금 of "설비투자는 현금 기준 9억 달러"."""
    if not scene.text.startswith(" 기준", word.end):
        return False
    return any(_LED.fullmatch(scene.text, f.end, word.start) for f in found)


_LED = re.compile(r"[은는이가]\s")


def _in_firm(scene: Scene, found: Found) -> bool:
    """Tell the 메모리 of a firm that is called "한빛메모리"."""
    named = (n for n in scene.names if n[0].cls in BODIES)
    return any(start < found.start and found.end <= end for _, start, end in named)


def _judge(scene: Scene, draft: Draft, metric: Found, value: FoundValue, end: int) -> None:
    """Leave the modality to the tail behind a value, where neither metric nor time tells it."""
    if metric.metric.modality:
        draft.modality = metric.metric.modality
    elif not _SINCE.match(scene.text, value.end) and not comes_from(scene, value):
        draft.tail = value.end, end
    if draft.predicate == "hasMetric" and "metric" in draft.qualifiers:
        draft.qualifiers["metric"] += sum_of_change(scene.text, value)
    expected = _EXPECTED.search(scene.text[: metric.start])
    if comes_from(scene, value):
        draft.qualifiers["basis"] = "이전"
    elif over := basis_before(scene.text[: value.start]) or compared_with(scene, value):
        draft.qualifiers["basis"] = over
    elif looked := looked_for(scene, value):
        draft.qualifiers["basis"], draft.modality, draft.tail = looked, "forecast", None
    elif expected and "(" not in scene.text[metric.end : value.start]:
        draft.qualifiers["basis"] = expected["word"]


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


def _is_glossing(text: str, item: Found, value: FoundValue) -> bool:
    """Tell a metric that only explains another: "잔고(아직 매출로 잡히지 않은 금액)는 150억"."""
    opened = text.rfind("(", 0, item.start)
    closed = text.find(")", item.end, value.start)
    return (
        opened >= 0
        and closed >= 0
        and ")" not in text[opened : item.start]
        and "(" not in (text[item.end : closed])
    )


def _metric_of(
    scene: Scene, value: FoundValue, found: list[Found], metrics: MetricSet, start: int
) -> Found | None:
    kind = kind_of(value.value)
    after = _metric_after(scene, value, found, kind)
    if after:
        return after
    free = not any(p.leads and start <= p.start < value.start for p in scene.parsed.phrases)
    if is_base(scene, value) and not comes_from(scene, value):
        return None
    for item in reversed(found):
        if _is_glossing(scene.text, item, value):
            continue
        if (
            (start <= item.start or (free and _is_subject(scene, item)))
            and item.end <= value.start
            and value.start - item.end <= (_REACH if start <= item.start else 2 * _REACH)
        ):
            if _is_of_another(scene, item, value) or is_glossed(scene, item, value):
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
    name, kinds = told_by_unit(scene.text, value), frozenset({kind})
    by_unit = Metric(name, kinds, "hasMetric", "thing") if name else None
    return Found(by_unit, value.start, value.end) if by_unit else None


def _is_of_another(scene: Scene, item: Found, value: FoundValue) -> bool:
    """Tell a metric that is not what a value behind it measures.

    "고객사의 투자 축소로 5% 감소", "인상 전망에 7% 급등", "12만 원(PBR 2배)으로 8%".
    """
    text, bracket = scene.text, bracket_at(scene.text, item.start)
    if bracket is not None and bracket[1] <= value.start:
        return any(bracket[0] < v.start < bracket[1] for v in scene.values)
    if value.value.currency and text.startswith(" 대비", item.end):
        return True  # "CapEx는 매출 대비 낮은 수준(연 2억 달러)"
    rules = (OF_ANOTHER.match, FORETOLD.match, _WHEN.match)
    return any(match(text, item.end, value.start) for match in rules)


def _is_subject(scene: Scene, item: Found) -> bool:
    phrase = phrase_at(scene, item.start)
    return phrase is not None and phrase.case in ("subject", "topic")


def _metric_after(scene: Scene, value: FoundValue, found: list[Found], kind: str) -> Found | None:
    following = next((f for f in found if f.start >= value.end), None)
    if following is None:
        return None
    between = CONVERTED.sub("", scene.text[value.end : following.start])
    if kind == "percent" and _MORE_OF.fullmatch(between):
        return following
    if kind not in following.metric.kinds or not fits_pace(following.metric, scene.text, value):
        return None
    if following.metric.name == "투자금":
        between = re.sub(r"^[을를]\s", "", between)
    link = (
        r"(?:의|씩의|씩|을 기록한\s[^\s,.]{2,12}의|에 달하는|에 이르는|에 가까운"
        r"|\s가까운|을 넘는|을 웃도는|대의"
        r"|\s?규모의|\s?수준의|\s?이상의)?\s?"
    )
    plain = re.fullmatch(rf"(?P<link>{link})(?P<words>(?:[가-힣A-Za-z0-9]+\s){{0,3}})", between)
    if plain is None or (plain["words"] and not plain["link"].strip()):
        return None
    if len(plain["words"].split()) == _MOST_WORDS and "규모" not in plain["link"]:
        return None
    return following


_MOST_WORDS = 3
"""So many words stand only between a size and what it is of: "규모의 eSSD 컨트롤러 공급 계약"."""


def _is_former(scene: Scene, old: FoundValue, new: FoundValue) -> bool:
    """Tell what a value was from what it becomes: "기존 60대에서 85대로 상향"."""
    before = re.search(r"(?:기존|이전|종전|직전|당초)의?\s$", scene.text[: old.start])
    turned = re.fullmatch(r"에서\s(?:[가-힣]+\s)?", scene.text[old.end : new.start])
    arrow = TURNED.match(scene.text, old.end)
    following = next((v for v in scene.values if v.start >= old.end), None)
    if following is new and comes_from(scene, old):
        return True  # "지금 60대에서 2027년 말 85대로"
    return bool(before or turned or (arrow and arrow["arrow"] and arrow.end() == new.start))


def _accepts(
    scene: Scene, metric: Metric, kind: str, value: FoundValue, metrics: MetricSet
) -> bool:
    if kind == "percent" and metric.name in LEVELS and is_signed(scene, value):
        return False
    if kind in metric.kinds:
        return kind != "data" or fits_pace(metric, scene.text, value)
    if kind == "percent" and is_signed(scene, value):
        return True
    changed = metrics.change.match(scene.text, value.end) or multiple_of(scene, value)
    return kind in ("percent", "times") and bool(changed)


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
        return price_change(scene, value, found, metrics, clause, start, end)
    subject, target = _held(scene, value, found, clause, rest)
    if subject is None:
        return None
    draft = Draft(subject, metric.predicate, target, value.value, start, end, clause)
    name = limited(scene, found)
    if noun := continued_by_noun(scene, found, value):
        name = f"{scene.text[found.start : found.end]} {noun}"
        draft.predicate = "hasMetric"
    if (kind in ("percent", "times") and kind not in metric.kinds) or is_grown(scene, value):
        behind = scene.text[value.end :]
        name = changing(name, scene.text[found.start : found.end], behind, value.value.unit)
        draft.predicate, draft.object = "hasMetric", None
    elif metric.predicate in ("ships", "produces"):
        if target is None or sum_of_change(scene.text, value):
            draft.predicate, draft.object = "hasMetric", None
        else:
            draft.qualifiers["quantity"] = value.value.text
    if draft.predicate not in ("marketShare", "marketSize", "ships", "produces"):
        draft.qualifiers["metric"] = name
    if draft.predicate == "marketSize" or _TELLING.search(rest):
        teller = topic_entity(scene, clause, phrase_at(scene, found.start), ACTORS)
        if teller and teller.id != subject.id and tells_here(scene, teller):
            draft.attributed_to = teller.label
    narrow(scene, draft, value, found)
    return draft


def _held(
    scene: Scene, value: FoundValue, found: Found, clause: Clause | None, rest: str
) -> tuple[Entity | None, Entity | None]:
    """Return whose a value is and the thing of theirs; ``rest`` is what its clause goes on with."""
    metric = found.metric
    behind = found.start == value.start or metric.of == "thing"
    named = owned_by(scene, value) or (following(scene, value) if behind else None)
    named = named or equated(scene, value) or having(scene, value, found)
    named = named or beside(scene, value, found)
    subject, target = (named, None) if named else subject_of(scene, found, clause)
    if metric.predicate == "marketSize":
        return market_of(scene, found) or subject, None
    if subject and subject.cls == "Organization" and named is None and _TELLING.search(rest):
        subject = forecast_of(scene, found, subject)
    if subject and is_yardstick(scene, value, subject):
        return None, None
    lays_down = subject is not None and subject.cls == "Policy"
    if metric.name == "벌금" and clause and clause.lemma in _FINING and not lays_down:
        fined = [n[0] for n in scene.names if n[0].cls == "Company" and n[0] is not subject]
        return (fined[-1] if fined else None), None
    return subject, target


_FINING = frozenset({"부과", "물리", "매기", "내리", "부과하"})
_ADDRESSED = re.compile(r"(?:당(?!시)|마다|에게|을 대상|를 대상|중에서|\s?(?:아래|밑)로\s)")
"""What follows a number of people to whom something is done: "직원 300명에게"."""
