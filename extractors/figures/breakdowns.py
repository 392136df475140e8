"""Shares and rates told for several in a row: "비중은 메모리 31%, 시스템 34%", "가나(12%)와".

Each figure is of what stands right before it, a name or a plain noun; what they measure is
told once, in front of the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.context.scene import Draft, Scene
from extractors.figures.holders import HOLDERS, owners, phrase_at
from extractors.figures.quantities import holding
from extractors.language.trimming import without_particle
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity, entity_id

_LABEL = re.compile(
    r"(?:^|[,·/]\s?|(?:은|는|이|가|로|으로)\s|(?:와|과|및)\s)"
    r"(?P<noun>[가-힣A-Za-z][가-힣A-Za-z0-9&·]*(?:\s[가-힣A-Za-z0-9]+)?)\s?\(?$"
)
_NO_LABEL = re.compile(
    r"(?:[은는을를의에]|에서|으로|보다|대비|각각|최대|평균|약|전년|전체|이상|이하)$"
)
_BRACKETED = re.compile(r"(?:은|는|이|가)?\s?\(?(?:약\s)?")
_LED = re.compile(r"(?:은|는|이|가)\s(?:약\s)?$")
_NEXT = re.compile(r"\)?(?:이|가|로|으로|을|를)?(?:[,·/]\s?|\s?(?:와|과|및)\s)")
_GROWN = re.compile(
    r"(?P<metric>[가-힣]{2,8})(?:이|가)\s(?:[가-힣]+\s)?"
    r"(?P<change>증가|성장|상승|늘어나|늘|개선|감소|하락|줄어들|줄)(?:한|난|어난|은|든|어든)\s"
    r"(?:[가-힣]+\s)?(?:업체|기업|회사|곳|종목)(?:들)?(?:은|는|으로는|로는)\s?$"
)
_FALLING = ("감소", "하락", "줄")
_SHORTEST = 2
"""So many figures make a row."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One figure of a row, whose it is and where its label begins."""

    value: FoundValue
    holder: Entity
    start: int
    named: bool


def match_breakdowns(scene: Scene) -> Iterator[Draft]:
    """Yield a draft for every figure of a row whose measure is told in front of it."""
    for row in _rows([item for v in scene.values if (item := _item(scene, v))], scene.text):
        told = _measure(scene, row)
        if told is None:
            continue
        metric, whole = told
        for item in row:
            yield _draft(scene, item, metric, whole)


def _item(scene: Scene, value: FoundValue) -> _Item | None:
    if value.value.unit != "%":
        return None
    for entity, start, end in scene.names:
        if _BRACKETED.fullmatch(scene.text, end, value.start) and entity.cls in HOLDERS:
            return _Item(value, entity, start, named=not scene.is_generic(entity))
    label = _LABEL.search(scene.text[: value.start])
    noun = label["noun"] if label else ""
    dated = label and any(
        p.start < value.start and label.start("noun") < p.end for p in scene.periods
    )
    if label is None or dated or _NO_LABEL.search(noun) or _is_ratio(noun):
        return None
    known = [n[0] for n in scene.names if n[1] == label.start("noun") and n[2] == label.end("noun")]
    noun = noun if known else without_particle(noun, scene.tokens, label.end("noun"))
    holder = known[0] if known else Entity(entity_id(noun), "Concept", noun)
    return _Item(value, holder, label.start("noun"), named=False)


def _is_ratio(noun: str) -> bool:
    metric = load_metrics().words.get(noun.rsplit(maxsplit=1)[-1])
    return metric is not None and "percent" in metric.kinds


def _rows(items: Sequence[_Item], text: str) -> Iterator[list[_Item]]:
    """Yield the runs of items that only separators part."""
    row: list[_Item] = []
    for item in items:
        if row and not _NEXT.fullmatch(text, row[-1].value.end, item.start):
            if len(row) >= _SHORTEST:
                yield row
            row = []
        row.append(item)
    if len(row) >= _SHORTEST:
        yield row


def _measure(scene: Scene, row: Sequence[_Item]) -> tuple[str, Entity | None] | None:
    """Return what a row measures, and of whose whole its items are parts, if one is named."""
    begins = row[0].start
    grown = _GROWN.search(scene.text[:begins])
    if grown:
        rate = "감소율" if grown["change"].startswith(_FALLING) else "증가율"
        return f"{grown['metric']} {rate}", None
    metrics = load_metrics()
    told = [m for m in metrics.pattern.finditer(scene.text, 0, begins)]
    ratio = told[-1] if told and "percent" in metrics.words[told[-1]["word"]].kinds else None
    phrase = phrase_at(scene, ratio.start()) if ratio else None
    led = phrase and phrase.case in ("topic", "subject", "object") and phrase.until + 1 >= begins
    if ratio is None or phrase is None or not led:
        return _as_before(scene, row) if ratio is None else None
    company, _ = owners(scene, phrase, ratio.start())
    name = metrics.words[ratio["word"]].name
    own = _PLAIN.sub("", scene.masked[phrase.start : ratio.end()].strip())
    plain = not scene.named_in(phrase.start, ratio.end(), generic=True)
    return (own if plain and len(own) <= _LONGEST else name), company


def _as_before(scene: Scene, row: Sequence[_Item]) -> tuple[str, Entity | None] | None:
    """Take what the sentence before measured: "이어 가나(40%), 다라(10%) 순이다"."""
    figure = scene.discourse.figure
    led = any(_LED.search(scene.text[: item.value.start]) for item in row)
    plain = all(item.named for item in row) and scene.may_carry and not led
    if figure is None or not plain or figure.value is None or figure.value.unit != "%":
        return None
    shared = "점유율" if figure.predicate == "marketShare" else None
    name = figure.qualifiers.get("metric", shared)
    return (name, None) if name else None


_LONGEST = 16
_PLAIN = re.compile(r"^(?:(?:기준|전체|누적|평균|연간|지난|올해|예상)\s)+")
"""Words that do not tell what is measured: "3분기 기준 영업이익률"."""


def _draft(scene: Scene, item: _Item, metric: str, whole: Entity | None) -> Draft:
    part = whole is not None and not item.named
    draft = holding(scene, item.value, whole if part and whole else item.holder, metric)
    if part:
        draft.qualifiers["product"] = item.holder.label
    elif metric == "점유율" or metric.endswith(" 점유율"):
        draft.predicate = "marketShare"
        draft.qualifiers.pop("metric", None)
    draft.confidence = "0.7"
    return draft
