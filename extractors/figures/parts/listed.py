"""Parts of a firm told in a list: "지역별(FY25): 북미 61%, 중국 9%", or each in a line of its own.

Below a firm's own sales ("- 매출: 46조 원") a line tells a part of them ("- 메모리: 30조 원(+12%)")
that is less than all that the firm sold, and in the same currency; other accounts ("설비투자: 8조
원") have names of their own. The words are ``parts.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.classes import BODIES
from extractors.context.brackets import bracket_at
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import clause_of
from extractors.figures.parts.words import FILE, line_label, load_parts
from extractors.language.trimming import unglossed, without_particle
from extractors.names.labels import label_of
from extractors.values.metric_data import basis_before, load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import Worded
from kg.claim import Entity

_BY = Worded(
    FILE,
    r"^\W*(?P<by>(?!{several})[가-힣A-Za-z]{1,8}별)\s?(?P<of>{sums})?(?:액)?\s?{shares}?\s?"
    r"(?:\([^()]*\))?\s?[:：]\s",
)
"""By what a sum is split: "지역별 매출 비중(FY25): …"."""
_OF = Worded(FILE, r"(?P<of>{sums})\s?{shares}(?:은|는|이)\s(?=[^\d,.]{1,20}\s(?:약\s)?[\d.]+%,)")
"""Of what the parts are told: "가나의 매출 구성은 서버 45%, 모바일 30%다"."""
_EACH = Worded(
    FILE,
    r"(?P<by>(?!{several})[가-힣]{1,5}별)\s(?P<of>{sums})(?:액)?(?:은|는|이|도)\s"
    r"(?=[^\d,.]{1,20}\s(?:약\s)?-?[\d.,]+[조억만원달%])",
)
"""The same in a sentence: "부문별 영업이익은 메모리 3조 원, 가전 1조 원으로"."""
_BETWEEN = re.compile(r"^[\s,·/|]*(?:및\s|와\s|과\s)?")
_PART = re.compile(r"(?=.*[가-힣A-Za-z])[가-힣A-Za-z0-9 &·()\-]{1,24}")
_ENDS = re.compile(r"\s(?:→|⇒|—|–)\s|[.;]\s")
_GLOSS = re.compile(r"\+?\s?(?:\([^()]*\))?")
_SHORTEST = 2
"""So many parts make a split."""
_SALES = "매출"
_KINDS = ("Market", "Technology", "Chip", "Product", "Software")
_ABOUT = re.compile(r"(?:약|매출(?:은|액은|액)?|revenue)?\s?", re.I)
_EXPECTED = re.compile(r"예상|전망|컨센서스|추정|est", re.I)
_SURE = "0.7"


def match_splits(scene: Scene) -> Iterator[Draft]:
    """Yield a draft for every part of a list that says of what, whose whole the text is about."""
    if len(scene.values) < _SHORTEST:
        return
    listed = _BY.match(scene.text) or _OF.search(scene.text)
    told = listed or _EACH.search(scene.text)
    firm = _firm(scene, told.start()) if told else None
    if told is None or firm is None:
        return
    parts = list(_parts(scene, told.end()))
    if len(parts) < _SHORTEST or any(_is_body(scene, part) for _, part in parts):
        return
    periods = [p.value for p in scene.periods if p.end <= told.end()]
    clause = clause_of(scene, parts[-1][0])
    tail = parts[-1][0].end, clause.tail_end if clause else len(scene.text)
    for value, part in parts:
        shared = value.value.unit == "%"
        metric = told["of"] or told.groupdict()["by"]
        draft = _draft(firm, value, f"{metric} 비중" if shared else metric, part)
        draft.qualifiers |= {"period": periods[0]} if len(periods) == 1 else {}
        draft.tail = (value.end, value.end) if listed else tail
        if shared or (told["of"] and value.value.currency):
            yield draft


def _firm(scene: Scene, start: int) -> Entity | None:
    """Return the firm named before a split, else the one that the text is about."""
    named = scene.named_in(0, start, BODIES)
    if named:
        return named[-1][0]
    discourse = scene.discourse
    told = (discourse.topic, discourse.heading, discourse.home)
    return next((e for e in told if e is not None and e.cls in BODIES), None)


def _parts(scene: Scene, start: int) -> Iterator[tuple[FoundValue, str]]:
    """Yield the figures of a list from an offset, each with the words right before it."""
    end = _ENDS.search(scene.text, start)
    at = start
    for value in scene.values:
        told = value.value.unit == "%" or value.value.currency is not None
        if not told or value.start < at or bracket_at(scene.text, value.start) is not None:
            continue  # the 3nm of "3nm 30%", what a bracket glosses
        if end is not None and value.start > end.start():
            return
        words = unglossed(_BETWEEN.sub("", scene.text[at : value.start])).strip(" ~약:")
        words = without_particle(
            words, scene.tokens, len(scene.text[: value.start].rstrip(" ~약:"))
        )
        if not _PART.fullmatch(words):
            return
        yield value, words
        gloss = _GLOSS.match(scene.text, value.end)
        at = gloss.end() if gloss else value.end


def _is_body(scene: Scene, part: str) -> bool:
    return any(n[0].cls in BODIES and scene.text[n[1] : n[2]] == part for n in scene.names)


def _draft(firm: Entity, value: FoundValue, metric: str, part: str) -> Draft:
    draft = Draft(firm, "hasMetric", None, value.value, 0, value.end, confidence=_SURE)
    draft.qualifiers = {"metric": metric, "product": part}
    return draft


def match_part_lines(scene: Scene) -> Iterator[Draft]:
    """Yield what the line of a list says that a part of the firm sold, and how that grew."""
    whole, label = scene.discourse.sales, label_of(scene.text)
    if whole is None or whole.value is None or label is None or not scene.values:
        return
    first = scene.values[0]
    words = unglossed(scene.text[label.start : label.end]).strip()
    beside = label.body <= first.start and _ABOUT.fullmatch(scene.text, label.body, first.start)
    if not (beside and scene.in_list and _is_part(scene, words, label.end, first)):
        return
    if not _is_less(first, whole):
        return
    draft = _draft(whole.subject, first, _SALES, words)
    draft.qualifiers |= {k: v for k, v in whole.qualifiers.items() if k == "period"}
    draft.modality = whole.modality
    yield draft
    rest = next((v for v in scene.values[1:] if v.value.unit == "%"), None)
    basis = basis_before(scene.text[first.end : rest.start]) if rest else None
    if rest and basis and not _EXPECTED.search(scene.text, first.end, rest.start):
        grown = {"metric": f"{_SALES} 증감률", "basis": basis}
        yield replace(draft, value=rest.value, end=rest.end, qualifiers=draft.qualifiers | grown)


def _is_part(scene: Scene, words: str, end: int, first: FoundValue) -> bool:
    """Tell a line of business from another account, and from somebody else."""
    inside = [n for n in scene.names if n[2] <= end]
    if words in load_metrics().words or any(n[0].cls in (*BODIES, "Person") for n in inside):
        return False
    kind = any(n[0].cls in _KINDS and n[2] == end for n in inside)
    named = words.endswith(load_parts().headed) or line_label(words) is not None
    return first.value.currency is not None and (kind or named)


def _is_less(part: FoundValue, whole: Draft) -> bool:
    if whole.value is None or part.value.currency != whole.value.currency:
        return False
    least, most = part.value.minimum, whole.value.minimum
    return least is not None and most is not None and least < most
