"""Sentences that only say who comes next: "이번 주 주인공은 가나다"."""

from __future__ import annotations

from extractors.classes import BODIES
from extractors.context.scene import Scene
from extractors.word_lists import words_in
from kg.claim import Entity

_WORDS = "names/introductions.yaml"


def is_of_another(scene: Scene) -> bool:
    """Tell "도전장을 낸 곳은 창원의 가나정공이다": somebody whose name is unknown."""
    topics = [p for p in scene.parsed.phrases if p.case == "topic"]
    told = any(p.case == "copula" for p in scene.parsed.phrases) and defined(scene) is None
    return told and any(p.head in ("곳", "기업", "업체", "회사", "주인공") for p in topics)


def presents(scene: Scene) -> bool:
    """Tell a sentence that only says who comes next: "이번 주 주인공은 가나다"."""
    topics = [p for p in scene.parsed.phrases if p.case == "topic"]
    return any(p.head in words_in(_WORDS, "presented") for p in topics)


def defined(scene: Scene) -> Entity | None:
    """Return the firm that a sentence without names in its topic comes to: "공신은 가나다"."""
    topics = [p for p in scene.parsed.phrases if p.case == "topic"]
    if not topics or any(scene.named_in(p.outer_start, p.end) for p in topics):
        return None
    told = (p for p in scene.parsed.phrases if p.case == "copula")
    named = [n[0] for p in told for n in scene.fill(p, BODIES)]
    return named[0] if len(named) == 1 else None
