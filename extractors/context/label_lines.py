"""Lines that name whom the lines under them tell of: "**가나전자**", "- 가나전자: 새 칩 공개"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.report import Report
from extractors.classes import BODIES
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
_RESULTS = re.compile(
    r"[^\w(]*(?:\([^()]*\)\s?)?(?:(?:FY|20)?\d{2}년?도?\s)?(?:FY\d{2}\s?)?"
    r"(?:[1-4]Q(?:\d{2})?|Q[1-4]|[1-4]분기|상반기|하반기|연간)?\s?(?:잠정\s|확정\s)?"
    r"(?:실적|어닝|가이던스|Earnings)(?:\s(?:발표|요약|정리|리뷰|하이라이트|핵심|공시|지표))?\W*",
    re.I,
)
"""What stands beside the name of whose results the lines below are: "가나 2분기 실적 요약"."""
"""What may stand beside the name of such a line: a gloss, marks, that it came out."""
_NUMBERED = re.compile(r"\s*(?:\(\d{1,2}\)|\d{1,2}[.)]|[①-⑳])\s")
_BOLD = re.compile(r"\s*(?:[-*•·▪■◆▶▷○●]\s*)?(?:\*\*|__)")


@dataclass(frozen=True, slots=True)
class _Label:
    entity: Entity
    kind: str
    indent: int
    section: tuple[str, ...]
    alone: bool
    """Whether the line names nothing else and tells nothing."""
    for_items: bool = False
    """Whether only the items of a list below are of it, not what the text goes on with."""


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
            or (labels[-1].kind == "numbered" and _is_numbered(report, sentence))
        ):
            labels.pop()
        heads = labels and not alone and not (labels[-1].for_items and sentence.kind != "list")
        above.append(labels[-1].entity if heads else None)
        listed = own is not None and own.kind == kind == "numbered"
        if own and not listed:
            labels.append(own)
        kind = own.kind if own and own.kind == "numbered" else "" if alone else sentence.kind
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
    if sentence.kind == "prose" and (told := _announced(text, named)):
        return _Label(told, "prose", indent, sentence.section, alone=False, for_items=True)
    if len(text) > _LONGEST:
        return _leading(sentence, named, generic, indent)
    rest = text
    for _, start, end in sorted(named, key=lambda n: -n[1])[-1:]:
        rest = f"{text[:start]} {text[end:]}"
    results = _RESULTS.fullmatch(rest)
    alone = results or _REST.fullmatch(rest)
    entity = heading_topic(text, named, generic) if alone else None
    bold = _BOLD.match(report.text, _line_of(report, sentence))
    led = results or sentence.kind == "list" or bold
    if entity is None or not (led or text.rstrip().endswith((":", "："))):
        return _leading(sentence, named, generic, indent)
    numbered = sentence.kind == "list" and _is_numbered(report, sentence)
    kind = "numbered" if numbered else sentence.kind
    return _Label(entity, kind, indent, sentence.section, alone=True, for_items=numbered)


def _announced(text: str, named: Sequence[Named]) -> Entity | None:
    """Return whose results a sentence announces: "가나가 27일 2분기 실적을 발표했다"."""
    if not _ANNOUNCING.search(text):
        return None
    firms = {n[0].id: n[0] for n in named if n[0].cls in BODIES}
    first = min(named, key=lambda n: n[1])[0]
    return first if [*firms] == [first.id] else None


_ANNOUNCING = re.compile(
    r"(?:실적|성적표|어닝)(?:을|를)\s(?:[가-힣]+\s)?(?:발표|공개|공시|내놨|내놓|내놓았|냈)[가-힣]{0,5}[.:]?\s*$"
)


def _leading(
    sentence: Sentence, named: Sequence[Named], generic: Collection[str], indent: int
) -> _Label | None:
    """Take whom an item begins with: those that it holds are of it."""
    if sentence.kind != "list":
        return None
    entity = heading_topic(sentence.clean.text, named, generic)
    return _Label(entity, "list", indent, sentence.section, alone=False) if entity else None


def _is_under(label: _Label, sentence: Sentence, indent: int) -> bool:
    """Tell the lines that an item holds, and what follows a line of its own: "(1) 가나전자"."""
    if sentence.section != label.section:
        return False
    return label.kind in ("prose", "numbered") or indent > label.indent


def _is_numbered(report: Report, sentence: Sentence) -> bool:
    return _NUMBERED.match(report.text, _line_of(report, sentence)) is not None


def _line_of(report: Report, sentence: Sentence) -> int:
    return report.text.rfind("\n", 0, sentence.span.start) + 1


def _indent(report: Report, sentence: Sentence) -> int:
    line = report.text[_line_of(report, sentence) : sentence.span.start].expandtabs(4)
    return len(line) - len(line.lstrip())


TARGET_LINE = re.compile(r"^\W*[^\s:：]+\s?[:：]\s목표(?:주)?가")
"""The target that a house sets for the firm told of above: "- 가나증권: 목표주가 6만 원"."""
