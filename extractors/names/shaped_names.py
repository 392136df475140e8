"""Unknown names told by their shape: versions, repositories, and what a sentence quotes first.

"Kestrane-9는 3나노 공정으로 만든다", "gana-lab/fastlm은 … 오픈소스", "‘온길’은 출시 한 달 만에".
The words are ``shaped_names.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of, holds_any
from extractors.language.words import is_common, is_listed
from extractors.names.introductions import kind_near
from extractors.names.labels import is_named_by_version
from extractors.names.name_patterns import Hint
from extractors.word_lists import filled, load_words

_VERSION = re.compile(
    r"(?=[A-Z])(?<![A-Za-z0-9.\-/])(?P<name>[A-Z][A-Za-z]{2,}(?:\s[A-Z][a-z]+)?"
    r"(?:[\- ]\d{1,3}(?:\.\d)?[A-Za-z]?(?:\s[A-Z][a-z]+)?|-[A-Z]\d{0,3}))"
    r"(?:\([^()]{2,30}\))?(?:(?:은|는|이|가|의|을|를|와|과|도)\s|·)"
)
_KOREAN_VERSION = re.compile(
    r"(?<![가-힣A-Za-z0-9.,])(?P<name>(?P<word>[가-힣]{2,6})\s[1-9]\.\d)(?:은|는|이|가|을|를|의)\s"
)
_REPOSITORY = re.compile(
    r"(?<![\w/.:@\-])(?P<name>[A-Za-z0-9][A-Za-z0-9_.\-]{1,30}/(?P<own>[A-Za-z][A-Za-z0-9_.\-]{2,40}))"
    r"(?<![.\-])(?![A-Za-z0-9_/])"
)
_CODE = re.compile(
    r"(?:코드명|프로젝트명|개발명|가칭|코드네임)(?:은|이|인)?\s?[‘“'\"]?"
    r"(?P<name>[가-힣]{2,7}?|[A-Z][A-Za-z0-9]+(?:\s[A-Z][A-Za-z0-9]+)?)[’”'\"]?(?=[은는이가을를의인로으,)]|\s|$)"
)
_IN_QUOTES = re.compile(
    r"^\W*[‘“'\"](?P<name>[가-힣A-Za-z][가-힣A-Za-z0-9]{1,9}(?:\s[가-힣A-Za-z0-9]{1,8})?)[’”'\"](?:은|는)\s"
)
_CODED = ("코드명", "프로젝트명", "개발명", "가칭", "코드네임")
_NEAR = 50
_PARTICLED = re.compile(r"[가-힣](?:은|는|을|를|의|에|에서|에게|으로|이|가)\s")


@dataclass(frozen=True, slots=True)
class Shapes:
    """The words of ``shaped_names.yaml``, and the patterns built of them."""

    repository: tuple[str, ...]
    hosts: tuple[str, ...]
    package: re.Pattern[str]
    no_package: tuple[str, ...]
    measured: tuple[str, ...]
    tested: re.Pattern[str]
    versioned: tuple[tuple[str, re.Pattern[str]], ...]
    put_out: re.Pattern[str]
    quoted: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def load_shapes() -> Shapes:
    """Load and compile the words once a process."""
    data = load_words("names/shaped_names.yaml")
    return filled(
        Shapes,
        data,
        repository=(*data["repository"], *data["hosts"]),
        package=re.compile(
            r"(?<![\w/.:@\-])(?P<name>[a-z][a-z0-9]+(?:-[a-z0-9]+)+)[’”'\"`]?\s"
            rf"{any_of(data['package'])}(?![가-힣]{{2}})"
        ),
        tested=re.compile(any_of(data["tested"])),
        versioned=_by_class(data["versioned"]),
        put_out=re.compile(any_of(data["put_out"])),
        quoted=_by_class(data["quoted"]),
    )


def _by_class(words: Mapping[str, list[str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((cls, re.compile(any_of(told))) for cls, told in words.items())


def shaped_names(text: str, is_known: Callable[[str], object]) -> Iterator[Hint]:
    """Yield the names of a sentence that their shape and the words around tell."""
    yield from _versioned(text, is_known)
    if "/" in text or "-" in text:
        yield from _projects(text, is_known)
    for code in _CODE.finditer(text) if holds_any(text, _CODED) else ():
        yield Hint(code["name"], kind_near(text, code), True)
    match = _IN_QUOTES.match(text)
    if match and not (is_common(match["name"]) or is_listed(match["name"])):
        rest = text[match.end() : match.end() + 60]
        cls = next((cls for cls, told in load_shapes().quoted if told.search(rest)), None)
        if cls and not _PARTICLED.search(match["name"] + " "):
            yield Hint(match["name"], cls, True)


def _versioned(text: str, is_known: Callable[[str], object]) -> Iterator[Hint]:
    """Take a subject with a version, where what is told of it tells a model or a chip."""
    words = load_shapes()
    for match in _VERSION.finditer(text):
        rest = text[match.end() : match.end() + _NEAR]
        cls = next((cls for cls, told in words.versioned if told.search(rest)), None)
        fresh = words.put_out.search(rest) and not is_known(match["name"].split()[0])
        cls = cls or (kind_near(text, match) if fresh else None)
        if cls and is_named_by_version(match["name"]):
            yield Hint(match["name"], cls, True)
    for match in _KOREAN_VERSION.finditer(text) if "." in text else ():
        told = words.tested.search(text, match.end(), match.end() + 40)
        if told and not match["word"].endswith(words.measured):
            yield Hint(match["name"], "Model", True)


def _projects(text: str, is_known: Callable[[str], object]) -> Iterator[Hint]:
    """Take repositories and packages."""
    words = load_shapes()
    for match in _REPOSITORY.finditer(text) if "/" in text else ():
        own = match["own"]
        shaped = re.search(r"[\-_\d]", match["name"]) or holds_any(text, words.hosts)
        both = is_known(own) and is_known(match["name"][: -len(own) - 1])  # "Gana/Dara"
        if shaped and not both and re.search("[a-z]", own) and holds_any(text, words.repository):
            cls = "Model" if re.search(r"\d[bB]\b|-\d", own) else "Software"
            yield Hint(match["name"], cls, True)
            yield Hint(own, cls, True)
    for match in words.package.finditer(text) if "-" in text else ():
        if not match["name"].endswith(words.no_package):
            yield Hint(match["name"], "Software", True)
