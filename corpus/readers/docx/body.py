"""The body of a Word document into words and tables, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.readers.archive import attribute, local
from corpus.readers.docx.styles import (
    Look,
    Style,
    child,
    list_of,
    look_of,
    outline_of,
    value,
)
from corpus.readers.flow import (
    Merged,
    Part,
    Rows,
    Words,
    cell_text,
    notes_of,
    rows_of,
    split_mark,
    tidy,
)
from corpus.readers.numbering import Numbering
from corpus.readers.pdf.symbols import raised, symbol

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_THROUGH = frozenset({
    "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple",
    "AlternateContent", "Choice", "r", "dir", "bdo", "drawing", "inline", "anchor", "graphic",
    "graphicData", "wsp", "txbx", "pict", "shape", "textbox", "group", "wgp", "object",
})  # fmt: skip
"""Elements whose content is text of the report; deletions and fallbacks are not."""
_DEEPER = re.compile(r"List (?:Bullet|Number|Continue) ([2-5])")
"""Built-in styles of deeper lists, each a list of its own."""
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": " "}


@dataclass(slots=True)
class _Gathered:
    """What one paragraph holds: stretches of text with their looks, boxes, notes."""

    runs: list[tuple[str, Look]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    turns: int = 0


@dataclass(slots=True)
class Body:
    """Reads parts with the document's styles, lists and notes; counts pages and notes."""

    styles: Mapping[str, Style]
    numbering: Numbering
    notes: Mapping[str, Element]
    page: int = 1
    noted: int = 0

    def parts(self, holder: Element) -> Iterator[Part]:
        """Yield what stands in an element: paragraphs and tables."""
        for item in holder:
            kind = local(item)
            if kind == "p":
                yield from self._paragraph(item)
            elif kind == "tbl":
                yield from self._table(item)
            elif kind in _THROUGH or kind == "body":
                yield from self.parts(item)

    def _paragraph(self, item: Element) -> Iterator[Part]:
        properties = child(item, "pPr")
        style = self.styles.get(value(properties, "pStyle") or "", self.styles[""])
        got = _Gathered()
        self._gather(item, style.look, got)
        page = self.page
        self.page += got.turns
        text = tidy("".join(text for text, _ in got.runs))
        if text and not style.name.casefold().startswith(("toc ", "목차")):
            yield self._words(text, properties, style, got, page)
        for mark, id in got.notes:
            yield Words(self._note(id), mark=mark, page=page, note=True)
        for box in got.boxes:
            yield from self.parts(box)

    def _words(
        self, text: str, properties: Element | None, style: Style, got: _Gathered, page: int
    ) -> Words:
        lead, depth = list_of(properties) or style.list or ("0", 0)
        mark = self.numbering.mark(lead, depth) if lead != "0" else ""
        level = outline_of(properties) or style.outline
        if level:
            text = f"{mark} {text}" if mark not in ("", "•") else text
            return Words(text, level=level, page=page)
        if not mark:
            mark, text = split_mark(text)
        deeper = _DEEPER.fullmatch(style.name)
        depth = depth or (int(deeper[1]) - 1 if deeper else 0)
        inked = [(run, look) for run, look in got.runs if run.strip()]
        size = max(inked, key=lambda run: len(run[0]))[1].size if inked else None
        return Words(
            text,
            mark=mark,
            depth=depth if mark else 0,
            size=size or 10.0,
            bold=all(look.bold for _, look in inked),
            page=page,
            title=style.name.casefold() == "title",
        )

    def _gather(self, item: Element, look: Look, got: _Gathered) -> None:
        for one in item:
            kind = local(one)
            if kind == "t":
                text = one.text or ""
                got.runs.append((raised(text) if look.raised else text, look))
            elif kind in _SIGNS:
                got.runs.append((_SIGNS[kind], look))
            elif kind == "sym":
                got.runs.append((_sign(one), look))
            elif kind == "lastRenderedPageBreak":
                got.turns += 1
            elif kind in ("footnoteReference", "endnoteReference"):
                self._refer(one, kind.removesuffix("Reference"), look, got)
            elif kind == "txbxContent":
                got.boxes.append(one)
            elif kind == "r":
                self._gather(one, self._look(one, look), got)
            elif kind in _THROUGH:
                self._gather(one, look, got)

    def _look(self, run: Element, look: Look) -> Look:
        own = look_of(child(run, "rPr"))
        named = self.styles.get(value(run, "rPr", "rStyle") or "-")
        return own.over(look if named is None else Look(named.look.bold).over(look))

    def _refer(self, item: Element, kind: str, look: Look, got: _Gathered) -> None:
        """Set a note's number where it is referred to; the note follows the paragraph."""
        id = f"{kind}:{attribute(item, 'id')}"
        if id in self.notes:
            self.noted += 1
            got.runs.append((raised(f"{self.noted})"), look))
            got.notes.append((f"{self.noted})", id))

    def _note(self, id: str) -> str:
        got = _Gathered()
        for item in self.notes[id]:
            if local(item) == "p":
                self._gather(item, Look(), got)
                got.runs.append((" ", Look()))
        return tidy("".join(text for text, _ in got.runs))

    def _table(self, table: Element) -> Iterator[Part]:
        page = self.page
        cells: list[Merged] = []
        held: list[Part] = []
        above: dict[int, int] = {}
        """For each column, the place in ``cells`` of the cell that may reach down."""
        for row, line in enumerate(_children(table, "tr")):
            before = value(child(line, "trPr"), "gridBefore") or "0"
            column = int(before) if before.isdigit() else 0
            for cell in _children(line, "tc"):
                properties = child(cell, "tcPr")
                across = _across(properties)
                merge = value(properties, "vMerge")
                if merge is not None and merge != "restart" and column in above:
                    top = cells[above[column]]
                    cells[above[column]] = Merged(
                        top.row, column, row - top.row + 1, top.across, top.text
                    )
                else:
                    parts = list(self.parts(cell))
                    held += parts
                    above[column] = len(cells)
                    cells.append(Merged(row, column, 1, across, cell_text(parts)))
                column += across
        rows = rows_of(cells)
        if rows is None:
            yield from held
            return
        yield Rows(rows.cells, page)
        yield from notes_of(held)


def _children(holder: Element, name: str) -> Iterator[Element]:
    """Yield rows or cells, those inside content controls too."""
    for item in holder:
        if local(item) == name:
            yield item
        elif local(item) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(item, name)


def _across(properties: Element | None) -> int:
    span = value(properties, "gridSpan") or "1"
    return min(64, max(1, int(span))) if span.isdigit() else 1


def _sign(item: Element) -> str:
    """A character of a symbol font (``w:sym``)."""
    code = attribute(item, "char")
    try:
        return symbol(chr(int(code, 16)), attribute(item, "font"))
    except ValueError:
        return ""
