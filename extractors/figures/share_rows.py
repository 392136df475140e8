"""Rows of shares of one market: "본딩기 시장은 가나가 43%, 다라와 마바가 각각 21%와 9%를 차지한다".

Every figure stands right behind whose it is. Of which market they are is told before the row,
or by what the sentence before measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.classes import MADE, PARTIES
from extractors.context.scene import Draft, Named, Scene
from extractors.figures.quantities import holding
from extractors.sparing import sparing
from extractors.values.values import FoundValue
from extractors.word_lists import Worded

_WORDS = "figures/shares.yaml"
_LEADS = re.compile(r"(?:은|는|이|가)\s(?P<each>각각\s)?(?:약\s)?")
_AND = re.compile(r"[와과]\s|·|,\s")
_NEXT = re.compile(
    r"(?:를|을|로|으로)?(?:\s\d위)?(?:이고|이며|였고|였으며|인데)?,?\s(?:그리고\s|이어\s)?"
)
_TAKEN = Worded(_WORDS, r"(?:를|을)\s(?:각각\s|나눠\s)?{taking}")
_PLAIN = re.compile(
    r"(?:이?다|였다|입니다|이에요|예요|로 (?:집계|조사|추정)\S*|\s?순\S*|\s?수준\S*)?\W*$"
)
_MARKET = sparing(
    r"(?:^|[,.]\s)(?:(?:지난해|올해|현재|전\s?세계|글로벌|세계|국내)\s)*"
    r"(?P<name>[가-힣A-Za-z0-9]+(?:\s[가-힣A-Za-z0-9]+){0,2}?)\s시장(?:은|에서는?|에선|의 경우)\s$"
)
_ALL = 100
_GOODS = (*MADE, "Market", "Concept")
Share = tuple[Named, FoundValue]


def match_share_rows(scene: Scene, told: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the shares of a row of two or more holders that ``told`` does not tell."""
    row = _row(scene)
    if len(row) <= 1 or sum(_size(v) for _, v in row) > _ALL:
        return
    market = _market(scene, row)
    if market is None:
        return
    known = {id(d.value) for d in told}
    for (entity, start, _), value in row:
        if id(value.value) not in known:
            draft = holding(scene, value, entity, "점유율")
            draft.predicate, draft.start = "marketShare", min(start, draft.start)
            draft.qualifiers = {k: v for k, v in draft.qualifiers.items() if k == "period"}
            draft.qualifiers["product"] = market
            draft.tail = row[-1][1].end, max(draft.end, row[-1][1].end)
            yield draft


def _size(value: FoundValue) -> float:
    return float(value.value.minimum or value.value.maximum or 0)


def _row(scene: Scene) -> list[Share]:
    """List who has which percent, where one follows the other and nothing stands between."""
    row: list[Share] = []
    ends = 0
    for value in (v for v in scene.values if v.value.unit == "%"):
        if row and value.start <= ends:
            continue
        item = _item(scene, value)
        if not item or (row and not _NEXT.fullmatch(scene.text, ends, item[0][0][1])):
            return []
        row += item
        ends = item[-1][1].end
    return row


def _item(scene: Scene, value: FoundValue) -> list[Share]:
    """Return whose a percent is, or those of several: "다라와 마바가 각각 21%와 9%"."""
    named = next((n for n in reversed(scene.names) if n[2] <= value.start), None)
    led = _LEADS.fullmatch(scene.text, named[2], value.start) if named else None
    if named is None or led is None or not _may_have(scene, named):
        return []
    if not led["each"]:
        return [(named, value)]
    holders = [named]
    for before, behind in pairwise(reversed([n for n in scene.names if n[2] <= named[2]])):
        if not (_AND.fullmatch(scene.text, behind[2], before[1]) and _may_have(scene, behind)):
            break
        holders.insert(0, behind)
    values = [value]
    for known in (v for v in scene.values if v.start >= value.end and v.value.unit == "%"):
        if _AND.fullmatch(scene.text, values[-1].end, known.start):
            values.append(known)
    return list(zip(holders, values, strict=True)) if len(holders) == len(values) else []


def _may_have(scene: Scene, named: Named) -> bool:
    return named[0].cls in PARTIES and not scene.is_generic(named[0])


def _market(scene: Scene, row: Sequence[Share]) -> str | None:
    """Return the market of a row: told before it, or what was measured before."""
    begins, ends = row[0][0][1], row[-1][1].end
    taken = _TAKEN.match(scene.text, ends)
    here = _MARKET.search(scene.text, 0, begins)
    if here:
        return here["name"] if taken or _PLAIN.match(scene.text, ends) else None
    figure = scene.discourse.figure if scene.may_carry else None
    if not taken or begins > 0 or figure is None or figure.subject.cls not in _GOODS:
        return None
    return figure.subject.label
