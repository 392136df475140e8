"""The quantity of a frame's claim: the subject's own, the clause's, or that of the means."""

from __future__ import annotations

import re

from extractors.classes import MADE
from extractors.context.scene import Scene
from extractors.figures.bases import comes_from, sum_of_change
from extractors.language.phrases import Clause
from extractors.lexicon.frame_data import Frame, load_frames
from extractors.values.values import FoundValue
from kg.claim import Entity

_AMOUNTS = frozenset(
    {"금액", "돈", "규모", "액수", "자금", "물량", "수량", "수", "투자액", "칩", "GPU"}
)
_COUNTED = ("개", "대", "장", "만", "GPU-시간", "톤")
_CONTENT = ("GW", "MW", "GB", "TB", "MB")
_OF_MEMORY = ("GB", "TB", "MB")
_MEMORY = re.compile(r"메모리|HBM|DDR|D램|DRAM|SSD|낸드|NAND|SRAM|스토리지|SOCAMM|RAM", re.I)
_SPENDING = frozenset({"들이", "투자", "투입", "쏟", "쏟아붓"})
_NEAR = 45


def quantity_told(
    scene: Scene,
    frame: Frame,
    clause: Clause,
    parties: tuple[Entity, Entity],
    span: tuple[int, int],
) -> FoundValue | None:
    """Return the quantity of a claim of ``parties``, told in ``span``: that behind the object."""
    subject, target = parties
    found = _counted_behind(scene, frame, target, *span)
    found = found or value_of(scene, frame, clause, subject, *span)
    return None if found and _is_of_memory(found, target) else found


def _counted_behind(
    scene: Scene, frame: Frame, target: Entity, start: int, end: int
) -> FoundValue | None:
    """Return how many of a thing stand right behind its name: "K1 GPU 30장과 K2 8장 확보"."""
    for entity, begins, until in scene.names:
        if entity.id == target.id and start <= begins < end:
            kind = _KIND.match(scene.text, until)
            at = kind.end() if kind else until
            counted = (v for v in scene.values if v.start == at and v.value.unit in _COUNTED)
            if (found := next(counted, None)) is not None:
                return value_in(scene, frame, found.start, found.end)
    return None


def stage_of(scene: Scene, start: int, end: int) -> str | None:
    """Return what of a thing is handed on, if no more than a sample: "K1 12단 샘플을 공급"."""
    ends = (n[2] for n in scene.named_in(start, end, MADE))
    told = (_SAMPLE.match(scene.text, end) for end in ends)
    return next((match["stage"] for match in told if match), None)


_SAMPLE = re.compile(
    r"(?:\([^()]*\))?(?:\s\d+(?:단|GB))*(?:\s제품)?의?\s(?P<stage>샘플|시제품|시료|목업)"
)
_KIND = re.compile(r"\s(?:(?:GPU|NPU|CPU|칩|서버|가속기|장비|로봇)\s)?")


def _is_of_memory(found: FoundValue, target: Entity) -> bool:
    """Tell a size that no other thing has: "4GB 메모리, 6코어 CPU를 갖춘" is none of the CPU."""
    return found.value.unit in _OF_MEMORY and _MEMORY.search(target.label) is None


def value_of(
    scene: Scene, frame: Frame, clause: Clause, subject: Entity, start: int, end: int
) -> FoundValue | None:
    """Return the quantity of the subject ("A(3개)와 B(5개)"), the clause or its noun.

    The noun of a relative clause may be the quantity: "A가 B에 투자한 금액은 3억 달러다".
    """
    for entity, _, after in scene.names:
        if (
            entity.id == subject.id
            and start <= after < end
            and scene.text[after : after + 1] == "("
        ):
            close = scene.text.find(")", after)
            found = value_in(scene, frame, after, max(after, close))
            if found:
                return found
    found = _each(scene, _own_value(scene, frame, clause, start, end))
    counted = clause.modified if clause.ending == "relative" else None
    if found is None and counted and counted.head in _AMOUNTS:
        return value_in(scene, frame, counted.until, len(scene.text))
    return found


def _each(scene: Scene, total: FoundValue | None) -> FoundValue | None:
    """Return what each gets, not what all get: "A와 B에 각각 2억 달러씩, 총 4억 달러를"."""
    if total is None or not total.value.text.startswith("총"):
        return total
    before = [v for v in scene.values if v.end < total.start and total.start - v.end <= _BESIDE]
    each = before[-1] if before else None
    told = each is not None and scene.text[each.end : total.start].strip() == "씩,"
    return each if told else total


_BESIDE = 4


def quantity_key(found: FoundValue) -> str:
    """Return the qualifier that keeps a quantity: amount, stake or quantity."""
    if found.value.currency:
        return "amount"
    return "stake" if found.value.unit == "%" else "quantity"


def _own_value(
    scene: Scene, frame: Frame, clause: Clause, start: int, end: int
) -> FoundValue | None:
    """Return the quantity among the arguments, else after the clause before."""
    for phrase in reversed(clause.args):
        found = (
            None if phrase is clause.topic else value_in(scene, frame, phrase.start, phrase.until)
        )
        if found:
            return found
    ends = [
        c.end
        for c in scene.parsed.clauses
        if c.end <= clause.start and c.ending != "relative" and not _is_means(clause, c)
    ]
    return value_in(scene, frame, max([min([start, *_means(scene, clause)]), *ends]), end)


def _is_means(clause: Clause, before: Clause) -> bool:
    """Tell "300억을 들여 공장을 짓는다": what the money was spent on is the next verb's."""
    return before.serial and before.lemma in _SPENDING and clause.start - before.end < _NEAR


def _means(scene: Scene, clause: Clause) -> list[int]:
    near = [c for c in scene.parsed.clauses if c.end <= clause.start and _is_means(clause, c)]
    return [p.start for c in near for p in c.args if p.case == "object"]


def value_in(scene: Scene, frame: Frame, start: int, end: int) -> FoundValue | None:
    """Return the first quantity in a range of the kind that a frame keeps."""
    inside = [
        v
        for v in scene.values
        if start <= v.start and v.end <= end and not comes_from(scene, v)
        if not sum_of_change(scene.text, v)  # "출하가 5만 장 줄었다" is no size
        if not is_other_sum(scene, frame.predicate, v)
    ]
    for found in inside:
        money, unit = found.value.currency, found.value.unit
        if (
            (frame.value == "money" and money)
            or (frame.value in ("count", "content") and unit in _COUNTED)
            or (frame.value == "content" and unit in _CONTENT)
            or (
                frame.value == "capacity"
                and (money or unit in ("GW", "MW", "개", "곳", "장", "㎡", "m²"))
            )
            or (frame.value == "stake" and (money or unit == "%"))
            or (frame.value == "any" and (money or unit in ("개", "대", "장", "GW", "MW")))
        ):
            return found
    return None


_EACH_ONE = re.compile(r"(?:개당|대당|장당|주당|톤당|건당|인당|시간당|토큰당)\s(?:약\s)?$")
"""What tells the price of one, which no deal comes to: "개당 500달러에 공급"."""


def is_other_sum(scene: Scene, predicate: str, found: FoundValue) -> bool:
    """Tell what another deed costs: "투자 $50억 + 칩 공급", "투자를 위해 주식 5조 원 매각"."""
    if predicate and _EACH_ONE.search(scene.text, 0, found.start):
        return True
    other = _OTHER.match(scene.text, found.end) if found.value.currency else None
    told = load_frames().by_noun.get(other["deed"], ()) if other else ()
    return other is not None and all(frame.predicate != predicate for frame in told)


_OTHER = re.compile(
    r"(?:의|을|를|어치|\s규모의?)?\s?(?P<deed>투자|매각|인수|매도|처분|조달|기부)"
    r"(?:\s?[+,&]|\s?$|[하했])"
)
