"""Words that tell a part of a firm (``parts.yaml``), and what a part is called.

A part is told by its label, as the text has it: "반도체 솔루션 부문", "클라우드 인프라", "유럽",
"온라인", "4나노 공정". It becomes the ``product`` of a figure that the firm has of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.word_lists import filled, load_words

FILE = "figures/parts/parts.yaml"
_MOST = 3
"""So many words tell a part at most."""
_WORD = re.compile(r"[가-힣A-Za-z&·]+")
_PROCESS = re.compile(r"\d+(?:\.\d+)?\s?(?:나노|nm|단)(?:\s공정)?$")


@dataclass(frozen=True, slots=True)
class PartWords:
    """Lists of words of ``parts.yaml``; others stand in patterns of this package."""

    divisions: tuple[str, ...]
    offices: tuple[str, ...]
    lines: tuple[str, ...]
    headed: tuple[str, ...]
    regions: frozenset[str]
    behind: tuple[str, ...]
    ways: frozenset[str]
    plain: frozenset[str]
    vague: frozenset[str]
    spans: frozenset[str]
    measured: tuple[str, ...]
    undivided: tuple[str, ...]
    unparted: tuple[str, ...]
    whole: re.Pattern[str]
    against: tuple[str, ...]


@lru_cache(maxsize=1)
def load_parts() -> PartWords:
    """Load the words once a process."""
    data = load_words(FILE)
    return filled(PartWords, data, whole=re.compile(rf"(?<![가-힣])(?:{'|'.join(data['whole'])})"))


def division_label(words: str) -> str | None:
    """Return the part of a firm that words end in: "올해 반도체 솔루션 부문"."""
    last = next((part for part in load_parts().divisions if words.endswith(part)), None)
    label = _label(words) if last else ""
    return label if last and len(label) > len(last) else None


def line_label(words: str) -> str | None:
    """Return the part or the line of business that words before a figure's name end in."""
    line = words.endswith(load_parts().lines)
    return division_label(words) or ((_label(words) or None) if line else None)


def _label(words: str) -> str:
    kept: list[str] = []
    for word in reversed(words.split()):
        if word in load_parts().plain or not _WORD.fullmatch(word) or len(kept) == _MOST:
            break
        kept.insert(0, word)
    return " ".join(kept)


def limit_label(words: str) -> str | None:
    """Return the process, the region or the way to sell that words end in: "중국향", "온라인"."""
    if process := _PROCESS.search(words):
        return process[0]
    known, told = load_parts(), words.split()[-2:]
    while told and told[-1] in known.behind:
        told.pop()
    if not told:
        return None
    word = told[-1]
    for ending in known.behind:
        if word.removesuffix(ending) in known.regions:
            word = word.removesuffix(ending)
    return word if word in known.regions or word in known.ways else None
