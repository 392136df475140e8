"""Captions ("표 11. …", "[그림 2] …", "Table 1 | …") and the lines that belong to a table."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CAPTION = re.compile(
    r"""(?P<open>[\[<〈《【(]\s*)?
        (?P<word>표|그림|도표|차트|사진|자료그림|Table|Figure|Fig|Chart|Exhibit)\.?\s*
        (?P<number>[0-9]{1,3}(?:\s?[-–.]\s?[0-9]{1,3})?|[IVX]{1,4}(?![A-Za-z]))
        (?:\s*(?P<close>[\]>〉》】)]))?
        (?P<separator>\s*[.:：|)]|\s*[-–—](?=\s)|\s{2,}|\s+|$)\s*
        (?P<title>.*)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_PROSE_TAIL = re.compile(r"(?:[다요까죠]|[음함임됨])[.]$")
_PARTICLE = re.compile(
    r"^(?:은|는|이|가|을|를|에|의|와|과|에서|에는|및|처럼|참조|참고)(?:\s|$|서|는)"
)
_SOURCE = re.compile(
    r"^(?:[☞※▶*]\s*)?(?:(?:자료|출처|자료\s?출처|Sources?)\s*[:：]"
    r"|[<〈[(【]\s*(?:자료|출처|Sources?)\s*[>〉\])】]\s*[:：]?)\s*(?P<value>.+)$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^(?:[*※]\s*)?(?:주\s*\d*\s*[):：]|주석\s*[:：]|비고\s*[:：]|참고\s*[:：]|Notes?\s*[:：]|※)\s*(?P<value>.+)$",
    re.IGNORECASE,
)
_STARRED = re.compile(r"^(?P<value>(?:\*{1,3}|[†‡])(?![\s*])[^*]{2,})$")
_UNIT = re.compile(
    r"[(\[<]?\s*(?:단위|Unit)\s*[:：]\s*(?P<value>[^)\]>/]+(?:(?<!\s)/(?!\s)[^)\]>/]+)?)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*/\s*(?=(?:주|Note|자료|출처|단위)\s*\d*[):：])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption line read: its label ("표 11"), the title after it, and the word's kind."""

    label: str
    title: str
    word: str


def caption_of(line: str) -> Caption | None:
    """Read a plain, trimmed line as a caption; ``None`` when it is none.

    A sentence that merely starts with "표 11은 …" or "표 11에서 …" is no caption.
    """
    match = _CAPTION.fullmatch(line)
    if not match or len(line) > 200:
        return None
    title, bracketed = match["title"].strip(), match["open"] and match["close"]
    if match["open"] and not match["close"]:
        return None
    separated = match["separator"].strip() or bracketed
    if not separated and (_PARTICLE.match(title) or _PROSE_TAIL.search(title)):
        return None
    if bracketed and _PARTICLE.match(title):
        return None
    number = re.sub(r"\s", "", match["number"])
    return Caption(f"{match['word']} {number}", title, match["word"].lower())


def source_of(line: str) -> str | None:
    """Return what stands after ``자료:``, ``출처:`` or ``Source:``, up to a note."""
    match = _SOURCE.match(line)
    return _SPLIT.split(match["value"])[0].strip() if match else None


def note_of(line: str) -> str | None:
    """Return the text of a ``주:``/``Note:`` line, or of one hung on to another line by a slash."""
    for part in _SPLIT.split(line):
        match = _NOTE.match(part) or _STARRED.match(part)
        if match:
            return match["value"].strip()
    return None


def unit_of(line: str) -> str | None:
    """Return the unit named by ``단위: …`` anywhere in ``line`` ("(단위: 억원)" → "억원")."""
    match = _UNIT.search(line)
    return match["value"].strip(" ,.") if match else None


def is_apparatus(line: str) -> bool:
    """Tell whether a line is source, note or unit rather than text of the report."""
    if source_of(line) or note_of(line):
        return True
    match = _UNIT.match(line)
    return match is not None and len(line) < 160
