"""How a firm's sum is split, told in a list: "지역별(FY25): 북미 61%, 중국 9%, 일본 4%"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.classes import BODIES
from extractors.context.brackets import bracket_at
from extractors.context.scene import Draft, Scene
from extractors.language.trimming import unglossed
from extractors.values.values import FoundValue
from kg.claim import Entity

_BY = re.compile(
    r"^\W*(?P<by>(?!업체|기업|회사|제조사|브랜드|벤더|공급사|업종|종목|국적)[가-힣A-Za-z]{1,8}별)\s?"
    r"(?P<of>매출|출하량|출하|생산량|영업이익|이익|수주|판매량)?(?:액)?\s?"
    r"(?:비중|구성비?|비율|분포)?\s?(?:\([^()]*\))?\s?[:：]\s"
)
"""By what a sum is split; "업체별" tells of several firms, not of one."""
_OF = re.compile(
    r"(?P<of>매출|출하량?|생산량?|이익)\s?(?:구성비?|비중|비율)(?:은|는|이)\s"
    r"(?=[^\d,.]{1,20}\s(?:약\s)?[\d.]+%,)"
)
"""Of what the parts are told: "가나의 매출 구성은 서버 45%, 모바일 30%다"."""
_BETWEEN = re.compile(r"^[\s,·/|]*(?:및\s|와\s|과\s)?")
_PART = re.compile(r"(?=.*[가-힣A-Za-z])[가-힣A-Za-z0-9 &·()\-]{1,24}")
_ENDS = re.compile(r"\s(?:→|⇒|—|–)\s|[.;]\s")
_GLOSS = re.compile(r"\+?\s?(?:\([^()]*\))?")
_SHORTEST = 2
"""So many parts make a split."""


def match_splits(scene: Scene) -> Iterator[Draft]:
    """Yield a draft for every part of a list that says of what, whose whole the text is about."""
    if len(scene.values) < _SHORTEST:
        return
    told = _BY.match(scene.text) or _OF.search(scene.text)
    firm = _firm(scene, told.start()) if told else None
    if told is None or firm is None:
        return
    parts = list(_parts(scene, told.end()))
    if len(parts) < _SHORTEST or any(_is_body(scene, part) for _, part in parts):
        return
    periods = [p.value for p in scene.periods if p.end <= told.end()]
    for value, part in parts:
        draft = Draft(firm, "hasMetric", None, value.value, 0, value.end)
        shared = value.value.unit == "%"
        of = told["of"] or told.groupdict()["by"]
        draft.qualifiers = {"metric": f"{of} 비중" if shared else of, "product": part}
        draft.qualifiers |= {"period": periods[0]} if len(periods) == 1 else {}
        draft.tail, draft.confidence = (value.end, value.end), "0.7"
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
        if not _PART.fullmatch(words):
            return
        yield value, words
        gloss = _GLOSS.match(scene.text, value.end)
        at = gloss.end() if gloss else value.end


def _is_body(scene: Scene, part: str) -> bool:
    return any(n[0].cls in BODIES and scene.text[n[1] : n[2]] == part for n in scene.names)
