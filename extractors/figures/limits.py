"""What a firm's figure is of, where it is less than the firm's own: "가나의 중국 매출".

A region or a way to sell that stands right before the name of a metric, or where the clause
says that it is so ("유럽에서 매출이 12% 늘었다"). The words are data (``limits.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.divisions import load_divisions
from extractors.figures.holders import clause_of
from extractors.figures.metric_holders import part_before
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import filled, load_words

_REACH = 40
"""How far before its figure the name of a metric stands at most, and how far behind it."""
_BEHIND = 12


@dataclass(frozen=True, slots=True)
class Limits:
    """The words of ``limits.yaml``."""

    regions: frozenset[str]
    behind: tuple[str, ...]
    lines: frozenset[str]


@lru_cache(maxsize=1)
def load_limits() -> Limits:
    """Load the words once a process."""
    return filled(Limits, load_words("figures/limits.yaml"))


def settle_limits(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Let the figures of firms say of which region or line they are, if of one only."""
    places = {id(v.value): v for v in scene.values}
    for draft in drafts:
        value = places.get(id(draft.value))
        if value is None or draft.subject.cls not in BODIES or not _may_be_less(draft):
            continue
        at = _metric_at(scene, draft, value)
        if at is None:
            continue
        limit = _limit(scene, at) or _where(scene, value, at) or _line(scene, draft, at)
        if limit is not None:
            draft.qualifiers["product"] = limit


def _may_be_less(draft: Draft) -> bool:
    measured = draft.predicate in ("hasMetric", "marketShare")
    measured = measured and not draft.qualifiers.get("metric", "").startswith(_OF_FIRMS)
    return measured and draft.object is None and not {"product", "place"} & {*draft.qualifiers}


_OF_FIRMS = ("주가", "지수", "시가총액", "기업가치", "목표주가", "PER", "EPS")
"""What is of a firm whole, wherever its shares are traded."""


def _line(scene: Scene, draft: Draft, at: int) -> str | None:
    """Return the line of goods that an account of a firm is of: "AI 가속기 매출이"."""
    account = draft.qualifiers.get("metric", "").startswith(load_divisions().measured)
    return part_before(scene, draft.subject, at) if account else None


def _metric_at(scene: Scene, draft: Draft, value: FoundValue) -> int | None:
    """Return where the name of what a figure measures begins: the nearest before it, or behind."""
    known = load_metrics()
    named = draft.qualifiers.get("metric", "점유율")
    start, end = max(draft.start, value.start - _REACH), min(len(scene.text), value.end + _BEHIND)
    found = [
        (match.start("word"), match.end("word"))
        for match in known.pattern.finditer(scene.text, start, end)
        if named.startswith(known.words[match["word"]].name)
    ]
    before = [at for at, ends in found if ends <= value.start]
    behind = [at for at, _ in found if at >= value.end]
    return before[-1] if before else next(iter(behind), None)


def _limit(scene: Scene, at: int) -> str | None:
    """Return the region or line that stands right before the name of a metric."""
    words = load_limits()
    before = scene.text[:at].rstrip()
    if process := _PROCESS.search(before):
        return process[0]
    place = next((n for n in scene.names if n[0].cls == "Place" and n[1] < at <= n[2] + 6), None)
    if place and _is_only(scene.text[place[2] : at].split(), words.behind):
        return scene.text[place[1] : place[2]]
    told = before.split()[-2:]
    while told and told[-1] in words.behind:
        told.pop()
    if not told:
        return None
    word = told[-1]
    for ending in words.behind:
        if word.removesuffix(ending) in words.regions:
            word = word.removesuffix(ending)
    return word if word in words.regions or word in words.lines else None


_PROCESS = re.compile(r"\d+(?:\.\d+)?\s?(?:나노|nm|단)(?:\s공정)?$")


def _is_only(told: Sequence[str], words: Sequence[str]) -> bool:
    return all(word in words for word in told)


def _where(scene: Scene, value: FoundValue, at: int) -> str | None:
    """Return the region in which a clause says that something is so: "유럽에서 매출이 늘었다"."""
    clause = clause_of(scene, value)
    for phrase in clause.args if clause else ():
        told = scene.text[phrase.start : phrase.until]
        if phrase.end > min(at, value.start) or not _AT.search(told):
            continue
        places = scene.named_in(phrase.start, phrase.end, ("Place",))
        words = _AT.sub("", told).split()
        if places and _is_only(scene.text[places[-1][2] : phrase.until].split()[1:], ("시장",)):
            return scene.text[places[-1][1] : places[-1][2]]
        if words and words[0] in load_limits().regions and _is_only(words[1:], ("시장", "지역")):
            return words[0]
    return None


_AT = re.compile(r"(?:에서|에서는|에서만|에서의)$")
