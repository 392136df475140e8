"""What a plain noun phrase tells of a figure: its measure, and whose: "주석 | 현물 가격"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.records import record
from extractors.classes import BODIES
from extractors.context.scene import Scene
from extractors.figures.deeds import load_deeds
from extractors.language.phrases import Phrase
from extractors.language.trimming import EDGE, unglossed
from extractors.language.words import is_common, is_listed, is_unseen
from extractors.names.descriptions import is_agents, is_nobody, is_quality, kinds_of_noun
from extractors.values.metric_data import load_metrics
from extractors.word_lists import filled, load_words
from kg.claim import Entity, entity_id

_LONGEST = 30
_BARRED = re.compile(r"[‘’“”'\"「」『』:：/|·,(){}\[\]]")


@dataclass(frozen=True, slots=True)
class Plain:
    """The words of ``plain_holders.yaml``."""

    measures: frozenset[str]
    kinds: frozenset[str]
    vague: frozenset[str]
    deeds: frozenset[str]
    pointing: frozenset[str]
    things: frozenset[str]
    economy: frozenset[str]
    indicators: frozenset[str]
    indexed: tuple[str, ...]
    plants: tuple[str, ...]
    ventures: tuple[str, ...]
    bodies: frozenset[str]
    toward: frozenset[str]
    holding: frozenset[str]
    leading: frozenset[str]
    inward: frozenset[str]
    amounting: frozenset[str]
    sharing: frozenset[str]
    times: frozenset[str]
    rising: frozenset[str]
    falling: frozenset[str]
    wanting: Mapping[str, str]
    given: Mapping[str, str]
    rated: Mapping[str, str]
    lasting: tuple[str, ...]
    sized: tuple[str, ...]
    ratios: tuple[str, ...]
    levels: tuple[str, ...]
    prices: tuple[str, ...]
    traded: tuple[str, ...]
    earned: tuple[str, ...]


@lru_cache(maxsize=1)
def load_plain() -> Plain:
    """Load the words once a process."""
    data = load_words("figures/plain_holders.yaml")
    return filled(Plain, data, levels=(*data["ratios"], *data["levels"]))


@record()
class Split:
    """Whose a figure is, and what it measures, "" if the phrase does not tell."""

    holder: Entity
    metric: str


def split(scene: Scene, phrase: Phrase, end: int) -> Split | None:
    """Return whose and what measure a phrase up to ``end`` tells, if it tells whose."""
    owner = phrase.owner
    if _is_joined(scene, phrase) or (owner is not None and (owner.joined or owner.owner)):
        return None
    if is_modified(scene, owner or phrase):
        return None
    words = words_of(scene, phrase.start, end)
    if not words:
        return None
    if owner is not None:
        own = words_of(scene, owner.start, owner.end)
        if owner.about or owner.mate or not own or not is_measure_noun(words[-1]):
            return None
        return made(scene, own, " ".join(words))
    at = len(words)
    if at == 1 and words[0] in load_metrics().macro:
        return Split(Entity(entity_id(words[0]), "Concept", words[0]), "")
    if is_measure_noun(words[-1]) or words[-1] in load_plain().economy:
        at = _measure_begins(words)
    economy = _of_economy(scene, phrase, words, at)
    if economy and words[-1] in load_plain().indicators:
        return economy
    return made(scene, _uncounted(words[:at]), " ".join(words[at:])) or economy


def measure_alone(scene: Scene, phrase: Phrase) -> str | None:
    """Return the measure that a phrase is and nothing else: "연체율", "상장 청약 증거금"."""
    plain, words = load_plain(), words_of(scene, phrase.start, phrase.end)
    more = phrase.owner or is_modified(scene, phrase) or scene.named_in(phrase.start, phrase.end)
    if more or not words or not is_measure_noun(words[-1]) or words[-1] in plain.economy:
        return None
    if words[-1] in load_metrics().macro or words[-1] in plain.things:
        return None
    own = all(_goes_with_measure(w, plain) or w in plain.inward for w in words[:-1])
    return " ".join(words) if own else None


def _is_joined(scene: Scene, phrase: Phrase) -> bool:
    """Tell a phrase that others go with, other than figures: "수출은 3%, 수입은 2%다"."""
    mate, led = phrase.joined, phrase.leads
    while led and mate is not None and any(v.start == mate.start for v in scene.values):
        mate = mate.joined
    return mate is not None


def _of_economy(scene: Scene, phrase: Phrase, words: Sequence[str], at: int) -> Split | None:
    """Return what is told of a whole economy: "근원 CPI", "월평균 수입액", "수출 증가율"."""
    plain, label = load_plain(), " ".join(words)
    rated = len(words) == _TWO and words[0] in plain.economy and words[1].endswith(_RATES)
    indicator = words[-1] in plain.indicators
    if not (rated or indicator or (at == 0 and words[-1] in plain.economy)):
        return None
    named = scene.named_in(phrase.start, phrase.end, ("Place", *BODIES))
    named = [n for n in named if n[0].label not in plain.indicators]
    if not (indicator or _is_of_country(scene)) or named or _BARRED.search(label):
        return None
    label, metric = (words[0], words[1]) if rated else (label, "")
    return Split(Entity(entity_id(label), "Concept", label), metric)


_TWO = 2


def _is_of_country(scene: Scene) -> bool:
    """Tell a text of no firm, whose exports would be its own."""
    topic = scene.discourse.topic
    return topic is None or topic.cls in ("Place", "Organization", "Policy")


def _measure_begins(words: Sequence[str]) -> int:
    """Return which word the measure begins with that a phrase ends in: "합산 | 점유율"."""
    plain, last = load_plain(), len(words) - 1
    at = last - (" ".join(words[-2:]) in load_metrics().words and last > 0)
    while at > 0 and _goes_with_measure(words[at - 1], plain):
        at -= 1
    return at or (last if words[last].endswith(_RATES) else 0)


_RATES = ("률", "율", "폭", "비중")


def _goes_with_measure(word: str, plain: Plain) -> bool:
    told = word in plain.kinds or word in plain.deeds or word.endswith("용")
    return told or (is_measure_noun(word) and word not in plain.things)


def is_measure_noun(noun: str) -> bool:
    """Tell a noun that a figure may measure of something: 가격, 도입률, 수요."""
    metrics = load_metrics()
    if noun in load_deeds().unmeasuring:
        return False
    known = noun in metrics.words or noun in load_plain().measures or is_quality(noun)
    return known or (len(noun) > 2 and noun[-1] in metrics.endings and is_plain_noun(noun))


def is_plain_noun(noun: str) -> bool:
    """Tell a word of 한글 alone."""
    return re.fullmatch(r"[가-힣]+", noun) is not None


def is_modified(scene: Scene, phrase: Phrase) -> bool:
    """Tell a phrase that a clause tells more of, which a figure would need as well.

    What only says what it is does not: "최대 시장인 대중국 수출은".
    """
    told = (c for c in scene.parsed.clauses if c.ending == "relative" and c.modified is phrase)
    return any(c.lemma != "이" or not scene.text[: c.end].rstrip().endswith("인") for c in told)


def words_of(scene: Scene, start: int, end: int) -> list[str]:
    """Return the words of a range without times, glosses and what only leads in."""
    text = unglossed(scene.text[start:end])
    times = [p for p in scene.periods if start <= p.start and p.end <= end]
    for period in times:
        text = text.replace(scene.text[period.start : period.end], " ")
    words = text.strip(EDGE).split()
    while words and (words[0] in load_plain().leading or (times and words[0] in _OF_TIMES)):
        words.pop(0)
    return _uncounted(words[2:] if _OF_THESE.match(" ".join(words)) else words)


_OF_THESE = re.compile(r"[이그]\s(?:가운데|중)\s")
"""What leads over to a part of what was told before: "이 가운데 대중 수출은"."""


def _uncounted(words: list[str]) -> list[str]:
    return words[:-2] if _COUNTER.fullmatch(" ".join(words[-2:])) else words


_COUNTER = re.compile(r"(?:한|두|세|네)\s(?:대|장|개|기|명|건|곳|종|채|병|편|회|세트|랙)")
"""What only counts one of a thing: "장비 한 대 가격"."""
_OF_TIMES = ("말", "초", "중", "중반", "기준", "들어", "현재", "누적")
"""What stands behind a time: "3분기 말"."""


def made(scene: Scene, words: list[str], metric: str) -> Split | None:
    """Make the holder of its words, if they tell of something in particular."""
    label = " ".join(words)
    barred = len(label) > _LONGEST or _BARRED.search(label)
    cut = words[:1] and words[0].isdecimal()
    once = cut or _ONCE in (words[-1:] + words[1:2])
    if not words or barred or once or not _is_telling(scene, words, metric):
        return None
    at = scene.text.find(label)
    named = [n for n in scene.names if at <= n[1] and n[2] <= at + len(label)] if at >= 0 else []
    if any(n[0].cls == "Person" for n in named) or _is_sized(scene, at, at + len(label)):
        return None
    whole = [n for n in named if n[2] - n[1] == len(label)]
    if whole:
        sold = whole[0][0].cls == "Place" and any(map(is_of_firms, metric.split()))
        return None if sold else Split(whole[0][0], metric)
    firms = [n for n in named if not scene.is_generic(n[0]) and n[0].cls in BODIES]
    firms = [] if words[-1].endswith(load_plain().plants) else firms
    if firms or at < 0 or not is_nominal(scene, at, at + len(label)):
        return None
    kinds = kinds_of_noun(words[-1])
    last = [n[0].cls for n in named if n[2] == at + len(label)]
    return Split(Entity(entity_id(label), [*kinds, *last, "Concept"][0], label), metric)


def is_of_firms(word: str) -> bool:
    """Tell what firms have, of which a country is but a part: the 중국 매출 of somebody."""
    metric = load_metrics().words.get(word)
    return metric is not None and metric.of == "org"


def _is_sized(scene: Scene, start: int, end: int) -> bool:
    """Tell words with a size in them, not only how many are meant: "입력 100만 토큰"."""
    inside = (v for v in scene.values if start <= v.start and v.end <= end)
    return any(
        (v.value.currency or v.value.unit not in _HOW_MANY)
        and not _MATURES.match(scene.text, v.end)
        for v in inside
    )


_MATURES = re.compile(r"\s?(?:만기|물)(?![가-힣])")
"""What makes of years the name of a bond: "10년 만기 국채"."""


_HOW_MANY = (None, "개", "개사", "개국", "곳", "대", "종", "명", "인치", "mm", "nm")


def _is_telling(scene: Scene, words: Sequence[str], metric: str) -> bool:
    """Tell words for something in particular from a measure's, a deed's and those that point."""
    last, plain = words[-1], load_plain()
    if last in plain.toward and metric.startswith(plain.traded):
        return True
    rated = metric.endswith(_RATES) and len(words) > 1  # "산업용 전기요금 | 인상률"
    some = is_nobody(last) and not (len(words) > 1 and last in plain.bodies)
    measure = is_measure_noun(last) and last not in plain.things
    if some or last in plain.leading or (measure and not rated):
        return False
    if (last in plain.deeds and not rated) or words[0] in plain.pointing or last.endswith(_NEITHER):
        return False
    if len(words) > 1:
        national = words[0] == "국내" and last in plain.bodies and metric.endswith(_RATES)
        return national or not (len(words) == 2 and {*words} <= plain.vague)
    if metric.startswith(plain.traded) and is_plain_noun(last) and is_common(last):
        return len(last) > 1 and last not in plain.vague
    if last.endswith(plain.plants) and any(map(str.isdigit, last)):
        return True
    if is_agents(last) or last in plain.vague or last in load_metrics().empty:
        return False
    generic = any(scene.text[n[1] : n[2]] == last for n in scene.names)
    return generic or (len(last) > 1 and is_plain_noun(last) and _is_known(scene, last))


def _is_known(scene: Scene, noun: str) -> bool:
    """Tell a noun by the dictionary, by how it is used here (구리), or a long strange one."""
    if is_listed(noun) or any(t.form == noun and t.tag == "NNG" for t in scene.tokens):
        return True
    return len(noun) >= _LONG and (is_common(noun) or is_unseen(noun))


_LONG = 4
"""So long is a noun that is put together of others, or taken from abroad, at least: 일반기계."""
_NEITHER = ("당", "별", "중", "가운데", "등", "때", "간")
_ONCE = "시"
"""What follows a deed that is only to come: "완공 시 전력 수요"."""


def is_nominal(scene: Scene, start: int, end: int) -> bool:
    """Tell nouns alone from a clause that was taken for a phrase."""
    inside = (t for t in scene.tokens if start <= t.start and t.end <= end)
    return not any(t.tag[0] in "VEJ" or t.tag in ("XSV", "XSA", "MAG", "NP", "IC") for t in inside)
