"""Moves of shares and indices: "가나(-2.35%)", "2.8% 내린 284.65달러에 거래를 마쳤다".

Reports of markets never name what such a percentage measures; they tell records without a
figure, and how much whole groups bought. The words are data (``metrics.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.alternation import holds_any
from extractors.context.scene import Draft, Named, Scene
from extractors.figures.holders import carried, clause_of, phrase_at, topic_entity
from extractors.figures.metric_words import FORETOLD
from extractors.figures.price_names import price_name
from extractors.figures.quantities import holding
from extractors.language.phrases import Clause
from extractors.values.metric_data import basis_before, kind_of, load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import Worded
from kg.claim import Entity, Value, entity_id

_WORDS = "figures/share_prices.yaml"
_TRADED = ("Company", "Market")
_LISTED = (*_TRADED, "Organization")
_FROM_NAME = re.compile(
    r"(?:\s?\((?:[A-Z0-9.]{1,10}\s?[,/·]\s?|[A-Z]{1,5}\s(?=[+▲▼]|$))?"
    r"|(?:\s?\([A-Z0-9.]{1,10}\)|\))?\s"
    r"|(?P<label>(?:\s?\([A-Z0-9.]{1,10}\))?:\s))(?P<sign>[+▲▼▽↑↓]\s?)?"
)
"""What stands between a name and its move: "가나(", "가나(NVDA, +", "가나 ▼", "가나: +"."""
_ALONE = re.compile(r"대?(?:\s(?:급등|급락|상승|하락|반등|강세|약세))?(?:\s?\([^()]*\))?\W*")
"""What may follow a move that is all an item of a list tells of a name."""
_POINTS = re.compile(r"(?:포인트|p|pt)\s?\((?P<sign>[+▲▼▽↑↓]\s?)?$")
_HUNDREDTHS = re.compile(r"\.\d\d%")
"""Only moves of prices are told to the hundredth of a percent."""
_VERB = Worded(_WORDS, r"{rose}|(?P<falls>{fell})")
_RECORD = Worded(
    _WORDS,
    r"(?P<record>(?:사상 |역대 |52주 |장중 )*{records})(?:을|를)?\s(?:[가-힣]+\s)?{setting}",
)
_HIGHS = ("신고가", "신저가", "최고", "최저")
_GROUP = re.compile(r"외국인(?: 투자자)?|기관(?: ?투자자)?|개인(?: ?투자자)?|연기금")
_NET = re.compile(
    r"(?<=[가-힣\d])(?:을|를|어치를?)?\s(?P<net>순매수|순매도|(?<=[을를]\s)(?:매수|매도)(?=했|한|하))"
)
_WHO = re.compile(rf"(?<![가-힣])(?:{_GROUP.pattern})(?=[과와은는이가,·\s])")
_SIGNED = ("-", "−", "△")
_OF_IT = re.compile(r"\)의\s")
_ASIDE = re.compile(r"^[^()]*\)|\([^()]*\)")
_RATE = re.compile(r"\([^()]{1,8}%")
_LED = re.compile(r"(?:\([^()]*\))?(?:은|는|도|이|가)\s")
_TRADING = re.compile(r"장 ?중|장 초반|개장|시간외|한때|거래일|52주")
_RISING = ("+", "▲", "↑", "▼", "▽", "↓")
_MOVED = Worded(_WORDS, r"(?:\s?\([^()]*\))?(?:(?:으로|로)?[,·]|(?:으로|로)\s|\s{moved})")
_NEAR = 6
"""How far at most a price stands behind its move: "내린 주당 21달러"."""
_SURE = "0.7"


def match_share_prices(scene: Scene) -> Iterator[Draft]:
    """Yield how far shares and indices moved, at what price they closed, who bought."""
    yield from _records(scene)
    yield from _levels(scene)
    yield from _traded(scene)
    yield from _since_new_year(scene)
    if not any(v.value.unit == "%" or v.value.currency for v in scene.values):
        return
    for value in scene.values:
        if value.value.unit == "%":
            yield from _signed(scene, value)
            yield from _trending(scene, value)
        else:
            yield from _closed(scene, value)


_LEVEL = re.compile(r"\d{1,3}(?:,\d{3})*\.\d\d|\d{3,}\.\d\d|(?:\d{1,3}(?:,\d{3})+|\d{4,})\.\d")
"""Only levels of indices are told to the hundredth without a unit."""
_AT_LEVEL = re.compile(
    r"(?:\s?\([A-Z]{2,6}\))?(?:\s?(?:종합\s?)?지수|(?:\s[가-힣]{2,3})?\s(?:종가|가격))?"
    r"(?:(?:은|는|이|가|도)?\s(?:또한\s)?|:\s)"
    r"(?:각각\s|장중\s(?:한때\s)?|장 초반\s|사상\s(?:처음|최초)(?:으로)?\s)?"
    r"(?:(?:전날|전일|전 거래일)\s?(?:대비|보다)\s)?"
    r"(?:[\d.,]+(?:%|포인트|p|pt|달러|원)(?:\([^()]*\))?\s?[가-힣]{1,3}\s)?(?:배럴당\s|개당\s)?"
)
_PASSED = Worded(_WORDS, r"선?(?:을|를)?\s(?:[가-힣]+\s)?{passing}")
_POINT = ("포인트", "pt", "p")


def _levels(scene: Scene) -> Iterator[Draft]:
    """ "나스닥이 15,310.97, 코스피는 2,605.12로": where indices stood; "3000포인트를 돌파"."""
    indices = [n for n in scene.names if n[0].cls == "Market" and not _is_trade(n[0])]
    if not indices:
        return
    for value in scene.values:
        if _is_level(scene.text, value):
            led = [n for n in indices if _AT_LEVEL.fullmatch(scene.text, n[2], value.start)]
            come = not led and any(_moves_to(scene, value))
            topic = _topic(scene, value) if come else None
            led = led or [n for n in indices if n[0] is topic and n[2] <= value.start]
        elif _is_passed(scene.text, value):
            topic = _topic(scene, value)
            told = [n for n in indices if n[0] is topic and n[2] <= value.start]
            led = [n for n in indices if _AT_LEVEL.fullmatch(scene.text, n[2], value.start)] or told
        else:
            continue
        priced = price_name(led[-1][0]) if led else "지수"
        if led and (priced != "지수" or not value.value.currency):
            yield _draft(scene, led[-1][0], value, priced)
            yield from _moves(scene, led[-1][0], value)


def _is_level(text: str, value: FoundValue) -> bool:
    """Tell where what is traded itself stood, to the hundredth if without a unit."""
    told = value.value.unit is None and _LEVEL.fullmatch(value.value.text) is not None
    stood = value.value.currency and not load_metrics().moving.match(text, value.end)
    return told or bool(stood)


def _is_passed(text: str, value: FoundValue) -> bool:
    """Tell a round number of points that an index went past: "3000포인트를 돌파"."""
    unit = _POINTED.match(text, value.end)
    counted = value.value.unit in _POINT or (value.value.unit is None and unit is not None)
    return counted and _PASSED.match(text, unit.end() if unit else value.end) is not None


_POINTED = re.compile(r"\s?(?:포인트|pt|p(?![a-z])|(?=선))")


def _since_new_year(scene: Scene) -> Iterator[Draft]:
    """ "YTD: 거의 두 배 상승": how far shares have moved in a year, of whom the text is about."""
    for value in scene.values if "YTD" in scene.text else ():
        if value.value.unit in ("%", "배") and _YTD.search(scene.text, 0, value.start):
            told = [n[0] for n in scene.names if n[0].cls in _TRADED and n[2] <= value.start]
            traded = told[-1] if told else carried(scene, _TRADED)
            fell = value.value.text.startswith(_SIGNED) or _FELL.match(scene.text, value.end)
            if traded is not None:
                name = f"{price_name(traded)} {'등락률' if fell else '상승률'}"
                yield _draft(scene, traded, value, name)


_YTD = re.compile(r"(?<![A-Za-z])YTD(?:\s수익률)?(?:은|는)?[:\s(]{0,2}(?:약\s|거의\s)?[+\s]*$")
_FELL = re.compile(r"\s(?:하락|급락|내)")


def _is_trade(market: Entity) -> bool:
    """Tell the 서버 시장, where things are sold, from an index."""
    return market.label.endswith("시장")


def _signed(scene: Scene, value: FoundValue) -> Iterator[Draft]:
    """ "가나(-2.35%)는": the move of whom the bracket stands behind."""
    for name in scene.names:
        gap = _FROM_NAME.fullmatch(scene.text, name[2], value.start)
        if gap and gap["label"] and not _ALONE.fullmatch(scene.text, value.end):
            continue
        if gap and name[0].cls in _TRADED and _is_move(scene, name, value, gap["sign"]):
            draft = moved(scene, name[0], value, gap["sign"])
            if scene.text.startswith(")", value.end):
                draft.tail = None  # it has moved so, whatever is thought of it
            yield draft
            return
        if gap and name[0].cls in _TRADED and (listed := _listed(scene, name, value)):
            yield _draft(scene, name[0], value, f"{price_name(name[0])} {listed}")
            return
    if (led := _led(scene, value)) is not None:
        yield moved(scene, led, value, scene.text[value.start - 1])
        return
    points = _POINTS.search(scene.text[: value.start])
    told = points and load_metrics().moving.match(scene.text, value.end)  # "24포인트(0.6%) 오른"
    index = _topic(scene, value) if points and not told else None
    if points and index:
        yield moved(scene, index, value, points["sign"])


def _led(scene: Scene, value: FoundValue) -> Entity | None:
    """Return who a signed move is told of in a clause: "가나는 저가 매수로 +1.8%, 다라는"."""
    before = scene.text[: value.start]
    signed = before.endswith(_RISING) or value.value.text.startswith(_SIGNED)
    if not signed or not _MOVED.match(scene.text, value.end):
        return None
    begins = max(before.rfind(", "), before.rfind("·")) + 1
    names = [n for n in scene.names if n[0].cls in _TRADED and begins <= n[1] < value.start]
    led = [n for n in names if _LED.match(scene.text, n[2])][-1:]
    if not led or not load_metrics().market.search(scene.text, value.end):
        return None
    if basis_before(before) or _is_of_part(scene, led[0], value):
        return None
    return None if _is_measured(scene, led[0], value) else led[0][0]


def _is_measured(scene: Scene, name: Named, value: FoundValue) -> bool:
    """Tell that a sentence measures something else, not only tells why shares moved."""
    words = load_metrics().words
    for told in load_metrics().pattern.finditer(scene.text, 0, value.start):
        sized = words[told["word"]].kinds & {"money", "percent"}
        if (sized or told.start() > name[2]) and not FORETOLD.match(scene.text, told.end()):
            return True
    return False


def _is_of_part(scene: Scene, name: Named, value: FoundValue) -> bool:
    """Tell what something of somebody's does from what shares do: "가나는 원가가 3% 상승"."""
    inner = (p for p in scene.parsed.phrases if p.leads and name[2] < p.start < value.start)
    return any(p.head not in load_metrics().shares for p in inner)


def _is_move(scene: Scene, name: Named, value: FoundValue, sign: str | None) -> bool:
    """Tell the move of a price from the growth of what the sentence measures."""
    if not sign and not value.value.text.startswith(_SIGNED):
        return False
    metrics = load_metrics()
    told = metrics.pattern.search(scene.text, 0, name[1])
    behind = _OF_IT.match(scene.text, value.end)
    if (told and told["word"] not in metrics.shares) or (
        behind and metrics.pattern.search(scene.text, behind.end(), behind.end() + 15)
    ):
        return False
    exact = _HUNDREDTHS.search(value.value.text) is not None
    exact = exact or (scene.in_list and name[1] == 0 and ":" in scene.text[name[2] : value.start])
    return exact or metrics.market.search(scene.text) is not None


def _listed(scene: Scene, name: Named, value: FoundValue) -> str | None:
    """Return the rate of "가나(1.87%), 다라(0.06%) 등이 올랐다", told to the hundredth."""
    metrics = load_metrics()
    bracketed = scene.text[name[2] : value.start].strip().startswith("(")
    if not bracketed or not _HUNDREDTHS.search(scene.text):
        return None
    if metrics.pattern.search(scene.text, 0, name[1]):
        return None
    verb = _VERB.search(_ASIDE.sub("", scene.text[value.end :]))
    return None if verb is None else "하락률" if verb["falls"] else "상승률"


def _records(scene: Scene) -> Iterator[Draft]:
    """ "가나도 신고가를 새로 썼다": a record without a figure."""
    for match in _RECORD.finditer(scene.text) if holds_any(scene.text, _HIGHS) else ():
        clause = scene.parsed.clause_to(match.end())
        phrase = phrase_at(scene, match.start())
        told = _index_before(scene, match.start()) or topic_entity(scene, clause, phrase, _TRADED)
        if told is None or clause is None:
            continue
        value = Value(match["record"])
        draft = Draft(told, "hasMetric", None, value, match.start(), clause.end, clause)
        topic = clause.topic or clause.subject
        draft.start = min(match.start(), topic.outer_start) if topic else match.start()
        draft.qualifiers["metric"] = _measured(scene, clause) or price_name(told)
        draft.tail = (match.end(), clause.tail_end)
        draft.confidence = _SURE
        yield draft


def _index_before(scene: Scene, at: int) -> Entity | None:
    """Return the index whose record it is: "나스닥 지수 최고가 경신을 이끌었다"."""
    led = (n for n in scene.names if n[0].cls == "Market" and n[2] <= at)
    return next((n[0] for n in led if _OF_INDEX.fullmatch(scene.text, n[2], at)), None)


_OF_INDEX = re.compile(r"(?:\s?(?:종합\s?)?지수)?(?:의|는|가|도)?\s")


def _measured(scene: Scene, clause: Clause) -> str | None:
    """Return the metric that a clause is about: "분기 매출은 역대 최고치를 기록했다"."""
    phrase = clause.subject or clause.topic
    words = scene.masked[phrase.start : phrase.end].split() if phrase else []
    known = load_metrics().words.get(words[-1]) if words else None
    return known.name if known else None


def _traded(scene: Scene) -> Iterator[Draft]:
    """ "외국인과 기관이 각각 1조 원, 2천억 원을 순매수": what whole groups bought or sold."""
    begins = 0
    for match in _NET.finditer(scene.text) if holds_any(scene.text, _NETS) else ():
        begins = max(begins, scene.text.rfind(": ", 0, match.start()) + 1)
        groups = list(_WHO.finditer(scene.text, begins, match.start()))
        sums = [v for v in scene.values if begins <= v.start < match.start() and _is_sum(v)]
        begins = match.end()
        for who, value in zip(groups, sums, strict=False) if len(groups) == len(sums) else ():
            holder = Entity(entity_id(who[0]), "Organization", who[0])
            draft = _draft(scene, holder, value, match["net"])
            draft.start, draft.end = min(draft.start, who.start()), max(draft.end, match.end())
            yield draft


_NETS = ("매수", "매도")


def _is_sum(value: FoundValue) -> bool:
    """Tell money, also told without its currency: "6천억"."""
    return kind_of(value.value) in ("money", "scaled")


def _closed(scene: Scene, price: FoundValue) -> Iterator[Draft]:
    """ "2.8% 내린 284.65달러에 마감", "장중 3만 원까지 올랐다": the price, and how far it came."""
    metrics = load_metrics()
    moves = list(_moves_to(scene, price))
    closes = metrics.closing.match(scene.text, price.end) or _reached(scene, price)
    moved = moves and price.value.currency and _is_of_market(scene, price)
    traded = _topic(scene, price) if closes or moved else None
    if traded is None or (traded.cls != "Market" and not price.value.currency):
        return
    yield _draft(scene, traded, price, price_name(traded))
    yield from _moves(scene, traded, price)


def _moves(scene: Scene, traded: Entity, price: FoundValue) -> Iterator[Draft]:
    """Yield how far a price came to where it is: "0.3% 오른 2만 원", "3.2원 오른 1,320원"."""
    for value, fallen in _moves_to(scene, price):
        how = f"{'하락' if fallen else '상승'}{'률' if value.value.unit == '%' else '폭'}"
        yield _draft(scene, traded, value, f"{price_name(traded)} {how}")


def _is_of_market(scene: Scene, price: FoundValue) -> bool:
    metrics = load_metrics()
    return bool(
        metrics.closing.search(scene.text, price.end) or _TRADING.search(scene.text, 0, price.start)
    )


def _reached(scene: Scene, price: FoundValue) -> bool:
    """Tell a price of a day's trade: "장중 13만9500원까지 올랐다"."""
    traded = price.value.currency and _TRADING.search(scene.text, 0, price.start)
    return bool(traded and load_metrics().reached.match(scene.text, price.end))


def _moves_to(scene: Scene, price: FoundValue) -> Iterator[tuple[FoundValue, bool]]:
    """Yield the rate or sum by which a price came to where it is, and whether it fell."""
    for value in scene.values:
        rate = value.value.unit == "%" and not value.value.text.startswith(_SIGNED)
        if not rate and not value.value.currency:
            continue
        bracket = None if rate else _RATE.match(scene.text, value.end)
        moved = load_metrics().moving.match(scene.text, bracket.end() if bracket else value.end)
        if moved and 0 <= price.start - moved.end() <= _NEAR:
            yield value, moved["falls"] is not None


def _trending(scene: Scene, value: FoundValue) -> Iterator[Draft]:
    """ "3%대 강세를 보인다", "4%의 상승세를 기록했다"."""
    trend = load_metrics().trending.match(scene.text, value.end)
    traded = _topic(scene, value) if trend else None
    metrics = load_metrics()
    other = metrics.pattern.search(scene.text, 0, value.start)
    before = [n for n in scene.names if n[0] is traded and n[2] <= value.start]
    if before and _is_of_part(scene, before[-1], value):
        return
    if trend and traded and not (other and other["word"] not in metrics.shares):
        name = "하락률" if trend["falls"] else "상승률"
        yield _draft(scene, traded, value, f"{price_name(traded)} {name}")


def _topic(scene: Scene, value: FoundValue) -> Entity | None:
    """Return whose price it is: the last led by a particle before it, else the clause's topic."""
    led = [
        n
        for n in scene.names
        if n[0].cls in _LISTED and n[2] <= value.start and _LED.match(scene.text, n[2])
    ]
    if not led and ": " in scene.text[: value.start]:
        return None  # "에너지주 상승: 1%대 상승을 기록": of whom the label tells
    return led[-1][0] if led else topic_entity(scene, clause_of(scene, value), None, _TRADED)


def moved(scene: Scene, traded: Entity, value: FoundValue, sign: str | None) -> Draft:
    """Make the draft of how far shares or an index moved, by the sign before the figure."""
    rate = {"": "등락률", "▼": "하락률", "▽": "하락률", "↓": "하락률"}
    name = rate.get((sign or "").strip(), "상승률")
    return _draft(scene, traded, value, f"{price_name(traded)} {name}")


def _draft(scene: Scene, traded: Entity, value: FoundValue, metric: str) -> Draft:
    draft = holding(scene, value, traded, metric)
    draft.confidence = _SURE
    return draft
