"""Figures that others are measured against, which say nothing of today by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.alternation import holds_any
from extractors.context.scene import Draft, Named, Scene
from extractors.figures.moves import FILE as MOVES
from extractors.sparing import sparing
from extractors.values.metric_data import kind_of
from extractors.values.values import FoundValue
from extractors.word_lists import Worded, words_in

_WORDS = "figures/bases.yaml"
_AGAINST = Worded(
    _WORDS,
    r"[’”'\"]?(?:\s?\([^()]*\))?"
    r"(?:의\s(?!전년|전 ?분기|전월|작년|지난|직전|기존|1년)[가-힣A-Za-z]+"
    r"|\s{gear})?\s?(?:대비|보다|에 비해"
    r"|에 비하면|에 견줘|[와과] (?:비교해|비교하면|견주어|견줘|견주면)| 기준)(?=[\s,]|는|도|으로)",
)
"""What follows the name of whom a figure is measured against: "K1 대비 40% 싸다"."""
_TESTED = re.compile(
    r"[’”'\"]?(?:\s?\([^()]*\))?(?:\s(?:모델|추론|학습))?"
    r"\s(?:테스트|시험|실험|구동|추론|워크로드)(?:에서|에서는|에서도|\s시|\s기준)(?=[\s,])"
)
_BEFORE = sparing(
    r"(?:(?:기존|이전|종전|직전)의?|(?:전 ?분기|전년(?: ?동기)?|1년 전|한 해 전|전달|전월"
    r"|작년|지난해|(?:지난해|작년) 같은 (?:기간|분기))의)\s(?:약\s)?$"
)
_THAN = re.compile(r"보다\s(?:[가-힣]+\s)?(?:높은|낮은|많은|적은|큰|작은|웃도는|밑도는)\s")
_TO = re.compile(r"(?:으로|로|까지)(?:\s|,|\(|$)")
TURNED = re.compile(
    r"(?:\s?(?:수준|안팎|가량|정도))?에서|\s?(?P<arrow>→|->|⇒|➔)\s?(?=[~약$€£¥₩\d])"
)
"""What stands between what a figure was and what it becomes: "5조 원 → 6조 원"."""
_NEAR = 8
_DECADE = re.compile(r"20\d0년대(?:\s[초중말후]반?)?(?:에는|에)?\s")


_STANDING_BY = Worded(
    _WORDS,
    r"[’”'\"]?(?:의|\s측|\s당국|\s정부)?\s(?:{rivals}(?=[\s,‘“'\"])(?!\s(?:대비|보다))"
    r"|(?:최종\s|조건부\s)?{outside_deeds}(?!\s?{counted_deeds})(?=[은는이가을를의로에과와도\s,)+]|$))",
)
"""What makes a name tell only of whom another is a rival, or who lets a deal pass."""


def holders_only(scene: Scene, named: Sequence[Named]) -> list[Named]:
    """Leave out whom others are measured against or with, and who only stands by.

    The K1 of "K1보다 60% 빠르다", "K1 서버 대비 두 배", "K1 테스트에서 초당 240토큰"; the
    가나 of "가나 대항마 ‘다라’", "가나 승인을 끝으로".
    """
    rules = (_AGAINST.match, _TESTED.match, _STANDING_BY.match)
    return [n for n in named if not any(match(scene.text, n[2]) for match in rules)]


def is_outdone(scene: Scene, start: int) -> bool:
    """Tell what another only does better than: "K1·K2 상회를 기록했다" presents no K1."""
    return holds_any(scene.text, words_in(_WORDS, "outdone")) and any(
        part.start <= start < part.end
        for phrase in scene.parsed.phrases
        if phrase.head in words_in(_WORDS, "outdone")
        for part in phrase.chain()
    )


def compared_with(scene: Scene, value: FoundValue) -> str | None:
    """Return whom a ratio is measured against: "K1 대비 40% 저렴하다", "전작보다 두 배 빠르다"."""
    if value.value.unit not in ("%", "%p", "배"):
        return None
    told = _WITH_WHOM.search(scene.text[: value.start])
    if told is None:
        return None
    named = next((n for n in scene.names if told.start() - 1 <= n[2] <= told.start()), None)
    others = _OTHERS.search(scene.text[: told.start()])
    whom = scene.text[named[1] : named[2]] if named else others["whom"] if others else None
    return f"{whom} 대비" if whom else None


_WITH_WHOM = re.compile(
    r"\s?(?:대비|보다|에 비해|[와과] 비교해)(?:서?는|도)?\s"
    r"(?:[가-힣]+\s){0,3}?(?:약|최대|최소|무려|거의)?\s?$"
)
_OTHERS = Worded(_WORDS, r"(?P<whom>{others})\s?$")


def is_base(scene: Scene, value: FoundValue) -> bool:
    """Tell the 9 of "전 분기의 9조 원보다", the 6 of "잠정치 6조 원보다 낮은 5조 원"."""
    if _BEFORE.search(scene.text[: value.start]):
        return value.value.unit != "배"  # "1년 전의 두 배가 됐다"
    if value.value.unit in ("배", "x", "%") and _VERSUS.search(scene.text, 0, value.start):
        return True
    compared = _WITH.match(scene.text, value.end)
    if compared and _COMPARED.search(scene.text[: value.start]):
        return True
    if _EXPECTED.search(scene.text, 0, value.start) or _IN_BRACKET.match(scene.text, value.end):
        return True
    unit = value.value.unit, value.value.currency
    later = [v for v in scene.values if v.start >= value.end]
    alike = any((v.value.unit, v.value.currency) == unit for v in later)
    return alike and _THAN.match(scene.text, value.end) is not None


_VERSUS = sparing(r"\d[^\s()]{0,8}\svs\.?\s(?:약\s)?$")
"""What one figure is set against another by: "PER 23x vs 8x", "점유율 16% vs 60%"."""
_EXPECTED = sparing(
    r"\((?:시장\s?|기존\s?)?(?:예상|예상치|전망치|추정치|기대치|컨센서스)(?:는|인)?\s?:?\s?(?:약\s)?$"
)
"""What the market expected, beside what came: "122억 달러(시장 예상 120억 달러)"."""
_LOOKED_FOR = Worded(
    _WORDS,
    r"(?P<whose>{lookers}(?:의|들의)?\s)?(?P<word>{looked_for})(?:인|였던|이던)?\s(?:약\s)?$",
)
_MET = Worded(MOVES, r"(?:[을를]|보다|에)\s(?:[가-힣\d.%]+\s){0,2}?{meeting}")


def looked_for(scene: Scene, value: FoundValue) -> str | None:
    """Return as what a figure was looked for that another meets or not: "예상치 2조 원을 웃돈"."""
    told = _LOOKED_FOR.search(scene.text, 0, value.start)
    if told is None or not _MET.match(scene.text, value.end):
        return None
    whose = (told["whose"] or "").split()
    return " ".join(filter(None, (whose[0].removesuffix("의") if whose else "", told["word"])))


_IN_BRACKET = re.compile(r"\s?\)\s?(?:보다|대비|에 비해)")
"""What another figure is measured against: "올해(87%)보다 21%포인트"."""
_COMPARED = re.compile(
    r"(?:전 ?분기|전년(?: ?동기)?|1년 전|전달|전월|작년|지난해)(?:\s?(?:매출|영업이익|순이익))?\s$"
)
_WITH = re.compile(r"\s?(?:대비|보다|에 비해|에 비하면)")


def comes_from(scene: Scene, value: FoundValue) -> bool:
    """Tell the figure that another one takes the place of: the 5 of "5조 원에서 6조 원으로"."""
    turned = TURNED.match(scene.text, value.end)
    if turned is None:
        return False
    following = next((v for v in scene.values if v.start >= value.end), None)
    if following is None:
        return False
    times = [p for p in scene.periods if value.end <= p.start and p.end <= following.start]
    gap = following.start - value.end - sum(p.end - p.start for p in times)
    gap -= sum(len(m[0]) for m in _DECADE.finditer(scene.text, value.end, following.start))
    moved = turned["arrow"] or _TO.match(scene.text, following.end)
    return gap <= _NEAR + len(times) and bool(moved)


_CHANGED = Worded(
    MOVES,
    r"(?:,\s(?:(?:[가-힣]+\s){0,2}[가-힣]+(?:\([^()]*\))?[은는이가]\s)?"
    r"[\d조억천백만,.]+\s?(?:원|달러|명|건|대|개|장))*(?:씩)?"
    r"\s?(?:가량|정도|이상|넘게|가까이)?\s?(?:더\s)?"
    r"(?:(?P<up>{grew})|(?P<down>{shrank}))",
)

_COUNTED = ("명", "개", "곳", "건", "대", "장")
_BETTERED = re.compile(r"\s?(?:가량|정도|이상|넘게|가까이)?\s?개선(?:된|됐|되)")


def sum_of_change(text: str, value: FoundValue) -> str:
    """Return how a sum is called that something grew by: "5조 원 늘었다" is no size."""
    counted = value.value.unit in _COUNTED or kind_of(value.value) in ("power", "data")
    changed = _CHANGED.match(text, value.end) if value.value.currency or counted else None
    if changed is not None and counted:
        return " 증가분" if changed["up"] else " 감소분"
    if changed is None:
        better = value.value.currency and _BETTERED.match(text, value.end)
        return " 개선폭" if better else ""
    revised = " 추정치" if _REVISED.search(text, 0, value.start) else ""
    return f"{revised} 증가액" if changed["up"] else f"{revised} 감소액"


_REVISED = re.compile(r"(?:추정|전망|예상)치[는은이가도]\s[^,.]{0,16}$")


def multiple_of(scene: Scene, value: FoundValue) -> str | None:
    """Return what a figure is a multiple of: "1년 전의 두 배다"."""
    told = _MULTIPLE.search(scene.text[: value.start]) if value.value.unit == "배" else None
    return f"{told['when']} 대비" if told else None


_MULTIPLE = re.compile(
    r"(?P<when>\d+년 전|작년|지난해|전년|전 ?분기|직전 분기|(?:작년|지난해) 같은 기간)의?\s"
    r"(?:약|거의|무려)?\s?$"
)


def settle_change(scene: Scene, draft: Draft) -> None:
    """Call by its change what grew by a sum: "RPO 6,640억 달러(전년 대비 +2,090억 달러)"."""
    found, metric = scene.value_of(draft), draft.qualifiers.get("metric", "")
    if found and draft.extractor == "pairs" and comes_from(scene, found):
        draft.qualifiers.setdefault("basis", "이전")
    if found is None or not found.value.currency or not metric or metric.endswith(_CHANGE):
        return
    against = draft.qualifiers.get("basis", "").endswith("대비")
    if against and scene.text[max(0, found.start - 1) : found.start + 1].strip()[:1] in _SIGNS:
        draft.qualifiers["metric"] = f"{metric} {_CHANGE}"


_CHANGE = "증감액"
_SIGNS = tuple("+-−▲▼")
