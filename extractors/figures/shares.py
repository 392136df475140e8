"""Shares of markets: of which market they are, and those that one verb tells of several.

"다라의 HBM 점유율" is of HBM, "낸드 시장에서 가나가 40%, 나다가 30%를 차지한다" of 낸드 both
times; "가나국은 구리 채굴 60%, 정제 80%를 점유한다" tells two shares of one holder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.classes import ACTORS, BODIES, MADE
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import (
    HOLDERS,
    begins_at,
    clause_of,
    is_house,
    phrase_at,
    topic_entity,
)
from extractors.figures.metric_words import changing
from extractors.figures.quantities import holding
from extractors.lexicon.makers import is_category, makers_of
from extractors.values.values import FoundValue
from extractors.word_lists import Worded, filled, load_words
from kg.claim import Entity

_WORDS = "figures/shares.yaml"
_TOLD = re.compile(
    r"\s?(?:시장(?:의|에서의|\s내)?)?\s?(?:(?:매출|출하|금액|수량|용량|판매)액?량?(?:\s기준)?\s)?점유(?:율)?(?=[은는이가을를도에과와:\s]|$)"
    r"|\s?시장(?:에서|에서는|에서도|에선|의|\s내에서|을|\s점유)(?=\s)"
)
"""What stands behind the name of a market that a share is of."""
_SHARED = re.compile(r"[을를]\s?(?:각각\s)?(?:점유|차지|점)(?:하|한|할|했|함|해|$)")
_GAPPED = re.compile(r"(?:은|는|이|가)\s(?:약\s|각각\s)?")
_NEXT = re.compile(r"(?:를|을|로)?,\s(?:그리고\s)?")
_PART = re.compile(
    r"(?:^|,\s(?:그리고\s)?)"
    r"(?P<noun>[가-힣A-Za-z][가-힣A-Za-z0-9·]*(?:\s[가-힣A-Za-z0-9·]+){0,3})\s(?:약\s)?$"
)
_WORD = re.compile(r"[가-힣A-Za-z0-9&·/.\-]+")
_BASIS = re.compile(r"^.*\s?기준(?:으로|의)?\s")
_SHORTEST = 2
"""So many shares make a row."""
_LONGEST = 4
"""So many words name a market at most."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The words of ``shares.yaml``."""

    plain: frozenset[str]
    stages: tuple[str, ...]


@lru_cache(maxsize=1)
def load_shares() -> Shares:
    """Load the words once a process."""
    data = load_words("figures/shares.yaml")
    return filled(Shares, data)


def match_shares(scene: Scene, matched: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the shares that a row tells by one verb, besides those that are told already."""
    told = {id(d.value) for d in matched}
    for draft in matched:
        if draft.predicate == "marketShare" and draft.modality != "denied":
            yield from (d for d in _gapped(scene, draft) if id(d.value) not in told)
    yield from (d for d in _parts(scene) if id(d.value) not in told)
    yield from (d for d in _ranked(scene) if id(d.value) not in told)
    yield from (d for d in _held(scene) if id(d.value) not in told)


def _held(scene: Scene) -> Iterator[Draft]:
    """Yield the share of whom the text is about: "서버 시장의 90%를 점유하고 있다"."""
    for value in scene.values if "시장의" in scene.text else ():
        market = _MARKET.search(scene.text, 0, value.start)
        aside = _ASIDE.match(scene.text, value.end)  # "76%(부품은 98%)를 점유"
        shared = _SHARED.match(scene.text, aside.end() if aside else value.end)
        if value.value.unit != "%" or market is None or not shared:
            continue
        firm = topic_entity(scene, clause_of(scene, value), None, BODIES)
        if firm is not None and not scene.is_generic(firm):
            draft = holding(scene, value, firm, "점유율")
            draft.predicate, draft.qualifiers = "marketShare", {"product": market["name"]}
            yield draft


_ASIDE = re.compile(r"\s?\([^()]*\)")
_MARKET = re.compile(
    r"(?:^|[,.]\s|[은는이가]\s)(?:현재\s|전\s?세계\s|글로벌\s)?"
    r"(?P<name>[^\s,.]+(?:\s[^\s,.]+){0,2}?)\s시장의\s(?:약\s|무려\s)?$"
)


def _ranked(scene: Scene) -> Iterator[Draft]:
    """Yield the share of whom another comes behind: "이는 24%의 가나에 이은 2위다"."""
    figure = scene.discourse.figure
    if figure is None or figure.predicate != "marketShare" or not scene.may_carry:
        return
    for value in scene.values:
        if value.value.unit != "%" or not scene.text.startswith("의 ", value.end):
            continue
        for entity, start, end in scene.names:
            if start == value.end + 2 and _BEHIND.match(scene.text, end):
                draft = holding(scene, value, entity, "점유율")
                draft.predicate = "marketShare"
                draft.qualifiers = {k: v for k, v in figure.qualifiers.items() if k in _SAME}
                yield draft


_BEHIND = Worded(_WORDS, r"(?:에|을|를|보다)\s{behind}")
_SAME = ("period", "product")


def _gapped(scene: Scene, draft: Draft) -> Iterator[Draft]:
    """Yield what stands before a share in the same words: "가나가 40%, 나다가 30%를 차지"."""
    value = scene.value_of(draft)
    while value is not None:
        own = _led(scene, value)
        before = [v for v in scene.values if own and v.end < own[1] and v.value.unit == "%"]
        last = before[-1] if before else None
        if own is None or last is None or not _NEXT.fullmatch(scene.text, last.end, own[1]):
            return
        holder = _led(scene, last)
        if holder is not None:
            start = min(draft.start, holder[1])
            yield replace(
                draft, subject=holder[0], value=last.value, start=start, qualifiers=_kept(draft)
            )
        value = last


def _kept(draft: Draft) -> dict[str, str]:
    return {k: v for k, v in draft.qualifiers.items() if k != "quantity"}


def _led(scene: Scene, value: FoundValue) -> tuple[Entity, int, int] | None:
    """Return who stands right before a share as its subject: "가나가 40%"."""
    for named in scene.names:
        if named[2] <= value.start and _GAPPED.fullmatch(scene.text, named[2], value.start):
            return named if named[0].cls in HOLDERS and not scene.is_generic(named[0]) else None
    return None


def _parts(scene: Scene) -> Iterator[Draft]:
    """Yield the shares of one holder in several things: "구리 채굴 60%, 정제 80%를 점유"."""
    last = next(
        (v for v in scene.values if v.value.unit == "%" and _SHARED.match(scene.text, v.end)), None
    )
    clause = clause_of(scene, last) if last else None
    led = (clause.topic or clause.subject) if clause else None
    holder = scene.fill(led, _TAKERS)[-1:] if led else []
    begins = _GAPPED.match(scene.text, holder[0][2]) if holder else None
    row = _row(scene, last, begins.end()) if last and begins else []
    if len(row) < _SHORTEST:
        return
    for value, part in row:
        draft = holding(scene, value, holder[0][0], "점유율")
        draft.predicate = "marketShare"
        draft.qualifiers.pop("metric", None)
        draft.qualifiers["product"] = part
        draft.tail = (row[-1][0].end, max(draft.end, row[-1][0].end))
        yield draft


_TAKERS = ("Company", "Organization", "Place", "Facility")


def _row(scene: Scene, last: FoundValue, begins: int) -> list[tuple[FoundValue, str]]:
    """List the figures of a row from an offset up to its last, each with the words before it."""
    row: list[tuple[FoundValue, str]] = []
    value: FoundValue | None = last
    while value is not None and (part := _PART.search(scene.text[begins : value.start])):
        start = begins + part.start("noun")
        if scene.named_in(start, value.start, BODIES):
            return []
        row.insert(0, (value, part["noun"]))
        if start == begins:
            return _whole(row)
        value = next((v for v in scene.values if _NEXT.fullmatch(scene.text, v.end, start)), None)
    return []


def _whole(row: Sequence[tuple[FoundValue, str]]) -> list[tuple[FoundValue, str]]:
    """Give later stages what the first names: "구리 채굴 60%, 정제 80%" is of 구리 정제."""
    stages = load_shares().stages
    thing, _, stage = row[0][1].rpartition(" ")
    if not thing or stage not in stages:
        return list(row)
    return [(value, f"{thing} {part}" if part in stages else part) for value, part in row]


def settle_share(scene: Scene, draft: Draft) -> None:
    """Let a share say of which market it is, where the sentence tells it before the figure."""
    value = scene.value_of(draft)
    shared = draft.predicate == "marketShare"
    if shared or draft.qualifiers.get("metric", "").endswith("비중"):
        _give_to_firm(scene, draft, value)
    if shared and value and value.value.unit == "%p" and draft.object is None:
        draft.predicate = "hasMetric"
        draft.qualifiers["metric"] = changing("점유율", "", scene.text[value.end :], "%p")
        return
    if not shared or "product" in draft.qualifiers:
        return
    if value is None or draft.subject.cls == "Market":
        return
    if _is_market_itself(scene, draft, value):
        draft.modality = None
        return
    begins = begins_at(scene, value)
    told = [m for m in _TOLD.finditer(scene.text, begins, value.start) if m.start() > begins]
    market = _market(scene, told[-1].start()) if told else _place_of(scene, value)
    if market and market not in (draft.subject.label, *draft.subject.aliases):
        draft.qualifiers["product"] = market


def _is_market_itself(scene: Scene, draft: Draft, value: FoundValue) -> bool:
    """Tell a kind of thing whose market somebody has a share of: "글로벌 D램 점유율 9%"."""
    common = draft.subject.curated and draft.subject.cls in MADE and not makers_of(draft.subject)
    named = next((n for n in scene.names if n[0].id == draft.subject.id), None)
    if not common or named is None or not _SHARE.match(scene.text, named[2]):
        return False
    return _WITHIN.search(scene.text, 0, value.start) is None


_WITHIN = re.compile(r"시장(?:에서|의|\s내)|(?:가운데|\s중|에서)\s")
"""What tells that a thing is one of several in a market."""


def _place_of(scene: Scene, value: FoundValue) -> str | None:
    """Return the thing among whose makers somebody has a share: "HBM4에서 가나가 70%"."""
    things = [n for n in scene.names if n[0].cls in MADE and n[2] < value.start]
    among = [n for n in things if scene.text.startswith(("에서 ", "에서는 "), n[2])]
    return scene.text[among[-1][1] : among[-1][2]] if among else None


def _give_to_firm(scene: Scene, draft: Draft, value: FoundValue | None) -> None:
    """Give a kind of thing's share to the firm told of: "가나는 … HBM 점유율은 16%다"."""
    firm = _headlined(scene)
    headed = firm is not None
    firm = firm or scene.discourse.topic
    told_of = firm is not None and firm.cls in BODIES and (headed or scene.may_carry)
    placed = draft.subject.cls == "Place" and draft.qualifiers.get("metric", "").endswith("비중")
    if value is None or firm is None or not told_of:
        return
    if not (placed or is_category(draft.subject)):
        return
    at_some = any(p.case == "at" and p.end < value.start for p in scene.parsed.phrases)
    others = scene.named_in(0, value.start, (*ACTORS, "Place"))
    others = [n for n in others if not (placed and n[0].id == draft.subject.id)]
    if at_some or any(not headed or n[0] is not firm for n in others):
        return
    at = next((n for n in reversed(scene.names) if n[0].id == draft.subject.id), None)
    if at is None or not _SHARE.match(scene.text, at[2]):
        return
    draft.qualifiers["product"] = _market(scene, at[2]) or scene.text[at[1] : at[2]]
    draft.subject = firm


def _headlined(scene: Scene) -> Entity | None:
    """Return whom a headline is of: "가나, 낸드 점유율 13% 눈앞"."""
    first = scene.names[0] if scene.names else None
    led = first and _HEADLINE.fullmatch(scene.text, 0, first[1])
    if not first or not led or not scene.text.startswith((", ", "… "), first[2]):
        return None
    return first[0] if first[0].cls in BODIES and not is_house(first[0]) else None


_HEADLINE = re.compile(r"\W{0,4}")


_SHARE = re.compile(r"(?:의)?\s(?:시장\s?)?(?:매출\s|출하\s|이익\s)?(?:점유율|비중)")


def _market(scene: Scene, end: int) -> str | None:
    """Return the words that name a market and end at an offset: "가나의 서버용 HBM"."""
    phrase = phrase_at(scene, end - 1)
    if phrase is None:
        return None
    bodies = scene.named_in(phrase.start, end, ACTORS)
    begins = max([phrase.start, *(n[2] for n in bodies)])
    words = _BASIS.sub("", scene.masked[begins:end].strip()).split()
    plain = load_shares().plain
    while words and (words[0] in plain or words[0] == "의" or not _WORD.fullmatch(words[0])):
        words.pop(0)
    known = all(_WORD.fullmatch(word) for word in words)
    if not known or not 0 < len(words) <= _LONGEST or words[-1] in plain:
        return None
    return " ".join(words)
