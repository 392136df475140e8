from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.lexicon.name_index import NameIndex, fold
from extractors.lexicon.store import load_lexicon
from extractors.names.names import Names
from kg.claim import entity_id


def _printed(text: str) -> list[tuple[str, str]]:
    names = Names(load_lexicon(), [text])
    return [(text[start:end], entity.cls) for entity, start, end in names.find(text)]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("엔비디아와 삼성전자는 협력한다.", ["엔비디아", "삼성전자"]),
        ("SK 하이닉스가 엔비디아향 공급을 늘렸다.", ["SK 하이닉스", "엔비디아"]),
        ("DeepSeek V3와 DeepSeek-V3는 같다.", ["DeepSeek V3", "DeepSeek-V3"]),
        ("구글에서는 새 제품을 냈다.", ["구글"]),
        ("신엔비디아관을 열었다.", []),
        ("글로벌 파운드리 기업들과 글로벌파운드리가 만났다.", ["파운드리", "글로벌파운드리"]),
    ],
)
def test_known_names_end_before_particles(text: str, printed: list[str]) -> None:
    assert [name for name, _ in _printed(text)] == printed


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("칼디온이라는 스타트업이 주목받았다.", "칼디온", "Company"),
        ("미국 스타트업 Zyntrex는 투자를 받았다.", "Zyntrex", "Company"),
        ("이 회사의 최고경영자 Mara Lindqvist는 떠났다.", "Mara Lindqvist", "Person"),
        ("공동 창업자인 박태윤(Park Taeyun)이 밝혔다.", "박태윤", "Person"),
        ("Zenobench 벤치마크에서 1위를 했다.", "Zenobench", "Benchmark"),
        ("새 모델 ‘가온빛-2’라는 모델이 나왔다.", "가온빛-2", "Model"),
        ("QUBRIX社는 장비를 만든다.", "QUBRIX", "Company"),
    ],
)
def test_unknown_names_are_classed_by_evidence(text: str, name: str, cls: str) -> None:
    assert (name, cls) in _printed(text)


@pytest.mark.parametrize(
    "text",
    [
        "공동 창업자 회의가 열렸다.",
        "AI 기업이 늘었다.",
        "GPU 가속기 수요가 많다.",
        "전문 연구원 채용",
    ],
)
def test_common_nouns_are_no_people_or_companies(text: str) -> None:
    assert not [n for n in _printed(text) if n[1] in ("Person", "Company")]


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        (
            "다섯 곳이 '오픈 새벽 AI 얼라이언스'에 합류했다.",
            "오픈 새벽 AI 얼라이언스",
            "Organization",
        ),
        ("xAI는 그록 7.4를 준비한다.", "그록 7.4", "Model"),
        ("xAI가 Grok Harbor를 내놨다.", "Grok Harbor", "Model"),
        ("교사를 위한 ChatGPT Garden이 나왔다.", "ChatGPT Garden", "Software"),
        ("GPT-Breeze-3을 공개하며 음성을 더했다.", "GPT-Breeze-3", "Model"),
        ("알리바바 큐원 8.2 맥스가 공개됐다.", "알리바바 큐원 8.2 맥스", "Model"),
        ("오픈AI의 코덱스 미니 7을 써 봤다.", "코덱스 미니 7", "Software"),
        ("애플의 아이패드 울트라가 나왔다.", "아이패드 울트라", "Product"),
    ],
)
def test_a_known_name_does_not_stand_for_a_longer_one(text: str, name: str, cls: str) -> None:
    assert (name, cls) in _printed(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("이들은 '확산하는 AI 얼라이언스'라고 불렀다.", "AI 얼라이언스"),
        ("구글은 '안전한 제미나이'를 강조했다.", "제미나이"),
        ("The Grok Team wrote it. 그록은 xAI의 모델이다.", "Grok"),
        ("Gemini API를 열었다.", "Gemini"),
        ("Snapdragon Summit에서 신제품이 나왔다.", "Snapdragon"),
    ],
)
def test_words_around_a_known_name_are_no_part_of_it(text: str, name: str) -> None:
    assert name in [printed for printed, _ in _printed(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("미국 자회사 나래온 월즈가 게임을 만들었다.", {"미국", "나래온 월즈"}),
        ("바다 어드벤처 게임 ‘바다숲’이 나왔다.", {"바다숲"}),
        ("전력 기업 란시온과 손잡았다. 란시온은 상장사다.", {"란시온"}),
        ("한빛칩스의 multiple spread는 좁아졌다.", {"한빛칩스"}),
        ("유엔 본부에 나다라 대표이사가 섰다.", {"유엔", "나다라"}),
    ],
)
def test_names_are_neither_cut_nor_run_on(text: str, names: set[str]) -> None:
    assert {name for name, _ in _printed(text)} == names


def test_a_place_is_no_version() -> None:
    assert [name for name, _ in _printed("HBM 3위지만")] == ["HBM"]
    assert [name for name, _ in _printed("HBM 3는 위에")] == ["HBM 3"]


def test_a_version_behind_its_maker_is_the_version() -> None:
    names = Names(load_lexicon(), ["알리바바 큐원 8.2가 나왔다.", "큐원 8.2는 빠르다."])
    first, second = (names.find(text)[0][0] for text in ("알리바바 큐원 8.2가", "큐원 8.2는"))
    assert first is second


def test_a_surname_alone_is_the_person_named_in_full() -> None:
    names = Names(load_lexicon(), ["연구원 Mara Lindqvist는 말했다.", "Lindqvist는 떠났다."])
    [(entity, _, _)] = names.find("Lindqvist는 떠났다.")
    assert entity.label == "Mara Lindqvist"


def test_the_same_new_name_has_the_same_id_in_every_report() -> None:
    first = Names(load_lexicon(), ["미국 스타트업 Zyntrex는 컸다."]).resolve("Zyntrex")
    second = Names(load_lexicon(), ["Zyntrex라는 기업이다."]).resolve("zyntrex")
    assert first.id == second.id == entity_id("Zyntrex")


def test_resolve_makes_an_entity_of_the_expected_class_once() -> None:
    names = Names(load_lexicon())
    made = names.resolve("가람칩 X1", None, ("Chip", "Product"))
    assert (made.cls, made.label) == ("Chip", "가람칩 X1")
    assert names.resolve("가람칩X1", None, ("Chip",)) is made
    assert [e.id for e, _, _ in names.find("가람칩 X1은 빠르다")] == [made.id]


def test_new_names_of_one_report_do_not_leak_into_another() -> None:
    Names(load_lexicon(), ["칼디온이라는 스타트업이다."])
    assert Names(load_lexicon()).find("칼디온은 컸다.") == []


@given(st.text(alphabet="가나은는이 AaB1-.·’\n", min_size=1, max_size=12))
def test_folding_ignores_spaces_hyphens_and_case(name: str) -> None:
    key = fold(name)
    index = NameIndex([(name, "x")])
    assert fold(name.upper()) == key
    assert [t for t, _ in index.get(f" {name}-")] == (["x"] if key else [])


def test_a_name_of_one_letter_is_found_before_another_and_at_the_end() -> None:
    index = NameIndex([("美", "us"), ("美 나스닥", "nasdaq")])
    found = [[(start, end) for start, end, _ in at] for at in index.candidates("美 나스닥, 美")]
    assert found == [[(0, 5), (0, 1)], [(7, 8)]]


def test_a_text_is_looked_at_again_when_a_name_in_it_was_added() -> None:
    names = Names(load_lexicon(), [])
    text = "칼디온테크가 새 공장을 지었다"
    assert not names.find(text)
    names.resolve("칼디온테크", None, "Company")
    assert [entity.label for entity, _, _ in names.find(text)] == ["칼디온테크"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CUDA-compatible 도구를 막았다.", []),
        ("Arm-based 서버를 냈다.", []),
        ("CUDA-X 도구를 냈다.", ["CUDA"]),
        ("Arm은 서버를 냈다.", ["Arm"]),
    ],
)
def test_what_is_only_with_a_thing_is_not_named(text: str, found: list[str]) -> None:
    assert [entity.label for entity, *_ in Names(load_lexicon()).find(text)] == found
