"""Unknown names as blogs, lectures and newsletters explain them.

What a thing is said to be tells its class: "Nimbora는 … 프레임워크입니다", "검색 엔진으로
Quellix를 쓴다", "오늘 소개할 도구는 Tolmark입니다". A Latin name of mixed letters needs no
more than that it is used. The words are ``explained.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of, holds_any, opening
from extractors.language.words import is_common, is_listed, is_unseen
from extractors.lexicon.name_index import fold
from extractors.names.descriptions import kinds_of_noun
from extractors.names.name_patterns import LATIN, Hint, patterns
from extractors.sparing import sparing
from extractors.word_lists import filled, inverted, load_words, words_in

_WORDS = "names/explained.yaml"
_COPULA = (
    r"(?:(?:입니다|이에요|예요|이예요|이다|다|이며|며|이고|고|이자|자|이죠|죠|임|이었|였|인데|이라고|라고)"
    r"(?=[.,!?]|\s|$)|(?:이었|였)[가-힣]|으?로서?,|(?=\s?(?:[.,]\s?)?$))"
)
"""What follows a noun that a sentence ends its definition in."""
_NAME = rf"(?P<name>{LATIN}(?:\sv\d(?:\.\d)?)?|[a-z][a-z0-9]*(?:[.\-_][a-z0-9]+)+)"
_MIXED = re.compile(
    r"[a-z][A-Z]|[A-Za-z]\d|\d[A-Za-z]|[A-Z]{2}[a-z]|[A-Za-z][.\-][A-Za-z0-9]|^[A-Z]{4,}$"
)
"""Letters as only names have them: "VisTora", "n8n", "llama.cpp"."""
_OPEN = r"[‘“'\"「『]"
_QUOTED = rf"{_OPEN}(?P<quoted>[^‘’“”'\"「」『』]{{2,24}})[’”'\"」』]"
_GLOSS = r"(?:\([^()]{1,30}\))?"
_APART = r"(?<![A-Za-z0-9.\-])"
_DONE = r"\s(?:가동|출시|공개|개발|도입|구축|양산|착공|설립|운영|판매|론칭)"
_PARTICLE = r"(?:은|는|이|가|을|를|의|와|과|도|에|로|으로|에서|에는)(?![가-힣])"
_OF_WORDS = frozenset({"Technology", "Benchmark", "Organization"})
"""What a common word in quotes is said to be when it is only explained: ‘학습’은 … 방법이다."""
_ALONE = re.compile(rf"\W*(?:\d{{1,2}}[.)]\s)?{_NAME}{_GLOSS}\W*")
_TOPIC = re.compile(r"(?:\S+\s)?\S*(?:은|[^하되있없주보지리우기오쓰드추키치내]는)[\s,]")
_BOOK = sparing(r"[『「](?P<name>[^『』「」]{2,40})[』」]|[‘“](?P<by>[^‘’“”]{2,40})[’”]의 저자")
"""Brackets that Korean keeps for titles of books, reports and laws."""
_LAWS = ("법", "법률", "규정", "시행령", "조례", "고시", "법안")
_FUNDS = ("펀드", "기금")
_RUN = ("Organization", "Policy", "Event", "Facility")
_MARKS = "‘“'\"「『"
_SAID = re.compile(r"(?:다|요|까|자|라|음|함)$|[.?!]|[가-힣](?:을|를|은|는|이|가|의|에|한|된)\s")
"""What is said or described in quotes, and no name."""
_GLOSSED = re.compile(r"\s?\([^()]*\)$")
_PLURAL = re.compile(r"^[A-Z]{2,}s$")


_LATIN_TOLD = re.compile(
    r"[A-Za-z0-9](?:\([^()]{1,30}\))?(?:을|를|으로|로|은|는|\s(?:기반|데이터|말뭉치))"
)
"""A Latin name before what its use is told by: looked for first, as most texts have none."""


@dataclass(frozen=True, slots=True)
class Explaining:
    """The words of ``explained.yaml``; ``find`` are the patterns built of them, by name."""

    kinds: Mapping[str, str]
    beside: Mapping[str, str]
    """The kinds, and what is more beside a name in quotes."""
    stop: frozenset[str]
    find: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def load_explaining() -> Explaining:
    """Load and compile the words once a process."""
    data = load_words("names/explained.yaml")
    kinds = inverted(data["kinds"])
    kind, using, making = map(any_of, (kinds, data["using"], data["making"]))
    beside = {**kinds, **inverted(data["beside"])}
    written = {
        **_by_kind(kind, opening(kinds)),
        **_by_quotes(any_of(beside)),
        **_put_out_as(kind),
        **_by_use(using, making),
    }
    return filled(
        Explaining,
        data,
        kinds=kinds,
        beside=beside,
        stop=frozenset(fold(w) for w in data["words"]) | patterns().stop,
        find={name: sparing(pattern) for name, pattern in written.items()},
    )


def _by_kind(kind: str, begins: str) -> dict[str, str]:
    """Write the patterns of what is said to be of a kind, or stands beside a noun for one."""
    link = r"(?:인\s|이자\s|으?로|은\s|는\s|의 이름은\s|\s)"
    korean = r"(?P<korean>[가-힣]{3,9}?)(?:\([A-Za-z][A-Za-z .\-]{1,24}\))?"
    before = r"(?:(?:[^.?!]|\.(?=\S)){2,120}[^가-힣A-Za-z]|)"
    lead = r"^[^\w‘“'\"「『]*"
    return {
        "told": rf"(?:{kind})(?:(?:\([^()]{{1,24}}\))?{link}|{_COPULA})",
        "defined": rf"{lead}(?:[가-힣A-Za-z0-9]{{2,14}}의\s)?(?:{_NAME}{_GLOSS}|{_QUOTED}|{korean})"
        rf"(?:은|는|이란|란)\s{before}(?P<kind>{kind}){_COPULA}",
        "headed": rf"{lead}(?:\d{{1,2}}[.)]\s)?(?:{_NAME}|{_QUOTED}|{korean}){_GLOSS}"
        rf"(?:\s?[:：]|\s[–—-])\s{before}(?P<kind>{kind})(?:{_COPULA}|\s?[:：])",
        "ends": rf"{begins}(?<![가-힣A-Za-z])(?P<kind>{kind}){_COPULA}",
        "introduced": rf"(?P<kind>{kind})(?:은|는|의 이름은)\s(?:바로\s)?{_NAME}{_GLOSS}"
        r"(?:입니다|이에요|예요|이다|다|였|이었|임)",
        "serving": rf"(?P<kind>{kind})(?:으?로는?|에는?)\s{_NAME}{_GLOSS}[을를](?=[\s,])",
        "beside": rf"{begins}(?<![가-힣])(?P<kind>{kind})(?:인|이자)?\s{_OPEN}?{_NAME}[’”'\"]?"
        rf"(?={_GLOSS}{_PARTICLE})",
    }


def _by_quotes(kinds: str) -> dict[str, str]:
    """Write the pattern of what is quoted right behind a noun for its kind: "판정 AI ‘…’"."""
    return {"quoted": rf"(?P<kind>{kinds})(?:인|이자)?\s{_QUOTED}(?=\(|,|{_PARTICLE}|{_DONE}|\s?$)"}


def _put_out_as(kind: str) -> dict[str, str]:
    """Write the patterns of what is put out under a name in quotes."""
    putting = (
        r"(?:출시|상장|론칭|런칭|시판)(?:하|했|한|할|함|해|된|됐|$)|선보[이였일인]|선봬|내놓|내놨"
    )
    told = rf"(?:(?P<kind>{kind})(?:인)?\s)?{_QUOTED}"
    return {
        "putting": r"(?:내놓은|선보인|출시한|상장한|판매하는|운용하는)\s"
        rf"(?:[^\s,.]+\s){{0,4}}?{told}",
        "put_out": rf"{told}(?:\s[가-힣A-Z]{{2,8}})?[을를]?\s(?:[^\s,.]+\s){{0,3}}?(?:{putting})",
    }


def _by_use(using: str, making: str) -> dict[str, str]:
    """Write the patterns of what is used, built on or taught."""
    learning = r"(?:사전 ?|추가 ?)?(?:학습|훈련)(?:됐|되|된|했|한|하|시켰|시킨|함|됨)"
    return {
        "taught": rf"{_APART}{_NAME}{_GLOSS}(?:은|는)\s(?:[^\s]+\s){{0,6}}?(?:{learning})",
        "used": rf"{_APART}{_NAME}{_GLOSS}[을를]\s(?:[^\s,.]+\s){{0,2}}?(?:{using})",
        "made": rf"{_APART}{_NAME}{_GLOSS}(?:\s(?:데이터|데이터셋|데이터 세트|말뭉치))?"
        rf"(?:으로|로)\s(?:[^\s,.]+\s){{0,2}}?(?:{making})",
        "based": rf"{_APART}{_NAME}\s기반(?:의\s|으로\s|\s|인\s|이)",
    }


def explained(text: str) -> list[Hint]:
    """List the names of things that a sentence explains or tells the use of, each once."""
    found: dict[str, Hint] = {}
    for hint in _hints(text):
        found.setdefault(fold(hint.name), hint)
    return list(found.values())


def explained_below(heading: str, text: str) -> list[Hint]:
    """List a name that a heading is, by what the text below it begins to say: "… 엔진입니다".

    A sentence with a topic of its own tells nothing of the heading.
    """
    named = _ALONE.fullmatch(heading)
    told = load_explaining().find["ends"].search(text) if named and not _TOPIC.match(text) else None
    if named is None or told is None:
        return []
    return list(_named(named["name"], load_explaining().kinds[told["kind"]], sure=True))


def _hints(text: str) -> Iterator[Hint]:
    words = load_explaining()
    if words.find["told"].search(text):
        yield from _of_kinds(text)
    if holds_any(text, _MARKS):
        yield from _quoted_beside(text)
        if holds_any(text, words_in(_WORDS, "putting")):
            yield from _put_out(text)
    for match in _BOOK.finditer(text):
        name = match["name"] or match["by"]
        yield Hint(name, _of_title(match[0][0], name), True)
    if _LATIN_TOLD.search(text):
        yield from _of_use(text)


def _of_title(bracket: str, name: str) -> str:
    """Tell laws, funds and events, which such brackets are also put around, from papers."""
    last = name.rsplit(maxsplit=1)[-1]
    told = kinds_of_noun(last) if bracket == "「" else ()
    law = name.endswith((*_LAWS, *_FUNDS))
    return "Policy" if law else next((c for c in told if c in _RUN), "Paper")


def _of_use(text: str) -> Iterator[Hint]:
    """Yield what a sentence tells is used, built on or taught."""
    words = load_explaining()
    for match in words.find["taught"].finditer(text):
        yield from _named(match["name"], "Model", sure=_is_mixed(match["name"]))
    for pattern in (words.find["used"], words.find["made"], words.find["based"]):
        for match in pattern.finditer(text):
            yield from _named(match["name"], "Software", sure=_is_mixed(match["name"]))


def _of_kinds(text: str) -> Iterator[Hint]:
    """Yield what a sentence says the kind of, or names beside a noun for the kind."""
    words = load_explaining()
    for pattern in (words.find["defined"], words.find["headed"]):
        if match := pattern.search(text):
            yield from _defined(match, words.kinds[match["kind"]])
    for pattern in (words.find["introduced"], words.find["serving"], words.find["beside"]):
        for match in pattern.finditer(text):
            yield from _named(match["name"], words.kinds[match["kind"]], sure=True)


def _put_out(text: str) -> Iterator[Hint]:
    """Yield what is put out and stands in quotes, whatever known names are in it."""
    words = load_explaining()
    for pattern in (words.find["putting"], words.find["put_out"]):
        for match in pattern.finditer(text):
            if not is_common(match["quoted"]) and not _SAID.search(match["quoted"]):
                yield Hint(match["quoted"], words.kinds.get(match["kind"] or "", "Product"), True)


def _quoted_beside(text: str) -> Iterator[Hint]:
    """Yield what is quoted right behind a noun for its kind; one everyday word is no name."""
    words = load_explaining()
    for match in words.find["quoted"].finditer(text):
        name = _GLOSSED.sub("", match["quoted"])
        usual = is_listed(name) or fold(name) in words.stop or name[-1].isdigit()
        if not (usual or _SAID.search(match["quoted"])):
            yield Hint(match["quoted"], words.beside[match["kind"]], True)


def _is_mixed(name: str) -> bool:
    return _MIXED.search(name) is not None


def _defined(match: re.Match[str], cls: str) -> Iterator[Hint]:
    quoted, korean = match["quoted"], match["korean"]
    if quoted and not (is_common(quoted) and cls in _OF_WORDS):
        yield Hint(quoted, cls, True)
    elif korean and is_unseen(korean):
        yield Hint(korean, cls, True)
    elif match["name"]:
        yield from _named(match["name"], cls, sure=True)


def _named(name: str, cls: str, *, sure: bool) -> Iterator[Hint]:
    stop, words = load_explaining().stop, name.removeprefix("The ").split()
    usual = fold(name) in stop or _PLURAL.fullmatch(name) is not None
    if words and len(name) > 2 and not usual and fold(words[0]) not in stop:
        yield Hint(name, cls, sure)
