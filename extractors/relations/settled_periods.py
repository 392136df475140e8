"""Which period a claim is of, where the sentence tells more than the nearest one.

A period in a bracket holds inside the bracket only, where that tells a figure of its own or
glosses one; the period of a label holds for all that it is put before.
"""

from __future__ import annotations

import re

from extractors.context.accounted_periods import is_accounted
from extractors.context.brackets import bracket_at, glossed_by, head_end
from extractors.context.scene import Draft, Scene
from extractors.figures.bases import comes_from
from extractors.figures.continuing import MEASURED
from extractors.figures.parts.words import load_parts
from extractors.language.tense import is_present
from extractors.relations.tenses import MOMENTARY
from extractors.tables.vocabulary import fold, schema
from extractors.values.periods import BY_FISCAL_YEAR, FISCAL, FoundPeriod
from extractors.values.values import FoundValue

_OPENS = re.compile(r"\s?\(")
_COMES_FROM = re.compile(r"(?:\s?\([^()]*\))?에서(?!는|\s(?:상향|하향))")
_DONE_IN = re.compile(r"(?:[을를에])?(?:\s?[가-힣]{1,6})?\s?\(")
_CLOSES = re.compile(r"\s?[말초EFP]?\s?\)")
_ISSUE = re.compile(
    r"\s(?:[가-힣A-Za-z]+\s){0,2}(?:업데이트|점검|리포트|뉴스레터|브리핑|브리프|다이제스트)(?![가-힣])"
)
"""What makes of a month the one that a text came out in: "9월 시장 업데이트"."""
_REPORTED = re.compile(
    r"자?\s(?:[가-힣A-Za-z]+(?:가|이|의)?\s){0,2}(?:보도|발표|공개|인용)[가-힣]*\s?(?:바|내용|자료|보고서)?(?:에|를)?\s?따르면"
)
"""What makes of a day the one on which somebody told it: "8월 24일 보도한 바에 따르면"."""
_TOLD_ON = re.compile(r"(?:\s?\([^()]*\))?\s(?:[가-힣A-Za-z]+\s){0,2}?[가-힣A-Za-z]+에\s따르면\s")
"""What makes of a day the one of a telling: "9일 당국에 따르면 가나는 24일 …"."""
_SEPARATED = re.compile(r"(?:,\s|\s/\s|[;·])(?![^()]*\))")
_WHOLE_YEAR = re.compile(r"20\d\d|(?<![가-힣])연간?\s|누적|누계|다음|차기|향후")
_TOLD_AHEAD = re.compile(r"가이던스|목표|예상|전망")
"""What tells of a figure that it is of another time than the quarter of the label."""
_REVISED = re.compile(r"(?:으로|로)?\s(?:상향|하향|증액|감액)")
"""What is done with an aim: "2분기 실적: 매출 4조, 설비투자 20조로 상향"."""
_DAY = len("2026-01-01")
_LENGTHY = frozenset({"develops", "coDevelops"})
"""What nobody does in a day."""


def settle_period(scene: Scene, draft: Draft) -> None:
    """Let a figure be of the period in its own bracket, a plan for "4분기" of the one to come.

    A fact of a "4분기" is of the one gone by.
    """
    if not scene.periods:
        _settle_by_accounts(scene, draft)
        return
    told = draft.qualifiers.get("period")
    period = next((p for p in scene.periods if p.value == told), None)
    if own := _beside(scene, draft):
        period = own
        draft.qualifiers["period"] = own.value
    elif found := scene.value_of(draft):
        period = _in_scope(scene, draft, found, period)
    elif period and _is_of_part_before(scene, draft, period):
        period = None
        del draft.qualifiers["period"]
    period = _when_published(scene, draft, period)
    if period and (_is_scheduled(scene, draft, period) or _is_foretold(scene, draft, period)):
        draft.modality = "plan"
    if period:
        draft.qualifiers["period"] = _by_modality(scene, draft, period)
    if _is_told_on(draft) or (period and _is_of_other(scene, draft, period)):
        del draft.qualifiers["period"]
    _settle_now(scene, draft)
    _settle_fiscal(scene, draft, period)
    if draft.modality == "forecast" and period and not (period.ahead or period.running):
        found = scene.value_of(draft)
        if found and _COMES_FROM.match(scene.text, found.end):
            draft.modality = "fact"  # "2023년 3조에서 2028년 9조로 커질 전망": that has been


def _settle_fiscal(scene: Scene, draft: Draft, period: FoundPeriod | None) -> None:
    """Say of a figure's time that it is of a firm's own year: "FY27 1분기"."""
    if draft.value is None or period is None:
        return
    inside = FISCAL.search(scene.text, period.start, period.end)
    if inside or scene.text[: period.start].endswith("회계연도 "):
        draft.qualifiers.setdefault("basis", BY_FISCAL_YEAR)


def _settle_now(scene: Scene, draft: Draft) -> None:
    """Let what a plan begins with be so now: "현재 17만 장에서 25만 장으로 늘릴 계획"."""
    found = scene.value_of(draft)
    if found is None or draft.qualifiers.get("basis") != "이전":
        return
    if _NOW.search(scene.text, 0, found.start):
        draft.modality = "fact" if draft.modality == "plan" else draft.modality
        draft.qualifiers.pop("period", None)


_NOW = re.compile(r"(?:현재|지금의?|올해\s?현재)\s(?:(?:월|연간?|하루|일)\s)?(?:약\s|최대\s)?$")


def _when_published(scene: Scene, draft: Draft, period: FoundPeriod | None) -> FoundPeriod | None:
    """Return when something is published, not of when it is: "28일 3분기 실적을 발표한다"."""
    if period is None or draft.predicate != "publishes" or draft.object is None:
        return period
    if scene.text[period.start : period.end] not in draft.object.label:
        return period
    before = [p for p in scene.periods if draft.start <= p.start and p.end <= period.start]
    own = (p for p in before if not _TOLD_ON.match(scene.text, p.end))
    when = next(own, before[0] if before else None)
    del draft.qualifiers["period"]
    draft.qualifiers |= {"period": when.value} if when else {}
    return when


def _by_modality(scene: Scene, draft: Draft, period: FoundPeriod) -> str:
    """Return which "4분기" is meant: the one to come of a plan, the one gone by of a fact."""
    told = None
    found = scene.value_of(draft)
    if _is_over(scene, draft, period, found):
        told = period.gone
    elif draft.modality == "plan" and _is_account(draft):
        told = period.due  # "2분기에 최대 이익을 예고했다", told in July
    elif draft.modality == "plan" or _is_guided(scene, draft) or _SET.match(scene.text, period.end):
        told = period.coming
    elif _is_awaited(scene, draft):
        told = period.due
    elif draft.modality == "fact" and not _is_itself(scene, draft, period):
        told = period.gone
    return told or period.value


def _is_account(draft: Draft) -> bool:
    """Tell what a firm reports of a quarter once it is over: its sales, its profit."""
    metric = draft.qualifiers.get("metric", "")
    return draft.value is not None and metric.startswith(load_parts().measured)


def _is_over(scene: Scene, draft: Draft, period: FoundPeriod, found: FoundValue | None) -> bool:
    """Tell what was expected and met, or a plan that has come to nothing: "계획이었으나"."""
    if draft.modality == "plan":
        return _WAS_PLANNED.search(scene.text, period.end) is not None
    met = found is not None and _MET.match(scene.text, found.end) is not None
    return draft.modality == "forecast" and met


_WAS_PLANNED = re.compile(
    r"(?:계획|예정|방침|목표)이었(?:으나|지만|는데|다가?)|려\s?(?:했|던)|려고\s했"
)


def _is_scheduled(scene: Scene, draft: Draft, period: FoundPeriod) -> bool:
    """Tell when something is to be, told in the present: "양산이 3분기에 시작된다"."""
    itself = draft.modality == "fact" and _is_itself(scene, draft, period)
    return itself and period.coming is not None and is_present(scene.text.rstrip(" ."))


def _is_foretold(scene: Scene, draft: Draft, period: FoundPeriod) -> bool:
    """Tell a deed of a time ahead, told in the present: "가나는 내년 K2 양산을 시작한다"."""
    deed = draft.object is not None and draft.predicate in MOMENTARY and draft.modality == "fact"
    if not (deed and is_present(scene.text.rstrip(" ."))):
        return False
    begins = period.coming is not None and _BEGINS.search(scene.text, period.end)
    return period.ahead or bool(begins and "부터" not in scene.text[period.end : begins.start()])


_BEGINS = re.compile(
    r"(?:시작|개시|착수|출시|공개|출하)(?:한|합니)다|(?:들어간|들어갑니|나선|나섭니)다"
)


_SET = re.compile(r"(?:로|으로|에)?\s예정(?:된|됐던|이던|되어)")
"""What was still to be at a time when it was told: "10월로 예정된 출시를 취소했다"."""


def _is_itself(scene: Scene, draft: Draft, period: FoundPeriod) -> bool:
    """Tell a time that is told for when something is to be: "양산 시점을 9월로 미뤘다"."""
    return draft.value is not None and draft.value.text == scene.text[period.start : period.end]


def _is_awaited(scene: Scene, draft: Draft) -> bool:
    """Tell what is still expected of a quarter, and not told beside one that is just over."""
    return draft.modality == "forecast" and all(p.due for p in scene.periods if p.coming)


def _is_guided(scene: Scene, draft: Draft) -> bool:
    """Tell what a firm itself expects of a time to come: "3분기 매출 가이던스는 3조 원이다"."""
    found = scene.value_of(draft) if draft.modality == "forecast" else None
    if found is None or not _GUIDANCE.search(scene.text, 0, found.start):
        return False
    return _MET.match(scene.text, found.end) is None


_GUIDANCE = re.compile(r"가이던스(?:는|가|로|를|을|:)?\s(?:약\s|상단\s|하단\s)?\(?$")
_MET = re.compile(
    r"[^,.]{0,4}보다\s|[^,.]{0,10}\s(?:웃돌|웃돈|상회|넘|하회|밑돌|밑돈|못 미|부합|충족|초과)"
)
"""What the figure behind turns out to be: "가이던스 3조 원을 웃돌았다"."""


def _settle_by_accounts(scene: Scene, draft: Draft) -> None:
    """Date a figure of accounts, in a sentence without a time, by the line that it is below."""
    period = scene.discourse.accounts or ""
    as_sure = draft.modality == ("forecast" if period.startswith("?") else "fact")
    undated = draft.value is not None and "period" not in draft.qualifiers
    if period and undated and as_sure and is_accounted(draft.qualifiers.get("metric", "")):
        draft.qualifiers["period"] = period.removeprefix("?")


def _is_told_on(draft: Draft) -> bool:
    """Tell the day on which somebody told what takes longer: what they sell, spend, develop."""
    flows = fold(draft.qualifiers.get("metric", "")) in schema().flows
    lasts = flows or draft.predicate in _LENGTHY  # "24일 함께 설계한 칩을 공개했다"
    return lasts and len(draft.qualifiers.get("period", "")) == _DAY


def _is_of_other(scene: Scene, draft: Draft, period: FoundPeriod) -> bool:
    """Tell the time of what is aimed at, or of what a name once did, from that of a figure.

    "2030년까지 현재 3%에서 20%로", "1998년 설립된 가나는 직원이 640명이다"; what is done
    already goes on "2033년까지".
    """
    if "period" not in draft.qualifiers:
        return False
    if draft.object is not None:
        lasting = draft.modality == "fact" and period.ahead
        return lasting and _UNTIL.match(scene.text, period.end) is not None
    found = scene.value_of(draft)
    if found is not None and found.end <= period.start:
        return draft.qualifiers.get("metric") == "목표주가"
    if found is None or found.start < period.end:
        return False
    before = any(period.end <= v.start and v.end <= found.start for v in scene.values)
    if before and draft.qualifiers.get("basis") == "이전" and draft.modality == "fact":
        return True
    if draft.qualifiers.get("basis") == "이전" and scene.text.startswith("까지", period.end):
        return True
    return any(
        clause.ending == "relative"
        and clause.lemma in _ONCE
        and period.end <= clause.end
        and clause.start - period.end < _NEAR
        and clause.modified is not None
        and clause.modified.until <= found.start
        for clause in scene.parsed.clauses
    )


_UNTIL = re.compile(r"\s?(?:말|초)?까지")
_NEAR = 12
_ONCE = frozenset(
    {
        "설립",
        "창립",
        "창업",
        "세우",
        "출범",
        "상장",
        "출시",
        "공개",
        "선보이",
        "내놓",
        "발표",
        "등장",
        "데뷔",
    }
)
"""What a name did once, at a time that is not that of what is told of it now."""


def _in_scope(
    scene: Scene, draft: Draft, found: FoundValue, period: FoundPeriod | None
) -> FoundPeriod | None:
    """Return the period of a figure, another where the one told holds elsewhere only."""
    if draft.object is not None or draft.predicate not in MEASURED:
        led = [p for p in scene.periods if p.end <= found.start and not p.over]
        near = led and not scene.text[led[-1].end : found.start].strip("에 약총최대")
        if period is None or not near or period.end <= found.start:
            return period
        draft.qualifiers["period"] = led[-1].value
        return led[-1]  # "2026년 60만 개(전년의 두 배)"
    same = [p for p in scene.periods if period and p.value == period.value]
    if any(_may_be_of(scene, p, found) for p in same):
        return period
    if period is None and ("period" in draft.qualifiers or not head_end(scene.text)):
        return None
    able = [p for p in scene.periods if p.end <= found.start and _may_be_of(scene, p, found)]
    if period is None:
        able = _of_head(scene, draft, found, able)
    draft.qualifiers.pop("period", None)
    if able:
        draft.qualifiers["period"] = able[-1].value
    return able[-1] if able else None


def _of_head(
    scene: Scene, draft: Draft, found: FoundValue, able: list[FoundPeriod]
) -> list[FoundPeriod]:
    """Keep the one period of the label, of a figure whose own words tell no other."""
    if draft.modality != "fact" or _TOLD_AHEAD.search(_item_before(scene.text, found)):
        return []
    if _REVISED.match(scene.text, found.end):
        return []
    kept = [p for p in able if p.end <= head_end(scene.text) and len(p.value) < _DAY]
    return kept if len({p.value for p in kept}) == 1 else []


def _item_before(text: str, found: FoundValue) -> str:
    """Return the words of its own item before a figure of a list."""
    return _SEPARATED.split(text[head_end(text) : found.start])[-1]


def _may_be_of(scene: Scene, period: FoundPeriod, found: FoundValue) -> bool:
    """Tell whether a period holds where a figure stands."""
    if _ISSUE.match(scene.text, period.end) or _REPORTED.match(scene.text, period.end):
        return False
    if _is_of_former(scene, period, found) or _is_measured_from(scene, period, found):
        return False
    headed = period.end <= head_end(scene.text) and len(period.value) > len("2026")
    if headed and _WHOLE_YEAR.search(_item_before(scene.text, found)):
        return False
    bracket = bracket_at(scene.text, period.start)
    if bracket is None or bracket[0] < found.start < bracket[1]:
        return True
    inside = any(bracket[0] < v.start < bracket[1] for v in scene.values)
    glossed = glossed_by(scene, bracket)
    return not inside if glossed is None else glossed is found and not inside


def _is_of_former(scene: Scene, period: FoundPeriod, found: FoundValue) -> bool:
    """Tell when a figure was what it was before: "전년 2조 원에서 5조 원으로 늘었다"."""
    beside = (v for v in scene.values if period.end <= v.start < found.start)
    former = next(beside, None)
    near = former and not scene.text[period.end : former.start].strip()
    return bool(near) and former is not None and comes_from(scene, former)


def _is_measured_from(scene: Scene, period: FoundPeriod, found: FoundValue) -> bool:
    """Tell the time that a multiple is of: "2026년 매출을 전년의 3배로 늘린다"."""
    between = scene.text[period.end : found.start] if period.end <= found.start else ""
    return found.value.unit == "배" and _OF.fullmatch(between) is not None


_OF = re.compile(r"의\s(?:약\s|무려\s|최대\s|거의\s)?")


def _is_of_part_before(scene: Scene, draft: Draft, period: FoundPeriod) -> bool:
    """Tell the quarter of a figure before the deed: "4분기 이익 2조 달성…새 칩 공급 시작"."""
    parted = scene.text.find("…", period.end)
    if parted < 0 or draft.object is None or draft.predicate in MEASURED:
        return False
    figures = any(period.end <= v.start < parted for v in scene.values)
    named = [n for n in scene.names if n[0].id == draft.object.id]
    return figures and bool(named) and all(n[1] > parted for n in named)


def _beside(scene: Scene, draft: Draft) -> FoundPeriod | None:
    """Return the period in the bracket right behind a figure, or behind a deed without a time.

    "14조(2024년 말)→17조(2025.6)", "K2 양산 돌입(’25.11월)".
    """
    found = scene.value_of(draft)
    opens = _OPENS.match(scene.text, found.end) if found else None
    if draft.object is not None and "period" not in draft.qualifiers:
        opens = _DONE_IN.match(scene.text, draft.end)
    inside = (p for p in scene.periods if opens and p.start == opens.end() and not p.over)
    return next((p for p in inside if _CLOSES.match(scene.text, p.end)), None)
