"""Make HTML, DOCX, HWPX and mail files of reports: ``python tests/corpus/file_samples.py FOLDER``.

The same report in every format, so that a reader's text can be held against what was written.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from pathlib import Path
from xml.sax.saxutils import escape as xml

from corpus.blocks import blocks
from corpus.captions import unit_of
from corpus.clean import clean
from corpus.readers import read
from corpus.report import Report, Table
from corpus.sentences import sentences

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"
SUFFIXES = (".html", ".docx", ".hwpx", ".eml")


@dataclass(frozen=True)
class Piece:
    """A title, heading (``level``), paragraph, list item or table of a report."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def pieces_of(report: Report) -> Iterator[Piece]:
    """Yield what a report is made of, in order."""
    yield Piece("title", report.title)
    yield Piece("text", f"발행일: {report.date:%Y.%m.%d}")
    yield Piece("text", f"발행처: {report.publisher}")
    for block in blocks(report.text, report.sections, report.tables):
        if not block.section and block.lines[0].text == report.title:
            continue
        if block.kind == "table" and block.table:
            yield from _table(block.table)
        elif block.kind == "heading":
            yield Piece("heading", block.lines[0].text, len(block.section))
        elif block.kind == "list":
            yield Piece("item", clean(report.text, block.span).text.lstrip("-* "))
        else:
            yield Piece("text", clean(report.text, block.span).text)


def _table(table: Table) -> Iterator[Piece]:
    caption = ". ".join(part for part in (table.label, table.title) if part)
    yield from (Piece("text", line) for line in (caption, table.subtitle) if line)
    rows = [tuple(cell.text for cell in cells) for cells in table.header]
    rows += [tuple(cell.text for cell in row.cells) for row in table.rows]
    if rows:
        yield Piece("table", rows=tuple(rows))
    for note in table.notes:
        yield Piece("text", note if unit_of(note) else f"주: {note}")
    if table.source:
        yield Piece("text", f"자료: {table.source}")


def make(report: Report, path: Path) -> None:
    """Write a report in the format of the path's suffix."""
    pieces = list(pieces_of(report))
    maker = {".html": _html, ".docx": _docx, ".hwpx": _hwpx, ".eml": _mail}[path.suffix]
    path.write_bytes(maker(pieces))


def _html(pieces: Sequence[Piece]) -> bytes:
    body = []
    for piece in pieces:
        text = escape(piece.text)
        if piece.kind == "title":
            body.append(f"<h1>{text}</h1>")
        elif piece.kind == "heading":
            body.append(f"<h{piece.level + 1}>{text}</h{piece.level + 1}>")
        elif piece.kind == "item":
            body.append(f"<ul><li>{text}</li></ul>")
        elif piece.kind == "table":
            rows = "".join(
                "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n"
                for row in piece.rows
            )
            body.append(f"<table border=1><tbody>{rows}</tbody></table>")
        else:
            body.append(f"<p>{text}</p>")
    return (
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>저장한 쪽</title>"
        "<style>p {margin: 0}</style></head><body>"
        "<nav><ul><li><a href='/'>처음</a></li><li><a href='/all'>모든 보고서</a></li></ul></nav>"
        f"<main>{''.join(body)}</main>"
        "<footer><p>이용 약관</p></footer><script>var x = '<p>그림자</p>';</script></body></html>"
    ).encode()


def _mail(pieces: Sequence[Piece]) -> bytes:
    message = EmailMessage()
    message["Subject"] = pieces[0].text
    message["From"] = "주간 소식 <weekly@example.org>"
    day = dt.datetime.strptime(pieces[1].text[-10:], "%Y.%m.%d")
    message["Date"] = f"{day:%a, %d %b %Y} 09:00:00 +0900"
    message.set_content("HTML로 보십시오.")
    message.add_alternative(_html(pieces).decode(), subtype="html")
    return message.as_bytes()


def _docx(pieces: Sequence[Piece]) -> bytes:
    import docx

    document = docx.Document()
    for piece in pieces:
        if piece.kind == "title":
            document.add_paragraph(piece.text, "Title")
        elif piece.kind == "heading":
            document.add_heading(piece.text, piece.level)
        elif piece.kind == "item":
            document.add_paragraph(piece.text, "List Bullet")
        elif piece.kind == "table":
            table = document.add_table(len(piece.rows), len(piece.rows[0]))
            for line, row in zip(table.rows, piece.rows, strict=True):
                for cell, text in zip(line.cells, row, strict=True):
                    cell.text = text
        else:
            document.add_paragraph(piece.text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


_SPACES = (
    'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph" '
    'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" '
    'xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head" '
    'xmlns:opf="http://www.idpf.org/2007/opf/"'
)
_HEAD = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<hh:head {_SPACES} version="1.4"><hh:refList>
<hh:charProperties><hh:charPr id="0" height="1000"/><hh:charPr id="1" height="1000"><hh:bold/></hh:charPr>
<hh:charPr id="2" height="700"><hh:supscript/></hh:charPr></hh:charProperties>
<hh:numberings><hh:numbering id="1" start="0">
<hh:paraHead start="1" level="1" numFormat="DIGIT">^1.</hh:paraHead>
<hh:paraHead start="1" level="2" numFormat="HANGUL_SYLLABLE">^2.</hh:paraHead></hh:numbering></hh:numberings>
<hh:bullets><hh:bullet id="1" char="●"/></hh:bullets>
<hh:paraProperties><hh:paraPr id="0"><hh:heading type="NONE" idRef="0" level="0"/></hh:paraPr>
<hh:paraPr id="1"><hh:heading type="BULLET" idRef="1" level="0"/></hh:paraPr>
<hh:paraPr id="2"><hh:heading type="OUTLINE" idRef="0" level="0"/></hh:paraPr>
<hh:paraPr id="3"><hh:heading type="OUTLINE" idRef="0" level="1"/></hh:paraPr></hh:paraProperties>
<hh:styles><hh:style id="0" type="PARA" name="바탕글" engName="Normal" paraPrIDRef="0"/>
{"".join(f'<hh:style id="{n}" type="PARA" name="개요 {n}" engName="Outline {n}" paraPrIDRef="0"/>' for n in range(1, 8))}
</hh:styles></hh:refList></hh:head>"""


def hwpx_paragraph(text: str, *, style: int = 0, shape: int = 0, inside: str = "") -> str:
    """A paragraph of a section; ``inside`` is markup after its text."""
    run = f'<hp:run charPrIDRef="0"><hp:t>{xml(text)}</hp:t>{inside}</hp:run>'
    return f'<hp:p paraPrIDRef="{shape}" styleIDRef="{style}">{run}</hp:p>'


def hwpx_table(
    rows: Sequence[Sequence[str]], spans: dict[tuple[int, int], str] | None = None
) -> str:
    """A table in a paragraph of its own; ``spans`` are attributes of cells that are merged."""
    lines = []
    for r, row in enumerate(rows):
        cells = "".join(
            f'<hp:tc><hp:subList>{hwpx_paragraph(text)}</hp:subList><hp:cellAddr colAddr="{c}" '
            f'rowAddr="{r}"/><hp:cellSpan {(spans or {}).get((r, c), _ALONE)}/></hp:tc>'
            for c, text in enumerate(row)
            if text is not None
        )
        lines.append(f"<hp:tr>{cells}</hp:tr>")
    return hwpx_paragraph("", inside=f"<hp:tbl>{''.join(lines)}</hp:tbl>")


_ALONE = 'colSpan="1" rowSpan="1"'


def hwpx(body: str, *, head: str = _HEAD) -> bytes:
    """A 한글 document with one section."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        archive.writestr("Contents/header.xml", head)
        archive.writestr("Contents/section0.xml", f"<hs:sec {_SPACES}>{body}</hs:sec>")
        archive.writestr(
            "Contents/content.hpf",
            f"<opf:package {_SPACES}><opf:metadata><opf:title/></opf:metadata><opf:manifest>"
            '<opf:item id="s0" href="Contents/section0.xml"/></opf:manifest>'
            '<opf:spine><opf:itemref idref="s0"/></opf:spine></opf:package>',
        )
    return buffer.getvalue()


def _hwpx(pieces: Sequence[Piece]) -> bytes:
    body = []
    for piece in pieces:
        if piece.kind == "heading":
            body.append(hwpx_paragraph(piece.text, style=piece.level))
        elif piece.kind == "item":
            body.append(hwpx_paragraph(piece.text, shape=1))
        elif piece.kind == "table":
            body.append(hwpx_table(piece.rows))
        else:
            body.append(hwpx_paragraph(piece.text))
    return hwpx("".join(body))


def share(wanted: Iterable[object], got: Iterable[object]) -> float:
    """The part of what is wanted that was got, each as often as wanted."""
    want, have = Counter(wanted), Counter(got)
    return (want & have).total() / want.total()


def cells(report: Report) -> list[tuple[str, int, int, str]]:
    return [
        (table.label or table.title, row, cell.column, cell.text)
        for table in report.tables
        for row, line in enumerate([*table.header, *(row.cells for row in table.rows)])
        for cell in line
    ]


def paths(report: Report) -> list[tuple[str, ...]]:
    return [section.path for section in report.sections if section.path]


def statements(report: Report) -> list[str]:
    return [sentence.clean.text for sentence in sentences(report)]


def main(folder: Path) -> None:
    """Write every sample report in every format to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(REPORTS.glob("*.md")):
        report = read(source)
        for suffix in SUFFIXES:
            make(report, folder / f"{report.id}{suffix}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
