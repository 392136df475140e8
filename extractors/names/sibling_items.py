"""Names that the items of one list begin with: beside "가나: …" and "다라: …", "Maba: …" is one.

A list of firms with a line for each names some that nobody knows; what the other items begin
with tells what they are. Examples are in ``sibling_items.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.classes import BODIES
from extractors.context.attribute_data import attributes_of
from extractors.language.words import is_common, is_proper, is_unseen
from extractors.lexicon.name_index import fold
from extractors.names.labels import is_strange_latin, label_of
from extractors.names.name_patterns import Hint, patterns
from extractors.values.metric_data import load_metrics
from kg.claim import Entity

_NEAR = 8
"""How many sentences apart the items of one list begin, at most."""
_NEIGHBOURS = 2
_LONGEST = 3
_CLASSES = ("Company", "Person", "Model", "Chip", "Software", "Product")


@dataclass(frozen=True, slots=True)
class _Item:
    at: int
    name: str
    cls: str | None
    """The class of the known thing that is all of the label, ``None`` of an unknown one."""


def sibling_names(
    texts: Sequence[str], found: Sequence[Sequence[tuple[Entity, int, int]]]
) -> Iterator[Hint]:
    """Yield what unknown labels name beside two known ones of a class; ``found`` are known."""
    items = [
        item
        for at, (text, named) in enumerate(zip(texts, found, strict=True))
        if (item := _item(at, text, named))
    ]
    for at, item in enumerate(items):
        if item.cls is not None or not is_namelike(item.name):
            continue
        before = [i for i in items[max(0, at - _NEIGHBOURS) : at] if item.at - i.at <= _NEAR]
        after = [i for i in items[at + 1 : at + 1 + _NEIGHBOURS] if i.at - item.at <= _NEAR]
        classes = [i.cls for i in (*before, *after) if i.cls or not is_namelike(i.name)]
        if len(classes) >= _NEIGHBOURS and len(set(classes)) == 1 and classes[0] in _CLASSES:
            yield Hint(item.name, classes[0], True)


def _item(at: int, text: str, named: Sequence[tuple[Entity, int, int]]) -> _Item | None:
    label = label_of(text)
    if label is None:
        return None
    whole = [e for e, start, end in named if start == label.start and end >= label.end]
    cls = whole[0].cls if whole else None
    if not whole and any(label.start <= start < label.end for _, start, _ in named):
        return _Item(at, "", None)  # "가나 실적: …"
    name = text[label.start : label.end].strip(" ’”'\"*")
    return _Item(at, name, "Company" if cls in BODIES else cls)


def is_namelike(label: str) -> bool:
    """Tell a label that may be a name from what only says of what kind its item is.

    "J.D. 마바 운송" and "Maba Lux" may be names; "핵심 리스크", "매출" and "Risk" are none.
    """
    words = label.split()
    told = {label, *words} & load_metrics().words.keys() or attributes_of(label)
    if told or not 0 < len(words) <= _LONGEST or not _is_unknown(label):
        return False
    if label.isascii():
        return is_strange_latin(label)
    strange = [w for w in words if _INITIALS.fullmatch(w) or is_unseen(w) or is_proper(w)]
    return bool(strange) and not is_common(label) and not any(map(_ENDS.search, words[:-1]))


def _is_unknown(label: str) -> bool:
    p = patterns()
    return fold(label) not in p.stop and label not in p.loanwords and label not in p.suffix_classes


_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_ENDS = re.compile(r"[가-힣](?:은|는|을|를|의|에|와|과|로|한|된|할)$")
