"""What a report says of itself: title, date, publisher, authors. Unknown stays unknown."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.captions import caption_of, is_apparatus, source_of
from corpus.dates import date_in_name, dates_in, is_only_date, month_in
from corpus.lines import Line
from corpus.marks import ends_sentence, mark_of

_HEAD = 40
"""The date and names are looked for among so many lines with text."""
_DATED = re.compile(
    r"(?:발행|발간|작성|게시|배포|기준|등록)\s?일(?:자|시)?|일자|날짜|(?:publish|issu)ed|date|발행",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"^(?:발행인|작성자|작성|정리|저자|글쓴이|글|애널리스트|연구원|담당자?|Authors?|Analysts?|By)\s*[:：]\s*(?P<value>.+)$"
    r"|^(?:애널리스트|Analyst)\s+(?P<bare>.{2,60})$",
    re.IGNORECASE,
)
_PUBLISHERS = re.compile(
    r"^(?:발행처|발행기관|발간처|발간기관|펴낸\s?곳|발행|제공|Publisher|Published by)"
    r"\s*[:：]\s*(?P<value>.+)$",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?P<domain>[\w-]{1,63}(?:\.[\w-]{1,63})+)")
_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염"
    "여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용"
)
_KOREAN_NAME = re.compile(rf"[{_SURNAMES}][가-힣]{{1,3}}")
_WESTERN_NAME = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z]\.?)?(?:[ -][A-Z][a-z]+){1,2}")
_RANK = re.compile(
    r"\s*(?:애널리스트|연구위원|선임연구원|책임연구원|연구원|위원|팀장|이사|기자|박사|교수|Analyst)$"
)
_JUNIOR = re.compile(r"RA|Research Assistant|연구보조원|보조연구원", re.IGNORECASE)
_SIGNED = re.compile(
    r"[가-힣A-Za-z&·\s]{3,40}(?:센터|증권|연구원|연구소|은행|팀|실|본부|협회|진흥원|재단|미디어|뉴스|신문|Research|Securities|Institute)"
)
"""How the house signs a line with the date or the people: "가나증권 리서치센터 | 2025-03-04"."""
_HOUSE = re.compile(
    r"(?:증권|투자|자산운용|리서치\s?센터|리서치|연구소|연구원|연구센터|은행|Research|Securities)$"
)
_PUBLIC_MAIL = ("gmail.", "naver.", "daum.", "hanmail.", "kakao.", "outlook.", "hotmail.", "yahoo.")
_COPYRIGHT = re.compile(
    r"^(?:ⓒ|©|\(c\)|Copyright)\s*(?:©|ⓒ)?\s*\d{4}\.?\s*(?P<value>[^.。]{2,60})", re.IGNORECASE
)

_HASHES = re.compile(r"#{2,6}(?=\s)")
"""The mark of a heading below the title's level."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found; ``lines`` numbers title, date and byline lines, which are no headings."""

    title: str
    date: dt.date | None
    publisher: str | None
    authors: tuple[str, ...]
    lines: frozenset[int]


def read_metadata(
    text: str,
    lines: Sequence[Line],
    front: Mapping[str, object],
    *,
    name: str,
    taken: frozenset[int],
) -> Metadata:
    """Read the metadata that a report's ``text`` has itself.

    ``front`` is its YAML front matter, ``name`` its file stem, ``taken`` numbers the
    lines of tables, which say nothing about the report.
    """
    head = [line for line in lines if not line.blank and line.number not in taken][:_HEAD]
    title, used = _title(head)
    authors, publisher, byline = _byline(head)
    given = front.get("title")
    used |= byline | {line.number for line in head if _only_date(line.text)}
    return Metadata(
        title=str(given).strip() if given else title or name,
        date=_date(front, head, name),
        publisher=_first_text(front, "publisher", "organization", "institution")
        or publisher
        or _house(lines)
        or _owner(lines)
        or _domain(head),
        authors=_front_authors(front) or authors,
        lines=frozenset(n for n in used if not _is_of_part(text, lines, n, given)),
    )


def _first_text(front: Mapping[str, object], *keys: str) -> str | None:
    return next((str(front[key]).strip() for key in keys if front.get(key)), None)


def _front_authors(front: Mapping[str, object]) -> tuple[str, ...]:
    value = front.get("authors") or front.get("author")
    if isinstance(value, list):
        return tuple(str(item).strip() for item in value)
    return tuple(part.strip() for part in re.split(r"[,;]", str(value))) if value else ()


def _only_date(line: str) -> bool:
    """A line that is a date and hardly more, or a date beside a byline ("… | 발행인: …")."""
    beside = len(line) < 80 and "|" in line and next(dates_in(line), None) is not None
    return beside or is_only_date(line)


_FRONT_DATES = (
    *("date", "published", "publishedAt", "published_at", "pubDate", "날짜", "발행일", "작성일"),
    *("updated", "updatedAt", "updated_at", "lastEditedAt", "lastmod", "last_modified", "modified"),
    *("created", "createdAt", "created_at"),
)
"""Keys of a front matter that date a text: when it came out, else when it was as it is."""
_TOLD = re.compile(r"\s*[-*•]\s.*\d\W{0,4}[:：]\W{0,3}[^\W\d]")
"""An item of a chronicle: "- **2023.03.02**: K1 공개"."""


def _date(front: Mapping[str, object], head: Sequence[Line], name: str) -> dt.date | None:
    value = next((front[key] for key in _FRONT_DATES if front.get(key)), None)
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    named = next(dates_in(str(value)), None) if value else None
    if named:
        return named[0]
    return (
        next((date for date in map(_labelled, head) if date), None)
        or next((date for date in map(_short, head) if date), None)
        or date_in_name(name)
        or next((date for date in (month_in(line.text) for line in head[:10]) if date), None)
    )


def _labelled(line: Line) -> dt.date | None:
    """The date of a line that says it is one ("작성일: 2025.01.06"), however long the line."""
    for date, start, _ in dates_in(line.text):
        if _DATED.search(line.text[max(0, start - 14) : start]):
            return date
    return None


def _short(line: Line) -> dt.date | None:
    """The date of a short line that is no sentence, caption, source or item of a chronicle."""
    text = line.text
    sentence = ends_sentence(text) and not _only_date(text)
    if len(text) > 70 or sentence or _TOLD.match(text) or caption_of(text) or is_apparatus(text):
        return None
    return next((found[0] for found in dates_in(text)), None)


def _title(head: Sequence[Line]) -> tuple[str, set[int]]:
    """The first short line, with the tag line under a short series name ("AI Weekly")."""
    first = next((i for i, line in enumerate(head) if not _only_date(line.text)), None)
    if first is None or len(head[first].text) > 120 or ends_sentence(head[first].text):
        return "", set()
    line = head[first]
    mark = mark_of(line.text)
    if (mark and not mark.kind.startswith(("bullet", "bracket"))) or line.is_item:
        return "", set()
    text, used = line.text, {line.number}
    tag = next((other for other in head[first + 1 : first + 3] if not _only_date(other.text)), None)
    if tag and len(text) <= 30 and _is_tag(tag):
        return f"{text}: {tag.text}", used | {tag.number}
    return text, used


def _is_of_part(text: str, lines: Sequence[Line], number: int, given: object) -> bool:
    """Tell the heading of the first part ("## 가나전자" before "## 다라전자") from a title.

    So is the heading of the only part, where the front matter has ``given`` another title.
    """
    at = _HASHES.match(text, lines[number].span.start)
    levels = (_HASHES.match(text, line.span.start) for line in lines if not line.blank)
    several = at is not None and sum(m is not None and m[0] == at[0] for m in levels) > 1
    if at is None or several or not given:
        return several
    own = lines[number].text
    return not _only_date(own) and own.strip() not in str(given)


def _is_tag(line: Line) -> bool:
    text = line.text
    return (
        6 <= len(text) <= 80
        and len(line.span) == len(text)  # markup would make it a heading, not a tag line
        and not (ends_sentence(text) and text.endswith("."))
        and not mark_of(text)
        and not line.is_item
        and not _MAIL.search(text)
        and not _PEOPLE.match(text)
        and not _PUBLISHERS.match(text)
        and not _WESTERN_NAME.fullmatch(text)
        and not caption_of(text)
        and _top_free(text)
    )


def _top_free(text: str) -> bool:
    from corpus.outline import is_top

    return not is_top(text)


def _name(text: str) -> str | None:
    text = _RANK.sub("", text.strip())
    return text if _KOREAN_NAME.fullmatch(text) or _WESTERN_NAME.fullmatch(text) else None


def _byline(head: Sequence[Line]) -> tuple[tuple[str, ...], str | None, set[int]]:
    """People and publisher named by labels, or people named beside an e-mail address."""
    authors: list[str] = []
    publisher, used = None, set()
    for i, line in enumerate(head):
        parts = re.split(r"\s*[|│]\s*", line.text)
        told = any(_PEOPLE.match(p) or next(dates_in(p), None) for p in parts[1:])
        if told and not publisher and _SIGNED.fullmatch(parts[0].strip(" *_#")):
            publisher = parts[0].strip(" *_#")
            used.add(line.number)
        for part in parts:
            labelled = _PUBLISHERS.match(part)
            if labelled and not publisher and not next(dates_in(labelled["value"]), None):
                publisher = labelled["value"].strip()
                used.add(line.number)
            people = _PEOPLE.match(part)
            if people and len(part) <= 80:
                names, house = _people(people["value"] or people["bare"])
                authors += names
                publisher = publisher or house
                used |= {line.number} if names or house else set()
        if _MAIL.search(line.text) and len(line.text) <= 120:
            used.add(line.number)
            before = head[i - 1] if i else line
            own = _MAIL.sub("", line.text).strip(" ()<>|,·:/")
            found, _ = _people(own) if own else ([before.text.strip()], None)
            named = [n for n in map(_name, found) if n]
            used |= {before.number} if named and not own else set()
            authors += named
    return tuple(dict.fromkeys(authors)), publisher, used


def _people(value: str) -> tuple[list[str], str | None]:
    """Split "어느연구소 홍길동, 김영희" into people and the house before them."""
    names, house = [], None
    for part in re.split(r"\s*[,;/·]\s*", value):
        whole = _name(_MAIL.sub("", part))
        if whole:
            names.append(whole)
            continue
        words = _RANK.sub("", part.strip()).split()
        last = _name(words[-1]) if words else None
        if last and len(words) > 1:
            names.append(last)
            before = " ".join(words[:-1])
            house = house or (None if _JUNIOR.fullmatch(before) else before)
        elif words and _HOUSE.search(part):
            house = house or part.strip()
    return names, house


def _sources(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        source = source_of(line.text) if not line.blank else None
        if source and "," in source:
            yield source.rsplit(",", 1)[1].strip()


def _house(lines: Sequence[Line]) -> str | None:
    """Who signs the source lines: the last name of most of them, if it reads like a house."""
    counted = Counter(_sources(lines))
    if not counted:
        return None
    name, times = min(counted.items(), key=lambda item: (-item[1], item[0]))
    mostly = times * 2 > sum(counted.values())
    return name if times >= 2 and mostly and _HOUSE.search(name) else None


def _owner(lines: Sequence[Line]) -> str | None:
    """The holder in a copyright line, without a person's name after it."""
    for line in reversed(lines):
        match = _COPYRIGHT.match(line.text)
        if match:
            _, house = _people(match["value"].strip())
            return house or (match["value"].strip() if not _name(match["value"]) else None)
    return None


def _domain(head: Sequence[Line]) -> str | None:
    found = [m["domain"] for line in head for m in _MAIL.finditer(line.text)]
    house = [domain for domain in found if not domain.startswith(_PUBLIC_MAIL)]
    return house[0] if house else None
