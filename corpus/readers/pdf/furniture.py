"""What repeats on pages and is no text of the report: running heads, page numbers, contents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.readers.pdf.aligned import rows_of
from corpus.readers.pdf.banded import find_banded
from corpus.readers.pdf.glyphs import Sheet
from corpus.readers.pdf.ruled import find_lattices
from corpus.readers.pdf.runs import Run

_FEW = 4
"""In so short a document twice is often."""
_TOP, _BOTTOM = 0.13, 0.89
"""Running heads end above, running feet begin below these shares of the page."""
_NUMBER = re.compile(
    r"[-–—|\s<\[]*(?:p(?:age)?\.?\s*)?(?P<number>\d{1,4}|[ivxlc]{1,6})"
    r"\s*(?:쪽|(?:/|of)\s*\d{1,4})?[-–—|\s>\]]*",
    re.IGNORECASE,
)
_EDGE = re.compile(
    r"^(?P<head>\d{1,4})\s*[|ㅣ│]?\s+(?P<tail>\D.*)$|^(?P<front>.*\D)[|\s]\s*(?P<back>\d{1,4})$"
)
_LEADER = re.compile(r"(?:[.·…‥∙・⋅_]\s?|[-–—─]){4,}\s*(?P<page>\d{1,4})?$")
_Key = tuple[str, int, int]
"""What a run says, how large, and at what height in steps of four points."""
_CONTENTS = re.compile(r"(?:목\s*차|차\s*례|contents|table of contents)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bare:
    """Pages without furniture: runs and printed number a page; ``heads`` by frequency."""

    pages: tuple[tuple[Run, ...], ...]
    printed: tuple[str | None, ...]
    heads: tuple[str, ...]


def strip(sheets: Sequence[Sheet], pages: Sequence[Sequence[Run]]) -> Bare:
    """Take running heads and feet, page numbers and tables of contents off the pages.

    The header of a ruled table stays, on however many pages it is printed.
    """
    fixed = {
        id(run)
        for sheet, runs in zip(sheets, pages, strict=True)
        for lattice in (*find_lattices(sheet, runs)[0], *find_banded(sheet, runs)[0])
        if lattice.whole
        for row in lattice.rows
        for cell in row
        for run in cell
    }
    loose = [[run for run in runs if id(run) not in fixed] for runs in pages]
    zones = [
        [run for run in runs if _edge(sheet, run)]
        for sheet, runs in zip(sheets, loose, strict=True)
    ]
    offset = _offset(sheets, zones)
    printed: list[str | None] = []
    gone: list[set[int]] = []
    for sheet, zone in zip(sheets, zones, strict=True):
        number, taken = _numbered(sheet, zone, offset)
        printed.append(number)
        gone.append(taken)
    heads = _repeated(sheets, loose, zones, gone, offset)
    kept = []
    for runs, taken in zip(pages, gone, strict=True):
        left = [run for run in runs if id(run) not in taken]
        kept.append(tuple(_without_contents(left)))
    return Bare(tuple(kept), tuple(printed), tuple(text for text, _ in heads.most_common()))


def _edge(sheet: Sheet, run: Run) -> bool:
    return run.base < _TOP * sheet.height or run.top > _BOTTOM * sheet.height


def _offset(sheets: Sequence[Sheet], zones: Sequence[Sequence[Run]]) -> int | None:
    """How much more the printed number is than the index, on most pages that print one."""
    votes: Counter[int] = Counter()
    for sheet, zone in zip(sheets, zones, strict=True):
        numbers = {n for n in (_value(run.text) for run in zone) if n is not None}
        votes.update(number - sheet.index for number in numbers)
    if not votes:
        return None
    offset, times = min(votes.items(), key=lambda item: (-item[1], abs(item[0])))
    return offset if times >= 2 or (len(sheets) == 1 and offset == 0) else None


def _value(text: str) -> int | None:
    match = _NUMBER.fullmatch(text)
    if match:
        return int(match["number"]) if match["number"].isdigit() else None
    edge = _EDGE.match(text)
    digits = (edge["head"] or edge["back"]) if edge else None
    return int(digits) if digits else None


def _numbered(sheet: Sheet, zone: Sequence[Run], offset: int | None) -> tuple[str | None, set[int]]:
    """The number printed on a page, and the runs that hold nothing but it."""
    number: str | None = None
    taken = set()
    for run in zone:
        match = _NUMBER.fullmatch(run.text)
        if match and not match["number"].isdigit():
            number = number or match["number"]
            taken.add(id(run))
        elif offset is not None and _value(run.text) == sheet.index + offset:
            number = str(sheet.index + offset)
            if match:
                taken.add(id(run))
    return number, taken


def _repeated(
    sheets: Sequence[Sheet],
    pages: Sequence[Sequence[Run]],
    zones: Sequence[Sequence[Run]],
    gone: Sequence[set[int]],
    offset: int | None,
) -> Counter[str]:
    """Mark what stands at one height on several pages with the same words; count the words."""
    seen: defaultdict[_Key, set[int]] = defaultdict(set)
    edges: list[set[int]] = [{id(run) for run in zone} for zone in zones]

    def keys(sheet: Sheet, run: Run) -> list[_Key]:
        text = re.sub(r"\s+", " ", run.text)
        if offset is not None and _value(text) == sheet.index + offset:
            text = re.sub(r"\d+$|^\d+", "", text).strip(" |ㅣ│")
        height, size = round(run.base / 4), round(run.size)
        return [(text, size, height + step) for step in (-1, 0, 1)]

    for sheet, runs in zip(sheets, pages, strict=True):
        for run in runs:
            for key in keys(sheet, run):
                seen[key].add(sheet.index)
    heads: Counter[str] = Counter()
    for sheet, runs, edge, taken in zip(sheets, pages, edges, gone, strict=True):
        for run in runs:
            times = max((seen[key] for key in keys(sheet, run)), key=len)
            needed = max(4, 0.6 * len(sheets))
            if id(run) in edge:
                needed = 2 if len(sheets) <= _FEW or _one_side(times) else 3
            if len(times) >= needed and id(run) not in taken:
                taken.add(id(run))
                heads[keys(sheet, run)[0][0]] += 1
    return heads


def _one_side(pages: Collection[int]) -> bool:
    """Whether all are left pages, or all are right ones."""
    return len({page % 2 for page in pages}) == 1


def _without_contents(runs: Sequence[Run]) -> list[Run]:
    """Leave out the lines of a table of contents: a leader of dots up to a page number."""
    rows = rows_of(runs)
    entries = [row for row in rows if _LEADER.search(row[-1].text)]
    if len(entries) < 4:
        return [run for run in runs if not _only_leader(run.text)]
    if len(entries) * 2 >= len(rows) or any(_CONTENTS.fullmatch(run.text) for run in runs):
        return []
    gone = {id(run) for row in entries for run in row}
    return [run for run in runs if id(run) not in gone]


def _only_leader(text: str) -> bool:
    match = _LEADER.match(text)
    return match is not None and match.start() == 0
