"""Unknown names told by what is done with them: "도단(Dodan)을 고안", "NARUlong 과제에서 … 점".

An outlet is told by what it reports ("칼디온은 30일 … 공개했다고 보도했다"). The words are
``told_names.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of, holds_any
from extractors.language.words import is_common, is_inflected, is_listed, is_unseen, sounds_like
from extractors.lexicon.name_index import fold
from extractors.names.descriptions import is_agents, is_nobody, kinds_of_noun
from extractors.names.name_patterns import Hint, patterns
from extractors.sparing import sparing
from extractors.word_lists import Worded, filled, inverted, load_words

_WORDS = "names/told_names.yaml"
_GLOSSED = r"(?P<name>[가-힣]{2,10}(?:\s[가-힣]{2,8})?)\s?\((?P<en>[A-Z][A-Za-z0-9 \-]{2,28})\)"
_MIXED = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]|[A-Za-z]-[A-Za-z0-9]|[A-Za-z]\d")
_DEVICE = Worded(_WORDS, r"{devices}\s(?:[‘“'\"])?$")
_TEST_GLOSSED = sparing(
    r"[가-힣]\s?\((?P<name>[A-Z][A-Za-z0-9]*(?:[.\-][A-Za-z0-9]+)*(?:\s[A-Z][A-Za-z0-9\-]+){0,2})\)"
    r"(?:은|는|이|가|에서|에서는)?\s\d{1,4}(?:\.\d+)?점"
)
"""A test in brackets behind what it tests, before a score: "장문 이해(NARU-LR) 94.4점"."""
_AMONG = ("비롯한 ", "포함한 ", "속한 ", "포함된 ", " 등 ")
_SYLLABLES = 4
"""From so many on, a compound of common nouns may be an outlet's name."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The words of ``told_names.yaml``, and the patterns built of them."""

    glossed: re.Pattern[str]
    devised: frozenset[str]
    tested: re.Pattern[str]
    tests: tuple[str, ...]
    outlet: re.Pattern[str]
    story: re.Pattern[str]
    among: re.Pattern[str]
    kinds: Mapping[str, str]
    reporting: tuple[str, ...]
    no_outlets: frozenset[str]


@lru_cache(maxsize=1)
def load_telling() -> Telling:
    """Load and compile the words once a process."""
    data = load_words("names/told_names.yaml")
    deeds = any_of((*data["devised"], *data["made"]))
    kinds = inverted(data["among"])
    tests, scores = any_of(data["tests"]), any_of(data["scores"])
    return filled(
        Telling,
        data,
        glossed=sparing(
            rf"(?<![가-힣A-Za-z]){_GLOSSED}[’”'\"]?(?:을|를)\s(?:[^\s,.]+\s){{0,3}}?(?P<deed>{deeds})"
        ),
        tested=re.compile(
            r"(?<![A-Za-z.\-])(?P<name>[A-Z][A-Za-z0-9]*(?:[\-][A-Za-z0-9]+)*)\s"
            rf"{tests}(?:에서|에서는|에서도)\s[^.]{{0,50}}?{scores}"
        ),
        outlet=re.compile(
            r"^\W*(?P<name>[가-힣]{3,8}?)(?:은|는)\s(?:(?:지난|현지시간)\s)?"
            rf"(?:\d{{1,2}}일|최근|이날)(?:\([^()]*\))?\s.*(?:다고|라고)\s{any_of(data['reporting'])}"
        ),
        story=sparing(
            r"(?:다는|라는)\s(?P<name>[A-Z][A-Za-z0-9]+(?:\s[A-Z][A-Za-z]+)?)\s"
            rf"{any_of(data['stories'])}(?:가|이|는|은|도|를|을|에|로|에서)(?![가-힣])"
        ),
        among=re.compile(
            r"(?<![가-힣A-Za-z])(?P<name>[가-힣A-Za-z][가-힣A-Za-z0-9&]{1,11}?)(?:\((?P<en>[A-Z][^()]{1,24})\))?"
            r"(?:(?:을|를)\s(?:비롯한|포함한)|(?:이|가)\s(?:속한|포함된)|\s등)\s(?:[가-힣]{1,6}\s){0,2}?"
            rf"(?:\d+(?:여\s?)?(?:개|곳)의?\s?)?[가-힣]{{0,4}}?(?P<kind>{any_of(kinds)})(?:들|[은는이가을를의와과에도]|,|\s)"
        ),
        kinds=kinds,
    )


def told_names(text: str) -> Iterator[Hint]:
    """Yield the names that a sentence tells by what is done with them, or by them."""
    if "(" in text:
        yield from _glossed(text)
    words = load_telling()
    for match in words.tested.finditer(text) if holds_any(text, words.tests) else ():
        if _MIXED.search(match["name"]) and fold(match["name"]) not in patterns().stop:
            yield Hint(match["name"], "Benchmark", True)
    for match in _TEST_GLOSSED.finditer(text) if "점" in text else ():
        if fold(match["name"]) not in patterns().stop:
            yield Hint(match["name"], "Benchmark", True)
    told = words.outlet.match(text) if holds_any(text, words.reporting) else None
    if told is not None and _is_outlet(told["name"]):
        yield Hint(told["name"], "Organization", True)
    if holds_any(text, _AMONG):
        yield from _among(text)
    for match in words.story.finditer(text) if "는 " in text else ():
        if fold(match["name"]) not in patterns().stop:
            yield Hint(match["name"], "Organization", True)


def _glossed(text: str) -> Iterator[Hint]:
    """Take what is devised or made with its spelling, of as many words as that."""
    words = load_telling()
    for match in words.glossed.finditer(text):
        name = _of_as_many_words(match["name"], match["en"])
        usual = is_listed(name) or name in patterns().loanwords or match["en"].isupper()
        if usual or not sounds_like(name.replace(" ", ""), match["en"]):
            continue
        before = text[: match.end("name") - len(name)]
        if match["deed"] in words.devised:
            yield Hint(name, "Technology", True)
        elif _DEVICE.search(before):
            yield Hint(name, "Product", True)


def _among(text: str) -> Iterator[Hint]:
    """Take one of several of a kind: "가나를 비롯한 기업들", "다라은행 등 6개 국유은행"."""
    words = load_telling()
    for match in words.among.finditer(text):
        name, kind = match["name"], match["kind"]
        if fold(name) in patterns().stop or is_listed(name) or name.isascii():
            continue
        spelt = match["en"] is not None and sounds_like(name, match["en"])
        ends_so = name.endswith(kind) and len(name) > len(kind) + 1
        if spelt or ends_so or (is_unseen(name) and len(name) > 2):
            yield Hint(name, words.kinds[kind], True)


def _of_as_many_words(name: str, spelling: str) -> str:
    """Leave the noun before a name out: "손목 기기 도란밴드(Doran Band)"."""
    words = name.split()[-len(spelling.split()) :]
    return " ".join(words[1:] if len(words) > 1 and is_common(words[0]) else words)


def _is_outlet(name: str) -> bool:
    """Tell the name of an outlet from a noun for anybody who may say something."""
    p = patterns()
    kinds = (*load_telling().no_outlets, *p.introducing, *p.titles)
    if name.endswith(kinds) or kinds_of_noun(name) or is_nobody(name) or is_agents(name):
        return False
    compound = is_common(name) and not is_listed(name) and len(name) >= _SYLLABLES
    return is_unseen(name) or (compound and not is_inflected(name))
