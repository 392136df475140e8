"""Lines that only name whom the lines under them tell of: "**가나전자**", "- 가나전자:"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.report import Report
from extractors.scene import Named
from extractors.topics import heading_topic
from kg.claim import Entity

if TYPE_CHECKING:
    from corpus.sentences import Sentence

_LONGEST = 40
_REST = re.compile(r"(?:\([^()]*\)|[^\w(])*")
"""What may stand beside the name of such a line: a gloss, marks."""
_BOLD = re.compile(r"\s*(?:[-*•·▪■◆▶▷○●]\s*)?(?:\*\*|__)")


@dataclass(frozen=True, slots=True)
class _Label:
    entity: Entity
    kind: str
    indent: int
    section: tuple[str, ...]


def named_above(
    report: Report,
    sentences: Sequence[Sentence],
    found: Sequence[Sequence[Named]],
    generic: Collection[str],
) -> list[Entity | None]:
    """Return for every sentence whom the line above its run of lines names alone, if one does."""
    above: list[Entity | None] = []
    label: _Label | None = None
    kind = ""
    for sentence, named in zip(sentences, found, strict=True):
        indent = _indent(report, sentence)
        own = _label(report, sentence, named, generic, indent)
        back = kind == "list" and sentence.kind != "list"
        if own or (label and (back or not _is_under(label, sentence, indent))):
            label = own
        above.append(label.entity if label and not own else None)
        kind = "" if own else sentence.kind
    return above


def _label(
    report: Report,
    sentence: Sentence,
    named: Sequence[Named],
    generic: Collection[str],
    indent: int,
) -> _Label | None:
    text = sentence.clean.text
    if not named or len(text) > _LONGEST or sentence.kind not in ("prose", "list"):
        return None
    rest = text
    for _, start, end in sorted(named, key=lambda n: -n[1])[-1:]:
        rest = f"{text[:start]} {text[end:]}"
    entity = heading_topic(text, named, generic) if _REST.fullmatch(rest) else None
    led = sentence.kind == "list" or _BOLD.match(report.text, _line_of(report, sentence))
    if entity is None or not (led or text.rstrip().endswith((":", "："))):
        return None
    return _Label(entity, sentence.kind, indent, sentence.section)


def _is_under(label: _Label, sentence: Sentence, indent: int) -> bool:
    """Tell the items that an item holds, and what follows a line of its own."""
    if sentence.section != label.section:
        return False
    return label.kind == "prose" or (sentence.kind == "list" and indent > label.indent)


def _line_of(report: Report, sentence: Sentence) -> int:
    return report.text.rfind("\n", 0, sentence.span.start) + 1


def _indent(report: Report, sentence: Sentence) -> int:
    line = report.text[_line_of(report, sentence) : sentence.span.start].expandtabs(4)
    return len(line) - len(line.lstrip())
