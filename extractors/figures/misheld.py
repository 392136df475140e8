"""Figures that are not of whom they were given to: a chip's given to its maker, a sum of several.

Rules take the nearest name, or whom the text is about, for the holder of a figure. Here the
sentence speaks against one: what only a thing has goes to the thing, if it is named; what is
of somebody else, or of several together, is left out. The words are data (``misheld.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.bases import holders_only
from extractors.figures.counterparts_only import is_counterpart_only
from extractors.figures.held_by_others import (
    is_begun,
    is_bracketed,
    is_elsewhere,
    is_strangers,
    is_unfit,
)
from extractors.figures.holders import is_house
from extractors.figures.joint_sums import group_of, is_sum_of_several
from extractors.figures.misheld_data import load_misheld
from extractors.figures.misnamed import rightly_named
from extractors.figures.price_names import settle_price_name
from extractors.figures.rankings import placed_by_share, placed_maker
from extractors.figures.right_holders import (
    BOUGHT_INTO,
    SIZE,
    firm_glossed,
    firm_placed,
    firm_valued,
    is_backer,
    market_sized,
    one_told_more_of,
    owner_of_kind,
    part_covering,
    thing_launched,
    thing_of,
    who_set,
)
from extractors.figures.share_deals import give_to_trader, is_of_shares
from extractors.figures.told_as_product import told_as_product
from extractors.language.speech_data import load_speech
from extractors.values.metric_data import kind_of
from extractors.values.values import FoundValue
from kg.claim import Entity

_OF_VALUES = frozenset({"hasMetric", "marketShare", "scores"})


def rightly_held(scene: Scene, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield drafts, their figures given to whom they are of; what is of nobody named is left."""
    places = {id(v.value): v for v in scene.values}
    for draft in drafts:
        value = places.get(id(draft.value))
        if value is None or draft.object is not None or draft.predicate not in _OF_VALUES:
            yield draft
            continue
        if is_of_shares(scene, draft, value):
            if give_to_trader(scene, draft, value):
                yield draft
            continue
        whose = told_as_product(scene, draft, load_misheld().others)
        if whose is not draft.subject:
            draft.subject = whose
            yield draft
            continue
        sized = draft.qualifiers.get("metric", "").startswith(SIZE)
        if sized and draft.subject.cls in BODIES:
            holder = market_sized(scene, draft)
        else:
            placed, maker = placed_maker(scene, draft, value)
            holder = maker if placed else _holder(scene, drafts, draft, value)
        if holder is not None and rightly_named(scene, draft, value):
            draft.subject = holder
            yield draft


def _holder(
    scene: Scene, drafts: Sequence[Draft], draft: Draft, value: FoundValue
) -> Entity | None:
    """Return whose a figure is, ``None`` if nobody's that is named."""
    holder = who_set(scene, value) or firm_valued(scene, drafts, draft) or draft.subject
    holder = owner_of_kind(scene, draft, holder)
    settle_price_name(draft)
    holder = _traded(scene, holder, draft, value)
    if holder.cls in BODIES and _is_of_thing(draft, value):
        return thing_of(scene, holder, value)
    if draft.predicate == "marketShare" and (seller := firm_glossed(scene, holder, value)):
        draft.qualifiers["product"] = holder.label
        return seller
    if is_sum_of_several(scene, holder, value) or _is_joint_share(scene, draft, value):
        return None if _is_of_deal(drafts, draft) else group_of(scene, holder, value)
    if (
        _is_of_no_people(draft, value)
        or is_unfit(holder, draft)
        or is_begun(scene, holder, value)
        or is_backer(scene, holder, draft)
        or _is_bought(scene, drafts, draft)
        or (holder.cls == "Market" and draft.predicate == "marketShare")
        or _is_put_into(scene, holder, draft, value)
        or _is_only_compared(scene, holder, value)
        or _is_teller(scene, holder, draft.qualifiers.get("metric", ""))
        or _is_left(scene, holder)
        or (holder.cls == "Company" and _OF_STATE.search(scene.text, 0, value.start))
        or _heads_findings(scene, holder, value)
        or _is_share_of_other(scene, holder, draft, value)
        or _is_said_to_be(scene, holder, value)
        or _is_set_by(scene, holder, draft)
        or (holder.cls == "Organization" and _OF_MARKET.search(scene.text, 0, value.start))
        or _is_of_index(scene, holder, value)
        or _is_named_behind(scene, holder, value)
        or _is_of_next(scene, holder, value)
        or is_strangers(scene, holder, value)
        or is_counterpart_only(scene, holder, value)
    ):
        return None
    had = (
        placed_by_share(drafts, draft)
        or one_told_more_of(scene, value)
        or firm_placed(scene, draft, value)
    )
    if had is not None:
        return had
    told = holder.label in scene.text or any(n[0].id == holder.id for n in scene.names)
    if not told:
        priced = holder.cls in BODIES and draft.qualifiers.get("metric") in load_misheld().priced
        other = is_elsewhere(scene, holder, value) and not _is_set_by_house(scene, draft)
        if priced or other or _is_glossing(scene, value) or _is_of_listed(scene, value):
            return None
        return part_covering(scene, draft, value) or holder
    return thing_launched(drafts, draft) or part_covering(scene, draft, value) or holder


def _traded(scene: Scene, holder: Entity, draft: Draft, value: FoundValue) -> Entity:
    """Return whose shares moved where a house only caused it: "가나는 다라증권이 … 13% 올랐다"."""
    if not is_house(holder) or not draft.qualifiers.get("metric", "").startswith("주가"):
        return holder
    topics = (p for p in scene.parsed.phrases if p.case == "topic" and p.end <= value.start)
    firms = [n[0] for p in topics for n in scene.fill(p, BODIES) if not is_house(n[0])]
    return firms[-1] if firms else holder


def _is_of_index(scene: Scene, holder: Entity, value: FoundValue) -> bool:
    """Tell what an index of no known name moved by: "다라가 3% 내렸다. 반도체지수도 4% 급락"."""
    return holder.cls != "Market" and _INDEX.search(scene.text, 0, value.start) is not None


_INDEX = re.compile(r"(?<![가-힣])[가-힣A-Z0-9&]+\s?지수[도는가은이]\s(?:약\s)?$")


def _is_glossing(scene: Scene, value: FoundValue) -> bool:
    """Tell a figure in a bracket behind others: "흐름은 가나 상장설(5월, 기업가치 3조)"."""
    if not is_bracketed(scene, value.start):
        return False
    named = (n for n in scene.names if n[2] <= value.start and n[0].cls in BODIES)
    return any(not scene.is_generic(n[0]) for n in named)


def _is_of_listed(scene: Scene, value: FoundValue) -> bool:
    """Tell a figure in the bracket of one of a list: "기술은 학습(+12%), 추론(+9%) 순"."""
    own = _BRACKETED.search(scene.text, 0, value.start)
    return own is not None and _LISTED.match(scene.text, value.end) is not None


_BRACKETED = re.compile(r"[가-힣A-Za-z0-9]\([+\-]?$")
_LISTED = re.compile(r"\s?\),\s[가-힣A-Za-z0-9 ]{2,16}\([+\-]?\d")


def _is_joint_share(scene: Scene, draft: Draft, value: FoundValue) -> bool:
    """Tell what several have of a market together, or what lies between them.

    "가나와 다라가 시장의 95%를 쥐고 있다", "가나와 다라의 매출 격차는 7배다".
    """
    if draft.qualifiers.get("metric", "").startswith("격차"):
        return any(
            len({n[0].id for n in scene.fill(p, BODIES)}) > 1 and p.end <= value.start
            for p in scene.parsed.phrases
        )
    if draft.predicate != "marketShare" or load_misheld().apart.search(scene.text):
        return False
    shares = [v for v in scene.values if v.value.unit == "%"]
    return len(shares) == 1 and any(
        len({n[0].id for n in scene.fill(p, BODIES)}) > 1 and p.end <= value.start
        for p in scene.parsed.phrases
        if p.leads
    )


def _is_named_behind(scene: Scene, holder: Entity, value: FoundValue) -> bool:
    """Tell who is named only behind a figure's bracket: "가나가 4조(팹 2기), 다라가 1조를"."""
    if not is_bracketed(scene, value.start):
        return False
    closed = scene.text.find("), ", value.end)
    named = [n for n in scene.names if n[0].id == holder.id]
    return bool(named) and closed > 0 and all(n[1] > closed for n in named)


def _is_of_next(scene: Scene, holder: Entity, value: FoundValue) -> bool:
    """Tell who only leads the next clause: "발행가는 3만 원으로, 가나는 지분 5%를 확보한다"."""
    named = [n for n in scene.names if n[0].id == holder.id]
    if not named or named[0][1] < value.end:
        return False
    leading = [p for p in scene.parsed.phrases if p.leads]
    led = any(p.start <= named[0][1] < p.end for p in leading) and leading[0].end <= value.start
    return led and ", " in scene.text[value.end : named[0][1]]


def _is_of_deal(drafts: Sequence[Draft], draft: Draft) -> bool:
    """Tell the sum of a deal, told with its parties: "가나와 다라가 3조 원에 계약했다"."""
    assert draft.value is not None
    sums = (d.value.text for d in drafts if d.object is not None and d.value is not None)
    return draft.value.text in sums


def _is_bought(scene: Scene, drafts: Sequence[Draft], draft: Draft) -> bool:
    """Tell a stake that another has: "가나는 다라 지분 5%를 확보했다" tells none of 다라."""
    if draft.qualifiers.get("metric") != "지분율" or draft.value is None:
        return False
    named = [n for n in scene.names if n[0].id == draft.subject.id]
    if any(_STAKE.match(scene.text, n[2]) for n in named):
        for deal in drafts:
            if deal.object == draft.subject and deal.predicate in BOUGHT_INTO:
                deal.qualifiers.setdefault("stake", draft.value.text)
        return True
    return any(
        d.object == draft.subject and d.value is not None and d.value.text == draft.value.text
        for d in drafts
    )


_STAKE = re.compile(
    r"(?:의)?\s(?:지분\s(?:약\s)?[\d.]+%(?:를|을)?\s(?:[^,.]{1,16}에\s)?(?:보유|확보|취득|매입|인수|매각|사들|넘겨|넘겼|팔)"
    r"|지분은\s[^.]{1,40}?(?:이|가)\s[\d.]+%(?:를|을|,)"
    r"|(?:최대|주요|[12]대)\s?주주(?:는|인|로|가)\s)"
)
"""What somebody else has of whom is named: "가나 지분 20% 보유"."""
_OF_MARKET = re.compile(r"시장\s(?:매출|매출액|수요)[은는이가을를]?\s[^,]{0,16}$")
"""What a body tells of a market: "협회는 시장 매출이 1조 달러를 넘는다고 본다"."""


def _is_said_to_be(scene: Scene, holder: Entity, value: FoundValue) -> bool:
    """Tell who only plays a part: "주관사는 가나증권, 희망 기업가치는 3조 원"."""
    told = [n for n in scene.names if n[0].id == holder.id and n[2] <= value.start]
    return bool(told) and all(
        scene.text.startswith(", ", n[2]) and _PART.search(scene.text, 0, n[1]) for n in told
    )


def _is_set_by(scene: Scene, holder: Entity, draft: Draft) -> bool:
    """Tell who sets a price for the shares of others: "증권사 3곳이 목표주가 4만 원을 제시했다".

    So does a house that labels a line: "가나증권: 목표주가 6만 원".
    """
    if draft.qualifiers.get("metric") != "목표주가":
        return False
    ends = [n[2] for n in scene.names if n[0].id == holder.id and is_house(holder)]
    labels = any(scene.text[end : end + 2].strip()[:1] == ":" for end in ends)
    return labels or any(word in holder.label for word in load_misheld().setters)


def _is_set_by_house(scene: Scene, draft: Draft) -> bool:
    """Tell a price that a house sets for whom the text is about: "가나증권은 목표주가를"."""
    priced = draft.qualifiers.get("metric") == "목표주가"
    return priced and all(is_house(n[0]) for n in scene.names if n[0].cls in BODIES)


_PART = re.compile(r"(?:사|자|처|곳|업체|기업)(?:은|는)\s$")


def _is_share_of_other(scene: Scene, holder: Entity, draft: Draft, value: FoundValue) -> bool:
    """Tell a share that another has: "가나의 투자가 늘었고, 메모리가 차지하는 비중이 30%다"."""
    metric = draft.qualifiers.get("metric", "")
    taking = scene.parsed.clause_from(value.end) if metric == "시장 비중" else None
    taker = taking.arg("subject") if taking and taking.lemma == "차지" else None
    if taker and all(n[0].id != holder.id for n in scene.named_in(taker.start, taker.end)):
        return value.end < taker.start  # "시장의 30%를 가나가 차지할 전망이다"
    if not metric.startswith("비중"):
        return False
    for clause in scene.parsed.clauses:
        told = clause.arg("subject") if clause.lemma == "차지" else None
        noun = clause.modified if clause.ending == "relative" else None
        if told and noun and noun.end <= value.start:
            return all(n[0].id != holder.id for n in scene.named_in(told.start, told.end))
    return False


def _is_put_into(scene: Scene, holder: Entity, draft: Draft, value: FoundValue) -> bool:
    """Tell what another puts in: "가나 회장, 다라 1조 투자로", "가나의 투자: 다라 3억 달러"."""
    if not value.value.currency and kind_of(value.value) != "scaled":
        return False
    if not draft.qualifiers.get("metric", "").startswith(("투자", "금액")):
        return False
    beside = next(
        (n for n in scene.names if n[0].id == holder.id and n[2] + 1 == value.start), None
    )
    if beside is None or "투자" not in scene.text:
        return False
    others = (n for n in scene.names if n[2] < beside[1] and n[0].cls in (*BODIES, "Person"))
    listed = {n[2] + 1 for n in scene.names} & {v.start for v in scene.values}
    return any(n[0] != holder and n[2] + 1 not in listed for n in others)


def _is_only_compared(scene: Scene, holder: Entity, value: FoundValue) -> bool:
    """Tell whom others are measured against: "K1 대비 효율 20% 개선" tells none of K1."""
    named = [n for n in scene.names if n[0].id == holder.id]
    glossed = any(scene.text.startswith("(", n[2]) for n in named)  # "다라(26조 원)보다"
    if named and all(_THAN.match(scene.text, n[2], value.start) for n in named):
        return True
    return bool(named) and not glossed and not holders_only(scene, named)


_THAN = re.compile(
    r"(?:\([^()]*\))?[’'\"]?의\s(?:\S*[^은는이가\s]\s){0,3}\S*보다\s(?:더\s)?(?:큰|작은|많은|적은|높은|낮은|빠른|나은),?\s"
)
"""What other figures are compared with: "가나의 3배 절감보다 더 큰, 9배 절감"."""


def _is_outlet(holder: Entity) -> bool:
    """Tell a paper or a channel, which tells of others."""
    return holder.cls in BODIES and holder.label.endswith(load_speech().outlets)


def _is_teller(scene: Scene, holder: Entity, metric: str) -> bool:
    """Tell who only tells of others: "가나 집계 기준", an unknown "Gana Post는 …고 전했다"."""
    named = [n for n in scene.names if n[0].id == holder.id]
    if named and all(load_misheld().counting.match(scene.text, n[2]) for n in named):
        return True
    if _is_outlet(holder) and not any(word in metric for word in load_misheld().of_outlets):
        return True
    if any(n[0].id == holder.id for n in scene.names) or not holder.label.isascii():
        return False
    quoted = any(c.ending == "quote" for c in scene.parsed.clauses)
    led = [p for p in scene.parsed.phrases if p.case == "topic"]
    return quoted and any(scene.text[p.start : p.end] == holder.label for p in led)


_OF_STATE = re.compile(r"정부(?:의|가)?\s(?:총\s|약\s)?$")
"""Who spends a sum that stands right behind: "정부의 3조 원 규모 지원에 맞춰"."""


def _heads_findings(scene: Scene, holder: Entity, value: FoundValue) -> bool:
    """Tell a body whose findings a headline tells: "가나연구소, 정비사의 수입이 34% 많아"."""
    if holder.cls != "Organization":
        return False
    heads = any(
        n[0].id == holder.id and scene.text.startswith(", ", n[2]) and n[2] < value.start
        for n in scene.names
    )
    return heads and any(
        p.case == "subject"
        and p.owner is not None
        and p.end <= value.start
        and not scene.named_in(p.owner.start, p.owner.end, BODIES)
        for p in scene.parsed.phrases
    )


def _is_left(scene: Scene, holder: Entity) -> bool:
    """Tell where somebody only comes from: "가나 총괄 출신 김다라는 “수율이 60%”라고 했다"."""
    named = [n for n in scene.names if n[0].id == holder.id]
    return bool(named) and all(_FROM.match(scene.text, n[2]) for n in named)


_FROM = re.compile(r"(?:\s[가-힣A-Z]{2,8}){0,3}\s출신(?:인|의|이자)?\s")


def _is_of_thing(draft: Draft, value: FoundValue) -> bool:
    """Tell what only things have: a memory, a bandwidth, a context; firms have none."""
    told = load_misheld()
    metric = draft.qualifiers.get("metric", "")
    base = metric if metric in told.things else metric.rpartition(" ")[0]
    return base in told.things or (value.value.unit or "") in told.units


def _is_of_no_people(draft: Draft, value: FoundValue) -> bool:
    """Tell what is no number of people: "사용자가 사진 3억 장을"."""
    told = load_misheld()
    counted = kind_of(value.value) == "count" and value.value.unit not in told.heads
    return counted and draft.qualifiers.get("metric") in told.people
