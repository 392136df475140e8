"""Files into reports: encodings, refusals, metadata, round trip."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.dates import date_in_name, dates_in
from corpus.errors import UndatedReport, UnreadableReport
from corpus.readers import read, read_text, suffixes
from corpus.store import report_from_json, report_to_json

TEXT = "AI 주간\n\n인공지능은 계속된다\n\n발행일: 2025.01.06\n\nI. 시장\n\n가나전자는 올랐다.\n"


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_encodings_read_alike(tmp_path: Path, encoding: str) -> None:
    report = read(write(tmp_path, "weekly.txt", TEXT.replace("\n", "\r\n").encode(encoding)))
    assert report.text == TEXT
    assert report.date == dt.date(2025, 1, 6)
    assert report.week == "2025-W02"
    assert report.title == "AI 주간: 인공지능은 계속된다"


def test_text_is_nfc_and_the_id_is_safe(tmp_path: Path) -> None:
    decomposed = "\u1100\u1161 주간\n2025-01-06\n본문이다."
    report = read(write(tmp_path, "주간 점검 (1).txt", decomposed.encode()))
    assert report.text.startswith("가 주간")
    assert report.id == "주간-점검-1"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.xyz", b"text", "no reader for '.xyz'"),
        ("a.txt", b"", "holds no text"),
        ("a.txt", b" \n\t\n", "holds no text"),
        ("a.txt", b"2025-01-06\x00\x01", "control character"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\xff\xff\xff", "first bytes"),
        ("a.txt", b"\xff\xfeA", "first bytes"),
    ],
)
def test_what_is_no_report_is_refused_in_one_line(
    tmp_path: Path, name: str, data: bytes, expected: str
) -> None:
    with pytest.raises(UnreadableReport, match=expected) as caught:
        read(write(tmp_path, name, data))
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match="No such file"):
        read(tmp_path / "none.txt")


def test_an_undated_report_says_how_to_date_it(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "weekly.txt",
        "주간\n\n지난 2024년 12월 30일 가나전자는 회사를 인수했다.\n".encode(),
    )
    with pytest.raises(UndatedReport, match="--date 2025-01-06"):
        read(path)
    assert read(path, date=dt.date(2025, 1, 6)).date == dt.date(2025, 1, 6)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025년 1월 6일", dt.date(2025, 1, 6)),
        ("2025.01.06", dt.date(2025, 1, 6)),
        ("2025. 1. 6.", dt.date(2025, 1, 6)),
        ("2025-01-06", dt.date(2025, 1, 6)),
        ("2025/1/6", dt.date(2025, 1, 6)),
        ("20250106", dt.date(2025, 1, 6)),
        ("Jan 6, 2025", dt.date(2025, 1, 6)),
        ("6 January 2025", dt.date(2025, 1, 6)),
        ("25.01.06", dt.date(2025, 1, 6)),
    ],
)
def test_dates(text: str, date: dt.date) -> None:
    assert [found[0] for found in dates_in(f"발행 {text} 기준")] == [date]


def test_impossible_dates_are_passed_over() -> None:
    assert list(dates_in("2025-13-40과 2025년 2월 30일")) == []


@pytest.mark.parametrize(
    ("stem", "date"),
    [
        ("ai-2025-01-06", dt.date(2025, 1, 6)),
        ("weekly_20250106_v2", dt.date(2025, 1, 6)),
        ("250106 주간", dt.date(2025, 1, 6)),
        ("report-2025-W02", dt.date(2025, 1, 6)),
        ("2025년 1월 6일 주간", dt.date(2025, 1, 6)),
        ("brief-2023-12", dt.date(2023, 12, 1)),
        ("weekly", None),
    ],
)
def test_dates_in_names(stem: str, date: dt.date | None) -> None:
    assert date_in_name(stem) == date


def test_the_head_wins_over_the_name_and_front_matter_over_both(tmp_path: Path) -> None:
    plain = write(tmp_path, "2024-12-30.md", "# 주간\n\n2025-01-06\n\n본문이다.".encode())
    assert read(plain).date == dt.date(2025, 1, 6)
    fronted = write(
        tmp_path, "2024-12-30b.md",
        "---\ntitle: 제목\ndate: 2025-01-13\nauthor: 홍길동, 김하늘\npublisher: 가나연구소\n---\n\n2025-01-06\n".encode(),
    )  # fmt: skip
    report = read(fronted)
    assert (report.title, report.date) == ("제목", dt.date(2025, 1, 13))
    assert (report.publisher, report.authors) == ("가나연구소", ("홍길동", "김하늘"))


def test_bylines() -> None:
    text = "반도체 위클리\n2025. 1. 13.\n작성자: 김하늘 연구원 | 발행처: 가나연구소\n\n본문이다."
    report = read_text(text)
    assert (report.title, report.authors, report.publisher) == (
        "반도체 위클리",
        ("김하늘",),
        "가나연구소",
    )


def test_the_house_that_signs_the_sources() -> None:
    tables = "".join(f"표 {n}. 값\n\n자료: 조사{n}, 가나증권 리서치센터\n\n" for n in range(1, 4))
    report = read_text(f"주간\n2025-01-06\n\n홍길동\n\ngil@gana.example\n\n{tables}")
    assert report.publisher == "가나증권 리서치센터"
    assert report.authors == ("홍길동",)


def test_nobody_is_invented() -> None:
    report = read_text("주간\n2025-01-06\n\n시장은 조용했다.")
    assert report.publisher is None
    assert report.authors == ()


def test_what_is_given_wins() -> None:
    report = read_text(
        TEXT, id="x", date=dt.date(2024, 1, 1), title="제목", publisher="집", authors=("김",)
    )
    assert (report.id, report.date, report.title) == ("x", dt.date(2024, 1, 1), "제목")
    assert (report.publisher, report.authors) == ("집", ("김",))


def test_digests_tell_editions_apart() -> None:
    same = read_text(TEXT, source="a/x.txt").sha256 == read_text(TEXT, source="b/x.txt").sha256
    assert same
    assert (
        read_text(TEXT, source="x.txt").sha256 != read_text(TEXT + "추가.", source="x.txt").sha256
    )
    assert (
        read_text(TEXT, source="x.txt").sha256 != read_text(TEXT, source="x.txt", title="새").sha256
    )


def test_json_round_trip() -> None:
    text = TEXT + "\n표 1. 값 (단위: %)\n\n가\t나\n1\t2\n3\t\n\n자료: 가상\n"
    report = read_text(text)
    data = report_to_json(report)
    assert report_from_json(data) == report
    assert report_to_json(report_from_json(data)) == data


@pytest.mark.parametrize("data", ["", "{}", "[]", '{"id": 1}'])
def test_broken_json_is_refused(data: str) -> None:
    with pytest.raises(UnreadableReport, match="ingest the report again"):
        report_from_json(data)


def test_suffixes_are_listed() -> None:
    assert {".txt", ".md", ".markdown"} <= set(suffixes())
