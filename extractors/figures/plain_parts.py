"""Parts of wholes: "법률 문서의 75%가 수기다", "예산에서 교육이 차지하는 비중은 14%다"."""

from __future__ import annotations

import re

from corpus.syllables import RIEUL, final
from extractors.context.scene import Scene
from extractors.figures.deeds import load_deeds
from extractors.figures.holders import HOLDERS
from extractors.figures.plain_measures import named
from extractors.figures.plain_phrases import (
    Split,
    is_measure_noun,
    is_modified,
    is_nominal,
    is_of_firms,
    load_plain,
    made,
    split,
    words_of,
)
from extractors.language.phrases import Clause, Phrase
from extractors.language.words import is_listed
from extractors.names.descriptions import is_agents, is_nobody, kinds_of_noun
from extractors.values.metric_data import is_fraction
from extractors.values.values import FoundValue
from extractors.word_lists import Worded, words_in
from kg.claim import Entity, entity_id

_WORDS = "figures/plain_holders.yaml"


def part_of_whole(
    scene: Scene, value: FoundValue, phrase: Phrase, clause: Clause | None
) -> Split | None:
    """Return the whole of which a part is told something: "법률 문서의 75%가 수기다"."""
    owner, unit = phrase.owner, value.value.unit
    part = unit == "%" or is_fraction(value.value)
    if owner is None or not part or owner.joined or owner.owner or owner.about or clause is None:
        return None
    if scene.masked[phrase.start : value.start].strip(" 약"):
        return None
    words = words_of(scene, owner.start, owner.end)
    taken = scene.text.startswith("을를"[unit == "%"], value.end)
    if taken and clause.lemma in words_in(_WORDS, "part_taking"):
        return _taken_by(scene, value, clause, words)
    told = words and _PARTICLE.match(scene.text, value.end)
    if not told or words[-1] in load_deeds().money or is_of_firms(words[-1]):
        return None  # "조달 자금의 절반은": somebody's
    taker = clause.subject if clause.lemma in load_plain().sharing else None
    if taker is not None and taker.start >= value.end and clause.lemma != "이":
        took = split(scene, taker, taker.end)
        return Split(took.holder, f"{' '.join(words)} 비중") if took and not took.metric else None
    name = _part_told(scene, value, clause)
    if name is None or is_modified(scene, owner):
        return None
    if len(words) == 1 and is_agents(words[0]):
        return Split(Entity(entity_id(words[0]), "Person", words[0]), name)
    return made(scene, words, name)


def _taken_by(scene: Scene, value: FoundValue, clause: Clause, words: list[str]) -> Split | None:
    """Return who takes a part, told before it: "반도체는 수출의 30%를 책임진다"."""
    taker = clause.subject or clause.topic
    if taker is None or taker.end > value.start or not words:
        return None
    if taker.joined is not None or is_modified(scene, taker):
        return None
    return _taken_as(scene, taker, f"{' '.join(words)} 비중")


def taken_part(scene: Scene, phrase: Phrase, clause: Clause | None) -> Split | None:
    """Return who takes a part: "예산에서 교육이 차지하는 비중은" tells of 서버."""
    if clause is None or not phrase.head.endswith(("비중", "점유율", "몫")):
        return None
    told = (c for c in scene.parsed.clauses if c.ending == "relative" and c.modified is phrase)
    taking = next((c for c in told if c.lemma in load_plain().sharing), None)
    taker = taking.arg("subject") if taking else None
    if taking is None or taker is None:
        return None
    whole = taking.arg("at") or clause.arg("at")
    words = (
        words_of(scene, whole.outer_start, whole.end) if whole and whole.end <= phrase.start else []
    )
    name = " ".join([*words, phrase.head])
    return _taken_as(scene, taker, name)


def _taken_as(scene: Scene, taker: Phrase, name: str) -> Split | None:
    """Return who takes a part: a name, a plain noun, else a phrase of nouns."""
    named = scene.fill(taker, HOLDERS)
    if named:
        return Split(named[-1][0], name)
    own = words_of(scene, taker.start, taker.end)
    if len(own) == 1 and is_listed(own[0]) and not is_nobody(own[0]):
        kinds = (*kinds_of_noun(own[0]), "Concept")
        return Split(Entity(entity_id(own[0]), kinds[0], own[0]), name)
    return made(scene, own, name) if taker.owner is None else None


def bracketed(scene: Scene, value: FoundValue, phrase: Phrase) -> Split | None:
    """Return whose figure a bracket holds right behind a noun: "대미 수출(41억 달러)도"."""
    before = _OPENED.search(scene.text, phrase.start, value.start)
    if before is None or not scene.text.startswith(")", value.end):
        return None
    if value.value.unit == "%":
        return rated_aside(scene, value)
    found = split(scene, phrase, before.start()) if value.value.currency else None
    return named(scene, value, None, found) if found else None


_OPENED = re.compile(r"\s?\((?:약\s?|총\s?)?$")


def rated_aside(scene: Scene, value: FoundValue) -> Split | None:
    """Return whose rate a bracket tells: "밀(7.1%)은 작황이 나빠 수입이 늘었다"."""
    before = _ASIDE.search(scene.text[: value.start])
    if value.value.unit != "%" or before is None or not scene.text.startswith(")", value.end):
        return None
    falls = before["sign"] is not None or value.value.text.startswith(("-", "−"))
    words, plain = before["what"].split(), load_plain()
    words = words[1:] if len(words) > 1 and words[0] in plain.leading else words
    if words[-1].endswith(plain.ratios):
        return None  # "올해 최저 감소율(-3.2%)": of whom the clause tells
    if words[-1] in plain.rising | plain.falling:
        return _moved_aside(scene, value, before.start("what"), words[-1], falls=falls)
    signed = falls or before["plus"] is not None
    clause = next((c for c in scene.parsed.clauses if c.end > value.end and _way(c)), None)
    way = _way(clause) if clause else ("down" if falls else "up") if signed else None
    measure = _moving_after(value, clause) or trade_told(scene, value)
    rate = _rate_of(measure, way, falls=falls)
    return (made(scene, words, rate) or made(scene, words[-1:], rate)) if rate else None


def _moved_aside(
    scene: Scene, value: FoundValue, start: int, verb: str, *, falls: bool
) -> Split | None:
    """Return what a bracket behind a verb tells of its subject: "목재 수입이 감소(-7.5%)"."""
    clause = scene.parsed.clause_to(start + 1)
    led = clause.subject if clause else None
    found = split(scene, led, led.end) if led and led.end <= value.start else None
    way = "down" if verb in load_plain().falling else "up"
    rate = _rate_of(found.metric, way, falls=falls) if found else None
    return Split(found.holder, rate) if found and rate else None


def _rate_of(measure: str, way: str | None, *, falls: bool) -> str | None:
    """Name the rate of a bracket, where its sign goes the way that the verb tells."""
    agrees = measure and way and falls == (way == "down")
    return f"{measure} {'감소율' if falls else '증가율'}" if agrees else None


def _moving_after(value: FoundValue, clause: Clause | None) -> str:
    """Return what rose or fell by the verb behind a bracket: "밀(7.1%)은 … 수입이 늘었다"."""
    led = clause.arg("subject") if clause else None
    own = led is not None and led.start >= value.end and is_measure_noun(led.head)
    return led.head if own and led else ""


def trade_told(scene: Scene, value: FoundValue) -> str:
    """Return whether exports or imports are spoken of, here or in the figure told before."""
    traded = load_plain().traded
    own = [p for p in scene.parsed.phrases if p.head in traded]
    heads = [p.head for p in own if p.start > value.end] + [p.head for p in reversed(own)]
    told = scene.discourse.figure
    metric = str(told.qualifiers.get("metric", "")) if told else scene.discourse.sum or ""
    heads += [word for word in traded if metric.startswith(word)]
    return heads[0] if heads else ""


_ASIDE = re.compile(
    r"(?:^|[·,]\s?|[와과]\s|\s)(?P<what>[가-힣A-Za-z]{2,}(?:\s[가-힣A-Za-z]+)?)\((?P<sign>[-−△▼])?(?P<plus>\+)?$"
)


def _way(clause: Clause) -> str | None:
    if clause.lemma in load_plain().falling:
        return "down"
    return "up" if clause.lemma in load_plain().rising else None


def _part_told(scene: Scene, value: FoundValue, clause: Clause) -> str | None:
    """Name a part by what is told of it: "75%가 수기다", "60%는 칠레에서 난다"."""
    if clause.lemma in load_plain().sharing:
        return None
    behind = _LIKE.match(scene.text, value.end)
    if behind and is_nominal(scene, *behind.span("what")):
        return f"{behind['what']} 비중"
    particle = _PARTICLE.match(scene.text, value.end)
    words = scene.text[particle.end() : clause.start].strip() if particle else ""
    clear = len(words) <= _MOST_TOLD and "," not in words and clause.lemma not in _EMPTY
    if not clear or clause.adjective or any(v.start > value.end for v in scene.values):
        return None
    return f"{words} {_telling(scene, clause)} 비중".strip()


_MOST_TOLD = 20
_EMPTY = ("이", "아니", "있", "없", "하", "되", "같", "답하", "응답", "밝히")
_PARTICLE = re.compile(r"(?:\s?(?:이상|가량|정도|가까이))?(?:가|이|는|은)\s")


def _telling(scene: Scene, clause: Clause) -> str:
    """Return a verb before a noun: "나오는", "생산되는"."""
    nominal = any(t.form == clause.lemma and t.tag in ("NNG", "XR") for t in scene.tokens)
    if nominal:
        return clause.lemma + ("되는" if clause.voice == "passive" else "하는")
    last = clause.lemma[-1]
    if final(last) == RIEUL:
        last = chr(ord(last) - RIEUL)
    return f"{clause.lemma[:-1]}{last}는"


_LIKE = Worded(
    _WORDS,
    r"(?:\s?(?:이상|가량|정도|가까이))?(?:가|이|는|은)\s(?P<what>[가-힣A-Za-z]+?(?:\s[가-힣A-Za-z]+?)?)(?:"
    r"(?:으로|로)\s{found_as}|이다|다\.|입니다|이며|이고|이라는|였다|이었다)",
)
