"""Names that a report introduces, and what phrases without a name describe."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.assemble import Given, assemble, normal
from corpus.report import Report
from corpus.sentences import sentences
from extractors.names.english import is_english, load_english
from extractors.names.names import Names
from extractors.pipeline import extract
from extractors.values.periods import find_periods
from extractors.values.values import find_values
from extractors.word_lists import load_words

DATE = dt.date(2025, 3, 18)
_WORDS = load_words("names/introductions.yaml")


def report_of(text: str) -> Report:
    given = Given(id="r", date=DATE, title="r", publisher="가람리서치")
    return assemble(normal(text), format="text", source="r", name="r", given=given)


def names_of(text: str) -> dict[str, str]:
    report = report_of(text)
    texts = [sentence.clean.text for sentence in sentences(report)]
    names = Names.for_report(report, texts)
    return {entity.label: entity.cls for line in texts for entity, _, _ in names.find(line)}


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("일본 장비업체 노도카와정공은 새 장비를 냈다.", "노도카와정공", "Company"),
        ("대만 경제지 포모사데일리뉴스가 2일 보도했다.", "포모사데일리뉴스", "Organization"),
        ("서버용 중앙처리장치(CPU) ‘아라한’을 공개했다.", "아라한", "Chip"),
        ("매개변수 90억 개의 ‘두루미 3’을 학습했다.", "두루미 3", "Model"),
        ("음성 검색 플랫폼 ‘귀띔이’를 출시했다.", "귀띔이", "Software"),
        ("은하수벤처스가 투자를 주도했다.", "은하수벤처스", "Company"),
        ("유럽광자산업연합(EPIU)은 반대했다.", "유럽광자산업연합", "Organization"),
        ("Mina Solberg이 2021년 창업한 회사다.", "Mina Solberg", "Person"),
        ("The Fjord Wire는 공장이 멈췄다고 전했다.", "Fjord Wire", "Organization"),
        ("지아람 전 인텔 전무를 영입했다.", "지아람", "Person"),
        ("노도카는 12일 음성을 만드는 언어모델 Harpwing-2를 공개했다.", "Harpwing-2", "Model"),
        ("3나노 공정으로 만든 프로세서 Korvid 5가 지난주 출시됐다.", "Korvid 5", "Chip"),
        ("인텔은 노트북에 쓰는 Intel Meadow 4를 내놓았다.", "Intel Meadow 4", "Product"),
        ("노도카정밀(6123 JP): 3분기 매출이 늘었다.", "노도카정밀", "Company"),
        ("노도카인쇄(NDP)는 유리기판 시험 라인을 신설했다.", "노도카인쇄", "Company"),
        ("광학 칩을 설계하는 두루비트가 상장을 미뤘다.", "두루비트", "Company"),
        ("인텔은 두루마이크로(DRM)의 지분 60%를 샀다.", "두루마이크로", "Company"),
        ("SK두루텍은 새 라인을 열었다.", "SK두루텍", "Company"),
        ("두루미 CEO는 아직 말이 없다. 상펑 CEO는 웃었다.", "상펑", "Person"),
        ("파블로 레예스(Pablo Reyes) 산업통상부 장관은 반겼다.", "파블로 레예스", "Person"),
        ("파블로 레예스 해양전환부 장관은 반겼다.", "해양전환부", "Organization"),
        ("폴란드 디지털전환부는 지원책을 내놨다.", "디지털전환부", "Organization"),
        ("데이터센터용 칩 ‘두루(Duru) 700’의 시제품을 내놓는다.", "두루 700", "Chip"),
        ("통계청 지아람 산업동향과장은 설명했다.", "지아람", "Person"),
        ("두루마트론 지아람 대표는 공장을 옮겼다.", "지아람", "Person"),
        ("CEO 류쉐청은 재고가 줄었다고 했다.", "류쉐청", "Person"),
        ("인텔의 루쉰허 사장은 실적을 설명했다.", "루쉰허", "Person"),
        ("퀄컴의 자오첸 최고재무책임자(CFO)는 회사를 떠난다.", "자오첸", "Person"),
        ("인텔의 수석전략가 헨리 워들은 반대했다.", "헨리 워들", "Person"),
        ("인텔 파운드리부문장 한지솔 사장은 웃었다.", "한지솔", "Person"),
        ("‘제3회 두루 국제 영상 시상식’이 열렸다.", "제3회 두루 국제 영상 시상식", "Event"),
        ("정부는 ‘위성 자료 이용 임시 규정’을 고쳤다.", "위성 자료 이용 임시 규정", "Policy"),
        ("메타는 Llama 3.1 8B를 공개했다.", "Llama 3.1 8B", "Model"),
        *((e["text"], e["name"], e["cls"]) for e in _WORDS["examples"]),
    ],
)
def test_names_are_found_where_news_introduces_them(text: str, name: str, cls: str) -> None:
    assert names_of(text).get(name) == cls


@pytest.mark.parametrize(
    "text",
    [
        "국내 반도체 기업 주가가 올랐다.",
        "칩을 설계하는 기업은 늘었다.",
        "GS관계자는 말을 아꼈다.",
        "전국 서부는 맑았다.",
        "앞당길 거라고 회장은 말했다.",
        "주요국 장관은 회의에 참석했다.",
        "‘모두의 미래’라는 말이 나왔다.",
        "협회는 지난달 Outlook 2025를 발표했다.",
        "회사는 12일 Harpwing을 조용히 공개했다.",
        *_WORDS["never"],
    ],
)
def test_common_words_are_no_names(text: str) -> None:
    assert not {label for label, cls in names_of(text).items() if cls in ("Company", "Person")}


def test_a_version_behind_an_unknown_name_is_not_a_known_one() -> None:
    assert "DeepSeek-V3" not in names_of("딥시크도 주목했다. 노르벨 V3는 새 코어다.")


def test_what_an_edition_is_an_edition_of_is_a_name_where_it_stands_alone() -> None:
    text = "검사 장비 ‘가온 프로버 XT’를 냈다. 가온 프로버는 느리다. 가온 프로버의 값은 비싸다."
    assert names_of(text)["가온 프로버"] == "Product"
    assert "가온 프로버" not in names_of(
        "검사 장비 ‘가온 프로버 XT’를 냈다. 가온 프로버 XT는 빠르다."
    )


@pytest.mark.parametrize(
    "example", load_words("names/descriptions.yaml")["examples"], ids=lambda e: e["phrase"]
)
def test_examples_of_descriptions(example: dict[str, str]) -> None:
    assert _parties(example["text"]).get(example["phrase"]) == example["class"]


@pytest.mark.parametrize(
    "example", load_words("names/descriptions.yaml")["never"], ids=lambda e: e["phrase"]
)
def test_what_describes_nothing(example: dict[str, str]) -> None:
    assert example["phrase"] not in _parties(example["text"])


def _parties(text: str) -> dict[str, str]:
    claims = extract(report_of(text)).claims
    return {e.label: e.cls for c in claims for e in (c.subject, c.object) if e}


@pytest.mark.parametrize("frame", load_english().frames, ids=lambda f: str(f[1]["predicate"]))
def test_every_english_frame_has_two_examples(frame: tuple[object, dict[str, object]]) -> None:
    assert len(list(frame[1]["examples"])) >= 2  # type: ignore[call-overload]  # data of any shape


def test_english_is_told_by_its_letters() -> None:
    assert is_english("AMD buys Xilinx in stock deal")
    assert not is_english("AMD는 Xilinx를 인수했다")


def test_a_figure_belongs_to_the_topic_described_not_to_whom_the_text_was_about() -> None:
    claims = extract(
        report_of("IDC는 조사 결과를 냈다. 엣지 서버 시장은 2027년 90억 달러에 이를 전망이다.")
    ).claims
    figures = [(c.subject.label, c.value.text) for c in claims if c.value and c.value.currency]
    assert figures == [("엣지 서버 시장", "90억 달러")]


def test_the_company_a_note_is_about_owns_figures_without_a_name() -> None:
    text = "가온머티리얼즈 (123450 KQ): 두 번째 봄\n\n3분기 매출액은 842억원으로 집계되었다."
    claims = extract(report_of(text)).claims
    assert [(c.subject.label, c.value.text) for c in claims if c.value] == [
        ("가온머티리얼즈", "842억원")
    ]


def test_a_listed_figure_belongs_to_the_name_beside_it() -> None:
    claims = extract(
        report_of("2026년 D램 점유율은 SK하이닉스 41%, 삼성전자 33%, 마이크론 22%로 예상된다.")
    ).claims
    shares = {c.subject.label: c.value.text for c in claims if c.value}
    assert shares == {"SK하이닉스": "41%", "삼성전자": "33%", "마이크론": "22%"}


@pytest.mark.parametrize(
    ("text", "low", "unit", "currency"),
    [
        ("1만2000장", 12000, "장", None),
        ("3억4000만원", 340_000_000, None, "KRW"),
        ("수백억 달러", 10_000_000_000, None, "USD"),
        ("수천 명", 1000, "명", None),
        ("19.95페타플롭스", 19.95, "PFLOPS", None),
        ("1,000Gbit/s", 1000, "Gbit/s", None),
    ],
)
def test_amounts_as_news_writes_them(
    text: str, low: float, unit: str | None, currency: str | None
) -> None:
    (found,) = find_values(text)
    assert found.value.text == text
    assert float(found.value.minimum or 0) == low
    assert (found.value.unit, found.value.currency) == (unit, currency)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17일 밝혔다", "2025-03-17"),
        ("오는 24일 개최한다", "2025-03-24"),
        ("연내 출시한다", "2025"),
        ("(’24.11.3)", "2024-11-03"),
        ("돌입(’24.11월)", "2024-11"),
        ("’25.1분기", "2025-Q1"),
        ("’24.上", "2024-H1"),
        ("(’25~’27)", "2025/2027"),
        ("11.3일", "2024-11-03"),
        ("’24.3Q", "2024-Q3"),
    ],
)
def test_days_and_parts_of_the_year_are_told_by_the_date(text: str, value: str) -> None:
    assert [p.value for p in find_periods(text, DATE)] == [value]


@pytest.mark.parametrize("text", ["21일 동안", "5일 이내", "3일간", "‘25.5% 증가", "’12.5억 원"])
def test_durations_are_no_days(text: str) -> None:
    assert find_periods(text, DATE) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("엔비디어는 새 칩을 냈다.", "엔비디아"),
        ("마이크러소프트가 투자했다.", "마이크로소프트"),
        ("삼성전쟈의 실적이 나왔다.", "삼성전자"),
    ],
)
def test_a_name_one_letter_off_is_that_name(text: str, name: str) -> None:
    assert name in names_of(text)


@pytest.mark.parametrize(
    "text", ["마이크로 공정이 쓰인다.", "메타버스 시장이 커졌다.", "개인정보와 저작권을 다룬다."]
)
def test_words_near_a_name_are_not_it(text: str) -> None:
    found = set(names_of(text))
    assert not {"마이크론", "메타", "마이크로소프트", "개인정보보호위원회"} & found


def test_a_known_firm_with_two_particles_is_no_new_one() -> None:
    found = names_of("엔비디아는 SK하이닉스와의 계약을 SK하이닉스로부터의 공급으로 채웠다.")
    assert set(found) == {"엔비디아", "SK하이닉스"}


@pytest.mark.parametrize("mark", ["주 1)", "주석 2)"])
def test_note_mark_is_no_term(mark: str) -> None:
    note = f"{mark} 벼루시험이란 긴 문서를 읽고 물음 백 개에 답하게 하여 한계를 재는 벤치마크이다."
    report = report_of(f"I. 시험\n\n새 시험이 나왔다.\n\n{note}\n")
    assert [
        claim.subject.label
        for claim in extract(report).claims
        if claim.predicate == "hasMetric" and claim.qualifiers.get("metric") == "정의"
    ] == ["벼루시험"]
