"""A diff told to people: headlines, themes, bundles, what is escaped, what is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from agent.briefing.bundles import bundled
from agent.briefing.figure import figure
from agent.briefing.lines import Teller, words
from agent.briefing.themes import split_table, themes
from agent.questions.scopes import Scope
from agent.weeks.changes import Changes
from kg.claim import Claim, Entity, Evidence, Modality, Value
from kg.diff import KINDS, Change, diff
from kg.vocab import CLASSES, PREDICATES

HANA = Entity("hana", "Company", "하나칩", curated=True)
DURI = Entity("duri", "Company", "두리전자", curated=True)
NARU = Entity("naru", "Chip", "나루 3", curated=True)
EVIL = Entity("evil", "Company", "<script>alert(1)</script> [x](y) *a* | b", curated=True)


@dataclass(frozen=True)
class Info:
    id: str
    title: str
    date: dt.date

    @property
    def week(self) -> str:
        year, week, _ = self.date.isocalendar()
        return f"{year}-W{week:02d}"


OLD = Info("w1", "1호", dt.date(2025, 1, 6))
NEW = Info("w2", "2호", dt.date(2025, 1, 13))


def claim(
    week: int,
    subject: Entity,
    predicate: str,
    object: Entity | None = None,
    value: Value | None = None,
    *,
    modality: Modality = "fact",
    table: str | None = None,
    by: str | None = None,
    **qualifiers: str,
) -> Claim:
    quote = f"{subject.label} {week}주 **문장**"
    evidence = Evidence(f"w{week}", ("I. 칩",), quote, 0, len(quote), table=table,
                        row=subject.label if table else None)  # fmt: skip
    return Claim(subject, predicate, object, value, evidence, qualifiers, modality, by,
                 confidence=Decimal("0.9"))  # fmt: skip


def money(text: str, amount: str) -> Value:
    return Value(text, Decimal(amount), Decimal(amount), None, "USD")


def told(old: Sequence[Claim], new: Sequence[Claim]) -> list[str]:
    teller = Teller([OLD, NEW])
    return [f"{line.text} — {line.remark}".removesuffix(" — ")
            for line in map(teller.line, diff(old, new))]  # fmt: skip


def whole(old: Sequence[Claim], new: Sequence[Claim]) -> Changes:
    scopes: Any = (Scope("1", (OLD,)), Scope("2", (NEW,)))  # type: ignore[arg-type]  # bare scopes will do
    return Changes(*scopes, tuple(diff(old, new)))


@pytest.mark.parametrize(
    ("new", "headline"),
    [
        (claim(2, HANA, "acquires", DURI), "하나칩, 두리전자 인수"),
        (claim(2, HANA, "acquires", DURI, money("3억 달러", "300000000"), modality="plan"),
         "하나칩, 두리전자 인수 (3억 달러) 계획"),
        (claim(2, HANA, "investsIn", DURI, amount="3억 달러", modality="rumour", by="하나일보"),
         "하나칩, 두리전자에 3억 달러 투자 보도 — 하나일보 인용"),
        (claim(2, HANA, "coDevelops", NARU, partner="두리전자"), "하나칩, 두리전자와 나루 3 공동개발"),
        (claim(2, HANA, "partnersWith", DURI, product="나루 3"), "하나칩, 두리전자와 협력 (나루 3)"),
        (claim(2, HANA, "hasMetric", None, money("62", "62000000000"), metric="설비투자",
               period="2025", modality="forecast"), "하나칩 2025년 설비투자 620억 달러 (전망)"),
        (claim(2, HANA, "hasMetric", None, Value("설계 담당"), metric="역할"),
         "하나칩 역할: 설계 담당"),
        (claim(2, HANA, "states", None, Value(": 칩이 모자란다"), modality="opinion"),
         "하나칩: “칩이 모자란다”"),
    ],
)  # fmt: skip
def test_what_is_new_reads_like_a_headline(new: Claim, headline: str) -> None:
    assert told([], [new]) == [headline]


@pytest.mark.parametrize(
    ("old", "new", "headline"),
    [
        (claim(1, HANA, "hasMetric", None, money("60", "60000000000"), metric="설비투자", period="2025"),
         claim(2, HANA, "hasMetric", None, money("62", "62000000000"), metric="설비투자", period="2025"),
         "하나칩 2025년 설비투자: 600억 달러 → 620억 달러 (+3.3%)"),
        (claim(1, HANA, "marketShare", None, Value("40%", Decimal(40), Decimal(40), "%")),
         claim(2, HANA, "marketShare", None, Value("42%", Decimal(42), Decimal(42), "%"), modality="forecast"),
         "하나칩 점유율: 40% → 42% (+2%p, 전망)"),
        (claim(1, HANA, "releases", NARU, modality="plan", status="예고"),
         claim(2, HANA, "releases", NARU, modality="plan", status="시제품 공개"),
         "하나칩, 나루 3 출시: 예고 → 시제품 공개"),
        (claim(1, HANA, "acquires", DURI, modality="plan"), claim(2, HANA, "acquires", DURI),
         "하나칩, 두리전자 인수: 계획 → 완료"),
        (claim(1, HANA, "releases", NARU, modality="plan"), claim(2, HANA, "cancels", NARU),
         "하나칩, 나루 3 취소 (이전: 나루 3 출시 계획)"),
        (claim(1, HANA, "releases", NARU, modality="plan", date="2025-03"),
         claim(2, HANA, "releases", NARU, modality="plan", date="2025-06"),
         "하나칩, 나루 3 출시: 2025년 3월 → 2025년 6월"),
    ],
)  # fmt: skip
def test_what_changed_says_from_what_to_what(old: Claim, new: Claim, headline: str) -> None:
    assert told([old], [new]) == [headline]


def test_every_relation_kind_and_class_has_its_words() -> None:
    data = words()
    assert set(data["headlines"]) == set(PREDICATES)
    assert set(data["figures"]) == {p.name for p in PREDICATES.values() if p.functional}
    assert set(data["kinds"]) == set(KINDS)
    assert set(data["classes"]) == set(CLASSES)
    named = [p for theme in data["themes"] for p in theme.get("relations", ())]
    assert len(named) == len(set(named))
    assert set(named) == set(PREDICATES) - {"hasMetric"}
    metrics = [m for theme in data["themes"] for m in theme.get("metrics", ())]
    assert len(metrics) == len(set(metrics))


def prices(week: int, base: int) -> list[Claim]:
    return [
        claim(week, Entity(f"e{n}", "Company", f"회사{n}"), "hasMetric", None,
              money(str(base + n * week), str(base + n * week)), metric=metric, table="표 9")
        for n in range(12) for metric in ("주가", "시가총액")
    ]  # fmt: skip


def test_prices_are_a_table_one_row_a_company() -> None:
    found = diff(prices(1, 100), prices(2, 101))
    (theme,) = themes(found)
    columns, rows, rest = split_table(theme)
    assert columns == ["주가", "시가총액"]
    assert (len(rows), rest) == (12, [])
    text = whole(prices(1, 100), prices(2, 101)).format("text")
    assert "주가·시가총액 (12)" in text
    assert "… 외 4건 (--all이면 모두)" in text
    assert "--all" not in whole(prices(1, 100), prices(2, 101)).format("text", everything=True)


def test_cells_of_a_new_column_are_told_in_one_line() -> None:
    bench = Entity("b", "Benchmark", "시험500")
    cells = [
        claim(2, Entity(f"m{n}", "Model", f"모델 {n}"), "scores", bench,
              Value(f"{90 - n}%", Decimal(90 - n), Decimal(90 - n), "%"), table="표 2")
        for n in range(8)
    ]  # fmt: skip
    (group,) = bundled(diff([], cells))
    line = Teller([OLD, NEW]).bundle(group)
    assert line.count == 8
    assert line.text.startswith("시험500: 모델 0 90%, 모델 1 89%")
    assert line.text.endswith("외 2")
    assert [len(g) for g in bundled(diff([], cells[:2]))] == [1, 1]


def test_first_things_first_and_nothing_twice() -> None:
    new = [
        claim(2, HANA, "acquires", DURI),
        *[claim(2, DURI, "locatedIn", Entity(f"p{n}", "Place", f"도시{n}")) for n in range(15)],
    ]
    text = whole([], new).format("text")
    first, _, rest = text.partition("\n협력·공급망")
    assert "먼저 볼 것\n· [새로] 하나칩, 두리전자 인수" in first
    assert "두리전자 인수" not in rest
    assert text.count("도시3 소재") == 1


def test_the_unsure_is_counted_not_told() -> None:
    weak = replace(claim(2, HANA, "acquires", DURI), confidence=Decimal("0.5"))
    found = whole([], [weak]).only(min_confidence=Decimal("0.7"))
    assert "인수" not in found.format("text")
    assert "확신이 낮은 변화 1건" in found.format("text")


def test_a_week_without_changes_says_so() -> None:
    for form in ("text", "md", "html"):
        assert "달라진 것이 없습니다." in whole([], []).format(form)


class Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]


def test_text_of_reports_is_never_markup() -> None:
    found = whole([], [claim(2, EVIL, "acquires", NARU), claim(2, HANA, "partnersWith", EVIL)])
    page = Reader(found.format("html"))
    assert "script" not in page.tags
    assert not {"src", "href", "onload", "onclick"} & set(page.attributes)
    markdown = found.format("md")
    assert "\\<script\\>" in markdown
    assert "\\[x\\](y) \\*a\\* \\| b" in markdown


def test_the_figure_draws_new_relations_only() -> None:
    old = [claim(1, HANA, "acquires", NARU)]
    new = [claim(2, HANA, "acquires", NARU), claim(2, HANA, "acquires", DURI),
           claim(2, DURI, "supplies", NARU, modality="plan"),
           claim(2, HANA, "hasMetric", None, Value("5", Decimal(5), Decimal(5)), metric="매출")]  # fmt: skip
    drawn = figure(diff(old, new))
    assert drawn.count('class="edge"') == 2
    assert drawn.count("stroke-dasharray") == 1
    assert ">인수<" in drawn
    assert ">공급<" in drawn
    assert figure(diff(old, old)) == ""


def test_quotes_keep_their_words_and_lose_their_marks() -> None:
    line = Teller([OLD, NEW]).line(diff([], [claim(2, HANA, "acquires", DURI)])[0])
    assert line.quotes == (("이번", "하나칩 2주 문장", "2025-01-13 I. 칩"),)


def test_changes_of_kinds_and_entities() -> None:
    new = [claim(2, HANA, "acquires", DURI), claim(2, DURI, "supplies", NARU)]
    found = whole([], new)
    assert len(found.only(entities=["hana"]).changes) == 1
    assert len(found.only(entities=["duri"]).changes) == 2
    assert found.only(kinds=["dropped"]).changes == ()
    assert isinstance(found.only(top=1).changes[0], Change)
