"""Figures of others than whom the text was about, in a sentence that does not name them."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.classes import BODIES, THINGS
from extractors.context.quotation_marks import in_quotes
from extractors.context.scene import Draft, Scene
from extractors.figures.bases import holders_only
from extractors.figures.holders import begins_at, phrase_at
from extractors.figures.misheld_data import load_misheld
from extractors.language.phrases import Phrase
from extractors.language.words import is_common
from extractors.names.descriptions import is_agents, is_quality, kinds_of_noun
from extractors.sparing import sparing
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity


def is_bracketed(scene: Scene, at: int) -> bool:
    """Tell what stands in a bracket."""
    return scene.text.count("(", 0, at) > scene.text.count(")", 0, at)


def is_elsewhere(scene: Scene, holder: Entity, value: FoundValue) -> bool:
    """Tell a figure of somebody else than whom the text was about, who is not named here."""
    if _NORM.search(scene.text) or _is_converted(scene, value) or _is_done_by_some(scene, value):
        return True
    if holder.cls == "Company" and load_misheld().economy.search(scene.text, 0, value.start):
        return True
    phrase = phrase_at(scene, value.start)
    group = _is_counted_group(scene, phrase, value) or _is_of_kind(scene, holder, phrase, value)
    return group or _is_of_another(scene, holder, value)


def _is_done_by_some(scene: Scene, value: FoundValue) -> bool:
    """Tell what several do who are not named: "스타트업들이 유치한 총 투자액은 8천만 달러"."""
    some = load_misheld().several
    for clause in scene.parsed.clauses:
        noun = clause.modified if clause.ending == "relative" else None
        doer = clause.arg("subject") if noun and noun.end <= value.start else None
        if doer is not None and scene.text[doer.start : doer.end].endswith(some):
            return not scene.refer(doer, BODIES)
    return False


def _is_of_another(scene: Scene, holder: Entity, value: FoundValue) -> bool:
    """Tell that the clause of a figure is led by, or its noun owned by, another of a sort."""
    sort = next((classes for classes in (BODIES, THINGS) if holder.cls in classes), ())
    if holder.cls in THINGS and in_quotes(scene.text, value.start):
        return any(
            n[0].cls in THINGS and n[2] <= value.start and in_quotes(scene.text, n[1])
            for n in scene.names
        )
    inner = [p for c in scene.parsed.clauses if c.ending == "relative" for p in c.args]
    begins = begins_at(scene, value)
    return any(
        not scene.is_generic(n[0]) and holder.id not in n[0].broader
        for p in scene.parsed.phrases
        if begins <= p.start and p.end <= value.start and p.case in ("topic", "subject", "of")
        if p not in inner and not is_bracketed(scene, p.start)
        for n in holders_only(scene, scene.fill(p, sort))
    )


def is_strangers(scene: Scene, holder: Entity, value: FoundValue) -> bool:
    """Tell a figure of an unknown name behind the holder: "다라(Dara)는 3억 달러를 받았다"."""
    named = [n for n in scene.names if n[0].id == holder.id]
    own = max((n[2] for n in named if n[2] <= value.start), default=0)
    if (named or holder.label in scene.text) and not own:
        return False
    begins = 0 if is_bracketed(scene, value.start) else begins_at(scene, value)
    inner = [p for c in scene.parsed.clauses if c.ending == "relative" for p in c.args]
    for found in _STRANGER.finditer(scene.masked, max(begins, own), value.start):
        words = (found["glossed"] or found["owner"]).split()
        phrase = phrase_at(scene, found.start())
        if not _is_measure_or_kind(scene, words[-1]) and phrase not in inner:
            return found["owner"] is None or _leads(scene, phrase, value)
    return any(
        p.leads and max(begins, own) <= p.start and p.end <= value.start and p not in inner
        for p in scene.parsed.phrases
        if own and _is_unknown(scene, p)
    )


def _is_unknown(scene: Scene, phrase: Phrase) -> bool:
    """Tell a name that no word list knows: "가나가 인수한 도레미르는 직원이 85명이다"."""
    if scene.named_in(phrase.start, phrase.end, generic=True):
        return False
    word = scene.masked[phrase.start : phrase.end].strip()
    plain = _HANGUL.fullmatch(word) and not word.endswith(_COUNTED)
    return bool(plain) and not _is_measure_or_kind(scene, word) and not is_common(word)


_HANGUL = re.compile(r"[가-힣]{3,7}")
_COUNTED = ("량", "률", "율", "액", "수", "가", "값", "비", "도", "치", "력", "익")


_STRANGER = sparing(
    r"(?<![가-힣A-Za-z(])(?:(?P<owner>[A-Z][a-z][\w.-]*(?=의\s)|[A-Z][\w.-]+(?=\s자체\s))"
    r"|(?P<glossed>[가-힣]{2,}\s?)"
    r"(?:\((?=[^()]*[a-z])[A-Z][A-Za-z0-9 .&-]*\)[은는이가도의]|\([A-Z]{3,5}\)도)\s)"
)
"""A name that nobody knows, by its gloss or what it owns: "다라(Dara)는", "DARA 자체 실적"."""


def _is_measure_or_kind(scene: Scene, word: str) -> bool:
    """Tell what a gloss or a genitive may be of that is no name: "설비투자(CapEx)는", "GPU의"."""
    known = word in load_metrics().words or word in scene.generic
    return known or is_quality(word) or bool(kinds_of_noun(word))


def _leads(scene: Scene, owner: Phrase | None, value: FoundValue) -> bool:
    """Tell an owner of what a clause tells of, not of its object: "Dara의 소프트웨어를"."""
    owned = next((p for p in scene.parsed.phrases if owner and p.owner is owner), owner)
    return owned is not None and (owned.leads or owned.start <= value.start < owned.until)


def placed_firm(scene: Scene, holder: Entity, value: FoundValue) -> Entity | None:
    """Return the firm whose place has a figure: the 가나 of "가나 인천 650MW"."""
    at = next((n[1] for n in scene.names if n[0].id == holder.id and 0 < value.start - n[2] < 2), 0)
    firms = (n[0] for n in scene.names if n[2] == at - 1 and n[0].cls in BODIES)
    return next((firm for firm in firms if not scene.is_generic(firm)), None) if at else None


def is_unfit(holder: Entity, draft: Draft) -> bool:
    """Tell what nothing of a class has: a place no share price, an index no issue price."""
    metric = draft.qualifiers.get("metric", "")
    if (priced := load_metrics().traded.get(holder.label)) and metric.startswith(priced):
        return False
    unfit = load_misheld().unfit.get(holder.cls, frozenset())
    sold = holder.label.endswith("시장")
    called = holder.cls == "Market" and metric.startswith("주가" if sold else "시장 규모")
    called = called or holder.label in load_misheld().qualities or _is_too_much(draft, metric)
    called = called or (
        holder.cls in ("Concept", "Policy")
        and holder.label.endswith(load_misheld().aims)
        and not (draft.value and draft.value.currency)
    )
    return called or metric in unfit or metric.rpartition(" ")[0] in unfit


def _is_too_much(draft: Draft, metric: str) -> bool:
    """Tell a sum that no share has for its price: "공모가를 정했다. … 알리바바의 250억 달러"."""
    least = draft.value.minimum if draft.value else None
    return metric in load_misheld().of_shares and least is not None and least >= _MOST_A_SHARE


_MOST_A_SHARE = 10**8


def is_begun(scene: Scene, holder: Entity, value: FoundValue) -> bool:
    """Tell a thing whose name only begins another's: "Gana Digital Kit 17% 성장"."""
    named = [n for n in scene.names if n[0].id == holder.id and n[2] <= value.start]
    if not named or holder.cls not in THINGS:
        return False
    longer = _LONGER.match(scene.masked, named[-1][2])
    return longer is not None and longer.end() + 1 >= value.start


_LONGER = re.compile(r"(?:\s(?!GPU|CPU|NPU|API|YoY|QoQ)[A-Z][a-z]{2,}){1,3}")


_NORM = re.compile(r"통상|보통|일반적으로|평균적으로")
"""What is said of things in general: "데이터센터 건설비는 통상 10억 달러"."""


def _is_converted(scene: Scene, value: FoundValue) -> bool:
    """Tell a sum in another currency: "4천조 원은 약 3조 달러다"."""
    led = [p for p in scene.parsed.phrases if p.leads and p.end <= value.start]
    if not led or not value.value.currency:
        return False
    money = [v for v in scene.values if v.value.currency and led[-1].start <= v.start < led[-1].end]
    return bool(money) and not scene.masked[led[-1].start : led[-1].end].strip()


def _is_counted_group(scene: Scene, phrase: Phrase | None, value: FoundValue) -> bool:
    """Tell those who do something themselves: "5개 팀은", "1억 명의 사용자가 … 만들었다"."""
    if phrase is None:
        return False
    inside = scene.masked[value.end : phrase.end].split()
    if phrase.case == "of" and inside and inside[-1] in _others():
        return True  # "5개 팀의 사업비를"
    owned = next((p for p in scene.parsed.phrases if p.owner is phrase), phrase)
    words = scene.masked[value.end : owned.end].split()
    if not owned.leads:
        return False
    measured = bool(words) and words[-1] in load_metrics().words and words[-1] not in _others()
    told = bool(words) and "가" <= words[-1][0] <= "힣" and not is_bracketed(scene, value.start)
    thing = told and bool(set(kinds_of_noun(words[-1])) & {"Facility", "Product"})
    return told and not measured and (thing or not value.value.currency)


def _is_of_kind(scene: Scene, holder: Entity, phrase: Phrase | None, value: FoundValue) -> bool:
    """Tell what is measured of others: "빅테크 지출은", "정부 예산은", "조직 채택률은"."""
    before = [p for p in scene.parsed.phrases if p.leads and p.end <= value.start]
    told = phrase if phrase and scene.masked[phrase.start : value.start].strip() else None
    measured = told or (before[-1] if before else None)
    if measured is None:
        return False
    owner = measured.owner
    if owner is not None and holder.cls in BODIES and _is_thing(scene, owner):
        return True
    words = scene.masked[measured.start : measured.end].split()
    known = load_metrics().words  # "직원 수" are the holder's own
    kinds = [w for w, of in pairwise(words) if f"{w} {of}" not in known]
    return any(is_agents(w) or w in _others() or set(kinds_of_noun(w)) & set(BODIES) for w in kinds)


def _is_thing(scene: Scene, owner: Phrase) -> bool:
    """Tell an owner that is no firm: "세계 데이터센터의 전력 소비는", not "이 회사의"."""
    words = scene.masked[owner.start : owner.end].split()
    if not words or words[0] in _POINTING or scene.named_in(owner.start, owner.end):
        return False
    kinds = kinds_of_noun(words[-1])
    return len(words) > 1 and bool(kinds) and not set(kinds) & set(BODIES)


_POINTING = frozenset({"이", "그", "해당", "자사", "자체", "이번"})


def _others() -> frozenset[str]:
    return load_misheld().others
