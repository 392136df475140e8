"""Metrics as data: ``metrics.yaml`` read into words, kinds and patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.syllables import with_any_final
from extractors.alternation import any_of, opening
from extractors.sparing import sparing
from extractors.word_lists import filled, inverted, load_words
from kg.claim import Modality, Value

_DATA = frozenset({"GB", "TB", "MB", "PB", "KB", "GB/s", "TB/s", "MB/s", "Gbps", "Tbps"})
_POWER = frozenset({"W", "kW", "MW", "GW", "TW", "kWh", "MWh", "GWh", "TWh", "Wh"})
_TIMES = frozenset({"배"})
_LASTING = frozenset(
    {
        "년",
        "개월",
        "개월간",
        "ms",
        "㎳",
        "주",
        "일",
        "시간",
        "분",
        "초",
        "밀리초",
        "마이크로초",
        "나노초",
        "개 분기",
    }
)
_FLOPS = frozenset({"FLOPS", "GFLOPS", "TFLOPS", "PFLOPS", "EFLOPS", "TOPS"})
_LENGTH = frozenset({"mm", "cm", "m", "km", "인치", "nm", "㎚", "μm", "um"})
_KINDS = {
    "times": _TIMES,
    "data": _DATA,
    "power": _POWER,
    "duration": _LASTING,
    "flops": _FLOPS,
    "length": _LENGTH,
}
_KIND_OF = {unit: kind for kind, units in reversed(_KINDS.items()) for unit in units}
_SCALED = sparing(r"\d(?:\s?[십백천]?[만억조]|[KM](?![A-Za-z]))")


@dataclass(frozen=True, slots=True)
class Metric:
    """What a kind of quantity is called, and the predicate that claims it."""

    name: str
    kinds: frozenset[str]
    predicate: str
    of: str | None = None
    modality: Modality | None = None


_MULTIPLE = "배율"


@dataclass(frozen=True, slots=True)
class MetricSet:
    """All metrics with the pattern that finds their words."""

    words: Mapping[str, Metric]
    pattern: re.Pattern[str]
    units: Mapping[str, str]
    unnamed: Mapping[str, str]
    scale: Mapping[str, str]
    wide: frozenset[str]
    limits: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]
    over: Mapping[str, str]
    change: re.Pattern[str]
    down: re.Pattern[str]
    price_change: re.Pattern[str]
    shares: frozenset[str]
    traded: Mapping[str, str]
    market: re.Pattern[str]
    moving: re.Pattern[str]
    closing: re.Pattern[str]
    trending: re.Pattern[str]
    reached: re.Pattern[str]
    skipped: frozenset[str]
    ranked_in: tuple[str, ...]
    ranked_how: frozenset[str]
    ranked_as: re.Pattern[str]
    macro: frozenset[str]
    empty: frozenset[str]
    spending: frozenset[str]
    delivering: Mapping[str, str]
    raising: Mapping[str, str]
    received: Mapping[str, str]
    paid: Mapping[str, str]
    measuring: frozenset[str]
    endings: frozenset[str]
    comparing: Mapping[str, str]
    adjective: re.Pattern[str]
    """The stems of ``comparing`` as they stand in a text: "비싸", "비쌉니다", "저렴한"."""
    reaching: frozenset[str]
    holding: frozenset[str]
    of_goods: frozenset[str]
    of_sites: frozenset[str]
    of_targets: frozenset[str]
    buying: frozenset[str]
    setting: frozenset[str]

    def compared_by(self, adjective: str, unit: str | None) -> str | None:
        """Return what a ratio is of: 속도 증가율 of "30% 빠르다", 속도 배율 of "3배 빠르다"."""
        named = self.comparing.get(adjective) or self.comparing.get(adjective.removesuffix("하"))
        return f"{named.split()[0]} {_MULTIPLE}" if named and unit == "배" else named

    def compares(self, metric: str | None) -> bool:
        """Tell what only compares a trait of one thing with another's."""
        return metric in self.comparing.values() or bool(metric and metric.endswith(_MULTIPLE))


@lru_cache(maxsize=1)
def load_metrics() -> MetricSet:
    """Load the metric words once a process."""
    data = load_words("figures/metrics.yaml")
    words = {
        word: Metric(
            m["name"],
            _with_bare(m["kinds"]),
            m.get("predicate", "hasMetric"),
            m.get("of"),
            m.get("modality"),
        )
        for m in data["metrics"]
        for word in m["words"]
    }
    glued = {w: f"(?<![{before}]{re.escape(w)})" for w, before in data["glued"].items()}
    word = rf"{opening(words)}(?<![A-Za-z])(?P<word>{any_of(words, provided=glued)})"
    return filled(
        MetricSet,
        data,
        words=words,
        pattern=re.compile(
            rf"{word}(?=[^가-힣A-Za-z]|$|은|는|이\s|이\(|가\s|을|를|의|로|으로|도|만|당|에\s|과|와|인\s|까지)"
        ),
        change=re.compile(
            r"\s?(?:가량|정도|수준|이상|이하|까지|씩|나|로|으로|를|을|의|포인트|대|p)*\s?(?:더\s|이상\s|가까이\s|크게\s|넘게\s)?(?:"
            + "|".join(data["change"])
            + ")"
        ),
        shares=frozenset(data["shares"]["metrics"]),
        traded=inverted(data["shares"]["traded"]),
        market=re.compile("|".join(data["shares"]["market"])),
        moving=_moving(data["shares"]),
        closing=re.compile(
            rf"(?:에|으로|로)\s(?:[가-힣]+\s){{0,2}}?(?:{'|'.join(data['shares']['closing'])})"
        ),
        trending=re.compile(
            r"(?:\s?[초중후]반)?대?(?:\s[초중후]반)?(?:의|까지)?\s(?:추가\s|큰\s|넘게\s|가까이\s)?"
            rf"(?:(?P<falls>{'|'.join(data['shares']['falling'])})|{'|'.join(data['shares']['rising'])})"
        ),
        reached=re.compile(rf"까지\s(?:{'|'.join(data['shares']['reached'])})"),
        endings=frozenset(data["measuring_endings"]),
        adjective=re.compile("|".join(s[:-1] + with_any_final(s[-1]) for s in data["comparing"])),
        ranked_as=re.compile(
            rf"\s(?P<goods>[^.,()]{{1,24}}?)\s?(?:[가-힣]{{2}}\s?)?{any_of(data['ranked_as'])}"
            r"(?![가-힣](?<!인|이|다|로|에|을|를|으))(?P<apposed>(?:인|이자)\s)?"
        ),
    )


def _moving(shares: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """Match how a price came to where it is: "2.8% 내린"."""
    falls, rises = "|".join(shares["falls"]), "|".join(shares["rises"])
    return re.compile(rf"\)?\s?(?:가량|정도|나|넘게)?\s?(?:(?P<falls>{falls})|{rises})\s")


def _with_bare(kinds: Iterable[str]) -> frozenset[str]:
    """Let money and counts be told without their unit, if on a scale: "매출 79조"."""
    own = frozenset(kinds)
    return own | {"scaled"} if own & {"money", "count"} else own


def is_fraction(value: Value) -> bool:
    """Tell a part that words tell: "3분의 1", "절반"."""
    return "분의" in value.text or "절반" in value.text


def kind_of(value: Value) -> str:
    """Tell what kind of quantity a value is.

    money, percent, times, data, power, duration, flops, length, count; without a unit
    scaled ("79조") or none.
    """
    if value.currency:
        return "money"
    unit = value.unit
    if unit in ("%", "%p", "bp"):
        return "percent"
    if unit:
        return _KIND_OF.get(unit, "count")
    return "scaled" if _SCALED.search(value.text) else "none"


CONVERTED = re.compile(
    r"^\s?\((?:약|한화|우리 ?돈)?\s?[\d조억천백만,.]+\s?[가-힣]{1,3}(?:\s?(?:규모|상당))?\)"
)
"""A sum in another currency behind a sum: "1억 달러(약 1천400억 원)의 보조금"."""
_APPROXIMATE = sparing(r"(?:약|무려|각각|최대|거의)\s?$")
_GLOSSED = re.compile(
    r"(?P<when>[년해기월])\s?\([^()]*\)(?P<than>\s?(?:대비|보다|에 비해)(?:서?는|로?는)?)$"
)
"""What stood before in a bracket behind a time: "전년(38조 원) 대비"."""
_CONTRAST = re.compile(r"(?<=보다)는$|(?<=비해)서?는?$|(?<=대비)로?는$")
_SINCE = sparing(
    r"(?P<when>(?:작년|지난해|재작년|(?:20)?\d{2}년)\s?(?:\d분기|[상하]반기|\d{1,2}월|말)?)"
    r"(?:보다|에 비해|에 비하면|와 비교하면|과 비교하면|\s?대비)$"
)
"""A time that something has grown since: "작년 3분기보다 62%"."""


def basis_before(text: str) -> str | None:
    """Return what the growth behind a text is measured against: "전년 동월 대비 "."""
    before = _APPROXIMATE.sub("", text).rstrip(" +-▲▼:")
    before = _GLOSSED.sub(r"\g<when>\g<than>", before)
    before = _CONTRAST.sub("", before)
    over = load_metrics().over
    told = (
        [over[word] for word in over if before.endswith(word)]
        if before.endswith(tuple(over))
        else []
    )
    since = None if told else _SINCE.search(before)
    return f"{since['when'].strip()} 대비" if since else next(iter(told), None)
