"""PDF pages set by hand: columns, charts, notes, wraps, symbols, covers, scans."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from corpus.errors import UnreadableReport
from corpus.readers import read
from corpus.readers.pdf.joins import Joiner
from corpus.readers.pdf.symbols import letter, symbol
from corpus.report import Report

PROSE = (
    "가온반도체의 4분기 영업이익은 1조 2,000억원으로 시장 기대치를 8% 웃돌 전망이다.",
    "고대역폭메모리 출하가 전분기보다 35% 늘었고 범용 D램 가격 하락은 예상보다 완만했다.",
    "주요 고객사의 인증은 1월 말에 끝났고 2월부터 양산 물량이 나간다.",
    "회사는 올해 설비투자를 15% 늘려 후공정 라인을 두 곳에 새로 짓는다.",
    "경쟁사가 하반기에 같은 제품을 내놓으면 가격 협상력이 약해진다.",
    "미국의 수출 규제가 중국향 매출 18%에 영향을 줄 수 있다.",
)
Draw = Callable[[Any], None]


@pytest.fixture(scope="module")
def made(
    samples: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, Sequence[Draw]], Report]:
    folder = tmp_path_factory.mktemp("drawn")

    def make(name: str, pages: Sequence[Draw]) -> Report:
        from reportlab.pdfgen.canvas import Canvas

        path = folder / f"{name}.pdf"
        canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
        for draw in pages:
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return read(path)

    return make


def put(
    canvas: Any, x: float, y: float, text: str, size: float = 10, font: str = "SampleSerif"
) -> None:
    canvas.setFont(font, size)
    canvas.drawString(x, 842 - y, text)


def lines(canvas: Any, x: float, y: float, width: float, text: str, size: float = 10) -> float:
    """Set a paragraph cut at any character; returns where the next one begins."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    line = ""
    for char in text:
        if stringWidth(line + char, "SampleSerif", size) > width:
            put(canvas, x, y, line, size)
            line, y = "", y + 1.6 * size
        line += char
    put(canvas, x, y, line, size)
    return y + 2.6 * size


def test_two_columns_are_read_one_after_the_other(made: Callable[..., Report]) -> None:
    def page(canvas: Any) -> None:
        put(canvas, 40, 60, "2025년 1월 8일")
        put(canvas, 40, 100, "기업 분석", 20, "SampleSans")
        lines(canvas, 40, 140, 240, " ".join(PROSE[:3]))
        lines(canvas, 310, 147, 240, " ".join(PROSE[3:]))

    text = made("columns-2025-01-08", [page]).text
    assert [text.index(sentence) for sentence in PROSE] == sorted(map(text.index, PROSE))


def test_a_side_box_of_figures_is_a_table_beside_the_text(made: Callable[..., Report]) -> None:
    box = [
        ("목표주가", "250,000원"),
        ("현재주가", "198,000원"),
        ("상승여력", "26.3%"),
        ("시가총액", "14,400"),
    ]

    def page(canvas: Any) -> None:
        put(canvas, 40, 60, "가온반도체: 실적 점검", 20, "SampleSans")
        put(canvas, 40, 90, "2025년 1월 8일")
        for i, (name, value) in enumerate(box):
            put(canvas, 40, 140 + 14 * i, name, 8)
            canvas.drawRightString(180, 842 - 140 - 14 * i, value)
        lines(canvas, 210, 140, 330, " ".join(PROSE))

    report = made("box", [page])
    (table,) = report.tables
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == box
    assert " ".join(PROSE) in report.text
    assert report.title == "가온반도체: 실적 점검"
    assert report.date == dt.date(2025, 1, 8)


def test_a_table_between_horizontal_rules_keeps_its_caption_unit_and_source(
    made: Callable[..., Report],
) -> None:
    rows = [
        ("", "2023", "2024E", "2025E"),
        ("매출액", "28,400", "41,200", "52,900"),
        ("영업이익", "-1,230", "9,870", "14,100"),
        ("순이익", "-980", "7,400", "10,800"),
    ]

    def page(canvas: Any) -> None:
        put(canvas, 40, 60, "2025년 1월 8일 실적 점검")
        lines(canvas, 40, 90, 500, " ".join(PROSE))
        put(canvas, 40, 200, "표 1. 실적 전망", 9, "SampleSans")
        put(canvas, 480, 200, "(단위: 십억원)", 8)
        canvas.line(40, 842 - 205, 555, 842 - 205)
        for i, row in enumerate(rows):
            for k, cell in enumerate(row):
                canvas.drawRightString(160 + 110 * k, 842 - 220 - 17 * i, cell)
        put(canvas, 40, 300, "자료: 하늘증권 리서치센터", 8)

    (table,) = made("horizontal", [page]).tables
    assert (table.label, table.unit, table.source) == ("표 1", "십억원", "하늘증권 리서치센터")
    assert table.columns == rows[0]
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == rows[1:]


def test_the_labels_of_a_chart_are_left_out_and_its_caption_and_source_kept(
    made: Callable[..., Report],
) -> None:
    def page(canvas: Any) -> None:
        put(canvas, 40, 60, "2025년 1월 8일 실적 점검")
        lines(canvas, 40, 90, 500, " ".join(PROSE))
        put(canvas, 40, 200, "그림 1. 분기별 영업이익 추이", 9)
        for i in range(4):
            canvas.rect(80 + 60 * i, 842 - 340, 30, 20 + 20 * i, fill=1)
            put(canvas, 80 + 60 * i, 352, f"{i + 1}Q24", 7)
            put(canvas, 50, 340 - 25 * i, f"{300 * i}", 7)
        put(canvas, 40, 380, "자료: 하늘증권 리서치센터", 8)

    report = made("chart", [page])
    assert "3Q24" not in report.text
    assert "900" not in report.text
    (figure,) = report.tables
    assert (figure.label, figure.rows, figure.source) == ("그림 1", (), "하늘증권 리서치센터")


def test_merged_cells_of_a_ruled_table_stand_at_their_top_left(made: Callable[..., Report]) -> None:
    def page(canvas: Any) -> None:
        put(canvas, 40, 60, "2025년 1월 8일 실적 점검")
        for y in (100, 120, 160):
            canvas.line(40, 842 - y, 440, 842 - y)
        canvas.line(140, 842 - 140, 440, 842 - 140)
        for x in (40, 140, 440):
            canvas.line(x, 842 - 100, x, 842 - 160)
        canvas.line(290, 842 - 120, 290, 842 - 160)
        put(canvas, 50, 114, "기업", 9)
        put(canvas, 150, 114, "실적", 9)
        put(canvas, 50, 144, "가온반도체", 9)
        for i, cells in enumerate((("매출액", "28,400"), ("순이익", "7,400"))):
            for k, cell in enumerate(cells):
                put(canvas, 150 + 150 * k, 134 + 20 * i, cell, 9)

    (table,) = made("merged", [page]).tables
    grid = [[cell.text for cell in cells] for cells in table.header]
    grid += [[cell.text for cell in row.cells] for row in table.rows]
    assert grid == [
        ["기업", "실적", ""],
        ["가온반도체", "매출액", "28,400"],
        ["", "순이익", "7,400"],
    ]


def test_a_footnote_follows_the_paragraph_with_its_mark(made: Callable[..., Report]) -> None:
    def page(canvas: Any) -> None:
        put(canvas, 40, 60, "2025년 1월 8일 실적 점검", 12)
        put(canvas, 40, 100, "시가총액은 14조원이다")
        put(canvas, 134, 96, "1)", 6)
        put(canvas, 145, 100, ".")
        below = lines(canvas, 40, 130, 500, PROSE[0] + " " + PROSE[1])
        lines(canvas, 40, below, 500, PROSE[2] + " " + PROSE[3])
        canvas.line(40, 100, 200, 100)
        put(canvas, 40, 760, "1) 보통주 기준", 7.5)

    text = made("note", [page]).text
    assert "시가총액은 14조원이다¹⁾" in text
    assert text.index("14조원") < text.index("보통주 기준") < text.index(PROSE[0])


def test_pages_keep_the_numbers_printed_on_them(made: Callable[..., Report]) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Any) -> None:
            put(canvas, 40, 40, "기업 분석 | 하늘증권 리서치센터", 8)
            put(canvas, 290, 820, str(number), 8)
            put(canvas, 40, 100, f"{number}월 시장 전망", 16, "SampleSans")
            lines(canvas, 40, 140, 500, PROSE[number % 6])

        return draw

    report = made("numbers-2025-01-08", [page(n) for n in (7, 8, 9, 10)])
    assert [(page.index, page.printed) for page in report.pages] == [
        (1, "7"), (2, "8"), (3, "9"), (4, "10")
    ]  # fmt: skip
    assert "기업 분석" not in report.text
    assert [section.path for section in report.sections if section.path][-1] == ("10월 시장 전망",)
    assert report.passages[-1].page == 4
    assert report.publisher is None or "하늘증권" in report.publisher


def test_a_table_of_contents_is_left_out(made: Callable[..., Report]) -> None:
    def contents(canvas: Any) -> None:
        put(canvas, 40, 60, "목차", 16, "SampleSans")
        for i in range(6):
            put(canvas, 40, 100 + 20 * i, f"{i + 1}. 시장 전망 {'.' * 60} {i + 1}")

    def body(canvas: Any) -> None:
        put(canvas, 40, 60, "2025년 1월 8일")
        lines(canvas, 40, 100, 500, PROSE[0])

    report = made("contents", [contents, body])
    assert "...." not in report.text
    assert PROSE[0] in report.text
    assert len(report.pages[0].span) == 0


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("시장은 2,510억 달러로 연평", "균 성장률 31%를 기록했다", "연평균"),
        ("이미지를 생성하는", "이미지 모델을 공개했다", "생성하는 이미지"),
        ("회사는 2024", "년부터 양산한다", "2024년부터"),
        ("자세히는 https://example.org/rep", "ort/1 참고", "rep" + "ort/1"),
        ("새 규칙을 발표", "했다고 전했다", "발표했다고"),
        ("엔비디아의 H100", "GPU를 산다", "H100 GPU"),
        ("그 회사(", "미국)는", "회사(미국)는"),
        ("12개 기관과", "함께 만들었다", "기관과 함께"),
    ],
)
def test_wrapped_lines_join_as_they_were_written(left: str, right: str, joined: str) -> None:
    assert joined in Joiner([left, right]).join([(left, False), (right, False)])


@pytest.mark.parametrize(
    ("left", "right", "words", "joined"),
    [
        ("the manip\u00ad", "ulation of data", "", "the manipulation of data"),
        ("a self\u00ad", "contained set", "self-contained", "a self-contained set"),
        ("the GPU\u00ad", "Server", "", "the GPU-Server"),
    ],
)
def test_hyphens_at_the_end_of_a_line(left: str, right: str, words: str, joined: str) -> None:
    assert Joiner([words]).join([(left, False), (right, False)]) == joined
    assert "\u00ad" not in Joiner([]).join([(left, False)])


def test_a_drawn_space_and_the_rest_of_the_document_decide_first() -> None:
    assert Joiner([]).join([("연평", True), ("균", False)]) == "연평 균"
    known = Joiner(["프레임워크를 세웠다", "법적 프레임", "워크의 필요성"])
    assert (
        known.join([("법적 프레임", False), ("워크의 필요성", False)]) == "법적 프레임워크의 필요성"
    )


@pytest.mark.parametrize(
    ("char", "font", "shown"),
    [
        ("n", "Wingdings-Regular", "■"),
        ("£", "Wingdings-Regular", "◎"),
        ("\uf06e", "Wingdings", "■"),
        ("\uf0d8", "Wingdings", "➢"),
        ("\uf0b7", "SymbolMT", "•"),
        ("l", "ZapfDingbats", "●"),
        ("\uf0ff", "Wingdings", "•"),
    ],
)
def test_symbol_fonts_show_bullets(char: str, font: str, shown: str) -> None:
    assert symbol(char, font) == shown


@pytest.mark.parametrize(
    ("char", "plain"),
    [
        ("⼤", "大"),
        ("･", "·"),
        ("ﬁ", "fi"),
        ("\u00a0", " "),
        ("\u200b", ""),
        ("①", "①"),
        ("㎡", "㎡"),
        ("가", "가"),
    ],
)
def test_look_alikes_become_what_one_would_type(char: str, plain: str) -> None:
    assert letter(char) == plain


@pytest.mark.parametrize("said", ["", "엔비디아는 올랐다."], ids=["by-gaps", "by-its-text"])
def test_scans_are_read_with_tesseract_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    from PIL import Image
    from reportlab.pdfgen.canvas import Canvas

    Image.new("RGB", (60, 80), "white").save(tmp_path / "scan.png")
    path = tmp_path / "2025-01-06.pdf"
    canvas = Canvas(str(path), pagesize=(600, 800))
    canvas.drawImage(str(tmp_path / "scan.png"), 0, 0, 600, 800)
    canvas.save()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableReport, match="tesseract with 'kor' is not installed"):
        read(path, ocr=True)
    head = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext"
    words = [("300", "120", "엔비디"), ("425", "40", "아는"), ("490", "110", "올랐다.")]
    rows = [f"5\t1\t1\t1\t1\t{i}\t{x}\t400\t{w}\t42\t90\t{t}" for i, (x, w, t) in enumerate(words)]
    fake = tmp_path / "tesseract"
    table = "\\n".join([head, *rows]).replace("\t", "\\t")
    fake.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "if '--list-langs' in sys.argv:\n    print('eng\\nkor')\nelse:\n"
        f"    sys.stdin.buffer.read()\n    open(sys.argv[2] + '.tsv', 'wb').write('{table}'.encode())\n"
        f"    open(sys.argv[2] + '.txt', 'wb').write('{said}'.encode())\n",
        encoding="utf-8",
    )
    fake.chmod(0o755)
    assert read(path, ocr=True).text == "엔비디아는 올랐다.\n"


def test_lines_between_columns_of_text_make_no_table(made: Callable[..., Report]) -> None:
    def page(canvas: Any) -> None:
        put(canvas, 40, 60, "2025년 1월 8일")
        canvas.rect(30, 842 - 400, 540, 300)
        canvas.line(298, 842 - 400, 298, 842 - 100)
        lines(canvas, 40, 130, 240, " ".join(PROSE[:3]))
        lines(canvas, 310, 130, 240, " ".join(PROSE[3:]))

    report = made("framed-2025-01-08", [page])
    assert report.tables == ()
    assert [report.text.index(s) for s in PROSE] == sorted(map(report.text.index, PROSE))


def test_a_paragraph_and_a_table_go_on_over_the_page(made: Callable[..., Report]) -> None:
    rows = [("기업", "매출액"), ("가온", "1,200"), ("하늘", "3,400"), ("매수", "5,600")]

    def grid(canvas: Any, top: float, part: Sequence[tuple[str, str]]) -> None:
        for i in range(len(part) + 1):
            canvas.line(40, 842 - top - 20 * i, 240, 842 - top - 20 * i)
        for x in (40, 140, 240):
            canvas.line(x, 842 - top, x, 842 - top - 20 * len(part))
        for i, cells in enumerate(part):
            for k, cell in enumerate(cells):
                put(canvas, 50 + 100 * k, top + 14 + 20 * i, cell, 9)

    def first(canvas: Any) -> None:
        put(canvas, 40, 60, "2025년 1월 8일")
        lines(canvas, 40, 100, 500, " ".join(PROSE))
        grid(canvas, 650, rows[:3])

    def second(canvas: Any) -> None:
        grid(canvas, 60, [rows[0], rows[3]])
        lines(canvas, 40, 200, 500, PROSE[0])

    report = made("over-2025-01-08", [first, second])
    (table,) = report.tables
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == rows[1:]
    last = report.text.index("5,600")
    page = report.page_at(last)
    assert page is not None
    assert page.index == 2
    assert report.page_at(report.text.index("3,400")) == report.pages[0]


def test_the_header_of_a_table_is_no_running_head(made: Callable[..., Report]) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Any) -> None:
            for y in (60, 80, 100, 120):
                canvas.line(40, 842 - y, 240, 842 - y)
            for x in (40, 140, 240):
                canvas.line(x, 842 - 60, x, 842 - 120)
            for i, cells in enumerate(
                (("기업", "매출액"), ("가온", f"{number},200"), ("하늘", "3"))
            ):
                for k, cell in enumerate(cells):
                    put(canvas, 50 + 100 * k, 74 + 20 * i, cell, 9)
            lines(canvas, 40, 200, 500, PROSE[number])

        return draw

    report = made("tables-2025-01-08", [page(n) for n in range(4)])
    assert [table.columns for table in report.tables] == [("기업", "매출액")] * 4
