"""Unknown names told by shape, context and ending: the examples beside the words."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.lexicon.store import load_lexicon
from extractors.names.korean_firms import korean_firms
from extractors.names.latin_names import backers, latin_names
from extractors.names.latin_people import latin_people
from extractors.names.names import Names
from extractors.names.names_by_kind import names_by_kind
from extractors.names.shaped_names import shaped_names
from extractors.names.variants import next_versions
from extractors.word_lists import load_words

_PLACES = {"서울": "Place"}


def _text(example: dict[str, Any]) -> str:
    return str(example["text"])


@pytest.mark.parametrize("example", load_words("names/latin_names.yaml")["examples"], ids=_text)
def test_context_tells_latin_names(example: dict[str, Any]) -> None:
    assert [[h.name, h.cls] for h in latin_names(example["text"], {}.get)] == example["names"]


@pytest.mark.parametrize(
    "example", load_words("names/latin_names.yaml")["backing_examples"], ids=_text
)
def test_who_is_listed_among_backers(example: dict[str, Any]) -> None:
    assert [[h.name, h.cls] for h in backers(example["text"])] == example["names"]


@pytest.mark.parametrize("text", load_words("names/latin_names.yaml")["backing_never"])
def test_terms_are_no_backers(text: str) -> None:
    assert list(backers(text)) == []


@pytest.mark.parametrize("text", load_words("names/latin_names.yaml")["never"])
def test_terms_in_capitals_name_nothing(text: str) -> None:
    assert list(latin_names(text, {}.get)) == []


@pytest.mark.parametrize("example", load_words("names/firms.yaml")["examples"], ids=_text)
def test_context_tells_korean_firms(example: dict[str, Any]) -> None:
    assert [h.name for h in korean_firms(example["text"])] == example["names"]


@pytest.mark.parametrize("text", load_words("names/firms.yaml")["never"])
def test_korean_words_that_are_no_firms(text: str) -> None:
    assert list(korean_firms(text)) == []


@pytest.mark.parametrize("example", load_words("names/shaped_names.yaml")["examples"], ids=_text)
def test_shapes_tell_names(example: dict[str, Any]) -> None:
    assert [[h.name, h.cls] for h in shaped_names(example["text"], {}.get)] == example["names"]


@pytest.mark.parametrize("text", load_words("names/shaped_names.yaml")["never"])
def test_what_only_has_the_shape(text: str) -> None:
    assert list(shaped_names(text, {}.get)) == []


@pytest.mark.parametrize("example", load_words("names/names_by_kind.yaml")["examples"], ids=_text)
def test_last_words_tell_names(example: dict[str, Any]) -> None:
    assert [[h.name, h.cls] for h in names_by_kind(example["text"], {}.get)] == example["names"]


@pytest.mark.parametrize("text", load_words("names/names_by_kind.yaml")["never"])
def test_common_nouns_only_describe(text: str) -> None:
    assert list(names_by_kind(text, _PLACES.get)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kelvane CEO Aren Brox는 말했다.", [("Aren Brox", "Person"), ("Kelvane", "Company")]),
        ("— Aren Brox, Kelvane CEO", [("Aren Brox", "Person"), ("Kelvane", "Company")]),
    ],
)
def test_titles_tell_people_and_firms(text: str, told: list[tuple[str, str]]) -> None:
    assert list(dict.fromkeys((h.name, h.cls) for h in latin_people(text))) == told


def test_versions_go_on_without_their_family() -> None:
    text = "Gana 3.6 Flash·3.5 Flash-Lite·3.5 Flash Mini를 공개했다."
    whole = [name for name, _ in next_versions(text, 0, 14)]
    assert whole == ["Gana 3.5 Flash-Lite", "Gana 3.5 Flash Mini"]


def test_a_version_is_found_by_its_short_name() -> None:
    text = "구글이 Gemini 7.9 Flash를 공개했다. 7.9 Flash는 코파일럿에도 추가됐다."
    found = Names(load_lexicon(), [text]).find(text)
    assert "7.9 Flash" in [text[start:end] for _, start, end in found]


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("Gana Works (비상장)", "Gana Works", "Company"),
        ("Gana Works의 물류 로봇 ‘Hauler 7’이 공개됐다.", "Gana Works", "Company"),
        ("코히어의 ‘Gana Mini’는 기존 모델보다 12배 빠르다.", "Gana Mini", "Model"),
        ("퀄컴은 Snapdragon Z7 Elite를 공개했다.", "Snapdragon Z7 Elite", "Chip"),
        ("퀄컴은 스냅드래곤 Z7 엘리트를 공개했다.", "Snapdragon Z7 Elite", "Chip"),
    ],
)
def test_status_makers_and_codes_tell_names(text: str, name: str, cls: str) -> None:
    found = Names(load_lexicon(), [text]).find(text)
    assert (name, cls) in [(entity.label, entity.cls) for entity, *_ in found]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("구글은 제미나이 7.5 Pro를 공개했다.", "Gemini 7.5 Pro"),
        ("구글은 제미니 7을 공개했다.", "Gemini 7"),
        ("‘클로드 7 소네트 싱킹(61점)’이 앞섰다.", "Claude 7 Sonnet Thinking"),
        ("가장 작은 'GPT-9 로우(low)'가 나왔다.", "GPT-9 low"),
        ("오픈AI의 'GPT-o9 Pro'(79점)도 상위권이다.", "GPT-o9 Pro"),
        ("알리바바는 큐원 9 235B를 공개했다.", "Qwen 9 235B"),
    ],
)
def test_versions_are_called_as_their_family_is(text: str, label: str) -> None:
    names = Names(load_lexicon(), [text])
    assert label in [entity.label for entity, _, _ in names.find(text)]


def test_two_spellings_of_a_version_are_one() -> None:
    texts = ["앤스로픽은 클로드 오푸스 7.2를 냈다.", "Claude Opus 7.2는 빠르다."]
    names = Names(load_lexicon(), texts)
    (first,) = [e.id for e, _, _ in names.find(texts[0]) if e.cls == "Model"]
    assert [e.id for e, _, _ in names.find(texts[1])] == [first]
