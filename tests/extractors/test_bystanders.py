"""Names that only stand by what a sentence tells of others, and times that do."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.pipeline import extract
from extractors.values.periods import find_periods


def _relations(tmp_path: Path, text: str) -> set[tuple[str, str, str]]:
    path = tmp_path / "note.md"
    path.write_text(text, encoding="utf-8")
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    return {(c.subject.label, c.predicate, c.object.label) for c in claims if c.object}


@pytest.mark.parametrize(
    "item",
    [
        "삼성전자 HBM 발열 해소 (엔비디아 납품 기대)",
        "엔비디아 루빈 GPU 판매 추이",
        "삼성전자 HBM 생산 차질 여부",
    ],
)
def test_whom_a_note_is_about_supplies_nobody_by_an_item_of_others(
    tmp_path: Path, item: str
) -> None:
    text = f"# SK하이닉스 (000660) 투자 의견\n\n## 점검할 것\n\n- {item}\n"
    told = _relations(tmp_path, text)
    assert not {t for t in told if t[:2] == ("SK하이닉스", "supplies")}


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("AMD 같은 여러 칩 회사들의 신제품 공개(AI PC 겨냥)로 관심이 늘었다.", "AI PC"),
        ("OpenAI가 값을 내리자, 가온랩스/나루AI 같은 스타트업은 투자자를 찾아 나섰다.", "나루AI"),
    ],
)
def test_examples_of_a_group_make_nothing(tmp_path: Path, text: str, thing: str) -> None:
    told = _relations(tmp_path, f"# 주간\n\n{text}\n")
    assert not {t for t in told if t[1] == "develops" and thing in t[2]}


def test_rivals_of_two_clauses_are_none_of_each_other(tmp_path: Path) -> None:
    text = "Llama 3은 수학에서 GPT-4와 맞먹었지만, 번역에서는 Gemini 2가 Llama 3을 능가했다."
    told = _relations(tmp_path, f"# 주간\n\n{text}\n")
    assert ("GPT-4", "competesWith", "Gemini 2") not in told
    assert ("Gemini 2", "competesWith", "Llama 3") in told


@pytest.mark.parametrize(
    ("text", "untold"),
    [
        ("순위는 GPT-4가 10위(1위 Llama 3 63점, 2위 Gemini 2 61점)다.", "competesWith"),
        ("삼성전자 HBM 품질이 나아질지 지켜볼 일이다.", "develops"),
        ("헌재 결정 → 김다온 대행이 정책을 이끌었다.", "worksFor"),
        ("문가람 정부의 국가인공지능전략위원회가 문을 열었다.", "worksFor"),
        ("퀄컴 기술을 바탕으로 만든 추론 칩 '하늘 3'이 양산에 들어갔다.", "develops"),
        ("- 청주 파일럿(유리 기판 패널) 수율 90%", "locatedIn"),
    ],
)
def test_names_that_stand_in_one_line_are_not_related(
    tmp_path: Path, text: str, untold: str
) -> None:
    told = _relations(tmp_path, f"# 주간\n\n{text}\n")
    assert not {t for t in told if t[1] == untold}


def test_a_thing_uses_what_a_word_behind_says_it_does(tmp_path: Path) -> None:
    told = _relations(tmp_path, "# 주간\n\n베라 루빈 아키텍처 기반 DGX 슈퍼팟이 나왔다.\n")
    assert {t for t in told if t[1] == "uses"}
    told = _relations(tmp_path, "# 주간\n\nHBM 성능이 높아져 언더필이 중요해졌다.\n")
    assert not {t for t in told if t[1] == "uses"}


@pytest.mark.parametrize(
    "text",
    [
        "- 가나보 시스템즈 — 인텔 인수 협상 중",
        "퀄컴은 새 모뎀 개발보다는 서버 사업에 힘을 싣는다.",
        "AWS는 매년 행사를 연다. 올해는 라스베이거스에서 진행된다.",
    ],
)
def test_what_is_done_less_or_held_elsewhere_is_no_claim(tmp_path: Path, text: str) -> None:
    assert not _relations(tmp_path, f"# 주간\n\n{text}\n")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("9일 당국에 따르면 인텔은 오는 24일 1분기 실적을 발표한다.", "2026-03-24"),
        ("5일 인텔은 4분기 실적을 발표했다.", "2026-03-05"),
        ("인텔은 지난 1분기에 9억 달러의 순이익을 올린 것으로 추정된다.", "2026-Q1"),
    ],
)
def test_of_which_time_a_claim_is(tmp_path: Path, text: str, period: str) -> None:
    path = tmp_path / "note.md"
    path.write_text(f"# 주간\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    assert [c.qualifiers.get("period") for c in claims if c.subject.label == "인텔"] == [period]


def test_each_of_two_things_is_bought_in_its_own_number(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    text = "카카오가 엔비디아 B300 GPU 700장과 H200 60장을 사들였다."
    path.write_text(f"# 주간\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    deals = [c for c in claims if c.predicate == "purchases" and c.object]
    bought = {c.object.label: c.qualifiers.get("quantity") for c in deals if c.object}
    assert (bought["B300"], bought["H200"]) == ("700장", "60장")


def test_a_word_of_a_spelt_out_name_is_no_other_name_of_it(tmp_path: Path) -> None:
    text = "강연에서 '에이전틱 AI(Agentic AI)'를 다뤘다. Blackwell은 AI 학습에 쓰인다."
    told = _relations(tmp_path, f"# 주간\n\n{text}\n")
    assert not {t for t in told if "에이전트" in t[2]}


@pytest.mark.parametrize(
    "text",
    [
        "엔비디아는 디지털 트윈 구축 자동화 노하우를 공개했다.",
        "창업자라면: 금리가 천천히 내려가는 흐름은 자금 시장의 해빙을 의미한다.",
    ],
)
def test_what_is_only_told_about_is_no_claim(tmp_path: Path, text: str) -> None:
    path = tmp_path / "note.md"
    path.write_text(f"# 주간\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    assert not [c for c in claims if c.predicate in ("develops", "hasMetric")]


def test_pieces_of_one_name_do_not_use_each_other(tmp_path: Path) -> None:
    text = "연구소는 DGX 블랙웰 NVL72 장비를 들여왔다."
    told = _relations(tmp_path, f"# 주간\n\n{text}\n")
    assert not {t for t in told if t[0] == "NVL72"}


def test_two_who_do_alike_are_no_partners(tmp_path: Path) -> None:
    text = "마이크론은 키옥시아와 나란히 낸드 감산에 나선다."
    assert not {t for t in _relations(tmp_path, f"# 주간\n\n{text}\n") if t[1] == "partnersWith"}


def test_a_dash_before_a_figure_is_a_sign(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text(
        "# 주간\n\n인텔의 분기 잉여현금흐름은 약 –33억 달러를 기록했다.\n", encoding="utf-8"
    )
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    assert [c.value.minimum for c in claims if c.value] == [-3_300_000_000]


def test_for_when_it_was_meant_before_is_not_when_it_will_be(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    text = "AMD는 2026년 하반기로 예고했던 MI450의 출시를 앞당기겠다고 발표했다."
    path.write_text(f"# 주간\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    released = [c for c in claims if c.predicate == "releases"]
    assert released
    assert all("period" not in c.qualifiers for c in released)


def test_a_sample_is_told_as_one(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    text = "마이크론은 HBM4 8단 시제품을 브로드컴에 공급했다."
    path.write_text(f"# 주간\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    supplied = [c for c in claims if c.predicate == "supplies"]
    assert {c.qualifiers.get("status") for c in supplied} == {"시제품"}


@pytest.mark.parametrize(
    ("day", "told"),
    [("24일 4분기 실적을 밝혔다", "2026-02-24"), ("24일 4분기 실적을 발표한다", "2026-03-24")],
)
def test_a_bare_day_lies_where_its_deed_does(day: str, told: str) -> None:
    found = find_periods(f"인텔은 {day}.", dt.date(2026, 3, 12))[0]
    assert (found.gone or found.value) == told
