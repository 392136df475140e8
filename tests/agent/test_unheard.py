"""Names that no report mentions, and such as it spells otherwise."""

from __future__ import annotations

import pytest

from agent.replies.unheard import _sounds_in, unheard

REPORT = """# 칩 브리핑

2025년 3월 3일 · 예시리서치

## 1. 엔비디아

엔비디아는 GB300의 출하를 2025년 하반기에 시작한다. 엔비디아의 루빈은 HBM4를 탑재한다.

세레브라스(Cerebras)는 웨이퍼 크기의 칩 WSE-3를 공급한다. 텐스토렌트는 그레이스컬을 판매한다.

## 2. 모델

앤트로픽은 Claude 3.5 Sonnet을 공개했다. 미스트랄은 Codestral 2501을 출시했다.

한빛로보틱스의 새 로봇은 라온2다. 추론 반도체 매출이 늘었다. Skylattice는 시리즈B로 2억 달러를 유치했다. 리벨리온은 연내 상장을 추진한다.
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


def missing(answerer, text):
    return unheard(text, answerer, frozenset(r.id for r in answerer.generation.reports))[1]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("엔비디아 GB500은 언제 출하되나?", ("GB500",)),
        ("엔비디아 gb500은 언제 나와?", ("gb500",)),
        ("GB30은 언제 나오나?", ("GB30",)),
        ("앤트로픽의 Claude 9는 언제 나오나?", ("Claude 9",)),
        ("엔비디아 가람칩은 어디서 만드나?", ("가람칩",)),
        ("엔비디아 GB500과 앤트로픽 QX-7 중 더 비싼 것은?", ("GB500", "QX-7")),
        ("엔비디아 Feynman의 메모리는?", ("Feynman",)),
        ("하늘반도체의 기업가치는?", ("하늘반도체",)),
        ("레이 도미오는 뭐라고 했어?", ("레이 도미오",)),
        ("업계는 어떻게 전망해?", ()),
        ("도란칩의 매출은?", ("도란칩",)),
        ("G램 점유율 1위는?", ("G램",)),
        ("도란칩의 3분기 매출은?", ("도란칩",)),
        ("팹리스의 매출은?", ()),
        ("칩이 줄었다는 소문에 도미오는 뭐라고 했어?", ("도미오",)),
        ("새털클라우드 매출은 얼마야?", ("새털클라우드",)),
        ("하늘반도체와 협력하는 회사는?", ("하늘반도체",)),
        ("가온AI의 CEO는 누구야?", ("가온AI",)),
        ("미랑파운드리에서 누가 만들어?", ("미랑파운드리",)),
        ("When does Nvidia ship GB500?", ("GB500",)),
    ],
)
def test_what_stands_nowhere_is_named(reports, question, names):
    assert missing(reports, question) == names


@pytest.mark.parametrize(
    "question",
    [
        "엔비디아 GB300은 언제 출하되나?",
        "엔비디아 gb-300은 언제 출하되나?",
        "엔비디아 GB 300의 출하 시점은?",
        "WSE3는 누가 공급하나?",
        "Cerebras의 칩은?",
        "Codestral은 누가 출시했나?",
        "엔비디아 Rubin의 메모리는?",
        "Grayskull은 누가 판매하나?",
        "한빛로보틱스 라온 2는 언제 나오나?",
        "Skylattice 시리즈B를 주도한 곳은?",
        "엔비디아코리아의 매출은?",
        "리벨리온 IPO는 언제야?",
        "엔비디아의 3분기 매출은?",
        "엔비디아의 온디바이스 전략은?",
        "국내 반도체 매출은?",
        "추론반도체 매출은?",
        "경쟁업체는 누구야?",
        "생성AI를 쓰는 회사는?",
        "앤트로픽은 어떤 모델을 냈나?",
        "What did Nvidia say about Q3 2025?",
    ],
)
def test_what_is_spelt_otherwise_or_is_no_name_is_not(reports, question):
    assert missing(reports, question) == ()


def test_the_answer_says_which_name_it_does_not_know(reports):
    answer = reports.ask("엔비디아 GB500은 언제 출하되나?")
    assert answer.abstained
    first, *rest = answer.sentences
    assert "‘GB500’이 나오지 않아" in first
    assert any("GB300" in sentence for sentence in rest)


def test_a_known_product_is_still_answered_for(reports):
    answer = reports.ask("엔비디아 GB300은 언제 출하되나?")
    assert not answer.abstained
    assert "2025년 하반기" in answer.text


def test_a_slip_of_the_pen_is_put_right(reports):
    everything = frozenset(r.id for r in reports.generation.reports)
    text, names = unheard("세래브라스는 무엇을 공급하나?", reports, everything)
    assert text.startswith("세레브라스는")
    assert names == ()


def test_a_name_in_the_other_script_is_put_as_known(reports):
    everything = frozenset(r.id for r in reports.generation.reports)
    text, names = unheard("스카이래티스는 얼마를 유치했나?", reports, everything)
    assert text.startswith("Skylattice")
    assert names == ()


def test_a_name_of_another_report_is_none_of_this_one(written_reports):
    answerer = written_reports(REPORT, REPORT.replace("GB300", "GB200").replace("3일", "10일"))
    assert answerer.ask("엔비디아 GB200은 언제 출하되나?", report="brief-1").abstained
    assert not answerer.ask("엔비디아 GB200은 언제 출하되나?", report="brief-2").abstained


@pytest.mark.parametrize(
    ("name", "passage", "printed"),
    [
        ("클로드 소넷 5", "이날 Claude Sonnet 5가 나왔다.", "Claude Sonnet 5"),
        ("클로드 소넷 5", "이날 Claude Sonnet 4.6이 나왔다.", None),
    ],
)
def test_a_name_of_several_words_sounds_word_by_word(name, passage, printed):
    assert _sounds_in(name, passage) == printed
