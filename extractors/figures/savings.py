"""What something saves or gains by a ratio: "토큰 사용량을 65% 줄인다", "발열을 35% 낮춘 칩"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import MADE
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import fitting, phrase_at, topic_entity
from extractors.figures.moves import FILE as MOVES
from extractors.figures.quantities import holding
from extractors.language.phrases import Clause
from extractors.values.metric_data import is_fraction, load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import Worded, words_in
from kg.claim import Entity

_HOLDERS = (*MADE, "Company", "Organization")
_RATIOS = ("%", "배")
_WHAT = re.compile(
    r"(?P<noun>[가-힣A-Za-z]+(?:\s[가-힣A-Za-z]+)?)(?:을|를)\s"
    r"(?:[가-힣A-Za-z0-9.\- ]{2,16}(?:보다|대비|에 비해)\s)?(?:약|최대|무려|평균|최소|기존의?)?\s?$"
)
_CHANGED = Worded(
    MOVES,
    r"(?:나|가량|정도|이상|가까이|까지|넘게|로|으로|\s아래로|\s?수준으로|\s?수준까지)*\s?(?:더\s)?"
    r"(?:(?P<down>{lowering})|(?P<up>{raising}))",
)
_TO = re.compile(r"로|으로|\s아래로|\s?수준")
"""What follows a part of what was: "3분의 1로 낮췄다"."""
_SURE = "0.7"


def match_savings(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield by how much something lowers or raises what no metric word names."""
    used = {d.value.text for d in taken if d.value is not None}
    for value in scene.values:
        ratio = value.value.unit in _RATIOS or is_fraction(value.value)
        if not ratio or value.value.text in used:
            continue
        changed = _CHANGED.match(scene.text, value.end)
        what = _WHAT.search(scene.text[: value.start]) if changed else None
        if changed is None or what is None or not _may_change(scene, what):
            continue
        holder = _holder(scene, value, what.start("noun"))
        if holder is not None:
            part = is_fraction(value.value) and _TO.match(scene.text, value.end)
            change = "" if part else " 감소율" if changed["down"] else " 증가율"
            name = f"{_noun(what)}{change}"
            draft = holding(scene, value, holder, name)
            if part:
                draft.qualifiers.setdefault("basis", "이전 대비")
            draft.confidence = _SURE
            yield draft


def _noun(what: re.Match[str]) -> str:
    """Return what changes, without a particle's phrase before it: "도구로 시간" is 시간."""
    words = what["noun"].split()
    return words[-1] if len(words) > 1 and _LOOSE.search(words[0]) else " ".join(words)


_LOOSE = re.compile(
    r"(?:은|는|이|가|을|를|의|에|로|와|과|도|해|고|며|서|한|된|인|던|보다|대비|당)$"
)


def _may_change(scene: Scene, what: re.Match[str]) -> bool:
    last = what["noun"].split()[-1]
    named = any(
        n[0].cls in ("Company", "Person", "Place") and n[2] >= what.end("noun") for n in scene.names
    )
    return last not in words_in(MOVES, "unsaved") and last not in load_metrics().empty and not named


def _holder(scene: Scene, value: FoundValue, at: int) -> Entity | None:
    """Return who saves: what a relative clause describes, else whom the sentence is about."""
    clause = scene.parsed.clause_to(value.end + 1)
    if clause is not None and clause.ending == "relative" and clause.modified is not None:
        named = scene.fill(clause.modified, MADE)
        if named and not scene.is_generic(named[-1][0]):
            return named[-1][0]
    return _told(scene, clause, at)


def _told(scene: Scene, clause: Clause | None, at: int) -> Entity | None:
    phrase = phrase_at(scene, at)
    before = [p for p in ((clause.subject, clause.topic) if clause else ()) if p and p.start < at]
    if (
        clause is not None
        and not before
        and any(p.leads and p.start < at for p in scene.parsed.phrases)
    ):
        clause = None
    return fitting(scene, topic_entity(scene, clause, phrase, _HOLDERS), "thing", at)
