"""Parts of a sum in the bracket behind it: "매출은 100억 달러(서버 60억 + PC 40억)".

What tells parts from other figures of a bracket is that they come to the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.context.brackets import brackets
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import HOLDERS
from extractors.values.metric_data import kind_of, load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity, entity_id

_GAP = re.compile(r"\s?(?:규모|수준|가량|정도)?\s?")
_LABEL = re.compile(
    r"(?:^|[,·/;]\s?|\s?\+\s?|\s(?:및|와|과)\s)"
    r"(?P<label>[가-힣A-Za-z][가-힣A-Za-z0-9&\- ]{0,18}?)\s$"
)
_FEWEST = 3
"""So many figures has a sentence that tells a sum and its parts."""
_EXACT = 25
"""The parts come to the whole but for one in so many, as figures are rounded."""
_SIZES = ("money", "scaled", "count", "power")
_MOST_OF, _ALL = 60, 101
"""What shares of a whole come to, of which the smallest may be left out."""
_SURE = "0.7"


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the parts of a sum."""

    value: FoundValue
    label: str
    start: int


def with_parts(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts with the parts of sums in place of what else was read in their brackets."""
    if len(scene.values) < _FEWEST or "(" not in scene.text:
        return list(drafts)
    made = list(drafts)
    for bracket in brackets(scene.text):
        whole = _whole(scene, bracket)
        parts = _parts(scene, bracket) if whole else []
        if whole is None or not _come_to(whole, parts):
            continue
        model = next((d for d in made if d.value is whole.value and d.object is None), None)
        fresh = [p for p in parts if model and not _is_told(scene, made, p)]
        values = {id(part.value.value) for part in fresh}
        made = [d for d in made if id(d.value) not in values]
        made += [_draft(scene, model, part) for part in fresh if model is not None]
    return made


def _is_told(scene: Scene, drafts: Sequence[Draft], part: _Part) -> bool:
    """Tell a part that has been given to whom its label names: "(가나 5GW, 다라 2GW)"."""
    labelled = {n[0].id for n in scene.names if part.start <= n[1] < part.value.start}
    return any(d.value is part.value.value and d.subject.id in labelled for d in drafts)


def _whole(scene: Scene, bracket: tuple[int, int]) -> FoundValue | None:
    before = [v for v in scene.values if v.end <= bracket[0]]
    near = before and _GAP.fullmatch(scene.text, before[-1].end, bracket[0])
    return before[-1] if near and kind_of(before[-1].value) in _SIZES else None


def _parts(scene: Scene, bracket: tuple[int, int]) -> list[_Part]:
    """Return the figures that a bracket begins with and their labels, as far as each has one."""
    found: list[_Part] = []
    last = bracket[0] + 1
    for value in scene.values:
        if not last <= value.start < bracket[1]:
            continue
        label = _LABEL.search(scene.text[last : value.start])
        if label is None:
            break
        found.append(_Part(value, label["label"], last + label.start("label")))
        last = value.end
    return found


def _come_to(whole: FoundValue, parts: Sequence[_Part]) -> bool:
    if parts and all(_is_share(part) for part in parts):
        shares = sum(part.value.value.minimum or 0 for part in parts)
        return len(parts) > 1 and _MOST_OF <= shares <= _ALL
    total, sizes = whole.value.minimum, [part.value.value.minimum for part in parts]
    if total is None or len(parts) < _FEWEST - 1 or any(size is None for size in sizes):
        return False
    return abs(sum(size or 0 for size in sizes) - total) * _EXACT <= total


def _is_share(part: _Part) -> bool:
    """Tell what part of the whole something is, not how the whole grew or what it leaves."""
    metrics, value = load_metrics(), part.value.value
    told = {part.label, *part.label.split()}
    other = told & {*metrics.words, *metrics.labels, *metrics.over}
    return value.unit == "%" and not other and value.text[:1] not in "-−△+"


def _draft(scene: Scene, model: Draft, part: _Part) -> Draft:
    """Tell a part of the figure that a model tells: of its own market, else of its holder."""
    draft = replace(model, value=part.value.value, qualifiers=dict(model.qualifiers))
    draft.end, draft.confidence = max(model.end, part.value.end), _SURE
    if model.predicate == "marketSize":
        draft.subject, draft.predicate = _named(scene, part), "hasMetric"
        draft.qualifiers["metric"] = "시장 규모"
    elif (named := _named(scene, part)).cls == "Company":
        draft.subject = named
    else:
        draft.qualifiers["product"] = part.label
    if part.value.value.unit == "%":
        draft.qualifiers["metric"] = f"{model.qualifiers.get('metric', '')} 비중".strip()
    return draft


def _named(scene: Scene, part: _Part) -> Entity:
    """Return whom a label names, else the plain thing that it tells."""
    named = (n for n in scene.names if n[1] == part.start and n[0].cls in HOLDERS)
    whole = (n[0] for n in named if n[2] - n[1] == len(part.label))
    return next(whole, Entity(entity_id(part.label), "Concept", part.label))
