from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.context.ahead import analyse
from extractors.context.topics import heading_topic
from extractors.language.syntax import parse
from extractors.lexicon.frame_data import load_frames
from extractors.pipeline import extract
from extractors.relations.patterns import load_patterns
from kg.claim import Claim, Entity
from kg.vocab import PREDICATES

MEASURED = {"hasMetric", "marketShare", "marketSize", "scores", "changesPrice", "states"}
"""Predicates of quantities and speech, which have data files of their own."""

CONSTRUCTIONS = {
    "gapping shares verb and object": (
        "마이크로소프트는 호퍼를 48만 개, 메타는 22만 개 구매했다.",
        [("마이크로소프트", "purchases", "Hopper"), ("메타", "purchases", "Hopper")],
    ),
    "gapping with an object each": (
        "구글은 제미나이를, 메타는 라마를 공개했다.",
        [("구글", "releases", "Gemini"), ("메타", "releases", "Llama")],
    ),
    "two verbs share an object": (
        "SK하이닉스는 HBM4를 개발하고 양산한다.",
        [("SK하이닉스", "develops", "HBM4"), ("SK하이닉스", "produces", "HBM4")],
    ),
    "two verb phrases share a subject": (
        "메타는 라마를 공개하고 AMD와 협력을 강화했다.",
        [("메타", "releases", "Llama"), ("메타", "partnersWith", "AMD")],
    ),
    "a list with middle dots": (
        "엔비디아·AMD·인텔은 TSMC와 손잡았다.",
        [(a, "partnersWith", "TSMC") for a in ("엔비디아", "AMD", "인텔")],
    ),
    "a list of objects": (
        "바이트댄스는 H20과 H100, 블랙웰을 구매했다.",
        [("바이트댄스", "purchases", o) for o in ("H20", "H100", "Blackwell")],
    ),
    "such companies as": (
        "구글 등 글로벌 기업들이 블랙웰을 도입했다.",
        [("구글", "uses", "Blackwell")],
    ),
    "such and an adjective": (
        "리벨리온은 삼성전자 등 유명한 제조사와 제휴했다.",
        [("리벨리온", "partnersWith", "삼성전자")],
    ),
    "passive with its agent": (
        "Run:ai는 엔비디아에 의해 인수됐다.",
        [("엔비디아", "acquires", "Run:ai")],
    ),
    "passive of somebody's thing": (
        "문샷AI의 Kimi K2가 16일 공개됐다.",
        [("문샷AI", "releases", "Kimi K2")],
    ),
    "receiving": (
        "xAI는 엔비디아로부터 투자를 유치했다.",
        [("엔비디아", "investsIn", "xAI")],
    ),
    "a relative clause leaves its object": (
        "딥시크가 공개한 DeepSeek-V3는 화제다.",
        [("DeepSeek", "releases", "DeepSeek-V3")],
    ),
    "a relative clause leaves the main subject alone": (
        "구글이 번역에 특화된 제미나이를 공개했다.",
        [("구글", "releases", "Gemini")],
    ),
    "a relative clause with an object of its own": (
        "메타가 성능을 높인 라마를 선보였다.",
        [("메타", "releases", "Llama")],
    ),
    "a clause that completes a noun": (
        "마이크로소프트가 제미나이를 쓸 권리를 얻었다.",
        [("마이크로소프트", "uses", "Gemini")],
    ),
    "a verb of making after a relative clause": (
        "오픈AI는 짧은 영화를 만드는 소라를 공개했다.",
        [("OpenAI", "releases", "Sora")],
    ),
    "nominalisation with its target": (
        "Anthropic에 대한 아마존의 투자가 늘었다.",
        [("아마존", "investsIn", "Anthropic")],
    ),
    "nominalisation with its partner": (
        "마벨은 AWS와의 5년 계약을 유지한다.",
        [("마벨", "partnersWith", "AWS")],
    ),
    "partners of a noun": (
        "카카오와 OpenAI의 제휴가 시작됐다.",
        [("카카오", "partnersWith", "OpenAI")],
    ),
    "headline without particles": (
        "SK하이닉스, 엔비디아에 HBM4 공급 개시",
        [("SK하이닉스", "supplies", "엔비디아")],
    ),
    "headline of a plan": ("퀄컴, 인텔 인수 추진", [("퀄컴", "acquires", "인텔")]),
    "headline with a manner": ("메타, 라마 4 무료로 공개", [("메타", "releases", "Llama 4")]),
    "a noun under way": ("삼성전자는 HBM4 양산을 추진 중이다.", [("삼성전자", "produces", "HBM4")]),
    "a label in brackets": (
        "(반도체) SK하이닉스는 HBM4를 양산한다.",
        [("SK하이닉스", "produces", "HBM4")],
    ),
    "also as a topic": ("마이크론 역시 HBM4를 양산한다.", [("마이크론", "produces", "HBM4")]),
    "comparison": ("블랙웰은 호퍼보다 빠르다.", [("Blackwell", "competesWith", "Hopper")]),
    "the pair of the sentence before": (
        "구글과 인텔이 만났다. 양사는 업무협약을 맺었다.",
        [("구글", "partnersWith", "인텔")],
    ),
    "the company of the sentence before": (
        "마이크론은 실적을 냈다. 이 회사는 HBM4를 양산한다.",
        [("마이크론", "produces", "HBM4")],
    ),
    "a subject dropped in the next sentence": (
        "마이크론은 실적을 냈다. 내년에는 HBM4를 양산한다.",
        [("마이크론", "produces", "HBM4")],
    ),
    "those acting against": (
        "중국은 엔비디아를 상대로 조사를 벌였다.",
        [("중국", "regulates", "엔비디아")],
    ),
    "who acts together": (
        "애플이 브로드컴과 함께 발트라를 개발한다.",
        [("애플", "partnersWith", "브로드컴"), ("애플", "develops", "Baltra")],
    ),
    "a thing that uses another": (
        "엔비디아는 RTX 5090에 GDDR7을 탑재했다.",
        [("엔비디아", "uses", "GDDR7"), ("RTX 5090", "uses", "GDDR7")],
    ),
}

STANDINGS = [
    ("삼성전자가 공개할 갤럭시 S25는 얇다.", ("삼성전자", "releases", "갤럭시 S25"), "plan"),
    ("퀄컴이 인텔을 인수한다는 보도가 나왔다.", ("퀄컴", "acquires", "인텔"), "rumour"),
    ("퀄컴이 인텔을 인수한다는 보도는 사실이 아니다.", ("퀄컴", "acquires", "인텔"), "denied"),
    ("퀄컴은 인텔을 인수하지 않았다.", ("퀄컴", "acquires", "인텔"), "denied"),
    ("메타는 라마를 공개하면서 사용법도 알렸다.", ("메타", "releases", "Llama"), "fact"),
    ("SK하이닉스는 HBM4를 양산할 예정이다.", ("SK하이닉스", "produces", "HBM4"), "plan"),
]

NOTHING = [
    "구글이 인텔을 인수할 경우 시장이 바뀐다.",
    "구글이 인텔을 인수할까?",
    "엔비디아와 AMD가 함께 올랐다.",
    "마이크론은 실적을 냈다. 인텔을 산 회사로 유명하다.",
]


def _claims(tmp_path: Path, text: str) -> tuple[Claim, ...]:
    path = tmp_path / "brief.md"
    path.write_text(text, encoding="utf-8")
    return extract(read(path, date=dt.date(2025, 3, 10))).claims


def _triples(claims: tuple[Claim, ...]) -> dict[tuple[str, str, str | None], Claim]:
    return {(c.subject.label, c.predicate, c.object.label if c.object else None): c for c in claims}


@pytest.mark.parametrize("name", CONSTRUCTIONS)
def test_constructions(tmp_path: Path, name: str) -> None:
    text, expected = CONSTRUCTIONS[name]
    found = _triples(_claims(tmp_path, text))
    assert set(expected) <= set(found), found.keys()


@pytest.mark.parametrize(("text", "triple", "modality"), STANDINGS)
def test_how_sure_a_clause_is(
    tmp_path: Path, text: str, triple: tuple[str, str, str], modality: str
) -> None:
    found = _triples(_claims(tmp_path, text))
    assert found[triple].modality == modality


@pytest.mark.parametrize("text", NOTHING)
def test_what_claims_no_relation(tmp_path: Path, text: str) -> None:
    assert [c for c in _claims(tmp_path, text) if c.object] == []


def test_each_conjunct_has_its_own_quantity_and_quote(tmp_path: Path) -> None:
    text = "마이크로소프트는 호퍼를 48만 개, 메타는 22만 개 구매했다."
    found = _triples(_claims(tmp_path, text))
    quantities = {
        who: found[who, "purchases", "Hopper"].qualifiers["quantity"]
        for who in ("마이크로소프트", "메타")
    }
    assert quantities == {"마이크로소프트": "48만 개", "메타": "22만 개"}
    assert found["메타", "purchases", "Hopper"].evidence.quote == "메타는 22만 개 구매했다"


def test_quantities_in_brackets_belong_to_the_name_before_them(tmp_path: Path) -> None:
    found = _triples(_claims(tmp_path, "메타(22만 개)와 구글(16만 개)은 호퍼를 구매했다."))
    assert found["메타", "purchases", "Hopper"].qualifiers["quantity"] == "22만 개"
    assert found["구글", "purchases", "Hopper"].qualifiers["quantity"] == "16만 개"


def test_a_heading_is_the_topic_of_the_bullets_below_it(tmp_path: Path) -> None:
    text = "# 브리프\n\n## 1. 마이크론 (MU)\n\n- HBM4 양산 시작\n- 인텔과 제휴\n\n## 2. 전망\n\n- HBM4 양산 시작\n"
    found = [
        (c.subject.label, c.predicate, c.object.label if c.object else None)
        for c in _claims(tmp_path, text)
    ]
    assert found.count(("마이크론", "produces", "HBM4")) == 1
    assert ("마이크론", "partnersWith", "인텔") in found


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("2. AMD (AMD)", True),
        ("AMD, 새 칩 공개", True),
        ("AMD: 추격자", True),
        ("AMD와 경쟁", False),
        ("다시 보는 AMD", True),
    ],
)
def test_which_headings_name_their_topic(text: str, leads: bool) -> None:
    amd = Entity("amd", "Company", "AMD")
    start = text.index("AMD")
    assert heading_topic(text, [(amd, start, start + 3)]) == (amd if leads else None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("가나랩의 새 비서 앱 ‘Norva Desk’", "Norva Desk"),
        ("온마루 Norva Desk 공개", "Norva Desk"),
        ("하노이 스타트업 가나랩, 시리즈 A 마쳐", "가나랩"),
        ("세밑에 만난 가나랩, 다시 달린다", None),
        ("가나랩의 Norva Desk 판매 부진", "가나랩"),
    ],
)
def test_whom_a_heading_leads_up_to(text: str, told: str | None) -> None:
    known = (Entity("firm", "Company", "가나랩"), Entity("thing", "Software", "Norva Desk"))
    spans = ((e, text.find(e.label)) for e in known)
    named = [(e, at, at + len(e.label)) for e, at in spans if at >= 0]
    topic = heading_topic(text, named)
    assert (topic.label if topic else None) == told


def test_a_parse_gives_phrases_their_case() -> None:
    text = "구글은 인텔을 상대로 칩을 무료로 공급한다."
    named: list[tuple[Entity, int, int]] = []
    parsed = parse(text, next(analyse([text], [named])))
    cases = {text[p.start : p.end]: p.case for p in parsed.phrases}
    assert cases["구글"] == "topic"
    assert cases["인텔"] == "to"
    assert cases["칩"] == "object"
    assert [c.lemma for c in parsed.clauses] == ["공급"]


def test_every_predicate_has_a_frame_or_a_pattern() -> None:
    told = {f.predicate for f in load_frames().frames} | {p.predicate for p in load_patterns()}
    assert set(PREDICATES) - MEASURED <= told


@pytest.mark.parametrize("frame", load_frames().frames, ids=lambda f: f.predicate)
def test_every_frame_has_examples_and_a_counterexample(frame: object) -> None:
    examples, never = getattr(frame, "examples"), getattr(frame, "never")  # noqa: B009 - frames of several types
    assert len([e for e in examples if e["claims"]]) >= 2
    assert never


def test_a_stake_is_kept_with_the_investment(tmp_path: Path) -> None:
    found = _triples(_claims(tmp_path, "엔비디아가 인텔의 지분 4%를 확보했다."))
    assert found["엔비디아", "investsIn", "인텔"].qualifiers["stake"] == "4%"


def test_a_verb_said_again_keeps_its_target_and_has_its_own_amount(tmp_path: Path) -> None:
    text = "구글은 Anthropic에 20억 달러를 투자했으며 15억 달러를 더 투자할 방침"
    amounts = {
        c.qualifiers["amount"]: c.modality
        for c in _claims(tmp_path, text)
        if c.predicate == "investsIn" and c.object and c.object.label == "Anthropic"
    }
    assert amounts == {"20억 달러": "fact", "15억 달러": "plan"}


def test_a_noun_may_end_a_clause_like_a_verb(tmp_path: Path) -> None:
    text = "메타는 라마를 공개, 구글은 새 데이터센터를 착공"
    found = _triples(_claims(tmp_path, text))
    assert ("메타", "releases", "Llama") in found
    assert ("구글", "builds", "구글 데이터센터") in found
    assert ("구글", "releases", "Llama") not in found


def test_who_undergoes_a_noun_does_not_do_it(tmp_path: Path) -> None:
    found = _triples(_claims(tmp_path, "구글은 인텔 투자를 받았다. 엔비디아는 AMD 조사를 받았다."))
    assert not {(s, p) for s, p, _ in found} & {("구글", "investsIn"), ("엔비디아", "regulates")}
