"""Lines that name whom the lines under them tell of: "**가나전자**", "- 가나전자: 새 칩 공개"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.report import Report
from extractors.context.scene import Named
from extractors.context.topics import heading_topic
from kg.claim import Entity

if TYPE_CHECKING:
    from corpus.sentences import Sentence

_LONGEST = 40
_REST = re.compile(
    r"(?:\([^()]*\)|[^\w(])*"
    r"(?:(?:정식|공식|전격|신규)\s)?(?:(?:출시|공개|발표|론칭|런칭|배포|업데이트)\W*)?"
)
"""What may stand beside the name of such a line: a gloss, marks, that it came out."""
_BOLD = re.compile(r"\s*(?:[-*•·▪■◆▶▷○●]\s*)?(?:\*\*|__)")


@dataclass(frozen=True, slots=True)
class _Label:
    entity: Entity
    kind: str
    indent: int
    section: tuple[str, ...]
    alone: bool
    """Whether the line names nothing else and tells nothing."""


def named_above(
    report: Report,
    sentences: Sequence[Sentence],
    found: Sequence[Sequence[Named]],
    generic: Collection[str],
) -> list[Entity | None]:
    """Return for every sentence whom the line above its run of lines names alone, if one does.

    An item that tells something of whom it begins with heads only the items that it holds.
    """
    above: list[Entity | None] = []
    labels: list[_Label] = []
    kind = ""
    for sentence, named in zip(sentences, found, strict=True):
        indent = _indent(report, sentence)
        own = _label(report, sentence, named, generic, indent)
        back = kind == "list" and sentence.kind != "list"
        alone = own is not None and own.alone
        while labels and (
            (back and labels[-1].kind == "prose")
            or not _is_under(labels[-1], sentence, indent)
            or (alone and labels[-1].kind == "prose")
        ):
            labels.pop()
        above.append(labels[-1].entity if labels and not alone else None)
        if own:
            labels.append(own)
        kind = "" if alone else sentence.kind
    return above


def _label(
    report: Report,
    sentence: Sentence,
    named: Sequence[Named],
    generic: Collection[str],
    indent: int,
) -> _Label | None:
    text = sentence.clean.text
    if not named or sentence.kind not in ("prose", "list"):
        return None
    if len(text) > _LONGEST:
        return _leading(sentence, named, generic, indent)
    rest = text
    for _, start, end in sorted(named, key=lambda n: -n[1])[-1:]:
        rest = f"{text[:start]} {text[end:]}"
    entity = heading_topic(text, named, generic) if _REST.fullmatch(rest) else None
    led = sentence.kind == "list" or _BOLD.match(report.text, _line_of(report, sentence))
    if entity is None or not (led or text.rstrip().endswith((":", "："))):
        return _leading(sentence, named, generic, indent)
    return _Label(entity, sentence.kind, indent, sentence.section, alone=True)


def _leading(
    sentence: Sentence, named: Sequence[Named], generic: Collection[str], indent: int
) -> _Label | None:
    """Take whom an item begins with: those that it holds are of it."""
    if sentence.kind != "list":
        return None
    entity = heading_topic(sentence.clean.text, named, generic)
    return _Label(entity, "list", indent, sentence.section, alone=False) if entity else None


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
