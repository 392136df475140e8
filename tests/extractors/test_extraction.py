from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers import read
from corpus.report import Report
from extractors.context.counterpart_data import load_counterparts
from extractors.language.modality import load_modality, modality
from extractors.lexicon.frame_data import load_frames
from extractors.names.english import load_english
from extractors.pairs.model import EXTRACTOR as PAIRS
from extractors.pipeline import extract
from extractors.relations.patterns import load_patterns
from extractors.relations.phrasings import load_phrasings
from extractors.word_lists import load_words
from kg.claim import Claim
from kg.vocab import PREDICATES, QUALIFIERS

SOURCES = (
    *load_frames().frames,
    *load_patterns(),
    *load_counterparts().kinds,
    load_english(),
)
BRIEF = """2025-03-10

AI 브리프

## 산업

마이크로소프트는 3월 4일 추론 모델 ‘한빛-2(Hanbit-2)’를 공개함

SK하이닉스는 엔비디아에 HBM3E를 공급한다. 이 회사는 내년부터 HBM4를 양산할 계획이다.

소프트뱅크가 암페어컴퓨팅을 65억 달러에 인수한다고 로이터가 보도했다.

엔비디아가 AMD를 인수할 것이라는 소문은 사실이 아니다.

구글과 인텔은 클라우드 분야에서 협력하기로 합의

OpenAI가 GPT-5를 언제 출시할지는 알 수 없다.
"""


def _report(tmp_path: Path, text: str) -> Report:
    path = tmp_path / "brief.md"
    path.write_text(text, encoding="utf-8")
    return read(path, date=dt.date(2025, 3, 10))


def _ruled(tmp_path: Path, text: str) -> tuple[Claim, ...]:
    """Return what the rules claim, without what pairs have in common with examples."""
    return tuple(c for c in extract(_report(tmp_path, text)).claims if c.extractor != PAIRS)


def _triples(claims: tuple[Claim, ...]) -> list[list[str | None]]:
    return [[c.subject.label, c.predicate, c.object.label if c.object else None] for c in claims]


def _qualities(claims: tuple[Claim, ...]) -> list[list[str | None]]:
    return [[c.subject.label, c.qualifiers.get("metric"), c.value.text] for c in claims if c.value]


def _examples() -> list[tuple[str, list[list[str]]]]:
    return [(e["text"], e["claims"]) for source in SOURCES for e in source.examples if e["claims"]]


@pytest.mark.parametrize(("text", "expected"), _examples(), ids=lambda v: str(v)[:40])
def test_examples_beside_the_frames(tmp_path: Path, text: str, expected: list[list[str]]) -> None:
    claims = extract(_report(tmp_path, text)).claims
    found = _triples(claims) + _qualities(claims)
    assert all(claim in found for claim in expected), found


@pytest.mark.parametrize(
    "text",
    [
        *(text for source in SOURCES for text in source.never),
        *load_words("figures/metrics.yaml")["never"],
        *load_words("language/speech.yaml")["never"],
        *load_words("relations/schedules.yaml")["never"],
        *load_words("speech/views.yaml")["never"],
        *load_words("speech/intentions.yaml")["never"],
    ],
)
def test_what_must_claim_nothing(tmp_path: Path, text: str) -> None:
    assert _triples(_ruled(tmp_path, text)) == []


@pytest.mark.parametrize(
    "example", load_words("figures/metrics.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_metrics(tmp_path: Path, example: dict[str, Any]) -> None:
    found = [
        [c.subject.label, c.qualifiers.get("metric", c.predicate), c.value.text]
        for c in extract(_report(tmp_path, example["text"])).claims
        if c.value
    ]
    assert all(claim in found for claim in example["claims"]), found


@pytest.mark.parametrize(
    "example", load_words("relations/schedules.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_schedules(tmp_path: Path, example: dict[str, Any]) -> None:
    found = [
        [
            c.subject.label,
            c.qualifiers.get("metric"),
            c.value.text,
            c.qualifiers.get("period"),
            c.modality,
        ]
        for c in extract(_report(tmp_path, example["text"])).claims
        if c.value
    ]
    assert all(claim in found for claim in example["claims"]), found


@pytest.mark.parametrize(
    "example", load_words("relations/tenses.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_tenses(tmp_path: Path, example: dict[str, Any]) -> None:
    found = [
        [c.subject.label, told, c.modality]
        for c in extract(_report(tmp_path, example["text"])).claims
        for told in (c.object.label if c.object else "", c.value.text if c.value else "")
    ]
    assert all(claim in found for claim in example["claims"]), found


@pytest.mark.parametrize(
    "example",
    [
        *load_words("speech/views.yaml")["examples"],
        *load_words("speech/intentions.yaml")["examples"],
    ],
    ids=lambda e: str(e["text"])[:40],
)
def test_examples_beside_the_views(tmp_path: Path, example: dict[str, Any]) -> None:
    found = [
        [c.subject.label, c.value.text, c.modality]
        for c in extract(_report(tmp_path, example["text"])).claims
        if c.value and c.predicate == "states"
    ]
    assert all(claim in found for claim in example["claims"]), found


@pytest.mark.parametrize(
    "example", load_words("language/speech.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_verbs_of_saying(tmp_path: Path, example: dict[str, Any]) -> None:
    found = [
        [c.subject.label, c.value.text, c.modality]
        for c in extract(_report(tmp_path, example["text"])).claims
        if c.value and c.predicate == "states"
    ]
    for speaker, said, *kind in example["claims"]:
        assert any(
            s == speaker and said.startswith(v) and kind in ([], [k]) for s, v, k in found
        ), found


@pytest.mark.parametrize(
    "example",
    [e for p in load_phrasings() for e in p.examples],
    ids=lambda e: str(e["text"])[:40],
)
def test_examples_beside_the_phrasings(tmp_path: Path, example: dict[str, Any]) -> None:
    found = [
        [
            c.subject.label,
            c.predicate,
            c.object.label if c.object else c.qualifiers.get("metric"),
            c.value.text if c.value else None,
        ]
        for c in extract(_report(tmp_path, example["text"])).claims
    ]
    assert all(claim in found for claim in example["claims"]), found


@pytest.mark.parametrize(
    ("predicate", "text"), [(p.predicate, text) for p in load_phrasings() for text in p.never]
)
def test_what_no_phrasing_reads(tmp_path: Path, predicate: str, text: str) -> None:
    claims = _ruled(tmp_path, text)
    assert [c for c in claims if c.predicate == predicate] == []


def test_every_phrasing_has_examples_and_a_counterexample() -> None:
    for phrasing in load_phrasings():
        assert len([e for e in phrasing.examples if e["claims"]]) >= 2, phrasing.predicate
        assert phrasing.never, phrasing.predicate


@pytest.mark.parametrize(
    ("tail", "kind"),
    [
        ("했다", "fact"),
        ("할 예정이라고 밝혔다", "plan"),
        ("하기로 합의했다", "plan"),
        ("로 추정된다", "forecast"),
        ("할 것으로 예상된다", "forecast"),
        ("할 전망", "forecast"),
        ("한 것으로 알려졌다", "rumour"),
        ("하는 것으로 알려진 칩을", "rumour"),
        ("했다고 주장했다", "opinion"),
        ("를 취소했다", "denied"),
        ("하지 않았다", "denied"),
        (" 재개 계획은 없다고 밝혔다", "denied"),
        ("한다는 계획에 변함이 없다", "plan"),
        ("할지는 알 수 없다", None),
        ("하면", None),
    ],
)
def test_modality_of_a_tail(tail: str, kind: str | None) -> None:
    assert modality(tail) == kind


@pytest.mark.parametrize("example", load_modality()["examples"], ids=lambda e: str(e["tail"]))
def test_examples_beside_the_cues(example: dict[str, str]) -> None:
    assert modality(example["tail"]) == example["kind"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("퀄컴은 오는 5월 스냅드래곤 X를 내놓는다.", "plan"),
        ("퀄컴은 지난 2월 스냅드래곤 X를 내놓았다.", "fact"),
        ("퀄컴은 매년 스냅드래곤 X를 내놓는다.", "fact"),
        ("퀄컴은 2026년 1분기에 스냅드래곤 X를 출시한다고 밝혔다.", "plan"),
    ],
)
def test_the_present_of_a_time_to_come_is_a_plan(tmp_path: Path, text: str, kind: str) -> None:
    claims = extract(_report(tmp_path, text)).claims
    assert [c.modality for c in claims if c.predicate == "releases"] == [kind]


def test_a_brief_with_noun_endings(tmp_path: Path) -> None:
    claims = extract(_report(tmp_path, BRIEF)).claims
    found = {
        (c.subject.label, c.predicate, c.object.label if c.object else None): c for c in claims
    }
    release = found["마이크로소프트", "releases", "한빛-2"]
    assert (release.modality, release.qualifiers["period"]) == ("fact", "2025-03-04")
    assert found["SK하이닉스", "produces", "HBM4"].modality == "plan"
    deal = found["소프트뱅크", "acquires", "암페어컴퓨팅"]
    assert deal.value is not None
    assert (deal.value.text, deal.attributed_to) == ("65억 달러", "로이터")
    assert found["엔비디아", "acquires", "AMD"].modality == "denied"
    assert ("구글", "partnersWith", "인텔") in found
    assert ("OpenAI", "releases", "GPT-5") not in found


def test_extraction_is_the_same_every_time(tmp_path: Path) -> None:
    report = _report(tmp_path, BRIEF)
    first, second = extract(report), extract(report)
    assert first == second
    assert [c.id for c in first.claims] == [c.id for c in second.claims]
    assert len({c.id for c in first.claims}) == len(first.claims)


def test_claims_keep_the_contract(tmp_path: Path) -> None:
    report = _report(tmp_path, BRIEF)
    extraction = extract(report)
    ids = {entity.id for entity in extraction.entities}
    assert extraction.claims
    for claim in extraction.claims:
        evidence = claim.evidence
        assert report.text[evidence.start : evidence.end] == evidence.quote != ""
        assert claim.predicate in PREDICATES
        assert set(claim.qualifiers) <= set(QUALIFIERS)
        assert claim.object is not None or claim.value is not None
        assert claim.subject.id in ids
    assert {mention.entity for mention in extraction.mentions} <= ids


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "엔비디아는",
                "AMD를",
                "삼성전자의",
                "인수했다",
                "10억",
                "달러",
                "‘",
                "’",
                "“",
                "”",
                "(",
                ")",
                "라고",
                "밝혔다.",
                "에",
                "따르면",
                "매출",
                "20%",
                "HBM을",
                "공급",
                "것",
                "수",
                "이",
                "회사는",
                ",",
                "·",
                "2025년",
                "및",
                "모델인",
                "CEO",
                "것으로",
                "보인다",
                "**",
                "|",
                "\n",
                "\n\n",
                "#",
                "-",
            ]
        ),
        max_size=25,
    )
)
def test_arbitrary_text_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    report = _report(tmp_path_factory.mktemp("any"), "본문 " + " ".join(words))
    for claim in extract(report).claims:
        assert report.text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote


def test_the_profit_of_a_technology_is_its_sellers(tmp_path: Path) -> None:
    """ "D램 영업이익" in a note on one firm: the firm's, with what it is made of beside it."""
    text = "\n\n".join(
        (
            "# 삼성전자: 메모리가 끈다",
            "삼성전자는 3분기 호실적을 냈다.",
            "3분기 D램 영업이익은 6조 원으로 추정된다.",
        )
    )
    found = [c for c in extract(_report(tmp_path, text)).claims if c.value]
    assert [(c.subject.label, c.object, c.qualifiers["product"]) for c in found] == [
        ("삼성전자", None, "D램")
    ]


def test_a_plan_of_two_steps_is_no_fact_in_the_first(tmp_path: Path) -> None:
    text = "# 주간\n\n일본과 호주는 공동 인증 제도를 도입하고 시험을 의무화하는 방안을 제안했다."
    found = extract(_report(tmp_path, text)).claims
    proposed = [c.modality for c in found if c.predicate == "publishes"]
    assert proposed
    assert "fact" not in proposed


def test_last_september_stays_in_the_past_in_a_plan(tmp_path: Path) -> None:
    text = "# 주간\n\n아마존은 지난 9월 앤트로픽에 최대 40억 달러의 투자 계획을 공개했다."
    found = [c for c in extract(_report(tmp_path, text)).claims if c.predicate == "investsIn"]
    assert {c.qualifiers["period"][5:7] for c in found} == {"09"}
    assert all(c.qualifiers["period"][:4] == str(dt.date(2025, 1, 6).year - 1) for c in found)


def test_a_crowd_does_nothing_but_speak(tmp_path: Path) -> None:
    done = "은 안전 시험 계획을 발표했다."
    told = [
        c.subject.label
        for c in extract(_report(tmp_path, f"# 주간\n\n기업들{done}")).claims
        if c.predicate != "states"
    ]
    named = extract(_report(tmp_path, f"# 주간\n\n인텔{done}")).claims
    assert not told
    assert [c for c in named if c.predicate != "states"]


def test_what_the_next_verb_denies_of_its_own_subject_is_not_denied(tmp_path: Path) -> None:
    text = "# 주간\n\n퓨리오사AI의 레니게이드는 저전력으로 설계되어 열이 오르지 않는다."
    found = [c for c in extract(_report(tmp_path, text)).claims if c.object]
    assert {c.modality for c in found} == {"fact"}


def test_a_share_is_named_after_what_it_is_of(tmp_path: Path) -> None:
    text = "# 주간\n\nSK하이닉스에서 HBM은 D램 매출의 약 40%를 차지하며 비중이 커졌다."
    found = [c for c in extract(_report(tmp_path, text)).claims if c.value]
    assert [c.qualifiers["metric"] for c in found] == ["매출 비중"]
