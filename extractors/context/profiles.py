"""Headings that name the thing which the items below them tell of: "### 미르칩 X3 — 차세대 NPU".

A heading names a thing if one of its parts looks like a name (with a version, of Latin
words, in no dictionary) and what is below it is such as things of one class have: "공정: 4나노"
a chip, "대표: 김도윤" a firm, "45개 팀을 지원한다" a programme. The words are ``profiles.yaml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.clean import plain
from corpus.records import record
from corpus.report import Report
from extractors.alternation import any_of
from extractors.classes import BODIES, THINGS
from extractors.context.attribute_data import label_keys
from extractors.language.trimming import unglossed
from extractors.language.words import (
    is_common,
    is_inflected,
    is_listed,
    is_proper,
    is_unseen,
    sounds_like,
)
from extractors.lexicon.name_index import fold
from extractors.names.explained import load_explaining
from extractors.names.labels import is_named_by_version, is_strange_latin, label_of
from extractors.names.name_patterns import Hint
from extractors.sparing import sparing
from extractors.word_lists import filled, inverted, load_words
from kg.vocab import CLASSES

_LONGEST = 60
_MOST_LINES = 14
_OPENS = re.compile(
    r"(?:[^\w(\[<]|\d{1,2}(?:[.\-]\d{1,2})*[.)]?\s|[(\[]?(?:[가-하A-Z]|\d{1,2}|[IVX]{1,4})[.)\]]\s?"
    r"|(?:사례|케이스|Case|후보|종목|기업|모델|제품|서비스|칩|프로젝트|업체|회사)\s?\d{0,2}\s?[:.]\s|제\d+[장절]\s)*"
)
_PARTS = sparing(r"\s[–—―|-]\s|\s?[:：]\s")
_SEVERAL = re.compile(
    r"[,/·&+?!…→]|\svs\.?\s|\s(?:및|대|또는|그리고)\s|[가-힣A-Za-z0-9](?:와|과|의|은|는|이|가|을|를)\s"
)
_GLOSSED = re.compile(r"(?P<name>[^()]+?)\s?\((?P<gloss>[^()]{2,40})\)")
_QUOTED = sparing(r"^(?:[가-힣A-Za-z]+\s){0,2}[‘“'\"「](?P<name>[^‘’“”'\"「」]{2,24})[’”'\"」]")
_KOREAN = re.compile(
    r"[가-힣A-Za-z][가-힣A-Za-z0-9]*(?:\s[가-힣A-Za-z0-9][가-힣A-Za-z0-9.\-]*){0,3}"
)
_ITEM = re.compile(r"(?P<indent>\s*)(?:[-*+•·▪○●◦■□▶※]|\d{1,2}[.)])\s+(?=\S)")
_DIGIT = re.compile(r"\d")
_TIMED = re.compile(r"\bF?(?:[QY]\d|[1-4]Q)")
_FRAGMENTS = re.compile(r",\s|\s[/|]\s|[▲△■]|\.\s")
_LABELS = re.compile(r"[·/&,]|\s및\s")
_OWN, _KIND = 2, 3
_ENOUGH, _LIKELY, _SURE, _PLAIN = 2, 3, 4, 6
"""Votes that a name needs which looks like one, one of a site or body, one that may be none,
one of plain nouns alone ("나눔비전")."""
_SHORTEST, _ACRONYM, _PLACED = 4, 5, 2
_NAMED = (*THINGS, "Facility", "Policy")
_PER_LINE = 2
"""So many votes at most that one line gives a class."""

ClassOf = Callable[[str], str | None]
"""Gives the class of a known name."""


@record()
class Profile:
    """A heading and the lines below it, up to the next heading, without markup."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profiling:
    """The words of ``profiles.yaml``; ``ends`` is what may stand behind a name in a heading."""

    labels: Mapping[str, tuple[tuple[str, int], ...]]
    told: tuple[tuple[re.Pattern[str], str], ...]
    running: tuple[tuple[re.Pattern[str], str], ...]
    tails: Mapping[str, str]
    kinds: Mapping[str, str]
    topics: frozenset[str]
    words: frozenset[str]
    kind: re.Pattern[str]
    ends: re.Pattern[str]
    aside: re.Pattern[str]
    sizes: re.Pattern[str]
    planned: re.Pattern[str]
    begins: re.Pattern[str]
    closes: re.Pattern[str]
    listed: re.Pattern[str]


@lru_cache(maxsize=1)
def load_profiling() -> Profiling:
    """Load the words once a process."""
    data = load_words("context/profiles.yaml")
    labels: dict[str, tuple[tuple[str, int], ...]] = {}
    for group, weight in (("own", _OWN), ("labels", 1)):
        for cls, words in data[group].items():
            for key in ("".join(word.split()) for word in words):
                labels[key] = (*labels.get(key, ()), (cls, weight))
    kinds = dict(load_explaining().kinds)
    kinds |= inverted(data["kinds"])
    return filled(
        Profiling,
        data,
        labels=labels,
        told=_by_class(data["told"]),
        running=_by_class(data["running"]),
        tails={fold(word): cls for cls, words in data["tails"].items() for word in words},
        kinds=kinds,
        words=frozenset(map(fold, data["words"])),
        kind=re.compile(rf"(?<![A-Za-z]){any_of(kinds)}$"),
        begins=re.compile(rf"(?P<label>{any_of(data['begins'])})\s(?=[\dA-Z가-힣(])"),
        closes=re.compile(
            rf"\d{{4}}년?(?:\s\d{{1,2}}월)?(?:에)?\s(?P<label>{any_of(data['closes'])})\W*$"
        ),
        listed=re.compile(any_of(data["listed"])),
        ends=re.compile(
            rf"[’”'\"」]?(?:\s{any_of((*kinds, '프로젝트'))})?\s?(?:\([^()]*\))?"
            rf"(?:\s{any_of(kinds)})?[:：]?$"
        ),
    )


def _by_class(words: Mapping[str, list[str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((sparing("|".join(told)), cls) for cls, told in words.items())


def profiles(report: Report) -> Iterator[Profile]:
    """Yield the headings of a report, and its list items, that have items below them."""
    for section in report.sections:
        if section.heading is None or len(section.heading) > 2 * _LONGEST:
            continue
        lines = [line for line in section.body.of(report.text).split("\n") if line.strip()]
        if lines:
            told = tuple(plain(_as_item(line)) for line in lines[:_MOST_LINES])
            yield Profile(plain(section.heading.of(report.text)), told)
    for section in report.sections:
        lines = section.body.of(report.text).split("\n")
        yield from _items(lines)
        yield from _labelled(lines)


def _as_item(line: str) -> str:
    """Write a row of key and value as an item with a label: "| 주가 | 900원 |"."""
    cells = line.rsplit("|", 3) if line.startswith("|") else []
    words = [cell.strip() for cell in cells[1:]]
    paired = len(words) > 2 and words[0] and words[1] and not words[2]
    return f"{cells[0]}- {words[0]}: {words[1]}" if paired else line


def _items(lines: Sequence[str]) -> Iterator[Profile]:
    """Yield the short items of a list with those indented below them."""
    for at, line in enumerate(lines):
        item = _ITEM.match(line)
        if item is None or len(line) > 2 * _LONGEST:
            continue
        below = tuple(_below(lines[at + 1 :], len(item["indent"])))
        if len(below) > 1:
            yield Profile(plain(line[item.end() :]).rstrip(" :："), below)


def _labelled(lines: Sequence[str]) -> Iterator[Profile]:
    """Yield labels of items, with what is told of each: "Gana Gulf: 2GW, 2029년 완공"."""
    for line in lines:
        item = _ITEM.match(line) if ", " in line and _DIGIT.search(line) else None
        text = plain(line[item.end() :]) if item else ""
        label = label_of(text)
        name = text[label.start : label.end] if label else ""
        if label and (name.isascii() or _tail(name)):
            yield Profile(name, tuple(text[label.body :].split(", ")))


def _below(lines: Sequence[str], indent: int) -> Iterator[str]:
    """Yield the items that follow and are indented further, without markup."""
    for line in lines:
        if _depth(line) <= indent:
            return
        yield plain(line)


def _depth(line: str) -> int:
    item = _ITEM.match(line)
    return len(item["indent"]) if item else -1


def profile_names(profile: Profile, class_of: ClassOf) -> Iterator[Hint]:
    """Yield the name of the unknown thing that a profile is of, and its other spelling."""
    part = naming_part(profile.heading, class_of)
    if part is None:
        return
    words = _QUOTED.sub(r"\g<name>", profile.heading[slice(*part)])
    match = _GLOSSED.fullmatch(words)
    name, gloss = (match["name"], match["gloss"]) if match else (words, "")
    if class_of(name) is not None or (gloss and class_of(gloss) is not None):
        return
    alike = (
        bool(gloss)
        and ", " not in gloss
        and bool(_DIGIT.search(name)) == bool(_DIGIT.search(gloss))
    )
    spelt = alike and (sounds_like(name, gloss) or sounds_like(gloss, name))
    name, kind = _without_kind(name)
    if len(name.split()) == _PLACED and class_of(name.split()[0]) == "Place":
        return  # "미국 공장"
    first = name.rpartition(" ")[0]
    if first and class_of(first) in BODIES and _tail(name) == "Company":
        return  # "Gana Limited", where Gana is known
    looks = _looks(name, spelt=spelt)
    if looks is None:
        return
    kind = None if is_common(name) else kind  # "메모리 사업"
    said = {c for c in (kind, _said(profile, part[1])) if c is not None}
    said |= {"Company"} if load_profiling().listed.search(gloss) else set()
    votes, own = _votes(profile, name, said)
    cls = min(votes, key=lambda c: (-votes[c], CLASSES.index(c)), default=None)
    single = looks == _ENOUGH and cls != "Company"
    if cls is not None and votes[cls] >= looks and (single or cls in own):
        both = f"{name} ({gloss})" if gloss.isascii() else f"{gloss} ({name})"
        yield Hint(both if spelt else name, cls, True)


def naming_part(heading: str, class_of: ClassOf) -> tuple[int, int] | None:
    """Return the range of the part of a heading that may name what the section is about.

    Behind its number, and behind the place or topic that goes before a dash; none where
    several are named or a topic is told.
    """
    if len(heading) > _LONGEST:
        return None
    opens = _OPENS.match(heading)
    start = opens.end() if opens else 0
    breaks = [match.span() for match in _PARTS.finditer(heading, start)]
    for end, after in (*breaks, (len(heading), len(heading))):
        words = _first_of_two(heading[start:end].strip(), class_of)
        last = after == end
        if words and not (not last and (class_of(words) == "Place" or is_common(words))):
            return None if _is_of_several(words) else (start, start + len(words))
        start = after
    return None


def _first_of_two(words: str, class_of: ClassOf) -> str:
    """Leave out whose a thing is: "Gana Gulf / 가나"; two things name no one."""
    first, mark, second = words.partition(" / ")
    return first if mark and class_of(second) not in _NAMED else words


def _is_of_several(words: str) -> bool:
    bare = unglossed(words)
    return _SEVERAL.search(bare) is not None or bool(load_profiling().topics & set(bare.split()))


def _without_kind(name: str) -> tuple[str, str | None]:
    """Cut the noun off that says what a name with a version is: "솔라 P1 칩"."""
    first, _, last = name.rpartition(" ")
    cls = load_profiling().kinds.get(last)
    return (first, cls) if cls and is_named_by_version(first) else (name, cls)


def _looks(name: str, *, spelt: bool) -> int | None:
    """Return how much has to tell for it that words are a name, ``None`` if they are none."""
    words, known = name.split(), load_profiling()
    if (
        not words
        or _TIMED.search(name)
        or known.words >= set(map(fold, words))
        or known.kinds.keys() >= set(words)
    ):
        return None
    if is_named_by_version(name):
        return _ENOUGH
    if name.isascii():
        short = len(words) == 1 and len(name) < (_ACRONYM if name.isupper() else _SHORTEST)
        if short or fold(words[0]) in known.words or not is_strange_latin(name):
            return None
        return _ENOUGH if len(words) > 1 or not name.isalpha() or spelt else _SURE
    return _looks_korean(words, spelt=spelt)


def _looks_korean(words: Sequence[str], *, spelt: bool) -> int | None:
    """Return the same of words that are not in Latin letters alone."""
    name = " ".join(words)
    if words[0] == "프로젝트" and len(words) == _PLACED:
        return _ENOUGH
    verbal = any(is_inflected(word) and not is_unseen(word) for word in words[:-1])
    if not _KOREAN.fullmatch(name) or verbal:
        return None
    alone = len(words) == 1 and len(name) >= _SHORTEST and not is_listed(name)
    plain = _PLAIN if alone and not name.endswith(tuple(load_profiling().topics)) else None
    if is_common(name) and _tail(name) is None:
        return plain
    strange = is_unseen(words[0]) or (is_proper(words[0]) and not is_listed(words[0]))
    tailed = (len(words) > 1 or not is_common(name)) and _tail(name) is not None
    if spelt or (strange and tailed):
        return _ENOUGH if spelt else _LIKELY
    return _SURE if strange or tailed else plain


def _said(profile: Profile, end: int) -> str | None:
    """Return the class of what a heading or the first words below it call what it names."""
    known = load_profiling()
    behind = _PARTS.split(profile.heading[end:])[1:]
    first = profile.lines[0].lstrip("-*• ")
    below = () if label_of(first) else (first.split(". ", maxsplit=1)[0].rstrip("."),)
    told = (known.kind.search(words.strip()) for words in (*behind[-1:], *below))
    return next((known.kinds[match.group()] for match in told if match), None)


def _tail(name: str) -> str | None:
    """Return the class that the last word of a name tells, or what it ends in: "성장펀드"."""
    if not name.strip():
        return None
    tails, last = load_profiling().tails, fold(name.rsplit(maxsplit=1)[-1])
    ends = (last[at:] for at in (0, *range(2, len(last) - 1)))
    return next((tails[end] for end in ends if end in tails), None)


def _votes(profile: Profile, name: str, said: set[str]) -> tuple[Counter[str], set[str]]:
    """Count what is told of the class; the second are classes of which single things are told."""
    known, votes = load_profiling(), Counter[str]()
    tail = _tail(name)
    votes.update(dict.fromkeys(said, _KIND))
    votes.update({tail: _OWN} if tail else {})
    lines = list(_told_below(profile))
    telling = 0
    for body, told in lines:
        before = votes.total()
        votes.update(dict(told or ()))
        running = known.running if told is None else ()
        for words, cls in (*known.told, *running):
            votes[cls] += min(len(words.findall(body)), _PER_LINE if told is None else 1)
        telling += told is None and votes.total() > before
    own = {cls for _, told in lines for cls, weight in told or () if weight == _OWN}
    own |= said | ({tail} if tail else set())
    labels = sum(told is not None for _, told in lines)
    enough = tail or said or telling or labels > 1
    return (votes if enough else Counter()), own


def _told_below(profile: Profile) -> Iterator[tuple[str, tuple[tuple[str, int], ...] | None]]:
    """Yield what stands behind each label below a heading, and what the label tells.

    A line without a label is yielded with ``None``.
    """
    known = load_profiling()
    for line in profile.lines:
        label = label_of(line)
        if label is None:
            yield from _unmarked(line)
        else:
            keys = (k for w in _LABELS.split(line[label.start : label.end]) for k in label_keys(w))
            yield line[label.body :], next((known.labels[k] for k in keys if k in known.labels), ())


def _unmarked(line: str) -> Iterator[tuple[str, tuple[tuple[str, int], ...] | None]]:
    """Yield the parts of a line whose labels no mark follows: "2016년 설립, 본사 부산"."""
    known = load_profiling()
    for part in _FRAGMENTS.split(line.lstrip("-*•· ")):
        told = known.begins.match(part) or known.closes.search(part)
        word = "".join(told["label"].split()) if told else ""
        yield part, (known.labels[word] if told else None)
