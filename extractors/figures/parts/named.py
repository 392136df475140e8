"""Which part of a firm the words right before the name of a metric tell: "AI 반도체 매출은"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.context.scene import Scene
from extractors.figures.holders import phrase_at
from extractors.figures.parts.words import limit_label, line_label, load_parts
from extractors.names.descriptions import kinds_of_noun
from kg.claim import Entity, entity_id

_KINDS = ("Chip", "Technology", "Product", "Concept", "Market")
_MOST = 3
"""So many words tell a kind of thing at most."""
_NEAR = 6
"""So far behind the name of a region a metric begins at most."""
_VERSION = re.compile(r"\s*(?:\d+(?:단|세대|차|GB|Gb)?)?\s*")
"""What may follow a kind of thing: "HBM3E 12단 비중"."""
_SEGMENT = re.compile(
    r"(?:^|[\s,])(?P<name>(?!GAAP|Non|[A-Z]\d)[A-Z][A-Za-z]{3,}(?:\s(?:&\s)?[A-Z][A-Za-z]+){0,2})\s$"
)
"""A segment as it is reported in English: "Networking 매출"."""


def part_before(scene: Scene, whole: Entity, at: int) -> str | None:
    """Return what part of a holder the words before an offset tell, where a metric is named."""
    phrase = phrase_at(scene, at)
    if phrase is None:
        return None
    ends = [n[2] for n in scene.named_in(phrase.start, at) if n[0].id == whole.id]
    begins = max([phrase.start, *ends])
    until = _without_span(scene, begins, at)
    kind = kind_told(scene, begins, until)
    if kind:
        return kind.label
    before = scene.masked[begins:until]
    segment = _SEGMENT.search(before)
    return line_label(before.strip()) or (segment["name"] if segment else None)


def _without_span(scene: Scene, start: int, end: int) -> int:
    """Return where a range ends before what only says for how long: "HBM 월 생산능력"."""
    words = scene.masked[start:end].split()
    spans = words and words[-1] in load_parts().spans
    return start + scene.masked[start:end].rindex(words[-1]) if spans else end


_NODE = re.compile(r"\d+(?:\.\d+)?\s?(?:나노|nm)\s")
"""What says which process is meant: "2나노 공정"."""


def kind_told(scene: Scene, start: int, end: int) -> Entity | None:
    """Return the kind of thing that a range ends in: "시스템 반도체 ", "AI 반도체 "."""
    named = scene.named_in(start, end, _KINDS, generic=True)
    if named and _VERSION.fullmatch(scene.masked, named[-1][2], end):
        return named[-1][0]
    words, vague = scene.masked[start:end].split(), load_parts().vague
    while words and (
        words[0] in vague
        or words[0].endswith("별")
        or not re.fullmatch(r"[가-힣A-Za-z]+", words[0])
    ):
        words.pop(0)
    told = any(" ".join(words[at:]) in scene.generic for at in range(len(words)))
    told = told or bool(words and set(_KINDS) & set(kinds_of_noun(words[-1])))
    label = " ".join(words)
    node = _NODE.search(scene.text[start:end])
    label = (
        f"{node.group()}{label}"
        if node and scene.text.startswith(label, start + node.end())
        else label
    )
    return Entity(entity_id(label), "Concept", label) if told and len(words) <= _MOST else None


def limit_before(scene: Scene, at: int) -> str | None:
    """Return the region, way to sell or process that stands right before a metric's name."""
    near = (n for n in scene.names if n[0].cls == "Place" and n[1] < at <= n[2] + _NEAR)
    place = next(near, None)
    if place and is_only(scene.text[place[2] : at].split(), load_parts().behind):
        return scene.text[place[1] : place[2]]
    return limit_label(scene.text[:at].rstrip())


def is_only(told: Sequence[str], words: Sequence[str]) -> bool:
    """Tell words that are all among the others."""
    return all(word in words for word in told)
