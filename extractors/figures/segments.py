"""Sales of a firm's parts in a list below its own: "- 매출: 46조 원", "- 메모리: 30조 원(+12%)".

What a line sells is less than all that the firm does, and in the same currency; other accounts
("설비투자: 8조 원") have names of their own. The words are ``divisions.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.divisions import line_label, load_divisions
from extractors.language.trimming import unglossed
from extractors.names.labels import label_of
from extractors.values.metric_data import basis_before, load_metrics
from extractors.values.values import FoundValue

_SALES = "매출"
_KINDS = ("Market", "Technology", "Chip", "Product", "Software")
_ABOUT = re.compile(r"(?:약|매출(?:은|액은|액)?|revenue)?\s?", re.I)
_EXPECTED = re.compile(r"예상|전망|컨센서스|추정|est", re.I)


def match_segments(scene: Scene) -> Iterator[Draft]:
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
    draft = Draft(whole.subject, "hasMetric", None, first.value, 0, first.end)
    draft.qualifiers = {"metric": _SALES, "product": words}
    draft.qualifiers |= {k: v for k, v in whole.qualifiers.items() if k == "period"}
    draft.modality, draft.confidence = whole.modality, "0.7"
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
    named = words.endswith(load_divisions().segments) or line_label(words) is not None
    return first.value.currency is not None and (kind or named)


def _is_less(part: FoundValue, whole: Draft) -> bool:
    if whole.value is None or part.value.currency != whole.value.currency:
        return False
    least, most = part.value.minimum, whole.value.minimum
    return least is not None and most is not None and least < most
