"""Names in a row with known companies: in "가나전자, 칼디온, 다라칩스 등" all are companies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from extractors.classes import BODIES
from extractors.language.trimming import unglossed
from extractors.language.words import is_common, is_proper
from kg.claim import Entity

_WORD = r"[가-힣A-Za-z0-9&.\-]{1,14}"
_ITEM = rf"[가-힣A-Za-z]{_WORD}(?:\s[A-Z가-힣]{_WORD})?"
_ROW = re.compile(rf"{_ITEM}(?:\s?[,·、/]\s?{_ITEM}){{2,}}")
_COMMAS = ",·、/"
_COMMA = re.compile(rf"\s?[{_COMMAS}]\s?")
_GLOSSED = re.compile(r"(?P<name>[가-힣A-Za-z]{2,14})\s?\([A-Z][A-Za-z .]+\)")
_KNOWN = 2


def row_members(text: str, found: Sequence[tuple[Entity, int, int]]) -> Iterator[str]:
    """Yield unknown names that stand between known companies of one row.

    The first and the last item of a row are not taken, as where they begin or end is not
    told by commas; but for a last one that its English name in brackets ends. A row needs
    two known companies and nothing known of another kind.
    """
    if len(found) < _KNOWN or sum(map(text.count, _COMMAS)) < _KNOWN:
        return
    known = {text[start:end]: entity for entity, start, end in found}
    glossed = {m["name"] for m in _GLOSSED.finditer(text)}
    bare = unglossed(text)
    for row in _ROW.finditer(bare):
        items = _COMMA.split(row.group())
        ends = [items[0], items[-1]]
        inside = [known[item] for item in items if item in known]
        inside += [e for name, e in known.items() if any(i.startswith(name) for i in ends)]
        if len(set(inside)) < _KNOWN or any(e.cls not in BODIES for e in inside):
            continue
        for item in items[1:-1]:
            if item not in known and not _has_known(item, known) and _is_name(item):
                yield item
        yield from (
            name for name in sorted(glossed) if items[-1].startswith(name) and name not in known
        )


def _has_known(item: str, known: Collection[str]) -> bool:
    return any(name in item for name in known)


def _is_name(item: str) -> bool:
    if item.isascii():
        return (item[0].isupper() and any(ch.islower() for ch in item)) or len(item) > 2
    if " " in item:
        return False
    return item[-1].isascii() or (is_proper(item) and not is_common(item))
