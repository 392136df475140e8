"""Let the figures of firms be of the part that is told: "가나의 중국 매출", "유럽에서 늘었다".

A division told in a clause comes first, then what stands right before the name of the metric,
then where the clause says that something is so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import clause_of
from extractors.figures.parts.divisions import is_account, settle_divisions
from extractors.figures.parts.named import is_only, limit_before, part_before
from extractors.figures.parts.words import division_label, load_parts
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue

_REACH = 40
"""How far before its figure the name of a metric stands at most, and how far behind it."""
_BEHIND = 12
_AT = re.compile(r"(?:에서|에서는|에서만|에서의)$")


def settle_parts(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Let the figures of firms say of which part they are, where a sentence tells one."""
    settle_divisions(scene, drafts)
    places = {id(v.value): v for v in scene.values}
    for draft in drafts:
        value = places.get(id(draft.value))
        at = _metric_at(scene, draft, value) if value and _may_be_less(draft) else None
        if value is None or at is None:
            continue
        limit = (
            _branch(scene, draft, value)
            or _division(scene, value)
            or limit_before(scene, at)
            or _where(scene, value, at)
        )
        limit = limit or _line(scene, draft, at)
        if limit is not None:
            draft.qualifiers["product"] = limit


def _may_be_less(draft: Draft) -> bool:
    """Tell a figure that a firm may have of a part, and that is of none yet."""
    measured = draft.predicate in ("hasMetric", "marketShare") and draft.subject.cls in BODIES
    if not measured or draft.object is not None or {"product", "place"} & {*draft.qualifiers}:
        return False
    return not draft.qualifiers.get("metric", "").startswith(load_parts().undivided)


def _division(scene: Scene, value: FoundValue) -> str | None:
    """Return the division right before a figure: "영업이익은 9조 원, 메모리 부문 7조 원"."""
    begins = max(scene.text.rfind(mark, 0, value.start) for mark in ",·;(") + 1
    return division_label(scene.masked[begins : value.start].strip())


def _branch(scene: Scene, draft: Draft, value: FoundValue) -> str | None:
    """Return the branch right behind a firm's name: "가나 애리조나 법인은 2분기 …"."""
    ends = [n[2] for n in scene.names if n[0].id == draft.subject.id and n[2] <= value.start]
    found = _BRANCH.match(scene.text, ends[-1]) if ends else None
    return found["branch"] if found else None


_BRANCH = re.compile(
    r"(?:의)?\s(?P<branch>(?:[가-힣A-Za-z0-9]{1,8}\s)?[가-힣A-Za-z0-9]*(?:법인|자회사|지사|공장|캠퍼스))"
    r"(?:은|는|이|가|의|에서는?)\s"
)


def _line(scene: Scene, draft: Draft, at: int) -> str | None:
    """Return the line of goods that an account of a firm is of: "AI 가속기 매출이"."""
    return part_before(scene, draft.subject, at) if is_account(draft) else None


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


def _where(scene: Scene, value: FoundValue, at: int) -> str | None:
    """Return the region in which a clause says that something is so: "유럽에서 매출이 늘었다"."""
    clause = clause_of(scene, value)
    for phrase in clause.args if clause else ():
        told = scene.text[phrase.start : phrase.until]
        if phrase.end > min(at, value.start) or not _AT.search(told):
            continue
        places = scene.named_in(phrase.start, phrase.end, ("Place",))
        words = _AT.sub("", told).split()
        if places and is_only(scene.text[places[-1][2] : phrase.until].split()[1:], ("시장",)):
            return scene.text[places[-1][1] : places[-1][2]]
        if words and words[0] in load_parts().regions and is_only(words[1:], ("시장", "지역")):
            return words[0]
    return None
