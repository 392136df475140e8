"""Marks that open a heading: numbers, letters, brackets and bullets, and how sentences end."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROMAN = {"I": 1, "V": 5, "X": 10}
HANGUL = "가나다라마바사아자차카타파하"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BULLETS = "■□◆◇▶▷▣○●◎☞"
_MARKS = re.compile(
    rf"""(?P<hash>\#{{1,6}})\s+\S
      | (?P<chapter>제\s?(?P<chapter_n>\d{{1,2}})\s?(?P<part>[편부장절관항]))(?:[.:\s]|$)
      | (?P<roman>[IVX]{{1,5}}|[Ⅰ-Ⅻ])[.)]\s*(?=[^\s.\d])
      | (?P<decimal>[1-9]\d?(?:[.-][1-9]\d?){{1,3}})[.)]?\s+(?=\S)(?!\d)
      | (?P<arabic>\d{{1,2}})[.]\s+(?=\S)(?!\d{{1,2}}[.])
      | [(](?P<paren>\d{{1,2}})[)]\s*(?=\S)
      | (?P<half>\d{{1,2}})[)]\s*(?=\S)
      | (?P<hangul>[{HANGUL}])[.]\s+(?=\S)
      | (?P<hangulhalf>[{HANGUL}])[)]\s*(?=\S)
      | (?P<latin>[A-Z])[.]\s+(?=\S)
      | (?P<circled>[{CIRCLED}])\s*(?=\S)
      | (?P<bullet>[{_BULLETS}])\s*(?=\S)
      | (?P<bracket>[\[【〔]\s*[^\[\]【】〔〕]{{2,40}}[\]】〕]|<[^<>]{{2,40}}>)$
    """,
    re.VERBOSE,
)
_SURE = frozenset({"hash", "chapter", "roman"})
_SENTENCE = re.compile(
    r"(?:[.!。]|[다요죠음함됨임](?=[\"”’'」』)]))[\"”’'」』)\]]*(?:\s*\[\d+\])?$"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a line is marked: the ``kind`` ("roman", "decimal2", "hash3", "bullet■") and number.

    ``number`` is 0 for marks that do not count.
    """

    kind: str
    number: int


def mark_of(line: str, *, sure: bool = False) -> Mark | None:
    """Read the mark at the start of a trimmed line; ``sure`` only asks for unmistakable ones."""
    match = _MARKS.match(line)
    if not match:
        return None
    kind = next(k for k in match.groupdict() if match[k] and k not in ("chapter_n", "part"))
    if sure and kind not in _SURE:
        return None
    return _read(kind, match)


def _read(kind: str, match: re.Match[str]) -> Mark:
    value = match[kind]
    if kind == "hash":
        return Mark(f"hash{len(value)}", 0)
    if kind == "chapter":
        return Mark(f"chapter{match['part']}", int(match["chapter_n"]))
    if kind == "decimal":
        parts = re.split(r"[.-]", value)
        return Mark(f"decimal{len(parts)}", int(parts[-1]))
    if kind == "bullet":
        return Mark(f"bullet{value}", 0)
    return Mark(kind, _number(kind, value))


def _number(kind: str, value: str) -> int:
    if kind == "roman":
        return _roman(value)
    if kind in ("arabic", "paren", "half"):
        return int(value)
    if kind == "latin":
        return ord(value) - 64
    order = {"hangul": HANGUL, "hangulhalf": HANGUL, "circled": CIRCLED}.get(kind)
    return order.index(value) + 1 if order else 0


def _roman(value: str) -> int:
    if value[0] not in _ROMAN:
        return ord(value) - ord("Ⅰ") + 1
    digits = [_ROMAN[ch] for ch in value]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-a if a < b else a for a, b in pairs)


def ends_sentence(line: str) -> bool:
    """Tell whether a line closes a statement; a question may be a heading, so it does not."""
    return _SENTENCE.search(line.rstrip()) is not None
