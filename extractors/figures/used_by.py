"""How many use what a clause tells of: "하루 9억 명이 쓰는 다라톡"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.context.scene import Draft, Scene
from extractors.figures.quantities import holding
from extractors.word_lists import Worded

_WORDS = "figures/attributes.yaml"
_USED = Worded(
    _WORDS,
    r"(?:이상|가량|정도|여)?(?:이|가)\s(?:매일\s|매달\s|함께\s|이미\s)?{used}\s(?:[가-힣A-Z]+\s){0,2}[‘“'\"]?",
)
_PEOPLE = ("명", "인", "사람", "곳", "개사", "개국")
_THINGS = ("Software", "Product", "Model", "Company")
_SURE = "0.7"


def match_used(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield how many use a thing that a relative clause is about."""
    told = {d.value.text for d in taken if d.value is not None}
    for value in scene.values:
        if value.value.unit not in _PEOPLE or value.value.text in told:
            continue
        for entity, start, _ in scene.names:
            between = start > value.end and _USED.fullmatch(scene.text, value.end, start)
            if between and entity.cls in _THINGS and not scene.is_generic(entity):
                draft = holding(scene, value, entity, "사용자 수")
                draft.confidence, draft.tail = _SURE, None
                yield draft
                break
