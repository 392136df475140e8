"""Make PDFs of reports: ``python tests/corpus/pdf_samples.py FOLDER`` writes the sample corpus.

The fonts are Noto's, cut down to the characters needed and turned to TrueType outlines,
which is what reportlab embeds.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont as Source
from pylopdf_fonts_ko import sans_path, serif_path
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer
from reportlab.platypus import Table as Grid

from corpus.blocks import Block, blocks
from corpus.captions import unit_of
from corpus.clean import clean
from corpus.readers import read
from corpus.report import Report, Table

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"
FONT, HEAVY = "SampleSerif", "SampleSans"
WORDS = "발행일처주간보고서자료주•·–—"
"""What is set besides the text of the reports."""
DRAWN = (
    "목표주가현재상승여력시가총액자료하늘증권리서치센터그림표분기별영업이익추이단위십억원매출액순지표"
    "기업분석년월일실적점검주보통기준요약시장전망비고가온반도체차목고대역폭메모리출하범용가격하락은예상"
    "완만했다고객사인증끝났양산물량나간올해설비투자늘려후공정라인두곳새로짓는경쟁하반에같제품을내놓으면"
    "협력약해진미국의수규중향매%①■△·"
)
"""What the tests of single pages draw."""
CELL = 8.0
SIZES = {0: 20.0, 1: 16.0, 2: 14.0, 3: 12.5, 4: 11.5}


@dataclass(frozen=True)
class Setting:
    """How a report is set: columns a page, tables ruled or not, lines cut inside words."""

    columns: int = 1
    ruled: bool = True
    cut: bool = False


def styles(setting: Setting) -> dict[str, ParagraphStyle]:
    wrap = "CJK" if setting.cut else None
    made = {
        "body": ParagraphStyle(
            "body", fontName=FONT, fontSize=10, leading=16, spaceAfter=8, wordWrap=wrap
        ),
        "cell": ParagraphStyle("cell", fontName=FONT, fontSize=CELL, leading=CELL * 1.3),
        "item": ParagraphStyle(
            "item", fontName=FONT, fontSize=10, leading=16, leftIndent=14, bulletIndent=2,
            spaceAfter=3, wordWrap=wrap,
        ),
    }  # fmt: skip
    for level, size in SIZES.items():
        made[f"h{level}"] = ParagraphStyle(
            f"h{level}", fontName=HEAVY, fontSize=size, leading=size * 1.4, spaceBefore=8,
            spaceAfter=6,
        )  # fmt: skip
    return made


def characters() -> str:
    """Return all characters that any test sets: the sample corpus's and those drawn."""
    return "".join(path.read_text("utf-8") for path in REPORTS.glob("*.md")) + WORDS + DRAWN


def register(text: str, folder: Path) -> None:
    """Make the fonts for the characters of ``text`` known to reportlab.

    A process knows a font by the first registration of its name, so the tests that share one
    register the same :func:`characters`.
    """
    for name, source in ((FONT, serif_path()), (HEAVY, sans_path())):
        made = folder / f"{name}.ttf"
        truetype(source, made, name, frozenset(text) | frozenset(map(chr, range(32, 127))))
        pdfmetrics.registerFont(TTFont(name, str(made)))


def truetype(source: Path, target: Path, name: str, characters: frozenset[str]) -> None:
    """Write a TrueType font with the outlines that ``source`` has for some characters."""
    font = Source(source)
    glyphs, cmap, metrics = font.getGlyphSet(), font.getBestCmap(), font["hmtx"].metrics
    wanted = {ord(ch): cmap[ord(ch)] for ch in characters if ord(ch) in cmap}
    order = [".notdef", *sorted(set(wanted.values()) - {".notdef"})]
    outlines = {}
    for glyph in order:
        pen = TTGlyphPen(None)
        glyphs[glyph].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        outlines[glyph] = pen.glyph()
    builder = FontBuilder(font["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(wanted)
    builder.setupGlyf(outlines)
    builder.setupHorizontalMetrics({glyph: metrics[glyph] for glyph in order})
    builder.setupHorizontalHeader(ascent=font["hhea"].ascent, descent=font["hhea"].descent)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    builder.setupOS2()
    builder.setupPost()
    builder.save(target)


def make_pdf(report: Report, path: Path, setting: Setting) -> None:
    """Set a report as a PDF with running heads and page numbers; see :func:`register`."""
    width = (A4[0] - 112) / setting.columns - 8 * (setting.columns - 1)
    frames = [
        Frame(56 + i * (width + 16), 64, width, A4[1] - 136, 0, 0, 0, 0, id=f"c{i}")
        for i in range(setting.columns)
    ]

    def furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawString(56, A4[1] - 40, f"{report.publisher} 주간 보고서")
        canvas.drawCentredString(A4[0] / 2, 30, f"- {document.page} -")

    document = BaseDocTemplate(str(path), pagesize=A4, title="", invariant=1)
    document.addPageTemplates([PageTemplate(id="all", frames=frames, onPage=furniture)])
    document.build(list(flowables(report, width, setting)))


def flowables(report: Report, width: float, setting: Setting) -> Iterator[Flowable]:
    """The flow of a report: title, date, publisher, then its blocks."""
    made = styles(setting)
    yield Paragraph(escape(report.title), made["h0"])
    yield Paragraph(f"발행일: {report.date:%Y.%m.%d}", made["body"])
    yield Paragraph(f"발행처: {escape(report.publisher or '')}", made["body"])
    for block in blocks(report.text, report.sections, report.tables):
        if not block.section and block.lines[0].text == report.title:
            continue
        yield from flowable(report, block, width, setting, made)


def flowable(
    report: Report, block: Block, width: float, setting: Setting, made: dict[str, ParagraphStyle]
) -> Iterator[Flowable]:
    if block.kind == "table" and block.table:
        yield from table_of(block.table, width, setting, made)
    elif block.kind == "heading":
        yield Paragraph(escape(block.lines[0].text), made[f"h{min(len(block.section), 4)}"])
    elif block.kind == "list":
        text = clean(report.text, block.span).text
        yield Paragraph(escape(text.lstrip("-* ")), made["item"], bulletText="•")
    else:
        yield Paragraph(escape(clean(report.text, block.span).text), made["body"])


def table_of(
    table: Table, width: float, setting: Setting, made: dict[str, ParagraphStyle]
) -> Iterator[Flowable]:
    caption = ". ".join(part for part in (table.label, table.title) if part)
    for line in (caption, table.subtitle):
        if line:
            yield Paragraph(escape(line), made["body"])
    if table.rows:
        rows = [[cell.text for cell in cells] for cells in table.header]
        rows += [[cell.text for cell in row.cells] for row in table.rows]
        yield _grid(rows, width, setting, made)
        yield Spacer(1, 6)
    for note in table.notes:
        yield Paragraph(escape(note if unit_of(note) else f"주: {note}"), made["body"])
    if table.source:
        yield Paragraph(escape(f"자료: {table.source}"), made["body"])


def _grid(
    rows: Sequence[Sequence[str]], width: float, setting: Setting, made: dict[str, ParagraphStyle]
) -> Grid:
    cells = [[Paragraph(escape(text), made["cell"]) for text in row] for row in rows]
    widths = _widths(rows, width)
    style: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]
    if setting.ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.grey))
    else:
        style.append(("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.grey))
    return Grid(cells, colWidths=widths, style=style, repeatRows=0)


def _widths(rows: Sequence[Sequence[str]], width: float) -> list[float]:
    """Columns as wide as their longest word, what is left shared by the longest texts."""

    def measure(text: str) -> float:
        return pdfmetrics.stringWidth(text, FONT, CELL)

    columns = list(zip(*rows, strict=True))
    least = [max(measure(w) for text in c for w in text.split() or [""]) + 9 for c in columns]
    most = [max(map(measure, column)) + 9 for column in columns]
    spare = width - sum(least)
    wish = sum(most) - sum(least)
    if spare <= 0:
        return [width * share / sum(least) for share in least]
    grow = min(1.0, spare / wish) if wish else 0.0
    return [low + grow * (high - low) for low, high in zip(least, most, strict=True)]


def main(folder: Path) -> None:
    """Set every sample report as a PDF in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    reports = [read(source) for source in sorted(REPORTS.glob("*.md"))]
    register("".join(report.text for report in reports) + WORDS, folder)
    for report in reports:
        make_pdf(report, folder / f"{report.id}.pdf", Setting())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
