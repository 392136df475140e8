"""The lines of a text, with what is no part of the report (front matter, styles) marked."""

from __future__ import annotations

import re

from corpus.clean import plain
from corpus.records import record
from corpus.report import Span

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_HIDDEN = re.compile(r"<!--.*?-->|<(style|script)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_RULE = re.compile(r"(?:[-*_=~─━―─]\s*){3,}")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_ITEM = re.compile(
    r"(?:[-*+•·∙‣⁃–—]|[■□◆◇▶▷▣○●◎◦✓✔☞※➢❍▪▫£ㅇ◈▸▹►➔➪❑❖✦])\s+\S|\d{1,2}[.]\s+\S|(?:\d{1,2}[)]|[(]\d{1,2}[)]|[①-⑳])\s*\S"
)


@record()
class Line:
    """One line: ``raw`` spans all of it, ``span`` without the white space at its ends.

    ``text`` is its plain reading, trimmed; ``blank`` also holds for hidden lines
    (front matter, styles, comments), for rules such as ``---`` and for code fences.
    """

    number: int
    raw: Span
    span: Span
    text: str
    blank: bool

    @property
    def indent(self) -> int:
        """How many white-space characters come before the text."""
        return self.span.start - self.raw.start

    @property
    def is_item(self) -> bool:
        """Whether it starts with a bullet or an item number."""
        return _ITEM.match(self.text) is not None


def front_matter(text: str) -> Span | None:
    """Find the YAML block between ``---`` lines at the very start, its fences included."""
    match = _FRONT_MATTER.match(text)
    return Span(0, match.end()) if match else None


def split_lines(text: str) -> tuple[Line, ...]:
    """Cut ``text`` into lines (``\\n`` only), in order; offsets are code points."""
    hidden = [Span(*match.span()) for match in _HIDDEN.finditer(text)]
    front = front_matter(text)
    if front:
        hidden.insert(0, front)
    lines: list[Line] = []
    start = 0
    for number, raw in enumerate(text.split("\n")):
        end = start + len(raw)
        left, right = len(raw) - len(raw.lstrip()), len(raw.rstrip())
        span = Span(start + left, start + right) if left < right else Span(start, start)
        bare = plain(raw) if raw.strip() else ""
        while hidden and hidden[0].end < start:
            del hidden[0]
        veiled = any([block.covers(span) for block in hidden]) if hidden else False
        blank = veiled or not bare or _RULE.fullmatch(bare) is not None or bool(_FENCE.match(raw))
        lines.append(Line(number, Span(start, end), span, bare, blank))
        start = end + 1
    return tuple(lines)
