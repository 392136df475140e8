"""Names in a row with known companies: in "가나전자, 칼디온, 다라칩스 등" all are companies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.words import is_common, is_proper
from kg.claim import Entity

_ITEM = r"[가-힣A-Za-z][가-힣A-Za-z0-9&.\-]{1,14}(?:\s[A-Z가-힣][가-힣A-Za-z0-9&.\-]{1,14})?"
_ROW = re.compile(rf"{_ITEM}(?:\s?[,·、/]\s?{_ITEM}){{2,}}")
_COMMA = re.compile(r"\s?[,·、/]\s?")
_FIRMS = ("Company", "Organization")
_KNOWN = 2


def row_members(text: str, found: Sequence[tuple[Entity, int, int]]) -> Iterator[str]:
    """Yield unknown names that stand between known companies of one row.

    The first and the last item of a row are not taken: where they begin or end is not
    told by commas. A row needs two known companies and nothing known of another kind.
    """
    if len(found) < _KNOWN:
        return
    for row in _ROW.finditer(text):
        inside = [n for n in found if row.start() <= n[1] and n[2] <= row.end()]
        if len(inside) < _KNOWN or any(n[0].cls not in _FIRMS for n in inside):
            continue
        cuts = [m.span() for m in _COMMA.finditer(text, row.start(), row.end())]
        for (_, start), (end, _) in pairwise(cuts):
            item = text[start:end]
            if not any(n[1] < end and start < n[2] for n in inside) and _is_name(item):
                yield item


def _is_name(item: str) -> bool:
    if item.isascii():
        return (item[0].isupper() and any(ch.islower() for ch in item)) or len(item) > 2
    if " " in item:
        return False
    return item[-1].isascii() or (is_proper(item) and not is_common(item))
