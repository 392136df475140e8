"""The evidence patterns of ``names.yaml``, compiled: what stands beside an unknown name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.alternation import Sought, any_of
from extractors.language.words import is_common
from extractors.lexicon.name_index import fold
from extractors.sparing import sparing
from extractors.word_lists import filled, inverted, load_words

LATIN = (
    r"(?:[A-Z][A-Za-z0-9]*|[a-z]{1,3}[A-Z0-9][A-Za-z0-9]*)(?:[.&'’:\-][A-Za-z0-9]+)*"
    r"(?:\s(?:(?:&\s)?[A-Z][A-Za-z0-9.&'’\-]*|\d+(?:\.\d+)?(?![\d,%])"
    r"(?=[^가-힣]|(?:은|는|이|가|을|를|의|와|과|도|로|에|에서|에는|보다|부터|까지)(?![가-힣])|$)))*"
)
"""A Latin name; a number may end it, before a particle too ("Nova-Coder 3를", not "3개")."""

_ANY_LATIN = r"[A-Za-z][A-Za-z0-9]*(?:[.&'’:\-][A-Za-z0-9]+)*(?:\s[A-Z0-9][A-Za-z0-9.&'’:\-]*)*"

_TAILS = {"Model": r"(?:-[A-Za-z0-9]+(?:\.\d+)?)*"}
"""What the shape of a class may go on with: GPT-5.3-Codex-Spark, Qwen3-235B-A22B."""

CITED = re.compile(
    r"\W*(?:출처|자료|원문|태그|링크|해시태그|키워드|참고 ?문헌|Sources?|Tags?)\s*[:：]"
)
"""How a line begins that only says where something stands or what it is filed under."""

_OPEN = r"[“‘\"'「『]"

_CLOSE = r"[”’\"'」』]"


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled evidence patterns of ``names.yaml``.

    ``cue``, ``role``, ``introducer`` and ``shape`` are cheap looks at a sentence: without a
    match of theirs none of the long patterns built on the same words has one.
    """

    cue: re.Pattern[str]
    role: re.Pattern[str]
    introducer: re.Pattern[str]
    shape: re.Pattern[str]
    called: re.Pattern[str]
    before: re.Pattern[str]
    after: Sought
    role_before: re.Pattern[str]
    role_after: re.Pattern[str]
    role_between: re.Pattern[str]
    role_of_latin: re.Pattern[str]
    korean_person: re.Pattern[str]
    titles: tuple[str, ...]
    korean_titled: Sought
    korean_hanja: re.Pattern[str]
    glossed_person: re.Pattern[str]
    called_chief: re.Pattern[str]
    role_called: re.Pattern[str]
    chief_called: re.Pattern[str]
    office: Sought
    korean_before: re.Pattern[str]
    introduced: re.Pattern[str]
    introducing: dict[str, str]
    pair: re.Pattern[str]
    cue_before: re.Pattern[str]
    cue_after: re.Pattern[str]
    suffix: Sought
    latin_suffix: re.Pattern[str]
    shapes: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]
    classes: dict[str, str]
    roles: tuple[str, ...]
    suffix_classes: dict[str, str]
    weak_suffixes: frozenset[str]
    strong_suffixes: frozenset[str]
    glossed: re.Pattern[str]
    branded: re.Pattern[str]
    stop: frozenset[str]
    words: frozenset[str]
    units: frozenset[str]
    not_people: frozenset[str]
    not_defining: frozenset[str]
    fields: frozenset[str]
    no_firms: tuple[str, ...]
    no_people: tuple[str, ...]
    surnames: frozenset[str]
    given: frozenset[str]
    edition: re.Pattern[str]
    version: re.Pattern[str]
    corporate: re.Pattern[str]
    weakly: frozenset[str]
    house: Sought
    regions: frozenset[str]
    doing: re.Pattern[str]
    deed: re.Pattern[str]
    by_trade: re.Pattern[str]
    research_house: re.Pattern[str]
    bodies: tuple[str, ...]
    public: tuple[str, ...]
    departments: tuple[str, ...]
    academic: tuple[str, ...]
    deeds: dict[str, tuple[str, ...]]
    named_kinds: dict[str, str]
    loanwords: frozenset[str]
    not_editions: frozenset[str]
    versions: frozenset[str]
    editions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Hint:
    """A name that a text suggests; what is not ``sure`` needs a second hint elsewhere."""

    name: str
    cls: str
    sure: bool


def without_corporate(name: str) -> str | None:
    """Cut a corporate suffix off a name ("가나홀딩스" is 가나), if it ends in one."""
    match = patterns().corporate.fullmatch(name)
    return match["name"] if match else None


ClassOf = Callable[[str], str | None]
"""Gives the class of a name that is known, else ``None``."""
_WHICH = r"(?:이름의\s)?(?:(?:[가-힣A-Za-z]*[^\s,.을를은는이가에서로의]|[^\W\d_])\s){0,3}?"
"""What may stand before a noun for a kind: "K1이라는 첫 자체 추론 칩", "‘가나’라는 이름의 모델"."""


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """Load and compile ``names.yaml`` once a process."""
    data = load_words("names/names.yaml")
    return filled(
        Patterns,
        data,
        **_of_kinds(data),
        **_of_titles(data),
        **_of_koreans(data),
        **_of_firms(data),
        **_of_endings(data),
        **_of_shapes(data),
        words=frozenset(fold(w) for w in data["words"]),
        units=frozenset(fold(w) for w in data["units"]),
        stop=frozenset(fold(str(w)) for w in data["stop"]),
        deeds={kind: tuple(words) for kind, words in data["deeds"].items()},
        named_kinds=inverted(data["named_kinds"]),
    )


def _of_kinds(data: Mapping[str, Any]) -> dict[str, Any]:
    """Compile what a noun for a kind of thing says of the name beside it."""
    strong, weak = inverted(data["cues"]), inverted(data["weak_cues"])
    cue, every = any_of(strong), any_of({**weak, **strong})
    quoted = rf"{_OPEN}(?P<quoted>[^“”‘’\"'「」『』\n]{{2,60}}){_CLOSE}"
    return dict(
        cue=re.compile(rf"(?:{every})(?:\([^()]{{1,24}}\))?(?:인|이자|,)?\s(?:{_OPEN}|[A-Za-z])"),
        called=re.compile(
            rf"(?:{quoted}|(?P<latin>{_ANY_LATIN})|(?<![가-힣\d,.])(?P<korean>[가-힣]{{2,10}}?))"
            rf"(?:이?라는|이?라고 불리는|이란)\s{_WHICH}(?P<cue>{every})(?!\s?가치)"
        ),
        before=re.compile(
            rf"(?<![가-힣A-Za-z])(?:[가-힣]+\s?|[A-Z]{{2,5}})?(?P<cue>{every})(?:\([^()]{{1,24}}\))?(?P<link>인\s|이자\s|,\s|\s)(?:{quoted}|(?P<latin>{LATIN}))"
        ),
        after=Sought(
            rf"(?:{quoted}\s(?P<cue>{every})|(?P<latin>{LATIN})\s(?P<cue2>{cue}))(?![A-Za-z])",
            needs=rf"[^\s가-힣]\s{every}",
        ),
        cue_before=re.compile(rf"(?<![가-힣A-Za-z])(?P<cue>{every})(?:인|이자|,)?\s?{_OPEN}?$"),
        cue_after=re.compile(
            rf"{_CLOSE}?(?:이?라는\s(?:[^\s,.]+\s){{0,4}}?|\s)(?P<cue>{every})(?![A-Za-z])"
        ),
        classes={**weak, **strong},
    )


def _of_titles(data: Mapping[str, Any]) -> dict[str, Any]:
    """Compile what a title says of the name beside it."""
    roles = data["roles"]
    role, learned = _titled(roles), _titled([*roles, *data["learned"]])
    return dict(
        role=re.compile(role),
        role_before=re.compile(
            rf"(?<![가-힣A-Za-z])(?:[가-힣]+\s)?(?:{role})(?:인|이자|,)?\s(?P<latin>[A-Z][a-z]+(?:\s[A-Z][A-Za-z.\-]+){{0,2}})"
        ),
        role_after=re.compile(
            rf"(?<![A-Za-z])(?P<latin>[A-Z][a-z]+(?:\s[A-Z][A-Za-z.\-]+){{0,2}})\s(?:{role})"
        ),
        role_between=re.compile(
            rf"(?<![A-Za-z])(?P<firm>{_ANY_LATIN})(?:의)?\s(?:{role})(?:\([^()]*\))?(?:인|이자)?,?\s"
            r"(?P<person>[A-Z][a-z]+(?:\s[A-Z]\.)?\s[A-Z][A-Za-z\-]+)(?![A-Za-z]|\s[A-Z])"
        ),
        role_of_latin=re.compile(
            r"(?<![A-Za-z])(?P<person>[A-Z][a-z]+(?:\s[A-Z]\.)?\s[A-Z][A-Za-z\-]+)"
            rf"(?:,\s|\s?\()(?:(?P<firm>{_ANY_LATIN})\s)?(?:{role})(?=[\s,.)]|$)"
        ),
        role_called=re.compile(
            rf"(?:{role})\s(?P<name>[가-힣]{{2,5}}\s[가-힣]{{2,6}}?)(?=(?:은|는|이|가|의|도)[\s,])"
        ),
        korean_before=sparing(
            rf"{learned}(?:인|이자)\s(?P<name>[가-힣]{{2,4}}(?:\s[가-힣]{{1,4}})?)"
        ),
        titles=tuple(sorted({*roles, *data["titles"]})),
        roles=tuple(sorted(roles, key=len, reverse=True)),
    )


def _of_koreans(data: Mapping[str, Any]) -> dict[str, Any]:
    """Compile what tells Korean names of people, and their offices."""
    role = _titled(data["roles"])
    return dict(
        korean_person=re.compile(
            rf"(?<![가-힣A-Za-z])(?P<name>[가-힣]{{2,5}}(?:\s[가-힣]{{1,5}})?)"
            rf"(?:\([^()]*\))?\s(?:전\s|현\s)?(?P<role>{role})(?P<rest>[가-힣]*)"
        ),
        korean_titled=Sought(
            rf"(?<![가-힣A-Za-z])(?P<name>[가-힣]{{3}})\s[가-힣A-Z]{{1,9}}(?:{any_of(data['titles'])})"
            r"(?=[은는이가의과와도,\s]|$)",
            needs=any_of(data["titles"]),
        ),
        korean_hanja=re.compile(
            r"(?<![가-힣])(?P<name>[가-힣]{2,4}(?:\s[가-힣]{1,4})?)\([\u4e00-\u9fff·\s]{2,6}\)\s"
            rf"(?:[가-힣A-Za-z&]{{2,14}}\s)?[가-힣A-Z]{{0,9}}(?:{role}|{any_of(data['titles'])})"
        ),
        glossed_person=re.compile(
            r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{1,6}(?:\s[가-힣]{1,7}){0,2})\s?"
            r"\((?P<en>[A-Z][A-Za-z.'\-]+(?:\s[A-Z][A-Za-z.'\-]+){1,3})\)\s"
            rf"(?:[가-힣A-Za-z():&·]{{1,16}}\s){{0,3}}?(?:[가-힣A-Z]{{0,9}})(?:{role}|{any_of(data['titles'])})"
        ),
        called_chief=re.compile(
            r"(?<![가-힣A-Za-z])(?:CEO|CTO|CFO|COO|최고경영자|회장|대표|사장)\s"
            r"(?P<name>[가-힣]{3,4})(?=[은는이가의도])"
        ),
        chief_called=sparing(
            r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{2,4}|[가-힣]{2,5}\s[가-힣]{2,5})\s"
            r"(?:CEO|CTO|CFO|COO|최고경영자|창업자|창립자)(?:\([^()]*\))?(?=[은는이가의도]\s)"
        ),
        office=Sought(
            r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{2,10}(?:부|청|처|성|위원회))(?:\([A-Za-z&]+\))?\s"
            rf"(?:{any_of(data['offices'])})",
            needs=any_of(data["offices"]),
        ),
    )


def _of_firms(data: Mapping[str, Any]) -> dict[str, Any]:
    """Compile what introduces firms, and what they do."""
    introducing = {w: cls.split()[0] for cls, ws in data["introducing"].items() for w in ws}
    return dict(
        introducer=re.compile(rf"(?:{any_of(introducing)})(?:인|이자)?\s"),
        introduced=re.compile(
            rf"(?<![A-Za-z])(?:[가-힣A-Za-z]+)??(?P<cue>{any_of(introducing)})(?:인|이자)?\s"
            r"[‘“'\"]?(?P<name>[가-힣A-Z][가-힣A-Za-z0-9&\-]{1,13})"
        ),
        introducing=introducing,
        house=Sought(
            rf"(?<![가-힣A-Za-z])(?P<name>(?:{any_of(data['houses'])})(?P<tail>[가-힣]{{2,7}}?))"
            r"(?=(?:[은는이가을를의와과도에측]|에서|에게|으?로|로부터|까지|보다)?(?![가-힣]))",
            needs=rf"{any_of(data['houses'])}[가-힣]",
        ),
        branded=sparing(
            r"(?<![가-힣A-Za-z])(?P<name>(?P<stem>[가-힣]{2,6})(?:AI|랩|테크))(?![가-힣A-Za-z]{3})"
        ),
        doing=re.compile(
            rf"(?:{any_of(data['doing'])})"
            r"(?:하|했|한|함|해|할|되|됐|돼|을|를|에|로|기|는|고|며|,|\.)"
        ),
        deed=re.compile(rf"^[^,.]{{0,30}}?(?:{any_of(data['corporate_deeds'])})"),
        by_trade=sparing(
            rf"(?:을|를)\s(?:{any_of(data['trades'])})(?:하는|해 온|하던)\s"
            r"(?P<name>[가-힣]{3,9})(?:이|가|은|는)\s"
        ),
        research_house=re.compile(
            rf"(?:{any_of(data['research_houses'])})$|^(?:{any_of(data['banks'])})"
        ),
    )


def _of_endings(data: Mapping[str, Any]) -> dict[str, Any]:
    """Compile what names of firms and bodies end in."""
    weak_suffixes = data["weak_suffixes"]
    suffix_classes = {
        s: cls.split()[-1]
        for cls, words in (*data["suffixes"].items(), *weak_suffixes.items())
        for s in words
    }
    korean_suffix = any_of(w for w in suffix_classes if not w.isascii())
    latin_suffix = any_of(data["latin_suffixes"])
    korean = [word for word in data["corporate"] if not word.isascii()]
    return dict(
        suffix=Sought(
            rf"(?<![가-힣A-Za-z&])(?P<name>(?:[A-Z]{{2,4}}|[A-Z]&[A-Z]|(?=[가-힣]{{2}}))[가-힣]{{0,8}}?"
            rf"(?P<suffix>{korean_suffix}))(?!{korean_suffix})"
            r"(?=[^가-힣]|$|[은는이가을를의와과도에로으만측부까라인])",
            needs=korean_suffix,
        ),
        latin_suffix=re.compile(
            rf"(?=[A-Z])(?<![A-Za-z.])(?P<name>(?:[A-Z][A-Za-z0-9&.\-]*\s){{1,4}}(?P<suffix>{latin_suffix}))"
            r"(?![A-Za-z0-9]|\s[A-Z])"
        ),
        suffix_classes=suffix_classes,
        weak_suffixes=frozenset(s for words in weak_suffixes.values() for s in words),
        glossed=re.compile(
            rf"(?<![가-힣A-Za-z])(?P<name>(?:[가-힣A-Z][가-힣A-Za-z·]*\s){{0,2}}[가-힣A-Za-z·]{{2,16}}"
            rf"(?:{any_of(data['glossed_suffixes'])}))\s?\((?P<short>[A-Z][A-Za-z&\-]{{1,11}}(?:\s[A-Z][A-Za-z]+){{0,3}})[,)]"
        ),
        public=tuple(w for w in data["glossed_suffixes"] if len(w) > 1),
        corporate=re.compile(
            rf"(?P<name>\S.*?)(?:(?<=[가-힣A-Za-z])(?:{any_of(korean)})"
            rf"|,?\s(?:{any_of(data['corporate'])}))"
        ),
    )


def _of_shapes(data: Mapping[str, Any]) -> dict[str, Any]:
    """Compile what names look like: shapes, versions, pairs of spellings."""
    return dict(
        shape=re.compile(
            rf"(?<![A-Za-z0-9\-])(?=[A-Za-z])(?:{'|'.join(s['pattern'] for s in data['shapes'])})"
        ),
        shapes=tuple(
            (
                s["class"],
                sparing(
                    rf"(?<![A-Za-z0-9\-])(?:{s['pattern']})"
                    rf"{_TAILS.get(s['class'], '')}(?![A-Za-z0-9])"
                ),
                tuple(w.casefold() for w in s.get("needs", ())),
            )
            for s in data["shapes"]
        ),
        pair=re.compile(
            rf"(?P<ko>[가-힣A-Z][가-힣A-Za-z0-9·\-]*(?:\s[가-힣A-Za-z0-9·\-]+){{0,4}})\s?\((?P<en>{_ANY_LATIN}(?:\s(?:of|for|and|the|on|in)\s[A-Z][A-Za-z]+)*(?:\s[A-Z][A-Za-z]+)*)(?:,[^()]*)?\)"
            rf"|(?P<en2>{LATIN})\s?\((?P<ko2>[가-힣]{{2,12}}(?:\s[가-힣]{{1,10}})?)\)"
        ),
        edition=re.compile(
            rf"(?:[\s-](?:{any_of(data['editions'])})(?:\s\d(?:\.\d+)?)?(?=[은는이가을를의와과도로]|\W|$))+"
        ),
        version=re.compile(
            r"(?:-?[vV]?(?>\d+(?:\.\d+)*)[A-Za-z]{0,2}|\s[vV]?(?>\d{1,2}(?:\.\d+)?)"
            rf"|[- ](?:{any_of(data['versions'])})|-[A-Z]?\d+[A-Z]?(?![a-z]))+"
            r"(?![A-Za-z0-9]|\.\d|\s?[만억조천%개대년월일위배명단층세곳종차번회건분주시점장편인매기랙톤량척통]|,\d)"
        ),
        versions=frozenset(map(fold, (*data["versions"], *data["editions"]))),
    )


@lru_cache(maxsize=1)  # a sentence is asked for by all who look for people
def has_title(text: str) -> bool:
    """Tell whether a sentence has a title of somebody."""
    return patterns().role.search(text) is not None


def _titled(words: Iterable[str]) -> str:
    """Write a group of titles, with their spaces or without."""
    return any_of(words).replace(r"\ ", r"\s?")


def trimmed(name: str) -> str:
    """Drop generic words at either end ("Hopper GPU" is Hopper; "AI-native" is nothing)."""
    if fold(name.split("-", maxsplit=1)[0]) in patterns().stop | _PREFIXES:
        return ""
    called = _CALLED.match(name)
    if called and is_common(called[1]):
        name = name[called.end() :]  # "대항마인 가나칩"
    words = name.strip(" .,'’-:").split()
    stop = patterns().stop
    if _FIRM_OF_AI.fullmatch(name) and fold(words[0]) not in stop:
        return name  # "NX AI"
    while words and fold(words[-1]) in stop:
        words.pop()
    while words and fold(words[0]) in stop:
        words.pop(0)
    return " ".join(words)


_CALLED = re.compile(r"([가-힣]{2,8})(?:인|이자)\s(?=\S)")
_FIRM_OF_AI = re.compile(r"[A-Z][A-Za-z]+\sAI")
_PREFIXES = frozenset({"multi", "non", "pre", "post", "self", "anti", "open", "on", "end"})
