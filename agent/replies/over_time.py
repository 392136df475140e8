"""One figure of one thing at several times, told in their order as one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from agent.answer import Sentence
from agent.korean import fill
from agent.questions.periods import grain
from agent.questions.question import Question
from agent.replies.lists import as_sure, main_modality, size_text
from agent.replies.phrasing import wording
from agent.replies.wording import name_of, period_text
from kg.claim import Claim

_MOST = 6
_AHEAD = frozenset({"forecast", "plan"})


def over_time(claims: Sequence[Claim], question: Question) -> Sentence | None:
    """Say the figures of several times in turn; ``None`` where these are not of one thing."""
    from agent.replies.replies import evidence_of

    periods = [c.qualifiers.get("period", "") for c in claims]
    alike = len({_what(c) for c in claims}) == 1 and 1 < len(claims) <= _MOST
    if not alike or question.language != "ko" or len(set(periods)) < len(periods):
        return None
    if any(not p or grain(p) == "span" for p in periods):
        return None
    told = sorted(claims, key=lambda c: c.qualifiers["period"])
    main = main_modality(told)
    parts = []
    for claim in told:
        mark = f"({_mark(claim, told)})" if claim.modality != main else ""
        when = period_text(claim.qualifiers["period"], "ko")
        parts.append(f"{when} {size_text(claim)}{mark}")
    slots = {"what": _named(told[0]), "period": "", "listed": ", ".join(parts)}
    body = fill(wording()["lists"]["ko"]["listed"], **slots)
    modalities = tuple(dict.fromkeys(c.modality for c in told))
    return Sentence(f"{as_sure(body, told, main)}.", evidence_of(told), modalities=modalities)


def _what(claim: Claim) -> tuple[object, ...]:
    value, known = claim.value, claim.qualifiers
    unit = (value.unit, value.currency, value.minimum is None) if value else None
    keys = ("metric", "product", "basis", "condition")
    return claim.subject.id, claim.predicate, unit, claim.object, *(known.get(k) for k in keys)


def _named(claim: Claim) -> str:
    """What has the figure, and what it is called: "가나의 HBM 매출", "HBM 시장 규모"."""
    name = name_of(claim.subject, "ko")
    if claim.predicate == "marketSize":
        return f"{name.removesuffix('시장').strip()} 시장 규모"
    metric = claim.qualifiers.get("metric") or wording()["lists"]["ko"]["share"]
    parts = (claim.qualifiers.get("basis"), claim.qualifiers.get("product"), metric)
    return f"{name}의 " + " ".join(filter(None, parts))


def _mark(claim: Claim, told: Sequence[Claim]) -> str:
    """How sure one is that is not as sure as most; of a time gone by it is put at that."""
    later = any(
        c.modality == "fact" and c.qualifiers["period"] > claim.qualifiers["period"] for c in told
    )
    texts = wording()["lists"]["ko"]
    if claim.modality in _AHEAD and later:
        return str(texts["estimate"])
    names: dict[str, str] = {**wording()["modality_names"]["ko"], "fact": texts["fact"]}
    return names[claim.modality]
