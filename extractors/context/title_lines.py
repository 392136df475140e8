"""What stands over the items of a list, if it is no heading: a line or an item that only names.

"3분기 가이던스" over a list, or as an item with others indented below it, says of them what a
heading would say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.context.outlines import column_of

if TYPE_CHECKING:
    from corpus.report import Report
    from corpus.sentences import Sentence

_LONGEST = 32
_TELLS = re.compile(r"[가-힣](?:다|요|죠|음|함|됨|임)[.!]?\W*$|[:：]\s*\S|[.!?]\s*\S")
"""What a line that only names does not end in, or hold."""


def lines_above(report: Report, sentences: Sequence[Sentence]) -> Iterator[str]:
    """Yield for every sentence the line that its list stands below, or the item that it does.

    The line is the last before the list, in the same section; ``""`` is of no such line.
    """
    line, section = "", None
    items: list[tuple[int, str]] = []
    begins = -1
    for sentence in sentences:
        if sentence.section != section or sentence.kind != "list":
            line = title_of(sentence) if sentence.kind == "prose" else ""
            section, begins = sentence.section, -1
            items.clear()
            if sentence.kind != "list":
                yield ""
                continue
        start = report.text.rfind("\n", 0, sentence.span.start) + 1
        if start != begins:
            begins, column = start, column_of(report.text, start)
            while items and items[-1][0] >= column:
                items.pop()
            yield next((told for _, told in reversed(items) if told), line)
            items.append((column, title_of(sentence)))
        else:
            yield next((told for _, told in reversed(items[:-1]) if told), line)


def title_of(sentence: Sentence) -> str:
    """Return the text of a line that only names what is below it, ``""`` of one that tells."""
    text = sentence.clean.text
    return "" if len(text) > _LONGEST or _TELLS.search(text) else text
