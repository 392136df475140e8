"""Which part of a firm a figure is of: the loss of "파운드리 부문에서 28억 달러의 적자를 냈다".

A part named in a clause holds for the figures that follow in it, and for those of the next
sentence that names neither a firm nor another part. The words are data (``divisions.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.language.phrases import Clause, Phrase
from extractors.word_lists import filled, load_words

_CASES = frozenset({"at", "topic", "subject", "of", "also"})
_MOST = 3
"""So many words tell a part at most."""
_GLOSS = re.compile(r"\([^()]*\)?")
_WORD = re.compile(r"[가-힣A-Za-z&·]+")
_INNER = re.compile(r"(?:이|그|이들)\s?(?:중|가운데)(?:에서)?\s")


@dataclass(frozen=True, slots=True)
class Divisions:
    """The words of ``divisions.yaml``."""

    parts: tuple[str, ...]
    lines: tuple[str, ...]
    segments: tuple[str, ...]
    plain: frozenset[str]
    measured: tuple[str, ...]
    whole: re.Pattern[str]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """A part of a firm, where its name ends, and the phrase that tells it.

    ``beside`` tells that the phrase goes on with what is measured.
    """

    label: str
    end: int
    phrase: Phrase
    beside: bool = False


@lru_cache(maxsize=1)
def load_divisions() -> Divisions:
    """Load the words once a process."""
    data = load_words("figures/divisions.yaml")
    return filled(Divisions, data, whole=re.compile(rf"(?<![가-힣])(?:{'|'.join(data['whole'])})"))


def division_label(words: str) -> str | None:
    """Return the part of a firm that words end in: "올해 반도체 솔루션 부문"."""
    last = next((part for part in load_divisions().parts if words.endswith(part)), None)
    label = _label(words) if last else ""
    return label if last and len(label) > len(last) else None


def line_label(words: str) -> str | None:
    """Return the part or the line of business that words before a figure's name end in."""
    line = words.endswith(load_divisions().lines)
    return division_label(words) or ((_label(words) or None) if line else None)


def _label(words: str) -> str:
    kept: list[str] = []
    for word in reversed(words.split()):
        if word in load_divisions().plain or not _WORD.fullmatch(word) or len(kept) == _MOST:
            break
        kept.insert(0, word)
    return " ".join(kept)


def settle_divisions(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Let the figures of a sentence say of which part of a firm they are."""
    figures = [(at, d) for d in drafts if _is_account(d) and (at := _place(scene, d)) is not None]
    if not figures:
        return
    told = _named_in(scene) if any(p in scene.text for p in ("부문", "사업", "본부")) else []
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
    led = _LEADING.search(scene.text, 0, at)
    return line_label(led["line"]) if led else None


_LEADING = re.compile(
    r"(?:반면|데 비해|지만|[고며나]),?\s(?P<line>[가-힣A-Za-z]{2,12})(?:은|는|이|가|도)\s(?:약\s)?$"
)


def _is_account(draft: Draft) -> bool:
    metric = draft.qualifiers.get("metric", "")
    own = draft.predicate == "hasMetric" and draft.subject.cls in BODIES
    return own and draft.value is not None and metric.startswith(load_divisions().measured)


def _place(scene: Scene, draft: Draft) -> int | None:
    """Return where the value of a draft stands."""
    found = next((v.start for v in scene.values if v.value is draft.value), None)
    if found is None and draft.tail and draft.value:
        return draft.tail[0] - len(draft.value.text)
    return found


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
    return at if at and words.startswith(load_divisions().measured, at) else None


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
    if load_divisions().whole.search(scene.masked, start, at):
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
    return told_alone or ends.endswith(load_divisions().against)


def _is_owned(scene: Scene, owner: Phrase, at: int) -> bool:
    """Tell a figure of what a part owns: "사업부의 매출은 3조", not "사업부의 대표가"."""
    owned = [p for p in scene.parsed.phrases if p.owner is owner]
    return any(p.head.startswith(load_divisions().measured) or p.start <= at < p.end for p in owned)


def _is_inner(scene: Scene, at: int) -> bool:
    """Tell a figure of a part of the part: "이 중 패키징 사업부의 손실이 8억 달러"."""
    return _INNER.search(scene.text, 0, at) is not None


def _before(scene: Scene, draft: Draft) -> str | None:
    """Return the part that the sentence before told of, where this one goes on with it."""
    holder, part = scene.discourse.division or ("", None)
    if part is None or holder != draft.subject.id or not scene.may_carry:
        return None
    named = scene.named_in(0, len(scene.text), BODIES)
    return None if named or load_divisions().whole.search(scene.masked) else part
