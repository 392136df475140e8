"""The new relations of a week, drawn: who does what with whom, as one SVG picture.

Subjects stand on the left and objects on the right, so that names never overlap and a
relation is read like a sentence. The picture needs no script, font file or network.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from kg.difference import Change

_MOST = 24  # relations drawn; more would be a thicket
_ROW, _WIDTH, _LEFT, _RIGHT = 34, 860, 250, 610
_LONGEST = 26  # columns of a label; a Hangul syllable takes two


def figure(changes: Sequence[Change]) -> str:
    """Return an SVG element of the most important new relations, empty for none."""
    drawn = _relations(changes)
    if not drawn:
        return ""
    subjects = list(dict.fromkeys(c.subject.label for c in drawn))
    objects = _near(drawn, subjects)
    height = _ROW * max(len(subjects), len(objects)) + 24
    left, right = _places(subjects, height), _places(objects, height)
    parts = [_curve(c, left[c.subject.label], right[_target(c)], n) for n, c in enumerate(drawn)]
    parts += [_label(name, _LEFT - 12, y, "end") for name, y in left.items()]
    parts += [_label(name, _RIGHT + 12, y, "start") for name, y in right.items()]
    return (
        f'<svg class="relations" viewBox="0 0 {_WIDTH} {height}" role="img" '
        'aria-label="새로 나온 관계"><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" '
        'markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>'
        + "".join(parts)
        + "</svg>"
    )


def _relations(changes: Sequence[Change]) -> list[Change]:
    seen: set[tuple[str, str, str]] = set()
    found = []
    for change in changes:
        relation = change.object is not None and not PREDICATES[change.predicate].functional
        if change.kind == "new" and relation and change.key not in seen:
            seen.add(change.key)
            found.append(change)
    return found[:_MOST]


def _target(change: Change) -> str:
    return change.object.label if change.object else ""


def _near(drawn: Sequence[Change], subjects: Sequence[str]) -> list[str]:
    """Order objects by the middle of their subjects, so that few lines cross."""
    rows: dict[str, list[int]] = {}
    for change in drawn:
        rows.setdefault(_target(change), []).append(subjects.index(change.subject.label))
    return sorted(rows, key=lambda name: (sum(rows[name]) / len(rows[name]), name))


def _places(names: Sequence[str], height: int) -> dict[str, float]:
    step = height / len(names)
    return {name: round(step * (i + 0.5), 1) for i, name in enumerate(names)}


def _curve(change: Change, start: float, end: float, number: int) -> str:
    """Draw one relation: a curve, and its name beside the object."""
    middle = (_LEFT + _RIGHT) / 2
    planned = "" if change.claim.modality == "fact" else ' stroke-dasharray="5 4"'
    path = f"M{_LEFT} {start}C{middle} {start} {middle} {end} {_RIGHT} {end}"
    share = (0.74, 0.62)[number % 2]  # lines from one subject have parted there, names alternate
    x = _LEFT + (_RIGHT - _LEFT) * share
    y = start + (end - start) * (3 * share**2 - 2 * share**3)
    name = html.escape(PREDICATES[change.predicate].ko)
    return (
        f'<path class="edge" d="{path}"{planned} marker-end="url(#tip)"/>'
        f'<text class="relation" x="{x:.1f}" y="{y - 4:.1f}" text-anchor="middle">{name}</text>'
    )


def _label(name: str, x: float, y: float, anchor: str) -> str:
    full = html.escape(name)
    return (
        f'<text class="name" x="{x}" y="{y + 5}" text-anchor="{anchor}">'
        f"{html.escape(_cut(name))}<title>{full}</title></text>"
    )


def _cut(name: str) -> str:
    """Shorten a name to what fits beside the picture."""
    width, kept = 0, ""
    for ch in name:
        width += 2 if unicodedata.east_asian_width(ch) in "WF" else 1
        if width > _LONGEST:
            return kept.rstrip() + "…"
        kept += ch
    return kept
