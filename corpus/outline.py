"""Heading grammar: which lines are headings, and how they nest.

Numbered lines (``I.``, ``1.``, ``(1)``, ``1.1``, ``가.``, ``①``, ``제1장``), Markdown and
setext headings, bullets and brackets on short lines, and short lines standing alone.
A numbered item of a list is no heading: it ends a sentence, is long, or the next item
follows at once. Levels are not fixed: a kind of mark that is open already is returned
to, a new kind goes deeper.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from corpus.data_files import load_yaml
from corpus.lines import Line
from corpus.marks import Mark, ends_sentence, mark_of
from corpus.report import Section, Span

_UNNUMBERED = ("plain", "bold", "bracket", "bullet")
_MAX = {"bullet": 45, "plain": 40, "bold": 60, "bracket": 45}
_MAX_NUMBERED = 80
_BOLD = re.compile(r"[^\w\s*]{0,4}\s*(?:\d{1,2}[.)]\s*)?\*\*[^*]{2,}\*\*\s*[:：]?")
_SETEXT = re.compile(r"(={3,}|-{3,})")
_ADDRESS = re.compile(r"\S+@\S+\.\S+|https?://|www\.")
_OPENERS = "“\"‘'「『‐-–—*※·•"
_MANY_HASHES = 3
"""A document with so many Markdown headings marks all its headings that way."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading line, its markup in ``span``.

    ``top`` ends all that is open; ``filled`` tells that text stands right under it.
    """

    line: int
    mark: Mark
    text: str
    span: Span
    top: bool = False
    filled: bool = False


@lru_cache(maxsize=1)
def top_words() -> frozenset[str]:
    """Load the folded headings that always stand at the top (``outline.yaml``)."""
    data = load_yaml(Path(__file__).with_name("outline.yaml"))
    return frozenset(_fold(word) for word in data["top"])


def is_top(line: str) -> bool:
    """Tell whether an unnumbered heading always stands at the top level."""
    return _fold(line) in top_words()


def _fold(line: str) -> str:
    return "".join(ch for ch in line.casefold() if ch.isalnum())


def find_headings(
    text: str, lines: Sequence[Line], taken: Collection[int], *, markdown: bool = False
) -> tuple[Heading, ...]:
    """Find the heading lines; ``taken`` numbers the lines of tables, title and byline."""
    return _Grammar(text, lines, frozenset(taken), markdown).headings()


class _Grammar:
    """The lines of one text with what was decided about those above."""

    def __init__(
        self, text: str, lines: Sequence[Line], taken: frozenset[int], markdown: bool
    ) -> None:
        self.text = text
        self.lines = lines
        self.taken = taken
        self.markdown = markdown
        self.free = [n for n, line in enumerate(lines) if not line.blank]
        self.place = {n: i for i, n in enumerate(self.free)}
        hashes = sum(1 for n in self.free if n not in taken and self._hash(n))
        self.hashed = hashes >= _MANY_HASHES
        self.found: dict[int, Heading] = {}
        self.items: set[int] = set()

    def headings(self) -> tuple[Heading, ...]:
        for number in self.free:
            if number in self.taken:
                continue
            mark = self._mark(number)
            if mark is None:
                continue
            if self._accepts(number, mark):
                self._add(number, mark)
            else:
                self.items.add(number)
        return tuple(self._filled(heading) for heading in self.found.values())

    def _filled(self, heading: Heading) -> Heading:
        after = self._neighbour(heading.line, 1)
        return replace(heading, filled=after is not None and after not in self.found)

    def _add(self, number: int, mark: Mark) -> None:
        line = self.lines[number]
        top = mark.kind.startswith(_UNNUMBERED) and is_top(line.text)
        self.found[number] = Heading(number, mark, line.text, line.span, top)

    def _raw(self, number: int) -> str:
        return self.lines[number].span.of(self.text)

    def _hash(self, number: int) -> bool:
        return self._raw(number).startswith("#") and mark_of(self._raw(number)) is not None

    def _mark(self, number: int) -> Mark | None:
        """The mark a line would have as a heading, before looking around it."""
        line = self.lines[number]
        if self._hash(number):
            return mark_of(self._raw(number))
        under = self._underline(number)
        if under:
            return under
        mark = mark_of(line.text)
        if mark:
            return mark
        emphasised = self.hashed and line.is_item  # "- **새 공장 착공**": an item like others
        if (_BOLD.fullmatch(self._raw(number)) and not emphasised) or _pictured(line.text):
            return Mark("bold", 0)
        return Mark("plain", 0) if self._could_be_plain(line) else None

    def _underline(self, number: int) -> Mark | None:
        """A setext heading: the line below is all ``=`` (or, in Markdown, all ``-``)."""
        if number + 1 >= len(self.lines) or len(self.lines[number].text) > _MAX_NUMBERED:
            return None
        match = _SETEXT.fullmatch(self.lines[number + 1].raw.of(self.text).strip())
        alone = number == 0 or self.lines[number - 1].blank
        if not match or not alone or ends_sentence(self.lines[number].text):
            return None
        if match[1][0] == "=":
            return Mark("hash1", 0)
        return Mark("hash2", 0) if self.markdown else None

    def _could_be_plain(self, line: Line) -> bool:
        text = line.text
        return (
            2 <= len(text) <= _MAX["plain"]
            and text[0] not in _OPENERS
            and not line.is_item
            and sum(1 for ch in text if ch.isalpha()) * 2 > len(text.replace(" ", ""))
            and not _ADDRESS.search(text)
            and not text.endswith((":", ",", "："))
            and not ends_sentence(text)
        )

    def _accepts(self, number: int, mark: Mark) -> bool:
        if mark.kind.startswith("hash"):
            return True
        line = self.lines[number]
        base = next((kind for kind in _UNNUMBERED if mark.kind.startswith(kind)), None)
        limit = _MAX[base] if base else _MAX_NUMBERED
        if len(line.text) > limit or ends_sentence(line.text) or self._nested(number):
            return False
        if mark.kind == "plain":
            return not self.hashed and self._stands_alone(number)
        if self.hashed and mark.kind != "bold":
            return False
        return not self._listed(number, mark) and not self._wrapped(number)

    def _neighbour(self, number: int, step: int) -> int | None:
        place = self.place[number] + step
        return self.free[place] if 0 <= place < len(self.free) else None

    def _nested(self, number: int) -> bool:
        """In Markdown, an indented line or one with indented lines right below is a list item."""
        if not self.markdown:
            return False
        below = number + 1
        if self.lines[number].indent >= 2:
            return True
        return (
            below < len(self.lines)
            and not self.lines[below].blank
            and self.lines[below].indent >= 2
        )

    def _listed(self, number: int, mark: Mark) -> bool:
        """Whether the items before or after it make it one of a list."""
        before, after = self._neighbour(number, -1), self._neighbour(number, 1)
        if after is not None and after not in self.taken:
            follower = self._mark(after)
            if follower and follower.kind == mark.kind and _follows(mark, follower):
                return True
        if before is None or before in self.taken:
            return False
        if self.lines[before].text.endswith((":", "：", ",")) and mark.number < 2:
            return True
        return self._continues(number, mark)

    def _continues(self, number: int, mark: Mark) -> bool:
        """Whether the item one number below was a list item just above."""
        place = self.place[number]
        for back in range(1, 5):
            if place - back < 0 or self.free[place - back] in self.found:
                return False
            other = self.free[place - back]
            if other in self.items:
                previous = self._mark(other)
                if previous and previous.kind == mark.kind and _follows(previous, mark):
                    return True
            if len(self.lines[other].text) > 120:
                return False
        return False

    def _wrapped(self, number: int) -> bool:
        """Whether the line above breaks off in mid-sentence, so that this one goes on."""
        above = number - 1
        if above < 0 or self.lines[above].blank or above in self.found or above in self.taken:
            return False
        text = self.lines[above].text
        return len(text) > 30 and not ends_sentence(text) and self._mark(above) is None

    def _stands_alone(self, number: int) -> bool:
        """A short line is a heading when set off by blank lines, and text follows it."""
        last = len(self.lines) - 1
        if is_top(self.lines[number].text) and self._neighbour(number, 1) is not None:
            above = self.lines[number - 1] if number else None
            return above is None or above.blank or ends_sentence(above.text)
        if number > 0 and not self.lines[number - 1].blank:
            return False
        if number < last and not self.lines[number + 1].blank:
            return False
        before, after = self._neighbour(number, -1), self._neighbour(number, 1)
        if after is None:
            return False
        follower = self._mark(after) if after not in self.taken else None
        if follower and follower.kind not in ("plain", "bold") and self._accepts(after, follower):
            return True
        if before is not None and before not in self.taken and before not in self.found:
            mark = self._mark(before)
            if mark and mark.kind == "plain":
                return False
        return after in self.taken or len(self.lines[after].text) >= 60 or self.lines[after].is_item


def _follows(mark: Mark, other: Mark) -> bool:
    return other.number == mark.number + 1 if mark.number else True


def _pictured(text: str) -> bool:
    """Whether a line opens with an emoji, as newsletters mark their headings."""
    return unicodedata.category(text[0]) == "So" and text[0] > "⛿" and len(text) > 3


def nest(headings: Sequence[Heading]) -> tuple[tuple[str, ...], ...]:
    """Return the path of each heading, from the outermost down to itself."""
    stack: list[Heading] = []
    shelved: list[Heading] = []
    paths = []
    for heading in headings:
        if heading.top:
            shelved = stack or shelved
            stack = []
        elif _resumes(stack, shelved, heading):
            stack, shelved = shelved, []
        del stack[_depth(stack, heading) :]
        stack.append(heading)
        paths.append(tuple(item.text for item in stack))
    return tuple(paths)


def _open(stack: list[Heading]) -> int:
    """How many stay open above a new numbering: not unnumbered ones with a text of their own."""
    depth = len(stack)
    while depth and stack[depth - 1].filled and stack[depth - 1].mark.kind in ("plain", "bold"):
        depth -= 1
    return depth


def _resumes(stack: list[Heading], shelved: list[Heading], heading: Heading) -> bool:
    """Whether the numbering that an unnumbered top heading broke off goes on here."""
    mark = heading.mark
    if not mark.number or any(h.mark.kind == mark.kind for h in stack):
        return False
    return any(h.mark.kind == mark.kind and h.mark.number + 1 == mark.number for h in shelved)


def _depth(stack: list[Heading], heading: Heading) -> int:
    """How many open headings stay open above this one."""
    kind, number = heading.mark.kind, heading.mark.number
    if kind.startswith("hash"):
        above = [i for i, h in enumerate(stack) if h.mark.kind.startswith("hash")]
        return next((i + 1 for i in reversed(above) if stack[i].mark.kind < kind), 0)
    place = next((i for i, h in enumerate(stack) if h.mark.kind == kind), None)
    if place is None and kind.startswith("chapter"):
        return sum(1 for h in stack if h.mark.kind.startswith("chapter"))
    if place is None:
        return _open(stack) if number else len(stack)
    restarts = number == 1 and stack[place].mark.number >= 1
    parent = stack[place - 1].mark.kind if place else ""
    if restarts and place and parent.startswith(("plain", "bold")):
        return place - 1
    return place


def build_sections(text: str, headings: Sequence[Heading]) -> tuple[Section, ...]:
    """Cut the text at the headings; text before the first one has an empty path."""
    sections = []
    first = headings[0].span.start if headings else len(text)
    if text[:first].strip():
        sections.append(Section((), 0, None, Span(0, first)))
    for i, (heading, path) in enumerate(zip(headings, nest(headings), strict=True)):
        end = headings[i + 1].span.start if i + 1 < len(headings) else len(text)
        body = Span(heading.span.end, end)
        sections.append(Section(path, len(path), heading.span, body))
    return tuple(sections)
