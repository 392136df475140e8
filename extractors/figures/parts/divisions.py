"""Which part of a firm a figure is of: the loss of "파운드리 부문에서 28억 달러의 적자를 냈다".

A part named in a clause holds for the figures that follow in it, and for those of the next
sentence that names neither a firm nor another part.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.parts.words import FILE, division_label, line_label, load_parts
from extractors.language.phrases import Clause, Phrase
from extractors.word_lists import Worded

_CASES = frozenset({"at", "topic", "subject", "of", "also"})
_GLOSS = re.compile(r"\([^()]*\)?")
_CLAUSE = r"(?:반면|데 비해|지만|[고며나]),?\s"
_LEADING_LINE = re.compile(_CLAUSE + r"(?P<line>[가-힣A-Za-z]{2,12})(?:은|는|이|가|도)\s(?:약\s)?$")
_LEADING_DIVISION = Worded(
    FILE, rf"(?:^|{_CLAUSE})" r"(?P<part>[가-힣A-Za-z&]+\s?{divisions})(?:은|는|도|이)\s(?:약\s)?$"
)
_INNER = re.compile(r"(?:이|그|이들)\s?(?:중|가운데)(?:에서)?\s")


@dataclass(frozen=True, slots=True)
class Division:
    """A part of a firm, where its name ends, and the phrase that tells it.

    ``beside`` tells that the phrase goes on with what is measured.
    """

    label: str
    end: int
    phrase: Phrase
    beside: bool = False


def settle_divisions(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Let the figures of a sentence say of which part of a firm they are."""
    figures = [(at, d) for d in drafts if is_account(d) and (at := _place(scene, d)) is not None]
    if not figures:
        return
    told = _named_in(scene) if any(p in scene.text for p in load_parts().divisions) else []
    used: set[str] = {d.qualifiers["product"] for _, d in figures if "product" in d.qualifiers}
    for at, draft in sorted(figures, key=lambda figure: figure[0]):
        if led := _led(scene, at):
            draft.qualifiers["product"] = led
        if "product" in draft.qualifiers:
            continue
        part = _part_at(scene, told, at, used) or (None if told else _before(scene, draft))
        if part is not None:
            draft.qualifiers["product"] = part
            used.add(part)
    outer = {d.qualifiers.get("product") for at, d in figures if not _is_inner(scene, at)}
    outer |= {d.label for d in told if not _is_inner(scene, d.end)}
    alone = next(iter(outer)) if len(outer) == 1 else None
    holder = figures[-1][1].subject.id
    scene.discourse.divided = (holder, alone) if alone and division_label(alone) else None


def _led(scene: Scene, at: int) -> str | None:
    """Return the line of business that a clause begins with: ", 가전은 1천억 원 적자를 냈다"."""
    led = _LEADING_LINE.search(scene.text, 0, at)
    return line_label(led["line"]) if led else None


def leading_division(scene: Scene, at: int, *, inside: bool) -> str | None:
    """Return the division that a sentence, or a clause ``inside`` it, begins with at a figure.

    What goes right on to its figure: "게이밍 부문은 43억 달러", ", 로봇 사업부는 약 3억 달러".
    """
    led = _LEADING_DIVISION.search(scene.text[:at])
    return led["part"] if led and inside == (led.start() > 0) else None


def is_account(draft: Draft) -> bool:
    """Tell a figure that firms give for each of their parts: sales, a profit, orders."""
    metric = draft.qualifiers.get("metric", "")
    own = draft.predicate == "hasMetric" and draft.subject.cls in BODIES
    return own and draft.value is not None and metric.startswith(load_parts().measured)


def _place(scene: Scene, draft: Draft) -> int | None:
    """Return where the value of a draft stands."""
    found = scene.value_of(draft)
    if found is None and draft.tail and draft.value:
        return draft.tail[0] - len(draft.value.text)
    return found.start if found else None


def _named_in(scene: Scene) -> list[Division]:
    """List the parts of firms that a sentence names: "부문에서", "부문은", "부문 매출은"."""
    found = []
    for phrase in scene.parsed.phrases:
        start = phrase.chain()[0].start
        words = _GLOSS.sub(_blank, scene.masked[start : phrase.end])
        ends = _measures_at(words)
        if ends is None and phrase.case not in _CASES:
            continue
        own = words[:ends].rstrip()
        names = [n[2] - start for n in scene.named_in(start, phrase.end, BODIES)]
        after = max((end for end in names if end < len(own)), default=0)
        label = division_label(own[after:].strip()) or division_label(own)
        if label is not None:
            found.append(Division(label, start + len(own), phrase, beside=ends is not None))
    return found


def _measures_at(words: str) -> int | None:
    """Return where the metric begins that a phrase ends in: "반도체 부문 매출"."""
    at = words.rstrip().rfind(" ") + 1
    return at if at and words.startswith(load_parts().measured, at) else None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _part_at(scene: Scene, told: Sequence[Division], at: int, used: Collection[str]) -> str | None:
    """Return the part that holds at an offset: the nearest before it that nothing ends."""
    before = [d for d in told if d.end <= at]
    if not before:
        return None
    last = before[-1]
    if _is_left(scene, last, at, last.label in used):
        return None
    return last.label


def _is_left(scene: Scene, division: Division, at: int, used: bool) -> bool:
    """Tell that a sentence has turned from a part to the firm, or never told figures of it."""
    start = division.end
    if load_parts().whole.search(scene.masked, start, at):
        return True
    turned = any(
        p.case in ("topic", "subject", "of") and scene.named_in(p.start, p.end, BODIES)
        for p in scene.parsed.phrases
        if start <= p.start and p.end <= at
    )
    if turned:
        return True
    crossed = [c for c in scene.parsed.clauses if start < c.end <= at and c.ending != "relative"]
    if division.phrase.case == "of" and not division.beside and not crossed:
        return not _is_owned(scene, division.phrase, at)
    return not used and any(_is_against(scene, division, c) for c in crossed)


def _is_against(scene: Scene, division: Division, clause: Clause) -> bool:
    """Tell a clause that ends what is said of a part: "부문은 부진했지만", "부문에서 협력하고"."""
    ends = scene.text[clause.start : clause.end].rstrip(" ,")
    told_alone = division.beside or division.phrase.case in ("at", "of")
    return told_alone or ends.endswith(load_parts().against)


def _is_owned(scene: Scene, owner: Phrase, at: int) -> bool:
    """Tell a figure of what a part owns: "사업부의 매출은 3조", not "사업부의 대표가"."""
    owned = [p for p in scene.parsed.phrases if p.owner is owner]
    return any(p.head.startswith(load_parts().measured) or p.start <= at < p.end for p in owned)


def _is_inner(scene: Scene, at: int) -> bool:
    """Tell a figure of a part of the part: "이 중 패키징 사업부의 손실이 8억 달러"."""
    return _INNER.search(scene.text, 0, at) is not None


def _before(scene: Scene, draft: Draft) -> str | None:
    """Return the part that the sentence before told of, where this one goes on with it."""
    holder, part = scene.discourse.division or ("", None)
    if part is None or holder != draft.subject.id or not scene.may_carry:
        return None
    named = scene.named_in(0, len(scene.text), BODIES)
    return None if named or load_parts().whole.search(scene.masked) else part
