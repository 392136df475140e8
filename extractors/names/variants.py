"""Names made of a known one and what goes on around it: versions, sizes, editions, quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.classes import THINGS
from extractors.language.words import is_common, is_compound, is_inflected, is_listed, is_unseen
from extractors.lexicon.name_index import fold
from extractors.names.descriptions import kinds_of_noun
from extractors.names.english import is_english
from extractors.names.joining import Discovered
from extractors.names.name_patterns import patterns
from kg.claim import Entity

VERSIONED = frozenset(
    {"Model", "Chip", "Software", "Product", "Technology", "Company", "Benchmark"}
)
_CODE = re.compile(r"\s(?!Q|[HF][12](?!\d)|[PM]\d)[A-Z]{1,2}\d{1,2}(?:\.\d)?(?![A-Za-z0-9.\-])")
_OF_MODELS = re.compile(r"모델|매개변수|파라미터|토큰|가중치|(?:영상|이미지|음성|글)[을를]\s")
"""A model that is called after its firm and a letter: "Gana K5, 영상 생성 모델 공개"."""
_CODED = ("Chip", "Product", "Model")
_NEAR = 40
_YEAR = re.compile(r"(?:19|20)\d{2}$")
_MEASURE = re.compile(r"\s?\d+(?:\.\d+)?\s?(?:[KMGTP]B|nm|[kMG]?W|[MG]Hz|Hi|Gbps|V)$")
_DECIMAL = re.compile(r"\.\d(?![\d%.])")
_SIZE = re.compile(r"[\s-]\d{1,3}(?:\.\d)?B(?![A-Za-z0-9])")
_EDITION = re.compile(
    r"(?:\s[A-Z][a-z]+){1,2}(?:\s\d(?:\.\d+)?)?(?![A-Za-z0-9]|\s[A-Za-z]|\s\d+[a-z]|[-.][A-Za-z0-9]|\()"
)
_HYPHENED = re.compile(r"-[A-Z][a-z]+(?:-\d(?:\.\d)?)?(?![A-Za-z0-9.\-]|\s[A-Za-z])")
_QUOTES = {
    "’": "‘“'",
    "”": "“",
    "'": "'‘",
    '"': '"',
    "」": "「",
    "』": "『",
    "》": "《",
    "〉": "〈",
}
_BEGUN = re.compile(r"(?:[가-힣A-Za-z0-9&\-]{2,12}\s){1,4}")
_PARTICLE = re.compile(r"[가-힣](?:은|는|을|를|의|에서|에게|으로)$")
_WHOLE = frozenset({"Organization", "Event", "Policy", "Benchmark", *VERSIONED}) - {"Company"}

_BASE = re.compile(
    r"(?P<base>[가-힣]{2,8}(?:\s[가-힣]{2,8})?)[\s\-](?P<tail>[A-Z]{1,3}\d{0,3}|\d{1,4}|[A-Z][a-z]{2,5})"
)
"""A Korean name with an edition: "가나 프로버 XT"."""
_FAMILY = re.compile(r"(?P<family>[A-Z][A-Za-z]+|[가-힣]{2,8})\s\d(?:\.\d)?(?![\d.])")
_SHORT = re.compile(r"\d(?:\.\d)?(?:\s[A-Z][A-Za-z]+(?:-[A-Z][A-Za-z]+)*){1,2}")
_NEXT = re.compile(
    rf"(?:\s[A-Z][A-Za-z]+(?:-[A-Z][a-z]+)?)?(?:\s?[,·/]\s?|(?:와|과)\s|\s(?:및|and)\s)(?P<short>{_SHORT.pattern})"
)
_AFTER = r"(?:에서|에는|으로|로|은|는|이|가|을|를|의|와|과|도|에)?(?:[\s,.)’'”\"]|$)"

_SCORE = re.compile(r"\s\d{2}")
"""What stands behind a test's name and is no version of it: the 61.3 of "GPQA 61.3"."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A version of a known thing: its own name and class, and whose version it is."""

    name: str
    cls: str
    family: str


def variant(
    text: str, named: tuple[Entity, int, int], found: Sequence[tuple[Entity, int, int]] = ()
) -> Variant | None:
    """Return the version that begins with a known name ("Phi" + "-4"), if one does.

    ``found`` are all known names of the text: an edition is none of them.
    """
    entity, start, end = named
    if entity.cls not in VERSIONED:
        return None
    tail = _tail(text, entity, end)
    inside = [other for other, at, _ in found if end < at < end + len(tail)]
    if not tail or any(entity.id not in other.broader for other in inside):
        return None  # "클로드 5 소네트" is one, though 소네트 is a name too
    cls = "Model" if entity.cls == "Company" else entity.cls
    return Variant(text[start:end] + tail, cls, entity.id)


def in_english(name: str, family: Entity) -> str:
    """Write a version as its family is in English: "제미나이 7 프로" is "Gemini 7 Pro".

    What has a word without an English edition is given back as it is.
    """
    called = sorted({family.label, *family.aliases}, key=len, reverse=True)
    begun = next((c for c in called if name.casefold().startswith(c.casefold())), None)
    if begun is None or not family.label.isascii():
        return name
    rest = _WORD.sub(lambda m: patterns().editions.get(m[0], m[0]), name[len(begun) :])
    return family.label + rest if rest.isascii() else name


_WORD = re.compile(r"[가-힣]+")


def next_versions(text: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield whole and short names of versions that follow one without their family's name.

    "Gana 3.6 Flash·3.5 Flash-Lite" goes on with "Gana 3.5 Flash-Lite".
    """
    first = _FAMILY.match(text, start, end)
    while first and (following := _NEXT.match(text, end)):
        yield f"{first['family']} {following['short']}", following["short"]
        end = following.end()


def _tail(text: str, entity: Entity, end: int) -> str:
    match = patterns().version.match(text, end)
    tail = match.group() if match else ""
    if entity.cls == "Model" and text[end - 1].isdigit() and (part := _DECIMAL.match(text, end)):
        tail = part.group()  # "제미나이 3" and ".5"
    if not tail and entity.cls == "Model" and (size := _SIZE.match(text, end)):
        return size.group()
    if entity.cls == "Benchmark" and _SCORE.match(tail):
        return ""
    if _YEAR.search(tail) or _MEASURE.search(tail):
        return ""
    own = entity.cls in _CODED and fold(text[:end].rsplit(maxsplit=1)[-1])
    if not tail and own and own not in patterns().stop and (code := _CODE.match(text, end)):
        tail = code.group()  # "스냅드래곤" and " X2"
    if entity.cls in THINGS and (known := patterns().edition.match(text, end + len(tail))):
        tail += known.group()
        longer = _EDITION.match(text, end + len(tail))
        more = longer is not None and _goes_on(text, end + len(tail), longer.group())
        return tail + longer.group() if longer and more else tail
    if entity.cls == "Company":
        code = _CODE.match(text, end)
        told = code is not None and _OF_MODELS.search(text[max(0, end - _NEAR) : end + _NEAR])
        return code.group() if code and told else tail if re.match(r"-[VRvr]\d", tail) else ""
    if entity.cls in THINGS:
        edition = _EDITION.match(text, end + len(tail)) or _HYPHENED.match(text, end)
        if edition and _goes_on(text, end, edition.group()):
            return tail + edition.group()
    return tail


def _goes_on(text: str, end: int, edition: str) -> bool:
    """Tell words that go on a name in a Korean sentence: the "Desktop" of "Claude Desktop"."""
    words = edition.replace("-", " ").split()
    generic = _generic([text[:end].rsplit(maxsplit=1)[-1], *words]) or patterns().not_editions & {
        *words
    }
    return not generic and not is_english(text)


def quoted_whole(text: str, named: tuple[Entity, int, int]) -> str:
    """Return the quoted name that only ends in a known one: \'오픈 가온 AI 얼라이언스\'."""
    entity, start, end = named
    opening = _QUOTES.get(text[end : end + 1], "")
    if not opening or entity.cls not in _WHOLE:
        return ""
    at = max(text.rfind(mark, 0, start) for mark in opening)
    before = text[at + 1 : start]
    if at < 0 or not _BEGUN.fullmatch(before):
        return ""
    words = before.split()
    body = entity.cls in ("Organization", "Event", "Policy")
    strange = body or any(not is_common(word) and not _generic([word]) for word in words)
    told = any(_PARTICLE.search(word) or (len(word) > 2 and is_inflected(word)) for word in words)
    return text[at + 1 : end] if strange and not told else ""


def bases(found: Iterable[Discovered], context: str) -> Iterator[Discovered]:
    """Yield what the editions of things are editions of: "가나 프로버", of "가나 프로버 XT".

    It must stand by itself twice in the ``context``, which is casefolded.
    """
    known = {fold(item.name) for item in found}
    for item in found:
        match = _BASE.fullmatch(item.name) if item.cls in THINGS else None
        base = match["base"] if match else ""
        if match is None or fold(base) in known or not _is_strange(base):
            continue
        tail = match["tail"].casefold()
        alone = rf"(?<![가-힣a-z]){re.escape(base.casefold())}(?={_AFTER}|\s(?!{tail}))"
        if len(re.findall(alone, context)) > 1:
            known.add(fold(base))
            yield Discovered(base, item.cls)


def _is_strange(name: str) -> bool:
    """Tell a name that is more than everyday words, and no kind of thing."""
    words = name.split()
    usual = is_common(name) or _generic([words[0], words[-1]])
    return not usual and (len(words) > 1 or is_unseen(name))


def _generic(words: Sequence[str]) -> bool:
    return any(fold(word) in patterns().stop for word in words)


def is_version_of_another(text: str, start: int) -> bool:
    """Tell "V3" in "칼도라 V3": the version of an unknown name, not a name by itself."""
    before = re.search(r"([가-힣A-Za-z]+)[ \-]$", text[:start])
    if before is None:
        return False
    word = before[1]
    if is_inflected(word):
        return False
    if word.isascii():
        return word[0].isupper() and fold(word) not in patterns().stop
    return is_compound(word) and not (is_listed(word) or kinds_of_noun(word))
