"""Captions, grids and tables of every shape."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.captions import caption_of, note_of, source_of, unit_of
from corpus.clean import plain
from corpus.readers import read_text
from corpus.report import Report, Table
from corpus.tables import effective_cell

DATE = dt.date(2025, 1, 6)


def report_of(*lines: str, format: str = "text") -> Report:
    return read_text("주간\n\n" + "\n".join(lines), format=format, date=DATE)


def table_of(*lines: str, format: str = "text") -> Table:
    (table,) = report_of(*lines, format=format).tables
    return table


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    ("line", "label", "title"),
    [
        ("표 11. 공급 현황", "표 11", "공급 현황"),
        ("[표 3] 가격", "표 3", "가격"),
        ("<표 1> 점유율", "표 1", "점유율"),
        ("그림 2: 추이", "그림 2", "추이"),
        ("도표 3 매출 추이", "도표 3", "매출 추이"),
        ("Table 1 | Costs", "Table 1", "Costs"),
        ("Figure 2: Loss", "Figure 2", "Loss"),
        ("표 2-1. 세부", "표 2-1", "세부"),
    ],
)
def test_captions(line: str, label: str, title: str) -> None:
    caption = caption_of(line)
    assert caption is not None
    assert (caption.label, caption.title) == (label, title)


@pytest.mark.parametrize(
    "line",
    [
        "표 1에서 보듯 올랐다.",
        "표 11은 다음과 같다.",
        "[표 13]를 볼 때",
        "표정 1. 웃음",
        "도표를 보자",
    ],
)
def test_no_captions(line: str) -> None:
    assert caption_of(line) is None


def test_apparatus_lines() -> None:
    assert source_of("자료: 가나, 다라 / 주: 추정") == "가나, 다라"
    assert note_of("자료: 가나 / 주: 추정") == "추정"
    assert note_of("주1) 잠정치") == "잠정치"
    assert unit_of("(단위: 위안/1천 토큰)") == "위안/1천 토큰"
    assert unit_of("단위: 십억 달러 / 좌축 기준") == "십억 달러"


def test_a_full_table() -> None:
    table = table_of(
        "표 1. 점유율 (단위: %)", "", "가나가 앞선다", "",
        "업체\t2024년\t\t비고", "\t3Q\t4Q\t", "메모리", "가나\t50\t52\t", "다라\t40",
        "", "자료: 가상조사", "주: 추정치",
    )  # fmt: skip
    assert (table.label, table.subtitle, table.unit) == ("표 1", "가나가 앞선다", "%")
    assert table.columns == ("업체", "2024년 3Q", "2024년 4Q", "비고")
    assert texts(table) == [["가나", "50", "52", ""], ["다라", "40", "", ""]]
    assert [row.group for row in table.rows] == ["메모리", "메모리"]
    assert (table.source, table.notes) == ("가상조사", ("추정치",))


def test_a_lost_picture_keeps_its_caption() -> None:
    report = report_of(
        "표 2. 성능", "", "새 모델이 앞선다", "", "", "자료: 가상랩", "", "본문은 이어진다."
    )
    (table,) = report.tables
    assert (table.title, table.subtitle, table.rows, table.source) == (
        "성능",
        "새 모델이 앞선다",
        (),
        "가상랩",
    )
    assert "본문은" not in table.span.of(report.text)


def test_a_caption_without_source_takes_no_prose() -> None:
    report = report_of(
        "그림 1. 추이",
        "",
        "공급이 빠듯하다. 수요는 계속된다.",
        "",
        "그 밖의 이야기도 있다.",
        "",
        "끝이다.",
        "",
        "정말 끝이다.",
    )
    (table,) = report.tables
    assert table.span.of(report.text) == "그림 1. 추이"


def test_an_inner_caption_is_a_note() -> None:
    table = table_of(
        "표 3. 비용",
        "",
        "단계\t비용",
        "학습\t5",
        "추론\t1",
        "",
        "Table 1 | Costs of V.",
        "",
        "자료: 가상",
    )
    assert table.label == "표 3"
    assert table.notes == ("Table 1 | Costs of V.",)
    assert table.source == "가상"


def test_the_next_figure_is_no_note() -> None:
    report = report_of("표 3. 비용", "", "단계\t비용", "학습\t5", "", "그림 4. 추이", "자료: 가상")
    assert [(t.label, t.source) for t in report.tables] == [("표 3", None), ("그림 4", "가상")]


def test_pipe_tables_with_escapes_and_markup() -> None:
    table = table_of(
        "| 모델 | 입력 \\| 출력 | 값 |", "|:--|---|--:|", "| **가** | \\$2 | A&amp;B |", "| 나 | | 3 |", "", "Table 1. 가격",
        format="markdown",
    )  # fmt: skip
    assert table.label == "Table 1"
    assert table.columns == ("모델", "입력 | 출력", "값")
    assert texts(table) == [["가", "$2", "A&B"], ["나", "", "3"]]


def test_columns_aligned_by_spaces() -> None:
    table = table_of(
        "표 4. 가격", "", "품목    1월    2월", "디램    1.35   1.40", "낸드    2.1    2.2"
    )
    assert texts(table) == [["디램", "1.35", "1.40"], ["낸드", "2.1", "2.2"]]


def test_aligned_rows_may_start_with_a_date() -> None:
    table = table_of(
        "[표 1] 일정",
        "",
        "  일자      행사        장소",
        "  05.19     박람회      서울",
        "  05.28     실적 발표   온라인",
    )
    assert table.columns == ("일자", "행사", "장소")
    assert texts(table) == [["05.19", "박람회", "서울"], ["05.28", "실적 발표", "온라인"]]


def test_prose_is_no_grid() -> None:
    assert report_of("공급이  빠듯하다. 그래도", "수요는 계속된다.", "가격이 오른다.").tables == ()
    assert report_of("\t들여쓴 문단이다.", "\t또 들여쓴 문단이다.").tables == ()


def test_a_calendar_keeps_loose_lines_inside() -> None:
    table = table_of("표 5. 일정", "", "일\t월\t화", "29\t30\t31", ".", "5\t6\t7", ".\t· 실적\t.")
    assert [row[0] for row in texts(table)] == ["29", ".", "5", "."]


def test_a_lone_last_cell_is_a_row_and_no_group() -> None:
    table = table_of("표 7. 목록", "", "기업\t제품", "로봇", "가나\tG1", "다라\tG2", "마바\t")
    assert texts(table) == [["가나", "G1"], ["다라", "G2"], ["마바", ""]]
    assert [row.group for row in table.rows] == ["로봇"] * 3


def test_merged_first_column() -> None:
    table = table_of(
        "표 6. 정보", "", "구분\t항목\t값", "가치\t인수가\t7", "\t최근\t3", "인원\t총원\t150"
    )
    assert [effective_cell(table, row, 0).text for row in range(3)] == ["가치", "가치", "인원"]
    assert table.rows[1].cells[0].text == ""
    assert effective_cell(table, 1, 1).text == "최근"


def test_a_headless_grid_has_no_columns() -> None:
    table = table_of("가나\t10\t20", "다라\t30\t40", "마바\t50\t60")
    assert table.columns == ()
    assert len(table.rows) == 3


CELL = st.text(alphabet="가나다ABC123.,%()*&-/ ", max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELL, min_size=2, max_size=5), min_size=2, max_size=6), st.booleans())
def test_spans_of_cells_slice_right(rows: list[list[str]], pipes: bool) -> None:
    lines = [f"| {' | '.join(row)} |" if pipes else "\t".join(row) for row in rows]
    report = report_of("표 1. 임의", "", *lines, "", "자료: 가상")
    for table in report.tables:
        assert table.span.of(report.text)
        cells = [c for r in table.header for c in r] + [c for r in table.rows for c in r.cells]
        for cell in cells:
            assert plain(cell.span.of(report.text)) == cell.text
            assert table.span.covers(cell.span)
        for row in table.rows:
            assert len(row.cells) == len(table.rows[0].cells)
            assert all(row.span.covers(cell.span) for cell in row.cells)


def test_tables_left_without_a_line_between_them_are_apart() -> None:
    report = report_of(
        "| 기업 | 매출 | 점유율 |",
        "|---|---|---|",
        "| 가나전자 | 12 | 23% |",
        "| 항목 | 2026 | 1Q27 |",
        "|---|---|---|",
        "| 규모 | 3조 원 | 1조 원 |",
        "| 구분 | 다라 |",
        "| 직원 | 40명 |",
        "|---|---|",
        "| 공장 | 3곳 |",
        format="markdown",
    )
    assert [texts(table) for table in report.tables] == [
        [["가나전자", "12", "23%"]],
        [["규모", "3조 원", "1조 원"]],
        [["직원", "40명"], ["공장", "3곳"]],
    ]


def test_a_line_above_a_sum_begins_no_table() -> None:
    rows = ("| 기업 | 매출 |", "|---|---|", "| 가나전자 | 12조 원 |", "|---|---|", "| 합계 | 12 |")
    assert len(texts(table_of(*rows, format="markdown"))) == 2
