"""Which quantities somebody has, and which only count, limit, convert or compare."""

from __future__ import annotations

import re

from extractors.context.scene import Scene
from extractors.figures.bases import is_base
from extractors.figures.holders import clause_of, is_limit, is_of_nobody
from extractors.names.name_patterns import patterns
from extractors.values.metric_data import kind_of, load_metrics
from extractors.values.values import FoundValue

_SUMMED = re.compile(r"[가-힣A-Za-z”’'\"]\s등\s?(?:국내|해외|국내외|주요|총|모두)?\s?$")
"""What makes a count one of the names before it: "가나, 다라 등 3개 업체"."""
_CONVERTED = re.compile(r"\s?\((?:약|한화|우리 ?돈|원화)?(?:\s?약)?\s?")


def is_measure(scene: Scene, value: FoundValue) -> bool:
    """Tell a quantity that somebody has from one that only counts, limits or compares."""
    if value not in scene.measured:  # several rules ask
        skipped = value.value.unit in load_metrics().skipped and not told_in_times(scene, value)
        measured = not skipped and _counts(scene, value) and not is_base(scene, value)
        scene.measured[value] = measured
    return scene.measured[value]


def is_supposed(text: str, value: FoundValue) -> bool:
    """Tell what a calculation assumes, and what it comes to: "100MW로 가정하면 900억 원이다".

    So are chapters and pages that a text points to ("2장 참조").
    """
    if _POINTED.match(text, value.end - len(value.value.unit or "")):
        return True
    if "가정" not in text:
        return False
    assumed = _ASSUMED.search(text)
    return assumed is not None and -_FAR < value.start - assumed.start() < _FAR


_ASSUMED = re.compile(r"(?:으로|로|고|를|을)\s가정(?:하면|할 경우|했을 때|해도|하고|할 때|하에)")
_POINTED = re.compile(r"\s?(?:장|절|쪽|면|페이지|항|호)\s?(?:을|를)?\s?(?:참조|참고)")
_FAR = 60
"""How far from an assumption at most what it is of and what it comes to, in characters."""


def _counts(scene: Scene, value: FoundValue) -> bool:
    if _PER.match(scene.text, value.end) or _paces(scene, value):
        return False
    if value.value.currency and _EACH.match(scene.text, value.end):
        return False  # "각각 3억 달러씩, 총 6억 달러"
    if not value.value.currency and _STUDIED.match(scene.text, value.end):
        return False  # "962개 기술과 2만 명을 대상으로 한 연구"
    beyond = value.value.currency and _BEYOND.search(scene.text, 0, value.start)
    if beyond and _BY.match(scene.text, value.end):
        return False  # "전망치를 각각 2조 원가량 웃돌았다"
    people = not value.value.currency and value.value.unit in ("명", "인", "곳", "개", "사람")
    if people and (_is_actor(scene, value) or _acts(scene, value)):
        return False  # "예술가 3인이 제기한": who acts, not what somebody has
    if is_conversion(scene, value) or _is_size(scene, value) or _tells_how_many(scene, value):
        return False
    part = _PART.search(value.value.text)
    if not (value.value.currency or value.value.unit or part or kind_of(value.value) == "scaled"):
        return False
    summed = not value.value.currency and _SUMMED.search(scene.text[: value.start])
    return not (summed or is_limit(scene, value) or is_of_nobody(scene, value))


def _paces(scene: Scene, value: FoundValue) -> bool:
    """Tell a time in which something else is done so often: "1초에 9백 토큰을"."""
    once = value.value.text.startswith(("1", "한")) and kind_of(value.value) == "duration"
    return once and _IN_ONE.match(scene.text, value.end) is not None


_IN_ONE = re.compile(r"에\s(?:약\s|최대\s)?\d")
_PER = re.compile(r"당(?!시)|마다|\s?(?:아래|밑)로\s")
_BEYOND = re.compile(
    r"(?:(?:전망|예상|기대|추정|목표)치|컨센서스)(?:\([^()]*\))?[를을]\s(?:각각\s|약\s|무려\s)?$"
)
_BY = re.compile(r"\s?(?:상회|웃돌|웃돈|웃도|하회|밑돌|초과|뛰어넘|넘)")
_EACH = re.compile(r"씩[\s,]")
_STUDIED = re.compile(r"[^.,]{0,24}?[을를]\s대상으로\s")
_PART = re.compile(r"분의|/|절반")


def _is_actor(scene: Scene, value: FoundValue) -> bool:
    return any(
        c.ending == "relative" and p.case == "subject" and p.start <= value.start < p.until
        for c in scene.parsed.clauses
        for p in c.args
    )


def is_conversion(scene: Scene, value: FoundValue) -> bool:
    """Tell the sum in won of "100억 달러(약 14조 원)": the same in another currency."""
    before = next((v for v in reversed(scene.values) if v.end <= value.start), None)
    gap = scene.text[before.end : value.start] if before else ""
    both = before and before.value.currency and value.value.currency
    other = before is not None and before.value.currency != value.value.currency
    return bool(both and other and _CONVERTED.fullmatch(gap))


def _tells_how_many(scene: Scene, value: FoundValue) -> bool:
    """Tell the 10개 of "상위 10개 팹리스의 매출": how many firms are meant."""
    noun = re.match(
        r"\s?(?P<noun>[가-힣]+?)(?:들)?(?:의|은|는|이|가|도)(?![가-힣])", scene.text[value.end :]
    )
    if noun is None or value.value.unit not in ("개", "대", "곳", "개사", "개국"):
        return False
    return patterns().classes.get(noun["noun"]) == "Company"


def _acts(scene: Scene, value: FoundValue) -> bool:
    """Tell "연구원 3명이 세운 회사", "두 명이 창업했다" from "직원은 3명이다", "3명이 있다"."""
    clause = clause_of(scene, value)
    phrase = clause.subject if clause else None
    inside = phrase is not None and phrase.start <= value.start < phrase.until
    return inside and clause is not None and clause.voice == "active" and bool(clause.arg("object"))


def _is_size(scene: Scene, value: FoundValue) -> bool:
    """Tell the 8Gb of "DDR4 8Gb 가격": a size that the name of a part goes on with."""
    if value.value.unit == "인치":  # "24인치 화면"
        return re.match(r"\s[가-힣A-Z]", scene.text[value.end :]) is not None
    data = kind_of(value.value) == "data" or value.value.unit in ("Gb", "Mb", "Tb")
    if not data or not re.match(r"\s[가-힣A-Z]", scene.text[value.end :]):
        return False
    return any(
        end + 1 == value.start and entity.cls in ("Chip", "Technology", "Product")
        for entity, _, end in scene.names
    )


_IN_TIMES = re.compile(r"(?:다운로드|조회|재생)(?:\s?(?:횟수|수))?(?:[은는이가])?\s(?:약\s|총\s)?$")
_TIMES_OF = re.compile(
    r"(?:이나|나)?\s?(?:이상|넘게|가까이)?(?:의|을|를)?\s(?P<deed>다운로드|조회|재생|설치)(?!\s?방법)"
)


def told_in_times(scene: Scene, value: FoundValue) -> bool:
    """Tell what is counted in times: "누적 다운로드 3,300회", "500만 번 다운로드됐다"."""
    if value.value.unit not in ("회", "번"):
        return False
    before = value.value.unit == "회" and _IN_TIMES.search(scene.text, 0, value.start)
    return bool(before) or done_in_times(scene, value) is not None


def done_in_times(scene: Scene, value: FoundValue) -> str | None:
    """Return what is done so many times: the 다운로드 of "500만 번 다운로드됐다"."""
    told = value.value.unit in ("회", "번") and _TIMES_OF.match(scene.text, value.end)
    return told["deed"] if told else None
