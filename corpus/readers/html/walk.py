"""Elements into words and tables, in order; no recursion, however deep they are nested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from corpus.marks import ends_sentence
from corpus.readers.flow import Part, Words, split_mark, tidy
from corpus.readers.html.tables import rows_of_table
from corpus.readers.pdf.paragraphs import opens_item
from corpus.readers.pdf.symbols import raised

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "header", "hgroup", "hr",
    "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul", "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
_HEADING = re.compile(r"h([1-6])")
_BOLD = frozenset({"b", "strong", "th"})
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*([\d.]+)\s*(px|pt|em|rem|%)", re.IGNORECASE)
_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12}
_VAGUE = re.compile(
    r"(?:여기|이곳|링크|원문|출처|기사|자세히|더 ?보기|바로 ?가기"
    r"|(?:원문|자세히|기사) ?보기|here|link|source|read more|more|view|original)\W*",
    re.IGNORECASE,
)
_SERVICE = re.compile(r"unsubscribe|수신거부|opt-?out|/share|mailto:|javascript:|preferences", re.I)
_SERVED = re.compile(
    r"\W*(?:웹에서 (?:보기|열기)|브라우저에서 보기|온라인으로 보기|수신 ?거부"
    r"|구독 ?(?:취소|하기|신청)|공유하기|view .{0,20}browser|unsubscribe)\W*",
    re.IGNORECASE,
)
"""What a letter says of itself, in a line of its own."""
_TRACKED = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid)=")
_WRAPPED = 20
"""A shorter line that ``br`` ends is one by itself: an address, a figure."""
_LINKS = 12
"""A block with more links is a list of them; its words say enough."""


@dataclass(slots=True)
class _Look:
    size: float
    bold: bool


_Line = list[tuple[str, _Look]]


@dataclass(slots=True)
class _State:
    """The paragraph being read, and the lists and looks around it."""

    runs: _Line = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    held: list[tuple[str, str]] = field(default_factory=list)
    level: int = 0
    lists: list[list[Any]] = field(default_factory=list)
    item: str = ""
    looks: list[_Look] = field(default_factory=lambda: [_Look(12.0, False)])
    raised: int = 0
    seen: set[str] = field(default_factory=set)


def parts_of(content: Any) -> Iterator[Part]:
    """Yield the parts of the main content of a page."""
    from lxml import etree

    state = _State()
    walk = etree.iterwalk(content, events=("start", "end"))
    for event, element in walk:
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if element.tag == "table":
                rows = rows_of_table(element)
                if rows is not None:
                    yield from _flush(state)
                    yield from rows.around(before=True)
                    yield rows.rows
                    yield from rows.around(before=False)
                    yield from _sources(_links_in(element), state, rows.rows.cells[0][0])
                    state.looks.append(state.looks[-1])
                    walk.skip_subtree()  # its end comes next
                    continue
            yield from _start(element, state)
        else:
            yield from _end(element, state)
            if element is not content:
                _add(state, element.tail)
    yield from _flush(state)


def _start(element: Any, state: _State) -> Iterator[Part]:
    tag = element.tag
    if tag in _BLOCKS:
        yield from _flush(state)
    style = element.get("style") or ""
    look = state.looks[-1]
    size = _SIZE.search(style)
    state.looks.append(
        _Look(
            float(size[1] or 0) * _POINTS[size[2].casefold()]
            if size and _is_number(size[1])
            else look.size,
            look.bold or tag in _BOLD or _WEIGHT.search(style) is not None,
        )
    )
    heading = _HEADING.fullmatch(tag)
    if heading:
        state.level = int(heading[1])
    elif tag in ("ul", "ol"):
        start = element.get("start") or "1"
        state.lists.append([tag, int(start) if start.isdecimal() and len(start) < 6 else 1])
    elif tag == "li":
        state.item = _mark(state)
    elif tag == "br":
        _break(state)
    elif tag == "sup":
        state.raised += 1
    elif tag == "img" and not state.level:
        state.runs.append((" ", look))
    _add(state, element.text)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\d{1,4}(?:\.\d{1,4})?", text) is not None


def _break(state: _State) -> None:
    state.runs.append(("\n", state.looks[-1]))


def _mark(state: _State) -> str:
    if not state.lists or state.lists[-1][0] == "ul":
        return "•"
    state.lists[-1][1] += 1
    return f"{state.lists[-1][1] - 1}."


def _end(element: Any, state: _State) -> Iterator[Part]:
    tag = element.tag
    if tag == "a":
        _link(element, state)
    if tag == "sup" and state.raised:
        state.raised -= 1
    if tag in _BLOCKS:
        yield from _flush(state)
    if _HEADING.fullmatch(tag):
        state.level = 0
    elif tag in ("ul", "ol") and state.lists:
        state.lists.pop()
        if not state.lists:  # a source line would part the items
            yield from _sources(state.held, state, "")
            state.held = []
    elif tag == "li":
        state.item = ""
    if len(state.looks) > 1:
        state.looks.pop()


def _add(state: _State, text: str | None) -> None:
    if text:
        shown = re.sub(r"\s+", " ", text)
        number = state.raised and re.fullmatch(r"\s*[\d()+-]{1,6}\s*", text)
        state.runs.append((raised(shown.strip()) if number else shown, state.looks[-1]))


def _link(element: Any, state: _State) -> None:
    address = _address(element)
    if address:
        state.links.append((tidy("".join(element.itertext())), address))


def _address(element: Any) -> str | None:
    """Where a link leads, if it is a source: another page, not a service of this one."""
    href = (element.get("href") or "").strip()
    if not href.casefold().startswith(("http://", "https://")) or _SERVICE.search(href):
        return None
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    kept = "&".join(p for p in parts.query.split("&") if p and not _TRACKED.match(p))
    bare = parts._replace(query=kept, fragment="").geturl()
    return re.sub(r"\s", "%20", bare) if len(unquote(bare)) <= 400 else None


def _links_in(element: Any) -> list[tuple[str, str]]:
    links = [(tidy("".join(a.itertext())), _address(a)) for a in element.iter("a")]
    return [(label, address) for label, address in links if address]


def _flush(state: _State) -> Iterator[Part]:
    """Close the paragraph; lines that ``br`` parts are paragraphs of their own."""
    runs, links = state.runs, state.links
    state.runs, state.links = [], []
    whole = ""
    for stretch in _lines(runs, heading=bool(state.level)):
        text = tidy("".join(text for text, _ in stretch))
        if not text or _SERVED.fullmatch(text):
            continue
        whole = whole or text
        yield _words(text, stretch, state)
        state.item = ""
    if state.lists:
        state.held += [(whole if _VAGUE.fullmatch(label) else label, to) for label, to in links]
    elif whole:
        yield from _sources(links, state, whole)


def _lines(runs: _Line, *, heading: bool) -> list[_Line]:
    """Part runs at the breaks that end a line, and not at those that only wrap it."""
    lines: list[_Line] = [[]]
    for number, (text, look) in enumerate(runs):
        if text != "\n":
            lines[-1].append((text, look))
        elif heading or _wraps(lines[-1], runs[number + 1 :]):
            lines[-1].append((" ", look))
        else:
            lines.append([])
    return lines


def _wraps(before: _Line, after: _Line) -> bool:
    """Whether a line broken by ``br`` goes on after it: long, unfinished, set alike."""
    left = tidy("".join(text for text, _ in before))
    following = next(((text, look) for text, look in after if text == "\n" or text.strip()), None)
    if following is None or following[0] == "\n" or len(left) < _WRAPPED or ends_sentence(left):
        return False
    last = next(look for text, look in reversed(before) if text.strip())
    return last.bold == following[1].bold and not opens_item(following[0].strip())


def _words(text: str, stretch: _Line, state: _State) -> Words:
    if state.level:
        return Words(text, level=state.level)
    mark = state.item
    if not mark:
        mark, text = split_mark(text)
    inked = [(run, look) for run, look in stretch if run.strip()]
    size = max(inked, key=lambda run: len(run[0]))[1].size
    depth = max(0, len(state.lists) - 1)
    bold = all(look.bold for _, look in inked)
    return Words(text, mark=mark, depth=depth if mark else 0, size=round(size, 1), bold=bold)


def _sources(links: list[tuple[str, str]], state: _State, text: str) -> Iterator[Part]:
    """One source line for the links of a block, each address once in a report.

    ``text`` is the block's, which a lone link needs no name beside; empty for a list's.
    """
    fresh = []
    for label, address in links:
        if address not in state.seen and label:
            state.seen.add(address)
            fresh.append((label, address))
    if not fresh or len(fresh) > _LINKS:
        return
    named = []
    for label, address in fresh:
        plain = _VAGUE.fullmatch(label) or label == text or label in address
        plain = plain or (bool(text) and len(fresh) == 1)
        named.append(address if plain else f"{label} {address}")
    yield Words(f"출처: {', '.join(named)}")
