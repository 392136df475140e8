"""How a claim is put, as the report's own words have it: agreed, under way, done, at what rate.

The patterns stand in ``wording.yaml``: ``variants``, ``nouns``, ``aspects``, ``changes_told``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from agent.words import data
from corpus.syllables import SSANG_SIOT, final
from kg.claim import Claim

_RETOLD = re.compile(r"(?:다|라|자|냐|려)고\s(?:\S+\s)?[가-힣]+(?P<end>다|어요)[.]?$")
_SIGNED = re.compile(r"[-−▲▼△▽+(]")


@lru_cache(maxsize=1)
def wording() -> dict[str, Any]:
    """Return the patterns of ``wording.yaml``."""
    patterns: dict[str, Any] = data("wording")
    return patterns


def variant(claims: Sequence[Claim], slots: Mapping[str, str]) -> dict[str, Any]:
    """Return the pattern of the claims' relation, with what their parts choose instead."""
    first = claims[0]
    pattern: dict[str, Any] = wording()["relations"][first.predicate]
    for row in wording()["variants"].get(first.predicate, ()):
        if _fits(row, first, slots):
            return {**pattern, **row}
    return pattern


def _fits(row: Mapping[str, Any], claim: Claim, slots: Mapping[str, str]) -> bool:
    if claim.modality not in row.get("modality", (claim.modality,)):
        return False
    if not all(slots.get(key) for key in row.get("with", ())):
        return False
    if any(slots.get(key) for key in row.get("without", ())):
        return False
    if not all(re.search(shape, slots.get(key, "")) for key, shape in row.get("of", {}).items()):
        return False
    return re.search(row.get("said", ""), claim.evidence.quote) is not None


def change(claim: Claim, slots: Mapping[str, str]) -> str | None:
    """Return "매출|12% 늘었습니다" for a rate of change; ``None`` for other figures."""
    metric, value = slots.get("metric", ""), slots.get("value", "")
    if claim.value is None or claim.value.unit not in ("%", "배") or _SIGNED.match(value):
        return None
    for row in wording()["changes_told"]:
        base = metric.removesuffix(row["noun"]).strip()
        if metric.endswith(row["noun"]) and base and claim.modality in row:
            return f"{base}|{value} {row[claim.modality]}"
    return None


def retold(value: str) -> str | None:
    """Return what somebody said, where its own verb stands behind it, in the formal style.

    "수요가 는다고 말했다" is told as "수요가 는다고 말했습니다", not quoted with another verb.
    """
    told = _RETOLD.search(value)
    if told is None or final(value[told.start("end") - 1]) != SSANG_SIOT:
        return None
    return value[: told.start("end")] + "습니다"


def noun_of(claim: Claim, pattern: Mapping[str, Any]) -> str:
    """Return the noun by which the report itself calls a relation, else the usual one."""
    usual: str = pattern["noun"]
    said = claim.evidence.quote
    own = (n for n in wording()["nouns"].get(claim.predicate, ()) if n in said)
    return usual if usual in said or "ending" in pattern else next(own, usual)


def aspect(claims: Sequence[Claim]) -> str | None:
    """Return the ending that tells how far all of some claims have come; ``None`` for the usual."""
    endings = {_aspect(c.predicate, c.modality, c.evidence.quote) for c in claims}
    return endings.pop() if len(endings) == 1 else None


def _aspect(predicate: str, modality: str, quote: str) -> str | None:
    shapes = _aspects(predicate)
    found = (ending for of, shape, ending in shapes if of == modality and shape.search(quote))
    return next(found, None)


@lru_cache(maxsize=64)
def _aspects(predicate: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    verbs = [*data("relations").get(predicate, {}).get("ko", ())]
    verbs += wording()["nouns"].get(predicate, ())
    told = "|".join(
        sorted((re.escape(v) for v in verbs if len(v) > 1 or v == "짓"), key=len, reverse=True)
    )
    rows = wording()["aspects"] if told else ()
    return tuple(
        (row["modality"], re.compile(row["said"].format(verbs=told)), row["ending"]) for row in rows
    )
