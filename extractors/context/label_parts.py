"""Lines of labels in a row: "가나(Gana)는 ▲본사: 부산 ▲직원: 90명", "설립 2014년 / 본사 부산".

Labels that firms are told of by may stand without a mark. The words are ``profiles.yaml``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.records import record
from extractors.alternation import any_of
from extractors.context.attribute_data import attributes_of
from extractors.values.metric_data import load_metrics
from extractors.word_lists import load_words

_FILE = "context/profiles.yaml"
_ENDS = re.compile(r"\s?[▲△■◆▶|;]\s?|\.\s")
_LEAD = re.compile(
    r"[^\w(\[]*(?:[(\[【][^()\[\]【】]{2,12}[)\]】]\s?)?(?P<name>[가-힣A-Za-z][^▲△■◆▶|;:.,/—–]{1,40}?)"
    r"(?:은|는)?[:：]?\s?(?:[▲△■◆▶|:：—–]\s?|\s-\s)$"
)
_LONGEST = 400
_FEWEST = 2


@record()
class Part:
    """A label, and the range of what it tells; ``begins`` is where the label does."""

    label: str
    begins: int
    start: int
    end: int


@lru_cache(maxsize=1)
def _labels() -> tuple[re.Pattern[str], frozenset[str]]:
    data = load_words(_FILE)
    marked = r"(?P<marked>[가-힣A-Z](?:[가-힣A-Za-z·]|\s(?!\s)){0,9}?)\s?[:：]\s?"
    bare = rf"(?P<bare>(?:주요\s|최대\s)?{any_of(data['begins'])})(?:은|는)?\s(?=[\dA-Z가-힣(])"
    before = r"(?:^|(?<=[▲△■◆▶|;,.(])|(?<=[▲△■◆▶|;,./]\s))"
    firms = (*data["called"], *data["own"]["Company"], *data["labels"]["Company"])
    return re.compile(rf"{before}(?:{marked}|{bare})"), frozenset((*firms, *load_metrics().words))


@lru_cache(maxsize=1)
def _called() -> frozenset[str]:
    return frozenset(load_words(_FILE)["called"])


@lru_cache(maxsize=64)  # of a sentence it is asked by several rules
def label_parts(text: str) -> tuple[Part, ...]:
    """Return the labels of a line that say something of a firm or thing, in order."""
    if len(text) > _LONGEST:
        return ()
    pattern, known = _labels()
    found = [
        m
        for m in pattern.finditer(text)
        if m["bare"] or (label := _label(m)) in known or attributes_of(label)
    ]
    begins = [*(m.start() for m in found), len(text)]
    return tuple(
        Part(_label(m), m.start(), m.end(), _end(text, m.end(), begins[at + 1]))
        for at, m in enumerate(found)
    )


def _label(match: re.Match[str]) -> str:
    return (match["marked"] or match["bare"]).strip()


def _end(text: str, start: int, limit: int) -> int:
    cut = _ENDS.search(text, start, limit)
    return cut.start() if cut else limit


def lead_of(text: str) -> tuple[int, int] | None:
    """Return the range of whom a line of labels is of: before them, or behind "회사: "."""
    parts = label_parts(text)
    if len(parts) < _FEWEST:
        return None
    named = next((p for p in parts[:1] if p.label in _called()), None)
    if named is not None:
        return named.start, named.start + len(text[named.start : named.end].rstrip(" /,"))
    lead = _LEAD.fullmatch(text, 0, parts[0].begins)
    return lead.span("name") if lead else None
