"""Decisions applied: an extraction as it would be if the extractor had known them.

An extraction is never changed where it is stored; what decisions make of it is computed
anew whenever a report or the log changes, so that every decision can be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.report import Report
from kg.claim import Claim, Entity, Evidence, Extraction, Mention
from kg.contract import described
from kg.decisions import Decision
from kg.identity import PARTICLES, fold, names_of

_Pick = Callable[[str, Evidence], bool]  # whether an entity's part in a claim goes over


@dataclass(slots=True)
class Undecided:
    """Claims of which a split cannot tell whom they mean; they stay where they are."""

    claims: list[Claim] = field(default_factory=list)


def decided(
    report: Report,
    extraction: Extraction,
    decisions: Iterable[Decision],
    undecided: Undecided | None = None,
) -> Extraction:
    """Return ``extraction`` after ``decisions``, oldest first; claims keep their places.

    ``undecided`` collects what a split could not decide.
    """
    for decision in decisions:
        extraction = _applied(report, extraction, decision, undecided or Undecided())
    return extraction


def _applied(
    report: Report, extraction: Extraction, decision: Decision, undecided: Undecided
) -> Extraction:
    entity, other = decision.entity, decision.other
    assert entity is not None
    if decision.kind == "merge" and other is not None:
        return _merged(extraction, entity, other)
    if decision.kind == "split" and other is not None:
        return _split(report, extraction, decision, undecided)
    if decision.kind == "alias_add":
        return _with_alias(report, extraction, entity, decision.aliases)
    return _without_alias(report, extraction, entity, decision.aliases)


def joined(entity: Entity, other: Entity) -> Entity:
    """Return ``entity`` with all that ``other`` is called and belongs to."""
    names = dict.fromkeys((*entity.aliases, *names_of(other)))
    latin = other.label if other.label.isascii() and not entity.label.isascii() else None
    english = entity.label_en or other.label_en or latin
    return replace(
        entity,
        label_en=english,
        aliases=tuple(n for n in names if n not in (entity.label, english)),
        ticker=entity.ticker or other.ticker,
        broader=tuple(sorted({*entity.broader, *other.broader} - {entity.id, other.id})),
    )


def _merged(extraction: Extraction, keep: Entity, gone: Entity) -> Extraction:
    held = described(extraction)
    if gone.id not in held:
        return extraction
    whole = joined(held.get(keep.id, keep), held[gone.id])
    old = {fold(name) for name in (gone.label, held[gone.id].label)}

    def everything(_label: str, _evidence: Evidence) -> bool:
        return True

    changed = _reassigned(extraction, {gone.id, keep.id}, whole, old, everything)
    entities = [_moved_family(e, gone.id, keep.id) for e in changed.entities]
    return replace(changed, entities=tuple({e.id: e for e in entities}.values()))


def _moved_family(entity: Entity, gone: str, keep: str) -> Entity:
    if gone not in entity.broader:
        return entity
    families = {keep if family == gone else family for family in entity.broader} - {entity.id}
    return replace(entity, broader=tuple(sorted(families)))


def _split(
    report: Report, extraction: Extraction, decision: Decision, undecided: Undecided
) -> Extraction:
    entity, other = decision.entity, decision.other
    assert entity is not None
    assert other is not None
    if entity.id not in described(extraction) or not _concerns(decision, report.id):
        return extraction
    own = [m for m in extraction.mentions if m.entity == entity.id]
    picked = {m for m in own if _is_picked(report, m, decision)}
    whole = bool(decision.reports) and not (decision.aliases or decision.mentions)

    def goes(_label: str, evidence: Evidence) -> bool:
        return whole or bool(picked & set(_meant(own, evidence)))

    mixed = [
        claim
        for claim in extraction.claims
        if entity.id in _ids([claim])
        and len({m in picked for m in _meant(own, claim.evidence)}) > 1
    ]
    undecided.claims.extend(mixed)
    kept = {claim.id for claim in mixed}
    moved = _reassigned(
        extraction, {entity.id}, other, {fold(entity.label)}, goes, kept=kept, mentions=picked
    )
    left = _described_without(moved, entity, decision.aliases)
    used = {m.entity for m in moved.mentions} | set(_ids(moved.claims))
    entities = {e.id: e for e in (*left.entities, other) if e.id in used}
    return replace(left, entities=tuple(entities[key] for key in sorted(entities)))


def _concerns(decision: Decision, report: str) -> bool:
    if decision.reports and report not in decision.reports:
        return False
    return not decision.mentions or any(where == report for where, _ in decision.mentions)


def _is_picked(report: Report, mention: Mention, decision: Decision) -> bool:
    printed = fold(report.text[mention.start : mention.end])
    if decision.aliases and printed not in {fold(alias) for alias in decision.aliases}:
        return False
    return not decision.mentions or (report.id, mention.start) in decision.mentions


def _meant(mentions: Sequence[Mention], evidence: Evidence) -> list[Mention]:
    """Return the mentions in a claim's quote, else the last before it, which it carries on."""
    inside = [m for m in mentions if evidence.start <= m.start < evidence.end]
    before = [m for m in mentions if m.start < evidence.start]
    return inside or before[-1:]


def _ids(claims: Iterable[Claim]) -> Iterator[str]:
    for claim in claims:
        yield claim.subject.id
        if claim.object is not None:
            yield claim.object.id


def _reassigned(
    extraction: Extraction,
    ids: set[str],
    target: Entity,
    labels: set[str],
    goes: _Pick,
    *,
    kept: Iterable[str] = (),
    mentions: Iterable[Mention] | None = None,
) -> Extraction:
    """Put ``target`` in the place of ``ids``: in claims that go, in ``mentions`` or in all."""
    stay = set(kept)
    picked = set(extraction.mentions if mentions is None else mentions)
    entities = [target if e.id in ids and mentions is None else e for e in extraction.entities]
    return replace(
        extraction,
        entities=tuple({e.id: e for e in entities}.values()),
        mentions=tuple(
            replace(m, entity=target.id) if m.entity in ids and m in picked else m
            for m in extraction.mentions
        ),
        claims=tuple(
            c if c.id in stay else _renamed(c, ids, target, labels, goes) for c in extraction.claims
        ),
    )


def _renamed(claim: Claim, ids: set[str], target: Entity, labels: set[str], goes: _Pick) -> Claim:
    def entity(held: Entity) -> Entity:
        return target if held.id in ids and goes(held.label, claim.evidence) else held

    def label(held: str) -> str:
        return target.label if fold(held) in labels and goes(held, claim.evidence) else held

    return replace(
        claim,
        subject=entity(claim.subject),
        object=None if claim.object is None else entity(claim.object),
        qualifiers={name: label(text) for name, text in claim.qualifiers.items()},
        attributed_to=None if claim.attributed_to is None else label(claim.attributed_to),
    )


def _with_alias(
    report: Report, extraction: Extraction, entity: Entity, aliases: Sequence[str]
) -> Extraction:
    """Add names, and mentions wherever the report prints them outside another name."""
    taken = [(m.start, m.end) for m in extraction.mentions]
    found = [
        Mention(entity.id, start, end)
        for alias in aliases
        for start, end in occurrences(report.text, alias)
        if not any(a < end and start < b for a, b in taken)
    ]
    held = described(extraction)
    if entity.id not in held and not found:
        return extraction
    known = held.get(entity.id, entity)
    every = tuple(dict.fromkeys((*known.aliases, *aliases)))
    called = replace(known, aliases=tuple(a for a in every if a != known.label))
    return replace(
        _redescribed(extraction, called),
        mentions=tuple(
            sorted({*extraction.mentions, *found}, key=lambda m: (m.start, m.end, m.entity))
        ),
    )


def _without_alias(
    report: Report, extraction: Extraction, entity: Entity, aliases: Sequence[str]
) -> Extraction:
    """Drop names, and the mentions that are printed so; claims stay, their quotes say whose."""
    if entity.id not in described(extraction):
        return extraction
    gone = {fold(alias) for alias in aliases}
    mentions = tuple(
        m
        for m in extraction.mentions
        if m.entity != entity.id or fold(report.text[m.start : m.end]) not in gone
    )
    return replace(_described_without(extraction, entity, aliases), mentions=mentions)


def _described_without(
    extraction: Extraction, entity: Entity, aliases: Sequence[str]
) -> Extraction:
    gone = {fold(alias) for alias in aliases}
    known = described(extraction).get(entity.id)
    if known is None or not gone:
        return extraction
    english = known.label_en
    return _redescribed(
        extraction,
        replace(
            known,
            label_en=None if english and fold(english) in gone else english,
            aliases=tuple(a for a in known.aliases if fold(a) not in gone),
        ),
    )


def _redescribed(extraction: Extraction, entity: Entity) -> Extraction:
    others = {e.id: e for e in extraction.entities} | {entity.id: entity}
    return replace(extraction, entities=tuple(others[key] for key in sorted(others)))


def occurrences(text: str, name: str) -> list[tuple[int, int]]:
    """Return where a name is printed as a word of its own, particles aside; spaces may vary."""
    spelled = r"[ \t-]?".join(re.escape(ch) for ch in name if not ch.isspace())
    is_korean = "가" <= name.rstrip()[-1:] <= "힣"
    particles = rf"(?:{'|'.join(PARTICLES)})?(?![가-힣])" if is_korean else ""
    pattern = rf"(?<![가-힣A-Za-z0-9]){spelled}(?={particles}(?![A-Za-z0-9]))"
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
