"""DOCX and HWPX: styles, lists, merged cells, notes, pages; hostile archives are refused."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from corpus.errors import UnreadableReport
from corpus.readers import archive, read
from corpus.readers.numbering import Level, Numbering, spelled
from corpus.report import Report

docx = pytest.importorskip("docx", reason="the DOCX files of these tests are made with python-docx")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ROWS = (
    ("기업", "2024", "", "비고"),
    ("", "매출액", "순이익", ""),
    ("가온반도체", "28,400", "7,400", "수주 반영"),
    ("하늘전자", "12,000", "3,100", ""),
)
WANTED = [
    ["가온반도체", "28,400", "7,400", "수주 반영"],
    ["하늘전자", "12,000", "3,100", "수주 반영"],
]


@pytest.fixture
def word(tmp_path: Path) -> Callable[..., Report]:
    def make(fill: Callable[[Any], None], name: str = "2025-02-03.docx") -> Report:
        document = docx.Document()
        fill(document)
        document.save(str(tmp_path / name))
        return read(tmp_path / name)

    return make


def element(markup: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(markup.replace(">", f' xmlns:w="{W}">', 1))


def paths(report: Report) -> list[tuple[str, ...]]:
    return [section.path for section in report.sections if section.path]


def test_styles_give_title_headings_and_lists(word: Callable[..., Report]) -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("HBM4 점검", "Title")
        document.add_paragraph("2025년 2월 3일")
        document.add_heading("수요", 1)
        document.add_paragraph("서버", "List Bullet")
        document.add_paragraph("북미", "List Bullet 2")
        document.add_paragraph("하나", "List Number")
        document.add_paragraph("둘", "List Number")
        document.add_heading("세부", 2)
        document.add_paragraph("가온반도체는 HBM4를 양산한다.")

    report = word(fill, "draft.docx")
    assert (report.title, report.date) == ("HBM4 점검", dt.date(2025, 2, 3))
    assert paths(report) == [("수요",), ("수요", "세부")]
    assert "• 서버\n  • 북미\n1. 하나\n2. 둘\n" in report.text


def test_merged_cells_of_word_are_laid_out(word: Callable[..., Report]) -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("표 1. 전망 (단위: 십억원)")
        table = document.add_table(4, 4)
        for line, row in zip(table.rows, ROWS, strict=True):
            for cell, text in zip(line.cells, row, strict=True):
                cell.text = text
        for (a, b), (c, d) in (
            ((0, 1), (0, 2)),
            ((0, 0), (1, 0)),
            ((0, 3), (1, 3)),
            ((2, 3), (3, 3)),
        ):
            table.cell(a, b).merge(table.cell(c, d))
        document.add_paragraph("자료: 하늘증권")

    (table,) = word(fill).tables
    assert (table.label, table.unit, table.source) == ("표 1", "십억원", "하늘증권")
    assert table.columns == ("기업", "2024 매출액", "2024 순이익", "비고")
    assert [[cell.text for cell in row.cells] for row in table.rows] == WANTED


def test_a_table_of_one_cell_is_a_box_of_text(word: Callable[..., Report]) -> None:
    def fill(document: Any) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "핵심 요약"
        cell.add_paragraph("매출이 늘었다.")

    report = word(fill)
    assert report.tables == ()
    assert report.text == "핵심 요약\n\n매출이 늘었다.\n"


def test_insertions_are_text_and_deletions_are_not(word: Callable[..., Report]) -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("매출은 ")._p
        paragraph.append(element("<w:ins><w:r><w:t>12</w:t></w:r></w:ins>"))
        paragraph.append(element("<w:del><w:r><w:delText>99</w:delText></w:r></w:del>"))
        paragraph.append(element('<w:r><w:t xml:space="preserve">조원이다.</w:t></w:r>'))

    assert word(fill).text == "매출은 12조원이다.\n"


def test_fields_tabs_breaks_and_content_controls(word: Callable[..., Report]) -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("가격\t올랐다\n크게")
        document.element.body.insert(
            0,
            element(
                "<w:sdt><w:sdtContent><w:p><w:r><w:t>요약문이다.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            ),
        )
        document.add_paragraph("목차 항목\t3").style = document.styles.add_style("toc 1", 1)

    assert word(fill).text == "요약문이다.\n\n가격 올랐다 크게\n"


def test_pages_are_those_that_word_last_saw(word: Callable[..., Report]) -> None:
    def fill(document: Any) -> None:
        for number in range(3):
            paragraph = document.add_paragraph("")
            if number:
                paragraph._p.append(element("<w:r><w:lastRenderedPageBreak/></w:r>"))
            paragraph.add_run(f"{number + 1}번째 쪽의 글이다.")
            document.add_paragraph(f"{number + 1}번째 쪽의 다음 글이다.")

    report = word(fill)
    assert [page.index for page in report.pages] == [1, 2, 3]
    assert "".join(page.span.of(report.text) for page in report.pages) == report.text
    page = report.page_at(report.text.index("3번째 쪽의 다음"))
    assert page is not None
    assert (page.index, page.printed) == (3, None)


def test_a_footnote_of_word_follows_its_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("시가총액은 14조원이다")
    paragraph._p.append(element('<w:r><w:footnoteReference w:id="2"/></w:r>'))
    paragraph.add_run(".")
    document.add_paragraph("다음 글이다.")
    buffer = io.BytesIO()
    document.save(buffer)
    path = tmp_path / "2025-02-03.docx"
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/_rels/document.xml.rels":
                link = (
                    b'<Relationship Id="rId99" Target="footnotes.xml" Type="http://schemas.openxml'
                    b'formats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
                )
                data = data.replace(b"</Relationships>", link)
            new.writestr(name, data)
        new.writestr(
            "word/footnotes.xml",
            f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r><w:t>보통주 기준</w:t></w:r>'
            "</w:p></w:footnote></w:footnotes>",
        )
    assert read(path).text == "시가총액은 14조원이다¹⁾.\n\n1) 보통주 기준\n\n다음 글이다.\n"


def test_looks_make_headings_where_no_style_does(word: Callable[..., Report]) -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("2025년 2월 3일 반도체 업황을 점검한다.")
        for text, size in (("수요", 14), ("북미 고객사", 11)):
            run = document.add_paragraph("").add_run(text)
            run.bold = True
            run.font.size = docx.shared.Pt(size)
            document.add_paragraph("가온반도체는 HBM4를 2월부터 양산한다고 밝혔다. 다음 달이다.")

    assert paths(word(fill)) == [("수요",), ("수요", "북미 고객사")]


def hwpx_report(files: ModuleType, folder: Path, body: str) -> Report:
    path = folder / "2025-02-03.hwpx"
    path.write_bytes(files.hwpx(body))
    return read(path)


def test_outline_numbers_bullets_and_notes_of_hwpx(files: ModuleType, tmp_path: Path) -> None:
    p = files.hwpx_paragraph
    note = (
        f"<hp:ctrl><hp:footNote><hp:subList>{p('보통주 기준')}</hp:subList></hp:footNote></hp:ctrl>"
    )
    head = f"<hp:ctrl><hp:header><hp:subList>{p('머리말')}</hp:subList></hp:header></hp:ctrl>"
    report = hwpx_report(
        files,
        tmp_path,
        p("업황 점검", inside=head)
        + p("수요", shape=2)
        + p("시가총액은 14조원이다.", inside=note)
        + p("북미", shape=3)
        + p("서버가 는다", shape=1)
        + p("□ 재고가 준다")
        + p("공급", shape=2),
    )
    assert paths(report) == [("1. 수요",), ("1. 수요", "가. 북미"), ("2. 공급",)]
    assert report.text == (
        "업황 점검\n\n1. 수요\n\n시가총액은 14조원이다.¹⁾\n\n1) 보통주 기준\n\n가. 북미\n\n"
        "● 서버가 는다\n□ 재고가 준다\n\n2. 공급\n"
    )


def test_merged_cells_captions_and_breaks_of_hwpx(files: ModuleType, tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[0][2] = rows[1][0] = rows[1][3] = rows[3][3] = None  # type: ignore[call-overload]  # cells are widened to None
    spans = {
        (0, 1): 'colSpan="2" rowSpan="1"', (0, 0): 'colSpan="1" rowSpan="2"',
        (0, 3): 'colSpan="1" rowSpan="2"', (2, 3): 'colSpan="1" rowSpan="2"',
    }  # fmt: skip
    table = files.hwpx_table(rows, spans)
    caption = f'<hp:caption side="TOP"><hp:subList>{files.hwpx_paragraph("표 1. 전망 (단위: 십억원)")}</hp:subList></hp:caption>'
    table = table.replace("<hp:tbl>", f"<hp:tbl>{caption}").replace(
        "수주 반영", "수주<hp:lineBreak/>반영"
    )
    (found,) = hwpx_report(files, tmp_path, table + files.hwpx_paragraph("자료: 하늘증권")).tables
    assert (found.label, found.unit, found.source) == ("표 1", "십억원", "하늘증권")
    assert found.columns == ("기업", "2024 매출액", "2024 순이익", "비고")
    assert [[cell.text for cell in row.cells] for row in found.rows] == WANTED


def test_pages_of_hwpx_are_where_its_lines_begin_again(files: ModuleType, tmp_path: Path) -> None:
    def lined(text: str, top: int) -> str:
        array = f'<hp:linesegarray><hp:lineseg vertpos="{top}"/></hp:linesegarray></hp:p>'
        return str(files.hwpx_paragraph(text).replace("</hp:p>", array))

    body = "".join(
        lined(f"{n}번 글이다.", top) for n, top in enumerate((0, 1600, 0, 1600, 3200, 0))
    )
    report = hwpx_report(files, tmp_path, body)
    pages = [report.page_at(report.text.index(f"{n}번")) for n in range(6)]
    assert [page.index for page in pages if page] == [1, 1, 2, 2, 2, 3]


BOMB = "<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
OUTSIDE = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"


def rewritten(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    new = zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(io.BytesIO(data)) as old, new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return buffer.getvalue()


@pytest.fixture(params=[".docx", ".hwpx"])
def small(request: pytest.FixtureRequest, files: ModuleType) -> tuple[str, bytes, str]:
    """A suffix, a small file of that format, and the name of the part with its text."""
    if request.param == ".hwpx":
        return ".hwpx", files.hwpx(files.hwpx_paragraph("짧은 글이다.")), "Contents/section0.xml"
    document = docx.Document()
    document.add_paragraph("짧은 글이다.")
    buffer = io.BytesIO()
    document.save(buffer)
    return ".docx", buffer.getvalue(), "word/document.xml"


def refusal(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(UnreadableReport) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("doctype", "entity"), [(BOMB, "&c;"), (OUTSIDE, "&b;")], ids=["laughs", "external"]
)
def test_entities_are_refused(
    tmp_path: Path, small: tuple[str, bytes, str], doctype: str, entity: str
) -> None:
    suffix, data, part = small

    def change(xml: bytes) -> bytes:
        body = xml.decode().split("?>", 1)[-1].replace("짧은", entity)
        return f"{doctype}{body}".encode()

    said = refusal(tmp_path / f"2025-02-03{suffix}", rewritten(data, part, change))
    assert "defines entities or a document type" in said


def test_bombs_are_refused(
    tmp_path: Path, small: tuple[str, bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    suffix, data, part = small
    monkeypatch.setattr(archive, "MAX_PART", 1_000_000)
    big = rewritten(data, part, lambda xml: xml + b" " * 1_500_000)
    assert len(big) < 200_000
    assert "unpacks to more than" in refusal(tmp_path / f"2025-02-03{suffix}", big)
    monkeypatch.setattr(archive, "MAX_TOTAL", 1_000)
    assert "unpacks to more than" in refusal(tmp_path / f"2025-02-03{suffix}", data)


def test_deep_nesting_is_refused(tmp_path: Path, small: tuple[str, bytes, str]) -> None:
    suffix, data, part = small
    deep = rewritten(data, part, lambda _: b"<a>" * 50_000 + b"</a>" * 50_000)
    assert "nested deeper" in refusal(tmp_path / f"2025-02-03{suffix}", deep)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: b"", "is empty"),
        (lambda data: data[:400], "damaged"),
        (lambda data: b"%PDF-1.7" + data, "is it another format"),
        (lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data, "encrypted with a password"),
    ],
    ids=["empty", "cut", "pdf", "encrypted"],
)
def test_what_is_no_document_is_refused(
    tmp_path: Path,
    small: tuple[str, bytes, str],
    change: Callable[[bytes], bytes],
    expected: str,
) -> None:
    assert expected in refusal(tmp_path / f"2025-02-03{small[0]}", change(small[1]))


def test_one_format_with_the_suffix_of_another_is_refused(
    files: ModuleType, tmp_path: Path
) -> None:
    data = files.hwpx(files.hwpx_paragraph("짧은 글이다."))
    assert "holds no Word document" in refusal(tmp_path / "2025-02-03.docx", data)


def test_a_document_without_text_is_refused(files: ModuleType, tmp_path: Path) -> None:
    assert "holds no text" in refusal(tmp_path / "2025-02-03.hwpx", files.hwpx(""))


def test_numbers_are_spelled_as_word_processors_do() -> None:
    assert [spelled(n, "ganada") for n in (1, 14, 15)] == ["가", "하", "15"]
    assert [spelled(n, "upperRoman") for n in (1, 4, 9, 14, 40)] == ["I", "IV", "IX", "XIV", "XL"]
    assert spelled(3, "CIRCLED_DIGIT") == "③"
    levels = {0: Level("decimal", "%1."), 1: Level("decimal", "%1.%2"), 2: Level("bullet", "·")}
    count = Numbering({"a": levels})
    marks = [count.mark("a", level) for level in (0, 1, 1, 2, 0, 1)]
    assert marks == ["1.", "1.1", "1.2", "•", "2.", "2.1"]
    assert count.mark("b", 0) == ""
