"""Figures that the nearest noun names wrongly, for the sentence says what is done with them.

"전체 인력의 10%인 1,600명을 해고했다" tells no number of staff, "자산을 현금 200억 달러에
사들였다" nobody's cash, "예상보다 0.1%포인트 낮았다" no fall, "매출은 예상치를 2억 달러
웃돌았다" no sales of 2억 달러.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.deeds import BEATEN, by_deed
from extractors.holders import clause_of
from extractors.metric_data import Metric, kind_of, load_metrics
from extractors.misheld_data import load_misheld
from extractors.scene import Draft, Scene
from extractors.values import FoundValue

_STAFF, _CASH = "직원 수", "현금"
_MOVED = ("하락률", "상승률", "감소율", "증가율", "증감률", "하락폭", "상승폭")
_RATED = (*_MOVED, "개선율")
_INDEX = "지수 "
"""What a firm has none of: in a list of shares that fell, its own price did."""
_CONCEDED = re.compile(
    r"[^,.]{0,24}?더라도(?=[\s,])"
    r"|[을를이가만]?\s?(?:[가-힣]+\s)?(?:증가|감소|상승|하락|인상|인하|성장|초과)?"
    r"(?:한다면|하면|이면|된다면|되면|면|넘으면|오르면|내리면|늘면|줄면|늘어나면|줄어들면|떨어지면)(?=[\s,])"
)
"""What is only supposed: "100% 관세를 위협하더라도", "생산이 5% 증가하면"."""
_LEFT_OVER = re.compile(
    r"^(?:[가-힣]+(?:더라도|하고|하며|되며|면서|위해|통해|따라)\s|위해\s|통해\s)+"
)
"""What the clause before leaves at the beginning of a name."""
_PARTICLED = re.compile(r"[가-힣](?:까지|부터|에서|에게|보다|처럼|으로)$")
"""What ends no name: "15GW AI 데이터센터까지"."""
_EXPECTED = r"(?:예상|예상치|전망|전망치|기대|기대치|추정치|컨센서스|가이던스)"
_THAN_EXPECTED = re.compile(rf"{_EXPECTED}(?:보다는?|를|을|\s?대비)\s(?:약\s|무려\s)?$")
_ESTIMATE = re.compile(rf"{_EXPECTED}\s(?:약\s|무려\s)?$")
_OLD_ESTIMATE = re.compile(rf"{_EXPECTED}인\s(?:약\s)?$")
_FROM_EXPECTED = re.compile(rf"{_EXPECTED}(?:보다는?|를|을|\s?대비|에\s비해)?\s(?:약\s|무려\s)?$")


_AND_OTHERS = re.compile(r"\s외\s$")
"""What counts those left out: "새 칩 공개 외 3건"."""
_EMPTY = "수치"
_OF_LATIN = re.compile(r"-[a-z]")
"""What makes of a number a part of a word: "16-high"."""
_OF_FIGURE = re.compile(r"\d(?:배|x|원|달러)?의\s(?:약\s|무려\s)?$")
_HIGHER = re.compile(
    r"\s?(?:이상|가량|정도|넘게|가까이|나|이나)?\s?(?:더\s)?(?:높|비싸|비싼|비쌈|크|큰|많)"
)
_GROWN = re.compile(r"(?:으로|로)\s[\d.]+%\s(?:성장|증가|늘)")
_AFTER_HOURS = re.compile(r"시간\s?외(?:\s거래|\s거래에서|에서)?\s(?:약\s)?(?P<up>\+)?$")
_PRICES = ("가격", "가격 입력", "가격 출력")
_SIDE = re.compile(
    r"(입력|출력)\s?(?:토큰\s?)?(?:[\d만]+\s?토큰\s?)?"
    r"(?:당\s?|(?:요금|가격|단가|사용료|비용)[은는이가]?\s)(?:약\s)?$"
)
"""Which of two prices a model has: "출력 토큰당 15달러", "출력 요금은 10달러"."""
_BETTER = re.compile(r"\s?(?:이상|가량|정도|넘게|가까이)?\s?(?:더\s)?(?:좋|우수|뛰어)")


def without_misnamed(scene: Scene, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Leave out figures that neither their noun nor their deed names."""
    places = {id(v.value): v for v in scene.values}
    for draft in drafts:
        value = places.get(id(draft.value))
        if value is None or rightly_named(scene, draft, value):
            yield draft


def rightly_named(scene: Scene, draft: Draft, value: FoundValue) -> bool:
    """Call a figure by its deed where that tells more than the noun; ``False``: by neither."""
    metric = draft.qualifiers.get("metric", "")
    if _CONCEDED.match(scene.text, value.end) or _is_no_name(scene, metric, value):
        return False
    if (clean := _LEFT_OVER.sub("", metric)) != metric:
        draft.qualifiers["metric"] = metric = clean
    if (
        _PARTICLED.search(metric)
        or _is_of_name(draft, metric)
        or _is_relocated(scene, metric, value)
    ):
        return False
    if _may_be_estimate(scene, value):
        return False
    if beaten := beats(scene, value):
        name = re.sub(r"\s?[상하]회율$", "", metric)
        draft.qualifiers["metric"] = f"{name} {beaten}"
        return True
    draft.qualifiers |= _compared(scene, metric, value)
    if metric.startswith(_INDEX) and draft.subject.cls == "Company":
        draft.qualifiers["metric"] = metric = f"주가 {metric.removeprefix(_INDEX)}"
    if metric == _STAFF and (done := by_deed(scene, value)):
        draft.qualifiers["metric"] = done
    elif metric == _CASH and _is_spent(scene, value):
        paid = by_deed(scene, value)
        draft.qualifiers["metric"] = paid or metric
        return paid is not None
    elif metric.endswith(_MOVED) or value.value.unit == "%p" or value.value.text.endswith("포인트"):
        return _THAN_EXPECTED.search(scene.text, 0, value.start) is None
    return True


def _is_no_name(scene: Scene, metric: str, value: FoundValue) -> bool:
    """Tell words that name no figure: a count of what is left out, who tells it, a growth."""
    if _AND_OTHERS.search(scene.text, 0, value.start) or _is_vague(metric):
        return True
    if _OF_FIGURE.search(scene.text, 0, value.start) and value.value.unit == "배":
        return True  # "12x는 4x의 3배"
    known = load_metrics().words.get(metric)
    if known is not None and "money" in known.kinds and _is_count(known, value):
        return True  # "예산(GPU 2천 개, 6백만 달러)"
    if metric == _EMPTY:
        return _OLD_ESTIMATE.search(scene.text, 0, value.start) is None
    if not value.value.unit and _OF_LATIN.match(scene.text, value.end):
        return True
    if metric == "성장" and value.value.currency:
        return _GROWN.match(scene.text, value.end) is None  # "6억 달러로 성장"
    if not metric[:1].isupper() or metric in load_metrics().words:
        return False
    phrases = scene.parsed.phrases
    led = (p for p in phrases if p.case == "topic" and scene.text[p.start : p.end] == metric)
    teller = next(led, None)  # "Yonhap은 가나가 3분의 2를 확보했다고 보도했다"
    return teller is not None and any(
        p.case == "subject" and teller.end < p.start and p.end <= value.start for p in phrases
    )


def _is_vague(metric: str) -> bool:
    """Tell what only introduces or counts a figure: "신규 35개", "변화는 2배"."""
    noun, _, rate = metric.rpartition(" ")
    noun = noun if rate in _MOVED else metric
    return noun in load_misheld().vague


def _is_count(known: Metric, value: FoundValue) -> bool:
    counted = kind_of(value.value) in ("count", "flops", "length")
    return counted and not known.kinds & {"count", "any"}


def _compared(scene: Scene, metric: str, value: FoundValue) -> dict[str, str]:
    """Name what only compares: "단가가 5배 높다" is no rise, "효율이 30% 좋다" no level."""
    if metric in _PRICES and (side := _SIDE.search(scene.text, 0, value.start)):
        return {"metric": f"{side[1]} 가격"}
    if metric == "시간" and (hours := _AFTER_HOURS.search(scene.text, 0, value.start)):
        return {"metric": "주가 상승률" if hours["up"] else "주가 등락률"}
    if metric == "성장" and value.value.currency:
        return {"metric": "매출"}  # "클라우드는 6억 달러로 20% 성장했다"
    if value.value.unit == "배" and metric.endswith(_MOVED):
        higher = _HIGHER.match(scene.text, value.end)
        return {"metric": f"{metric.rpartition(' ')[0]} 배율"} if higher else {}
    better = value.value.unit == "%" and _BETTER.match(scene.text, value.end)
    return {"metric": f"{metric} 개선율"} if better and not metric.endswith(_RATED) else {}


def beats(scene: Scene, value: FoundValue) -> str | None:
    """Name by how much what was expected is missed or beaten: "예상치를 2억 달러 웃돌았다"."""
    beaten = BEATEN.match(scene.text, value.end)
    if beaten is None or not _FROM_EXPECTED.search(scene.text, 0, value.start):
        return None
    way = "상회" if beaten["over"] else "하회"
    return f"{way}율" if value.value.unit == "%" else f"{way} 폭"


def _may_be_estimate(scene: Scene, value: FoundValue) -> bool:
    """Tell a sum that is the estimate as likely as what beats it: "예상치 11억 달러 상회"."""
    bare = _ESTIMATE.search(scene.text, 0, value.start) is not None
    return bare and value.value.unit != "%" and BEATEN.match(scene.text, value.end) is not None


def _is_relocated(scene: Scene, metric: str, value: FoundValue) -> bool:
    """Tell a part that is moved somewhere from a share: "생산의 30%를 남미로 옮긴다"."""
    return "비중" in metric and load_misheld().relocated.match(scene.text, value.end) is not None


def _is_of_name(draft: Draft, metric: str) -> bool:
    """Tell a piece of the holder's own name that was taken for what changes: "GN 증감률"."""
    noun, _, changed = metric.rpartition(" ")
    own = changed in _MOVED and noun.isascii() and draft.subject.label.endswith(noun)
    return own and bool(noun) and noun not in load_metrics().words


def _is_spent(scene: Scene, value: FoundValue) -> bool:
    clause = clause_of(scene, value)
    after = (c for c in scene.parsed.clauses if c.end > value.end)
    told = (clause, next(after, None))
    return any(c is not None and c.lemma in load_misheld().spent for c in told)
