"""Entities under the name that the report prints, where that is seldom the lexicon's.

Who reads "지푸AI" in a report finds "지푸AI" in its claims. The id, by which reports are joined,
stays what it is, and the lexicon's name stays as an alias; a workspace calls an entity what
most of its reports call it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

from corpus.report import Report
from kg.claim import Claim, Entity, Extraction

_MARKUP = re.compile(r"[*_`|\[\]\n]")
_CODE = re.compile(r"\d{4,6}(?:[. ][A-Z]{1,3})?")
"""The code of a share, by which no reader calls a firm: "005930.KS"."""


def as_printed(report: Report, extraction: Extraction) -> Extraction:
    """Return an extraction with the curated entities called as the report prints them."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in extraction.mentions:
        forms[mention.entity][report.text[mention.start : mention.end]] += 1
    known = ((e, forms[e.id]) for e in extraction.entities if _may_differ(e, forms))
    printed = {
        entity.id: replace(
            entity, label=label, aliases=_besides(entity, label), known_as=entity.label
        )
        for entity, found in known
        if (label := _most_printed(entity, found))
    }
    labels = {e.label: printed[e.id].label for e in extraction.entities if e.id in printed}
    return replace(
        extraction,
        entities=tuple(printed.get(entity.id, entity) for entity in extraction.entities),
        claims=tuple(_renamed(claim, printed, labels) for claim in extraction.claims),
    )


def _may_differ(entity: Entity, forms: Mapping[str, Counter[str]]) -> bool:
    """Tell a name of the lexicon, or one spelled in a version's family's way, not as printed."""
    found = forms.get(entity.id)
    return found is not None and (entity.curated or entity.label not in found)


def _renamed(claim: Claim, printed: Mapping[str, Entity], labels: Mapping[str, str]) -> Claim:
    """Rename who and what a claim is of, who said it and who is named beside them."""
    said_by = claim.attributed_to
    return replace(
        claim,
        subject=printed.get(claim.subject.id, claim.subject),
        object=claim.object and printed.get(claim.object.id, claim.object),
        qualifiers={name: labels.get(text, text) for name, text in claim.qualifiers.items()},
        attributed_to=said_by and labels.get(said_by, said_by),
    )


def _most_printed(entity: Entity, forms: Counter[str]) -> str | None:
    """Return what is printed more often than the lexicon's name; no mere part of that."""
    whole = [
        form
        for form in forms
        if form not in entity.label
        and form != entity.ticker
        and not _MARKUP.search(form)
        and not _CODE.fullmatch(form)
    ]
    best = min(whole, key=lambda f: (-forms[f], f.isascii(), -len(f), f), default=None)
    return best if best and forms[best] > forms[entity.label] else None


def _besides(entity: Entity, label: str) -> tuple[str, ...]:
    every = dict.fromkeys((*entity.aliases, entity.label))
    return tuple(name for name in every if name != label)
