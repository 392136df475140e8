"""Styles, numberings and relations of a Word document, as plain records."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.readers.archive import Archive, attribute, local
from corpus.readers.numbering import Level, Numbering

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADING = re.compile(r"(?:heading|제목)\s*([1-9])", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Look:
    """How a style or a run sets text; ``None`` leaves it to the style below."""

    bold: bool | None = None
    size: float | None = None
    raised: bool | None = None

    def over(self, below: Look) -> Look:
        """Return this look with what it leaves open taken from ``below``."""
        return Look(
            below.bold if self.bold is None else self.bold,
            below.size if self.size is None else self.size,
            below.raised if self.raised is None else self.raised,
        )


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits; ``outline`` is a heading level from 1, 0 for text."""

    name: str = ""
    outline: int = 0
    look: Look = field(default_factory=Look)
    list: tuple[str, int] | None = None


def relations(archive: Archive, part: str, kind: str) -> Iterator[str]:
    """Yield the parts that ``part`` (``""`` for the package) is related to, by end of type."""
    folder, file = posixpath.split(part)
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    if name not in archive.names:
        return
    for item in archive.xml(name):
        inside = attribute(item, "TargetMode") != "External"
        if inside and attribute(item, "Type").endswith(kind):
            target = attribute(item, "Target")
            path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            path = posixpath.normpath(path)
            if path in archive.names:
                yield path


def child(element: Element | None, *names: str) -> Element | None:
    """Return the element at a path of names without namespaces."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def value(element: Element | None, *names: str) -> str | None:
    """Return the ``val`` of the element at a path; ``None`` when there is no such element."""
    found = child(element, *names)
    return None if found is None else attribute(found, "val")


def look_of(properties: Element | None) -> Look:
    """Read run properties (``w:rPr``)."""
    bold, size = value(properties, "b"), value(properties, "sz")
    raised = value(properties, "vertAlign")
    return Look(
        None if bold is None else bold.casefold() not in _OFF,
        int(size) / 2 if size and size.isdigit() else None,
        None if raised is None else raised == "superscript",
    )


def list_of(properties: Element | None) -> tuple[str, int] | None:
    """Read which list and level a paragraph (``w:pPr``) belongs to."""
    number = child(properties, "numPr")
    if number is None:
        return None
    level = value(number, "ilvl") or "0"
    return value(number, "numId") or "0", int(level) if level.isdigit() else 0


def outline_of(properties: Element | None) -> int:
    """Read the outline level of a paragraph, from 1; 0 for text."""
    level = value(properties, "outlineLvl")
    return int(level) + 1 if level and level.isdigit() and int(level) < 9 else 0


def styles_of(archive: Archive, main: str) -> Mapping[str, Style]:
    """Read the styles by id; ``""`` is the default paragraph style."""
    raw: dict[str, Element] = {}
    base, default = Look(size=10.0), ""
    for part in relations(archive, main, "/relationships/styles"):
        root = archive.xml(part)
        base = look_of(child(root, "docDefaults", "rPrDefault", "rPr")).over(base)
        for item in root:
            if local(item) == "style":
                id = attribute(item, "styleId")
                raw[id] = item
                if attribute(item, "default") == "1" and attribute(item, "type") == "paragraph":
                    default = id
    made = {id: _style(id, raw, base) for id in raw}
    return {**made, "": made.get(default, Style(look=base))}


def _style(id: str, raw: Mapping[str, Element], base: Look) -> Style:
    """One style, read from it down to what it is based on."""
    name, outline, look, own = "", 0, Look(), None
    seen: set[str] = set()
    while id in raw and id not in seen:
        seen.add(id)
        item = raw[id]
        called = value(item, "name") or ""
        heading = _HEADING.fullmatch(called.strip())
        properties = child(item, "pPr")
        name = name or called
        outline = outline or (int(heading[1]) if heading else outline_of(properties))
        look = look.over(look_of(child(item, "rPr")))
        own = own or list_of(properties)
        id = value(item, "basedOn") or ""
    if own and outline and own[1] == 0:
        own = (own[0], outline - 1)
    return Style(name, outline, look.over(base), own)


def numberings(archive: Archive, main: str) -> Numbering:
    """Read the lists by ``numId``."""
    abstract: dict[str, dict[int, Level]] = {}
    lists: dict[str, Mapping[int, Level]] = {}
    for part in relations(archive, main, "/relationships/numbering"):
        for item in archive.xml(part):
            if local(item) == "abstractNum":
                abstract[attribute(item, "abstractNumId")] = dict(_levels(item))
            elif local(item) == "num":
                lists[attribute(item, "numId")] = abstract.get(
                    value(item, "abstractNumId") or "", {}
                )
    return Numbering(lists)


def _levels(item: Element) -> Iterator[tuple[int, Level]]:
    for level in item:
        depth = attribute(level, "ilvl")
        if local(level) == "lvl" and depth.isdigit():
            start = value(level, "start") or "1"
            yield (
                int(depth),
                Level(
                    value(level, "numFmt") or "decimal",
                    value(level, "lvlText") or "",
                    int(start) if start.isdigit() else 1,
                ),
            )
