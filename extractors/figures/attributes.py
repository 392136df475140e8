"""Figures that stand by the name whose they are: "K2의 192GB", "월 20달러의 나래 플러스".

No verb and mostly no metric word tells what they measure: their unit does. A share of a
market is its taker's: "시장의 절반을 가나가 차지".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import MADE, THINGS
from extractors.context.scene import Draft, Named, Scene
from extractors.figures.figure_names import by_unit
from extractors.figures.holders import clause_of
from extractors.figures.quantities import holding
from extractors.figures.wholes import is_part, whole_of
from extractors.values.metric_data import kind_of, load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import Worded

_WORDS = "figures/attributes.yaml"
_PROJECTS = ("Facility", "Policy", "Event", "Product", "Organization", "Software")
_TAKERS = ("Company", "Place", "Organization", "Chip", "Model", "Software", "Product")
_OF = re.compile(r"[”’\"']?(?:\([^()]*\))?의\s(?:약\s|최대\s)?")
_PRICED = re.compile(r"(?:의|짜리|인)?\s(?:[가-힣]+\s){0,1}?[‘“'\"]?")
_SIZED = re.compile(
    r"(?:\s?(?:짜리|규모의|규모|이 드는|을 들인))\s(?:[가-힣A-Za-z]+\s){0,3}?"
    r"(?:[가-힣A-Za-z]+인\s)?[‘“'\"]?"
)
_HAVING = Worded(
    _WORDS,
    r"의\s(?P<noun>[가-힣A-Za-z][가-힣A-Za-z ]{1,11}?)(?:을|를)\s{having}\s(?:"
    r"[가-힣A-Za-z]+\s){0,3}?[‘“'\"]?",
)
_TRAINED = Worded(
    _WORDS,
    r"(?:\s?이상)?의\s[^,.]{0,24}?{learnt}(?:로|으로|에서|를|을)\s(?:[가-힣]+\s)?(?:학습|훈련)"
    r"(?:된|한|시킨|받은)\s(?:[가-힣A-Za-z]+\s){0,2}?[‘“'\"]?",
)
"""What stands between how much a model was trained on and its name."""
_AT_WORK = Worded(_WORDS, r"(?:만|씩|를|의)?\s?(?:매개변수만\s|파라미터만\s|만\s)?{at_work}")
_WORKING = Worded(
    _WORDS,
    r"{working}\s(?:건|것은|파라미터는|매개변수는|파라미터가|매개변수가)\s(?:약\s|고작\s|단\s)?$",
)
_MARKET = re.compile(r"시장(?:의|에서|\s점유율의?)?\s(?:약\s|무려\s)?$")
_TAKEN = re.compile(r"(?:점유|차지|장악|확보|가져)")
_WITHIN = re.compile(r"시장(?:에서|에서는|에선|의 경우|을 보면)[\s,]")
_TAKES = Worded(
    _WORDS, r"\s?(?:가량|정도|가까이|넘게|이상)?(?:을|를|의\s(?:점유율|비중)(?:을|를)?)?\s?{taking}"
)
"""What follows a share: "시장에서 가나가 60%를 가져간다"."""
_SHARES = re.compile(r"%|분의|절반")
_SURE = "0.7"


def match_attributes(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the figures that stand by a name and that ``taken`` does not tell."""
    used = {d.value.text for d in taken if d.value is not None}
    for value in scene.values:
        if value.value.text in used:
            continue
        draft = (
            _active(scene, value)
            or _owned(scene, value)
            or _before_name(scene, value)
            or _each(scene, value)
            or _part_size(scene, value)
            or _share(scene, value)
        )
        if draft is not None:
            draft.confidence = _SURE
            yield draft


def _active(scene: Scene, value: FoundValue) -> Draft | None:
    """ "매개변수는 1조 개로, 추론 때는 320억 개만 활성화된다": how many are at work."""
    if value.value.unit not in ("개", "파라미터"):
        return None
    if not (_AT_WORK.match(scene.text, value.end) or _WORKING.search(scene.text[: value.start])):
        return None
    named = [n[0] for n in scene.names if n[0].cls == "Model" and n[2] <= value.start]
    told = [scene.discourse.topic, scene.discourse.thing] if scene.may_carry else []
    before = (e for e in told if e is not None and e.cls == "Model")
    holder = named[-1] if named else next(before, None)
    return holding(scene, value, holder, "활성 파라미터") if holder else None


def _owned(scene: Scene, value: FoundValue) -> Draft | None:
    """ "MI300X의 192GB": what a thing has, told by its unit."""
    if kind_of(value.value) not in ("data", "power"):
        return None
    for entity, _, end in scene.names:
        if entity.cls in THINGS and _OF.fullmatch(scene.text, end, value.start):
            name = None if scene.is_generic(entity) else by_unit(scene, value)
            return holding(scene, value, entity, name) if name else None
    return None


def _before_name(scene: Scene, value: FoundValue) -> Draft | None:
    """ "월 20달러의 나래 플러스", "700조 원짜리 사업인 누리", "330억 개의 매개변수를 가진 K2"."""
    after = next((n for n in scene.names if n[1] >= value.end), None)
    if after is None or scene.is_generic(after[0]):
        return None
    entity, start, _ = after
    having = _HAVING.fullmatch(scene.text, value.end, start)
    if having and entity.cls in THINGS:
        known = load_metrics().words.get(having["noun"].strip())
        return holding(scene, value, entity, known.name if known else having["noun"].strip())
    if entity.cls == "Model" and _TRAINED.fullmatch(scene.text, value.end, start):
        return holding(scene, value, entity, "학습 데이터")
    if not value.value.currency:
        return None
    if entity.cls in THINGS and _is_price(scene, value, after):
        draft = holding(scene, value, entity, "가격")
        draft.tail = None  # what it costs is so whatever the sentence goes on to say
        return draft
    if entity.cls in _PROJECTS and _SIZED.fullmatch(scene.text, value.end, start):
        return holding(scene, value, entity, "규모")
    return None


def _part_size(scene: Scene, value: FoundValue) -> Draft | None:
    """ "칩 하나에 HBM 192GB가 실린다": how much memory the thing told of has."""
    if kind_of(value.value) != "data" or not (built := _BUILT_IN.match(scene.text, value.end)):
        return None
    for entity, start, end in scene.names:
        before = 0 <= value.start - end <= _BESIDE and is_part(scene, entity)
        after = built["part"] is not None and value.end <= start < built.end("part") + 1
        if not (before or (after and is_part(scene, entity))):
            continue
        clause = clause_of(scene, value)
        whole = whole_of(scene, clause, entity, start)
        draft = holding(scene, value, whole, "메모리") if whole else None
        if draft:
            draft.qualifiers["product"] = entity.label
        return draft
    return None


_BESIDE = 3
_BUILT_IN = Worded(
    _WORDS,
    r"(?:\s(?P<part>[A-Za-z가-힣][A-Za-z0-9가-힣]*))?(?:을|를|이|가|씩)?\s(?:[가-힣]+\s)?{built_in}",
)
"""What follows the size of a memory that something is built with."""


def _each(scene: Scene, value: FoundValue) -> Draft | None:
    """ "K2 한 장에 3만 달러", "K2는 한 달에 20달러다", "월 20달러에 K2를 쓴다": what it costs."""
    if not value.value.currency:
        return None
    for entity, start, end in scene.names:
        if entity.cls not in MADE:
            continue
        piece = end <= value.start and _PIECE.fullmatch(scene.text, end, value.start)
        if piece or (entity.cls in _SOLD and _sold(scene, value, start, end)):
            return holding(scene, value, entity, "가격")
    return None


def _sold(scene: Scene, value: FoundValue, start: int, end: int) -> bool:
    """Tell what a service costs, named before its price or after it."""
    if end <= value.start:
        return _BY_MONTH.fullmatch(scene.text, end, value.start) is not None
    if start < value.end or not _MONTHLY.search(scene.text[: value.start]):
        return False
    return _USED.fullmatch(scene.text, value.end, start) is not None and bool(
        _SERVED.search(scene.text, end, end + _SOON)
    )


_SOLD = ("Model", "Software", "Product")
_SOON = 24
_PIECE = re.compile(
    r"(?:\s(?:장비|칩|서버|카드|랙|제품|모듈|패키지))?(?:은|는|의 경우)?\s"
    r"(?:(?:한|1)\s?(?:대|장|개|기|세트)(?:에|가|의|당|는|값이|값은|\s가격이|\s가격은)?|(?:대|장|개)당)\s"
    r"(?:가격(?:이|은)\s)?(?:약\s|무려\s|평균\s|최대\s)?"
)
"""What stands between a thing and what one of it costs."""
_BY_MONTH = re.compile(
    r"(?:\([^()]*\))?(?:은|는|의 가격은|\s가격은|\s요금은|\s구독료는|를|을)?\s"
    r"(?:월|연|한 달에|매달|1년에|연간)\s(?:약\s)?"
)
_MONTHLY = re.compile(r"(?:월|연|매달|한 달에?)\s(?:약\s)?$")
_USED = re.compile(r"(?:에|면|만 내면|를 내면|을 내면)\s(?:[가-힣A-Za-z]+\s){0,4}?[‘“'\"]?")
_SERVED = Worded(_WORDS, r"{served}")


def _is_price(scene: Scene, value: FoundValue, named: Named) -> bool:
    """Tell a price from any other sum before a product: "월 20달러", "20달러짜리"."""
    by_month = re.search(r"(?:월|연|매달|한 달에?)\s$", scene.text[: value.start]) is not None
    each = scene.text[value.end :].startswith("짜리")
    return (by_month or each) and _PRICED.fullmatch(scene.text, value.end, named[1]) is not None


def _share(scene: Scene, value: FoundValue) -> Draft | None:
    """ "시장의 절반을 가나가 차지한다": the share of who takes it."""
    if not _SHARES.search(value.value.text):
        return None
    clause = scene.parsed.clause_to(value.end + 1)
    if clause is None or not _TAKEN.search(scene.text, value.end, clause.tail_end):
        return None
    within = _WITHIN.search(scene.text[: value.start]) and _TAKES.match(scene.text, value.end)
    if not within and not _MARKET.search(scene.text[: value.start]):
        return None
    subject = clause.subject or clause.topic
    named = scene.fill(subject, _TAKERS) if subject else []
    if not named:
        return None
    draft = holding(scene, value, named[-1][0], "점유율")
    draft.predicate = "marketShare"
    draft.qualifiers.pop("metric", None)
    return draft
