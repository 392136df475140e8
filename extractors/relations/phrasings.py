"""Turns of phrase that say how much, of what, of whom: names and quantities in a fixed order.

"가나가 지난해 산 H100은 3만 개", "다라 3호: 99달러", "5,000억 달러라는 목표": what neither a
verb's frame nor a metric word before its quantity tells. They are data (``phrasings.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from extractors.classes import MADE
from extractors.context.scene import Draft, Scene
from extractors.errors import ExtractionError
from extractors.names.placeholders import LETTERS, NUMBER, Shortlist, Skeleton, skeleton
from extractors.values.metric_data import kind_of, load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import load_words
from kg.claim import MODALITIES, Entity, Modality, Value, entity_id
from kg.vocab import PREDICATES

_FILES = (
    *("relations/phrasings.yaml", "relations/relations.yaml", "relations/things.yaml"),
    *("relations/ties.yaml", "relations/nouns.yaml", "relations/doings.yaml"),
    "relations/bonds.yaml",
    "relations/signs.yaml",
)
_KINDS = {
    **{"money": "m", "percent": "p", "times": "t", "data": "d", "power": "w"},
    **{"count": "c", "none": "n", "scaled": "n", "hours": "h", "compute": "g", "duration": "c"},
    **{"flops": "c", "length": "c"},
}
_HOURS = {"시간": "hours", "GPU-시간": "compute"}
_GLOSS = r"(?:\s?\([^()⟦⟪]*\))?"
_NO_TITLE = "직원"
_DEAL = "deal"
_FORMED = {"alliance": 0, "founder": 1}
_BESIDE = r"(?: (?:[가-힣A-Za-z]{1,7}|⟦\w+⟧|⟪\w+⟫)){0,2}?"
"""What may stand behind a name of a list: "루빈 GPU 두 개와"."""
_AND = r"(?:, | ?· ?|/|와 |과 | 및 |이랑 |랑 |하고 |(?:, )?그리고 )"


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One group of patterns with the same meaning.

    ``subject`` and ``object`` name a group, or are what the text before was about: a list of
    classes, ``deal`` for the acquirer of the takeover last told of, ``alliance`` for what was
    formed last and ``founder`` for who formed it. ``made`` is the class
    of an object that a group's words describe, ``owned`` when it is called after the subject;
    ``unit`` what the quantity counts where its own unit leaves that out. Without one of its
    ``words`` a sentence is not looked at.
    """

    predicate: str
    subject: str | tuple[str, ...]
    object: str | tuple[str, ...] | None
    made: str | None
    owned: bool
    unit: str | None
    metric: str | None
    modality: Modality | None
    words: tuple[str, ...]
    patterns: tuple[str, ...]
    examples: tuple[Mapping[str, Any], ...]
    never: tuple[str, ...]


@lru_cache(maxsize=1)
def load_phrasings() -> tuple[Phrasing, ...]:
    """Load the phrasings once a process; raises ExtractionError for bad data."""
    found: list[Phrasing] = []
    for file in _FILES:
        data = load_words(file)
        groups = {name: f"(?:{'|'.join(words)})" for name, words in data.get("groups", {}).items()}
        found.extend(_phrasing(record, groups, file) for record in data["phrasings"])
    return tuple(found)


@lru_cache(maxsize=1)
def _shortlist() -> tuple[tuple[Phrasing, ...], Shortlist]:
    """Return the phrasing of every pattern, and what tells which patterns may match."""
    every = tuple(phrasing for phrasing in load_phrasings() for _ in phrasing.patterns)
    patterns = [pattern for phrasing in load_phrasings() for pattern in phrasing.patterns]
    return every, Shortlist(patterns, [phrasing.words for phrasing in every])


def _phrasing(record: Mapping[str, Any], groups: Mapping[str, str], file: str) -> Phrasing:
    modality = next((m for m in MODALITIES if m == record.get("modality")), None)
    if record.get("predicate") not in PREDICATES or modality != record.get("modality"):
        raise ExtractionError(
            f"{file!r}: {record.get('predicate')!r}, {record.get('modality')!r}: "
            "expected a predicate of the ontology and a modality of claims or none"
        )
    subject, target = (
        tuple(r) if isinstance(r := record.get(role), list) else r for role in ("subject", "object")
    )
    return Phrasing(
        record["predicate"],
        subject or "S",
        target,
        record.get("made"),
        bool(record.get("owned")),
        record.get("unit"),
        record.get("metric"),
        modality,
        tuple(record.get("words", ())),
        tuple(_expand(p, groups, file) for p in record["patterns"]),
        tuple(record["examples"]),
        tuple(record["never"]),
    )


def _expand(pattern: str, groups: Mapping[str, str], file: str) -> str:
    def group(match: re.Match[str]) -> str:
        if match[1] not in groups:
            raise ExtractionError(
                f"{file!r}: the pattern {pattern!r} names {match[0]!r}: expected one of its "
                f"groups {sorted(groups)}"
            )
        return groups[match[1]]

    def placeholder(match: re.Match[str]) -> str:
        kinds = [k for k in match[2].split("|") if k in _KINDS]
        if kinds:
            return rf"⟪[{''.join(_KINDS[k] for k in kinds)}](?P<{match[1]}>\d+)⟫"
        classes = MADE if match[2] == "thing" else match[2].split("|")
        letters = "".join(LETTERS[cls] for cls in classes)
        named = rf"⟦[{letters}](?P<{match[1]}>\d+)⟧{_GLOSS}[’”'\"」』]?"
        if not match["several"]:
            return named
        other = rf"[‘“'\"「『]?⟦[{letters}]\d+⟧{_GLOSS}[’”'\"」』]?{_BESIDE}"
        return rf"{named}{_BESIDE}(?P<{match[1]}_and>(?:{_AND}{other})*)(?: 등)?"

    whole = re.sub(r"\{([a-z_]+)\}", group, pattern)
    return re.sub(r"\{(\w+):([\w|]+)(?P<several>\*?)\}", placeholder, whole)


def _bones(scene: Scene) -> Skeleton:
    hours = [(v.start, v.end) for v in scene.values if v.value.unit == "GPU-시간"]
    marks = [
        (start, end, f"⟦{LETTERS[e.cls]}{i}⟧")
        for i, (e, start, end) in enumerate(scene.names)
        if not (hours and any(begin <= start and end <= stop for begin, stop in hours))
    ]  # the GPU of "GPU 시간" is none that is named
    for number, value in enumerate(scene.values):
        if all(value.end <= start or end <= value.start for start, end, _ in marks):
            kind = _HOURS.get(value.value.unit or "", kind_of(value.value))
            marks.append((value.start, value.end, f"⟪{_KINDS[kind]}{number}⟫"))
    letters = frozenset(mark[1] for _, _, mark in marks)
    return skeleton(scene.text, sorted(marks), letters)


def match_phrasings(scene: Scene) -> Iterator[Draft]:
    """Yield a draft for everything that a phrasing tells of somebody known."""
    bones = _bones(scene)
    if not bones.letters:
        return
    told: set[tuple[str, str, str, str]] = set()
    for phrasing, match in _matches(scene, bones):
        for draft in _drafts(scene, bones, phrasing, match):
            said = draft.value.text if draft.value else ""
            target = draft.object.id if draft.object else ""
            key = (draft.subject.id, draft.predicate, target, said)
            if key not in told:
                told.add(key)
                yield draft


def _matches(scene: Scene, bones: Skeleton) -> Iterator[tuple[Phrasing, re.Match[str]]]:
    every, shortlist = _shortlist()
    for number, regex in shortlist.of(bones.letters, scene.pairs):
        for match in regex.finditer(bones.text):
            yield every[number], match


def _drafts(
    scene: Scene, bones: Skeleton, phrasing: Phrasing, match: re.Match[str]
) -> Iterator[Draft]:
    """Yield a draft of a match, and one more for every other name of a list in it."""
    draft = _draft(scene, bones, phrasing, match)
    if draft is None:
        return
    yield draft
    for role in (phrasing.subject, phrasing.object):
        listed = match.groupdict().get(f"{role}_and") if isinstance(role, str) else None
        for number in NUMBER.findall(listed or ""):
            entity = scene.names[int(number)][0]
            if scene.is_generic(entity):
                continue
            as_subject = role == phrasing.subject
            other = replace(draft, subject=entity) if as_subject else replace(draft, object=entity)
            if other.object is None or other.subject.id != other.object.id:
                yield other


def _draft(scene: Scene, bones: Skeleton, phrasing: Phrasing, match: re.Match[str]) -> Draft | None:
    subject = _entity(scene, bones, phrasing, match, phrasing.subject)
    target = None
    if phrasing.object is not None:
        target = _entity(scene, bones, phrasing, match, phrasing.object, subject)
    if subject is None or (phrasing.object and (target is None or target.id == subject.id)):
        return None
    start, end = bones.span(match)
    draft = Draft(subject, phrasing.predicate, target, None, start, end)
    groups = match.groupdict()
    if groups.get("said"):
        draft.value = Value(scene.text[slice(*bones.span(match, "said"))])
    if groups.get("V"):
        _count(scene, draft, phrasing, scene.values[int(groups["V"])])
    if groups.get("product"):
        draft.qualifiers["product"] = groups["product"]
    if phrasing.subject == _DEAL and scene.discourse.deal:
        draft.qualifiers["counterparty"] = scene.discourse.deal[1].label
    if (former := groups.get("former")) is not None:
        draft.qualifiers["role"] = f"전 {former.strip() or _NO_TITLE}"
    metric = phrasing.metric or groups.get("metric")
    if metric:
        known = load_metrics().words.get(metric)
        draft.qualifiers["metric"] = known.name if known else metric
    draft.modality = phrasing.modality or "fact"
    if phrasing.modality is None:
        told = scene.values[int(groups["V"])].end if groups.get("V") else end
        ends = [c.tail_end for c in scene.parsed.clauses if c.end >= told]
        draft.tail = (told, max(told, min(ends, default=len(scene.text))))
    _date(scene, draft)
    return draft


def _date(scene: Scene, draft: Draft) -> None:
    """Give a deed the time told with it; a quantity has been given its own."""
    within = [p for p in scene.periods if draft.start <= p.start and p.end <= draft.end]
    if within and draft.object is not None and draft.value is None:
        draft.qualifiers["period"] = within[-1].value


def _entity(
    scene: Scene,
    bones: Skeleton,
    phrasing: Phrasing,
    match: re.Match[str],
    role: str | tuple[str, ...],
    owner: Entity | None = None,
) -> Entity | None:
    if role == _DEAL:
        return scene.discourse.deal[0] if scene.discourse.deal else None
    if isinstance(role, str) and role in _FORMED:
        return scene.discourse.alliance[_FORMED[role]] if scene.discourse.alliance else None
    if isinstance(role, tuple):
        raised = scene.discourse.raised if phrasing.predicate == "investsIn" else None
        return raised if raised and raised.cls in role else _carried(scene, role)
    if role == "object" and phrasing.made:
        start, end = bones.span(match, role)
        whose = owner.label if owner and phrasing.owned else ""
        label = " ".join(f"{whose} {scene.text[start:end]}".split())
        return Entity(entity_id(label), phrasing.made, label)
    return scene.names[int(match[role])][0]


def _carried(scene: Scene, classes: tuple[str, ...]) -> Entity | None:
    """Return what the text before was about, of these classes."""
    discourse = scene.discourse
    if not scene.may_carry:
        return None
    things = [discourse.things.get(cls) for cls in classes]
    told = (discourse.thing, *things, discourse.heading, discourse.topic, discourse.org)
    return next((e for e in told if e and e.cls in classes), None)


def _count(scene: Scene, draft: Draft, phrasing: Phrasing, value: FoundValue) -> None:
    """Give a draft its quantity and the period it is of."""
    draft.value = replace(value.value, unit=phrasing.unit) if phrasing.unit else value.value
    if draft.object is not None and phrasing.predicate != "scores":
        key = "amount" if value.value.currency else "quantity"
        draft.qualifiers[key] = value.value.text
    ends = [c.end for c in scene.parsed.clauses if c.ending in ("connective", "final")]
    begins = max((end for end in ends if end <= value.start), default=0)
    inside = [p for p in scene.periods if begins <= p.start < value.start]
    if inside:
        draft.qualifiers["period"] = inside[-1].value
