"""What the words around a metric word make of it: a compound, a limited kind, a change.

"순이자마진" is no 마진, "유료 구독자" are not all users, a 마진 that grew by 9% on the year
is not one of 9%.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.context.scene import Scene
from extractors.figures.metric_lists import Found
from extractors.figures.moves import FILE as MOVES
from extractors.sparing import sparing
from extractors.values.metric_data import Metric, basis_before, kind_of, load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import Worded
from kg.claim import Entity

_WORDS = "figures/metrics.yaml"
_IN_TURN = "각각"
_HANGUL = re.compile(r"[가-힣]+$")
_GROWN = Worded(MOVES, r"(?:\s?(?:이나|가량|정도|가까이|이상|넘게|씩|나))?\s?{growing}")
_IMPROVED = re.compile(r"\s?(?:이상\s|가량\s|정도\s)?(?:개선|향상)")
FORETOLD = Worded(_WORDS, r"\s(?:[가-힣]+\s?)?(?:\([^()]*\)\s)?{causes}(?:에|으로|로)\s")
"""What makes of a metric only the reason of something else."""
_PER = sparing(
    r"(?<![\d가-힣A-Za-z])(?P<per>(?!해당|담당|상당|배당)[\d천만]*[가-힣A-Za-z]{1,5}당|하루|월|월평균|일평균|일)\s$"
)
"""For each of what a figure is told, or in what time: "1인당 매출", "월 매출"."""
_PRICES = ("가격", "가", "EPS", "BPS", "배당금")
"""What is told for each as a matter of course."""
_STANDARD = sparing(r"(?<![A-Za-z-])(?P<rule>(?:[Nn]on-|비-?)?GAAP|조정|일회성 제외)\s$")
"""By which rule a figure is told that has another by the usual one: "Non-GAAP 순이익"."""
_NOTED = re.compile(r"\s?\((?P<rule>(?:[Nn]on-|비-?)?GAAP|조정|조정치|일회성 제외)\)")
""" … or behind its name: "영업이익(조정): 3조"."""
OF_ANOTHER = re.compile(
    r"의\s(?!약|최대|최소|무려|각각|절반|전년|전 ?분기|직전|작년|지난|올해|연간|분기|연평균|평균"
    r"|합계|총)[가-힣A-Za-z]"
)
"""What makes of a metric word only what another noun is of: "고객사의 투자"."""
_WORD = re.compile(r"(?P<word>[가-힣A-Za-z]{2,})\s$")


def compounded(scene: Scene, found: Found) -> Found:
    """Return a metric word as what it is the end of: the 자본비율 of "자기자본비율"."""
    glued = _HANGUL.search(scene.text[: found.start])
    if glued is None or glued.group() in load_metrics().wide:
        return found
    ends = (*(n[2] for n in scene.names), *(p.end for p in scene.periods))
    if any(glued.start() < end <= found.start for end in ends):
        return found  # "가나매출", "1분기매출"
    name = scene.text[glued.start() : found.end]
    metric = found.metric
    own = Metric(name, metric.kinds, "hasMetric", metric.of, metric.modality)
    return replace(found, metric=own, start=glued.start())


def limited_noun(scene: Scene, value: FoundValue, noun: str) -> str:
    """Return a metric's word before a figure with the noun that makes it one of a kind."""
    known, at = load_metrics().words.get(noun), scene.masked.rfind(noun, 0, value.start)
    if known is None or at < 0 or known.name not in load_metrics().limits:
        return noun
    return limited(scene, Found(known, at, at + len(noun)))


def limited(scene: Scene, found: Found) -> str:
    """Return what a metric is called with what makes it one of a kind: "GPU 비용", "월 매출"."""
    name = _one_of_kind(scene, found)
    per = _PER.search(scene.text, 0, found.start)
    if per is not None and not name.endswith(_PRICES):
        return f"{per['per']} {name}"
    by_rule = _STANDARD.search(scene.masked, 0, found.start) or _NOTED.match(scene.text, found.end)
    return f"{by_rule['rule']} {name}" if by_rule else name


def _one_of_kind(scene: Scene, found: Found) -> str:
    name, limits = found.metric.name, load_metrics().limits
    before = _WORD.search(scene.masked[: found.start]) if name in limits else None
    if before is None or _IN_TURN in scene.text[found.end :]:
        return name
    word, told = before["word"], limits[name]
    if word in load_metrics().empty or (told and word not in told):
        return name
    if not told and not _is_noun(scene, before.start("word"), before.end("word")):
        return name
    printed = scene.text[found.start : found.end]
    counted = name.endswith(" 수") and not printed.endswith("수")
    return f"{word} {printed} 수" if counted else f"{word} {printed}"


def _is_noun(scene: Scene, start: int, end: int) -> bool:
    """Tell a noun or a kind of thing from somebody's name and from a particle's phrase."""
    named = [n for n in scene.names if n[1] < end and start < n[2]]
    if named:
        return all(scene.is_generic(n[0]) for n in named)
    return any(t.end == end and t.tag == "NNG" for t in scene.tokens)


def continued_by_noun(scene: Scene, found: Found, value: FoundValue) -> str | None:
    """Return the noun that a metric word behind a figure only tells of: "현금 순유출"."""
    following = _HEAD.match(scene.text, found.end) if found.start >= value.end else None
    if following is None or load_metrics().change.match(following["noun"]):
        return None  # "5조 원 매출 증가가": by so much it grew
    named = any(n[1] < following.end() <= n[2] for n in scene.names)
    return None if named else following["noun"]


_HEAD = re.compile(r"\s(?P<noun>[가-힣]{2,}?)(?<![과와에로])(?=[을를이가은는]\s)")


_ESTIMATED = re.compile(r"(?:추정치|전망치|예상치|컨센서스)$")


def rate_name(metric: str, word: str, falls: bool) -> str:
    """Name what a percent tells that changes: of an estimate, how far it was revised."""
    if _ESTIMATED.search(word):
        return f"{metric} 추정치 {'하향률' if falls else '상향률'}"
    down, up = ("하락률", "상승률") if metric == "주가" else ("감소율", "증가율")
    return f"{metric} {down if falls else up}"


def changing(metric: str, word: str, rest: str, unit: str | None) -> str:
    """Name the rate at which a metric changes by the words behind the figure."""
    metrics = load_metrics()
    change = metrics.change.match(rest)
    if unit in ("%p", "bp"):
        falls = change is not None and metrics.down.search(change.group()) is not None
        return f"{metric} {'증감폭' if change is None else '하락폭' if falls else '상승폭'}"
    if metric == "목표주가" and change is not None and _JUMPED.match(rest):
        metric = "주가"  # "목표가를 올리자 13% 폭등했다"
    if change is None:
        return f"{metric} {'증가율' if unit == '배' else '증감률'}"  # "전년의 두 배"
    if _IMPROVED.match(rest):
        return f"{metric} 개선율"
    return rate_name(metric, word, metrics.down.search(change.group()) is not None)


_JUMPED = re.compile(r"\s?(?:가량|정도|넘게|이상|가까이)?\s?(?:폭등|폭락|급등|급락)")
_PER_SECOND = {"메모리": False, "메모리 대역폭": True}


def fits_pace(metric: Metric, text: str, value: FoundValue) -> bool:
    """Tell a capacity from a bandwidth by the unit: "대역폭 2TB/s, 스택당 64GB"."""
    per_second = _PER_SECOND.get(metric.name)
    unit = value.value.unit or ""
    if per_second is None or kind_of(value.value) != "data":
        return True
    told = unit.endswith(("/s", "bps")) or "초당" in text[max(0, value.start - 6) : value.start]
    return told == per_second


def is_grown(scene: Scene, value: FoundValue) -> bool:
    """Tell a growth of a rate from the rate: "이익률이 전년 대비 40% 성장"."""
    if value.value.unit != "%":
        return False
    if _IMPROVED.match(scene.text, value.end):
        return True
    if not _GROWN.match(scene.text, value.end):
        return False
    return basis_before(scene.text[: value.start]) is not None


_GLOSS = re.compile(r"(?:은|는|이|가)\s.*?(?P<noun>[가-힣A-Za-z]+)\s?\((?:약\s)?$")


def is_glossed(scene: Scene, item: Found, value: FoundValue) -> bool:
    """Tell the figure of something else: "공모가는 희망 범위(1만~2만 원)를 밑돌았다"."""
    gloss = _GLOSS.match(scene.text[item.end : value.start])
    if gloss is None:
        return False
    ends = item.end + gloss.end("noun")
    told = any(n[1] < ends <= n[2] for n in scene.names)
    return not told and not any(p.start < ends <= p.end for p in scene.periods)


def is_yardstick(scene: Scene, value: FoundValue, subject: Entity) -> bool:
    """Tell whom somebody else is measured by: "나래 속도는 K2의 다섯 배다"."""
    relative = value.value.unit == "배" or re.search("절반|분의", value.value.text) is not None
    before = scene.text[: value.start].rstrip()
    ends = len(before) - 1
    return (
        relative
        and before.endswith("의")
        and (
            before.endswith(")의")
            or any(n[0].id == subject.id and n[2] == ends for n in scene.names)
        )
    )


def told_by_unit(text: str, value: FoundValue) -> str | None:
    """Return what a unit tells by itself: parameters, of which some may be active."""
    name = load_metrics().units.get(value.value.unit or "")
    return f"활성 {name}" if name and _ACTIVE.search(text[: value.start]) else name


_ACTIVE = re.compile(r"활성(?:화)?\s?$")


LEVELS = frozenset({"비중", "가동률", "수율", "정확도", "확률", "지분율"})
"""What is never told with a sign: "비중이 커 약세였다 — 가나 -2%"."""


def is_signed(scene: Scene, value: FoundValue) -> bool:
    """Tell a change by its sign: "출하량 +20%, ASP -5%"."""
    before = scene.text[: value.start]
    if before.count("(") > before.count(")"):
        return False  # "20조원(+17% QoQ)"
    return value.value.text[:1] in "-−△" or before.endswith(("+", "▲", "▼"))
