"""The parts of a dense line: a label, figures in a row, and the brackets that gloss them.

"나래전자 2Q26(잠정): 매출 79조(QoQ +9%)·영업이익 9조" has a label and two items, of which the
first has a gloss; "12만 → 14만원" is one figure with what it was before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.classes import BODIES
from extractors.context.brackets import bracket_at, brackets
from extractors.context.scene import Scene
from extractors.figures.bases import TURNED
from extractors.sparing import sparing
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue

_BOUND = sparing(r":\s|\s[—–]\s")
_SEPARATOR = re.compile(r"·|,\s|\s[/|]\s|;")
_LEFT = re.compile(r"[+\s]*(?:/[A-Za-z가-힣]{1,3})?(?:이상|수준|안팎|YoY|QoQ|MoM)?\s?")


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a list: where it is, its figure, what that was before, its gloss.

    ``tail`` is a noun behind the figure that says what it is: "4억 달러 유치".
    """

    start: int
    end: int
    value: FoundValue
    former: FoundValue | None = None
    gloss: tuple[int, int] | None = None
    tail: str = ""

    @property
    def begins(self) -> int:
        """Where its first figure begins."""
        return self.former.start if self.former else self.value.start


@dataclass(frozen=True, slots=True)
class Line:
    """A dense line: where its label ends, and its items."""

    body: int
    items: tuple[Item, ...]


def dense_line(scene: Scene) -> Line | None:
    """Return the items of a line, and where the label before them ends, if there is one."""
    outside = [v for v in scene.values if bracket_at(scene.text, v.start) is None]
    first = next((v for v in outside if not _is_of_label(scene, v)), None)
    if first is None:
        return None
    bounds = _outside(scene, _BOUND, 0, first.start)
    body = bounds[-1].end() if bounds else _first_named(scene, first)
    items = [_item(scene, start, end) for start, end in _parts(scene, body)]
    read = tuple(item for item in items if item is not None)
    return Line(body, read) if read else None


def _first_named(scene: Scene, first: FoundValue) -> int:
    """Return where the name right before the first figure begins: "점유율 전망 가나 54%·다라"."""
    beside = (n[1] for n in scene.names if n[2] + 1 == first.start and n[0].cls in BODIES)
    return next(beside, 0)


def _is_of_label(scene: Scene, value: FoundValue) -> bool:
    """Tell the number of those that a label counts: "메모리 3사 영업이익률: …"."""
    year = value.value.unit is None and _YEAR.fullmatch(value.value.text) is not None
    counted = _COUNTING.match(scene.text, value.end) is not None
    return value.value.currency is None and (year or counted)


_YEAR = re.compile(r"20[1-3]\d")
_COUNTING = re.compile(r"[^:—()]{0,20}(?:\([^()]*\))?:\s")


def glosses(scene: Scene, gloss: tuple[int, int]) -> Iterator[tuple[int, int, FoundValue]]:
    """Yield the parts of a bracket that hold one figure each, and that figure."""
    start, end = gloss[0] + 1, gloss[1]
    cuts = [m for m in _SEPARATOR.finditer(scene.text, start, end) if _parts_names(scene, m)]
    edges = [start, *(m.end() for m in cuts)]
    ends = [*(m.start() for m in cuts), end]
    for begins, ends_at in zip(edges, ends, strict=True):
        inside = [v for v in scene.values if begins <= v.start and v.end <= ends_at]
        if len(inside) == 1:
            yield begins, ends_at, inside[0]


def _outside(scene: Scene, pattern: re.Pattern[str], start: int, end: int) -> list[re.Match[str]]:
    found = pattern.finditer(scene.text, start, end)
    return [m for m in found if bracket_at(scene.text, m.start()) is None]


def _parts(scene: Scene, body: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a list, which names and figures do not part."""
    start = body
    for match in _outside(scene, _SEPARATOR, body, len(scene.text)):
        if _parts_names(scene, match):
            yield start, match.start()
            start = match.end()
    yield start, len(scene.text)


def _parts_names(scene: Scene, match: re.Match[str]) -> bool:
    whole = [*((n[1], n[2]) for n in scene.names), *((v.start, v.end) for v in scene.values)]
    return not any(start < match.start() < end for start, end in whole)


def _item(scene: Scene, start: int, end: int) -> Item | None:
    """Return an item that tells one figure, maybe with what it was, and nothing behind it."""
    inside = [v for v in scene.values if start <= v.start and v.end <= end]
    told = [v for v in inside if bracket_at(scene.text, v.start) is None]
    if not told or len(told) > 2:
        return None
    value, former = told[-1], told[0] if len(told) == 2 else None
    if former and not _turns(scene, former, value):
        return None
    behind = _NOUN.match(scene.text, value.end)
    known = (load_metrics().words, load_metrics().raising)
    tail = behind["noun"] if behind and any(behind["noun"] in told for told in known) else ""
    at = behind.end() if behind and tail else value.end
    gloss = _gloss(scene.text, at, end)
    left = _LEFT.match(scene.text, gloss[1] + 1 if gloss else at)
    if left is None or not _is_end(scene.text, left.end(), end):
        return None
    return Item(start, end, value, former, gloss, tail)


_NOUN = re.compile(r"\s?(?P<noun>[가-힣]{2,4})(?=\W|$)")


def _turns(scene: Scene, former: FoundValue, value: FoundValue) -> bool:
    turned = TURNED.match(scene.text, former.end)
    return bool(turned and turned["arrow"] and scene.text[turned.end() : value.start].strip() == "")


def _gloss(text: str, at: int, end: int) -> tuple[int, int] | None:
    """Return the bracket that stands right behind a figure."""
    left = _LEFT.match(text, at)
    opened = left.end() if left else at
    return next((b for b in brackets(text) if b[0] in (opened, opened - 1) and b[1] < end), None)


def _is_end(text: str, at: int, end: int) -> bool:
    """Tell that nothing more is told in an item; behind the last one another part may begin."""
    rest = text[at:end].strip(" .")
    return not rest or (end == len(text) and text[at:].lstrip().startswith(("—", "–")))


def words_of(scene: Scene, start: int, end: int, cut: Sequence[tuple[int, int]]) -> str:
    """Return the words of a range without the brackets in it and what is ``cut`` from it."""
    text = scene.text
    gone = [*cut, *((a, b + 1) for a, b in brackets(text) if start <= a)]
    kept = "".join(
        ch if not any(a <= at < b for a, b in gone) else " "
        for at, ch in enumerate(text[start:end], start)
    )
    return " ".join(kept.split())
