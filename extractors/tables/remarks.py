"""What the remark in a row's last cell says of the row's company: "K2 출시를 접고 K3에 집중".

A remark is read like a headline about the row: relations with a named other end, and only
those that the row's own entity stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from corpus.report import Report
from extractors.classes import BODIES
from extractors.context.ahead import analyse
from extractors.context.scene import Draft, Named, Scene
from extractors.context.told_before import Discourse
from extractors.language.syntax import parse
from extractors.lexicon.frame_data import load_frames
from extractors.names.names import Names
from extractors.prose import drafts
from extractors.tables.cells import is_figure
from extractors.tables.vocabulary import fold, schema
from extractors.values.periods import find_periods
from extractors.values.values import find_values
from kg.claim import Claim
from kg.search.analyzer import Morpheme

_TOLD = frozenset(
    {"acquires", "blocks", "builds", "cancels", "coDevelops", "investsIn", "partnersWith"}
    | {"develops", "manufactures", "partOf", "produces", "purchases", "regulates", "releases"}
    | {"competesWith", "founded", "locatedIn", "supplies", "worksFor"}
)
_MEASURED = ("hasMetric", "marketShare")
_SHORTEST = 6
_LONGEST = 60
"""So many characters tell what something is, more comment on it."""
_DATE = re.compile(r"^\s*(?:20\d\d|\d{1,2})\s?[-./년월]\s?\d")
_CONFIDENCE = Decimal("0.65")


def remark_claims(report: Report, told: Sequence[Claim], names: Names) -> Iterator[Claim]:
    """Return the relations that the remarks among a report's table claims tell.

    The remarks are analysed from now on, and read when the claims are asked for.
    """
    remarks = [
        (claim, *_led(claim, claim.value.text, named))
        for claim in told
        if claim.value and _is_remark(claim)
        if _tells_more(claim, named := names.find(claim.value.text))
    ]
    texts = [text for _, text, _ in remarks]
    analysed = analyse(texts, [named for _, _, named in remarks])
    return _read(report, remarks, analysed)


def without_comments(told: Iterable[Claim]) -> list[Claim]:
    """Leave out texts that are no attribute of anything: what somebody makes of a row.

    So are a column of remarks, a key such as "핵심", and a change without a figure. What they
    tell of others has been read by then.
    """
    return [claim for claim in told if not (_is_comment(claim) or _is_lengthy(claim))]


def _is_lengthy(claim: Claim) -> bool:
    """Tell words too many for an attribute, or an address."""
    text = claim.value.text if claim.value and claim.value.minimum is None else ""
    attribute = claim.evidence.column is not None and "date" not in claim.qualifiers
    return attribute and (len(text) > _LONGEST or "://" in text)


def _is_comment(claim: Claim) -> bool:
    value = claim.value
    if claim.predicate != "hasMetric" or value is None or claim.evidence.column is None:
        return False
    measured = value.minimum is not None or value.maximum is not None
    explained = fold(claim.evidence.column) in schema().explaining
    if measured and (is_figure(value.text) or not explained):
        return False
    if "date" in claim.qualifiers and _DATE.search(value.text):
        return False
    label = fold(claim.qualifiers["metric"])
    heads = re.split(r"[·/]", claim.evidence.column)  # "비고·출처"
    told = {label, fold(claim.evidence.column), fold(heads[0])}
    if told & schema().changes and not any(ch.isdigit() for ch in value.text):
        return True
    return label in schema().unmeasuring or not told.isdisjoint(_comments())


@lru_cache(maxsize=1)
def _comments() -> frozenset[str]:
    """Return how columns of comments are headed, whatever their rows are called."""
    words = schema()
    remarks = {word for word, role in words.roles.items() if role == "remark"}
    return words.explaining | words.headlines | words.open_questions | remarks


def _read(
    report: Report,
    remarks: Sequence[tuple[Claim, str, list[Named]]],
    analysed: Iterable[Sequence[Morpheme]],
) -> Iterator[Claim]:
    frames = load_frames()
    for (claim, text, named), morphemes in zip(remarks, analysed, strict=True):
        whose = claim.subject
        scene = Scene(
            text,
            named,
            find_values(text),
            find_periods(text, report.date),
            parse(text, morphemes),
            Discourse(topic=whose, org=whose, heading=whose),
            frames.trailing,
            frames.anaphora,
            frames.generic,
            frames.pointing,
        )
        for draft in drafts(scene, learned=False):
            if draft.subject.id == whose.id and _is_told(claim, draft):
                yield _told(claim, draft)


def _led(claim: Claim, text: str, named: Sequence[Named]) -> tuple[str, list[Named]]:
    """Put whom a remark is of before it, as before a headline: "가나: 다라 자회사"."""
    lead = f"{claim.subject.label}: "
    shifted = [(e, start + len(lead), end + len(lead)) for e, start, end in named]
    return lead + text, [(claim.subject, 0, len(lead) - 2), *shifted]


def _tells_more(claim: Claim, named: Sequence[Named]) -> bool:
    """Tell a remark that names another, and a comment with a figure."""
    assert claim.value is not None
    figure = any(ch.isdigit() for ch in claim.value.text) and _is_comment(claim)
    return figure or any(entity.id != claim.subject.id for entity, _, _ in named)


def _is_told(claim: Claim, draft: Draft) -> bool:
    if draft.object is not None:
        of_event = draft.predicate == "locatedIn" and "date" in claim.qualifiers
        return draft.predicate in _TOLD and not of_event
    figure = draft.value is not None and draft.value.minimum is not None
    return figure and draft.predicate in _MEASURED and _is_comment(claim)


def _told(claim: Claim, draft: Draft) -> Claim:
    assert draft.modality is not None
    return replace(
        claim,
        predicate=draft.predicate,
        object=draft.object,
        value=draft.value,
        qualifiers=dict(sorted(draft.qualifiers.items())),
        modality=draft.modality,
        attributed_to=draft.attributed_to,
        extractor=draft.extractor,
        confidence=_CONFIDENCE,
    )


def _is_remark(claim: Claim) -> bool:
    value = claim.value
    if claim.predicate != "hasMetric" or value is None or claim.subject.cls not in BODIES:
        return False
    plain = value.minimum is None and value.maximum is None and len(value.text) >= _SHORTEST
    return plain and " " in value.text and claim.evidence.column is not None
