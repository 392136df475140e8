"""PDF pages as houses set them: boxes side by side, side bars, heading faces, spread headers."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from corpus.readers import read
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
    folder = tmp_path_factory.mktemp("pages")

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
    canvas: Any, x: float, y: float, text: str, size: float = 10, *, head: bool = False,
    right: bool = False,
) -> None:  # fmt: skip
    canvas.setFont("SampleSans" if head else "SampleSerif", size)
    (canvas.drawRightString if right else canvas.drawString)(x, 842 - y, text)


def wrap(canvas: Any, x: float, y: float, width: float, text: str, *, words: bool = True) -> float:
    """Set a paragraph, wrapped between words or anywhere; returns where the next one begins."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    line = ""
    for part in text.replace(" ", " \0").split("\0") if words else text:
        if stringWidth((line + part).rstrip(), "SampleSerif", 10) > width:
            put(canvas, x, y, line.rstrip())
            line, y = "", y + 15
        line = (line + part).lstrip()
    put(canvas, x, y, line)
    return y + 26


def paths(report: Report) -> list[tuple[str, ...]]:
    return [section.path for section in report.sections if section.path]


def in_order(text: str, parts: Sequence[str]) -> bool:
    places = [text.index(part) for part in parts]
    return places == sorted(places)


def test_three_boxes_side_by_side_are_read_box_by_box(made: Callable[..., Report]) -> None:
    def page(canvas: Any) -> None:
        put(canvas, 30, 50, "업황 요약", 20, head=True)
        for i, name in enumerate(("매출", "수주", "가격")):
            x = 30 + 182 * i
            canvas.rect(x - 4, 842 - 400, 176, 320)
            put(canvas, x, 96, name, 13, head=True)
            y = wrap(canvas, x, 120, 166, f"■ {PROSE[2 * i]}")
            wrap(canvas, x, y, 166, f"■ {PROSE[2 * i + 1]}")

    report = made("boxes-2025-01-08", [page])
    assert in_order(report.text, PROSE)
    assert paths(report) == [("매출",), ("수주",), ("가격",)]


def test_a_side_bar_does_not_take_the_title(made: Callable[..., Report]) -> None:
    def page(canvas: Any) -> None:
        put(canvas, 40, 34, "기업 분석", 14, head=True)
        put(canvas, 550, 34, "2025.01.08", right=True)
        put(canvas, 190, 90, "가온반도체", 24, head=True)
        put(canvas, 40, 90, "시가총액", 8)
        put(canvas, 165, 90, "14,400", 8, right=True)
        for i, name in enumerate(("목표주가", "현재주가", "상승여력", "매출액", "순이익")):
            put(canvas, 40, 106 + 13 * i, name, 8)
            put(canvas, 165, 106 + 13 * i, f"{i + 1},{i}00", 8, right=True)
        y = wrap(canvas, 190, 120, 355, " ".join(PROSE), words=False)
        for i, name in enumerate(("매출액", "순이익", "시가총액")):
            put(canvas, 190, y + 13 * i, name, 8)
            for k in range(3):
                put(canvas, 350 + 95 * k, y + 13 * i, f"{k + 1},{i}00", 8, right=True)

    report = made("side-2025-01-08", [page])
    assert report.title == "가온반도체"
    assert " ".join(PROSE) in report.text
    assert [len(table.columns) or len(table.rows[0].cells) for table in report.tables] == [2, 4]


def test_a_face_for_headings_makes_headings_at_the_size_of_the_text(
    made: Callable[..., Report],
) -> None:
    def page(canvas: Any) -> None:
        put(canvas, 40, 50, "업황 요약", 20, head=True)
        y = 90.0
        for i, name in enumerate(("1. 매출 전망", "2. 가격 협상", "3. 수출 규제")):
            put(canvas, 40, y, name, head=True)
            y = wrap(canvas, 40, y + 20, 500, " ".join(PROSE[2 * i : 2 * i + 2]))

    report = made("face-2025-01-08", [page])
    assert paths(report) == [("1. 매출 전망",), ("2. 가격 협상",), ("3. 수출 규제",)]


def test_words_of_another_face_within_a_text_make_no_headings(made: Callable[..., Report]) -> None:
    def page(canvas: Any) -> None:
        y = wrap(canvas, 40, 60, 500, " ".join(PROSE))
        for i in range(3):
            put(canvas, 40, y, "■ 회사는 ", head=True)
            y = wrap(canvas, 90, y, 450, PROSE[i])
        canvas.setFont("SampleSans", 10)
        for i, sentence in enumerate(PROSE[:3]):
            canvas.drawString(40, 842 - y - 15 * i, sentence)

    assert paths(made("words-2025-01-08", [page])) == []


def test_a_header_over_the_middle_of_its_columns_is_theirs(made: Callable[..., Report]) -> None:
    rows = (
        ("매출액", "28,400", "29,100", "31,000", "33,200"),
        ("영업이익", "(1,230)", "870", "2,400", "3,100"),
        ("순이익", "(980)", "700", "1,900", "2,400"),
    )

    def page(canvas: Any) -> None:
        wrap(canvas, 40, 60, 500, " ".join(PROSE))
        put(canvas, 40, 180, "표 1. 분기별 실적 전망 (단위: 십억원)", head=True)
        canvas.line(40, 842 - 185, 540, 842 - 185)
        put(canvas, 205, 200, "2024년")
        put(canvas, 420, 200, "2025년")
        for k, name in enumerate(("3분기", "4분기", "1분기", "2분기")):
            put(canvas, 200 + 105 * k, 215, name, right=True)
        for i, row in enumerate(rows):
            put(canvas, 40, 234 + 16 * i, row[0])
            for k, cell in enumerate(row[1:]):
                put(canvas, 200 + 105 * k, 234 + 16 * i, cell, right=True)

    (table,) = made("spread-2025-01-08", [page]).tables
    assert table.columns == ("", "2024년 3분기", "2024년 4분기", "2025년 1분기", "2025년 2분기")
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == list(rows)


def test_a_label_on_two_lines_is_one_row(made: Callable[..., Report]) -> None:
    def page(canvas: Any) -> None:
        wrap(canvas, 40, 60, 500, " ".join(PROSE))
        for i, (name, rest) in enumerate(
            [
                ("", "2024"),
                ("매출액", "28,400"),
                ("고객사", "7,400"),
                ("영업이익", "870"),
                ("순이익", "700"),
            ]
        ):
            y = 200 + 20 * i + (11 if i > 2 else 0)
            put(canvas, 40, y, name)
            for k in range(3):
                put(canvas, 250 + 100 * k, y, rest, right=True)
        put(canvas, 40, 251, "향 매출")

    (table,) = made("label-2025-01-08", [page]).tables
    labels = [row.cells[0].text for row in table.rows]
    assert [label.replace(" ", "") for label in labels] == [
        "매출액",
        "고객사향매출",
        "영업이익",
        "순이익",
    ]


def test_heads_of_left_and_right_pages_are_left_out(made: Callable[..., Report]) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Any) -> None:
            if number % 2:
                put(canvas, 40, 40, "기업 분석", 8)
            else:
                put(canvas, 550, 40, "하늘증권 리서치센터", 8, right=True)
            put(canvas, 290, 815, f"{number} / 5", 8)
            wrap(canvas, 40, 100, 500, " ".join(PROSE[number % 3 :]))

        return draw

    report = made("sides-2025-01-08", [page(n) for n in range(1, 6)])
    assert "리서치센터" not in report.text
    assert "기업 분석" not in report.text
    assert [page.printed for page in report.pages] == ["1", "2", "3", "4", "5"]


def test_words_drawn_apart_without_spaces_are_parted(made: Callable[..., Report]) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    def page(canvas: Any) -> None:
        x, y = 40.0, 60.0
        for word in " ".join(PROSE).split():
            width = stringWidth(word, "SampleSerif", 10)
            if x + width > 540:
                x, y = 40.0, y + 16
            put(canvas, x, y, word)
            x += width + 3.4

    assert " ".join(PROSE) in made("apart-2025-01-08", [page]).text


def test_text_turned_by_a_quarter_is_read_upright(
    made: Callable[..., Report], tmp_path: Path
) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "turned-2025-01-08.pdf"
    canvas = Canvas(str(path), pagesize=(842, 842), invariant=1)
    canvas.setPageRotation(90)
    canvas.saveState()
    canvas.translate(842, 0)
    canvas.rotate(90)
    wrap(canvas, 40, 100, 500, " ".join(PROSE))
    canvas.restoreState()
    canvas.save()
    assert " ".join(PROSE) in read(path).text


def test_rows_between_three_rules_are_parted_by_their_distance(made: Callable[..., Report]) -> None:
    rows = (
        (
            "가온반도체",
            "GX 1",
            ("4분기 매출액이 시장 기대치를 웃돌 전망이다. 새 라인을 두 곳", "에 짓는다"),
        ),
        (
            "하늘증권",
            "HN 2",
            ("회사는 올해 설비투자를 늘려 후공정 라인을 새로 짓는다. 인증", "은 1월 말에 끝났다"),
        ),
        ("고객사", "PIM", ("가격 하락은 완만했다",)),
    )

    def page(canvas: Any) -> None:
        wrap(canvas, 40, 60, 500, " ".join(PROSE))
        put(canvas, 200, 170, "<표 1> 기업 분석", 9)
        for y in (176, 192, 284):
            canvas.line(40, 842 - y, 540, 842 - y)
        for x, name in ((60, "기업"), (160, "제품"), (380, "비고")):
            put(canvas, x, 188, name, 9)
        y = 206.0
        for name, product, texts in rows:
            middle = y + 6 * (len(texts) - 1)
            put(canvas, 50, middle, name, 9)
            put(canvas, 150, middle, product, 9)
            for i, line in enumerate(texts):
                put(canvas, 230, y + 12 * i, line, 9)
            y += 12 * len(texts) + 8
        put(canvas, 40, 296, "<자료> 하늘증권 리서치센터", 8)

    (table,) = made("rules-2025-01-08", [page]).tables
    assert (table.label, table.columns, table.source) == (
        "표 1", ("기업", "제품", "비고"), "하늘증권 리서치센터"
    )  # fmt: skip
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [
        (name, product, "".join(texts)) for name, product, texts in rows
    ]


def test_columns_inside_a_box_end_with_it(made: Callable[..., Report]) -> None:
    def page(canvas: Any) -> None:
        put(canvas, 40, 50, "업황 요약", 20, head=True)
        canvas.rect(36, 842 - 260, 514, 170)
        wrap(canvas, 44, 110, 230, " ".join(PROSE[:3]))
        wrap(canvas, 310, 110, 230, " ".join(PROSE[3:]))
        put(canvas, 44, 290, "매출액은 순이익과 같이 늘었다")

    text = made("box-2025-01-08", [page]).text
    assert in_order(text, [*PROSE, "매출액은 순이익과"])


def test_columns_of_prose_between_rules_are_no_table(made: Callable[..., Report]) -> None:
    def page(canvas: Any) -> None:
        for y in (80, 104, 400):
            canvas.line(40, 842 - y, 550, 842 - y)
        put(canvas, 44, 96, "기업 분석", head=True)
        put(canvas, 500, 96, "2025년", head=True)
        for i, y in enumerate((130, 200, 270)):
            wrap(canvas, 44, y, 230, PROSE[i])
            wrap(canvas, 310, y, 230, PROSE[3 + i])

    report = made("ruled-2025-01-08", [page])
    assert report.tables == ()
    assert in_order(report.text, PROSE)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("자료: 하늘증권", "하늘증권"),
        ("☞ 출처 : 한빛연구원, 2025.1.3.", "한빛연구원, 2025.1.3."),
        ("<자료> 한빛연구원, “연감”, 2025. 2.", "한빛연구원, “연감”, 2025. 2."),
        ("〈출처〉: 각 사", "각 사"),
        ("자료 출처: 통계청", "통계청"),
        ("자료를 모았다", None),
        ("<자료집> 안내", None),
    ],
)
def test_source_lines_of_several_houses(line: str, source: str | None) -> None:
    from corpus.captions import source_of

    assert source_of(line) == source


def has_tesseract() -> bool:
    found = shutil.which("tesseract")
    if not found:
        return False
    done = subprocess.run([found, "--list-langs"], capture_output=True, text=True, check=False)
    return "kor" in done.stdout.split()


@pytest.mark.slow
@pytest.mark.skipif(not has_tesseract(), reason="tesseract with 'kor' is not installed")
def test_a_scanned_page_is_read_by_tesseract(made: Callable[..., Report], tmp_path: Path) -> None:
    import pypdfium2
    from reportlab.pdfgen.canvas import Canvas

    def page(canvas: Any) -> None:
        y = 60.0
        for sentence in PROSE[:4]:
            y = wrap(canvas, 40, y, 500, sentence)

    made("printed-2025-01-08", [page])
    printed = next(tmp_path.parent.rglob("printed-2025-01-08.pdf"))
    with pypdfium2.PdfDocument(printed) as document:
        picture = document[0].render(scale=3).to_pil()
    picture.crop((0, 0, picture.width, 3 * 180)).save(tmp_path / "page.png")
    path = tmp_path / "scanned-2025-01-08.pdf"
    canvas = Canvas(str(path), pagesize=(595, 180))
    canvas.drawImage(str(tmp_path / "page.png"), 0, 0, 595, 180)
    canvas.save()
    text = read(path, ocr=True).text
    words = " ".join(PROSE[:4]).split()
    assert sum(word in text for word in words) >= 0.7 * len(words)
    letters = "".join(text.split())
    assert sum(word.rstrip(".,") in letters for word in words) >= 0.85 * len(words)
