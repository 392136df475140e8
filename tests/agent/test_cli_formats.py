"""Reports of every format through the command line: stored whole, cited, or refused in a line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from agent.answer import Citation
from kg.claim import Evidence

Kg = Callable[..., Any]
PROSE = (
    "엔비디아는 2025년 2월 14일 예시소프트를 3억 달러에 인수했다. TSMC는 애리조나에 공장을 짓는다."
)
PAGE = f"""<html><head><title>시험 위클리</title>
<meta property="article:published_time" content="2025-03-03"></head><body><nav>처음 | 모두</nav>
<h2>투자</h2><p>{PROSE}</p><h2>가격</h2>
<table><tr><th>품목</th><th>가격(달러)</th></tr><tr><td>DDR5 16Gb</td><td>4.80</td></tr></table>
</body></html>"""


@pytest.fixture
def at(kg_anywhere: Kg, tmp_path: Path) -> Kg:
    def run_line(*args: str | Path) -> Any:
        return kg_anywhere(*args, "--home", tmp_path / "w.kg")

    return run_line


@pytest.fixture
def files() -> ModuleType:
    pytest.importorskip("docx", reason="the DOCX file of these tests is made with python-docx")
    path = Path(__file__).parents[1] / "corpus" / "file_samples.py"
    spec = util.spec_from_file_location("file_samples", path)
    assert spec
    assert spec.loader
    module = sys.modules.setdefault("file_samples", util.module_from_spec(spec))
    spec.loader.exec_module(module)
    return module


def test_a_folder_of_formats_is_ingested_and_asked(
    at: Kg, files: ModuleType, tmp_path: Path
) -> None:
    import docx

    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("2025년 3월 10일 업황 점검")
    document.add_heading("투자", 1)
    document.add_paragraph("브로드컴은 2025년 3월 4일 예시네트웍스를 5억 달러에 인수했다.")
    document.save(str(folder / "draft.docx"))
    paragraph = files.hwpx_paragraph
    (folder / "동향.hwpx").write_bytes(
        files.hwpx(
            paragraph("2025년 3월 17일 동향") + paragraph("투자", style=1) + paragraph(PROSE)
        )
    )
    result = at("ingest", folder, "--json")
    assert result.code == 0, result
    assert sorted(row["id"] for row in result.json["reports"]) == ["draft", "page", "동향"]
    assert [row["date"] for row in at("reports", "--json").json] == [
        "2025-03-03", "2025-03-10", "2025-03-17"
    ]  # fmt: skip
    text = at("text", "page").out
    assert text == f"투자\n\n{PROSE}\n\n가격\n\n품목\t가격(달러)\nDDR5 16Gb\t4.80\n"
    answer = at("ask", "브로드컴이 인수한 회사는?", "--json").json
    assert "예시네트웍스" in answer["answer"]
    assert answer["citations"][0]["report"] == "draft"
    assert answer["citations"][0]["section"] == ["투자"]


def scan(path: Path) -> Path:
    from PIL import Image

    pytest.importorskip("reportlab", reason="the PDF of this test is made with reportlab")
    from reportlab.pdfgen.canvas import Canvas

    Image.new("RGB", (60, 80), "white").save(path.with_suffix(".png"))
    canvas = Canvas(str(path), pagesize=(600, 800))
    canvas.drawImage(str(path.with_suffix(".png")), 0, 0, 600, 800)
    canvas.save()
    return path


def test_a_scan_says_that_it_needs_ocr_and_nothing_is_stored(
    at: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scan(tmp_path / "scan-2025-01-06.pdf")
    assert "--ocr" in at("ingest", path).error()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "tesseract" in at("ingest", path, "--ocr").error()
    assert not (tmp_path / "w.kg").exists()


def test_a_damaged_file_among_good_ones_stores_none(at: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04 and no more")
    assert "b.docx" in at("ingest", tmp_path / "a.html", tmp_path / "b.docx").error()
    assert not (tmp_path / "w.kg").exists()


@pytest.mark.parametrize(
    ("page", "printed", "shown"),
    [(13, "10", "13쪽(인쇄 10쪽)"), (3, "3", "3쪽"), (3, None, "3쪽"), (None, None, "제목")],
)
def test_a_citation_tells_both_pages_where_they_differ(
    page: int | None, printed: str | None, shown: str
) -> None:
    evidence = Evidence("r", (), "인용", 0, 2, page=page, printed_page=printed)
    assert Citation(1, evidence, "제목", "2025-01-06").place().endswith(shown)
