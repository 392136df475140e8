"""Names that only stand by what a sentence tells of others, and times that do."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.pipeline import extract


def _relations(tmp_path: Path, text: str) -> set[tuple[str, str, str]]:
    path = tmp_path / "note.md"
    path.write_text(text, encoding="utf-8")
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    return {(c.subject.label, c.predicate, c.object.label) for c in claims if c.object}


@pytest.mark.parametrize(
    "item",
    [
        "삼성전자 HBM 품질 개선 (엔비디아 공급 가능성)",
        "엔비디아 Blackwell GPU 출하량",
        "삼성전자 HBM 수율 개선 여부",
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
        ("AMD 같은 반도체 기업들의 새로운 칩 발표(AI PC 강화)와 맞물려 시장이 커졌다.", "AI PC"),
        ("OpenAI는 통합을 택했으며, 가온랩스/나루AI 같은 기업은 돈을 끌어왔다.", "나루AI"),
    ],
)
def test_examples_of_a_group_make_nothing(tmp_path: Path, text: str, thing: str) -> None:
    told = _relations(tmp_path, f"# 주간\n\n{text}\n")
    assert not {t for t in told if t[1] == "develops" and thing in t[2]}


def test_rivals_of_two_clauses_are_none_of_each_other(tmp_path: Path) -> None:
    text = "Llama 3은 GPT-4에 준하는 성능을 기록했으나, 검색에서는 Gemini 2가 Llama 3을 능가했다."
    told = _relations(tmp_path, f"# 주간\n\n{text}\n")
    assert ("GPT-4", "competesWith", "Gemini 2") not in told
    assert ("Gemini 2", "competesWith", "Llama 3") in told


@pytest.mark.parametrize(
    "text",
    [
        "- 가나보 시스템즈 — 인텔 인수 협상 중",
        "UMC 등은 신규 미세공정 개발보다는 기존 공정에 집중한다.",
        "AWS는 매년 행사를 연다. 올해는 라스베이거스에서 진행된다.",
    ],
)
def test_what_is_done_less_or_held_elsewhere_is_no_claim(tmp_path: Path, text: str) -> None:
    assert not _relations(tmp_path, f"# 주간\n\n{text}\n")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("11일 업계에 따르면 인텔은 오는 25일 1분기 실적을 발표한다.", "2026-03-25"),
        ("5일 인텔은 4분기 실적을 발표했다.", "2026-03-05"),
        ("인텔은 지난 1분기에 12억 달러의 수익을 거둔 것으로 추정된다.", "2026-Q1"),
    ],
)
def test_of_which_time_a_claim_is(tmp_path: Path, text: str, period: str) -> None:
    path = tmp_path / "note.md"
    path.write_text(f"# 주간\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    assert [c.qualifiers.get("period") for c in claims if c.subject.label == "인텔"] == [period]


def test_each_of_two_things_is_bought_in_its_own_number(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    text = "네이버클라우드가 엔비디아 B300 GPU 900장과 H200 80장 확보에 착수했다."
    path.write_text(f"# 주간\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    deals = [c for c in claims if c.predicate == "purchases" and c.object]
    bought = {c.object.label: c.qualifiers.get("quantity") for c in deals if c.object}
    assert (bought["B300"], bought["H200"]) == ("900장", "80장")


def test_a_word_of_a_spelt_out_name_is_no_other_name_of_it(tmp_path: Path) -> None:
    text = "협의체가 '에이전틱 AI(Agentic AI)' 표준을 논의했다. Blackwell은 AI 학습에 쓰인다."
    told = _relations(tmp_path, f"# 주간\n\n{text}\n")
    assert not {t for t in told if "에이전트" in t[2]}


@pytest.mark.parametrize(
    "text",
    [
        "엔비디아는 디지털 트윈 설계 가속화 사례를 발표했다.",
        "CFO라면: 스타트업에 돈이 몰리는 현상은 시장의 지형 변화를 의미한다.",
    ],
)
def test_what_is_only_told_about_is_no_claim(tmp_path: Path, text: str) -> None:
    path = tmp_path / "note.md"
    path.write_text(f"# 주간\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    assert not [c for c in claims if c.predicate in ("develops", "hasMetric")]


def test_pieces_of_one_name_do_not_use_each_other(tmp_path: Path) -> None:
    text = "새 클러스터는 DGX 베라 루빈 NVL72 시스템으로 구성된다."
    told = _relations(tmp_path, f"# 주간\n\n{text}\n")
    assert not {t for t in told if t[0] == "NVL72"}


def test_two_who_do_alike_are_no_partners(tmp_path: Path) -> None:
    text = "SK하이닉스는 삼성전자와 함께 구형 메모리에 대한 생산 감축에 들어간다."
    assert not {t for t in _relations(tmp_path, f"# 주간\n\n{text}\n") if t[1] == "partnersWith"}


def test_a_dash_before_a_figure_is_a_sign(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text(
        "# 주간\n\n인텔의 분기 잉여현금흐름은 약 –58억 달러를 기록했다.\n", encoding="utf-8"
    )
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    assert [c.value.minimum for c in claims if c.value] == [-5_800_000_000]


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
    text = "SK하이닉스는 HBM4E 12단 샘플을 엔비디아에 공급했다."
    path.write_text(f"# 주간\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    supplied = [c for c in claims if c.predicate == "supplies"]
    assert {c.qualifiers.get("status") for c in supplied} == {"샘플"}
