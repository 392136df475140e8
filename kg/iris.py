"""IRIs and lexical forms: how ids, section paths and numbers are written in the graph."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote, unquote

from kg import vocab
from kg.claim import Evidence
from kg.errors import GraphError

_UNSAFE_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]|%(?![0-9A-Fa-f]{2})')
_BARE_ARROW = re.compile(r"(?<!\S)>(?!\S)")
_SEPARATOR = " > "


@lru_cache(maxsize=64)  # every evidence is of one
def report_iri(report: str) -> str:
    """Return the IRI of a report, which is also its graph's; the id is percent-quoted."""
    return vocab.REPORT + quote(report, safe="")


def passage_iri(passage: str) -> str:
    """Return the IRI of a passage from its id (``"<report>#<ordinal>"``)."""
    return vocab.PASSAGE + quote(passage, safe="")


def claim_iri(claim: str) -> str:
    """Return the IRI of a claim from its id."""
    return vocab.CLAIM + claim


def entity_iri(entity: str) -> str:
    """Return the IRI of an entity from its id, which must be safe in an IRI as it is."""
    if not entity or _UNSAFE_IRI.search(entity):
        raise GraphError(
            f"cannot make an IRI of the entity id {entity!r}: expected letters, digits, '_' "
            "and percent-escapes; use kg.claim.entity_id(name)"
        )
    return vocab.ENTITY + entity


def evidence_iri(evidence: Evidence) -> str:
    """Return the IRI of an evidence, a digest of its whole content."""
    parts = [
        evidence.report,
        evidence.section,
        evidence.quote,
        evidence.start,
        evidence.end,
        evidence.page,
        evidence.printed_page,
        evidence.table,
        evidence.row,
        evidence.column,
    ]
    digest = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
    return vocab.EVIDENCE + digest[:24]


def local_id(iri: str) -> str:
    """Return the id that an IRI of a report, passage, claim or entity was made from."""
    for base in (vocab.REPORT, vocab.PASSAGE):
        if iri.startswith(base):
            return unquote(iri[len(base) :])
    for base in (vocab.ENTITY, vocab.CLAIM, vocab.EVIDENCE):
        if iri.startswith(base):
            return iri[len(base) :]
    raise GraphError(f"{iri!r} is no IRI of this graph: expected one under {vocab.BASE!r}")


def section_text(path: tuple[str, ...]) -> str:
    r"""Join a section path by `` > ``; a lone ``>`` inside a heading becomes ``\>``."""
    return _SEPARATOR.join(_BARE_ARROW.sub(r"\\>", part.replace("\\", "\\\\")) for part in path)


def section_path(text: str | None) -> tuple[str, ...]:
    """Undo :func:`section_text`; ``None`` is the empty path."""
    if text is None:
        return ()
    return tuple(re.sub(r"\\(.)", r"\1", part) for part in text.split(_SEPARATOR))


def decimal_text(number: Decimal) -> str:
    """Return the canonical ``xsd:decimal`` form: no exponent, no trailing zeros."""
    if not number.is_finite():
        raise GraphError(f"cannot store the number {number!r}: expected a finite decimal")
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
