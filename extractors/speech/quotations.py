"""Quotations that no verb takes: "젠슨 황: “…”", "“…”(리사 수 CEO)", "“….” 리사 수의 말이다"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.alternation import holds_any
from extractors.classes import ACTORS
from extractors.context.quotation_marks import is_sentence
from extractors.context.scene import Draft, Scene
from extractors.language.modality import modality
from extractors.names.descriptions import called_group
from extractors.names.name_patterns import patterns
from kg.claim import Entity, Value

_SAID = r"[“\"](?P<said>[^“”\"]{8,})[”\"]"
_NOUNS = "말|설명|주장|지적|진단|평가|전망|이야기|얘기"
_TURNS = (
    re.compile(rf"^(?P<who>[^“”\"]{{2,40}}?)\s?[:：,]?\s*{_SAID}\s*[.)]?$"),
    re.compile(
        rf"^(?P<who>[^“”\"]{{2,40}}?),\s{_SAID}\s?(?:이?라)?(?:며|고|면서)\s[가-힣 ]{{2,20}}$"
    ),
    re.compile(rf"{_SAID}\s?[(（](?P<who>[^()]{{2,30}})[)）]\s*\.?$"),
    re.compile(rf"{_SAID}\s?[-–—]\s?(?P<who>[^“”\"]{{2,30}})$"),
    re.compile(
        rf"{_SAID}\.?\s?(?P<who>[^“”\"]{{2,30}}?)의\s(?:{_NOUNS})(?:이다|입니다|이에요|예요|임|다)"
    ),
)
_GOING_ON = _TURNS[1]
"""What says so of a noun alone, too: "가나, “시장은 이제 시작”이라며 자신감"."""
_CLOSING = ("”", '"')
_EDGE = " *·•-–▲△□○:：,’‘'"


def match_quotations(scene: Scene, stated: list[Draft]) -> Iterator[Draft]:
    """Yield a ``states`` draft for a quotation that stands beside its speaker."""
    if not holds_any(scene.text, _CLOSING):
        return
    for turn in _TURNS:
        match = turn.search(scene.text)
        speaker = match and (named_alone(scene, *match.span("who")) or called_group(match["who"]))
        if match is None or speaker is None:
            continue
        if turn is not _GOING_ON and not is_sentence(match["said"]):
            continue
        start, end = match.span("said")
        if any(d.predicate == "states" and d.start < end and start < d.end for d in stated):
            return
        draft = Draft(speaker, "states", None, Value(match["said"]), match.start(), match.end())
        told = modality(match["said"][-25:])
        draft.modality = told if told in ("forecast", "plan") else "opinion"
        period = scene.period_for(start, end)
        if period:
            draft.qualifiers["period"] = period
        yield draft
        return


def named_alone(scene: Scene, start: int, end: int) -> Entity | None:
    """Return whom words name and nothing else, a title behind the name or not."""
    named = scene.named_in(start, end, ACTORS)
    people = [n for n in named if n[0].cls == "Person"]
    if not named:
        return None
    entity, _, until = (people or named)[-1]
    rest = [w for w in scene.text[until:end].strip(_EDGE).split() if w]
    titled = bool(rest) and len(rest) <= 3 and rest[-1].endswith(patterns().titles)
    return entity if not rest or titled else None
