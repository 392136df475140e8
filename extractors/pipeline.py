"""Report to extraction: names, prose and tables, in reading order, the same every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from operator import attrgetter

from corpus.report import Report, Span, Table
from corpus.sentences import sentences
from extractors.context.ahead import Ahead
from extractors.names.names import Names
from extractors.prose import prose_claims
from extractors.tables.extract import table_claims
from extractors.tables.key_lists import list_claims, settled
from extractors.tables.remarks import remark_claims, without_comments
from extractors.tables.tickers import adopt_tickers
from extractors.unread import read_or_warn
from kg.claim import Claim, Entity, Extraction, Mention


def extract(report: Report) -> Extraction:
    """Extract entities, mentions and claims of one report.

    Deterministic: claims in reading order, without repeats; entities by id; mentions
    by place. Offsets are code points of ``report.text``.
    """
    read = list(sentences(report))
    texts = [sentence.clean.text for sentence in read]
    names = Names.for_report(report, texts)
    adopt_tickers(report, names)
    ahead = Ahead(read, [names.find(text) for text in texts])
    claims = [claim for table in report.tables for claim in _of_table(report, table, names)]
    remarks = remark_claims(report, claims, names)
    named = [names.find(text) for text in texts]
    claims = without_comments(claims)
    listed = list(list_claims(report, read, names))
    claims.extend(settled(prose_claims(report, read, named, ahead), listed))
    claims.extend(remarks)
    mentions = [
        _mention(sentence.clean.span(start, end), entity)
        for sentence, found in zip(read, named, strict=True)
        for entity, start, end in found
    ]
    mentions.extend(_table_mentions(report, names))
    kept = _distinct(claims)
    return Extraction(
        report.id,
        _entities(names.entities, kept, mentions),
        tuple(sorted(set(mentions), key=attrgetter("start", "end", "entity"))),
        kept,
    )


def _of_table(report: Report, table: Table, names: Names) -> Iterator[Claim]:
    read = partial(table_claims, report, table, names)
    return read_or_warn(read, report, table.span.start, table.span.end)


def _mention(span: Span, entity: Entity) -> Mention:
    return Mention(entity.id, span.start, span.end)


def _table_mentions(report: Report, names: Names) -> Iterable[Mention]:
    for table in report.tables:
        for row in table.rows:
            for cell in row.cells:
                span = cell.span
                for entity, start, end in names.find(span.of(report.text)):
                    yield Mention(entity.id, span.start + start, span.start + end)


def _distinct(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Drop repeats: one claim a content and place, the first of those that say the same."""
    kept: list[Claim] = []
    like: dict[tuple[int, str, str], list[Claim]] = {}
    for claim in _in_order(claims):
        others = like.setdefault((claim.evidence.start, claim.predicate, claim.subject.id), [])
        if not others or _said(claim) not in map(_said, others):
            others.append(claim)
            kept.append(claim)
    return tuple(kept)


def _said(claim: Claim) -> tuple[object, ...]:
    return (
        claim.object.id if claim.object else None,
        claim.value.text if claim.value else None,
        claim.evidence.row,
        claim.evidence.column,
        tuple(sorted(claim.qualifiers.items())),
    )


def _in_order(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield claims by place; an id, which costs a digest, is asked for only to part equals."""
    placed: dict[tuple[int, int, str, str], list[Claim]] = {}
    for claim in claims:
        placed.setdefault(_place(claim), []).append(claim)
    for place in sorted(placed):
        several = placed[place]
        yield from sorted(several, key=lambda c: c.id) if len(several) > 1 else several


def _place(claim: Claim) -> tuple[int, int, str, str]:
    return claim.evidence.start, claim.evidence.end, claim.predicate, claim.subject.id


def _entities(
    known: Mapping[str, Entity], claims: Iterable[Claim], mentions: Iterable[Mention]
) -> tuple[Entity, ...]:
    used = {m.entity: known[m.entity] for m in mentions}
    for claim in claims:
        for entity in (claim.subject, claim.object):
            if entity is not None:
                used.setdefault(entity.id, entity)
    return tuple(used[key] for key in sorted(used))
