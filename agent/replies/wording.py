"""Claims said as sentences, in Korean or English, with their modality and source.

Patterns and endings stand in ``wording.yaml``; values are said as the report wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from agent.korean import fill, particle
from agent.replies.phrasing import aspect, change, noun_of, retold, variant, wording
from kg.claim import Claim, Entity, Value
from kg.vocab import AGENTS

Language = Literal["ko", "en"]
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SLOT_NAME = re.compile(r"\{(\w+)")
_MOST_NAMED = 8
_SCALES = {
    Decimal(10**power).normalize(): word
    for power, word in ((3, "천"), (4, "만"), (6, "백만"), (8, "억"), (9, "십억"), (12, "조"))
}
_CURRENCY_NAMES = {
    "USD": "달러",
    "KRW": "원",
    "CNY": "위안",
    "JPY": "엔",
    "EUR": "유로",
    "TWD": "대만달러",
}
_NAMED_AS_PRINTED = frozenset(
    {"Chip", "Model", "Software", "Product", "Benchmark", "Paper", "Place", "Facility"}
)


def name_of(entity: Entity, language: Language) -> str:
    """Return the name to print in an answer of this language."""
    return (entity.label_en or entity.label) if language == "en" else entity.label


def printed_name(entity: Entity, claim: Claim, language: Language) -> str:
    """Return an entity's name so that a reader finds it in the report.

    A chip or model is named as the report prints it; an agent known by a 한글 name is
    called by that, with the report's spelling behind it: "매직랩(MagicLab)".
    """
    label = name_of(entity, language)
    evidence = claim.evidence
    text = " | ".join((evidence.row or "", evidence.column or "", evidence.quote))
    if label in text:
        return label
    names = sorted(
        {entity.label, entity.label_en or "", *entity.aliases}, key=lambda n: (-len(n), n)
    )
    found = (_spelt(name).search(text) for name in names if len(name) > 1)
    match = next((m for m in found if m), None)
    if match is None or language == "en":
        return label
    same_script = bool(re.search("[가-힣]", match[0])) == bool(re.search("[가-힣]", label))
    if entity.cls in _NAMED_AS_PRINTED or (same_script and len(match[0]) > 2):
        return match[0]
    return label if same_script else f"{label}({match[0]})"


@lru_cache(maxsize=4096)  # more than re itself remembers: a report names many
def _spelt(name: str) -> re.Pattern[str]:
    """Find a name in capital or small letters."""
    return re.compile(re.escape(name), re.I)


def _natural(name: str) -> list[tuple[int, str]]:
    """Sort key that puts "TPU v2" before "TPU v10"."""
    return [
        (int(part), "") if part.isdigit() else (-1, part)
        for part in re.split(r"(\d+)", name)
        if part
    ]


def joined(names: Sequence[str], most: int = _MOST_NAMED) -> str:
    """Join names with commas, each once, saying how many were left out past ``most``."""
    unique = sorted(dict.fromkeys(names), key=_natural)
    rest = len(unique) - most
    return ", ".join(unique[:most]) + (f" 외 {rest}개" if rest > 0 else "")


def period_text(period: str, language: Language) -> str:
    """Say an ISO-like period: 2025-Q1 as "2025년 1분기", 2024-12-30 as "2024년 12월 30일"."""
    if language == "en":
        return period
    patterns = (
        (r"(\d{4})-Q([1-4])", r"\1년 \2분기"),
        (r"(\d{4})-H([12])", r"\1년 \2반기"),
        (r"(\d{4})-(\d\d)-(\d\d)", r"\1년 \2월 \3일"),
        (r"(\d{4})-(\d\d)", r"\1년 \2월"),
        (r"(\d{4})/(\d{4})", r"\1~\2년"),
        (r"(\d{4})-(\d\d)/\1-(\d\d)", r"\1년 \2~\3월"),
        (r"(\d{4})", r"\1년"),
        (r"FY(\d{4})", r"\1 회계연도"),
    )
    for pattern, said in patterns:
        if match := re.fullmatch(pattern, period):
            text = match.expand(said)
            return (
                re.sub(r"\b0(\d)(?=[월일~])", r"\1", text)
                .replace("1반기", "상반기")
                .replace("2반기", "하반기")
            )
    return period


def say(claims: Sequence[Claim], language: Language, *, attribute: bool = True) -> str:
    """Say claims that share predicate and modality as one sentence without final full stop.

    Several subjects or objects are joined; the other slots are those of the first
    claim that has them. ``attribute`` puts the source in front ("Micron에 따르면").
    """
    first = claims[0]
    slots = _slots(claims, language)
    said = _korean(claims, slots) if language == "ko" else _english(first, slots)
    who = first.attributed_to
    if attribute and who and who not in (slots["subject"], slots.get("object")):
        said = fill(wording()["attribution"][language], who=who) + said
    return said


def says_value(claim: Claim) -> bool:
    """Tell whether the sentence of a claim's relation has a place for its value."""
    relation = wording()["relations"][claim.predicate]["ko"]
    told = {"value", "quantity", "amount"} & set(claim.qualifiers) or claim.value
    return bool(told) and ("{value" in relation or "{quoted" in relation)


def value_text(value: Value) -> str:
    """Return a value as the report wrote it, with the unit of its column where it has none.

    A bare figure under "시가총액 (조원)" is said with its scale: "145조 원".
    """
    text = value.text.strip()
    if value.minimum is None or re.search(r"[^\W\d_]|[%％$€£¥₩℃°]", text):
        return text
    unit = value.unit or _CURRENCY_NAMES.get(value.currency or "", value.currency or "")
    if per := re.fullmatch(r"(.+당)\s*(\S+)", unit):
        return f"{text}{per[2]}({per[1]})"
    scale = _scale(text, value) if value.currency and not value.unit else ""
    if scale == "십억":
        return f"{_in_eok(text)}억 {unit}"
    return f"{text}{scale} {unit}" if scale else f"{text}{unit}"


def _in_eok(text: str) -> str:
    """Turn figures in billions into 억, as Koreans read them: "51" (십억) to "510"."""

    def one(match: re.Match[str]) -> str:
        return f"{(Decimal(match[0].replace(',', '')) * 10).normalize():,f}"

    return re.sub(r"\d[\d,]*(?:\.\d+)?", one, text)


def conversions(claims: Sequence[Claim]) -> tuple[str, ...]:
    """Return the arithmetic behind values said in another scale than they are printed in."""
    values = [c.value for c in claims[:1] if c.value]
    return tuple(
        f"{v.text.strip()} × 10억 = {value_text(v)}"
        for v in values
        if v.currency
        and not v.unit
        and _scale(v.text, v) == "십억"
        and value_text(v) != v.text.strip()
    )


def _scale(text: str, value: Value) -> str:
    """The Korean scale word between a printed figure and its amount ("145" for 145조)."""
    match = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    printed = Decimal(match[0].replace(",", "")) if match else Decimal(0)
    if not printed or value.minimum is None:
        return ""
    return _SCALES.get((abs(value.minimum) / printed).normalize(), "")


def _metric_slot(claim: Claim, language: Language) -> dict[str, str]:
    """Say of a figure that another has taken its place: the 이전 목표주가."""
    metric = claim.qualifiers.get("metric")
    if metric is None or claim.qualifiers.get("basis") != "이전":
        return {}
    return {"metric": f"{'earlier' if language == 'en' else '이전'} {metric}"}


def _slots(claims: Sequence[Claim], language: Language) -> dict[str, str]:
    first = claims[0]
    slots = {key: value for claim in reversed(claims) for key, value in claim.qualifiers.items()}
    slots |= _names(claims, language)
    partners = [c.qualifiers["partner"] for c in claims if "partner" in c.qualifiers]
    if partners:
        slots["partner"] = joined(partners)
    if first.value:
        slots["value"] = value_text(first.value)
    elif amount := slots.get("amount") or slots.get("quantity"):
        slots["value"] = amount
    slots["quoted"] = f"“{slots.get('value', '')}”"
    slots |= _metric_slot(first, language)
    if period := slots.get("period") or slots.get("date"):
        said = period_text(period, language)  # a date as a figure is told once
        slots["period"] = "" if said in slots.get("value", "") else said
    if first.predicate == "marketSize":
        slots["subject"] = slots["subject"].removesuffix("시장").strip()
    product = first.object is not None and first.object.cls not in AGENTS
    if first.predicate == "supplies" and product and language == "ko":
        slots["product"] = slots.pop("object")  # what is supplied, not to whom
    elif "object" not in slots and slots.get("product"):
        slots["object"] = slots["product"]
    return slots


def _names(claims: Sequence[Claim], language: Language) -> dict[str, str]:
    """The subjects and the objects of claims, each thing once."""
    first = claims[0]
    subjects = {c.subject.id: printed_name(c.subject, c, language) for c in reversed(claims)}
    objects = {
        c.object.id: printed_name(c.object, c, language) for c in reversed(claims) if c.object
    }
    slots = {"subject": joined(list(subjects.values()))}
    if objects:
        slots["object"] = joined(list(objects.values()))
        if first.predicate == "purchases" and first.object and first.object.cls == "Company":
            goods = "products of {}" if language == "en" else "{} 제품"
            slots["object"] = goods.format(slots["object"])
    return slots


def filled(pattern: str, slots: Mapping[str, str]) -> str:
    """Fill a pattern; a bracketed part with an empty slot vanishes."""

    def part(match: re.Match[str]) -> str:
        return match[1] if all(slots.get(name) for name in _SLOT_NAME.findall(match[1])) else ""

    kept = _OPTIONAL.sub(part, pattern)
    known = {name: slots.get(name, "") for name in _SLOT_NAME.findall(kept)}
    return re.sub(r"\s+", " ", fill(kept, **known)).strip()


def _korean(claims: Sequence[Claim], slots: dict[str, str]) -> str:
    claim = claims[0]
    pattern = variant(claims, slots)
    if claim.predicate == "hasMetric" and (told := change(claim, slots)):
        slots["metric"], slots["value"] = told.split("|", 1)
        return filled(wording()["rate"], slots)
    if claim.predicate == "states" and (own := retold(slots.get("value", ""))):
        return filled("{subject:은/는} {value}", {**slots, "value": own})
    known_role = "role" in pattern and bool(slots.get("role"))
    body = filled(pattern["role" if known_role else "ko"], slots)
    if "verb" in pattern:
        return f"{body} {pattern['verb'][claim.modality]}"
    if "copula" in pattern:
        core = body if known_role else f"{body} {pattern['copula']}".strip()
        ending: str = pattern.get("ending") or wording()["copula_endings"][claim.modality]
        pair = re.match(r"\{:([^}]+)\}", ending)
        return core + (particle(core, pair[1]) + ending[pair.end() :] if pair else ending)
    endings = wording()["noun_endings"]
    dated = "{period}" in pattern["ko"] and bool(slots.get("period"))
    lasting = claim.modality == "fact" and pattern.get("state") and not dated
    key = "state" if lasting else claim.modality
    key = "fact" if pattern.get("quote") else key
    far = None if pattern.get("quote") else aspect(claims)
    return f"{body} {noun_of(claim, pattern)}{far or endings[key]}"


def _english(claim: Claim, slots: dict[str, str]) -> str:
    pattern = wording()["relations"][claim.predicate]
    subject, base, rest = (part.strip() for part in pattern["en"].split("|", 2))
    verb = wording()["verbs"][base]
    shown: str = wording()["english_modality"][claim.modality]
    predicate = shown.format(verb=verb, base=base)
    return " ".join(f"{filled(subject, slots)} {predicate} {filled(rest, slots)}".split())
