"""Markup out, offsets kept: the plain reading of a slice of a report's text.

A name split from its particle by markup (``**브로드컴**은``) is glued again, and every
character of the plain text still knows the place it came from.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.records import record
from corpus.report import Report, Span

if TYPE_CHECKING:
    from corpus.sentences import Sentence

_ELEMENTS = (
    "a|abbr|article|aside|b|big|blockquote|body|br|caption|center|cite|code|col|colgroup|dd|del"
    "|details|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|iframe|img"
    "|input|ins|kbd|label|li|link|main|mark|meta|nav|ol|p|pre|q|s|samp|script|section|small|span"
    "|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|time|title|tr|tt|u|ul"
    "|var|video|wbr"
)
"""Other words in angle brackets are text: captions such as ``<AI 기술의 임금>``."""
_DROPPED = rf"""
    (?=(?-i:[<>&\\!\[*_`~\#]|[ \t][ \t\#>]))(?:
    (?P<drop><!--.*?-->|<(?P<raw>style|script)\b[^>]*>.*?</(?P=raw)>
      |</?(?:{_ELEMENTS})(?:\s+(?:[A-Za-z][\w:-]*(?:\s*=[^<>\n]*)?|/)|\s*/)?\s*>
      |(?<=\S)(?:\[\^[\w-]{{1,16}}\])+|(?<=[.!?])(?:\[\d{{1,3}}\])+(?=\s|\Z)
      |(?<=[^\s])[ \t]+(?=[ \t][^\s]))
  | (?P<mark>(?:(?<=\n)|\A)[ \t]{{0,3}}(?:\#{{1,6}}[ \t]+|>[ \t]))
"""
_KEPT = r"""
  | (?P<escape>\\[\\`*_{}\[\]()\#+\-.!$|~<>&"'%])
  | (?P<entity>&(?:[A-Za-z]{2,8}|\#\d{1,6}|\#x[0-9A-Fa-f]{1,5});)
  | (?P<link>!?\[(?P<label>[^\[\]\n]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s"[^"\n]*")?\))
"""
_EMPHASIS = r"""
  | (?P<strong>\*\*|~~|(?<!\w)__(?=\S)|(?<=\S)__(?![A-Za-z0-9_]))
  | (?P<star>(?<![\w*])\*(?=[^\s*])(?P<starred>[^*\n]*[^\s*])\*(?!\*)
      | (?<![\w*])\*(?=[^\s*])(?P<starone>[^\s*])\*(?!\*))
  | (?P<under>(?<!\w)_(?=[^\s_])(?P<undered>[^_\n]*[^\s_])_(?![A-Za-z0-9_]))
  | (?P<code>`(?P<coded>[^`\n]+)`))
"""
_MARKUP = re.compile(_DROPPED + _KEPT + _EMPHASIS, re.VERBOSE | re.DOTALL | re.IGNORECASE)
_INNER = ("label", "starred", "starone", "undered", "coded")
_SIGN = re.compile(r"[*_`<>&\\\[#]")
_BLANKS = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")


@record()
class Clean:
    """A plain text and where each of its characters stands in the original.

    ``offsets`` has one entry a character and a last one for the end; ``ends[i]`` is
    where the original of character ``i`` ends (an entity is longer than its sign).
    """

    text: str
    offsets: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Map a half-open range of the plain text back into the original.

        The result is as tight as can be: markup around the range stays outside.
        """
        if start >= end:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.ends[end - 1])

    def part(self, start: int, end: int) -> Clean:
        """Return the plain text ``[start:end]`` with its offsets into the same original."""
        if start >= end:
            return Clean("", (self.offsets[start],), ())
        if isinstance(self.offsets, range):
            return Clean(self.text[start:end], self.offsets[start : end + 1], self.ends[start:end])
        offsets = (*self.offsets[start:end], self.ends[end - 1])
        return Clean(self.text[start:end], offsets, self.ends[start:end])


def clean(text: str, span: Span | None = None) -> Clean:
    """Take the markup out of ``span`` of ``text`` (all of it when ``None``).

    Removes emphasis, code ticks, backslash escapes, heading and quote marks, references to
    notes, HTML tags, comments and styles; links keep their label; entities become their character.
    """
    span = span or Span(0, len(text))
    raw = span.of(text)
    if not _is_marked(raw):
        offsets = range(span.start, span.end + 1)  # most lines: no number for each character
        return Clean(raw, offsets, offsets[1:])
    kept = _Kept([], [], [])
    _collect(raw, span.start, kept)
    return Clean("".join(kept.pieces), (*kept.starts, span.end), tuple(kept.ends))


def plain(text: str) -> str:
    """Return ``text`` without markup and without white space at its ends."""
    return clean(text).text.strip() if _is_marked(text) else text.strip()


def _is_marked(text: str) -> bool:
    """Tell what holds markup or a doubled blank; the wave of "75만~80만" stands alone."""
    if _SIGN.search(text) or "~~" in text:
        return True
    return ("  " in text or "\t" in text) and _BLANKS.search(text) is not None


@record()
class _Kept:
    """What stays: pieces of text, and for each character where it starts and ends."""

    pieces: list[str]
    starts: list[int]
    ends: list[int]

    def add(self, text: str, start: int) -> None:
        """Keep a text as it stands in the original."""
        self.pieces.append(text)
        self.starts.extend(range(start, start + len(text)))
        self.ends.extend(range(start + 1, start + len(text) + 1))

    def add_for(self, text: str, start: int, end: int) -> None:
        """Keep a text in place of the original's ``[start:end]``."""
        self.pieces.append(text)
        self.starts.extend([start] * len(text))
        self.ends.extend([end] * len(text))


def _collect(raw: str, base: int, kept: _Kept) -> None:
    """Add all that stays of ``raw``, which stands at ``base`` of the original."""
    position = 0
    for match in _MARKUP.finditer(raw):
        kept.add(raw[position : match.start()], base + position)
        position = match.end()
        inner = next((name for name in _INNER if match[name] is not None), None)
        if inner is not None:
            _collect(match[inner], base + match.start(inner), kept)
        elif match["escape"]:
            kept.add(match["escape"][1], base + match.start() + 1)
        elif match["entity"]:
            sign = html.unescape(match["entity"]).replace("\xa0", " ")
            kept.add_for(sign, base + match.start(), base + match.end())
        elif match["drop"] and match["drop"][:3].lower() == "<br":
            kept.add_for(" ", base + match.start(), base + match.end())
    kept.add(raw[position:], base + position)


def sentences(report: Report) -> Iterator[Sentence]:
    """Yield the sentences of a report: :func:`corpus.sentences.sentences`."""
    from corpus.sentences import sentences as of

    return of(report)
