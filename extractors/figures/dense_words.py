"""The words of dense lines (``dense_lines.yaml``), and what such words measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.figures.plain_phrases import is_measure_noun
from extractors.values.metric_data import Metric, kind_of, load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import filled, load_words

_UP, _DOWN = "+▲△↑", "-−▼▽↓"


@dataclass(frozen=True, slots=True)
class Dense:
    """The words of ``dense_lines.yaml``."""

    plain: frozenset[str]
    behind: frozenset[str]
    forecast: tuple[str, ...]
    plan: tuple[str, ...]
    each: frozenset[str]
    wide: tuple[str, ...]
    standing: frozenset[str]
    sums: frozenset[str]
    looked_for: tuple[str, ...]
    met: tuple[str, ...]
    former: frozenset[str]
    over: Mapping[str, str]


@lru_cache(maxsize=1)
def dense_words() -> Dense:
    """Load the words once a process."""
    return filled(Dense, load_words("figures/dense_lines.yaml"))


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure measures: the metric, its word in the text, and of what it is one."""

    metric: Metric
    word: str
    part: str = ""

    def told(self, value: FoundValue, text: str) -> tuple[str, str] | None:
        """Return the predicate and the name of a figure, ``None`` if it measures no such thing."""
        kind, unit = kind_of(value.value), value.value.unit
        name = self.metric.name
        change = unit in ("%p", "bp") or (kind == "percent" and is_signed(value, text))
        if kind in self.metric.kinds and not change:
            return self.metric.predicate, name
        if kind == "percent" and kind in self.metric.kinds and unit == "%":
            return self.metric.predicate, name  # "영업이익률 -3%"
        if kind == "percent" and (change or kind not in self.metric.kinds):
            return ("hasMetric", name + changed(value)) if change else None
        return None


def is_signed(value: FoundValue, text: str) -> bool:
    """Tell a change by its sign: "+9%", "▼3%", "-2%"."""
    before = text[: value.start].rstrip()[-1:]
    return value.value.text[:1] in _DOWN or (bool(before) and before in _UP + _DOWN)


def changed(value: FoundValue) -> str:
    """Return how a change is called: a rate, so many points, or a sum."""
    if value.value.unit in ("%p", "bp"):
        return " 증감폭"
    return " 증감률" if kind_of(value.value) in ("percent", "times") else " 증감액"


def measure_of(words: str, *, label: bool = False) -> Measure | None:
    """Return what words measure that end in a metric: "HBM 점유율", "CAPEX 가이던스".

    Labels may end in a measure that no list has; what a firm raised is called after the deed.
    """
    found = list(load_metrics().pattern.finditer(words))
    if not found:
        return _unlisted(words) if label else _raised(words)
    dense = dense_words()
    while len(found) > 1 and found[-1]["word"] in dense.behind:
        found.pop()  # "CAPEX 가이던스"
    last = found[-1]
    behind = words[last.end("word") :].split()
    if any(word not in dense.behind for word in behind):
        return None
    metric, word, begins = load_metrics().words[last["word"]], last["word"], last.start("word")
    if words[begins - 1 : begins].isalnum():  # "연구개발비" is no 개발비
        begins = words.rfind(" ", 0, begins) + 1
        word = words[begins : last.end("word")]
        metric = replace(metric, name=word, predicate="hasMetric")
    before = [w for w in words[:begins].split() if w not in dense.plain]
    return Measure(metric, word, " ".join(before))


def _unlisted(words: str) -> Measure | None:
    """Return a measure that no list has, told by its last syllable: 렌탈가, 가입률."""
    *before, last = words.split() or [""]
    rate = last.endswith(("률", "율"))
    if len(last) < _SHORTEST or not (is_measure_noun(last) and last[-1] in load_metrics().endings):
        return None
    kinds = frozenset({"percent"}) if rate else frozenset({"money", "scaled", "count", "power"})
    return Measure(Metric(last, kinds, "hasMetric"), last, " ".join(before))


_SHORTEST = 3


def _raised(words: str) -> Measure | None:
    name = load_metrics().raising.get(words)
    return (
        Measure(Metric(name, frozenset({"money", "scaled"}), "hasMetric", "org"), words)
        if name
        else None
    )


def tells(words: str, cues: tuple[str, ...]) -> bool:
    """Tell that one of some cues is among words."""
    return any(cue in words for cue in cues)
