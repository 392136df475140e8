"""Marked passages: the sentences with names and relations that the weights are learned from.

A passage is a few sentences of one paragraph, a line each, followed by their relations::

    [a:한빛반도체|Company]는 [b:노바링크|Company]에 [c:오름 X2|Chip] 3만 장을 공급한다.
    > a supplies b {3만 장}
    > a develops/releases c
    계약 규모는 4,200억 원이다.
    > a hasMetric {4,200억 원} 계약 규모

``[id:surface|Class]`` marks a name where it first stands, ``[id:surface]`` later on. A relation
stands under the sentence that tells it, also of a subject that is not named there; what is
not listed does not hold. Predicates after a slash are right as well; ``?plan`` and the like
at the end of a line tell the modality. A blank line ends a passage, ``#`` begins a comment.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.clean import clean
from corpus.readers import read_text
from corpus.report import Span
from corpus.sentences import Sentence
from extractors.context.scene import Named, Scene
from extractors.errors import ExtractionError
from extractors.prose import scenes
from kg.claim import Entity, entity_id

_NAME = re.compile(r"\[(?P<id>\w+):(?P<surface>[^\]|]+?)(?:\|(?P<cls>[A-Za-z]+))?\]", re.ASCII)
_RELATION = re.compile(
    r">\s*(?P<subject>\w+)\s+(?P<predicates>[A-Za-z/]+)\s*(?:(?P<object>[A-Za-z]\w*)(?=\s|$))?\s*"
    r"(?:\{(?P<value>[^}]*)\})?\s*(?P<what>[^?]*?)\s*(?:\?(?P<modality>\w+))?\s*$",
    re.ASCII,
)
_DAY = dt.date(2026, 3, 2)
"""Passages carry no date; what they call "this year" does not matter."""


@dataclass(frozen=True, slots=True)
class Told:
    """One relation of a sentence; ``predicates`` lists the best one first."""

    subject: str
    predicates: tuple[str, ...]
    object: str | None
    value: str | None


@dataclass(slots=True)
class Marked:
    """One sentence of a passage, its markup taken out."""

    text: str
    names: list[Named]
    told: list[Told] = field(default_factory=list)


def load_passages(path: Path) -> Iterator[list[Marked]]:
    """Yield the passages of a file.

    Raises:
        ExtractionError: when a line names an id that its passage does not define.
    """
    passage: list[Marked] = []
    known: dict[str, Entity] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            if passage:
                yield passage
            passage, known = [], {}
        elif line.startswith(">"):
            passage[-1].told.append(_told(line, known, f"{path.name}:{number}"))
        else:
            passage.append(_marked(line, known, f"{path.name}:{number}"))
    if passage:
        yield passage


def _marked(line: str, known: dict[str, Entity], where: str) -> Marked:
    text, names, at = "", [], 0
    for match in _NAME.finditer(line):
        text += line[at : match.start()]
        surface, key = match["surface"], match["id"]
        if match["cls"]:
            known[key] = Entity(entity_id(surface), match["cls"], surface)
        if key not in known:
            raise _unknown(key, where)
        names.append((known[key], len(text), len(text) + len(surface)))
        text += surface
        at = match.end()
    return Marked(text + line[at:], names)


def _told(line: str, known: dict[str, Entity], where: str) -> Told:
    match = _RELATION.match(line)
    if match is None:
        raise ExtractionError(
            f"{where}: {line!r} is no relation; expected '> SUBJECT predicate OBJECT {{value}}'"
        )
    for key in (match["subject"], match["object"]):
        if key and key not in known:
            raise _unknown(key, where)
    target = known[match["object"]].id if match["object"] else None
    predicates = tuple(match["predicates"].split("/"))
    return Told(known[match["subject"]].id, predicates, target, match["value"])


def _unknown(key: str, where: str) -> ExtractionError:
    return ExtractionError(
        f"{where}: no name {key!r} in this passage; expected one marked before as [{key}:…|Class]"
    )


def read_passage(passage: list[Marked]) -> Iterator[tuple[Marked, Scene]]:
    """Read a passage like a paragraph of a report whose names are the marked ones."""
    text = "\n".join(marked.text for marked in passage)
    report = read_text(text, id="passage", date=_DAY)
    sentences, at = [], 0
    for marked in passage:
        span = Span(at, at + len(marked.text))
        sentences.append(Sentence((), span, clean(text, span), "prose"))
        at = span.end + 1
    by_start = {s.span.start: marked for s, marked in zip(sentences, passage, strict=True)}
    for sentence, scene in scenes(report, sentences, [marked.names for marked in passage]):
        yield by_start[sentence.span.start], scene
