"""The header of a 한글 document: how characters and paragraphs are set, as plain records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.readers.archive import attribute, local
from corpus.readers.numbering import Level

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True)
class Letters:
    """A character shape: size in points."""

    size: float = 10.0
    bold: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A paragraph shape: ``kind`` is ``OUTLINE``, ``NUMBER``, ``BULLET`` or ``NONE``."""

    kind: str = "NONE"
    list: str = "0"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style, by both its names."""

    names: tuple[str, ...]
    shape: str


@dataclass(frozen=True, slots=True)
class Header:
    """All that text refers to by number."""

    letters: Mapping[str, Letters] = field(default_factory=dict)
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    styles: Mapping[str, Style] = field(default_factory=dict)
    numbers: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    bullets: Mapping[str, str] = field(default_factory=dict)


def whole(text: str, otherwise: int = 0) -> int:
    """Read an integer attribute."""
    return int(text) if text.lstrip("-").isdecimal() else otherwise


def header_of(root: Element) -> Header:
    """Read ``Contents/header.xml``."""
    found: dict[str, list[Element]] = {}
    for element in root.iter():
        found.setdefault(local(element), []).append(element)
    return Header(
        letters={attribute(e, "id"): _letters(e) for e in found.get("charPr", ())},
        shapes={attribute(e, "id"): _shape(e) for e in found.get("paraPr", ())},
        styles={
            attribute(e, "id"): Style(
                (attribute(e, "name"), attribute(e, "engName")), attribute(e, "paraPrIDRef")
            )
            for e in found.get("style", ())
        },
        numbers={attribute(e, "id"): dict(_levels(e)) for e in found.get("numbering", ())},
        bullets={attribute(e, "id"): attribute(e, "char") for e in found.get("bullet", ())},
    )


def _letters(item: Element) -> Letters:
    inside = {local(one) for one in item}
    size = whole(attribute(item, "height"), 1000) / 100
    return Letters(size, "bold" in inside, "supscript" in inside)


def _shape(item: Element) -> Shape:
    heading = next((one for one in item.iter() if local(one) == "heading"), None)
    if heading is None:
        return Shape()
    return Shape(
        attribute(heading, "type").upper() or "NONE",
        attribute(heading, "idRef") or "0",
        max(0, whole(attribute(heading, "level"))),
    )


def _levels(numbering: Element) -> Iterator[tuple[int, Level]]:
    """Levels from 0; ``^1.^2.`` in a template stands for the numbers of the levels."""
    for head in numbering:
        if local(head) == "paraHead":
            template = "".join(head.itertext()).strip()
            for level in range(1, 11):
                template = template.replace(f"^{level}", f"%{level}")
            template = template.replace("^n", f"%{whole(attribute(head, 'level'), 1)}")
            yield (
                whole(attribute(head, "level"), 1) - 1,
                Level(
                    attribute(head, "numFormat") or "DIGIT",
                    template,
                    whole(attribute(head, "start"), 1),
                ),
            )
