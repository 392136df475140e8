"""HTML: main content, headings, lists, tables with spans, sources; what is no page is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import UndatedReport, UnreadableReport
from corpus.readers import read
from corpus.report import Report

BODY = "가온반도체는 HBM4를 2월부터 양산한다고 밝혔다. 하늘전자는 북미 고객사에 납품할 장비를 준비한다."


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., Report]:
    def make(body: str | bytes, *, name: str = "2025-02-03.html", head: str = "") -> Report:
        path = tmp_path / name
        if isinstance(body, str):
            body = (
                f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()
            )
        path.write_bytes(body)
        return read(path)

    return make


def test_the_head_says_title_day_publisher_and_author(page: Callable[..., Report]) -> None:
    report = page(
        f"<p>{BODY}</p><p>2024-01-01 자료를 쓴다</p>",
        name="saved.html",
        head="<title>HBM4 점검 | 하늘증권</title><meta property='og:site_name' content='하늘증권'>"
        "<meta property='article:published_time' content='2025-02-03T00:30:00+09:00'>"
        "<meta name='author' content='홍길동'>",
    )
    assert (report.title, report.publisher) == ("HBM4 점검", "하늘증권")
    assert (report.date, report.authors) == (dt.date(2025, 2, 3), ("홍길동",))


def test_json_ld_says_it_too_and_broken_json_ld_is_passed_over(page: Callable[..., Report]) -> None:
    good = '{"@graph": [{"headline": "HBM4 점검", "datePublished": "2025-02-03", "publisher": {"name": "하늘증권"}}]}'
    report = page(
        f"<p>{BODY}</p>",
        name="saved.html",
        head=f"<script type='application/ld+json'>{{</script>"
        f"<script type='application/ld+json'>{good}</script>",
    )
    assert (report.title, report.date, report.publisher) == (
        "HBM4 점검", dt.date(2025, 2, 3), "하늘증권"
    )  # fmt: skip


def test_menus_banners_and_hidden_text_are_left_out(page: Callable[..., Report]) -> None:
    report = page(
        "<header>머리띠</header><div class='gnb'><a href='/'>처음으로</a></div>"
        "<div style='display:none'>미리보기 글</div><div id='main-sidebar'>인기 글</div>"
        f"<div class='content'><h1>점검</h1><h2>수요</h2><p>{BODY}</p></div>"
        "<div class='share-buttons'>공유하기</div><form>구독 신청</form><footer>약관</footer>"
    )
    assert report.text == f"점검\n\n수요\n\n{BODY}\n"
    assert [section.path for section in report.sections] == [(), ("수요",)]
    assert report.title == "점검"


def test_the_article_is_the_report_and_keeps_its_own_header(page: Callable[..., Report]) -> None:
    report = page(
        f"<p>다른 소식</p><article><header><h1>점검</h1></header><p>{BODY}</p><p>{BODY}</p></article>"
    )
    assert "다른 소식" not in report.text
    assert report.text.startswith("점검\n")


def test_several_articles_are_one_page(page: Callable[..., Report]) -> None:
    report = page(
        f"<main><article><h2>하나</h2><p>{BODY * 5}</p></article>"
        f"<article><h2>둘</h2><p>{BODY}</p></article></main>"
    )
    assert [section.path for section in report.sections] == [("하나",), ("둘",)]


def test_lists_keep_their_marks_and_depth(page: Callable[..., Report]) -> None:
    text = page(
        "<ul><li>서버<ul><li>북미</li><li>중국</li></ul></li><li>PC</li></ul>"
        "<ol start=3><li>셋째</li><li>넷째</li></ol>"
    ).text
    assert text == "• 서버\n  • 북미\n  • 중국\n• PC\n3. 셋째\n4. 넷째\n"


def test_spans_of_cells_are_laid_out(page: Callable[..., Report]) -> None:
    (table,) = page(
        "<table><caption>표 1. 전망 (단위: 십억원)</caption>"
        "<tr><th rowspan=2>기업</th><th colspan=2>2024</th><th rowspan=2>비고</th></tr>"
        "<tr><th>매출액</th><th>순이익</th></tr>"
        "<tr><td>가온반도체</td><td>28,400</td><td>7,400</td><td rowspan=2>수주 반영</td></tr>"
        "<tr><td>하늘전자</td><td>12,000</td><td>3,100</td></tr></table><p>자료: 하늘증권</p>"
    ).tables
    assert (table.label, table.unit, table.source) == ("표 1", "십억원", "하늘증권")
    assert table.columns == ("기업", "2024 매출액", "2024 순이익", "비고")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["가온반도체", "28,400", "7,400", "수주 반영"],
        ["하늘전자", "12,000", "3,100", "수주 반영"],
    ]


def test_a_table_that_lays_out_a_page_is_text(page: Callable[..., Report]) -> None:
    report = page(
        "<table><tr><td><table><tr><td><h2>정책</h2></td></tr><tr><td>"
        f"<p>{BODY}</p></td></tr></table></td><td width=10></td></tr></table>"
        f"<table><tr><td>{BODY * 10}</td><td>{BODY * 10}</td></tr><tr><td>가</td><td>나</td></tr></table>"
    )
    assert report.tables == ()
    assert report.sections[0].path == ("정책",)
    assert report.text.count("양산한다고") == 21


def test_links_are_kept_as_sources_once(page: Callable[..., Report]) -> None:
    text = page(
        "<p>가온반도체가 <a href='https://a.example/1?utm_source=mail&id=7#top'>양산을 밝혔다</a>. 원문.</p>"
        "<ul><li>하늘전자 <a href='https://b.example/2'>원문</a></li><li>그 밖</li></ul>"
        "<p><a href='https://a.example/1?id=7'>다시 그 기사</a> <a href='https://c.example/unsubscribe'>수신거부</a>"
        "<a href='javascript:x()'>열기</a></p>"
    ).text
    assert "출처: https://a.example/1?id=7\n" in text
    assert "• 그 밖\n\n출처: 하늘전자 원문 https://b.example/2\n" in text
    assert text.count("a.example") == 1
    assert "unsubscribe" not in text
    assert "javascript" not in text


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("가온반도체는 2월부터 새 제품을 북미<br>고객사에 납품한다.", 1),
        ("첫 문장은 여기에서 모두 끝이 난다고 썼다.<br>둘째 문장이다.", 2),
        ("가온 100<br>하늘 200", 2),
        ("<b>이번 주 반도체 업황을 점검해 보았습니다</b><br>가격이 올랐다", 2),
        ("가온반도체는 2월부터 새 제품을 북미<br><br>고객사에 납품한다.", 2),
    ],
)
def test_breaks_end_lines_or_only_wrap_them(
    page: Callable[..., Report], markup: str, lines: int
) -> None:
    assert len(page(f"<p>{markup}</p>").text.split("\n\n")) == lines


def test_bold_lines_are_headings_where_nothing_is_called_one(page: Callable[..., Report]) -> None:
    report = page(
        f"<p>2025-02-03 소식</p><div><b>수요 동향</b></div><div>{BODY}</div>"
        f"<div style='font-weight:700'>공급 동향</div><div>{BODY}</div>"
    )
    assert [section.path for section in report.sections][1:] == [("수요 동향",), ("공급 동향",)]


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp949", "euc-kr"), ("utf-8", "utf-8"), ("cp949", "")]
)
def test_the_encoding_is_the_one_named_or_the_one_that_fits(
    page: Callable[..., Report], encoding: str, name: str
) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={name}">' if name else ""
    assert (
        BODY
        in page(f"<html><head>{meta}</head><body><p>{BODY}</p></body></html>".encode(encoding)).text
    )


def test_raised_numbers_and_look_alikes(page: Callable[..., Report]) -> None:
    text = page("<p>10<sup>26</sup> 플롭스, ⼤학과&nbsp;연구소<sup>1)</sup>&shy;.</p>").text
    assert text == "10²⁶ 플롭스, 大학과 연구소¹⁾.\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04\x00\x00binary", "expected HTML"),
        (b"just some words", "holds no HTML element"),
        (b"<html><body><script>x</script></body></html>", "holds no text"),
    ],
)
def test_what_is_no_page_is_refused(
    page: Callable[..., Report], data: bytes, expected: str
) -> None:
    with pytest.raises(UnreadableReport, match=expected) as caught:
        page(data)
    assert "\n" not in str(caught.value)


def test_a_page_without_a_day_asks_for_one(page: Callable[..., Report]) -> None:
    with pytest.raises(UndatedReport, match="--date"):
        page(f"<p>{BODY}</p>", name="page.html")


def test_deep_nesting_is_read_as_far_as_it_is_safe(page: Callable[..., Report]) -> None:
    assert page("<div>" * 1_500 + BODY).text == f"{BODY}\n"
    with pytest.raises(UnreadableReport, match="nested deeper"):
        page("<div>" * 100_000 + BODY)


def test_mail_is_read_by_its_html(tmp_path: Path) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(
        b"Subject: =?utf-8?b?"
        + __import__("base64").b64encode("Fwd: (광고) 주간 소식".encode())
        + b"?=\r\n"
        b'From: "Haneul" <news@haneul.example>\r\nDate: Mon, 3 Feb 2025 23:30:00 +0900\r\n'
        b"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=X\r\n\r\n"
        b"--X\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nplain\r\n"
        b"--X\r\nContent-Type: text/html; charset=euc-kr\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + f"<html><body><p>{BODY}</p></body></html>".encode("cp949")
        + b"\r\n--X--\r\n"
    )
    report = read(path)
    assert (report.title, report.publisher, report.date) == (
        "주간 소식", "Haneul", dt.date(2025, 2, 3)
    )  # fmt: skip
    assert report.text == f"{BODY}\n"


def test_mail_of_plain_text_is_read_and_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(
        "Subject: memo\nDate: Mon, 3 Feb 2025 10:00:00 +0900\nContent-Type: text/plain; charset=utf-8\n\n"
        f"{BODY}\n".encode()
    )
    assert read(path).text.strip() == BODY
    for data in (b"", b"\x00\x01\x02", b"no headers at all"):
        path.write_bytes(data)
        with pytest.raises(UnreadableReport):
            read(path)
