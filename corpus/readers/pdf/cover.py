"""What a PDF says of itself on its first and last page: title, date, publisher."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.dates import dates_in, month_in
from corpus.marks import mark_of
from corpus.readers.pdf.headings import body_size
from corpus.readers.pdf.paragraphs import Piece

_HOUSE = re.compile(
    r"[가-힣A-Za-z&·\s]{0,24}(?:증권|투자증권|자산운용|리서치\s?센터|리서치|연구소|연구원|진흥원|정보원|평가원|개발원"
    r"|은행|협회|재단|공사|공단|학회|위원회|Research|Securities|Institute|Foundation)"
)
_SITE = re.compile(
    r"(?:[\w.+-]+@|https?://(?:www\.)?|www\.)(?P<domain>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
)
_PUBLIC = ("gmail.", "naver.", "daum.", "hanmail.", "kakao.", "google.", "youtube.", "facebook.")
_PROGRAM = re.compile(
    r"microsoft|powerpoint|\.(?:hwpx?|docx?|pptx?|indd|xlsx?|pdf)\b|untitled|제목\s?없음|^\W*$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:발행|발간|작성|게시|배포)\s?(?:일자?|년월)|(?:publish|issu)ed", re.IGNORECASE
)
_ISSUE = re.compile(
    r"(?:제\s?\d+\s?(?:호|권)|\d{1,2}월호|vol\.?\s?\d+|no\.?\s?\d+)[\s,.()]*", re.IGNORECASE
)
_COVER = 400
"""A first page of several with less text is a cover: nothing on it is a heading."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What was found; ``title_pieces`` are the places of the title among the pieces."""

    title: str | None
    date: dt.date | None
    publisher: str | None
    title_pieces: frozenset[int]


def read_cover(
    pieces: Sequence[Piece], heads: Sequence[str], info: Mapping[str, str], pages: int
) -> Cover:
    """Read title, date and publisher off the first page, running heads and last page.

    ``info`` is the document's own dictionary (``Title``), trusted where the page has none.
    """
    front = [i for i, piece in enumerate(pieces) if piece.page == 1 and piece.lines]
    back = [piece for piece in pieces if piece.page == pages > 1 and piece.lines]
    title, places = _title(pieces, front)
    short = pages > 1 and sum(len(pieces[i].text) for i in front) < _COVER
    if short:
        places = frozenset(front)
    texts = [pieces[i].text for i in front]
    return Cover(
        title or _named(info) or _headed(heads),
        _date([*texts[:25], *heads[:3]]),
        _publisher([*texts, *heads], [piece.text for piece in back]),
        places,
    )


def _is_date(text: str) -> bool:
    """Whether a text is a date or issue and hardly more."""
    rest = _ISSUE.sub("", text)
    for _, start, end in list(dates_in(rest))[:1]:
        rest = rest[:start] + rest[end:]
    rest = re.sub(r"(?:19|20)\d\d\s*[년.-]?\s*\d{0,2}\s*월?", "", rest)
    return sum(1 for ch in rest if ch.isalpha()) <= 1


def _title(pieces: Sequence[Piece], front: Sequence[int]) -> tuple[str, frozenset[int]]:
    """The largest text of the first page, if it is larger than the text below."""
    body = body_size([piece for piece in pieces if piece.page <= 3])
    able = [
        i
        for i in front
        if sum(1 for ch in pieces[i].text if ch.isalpha()) >= 2
        and len(pieces[i].text) <= 120
        and not _is_date(pieces[i].text)
        and not _SITE.search(pieces[i].text)
    ]
    if not able:
        return "", frozenset()
    largest = max(pieces[i].size for i in able)
    if largest < 1.15 * body:
        return "", frozenset()
    same = [i for i in able if pieces[i].size >= 0.95 * largest]
    first = same[0]
    chosen = [i for n, i in enumerate(same) if i - first == n][:3]
    return " ".join(pieces[i].text for i in chosen), frozenset(chosen)


def _named(info: Mapping[str, str]) -> str | None:
    title = " ".join(info.get("Title", "").split())
    return title if len(title) >= 4 and not _PROGRAM.search(title) else None


def _headed(heads: Sequence[str]) -> str | None:
    """A running head names the series; another one may name the issue."""
    names = [re.sub(r"[\s|ㅣ│]+$", "", head) for head in heads if not mark_of(head)]
    series = next((n for n in names if len(n) >= 4 and not _is_date(n)), None)
    issue = next((n for n in names if _is_date(n) and any(ch.isdigit() for ch in n)), None)
    return f"{series} {issue}" if series and issue else series


def _date(texts: Sequence[str]) -> dt.date | None:
    for text in texts:
        for date, start, _ in dates_in(text):
            if _DATED.search(text[max(0, start - 14) : start]):
                return date
    short = [text for text in texts if len(text) <= 70]
    for text in short:
        found = next(dates_in(text), None)
        if found:
            return found[0]
    return next((date for date in map(month_in, short) if date), None)


def _publisher(front: Sequence[str], back: Sequence[str]) -> str | None:
    """A line that is the name of a house, else the domain of its address."""
    for text in (*front, *back):
        if len(text) <= 40 and _HOUSE.fullmatch(text):
            return text
    domains = [m["domain"] for text in (*back, *front) for m in _SITE.finditer(text)]
    house = [d.lower() for d in domains if not d.lower().startswith(_PUBLIC)]
    return house[0] if house else None
