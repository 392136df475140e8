"""Unknown names in Latin letters, told by what they do or by what is done with them.

"Corvane이 … 유치했다" and "Corvane의 기업가치" tell a firm, "Prisma Notebook을 공개했다" what is
brought out. Words in capitals that only are terms name nothing. The words are
``latin_names.yaml`` and, of firms, ``firms.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.language.words import is_common, sounds_like
from extractors.lexicon.name_index import fold
from extractors.names.english import is_english
from extractors.names.introductions import kind_near
from extractors.names.korean_firms import UP_TO
from extractors.names.name_patterns import Hint, patterns
from extractors.word_lists import Worded, filled, load_words

_WORDS = "names/latin_names.yaml"
_NAME = (
    r"(?=[A-Z])(?<![A-Za-z0-9.\-/&#@])(?P<name>[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*(?:[\-&'’.][A-Za-z0-9]+)*"
    r"(?:\s[A-Z][A-Za-z0-9]*(?:[\-&'’.][A-Za-z0-9]+)*){0,3})"
)
_GLOSSED = r"(?:\([^()]{1,30}\))?"
_STARS = r"[\d.,]+\s?[만천k]?\s?(?:별|스타|stars)"
"""How much a repository is liked: "Dexon(2.5만 별)"."""
_ACT = re.compile(r"(?<![A-Za-z])(?P<name>(?:[A-Z][A-Za-z]+\s){2,5}Act)(?![A-Za-z]|\s[A-Z])")
_BOUGHT = re.compile(
    r"(?<![A-Za-z0-9.\-/&])(?P<name>[A-Z]{3,6})(?:\([^()]{1,30}\))?(?:을|를)\s"
    r"(?:[^.,\s]{1,9}\s){0,3}?인수(?:하|해|했|한|할|키로)"
)
"""A firm called by its initials: "GNM을 4억 달러에 인수했다"."""
_NO_FIRMS = {"came_out": "Software", "starred": "Software", "given": "Organization"}
"""What else than firms is told, by the signs that tell it."""


@dataclass(frozen=True, slots=True)
class LatinNames:
    """The words of the data files, and one pattern for all that tells a class."""

    told: re.Pattern[str]
    doing: re.Pattern[str]
    plain: frozenset[str]


_BESIDE = ("before", "taken", "titles", "doing", "came_out", "funded", "given", "brought")
"""Lists of what stands beside a name and tells what it is."""


@lru_cache(maxsize=1)
def load_latin_names() -> LatinNames:
    """Load and compile the words once a process."""
    data, firms = load_words("names/latin_names.yaml"), load_words("names/firms.yaml")
    told = {key: any_of((*firms.get(key, ()), *more)) for key, more in firms["of_latin"].items()}
    told |= {key: any_of(data[key]) for key in _BESIDE}
    tails = (
        rf"(?P<deeds>(?:이|가|은|는){UP_TO}{told['deeds']})",
        rf"(?P<owned>의\s{told['owned']})",
        rf"(?P<bought>(?:을|를){UP_TO}{told['bought']})",
        rf"(?P<set_up>(?:을|를)\s(?:공동\s|직접\s)?{told['set_up']})",
        rf"(?P<before>\s{told['before']}(?:은|는|이|가|도|를|을)\s)",
        rf"(?P<taken>\s{told['taken']}(?=[을를이가은는도의]?(?:\W|$)))",
        rf"(?P<led>의\s(?:[가-힣]{{2,4}}|[A-Z][a-z]+\s[A-Z][a-z]+)\s{told['titles']})",
        r"(?P<takes>의\s[가-힣A-Za-z0-9]+\s(?:인수|합병)(?=[이가을를은는]?\s))",
        rf"(?P<came_out>(?:이|가|은|는|도){UP_TO}{told['came_out']})",
        rf"(?P<agreed>(?:와|과){UP_TO}{told['agreed']})",
        rf"(?P<funded>에{UP_TO}{told['funded']})",
        rf"(?P<given>에{UP_TO}{told['given']})",
        rf"(?P<brought>(?:을|를){UP_TO}{told['brought']})",
        r"(?P<former>\s출신(?:의|인|으로)?\s)",
    )
    starred = rf"(?P<starred>\s?\({_STARS}\)|(?:이|가|은|는){UP_TO}{_STARS})"
    return filled(
        LatinNames,
        data,
        told=re.compile(rf"{_NAME}(?:{starred}|{_GLOSSED}(?:{'|'.join(tails)}))"),
        doing=re.compile(rf"(?<=[가-힣]\s){told['doing']}\s{_NAME}(?=[은는이가](?:\s|$))"),
        plain=frozenset(map(fold, map(str, data["plain"]))),
    )


def latin_names(text: str, is_known: Callable[[str], object]) -> Iterator[Hint]:
    """Yield the Latin names of a Korean sentence that their context tells.

    A thing whose name begins with a known one is told by that already.
    """
    if text.isascii() or is_english(text):
        return
    yield from _by_form(text)
    words = load_latin_names()
    for match in words.told.finditer(text):
        told = match.lastgroup or ""
        thing = told in ("brought", "came_out")
        if thing and is_known(match["name"].split()[0]):
            continue
        if told == "came_out" and not _is_mixed(match["name"]):
            continue
        if _is_name(match["name"], several=thing):
            told_cls = _NO_FIRMS.get(told, "Company")
            cls = kind_near(text, match) if told == "brought" else told_cls
            yield Hint(_with_initials(text, match.start("name")) + match["name"], cls, True)


def _by_form(text: str) -> Iterator[Hint]:
    """Yield acts, firms called by initials that are bought, and firms behind what they do."""
    for act in _ACT.finditer(text) if " Act" in text else ():
        yield Hint(act["name"], "Policy", True)
    for bought in _BOUGHT.finditer(text) if "인수" in text else ():
        if not is_plain(bought["name"]):
            yield Hint(bought["name"], "Company", True)
    for match in load_latin_names().doing.finditer(text):
        if _is_name(match["name"], several=False):
            yield Hint(match["name"], "Company", True)


def _with_initials(text: str, start: int) -> str:
    """Return the initials that a name begins with, if any: "MKV " of "MKV Manufacturing"."""
    before = _INITIALS.search(text, max(0, start - _LONGEST_INITIALS), start)
    return (
        before[0] if before and not is_plain(before[1]) and fold(before[1]) not in _OTHERS else ""
    )


_LONGEST_INITIALS = 8
_INITIALS = re.compile(r"(?<![A-Za-z0-9.\-])([A-Z][A-Z0-9&]{1,5})\s$")


_BACKED = Worded(
    _WORDS,
    r"투자자(?:로|인)\s|(?:투자|라운드|시리즈\s?[A-H])(?:를|은|는|에|에는|에도)\s[^.]{0,90}?{backing}",
)
_BACKER = re.compile(
    r"(?:(?<![A-Za-z0-9.\-(])(?P<name>[A-Z][A-Za-z0-9&]+(?:\s[A-Z][A-Za-z0-9&]+){0,3})"
    r"|(?P<korean>(?<![가-힣])[가-힣]{2,8}(?:\s[가-힣]{2,8})?)\((?P<en>[A-Z][A-Za-z ]{2,28})\))"
    r"(?=,\s|·|(?:와|과|이|가|은|는|도)\s|\s(?:등|및|역시)[\s이])"
)


def backers(text: str) -> Iterator[Hint]:
    """Yield who is listed where a text tells who put money into a firm."""
    if "투자" not in text and "라운드" not in text:
        return
    for match in _BACKER.finditer(text) if _BACKED.search(text) else ():
        korean = match["korean"]
        if korean and (is_common(korean) or not sounds_like(korean.replace(" ", ""), match["en"])):
            continue
        if korean or (
            _is_name(match["name"], several=False) and fold(match["name"]) not in _OTHERS
        ):
            yield Hint(korean or match["name"], "Company", True)


_OTHERS = frozenset({"ceo", "cto", "cfo", "ipo", "vc", "pe", "ai", "us", "eu"})


def is_plain(word: str) -> bool:
    """Tell a Latin word that names nothing by itself."""
    return fold(word) in load_latin_names().plain or fold(word) in patterns().stop


def _is_name(name: str, *, several: bool) -> bool:
    """Tell a name from a term: not all its words are everyday ones, nor its last alone."""
    parts = name.split()
    strange = [not is_plain(part) for part in parts]
    if several and not (len(parts) > 1 or _is_mixed(name)):
        return False
    return any(strange) and (strange[0] or len(parts) > 1)


def _is_mixed(name: str) -> bool:
    return re.search(r"[a-z][A-Z]|\d", name) is not None
