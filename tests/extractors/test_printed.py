"""Names in a report's claims: as the report prints them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from corpus.readers import read_text
from extractors.names.printed import as_printed
from extractors.pipeline import extract


def called(text: str) -> dict[str, str]:
    """Label by id of every entity of a report, in its table of names and in its claims alike."""
    report = read_text(text, source="week", date=dt.date(2025, 10, 10))
    extraction = as_printed(report, extract(report))
    labels = {entity.id: entity.label for entity in extraction.entities}
    for claim in extraction.claims:
        assert claim.subject.label == labels[claim.subject.id]
        assert claim.object is None or claim.object.label == labels[claim.object.id]
    return labels


@pytest.mark.parametrize(
    ("text", "id_", "label"),
    [
        ("키옥시아는 낸드를 만든다. 키옥시아의 매출은 3조 엔이다.", "kioxia", "키옥시아"),
        ("앤트로픽은 클로드를 만든다. 아마존이 앤트로픽에 투자했다.", "anthropic", "앤트로픽"),
        ("앤트로픽은 클로드를 만든다. Anthropic은 돈을 모았다.", "anthropic", "Anthropic"),
        ("하이닉스의 매출은 17조 원이다.", "sk-hynix", "SK하이닉스"),
        (
            "제미나이 7.5 프로는 빠르다. 구글이 제미나이 7.5 프로를 내놨다.",
            "x_gemini7.5pro",
            "제미나이 7.5 프로",
        ),
        ("**키옥시아**는 낸드를 만든다. `KIOXIA`의 매출은 3조 엔이다.", "kioxia", "키옥시아"),
    ],
)
def test_entities_are_called_as_printed(text: str, id_: str, label: str) -> None:
    assert called(text)[id_] == label


def test_the_name_of_the_lexicon_stays_an_alias() -> None:
    text = "키옥시아는 낸드를 만든다. 키옥시아의 매출은 3조 엔이다."
    report = read_text(text, source="week", date=dt.date(2025, 10, 10))
    extraction = extract(report)
    lexicon = next(e for e in extraction.entities if e.id == "kioxia")
    printed = next(e for e in as_printed(report, extraction).entities if e.id == "kioxia")
    assert lexicon.label != printed.label
    assert lexicon.label in printed.aliases
    assert printed.known_as == lexicon.label
    assert printed.label not in printed.aliases


def test_who_is_named_beside_a_claim_is_called_as_printed_too() -> None:
    text = "구글 클라우드와 마벨은 Axion을 공동 개발했다."
    report = read_text(text, source="week", date=dt.date(2025, 10, 10))
    extraction = extract(report)
    cloud = next(c.subject for c in extraction.claims if c.subject.label == "구글클라우드")
    beside = replace(
        extraction.claims[0], qualifiers={"partner": cloud.label}, attributed_to=cloud.label
    )
    (claim,) = as_printed(report, replace(extraction, claims=(beside,))).claims
    assert claim.qualifiers == {"partner": "구글 클라우드"}
    assert claim.attributed_to == "구글 클라우드"
