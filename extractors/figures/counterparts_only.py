"""Who is only named as somebody's customer, backer or rival, and has none of the figures beside."""

from __future__ import annotations

import re

from extractors.context.counterpart_data import load_counterparts
from extractors.context.scene import Named, Scene
from extractors.language.phrases import Phrase
from extractors.values.values import FoundValue
from kg.claim import Entity

_FIELDS = re.compile(r"\s?[▲△▶◆■●|;]\s?|\s[/·]\s")
"""What parts the fields of a line: "▲고객: 가나, 다라 ▲수주잔고: 8조 원"."""
_LABEL = re.compile(r"\W{0,4}(?:[가-힣A-Za-z]+\s){0,3}(?P<noun>[가-힣]+)(?:은|는)?\s?[:：]\s")


def is_counterpart_only(scene: Scene, holder: Entity, value: FoundValue) -> bool:
    """Tell whom a line names only in another field, or clause, as somebody's customer or rival.

    "주요 고객: 가나, 다라 / 수주잔고: 8조 원", "가나 등이 고객이며 매출은 8조 원이다".
    """
    named = [n for n in scene.names if n[0].id == holder.id]
    return bool(named) and all(
        _is_in_field(scene, n, value) or plays_a_part(scene, n, value) for n in named
    )


def _is_in_field(scene: Scene, named: Named, value: FoundValue) -> bool:
    bounds = [m.end() for m in _FIELDS.finditer(scene.text)]
    begins = max((b for b in bounds if b <= named[1]), default=0)
    ends = min((b for b in bounds if b > named[1]), default=len(scene.text))
    label = _LABEL.match(scene.text, begins, named[1] + 1)
    other = not begins <= value.start < ends
    return other and label is not None and _is_part(label["noun"])


def plays_a_part(scene: Scene, named: Named, value: FoundValue) -> bool:
    """Tell who is told to be somebody's counterpart, before a figure of who has them."""
    return any(
        phrase.outer_start <= named[1] < phrase.end <= value.start and is_in_part(scene, phrase)
        for phrase in scene.parsed.phrases
    )


def is_in_part(scene: Scene, phrase: Phrase) -> bool:
    """Tell a subject that is what somebody unnamed has: "가나가 고객이며", "다라가 주주로"."""
    return phrase.case == "subject" and any(
        role.case in ("copula", "by")
        and role.owner is None
        and phrase.until <= role.start <= phrase.until + _NEAR
        and _is_part(role.head)
        for role in scene.parsed.phrases
    )


_NEAR = 8
"""How far behind a subject stands what it is: "가나가 첫 주요 고객이다"."""


def _is_part(noun: str) -> bool:
    return noun in load_counterparts().by_noun
