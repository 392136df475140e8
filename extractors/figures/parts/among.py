"""What part of a figure is whose: "매출은 9억 달러였고 이 중 서버가 6억 달러를 차지했다".

The figure right before tells the whole; a sum in its unit is a part of it, a percentage its share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.classes import BODIES, PARTIES
from extractors.context.scene import Draft, Scene
from extractors.figures.parts.words import FILE
from extractors.figures.plain_phrases import is_measure_noun, load_plain
from extractors.figures.quantities import holding
from extractors.sparing import sparing
from extractors.values.values import FoundValue
from extractors.word_lists import Worded
from kg.claim import Entity, entity_id

_AMONG = sparing(
    r"(?:이|그)\s?(?:중|가운데)(?:에서)?(?:도|는)?,?\s"
    r"(?P<part>[가-힣A-Za-z][가-힣A-Za-z0-9&\- ]{0,18}?)"
    r"\s?(?:이|가|은|는|만|에서만)\s(?:약\s|전체의\s|절반인\s)?$"
)
_SUM = Worded(
    FILE,
    r"\s?(?:규모|수준|가량|정도|안팎)?(?:[을를]\s{taking}|에\s{reaching}|[이가]\s{coming}"
    r"|였|이었|[이인]?다|이며|이고|로\s{placed}|[.,]?$)",
)
"""What follows a part in the unit of the whole, other than by how much it grew."""
_SHARE = Worded(
    FILE, r"(?:[을를]\s{sharing}|에\s(?:달하는|해당)|였|이었|[이인]?다|이며|이고|[.,]?$)"
)
_SURE = "0.7"


def with_among(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts with the parts of figures in place of what else was read of them."""
    parts = list(_match(scene, drafts))
    values = {id(part.value) for part in parts}
    return [*(d for d in drafts if id(d.value) not in values or d.object), *parts]


def _match(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the parts of a figure told right before: "이 중 가나가", not "이 중 영업이익이"."""
    for value in scene.values:
        among = _AMONG.search(scene.text, 0, value.start)
        if among is None or _is_measure(among["part"].split()[-1]):
            continue
        share = value.value.unit == "%"
        whole = _whole(scene, taken, value, among.start(), share=share)
        if whole is None or not (_SHARE if share else _SUM).match(scene.text, value.end):
            continue
        yield _part(scene, value, whole, among["part"], share=share)


def _is_measure(noun: str) -> bool:
    return is_measure_noun(noun) and noun not in load_plain().things


def _whole(
    scene: Scene, taken: Sequence[Draft], value: FoundValue, until: int, *, share: bool
) -> Draft | None:
    """Return the figure before an offset that a value is of: in its unit, or any if a share."""
    before = [d for d in taken if d.value and d.predicate == "hasMetric"]
    ends = {id(v.value): v.end for v in scene.values}
    here = [d for d in before if ends.get(id(d.value), until + 1) <= until]
    last = max(here, key=lambda d: ends[id(d.value)], default=None)
    if last is None and not here and scene.may_carry:
        last = scene.discourse.figure
    if last is None or last.value is None or "metric" not in last.qualifiers:
        return None
    if share:
        return None if last.value.unit == "%" else last
    alike = (last.value.unit, last.value.currency) == (value.value.unit, value.value.currency)
    return last if alike and last.value.unit != "%" else None


def _part(scene: Scene, value: FoundValue, whole: Draft, label: str, *, share: bool) -> Draft:
    """Tell a part: of the firm or thing that it names, else of a line of the whole's holder."""
    end = value.start
    named = [n[0] for n in scene.names if label == scene.text[n[1] : n[2]] and n[2] <= end]
    metric = whole.qualifiers["metric"]
    holder, product = whole.subject, None
    thing = named[-1] if named else Entity(entity_id(label), "Concept", label)
    if whole.subject.cls not in BODIES or (thing.cls in PARTIES and thing.cls != "Place"):
        holder = thing
    else:
        of = whole.qualifiers.get("product", "") if thing.cls == "Place" else ""
        product = f"{label} {of}".strip()
    draft = holding(scene, value, holder, metric)
    draft.qualifiers["metric"] = f"{metric} 비중" if share else metric
    for key in ("period", "product"):
        if key in whole.qualifiers and key not in draft.qualifiers:
            draft.qualifiers[key] = whole.qualifiers[key]
    if product is not None:
        draft.qualifiers["product"] = product
    draft.confidence = _SURE
    return draft
