"""PDF: round trips of set reports, pages, and the refusal of what is no readable PDF."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from corpus.assemble import Given
from corpus.errors import CorpusError, UnreadableReport
from corpus.readers import read, suffixes
from corpus.readers.pdf import read_pdf
from corpus.report import Report
from corpus.store import report_from_json, report_to_json

BRIEF = Path(__file__).parents[3] / "shared" / "reports" / "spri-ai-brief-2023-12.pdf"
REPORT = "weekly-2025-01-06"


@pytest.fixture(scope="module")
def original(samples: ModuleType) -> Report:
    return read(samples.REPORTS / f"{REPORT}.md")


@pytest.fixture(scope="module")
def pdf(
    samples: ModuleType, original: Report, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Path]:
    folder = tmp_path_factory.mktemp("pdf")
    made: dict[object, Path] = {}

    def make(**setting: object) -> Path:
        key = tuple(sorted(setting.items()))
        if key not in made:
            made[key] = folder / f"{len(made)}" / f"{REPORT}.pdf"
            made[key].parent.mkdir()
            samples.make_pdf(original, made[key], samples.Setting(**setting))
        return made[key]

    return make


@pytest.mark.parametrize(
    ("setting", "least"),
    [
        ({"cut": True}, (0.98, 0.97, 0.97)),
        ({"ruled": False}, (0.98, 0.90, 0.99)),
        ({"columns": 2}, (0.98, 0.0, 0.98)),
    ],
    ids=["cut-inside-words", "unruled", "two-columns"],
)
def test_a_set_report_reads_as_it_was_written(
    files: ModuleType,
    original: Report,
    pdf: Callable[..., Path],
    setting: dict[str, object],
    least: tuple[float, float, float],
) -> None:
    got = read(pdf(**setting))
    assert got.id == original.id
    assert (got.title, got.date, got.publisher) == (
        original.title, original.date, original.publisher
    )  # fmt: skip
    assert files.share(files.paths(original), files.paths(got)) >= least[0]
    assert files.share(files.cells(original), files.cells(got)) >= least[1]
    assert files.share(files.statements(original), files.statements(got)) >= least[2]


def test_pages_cover_the_text_and_passages_know_theirs(pdf: Callable[..., Path]) -> None:
    report = read(pdf())
    assert [page.index for page in report.pages] == list(range(1, len(report.pages) + 1))
    assert [page.printed for page in report.pages] == [str(p.index) for p in report.pages]
    assert "".join(page.span.of(report.text) for page in report.pages) == report.text
    for passage in report.passages:
        assert report.pages[(passage.page or 0) - 1].span.start <= passage.span.start
        assert passage.span.start < report.pages[(passage.page or 0) - 1].span.end
    assert all(page.span.of(report.text).strip() for page in report.pages)
    assert all(table.page for table in report.tables)
    assert report_from_json(report_to_json(report)) == report


def test_running_heads_and_page_numbers_are_left_out(pdf: Callable[..., Path]) -> None:
    text = read(pdf()).text
    assert "주간 보고서" not in text
    assert "- 2 -" not in text


def test_reading_twice_gives_the_same(pdf: Callable[..., Path]) -> None:
    assert report_to_json(read(pdf())) == report_to_json(read(pdf()))


def test_what_is_given_wins(pdf: Callable[..., Path]) -> None:
    report = read(pdf(), title="다른 이름", date=dt.date(2020, 1, 2), publisher="다른 곳")
    assert (report.title, report.date, report.publisher) == (
        "다른 이름", dt.date(2020, 1, 2), "다른 곳"
    )  # fmt: skip


def refused(path: Path) -> str:
    with pytest.raises(UnreadableReport) as caught:
        read(path)
    message = str(caught.value)
    assert "\n" not in message
    assert path.name in message
    return message


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"PK\x03\x04 a zip archive", "expected '%PDF-'"),
        (b"%PDF-1.4\nnothing else", "was cut off"),
        (b"%PDF-1.4\nnothing\nstartxref\n9\n%%EOF", "PDFium cannot open it"),
    ],
)
def test_what_is_no_pdf_is_refused(tmp_path: Path, data: bytes, expected: str) -> None:
    path = tmp_path / "2025-01-06.pdf"
    path.write_bytes(data)
    assert expected in refused(path)


def test_a_truncated_pdf_is_refused(pdf: Callable[..., Path], tmp_path: Path) -> None:
    path = tmp_path / "2025-01-06.pdf"
    path.write_bytes(pdf().read_bytes()[:-5000])
    assert "was cut off" in refused(path)


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "2025-01-06.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 700, "2025-01-06 weekly")
    canvas.save()
    assert "encrypted with a password" in refused(path)


def test_pictures_of_text_need_ocr(tmp_path: Path) -> None:
    from PIL import Image
    from reportlab.pdfgen.canvas import Canvas

    Image.new("RGB", (60, 80), "white").save(tmp_path / "scan.png")
    path = tmp_path / "2025-01-06.pdf"
    canvas = Canvas(str(path))
    canvas.drawImage(str(tmp_path / "scan.png"), 0, 0, 600, 800)
    canvas.save()
    assert "OCR" in refused(path)


def test_a_pdf_without_anything_is_refused(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "2025-01-06.pdf"
    canvas = Canvas(str(path))
    canvas.showPage()
    canvas.save()
    assert "holds no text" in refused(path)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_pdf_is_read_or_refused(pdf: Callable[..., Path], seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(pdf().read_bytes())
    for _ in range(10 ** (seed % 4)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    if seed % 3 == 2:
        start = chance.randrange(len(data))
        del data[start : start + 3000]
    begun = time.monotonic()
    assert outcome(bytes(data))
    assert time.monotonic() - begun < 30


def outcome(data: bytes) -> str:
    """The text of what was read, or what the refusal says, on one line."""
    try:
        return read_pdf(data, "a.pdf", "2025-01-06", Given()).text.strip()
    except CorpusError as error:
        return "" if "\n" in str(error) else str(error)


def test_pdf_is_among_the_suffixes() -> None:
    assert ".pdf" in suffixes()


@pytest.mark.skipif(not BRIEF.exists(), reason="the development reports are not here")
def test_the_brief_reads_with_its_articles_pages_and_tables() -> None:
    report = read(BRIEF)
    assert report.id == "spri-ai-brief-2023-12"
    assert (report.date.year, report.date.month) == (2023, 12)
    articles = {s.path[1] for s in report.sections if len(s.path) > 1}
    assert len(articles) == 18
    assert len(report.pages) == 23
    assert report.pages[12].printed == "10"
    assert [len(table.rows) for table in report.tables if table.page == 19] == [6]
    assert "10²⁶" in report.text
    assert not any(ch in report.text for ch in "\x00\x1f\ufffd\u00ad")
