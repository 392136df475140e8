"""Deeds that are only possible, due, supposed or over, and what nobody does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.pipeline import extract
from kg.claim import Claim


def _claims(tmp_path: Path, text: str) -> list[Claim]:
    path = tmp_path / "week.md"
    path.write_text(text, encoding="utf-8")
    return list(extract(read(path, date=dt.date(2025, 3, 10))).claims)


@pytest.mark.parametrize(
    ("text", "predicate", "modality"),
    [
        ("마이크론은 퀄컴에 HBM3E를 공급할 수 있다.", "supplies", "forecast"),
        ("프랑스는 화웨이를 막아야 한다.", "blocks", "opinion"),
        ("마이크론은 히로시마 공장을 증설할 수 없게 됐다.", "builds", "denied"),
    ],
)
def test_what_can_or_should_be_done(
    tmp_path: Path, text: str, predicate: str, modality: str
) -> None:
    told = {c.modality for c in _claims(tmp_path, text) if c.predicate == predicate}
    assert told == {modality}


@pytest.mark.parametrize(
    "text",
    [
        "코히어가 새 모델을 출시한 게 아니라 옛 모델을 고쳤다.",
        "코히어가 번역 앱을 출시하지 못하게 될 경우 손실이 크다.",
    ],
)
def test_what_is_not_so_or_only_supposed(tmp_path: Path, text: str) -> None:
    assert not [c for c in _claims(tmp_path, text) if c.predicate == "releases"]


def test_who_helps_others_with_their_deeds(tmp_path: Path) -> None:
    told = _claims(tmp_path, "구글은 추론 칩 개발에 자금을 지원했다.")
    assert not [c for c in told if c.predicate == "develops"]


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("짐 켈러는 AMD를 나와 텐스토렌트에 합류했다.", {"AMD"}),
        ("AMD에서 근무하던 짐 켈러가 텐스토렌트에 합류했다.", {"AMD"}),
        ("AMD 부사장이었던 짐 켈러가 텐스토렌트에 합류했다.", {"AMD"}),
        ("짐 켈러는 텐스토렌트를 떠났다.", {"텐스토렌트"}),
    ],
)
def test_posts_that_are_over(tmp_path: Path, text: str, over: set[str]) -> None:
    posts = [c for c in _claims(tmp_path, text) if c.predicate == "worksFor" and c.object]
    left = {c.object.label for c in posts if c.object and _is_over(c)}
    assert left == over
    assert {c.object.label for c in posts if c.object} - over <= {"텐스토렌트"}


def _is_over(claim: Claim) -> bool:
    return claim.qualifiers.get("role", "").startswith("전 ") or "status" in claim.qualifiers


def test_a_rubric_is_no_name(tmp_path: Path) -> None:
    text = "- **리스크**: HBM 격차가 크다\n\n- **리스크**: HBM 고객이 적다\n"
    assert not [c for c in _claims(tmp_path, text) if c.subject.label == "리스크"]


def test_deals_of_a_headline_have_their_own_parties(tmp_path: Path) -> None:
    claims = _claims(tmp_path, "오라클, 퀄컴과 3억 달러 계약, 인텔과 2억 달러 계약")
    told = {(c.object.label, c.value.text) for c in claims if c.object and c.value}
    assert told == {("퀄컴", "3억 달러"), ("인텔", "2억 달러")}


def test_what_goods_are_for_is_not_what_is_sold(tmp_path: Path) -> None:
    claims = _claims(tmp_path, "시스코는 블랙웰 서버용 냉각 장치를 오라클에 공급한다.")
    assert [
        c.qualifiers.get("product") for c in claims if c.object and c.object.label == "오라클"
    ] == ["장치"]


def test_what_is_lent_is_used_by_others(tmp_path: Path) -> None:
    claims = _claims(tmp_path, "오라클은 코히어에 H100을 임대했다.")
    assert not [c for c in claims if c.predicate == "uses" and c.subject.label == "오라클"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "인텔은 값을 내렸다. 전미칩산업기술위원회는 보고서에서 “수출을 줄여야 한다”고 했다.",
            "전미칩산업기술위원회",
        ),
        ("인텔은 값을 내렸다.\n\n지난 글에서 값이 더 내릴 것이라고 봤는데, 그대로였다.", None),
    ],
)
def test_who_speaks(tmp_path: Path, text: str, speaker: str | None) -> None:
    said = [c.subject.label for c in _claims(tmp_path, text) if c.predicate == "states"]
    assert said == ([speaker] if speaker else [])


def test_capitals_tell_how_many_words_a_name_has(tmp_path: Path) -> None:
    claims = _claims(tmp_path, "브란톤 마이하르 스퀼드(BMS)가 H100을 도입했다.")
    assert {c.subject.label for c in claims} == {"브란톤 마이하르 스퀼드"}


def test_another_first_letter_is_another_name(tmp_path: Path) -> None:
    claims = _claims(tmp_path, "헨비디아가 H100을 도입했다. 엔비디어가 B200을 내놓았다.")
    assert "엔비디아" in {c.subject.label for c in claims}
    assert not [c for c in claims if c.predicate == "uses" and c.subject.label == "엔비디아"]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("DDR5는 DDR4보다 두 배 빠르다.", "competesWith"),
        ("오라클은 시스코의 콜로서스 전용 사용권을 얻었다.", "uses"),
        ("칩이 자주 바뀌는데(H100 → 블랙웰 → 루빈), 새 서버는 액체냉각을 요구한다.", "uses"),
        ("다들 블랙웰, HBM4, SRAM 기반 콜드칩으로 간다.", "uses"),
    ],
    ids=["what it follows", "whose it is", "in brackets", "before the last of a list"],
)
def test_what_is_not_said_of_two(tmp_path: Path, text: str, predicate: str) -> None:
    told = {
        (c.subject.label, c.object.label)
        for c in _claims(tmp_path, text)
        if c.predicate == predicate and c.object
    }
    assert not {t for t in told if t[0] in {"DDR5", "시스코", "Blackwell", "H100", "Rubin"}}


def test_the_time_of_an_earlier_deed(tmp_path: Path) -> None:
    claims = _claims(tmp_path, "코히어는 2021년 번역 앱을 출시한 데 이어 요약 앱을 공개했다.")
    periods = {c.object.label: c.qualifiers.get("period") for c in claims if c.object}
    assert periods == {"번역 앱": "2021", "요약 앱": None}


def test_owners_of_a_partner_are_none_of_each_other(tmp_path: Path) -> None:
    claims = _claims(tmp_path, "오라클·코히어의 설계 파트너로 브로드컴이 떠올랐다.")
    pairs = {frozenset((c.subject.label, c.object.label)) for c in claims if c.object}
    assert frozenset(("오라클", "코히어")) not in pairs


def test_a_generation_is_no_count(tmp_path: Path) -> None:
    claims = _claims(tmp_path, "코히어는 8세대 자체 칩을 내놨다.")
    assert {c.object.label for c in claims if c.object} == {"8세대 자체 칩"}


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("별도 계약이나 심사 없이 오라클은 코히어 모델을 쓸 수 있다.", "partnersWith"),
        ("인텔은 GAA 기술을 확보했다.", "purchases"),
        ("오라클, 코히어 인수하나", "acquires"),
        ("프랑스는 중국의 희토류 통제에 맞서 관세를 예고했다.", "regulates"),
        ("오라클은 앱을 냈다. 커서는 자신을 “코드를 감싸는 도구”라고 표현했다.", "states"),
        ("코히어는 커서를 예시로 사용해 개념을 풀었다.", "uses"),
        (
            "로이터가 보도했다. 이 칩은 회사가 엔비디아에 내는 돈을 줄이려 공급받는 것이다.",
            "supplies",
        ),
    ],
)
def test_what_nobody_does(tmp_path: Path, text: str, predicate: str) -> None:
    assert not [c for c in _claims(tmp_path, text) if c.predicate == predicate]


def test_where_something_comes_from_does_not_speak(tmp_path: Path) -> None:
    text = "짐 켈러는 시스코가 칩을 브로드컴에서 사 와 값을 더하는 구조라고 설명했다."
    said = [c.subject.label for c in _claims(tmp_path, text) if c.predicate == "states"]
    assert said == ["짐 켈러"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("퀄컴은 코히어 인수까지 검토하고 있다.", "plan"),
        ("퀄컴은 코히어 인수도 검토 중이다.", "plan"),
        ("퀄컴은 코히어 인수까지 마쳤다.", "fact"),
    ],
)
def test_even_what_is_only_considered_is_a_plan(tmp_path: Path, text: str, modality: str) -> None:
    path = tmp_path / "week.md"
    path.write_text(f"# 주간\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2026, 3, 10))).claims
    assert [c.modality for c in claims if c.predicate == "acquires"] == [modality]
