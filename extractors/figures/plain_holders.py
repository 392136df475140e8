"""Figures of what has no name: "주석 값은 톤당 3만 달러다", "법률 문서의 75%가 수기다".

Asked last, of figures that nobody who is named has. The noun phrase that stands with a figure,
as its subject or right before it, tells both whose it is and what it measures: its head if that
is a measure, the words before it whose. The words are data (``plain_holders.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import THINGS
from extractors.context.scene import Draft, Scene
from extractors.figures.bases import comes_from
from extractors.figures.holders import begins_at, carried, clause_of, phrase_at, topic_entity
from extractors.figures.measures import is_measure
from extractors.figures.parts.words import load_parts
from extractors.figures.plain_measures import COUNTS, is_level, named
from extractors.figures.plain_parts import (
    bracketed,
    part_of_whole,
    rated_aside,
    taken_part,
    trade_told,
)
from extractors.figures.plain_phrases import (
    Split,
    is_measure_noun,
    load_plain,
    measure_alone,
    split,
)
from extractors.figures.plain_sizes import sized
from extractors.figures.quantities import holding
from extractors.figures.wholes import is_part
from extractors.language.phrases import Clause, Phrase
from extractors.names.longer_things import load_wholes
from extractors.values.metric_data import is_fraction, kind_of, load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity

_ASIDE = frozenset(
    {"of", "than", "about", "with", "source", "from", "for", "via", "like", "as", "against"}
)
_WORDS_BETWEEN = (
    "아직|합쳐|합해|모두|합산|도합|합계|하루|매일|매달|매월|연간|월간|월|연|누적|평균|최대|최소|현재"
    "|이미|각각|대략|거의|전체의|새|간|만에|사이|동안|기준|기준으로"
    r"|(?:한|두|석|세|넉|네|몇)\s?(?:달|해|주|분기)\s(?:새|만에|사이)"
    r"|\S+(?<!해)당|(?:\S+\s)?\S+\s기준|(?:\S+\s)?\S+\s?(?:대비|보다)"
)
_LEADING_IN = re.compile(rf"(?:[\s(:→⇒]|\+$|약|총|무려|고작|(?<!\S)(?:{_WORDS_BETWEEN})(?!\S))+$")
"""What stands between a noun phrase and its figure: "(약", "하루 평균", "파운드당", "수요 대비"."""
_LABELS = re.compile(r"\s?[:：]\s?\+?|,\s(?:\S+당\s)?")
_SURE = "0.6"


def match_plain(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the figures that ``taken`` does not tell and a plain noun phrase has."""
    used = {d.value.text for d in taken if d.value is not None}
    for value in scene.values:
        if value.value.text in used or not _may_be_had(scene, value):
            continue
        told = _told(scene, value)
        if told is None or (told.metric in COUNTS.values() and told.holder.cls in _HAVING):
            continue  # "전작인 나래 2는 33개에 그쳤다": of what, is not told
        told = _of_tests(scene, told)
        firm = _firm_of(scene, told)
        draft = holding(scene, value, firm or told.holder, told.metric)
        if firm is not None:
            draft.qualifiers["product"] = told.holder.label
        if told.metric in ("증가율", "성장률"):
            draft.qualifiers["metric"] = told.metric
        if comes_from(scene, value):
            draft.qualifiers["basis"] = "이전"
        draft.confidence = _SURE
        draft.aside = told.metric.endswith(("률", "율"))
        yield draft


def _of_tests(scene: Scene, told: Split) -> Split:
    """Give the mean of several tests to the thing told of before: "9개 벤치마크 평균은 71점"."""
    thing = scene.discourse.thing if scene.may_carry else None
    if thing is None or not _SEVERAL_TESTS.fullmatch(told.holder.label):
        return told
    return Split(thing, f"{told.holder.label} {told.metric}")


_SEVERAL_TESTS = re.compile(
    r"\d+(?:개|종|가지)\s(?:[가-힣A-Za-z]+\s)?(?:벤치마크|시험|평가|테스트|과목)"
)


def _firm_of(scene: Scene, told: Split) -> Entity | None:
    """Return the firm told of before, where a line of business is named: "커머스는 12% 컸다"."""
    label = told.holder.label
    lined = label.endswith((*load_parts().divisions, *load_parts().lines))
    if told.holder.cls != "Concept" or not (lined or told.metric.endswith(load_plain().earned)):
        return None
    return carried(scene, ("Company",))


def widen(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Let a figure be of the whole phrase that a kind of thing only begins: "EUV 장비 가격"."""
    places = {id(v.value): v for v in scene.values}
    for draft in drafts:
        value = places.get(id(draft.value))
        if value is None or draft.object is not None:
            continue
        if draft.subject.cls != "Technology" and not is_part(scene, draft.subject):
            continue
        told = _told(scene, value)
        if told is None or told.holder.id == draft.subject.id:
            continue
        at = scene.text.find(told.holder.label)
        ends = at + len(told.holder.label)
        inside = [n for n in scene.named_in(at, ends, generic=True) if n[0].id == draft.subject.id]
        rest = scene.text[inside[-1][2] : ends].split() if inside else []
        if rest and not load_wholes().same.get(draft.subject.cls, frozenset()).issuperset(rest):
            draft.subject = told.holder


def _may_be_had(scene: Scene, value: FoundValue) -> bool:
    """Tell a quantity that something has: also a time that something takes."""
    if is_level(scene, value):
        return True
    none = kind_of(value.value) == "none" and not is_fraction(value.value)
    if none or value.value.unit in ("위", "nm"):
        return False
    skipped = value.value.unit in load_metrics().skipped
    return skipped or is_measure(scene, value) or comes_from(scene, value)


def _told(scene: Scene, value: FoundValue) -> Split | None:
    """Return whose a figure is and what it measures, as its phrase or its clause tells."""
    phrase = phrase_at(scene, value.start)
    if phrase is None:
        return None
    aside = bracketed(scene, value, phrase) or sized(scene, value, phrase)
    if aside or phrase.case in _ASIDE:
        return aside
    held = (c for c in scene.parsed.clauses if phrase in c.args)
    clause = next(held, None) or clause_of(scene, value)
    topped = phrase.case == "by" and clause is not None and clause.lemma == "이"
    if clause is not None and clause.ending == "relative" and not topped:
        return None  # but "수출은 3억 달러로 최고치였던 …를 넘었다"
    return part_of_whole(scene, value, phrase, clause) or _own_or_led(scene, value, clause, phrase)


def _own_or_led(
    scene: Scene, value: FoundValue, clause: Clause | None, phrase: Phrase
) -> Split | None:
    """Return what the words right before a figure tell, else what its clause is about."""
    own = _LEADING_IN.sub("", _untimed(scene, phrase.start, value.start))
    if own.strip():
        found = split(scene, phrase, phrase.start + len(own))
        if found and (found.metric or found.holder.label in load_plain().economy):
            return named(scene, value, clause, found)
        inside = _held_in(scene, value, clause, phrase, own.strip())
        return (
            inside or rated_aside(scene, value) or _measured_of(scene, value, clause, phrase, own)
        )
    led = next(_leaders(scene, value, clause, phrase), None)
    if led is None:
        return None
    taken = taken_part(scene, led, clause)
    found = split(scene, led, led.end) or _carried(scene, value, clause, led)
    return taken or named(scene, value, clause, found)


def _carried(scene: Scene, value: FoundValue, clause: Clause | None, led: Phrase) -> Split | None:
    """Return a measure that stands alone as that of whom the text is about: "연체율은 0.2%다"."""
    metric = measure_alone(scene, led) if led.case in _LED else None
    if metric is None or metric.rpartition(" ")[2] in load_metrics().words:
        return None  # known metrics have been judged by now
    if value.value.unit in load_metrics().skipped:
        return None
    holder = topic_entity(scene, clause, led, _HAVING)
    return Split(holder, metric) if holder else None


_LED = ("topic", "subject", "also")
_HAVING = ("Company", *THINGS, "Facility")


def _untimed(scene: Scene, start: int, end: int) -> str:
    """Return the words of a range with blanks for the times in it."""
    text = scene.masked[start:end]
    for period in scene.periods:
        if start <= period.start and period.end <= end:
            blank = " " * (period.end - period.start)
            text = text[: period.start - start] + blank + text[period.end - start :]
    return text


def _measured_of(
    scene: Scene, value: FoundValue, clause: Clause | None, phrase: Phrase, own: str
) -> Split | None:
    """Return whose measure stands before a figure: "목재 수입은 … 증가율(7.5%)을 보였다"."""
    measure = own.rsplit(maxsplit=1)[-1]
    led = next(_leaders(scene, value, clause, phrase), None)
    found = split(scene, led, led.end) if led and is_measure_noun(measure) else None
    if found is None or any(word not in load_plain().vague for word in own.split()[:-1]):
        return None
    metric = found.metric or trade_told(scene, value)
    return named(scene, value, None, Split(found.holder, f"{metric} {measure}")) if metric else None


def _held_in(
    scene: Scene, value: FoundValue, clause: Clause | None, phrase: Phrase, what: str
) -> Split | None:
    """Return in what so many are: "수조 한 대에 서버 96대가 들어간다"."""
    into = clause.arg("to") if clause and clause.lemma in load_plain().holding else None
    counted = value.value.unit in COUNTS or value.value.unit in ("장", "기")
    if into is None or not counted or phrase.case != "subject" or not _PLAIN.fullmatch(what):
        return None
    found = split(scene, into, into.end) if into.end <= value.start else None
    return Split(found.holder, f"{what} 수") if found and not found.metric else None


_PLAIN = re.compile(r"[가-힣A-Za-z]+(?: [가-힣A-Za-z]+)?")


def _leaders(
    scene: Scene, value: FoundValue, clause: Clause | None, phrase: Phrase
) -> Iterator[Phrase]:
    """Yield the subject, else the topic, of the clause of a figure."""
    thing = clause.arg("object") if clause else None
    if thing is not None and thing is not phrase and thing.end <= value.start:
        yield thing
        return
    if clause is None or not (clause.subject or clause.topic):
        label = (p for p in scene.parsed.phrases if p.until < phrase.start)
        yield from (p for p in label if _LABELS.fullmatch(scene.text, p.end, phrase.start))
        if clause is None:
            yield from _told_without_verb(scene, phrase)
            return
    moved = load_plain().rising | load_plain().falling
    if clause.topic and clause.topic.start > value.start and clause.lemma not in moved:
        yield from _told_without_verb(scene, phrase)
        return
    begins = begins_at(scene, value)
    into = clause.arg("to") if phrase is clause.subject and phrase.case == "subject" else None
    told = (clause.subject, clause.topic, clause.arg("also"), into)
    own = [led for led in told if led is not None]
    for led in sorted(own, key=lambda led: -led.start):
        if led is not phrase and begins <= led.start and led.end <= value.start:
            yield led
            return


def _told_without_verb(scene: Scene, phrase: Phrase) -> Iterator[Phrase]:
    """Yield the topic right before a figure with which a line ends: "자동차 수출은 3억 달러"."""
    for led in scene.parsed.phrases:
        bare = phrase.case in ("bare", "comma") and led.case == "topic"
        right_before = bare and led.until < phrase.start
        if right_before and not scene.text[led.end : phrase.start].strip("은는 "):
            yield led
