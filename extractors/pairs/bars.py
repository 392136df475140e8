"""What the words around two names say against a relation that the weights find likely.

The words are data (``bars.yaml``), with an example for each bar.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.classes import BODIES
from extractors.context.scene import Scene
from extractors.figures.holders import begins_at, is_house
from extractors.figures.wholes import is_part
from extractors.language.phrases import Clause, Phrase
from extractors.lexicon.makers import only_buys
from extractors.pairs.apart import is_base, stand_apart
from extractors.pairs.deeds import is_not_done
from extractors.pairs.features import Party
from extractors.pairs.standings import is_not_of_staff, is_seated_elsewhere
from extractors.values.values import FoundValue
from extractors.word_lists import load_words

_ACTED = frozenset(
    {"develops", "releases", "partnersWith", "manufactures", "produces", "uses", "coDevelops"}
    | {"supplies", "purchases", "investsIn", "acquires", "builds", "publishes", "ships"}
)
"""What the subject nearest before a thing does with it, not one before that."""
_HAD = frozenset({"uses", "trainedOn", "develops", "releases"})
_DONE = frozenset(
    {"uses", "supplies", "purchases", "acquires", "investsIn", "partnersWith", "builds"}
    | {"regulates", "blocks"}
)
"""What is not done where it is only supposed: "가나가 채택된다면"."""
_COMPARED = frozenset({"competesWith", "variantOf", "scores"})


@dataclass(frozen=True, slots=True)
class _Words:
    attributive: re.Pattern[str]
    posts: re.Pattern[str]
    meant: re.Pattern[str]
    sited: re.Pattern[str]
    supplying: frozenset[str]
    raising: frozenset[str]
    risks: re.Pattern[str]
    undoing: re.Pattern[str]
    buying: re.Pattern[str]
    trying: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data: dict[str, Any] = load_words("pairs/bars.yaml")
    nouns = "|".join(data["attributive"].split())
    return _Words(
        re.compile(rf"\)?\s(?:{nouns})(?:[은는이가을를의도]|에서|\W|$)"),
        re.compile(rf"\s?(?:{'|'.join(data['posts'].split())})"),
        re.compile(
            rf"(?:\s(?:제조|생산|양산|검사|개발|시험|전))?(?:{'|'.join(data['meant'])})(?:[으\s]|$)"
        ),
        re.compile(
            r"(?:의|에 있는|에 지은)?\s(?:[가-힣A-Z0-9]+\s)?"
            rf"(?:{'|'.join(data['sited'].split())})(?:[은는이가을를의에도로과와]|으로|\W|$)"
        ),
        frozenset(data["supplying"].split()),
        frozenset(data["raising"].split()),
        re.compile(rf"\s(?:{'|'.join(data['risks'].split())})"),
        re.compile(rf"[^,.]{{0,30}}(?:{'|'.join(data['undoing'].split())})"),
        re.compile("|".join(data["buying"].split())),
        frozenset(data["trying"].split()),
    )


def is_barred(scene: Scene, a: Party, predicate: str, b: Party) -> bool:
    """Tell that the words around two parties speak against a relation between them."""
    if _is_unbought(scene, predicate) or (predicate == "investsIn" and _is_label(scene, b)):
        return True
    told = _is_meant(scene, b, predicate) or _is_tried(scene, b, predicate)
    ordered = only_buys(a.entity) or _ORDERS.match(scene.text, b.end) is not None
    told = told or (predicate == "supplies" and ordered)
    told = told or (predicate == "uses" and _MADE_FOR.match(scene.text, b.end) is not None)
    told = told or (predicate in _DONE and _is_supposed(scene, max(a, b, key=_end)))
    if told or (predicate not in _COMPARED and any(_is_measure(scene, p) for p in (a, b))):
        return True
    if predicate == "locatedIn" and is_seated_elsewhere(scene, a, b):
        return True
    other = (predicate == "worksFor" and is_not_of_staff(scene, a, b)) or (
        predicate == "investsIn" and _does(scene, a, _words().raising)
    )
    if other or is_not_done(scene, a, predicate, b) or stand_apart(scene, a, predicate, b):
        return True
    if a.carried or b.carried:
        return False
    first, last = sorted((a, b), key=lambda party: party.start)
    between = scene.text[first.end : last.start]
    labelled = first is b and _LABELS.match(between)  # "가나 5: 다라램 적용" is of 가나 5
    listed = _ASIDE.search(between) or _is_of_last(scene, a, b, between)
    if predicate == "uses" and (labelled or listed):
        return True
    if "\n" in between or _SOURCE.search(between) or _ENDED.search(between):
        return True
    return _is_of_others(scene, a, predicate, b)


_ORDERS = re.compile(r"(?!.*수주)[^.]*발주(?:했|하|한|해|함)")
"""What a buyer does: "가나가 다라에 장비를 발주했다" supplies nobody."""
_MADE_FOR = re.compile(r"(?:\([^()]*\))?\)?\s?용\s")
"""What a thing is only made for: "HBM 용 본더"."""


def _is_unbought(scene: Scene, predicate: str) -> bool:
    """Tell a sentence without a word of buying, be it of a merger: "가나·다라 합병 논의"."""
    if predicate != "acquires":
        return False
    return (
        _words().buying.search(scene.text) is None or _ONLY_THOUGHT.search(scene.text) is not None
    )


_ONLY_THOUGHT = re.compile(r"인수\s?(?:검토|추진|협상|논의|제안|시도|계획|설)")
"""What the frames read, with whether it came to anything: "인수 검토 중단"."""


def _is_label(scene: Scene, party: Party) -> bool:
    """Tell whom only a label before a headline names: "[가나일보] 다라, 3억 달러 유치"."""
    before = scene.text[: party.start]
    return before.strip() == "[" and scene.text.startswith("] ", party.end)


_LABELS = re.compile(r"\**\s?[:：]\s")
_ASIDE = re.compile(r"^[^(]*\),\s")
"""The end of a bracket in which the first of two stands: "(가나칩 → 다라칩), 서버는"."""


def _is_of_last(scene: Scene, a: Party, b: Party, between: str) -> bool:
    """Tell what only the last of a list is made with: "가나칩, 다라램, SRAM 기반 LPU"."""
    based = scene.text.startswith(" 기반 ", b.end)
    return based and a.start < b.start and "," in between


def _is_of_others(scene: Scene, a: Party, predicate: str, b: Party) -> bool:
    """Tell, by what stands between the two, that one of them has its part with another."""
    first, last = sorted((a, b), key=lambda party: party.start)
    between = scene.text[first.end : last.start]
    if predicate == "locatedIn":
        sited = a.start < b.start and bool(_words().sited.match(scene.text, b.end))
        sited = sited or _words().risks.match(scene.text, b.end) is not None
        return sited or _is_elsewhere(a, b, between) or _is_of_the_next(scene, a, b)
    if predicate == "worksFor":
        return _LEFT.match(scene.text, b.end) is not None
    made = predicate in ("develops", "releases") and is_base(scene, b)
    if made or (predicate in _HAD and a.start < b.start and _OF_ITS_OWN.match(between)):
        return True
    if predicate in ("uses", "partOf") and is_part(scene, a.entity) and _LIST.fullmatch(between):
        return True
    person = predicate in ("regulates", "blocks") and _OF_PERSON.match(scene.text, b.end)
    undone = predicate == "publishes" and _words().undoing.match(scene.text, b.end)
    if person or undone or (predicate == "supplies" and _does(scene, b, _words().supplying)):
        return True
    if predicate == "uses" and (_are_joined(scene, a, b) or _is_kind(first, between, b)):
        return True
    if predicate == "uses" and scene.is_generic(b.entity) and not _is_counted(scene, b):
        return True
    return predicate in _ACTED and a.start < b.start and _another_acts(scene, a, predicate, b)


def is_figure_barred(scene: Scene, holder: Party, value: FoundValue) -> bool:
    """Tell a figure of another: told after the next of a list, by a house, beside the name."""
    if holder.carried:
        return _is_only_expected(scene, value)
    if is_house(holder.entity) or holder.entity.id in scene.speakers:
        return True
    between = scene.text[holder.end : value.start]
    if _is_acted_on(scene, holder, value):
        return True
    if _BESIDE.fullmatch(between) or _is_told_of_another(scene, holder, value):
        return True
    return any(
        holder.end < start and end < value.start and _NEXT.search(scene.text[:start])
        for entity, start, end in scene.names
        if entity.cls == holder.kind and _LED.match(scene.text, end)
    )


def _is_acted_on(scene: Scene, holder: Party, value: FoundValue) -> bool:
    """Tell to whom somebody unnamed does something, before it has the figure itself.

    "정부는 가나를 돕고, 올해 민간투자 5조원을 달성할 계획이다".
    """
    for clause in scene.parsed.clauses:
        done, doer = clause.arg("object"), clause.topic
        if done is None or doer is None or clause.ending != "connective":
            continue
        inside = done.outer_start <= holder.start < done.end
        if inside and clause.end <= value.start and not scene.named_in(doer.outer_start, doer.end):
            return True
    return False


def _is_only_expected(scene: Scene, value: FoundValue) -> bool:
    """Tell what a sentence's own sum is compared with, of whom that is: not who was before."""
    own = [v for v in scene.values if v.end <= value.start and v.value.currency]
    expected = own and _EXPECTED.search(scene.text, 0, value.start)
    return bool(expected and _OUTDONE.match(scene.text, value.end))


_EXPECTED = re.compile(r"(?:예상치|전망치|추정치|기대치|컨센서스)(?:인|는|은)?\s(?:약\s)?$")
_OUTDONE = re.compile(
    r"보다\s|(?:을|를)\s(?:[가-힣]+\s)?(?:웃|밑|상회|하회|넘)|에\s(?:못|미치지|부합)"
)
"""What was expected of whom the sentence before may tell: "예상치 6조 원보다 낮았다"."""


def _is_told_of_another(scene: Scene, holder: Party, value: FoundValue) -> bool:
    """Tell who only defines something before: "가나가 이끈 투자를 받았고, 직원은 41명이다"."""
    begins = begins_at(scene, value)
    return holder.end < begins and any(
        clause.ending == "relative"
        and (subject := clause.arg("subject")) is not None
        and subject.start <= holder.start < subject.until
        for clause in scene.parsed.clauses
    )


_BESIDE = re.compile(r"(?:와|과|및)\s(?:약\s)?")
_NEXT = re.compile(r"(?:[,·]|고|며)\s?[“‘\"']?$")
_LED = re.compile(r"[”’\"')]?(?:을|를|은|는|이|가)\s")


def _is_meant(scene: Scene, b: Party, predicate: str) -> bool:
    """Tell what something is only for, or whose market, price or makers are spoken of."""
    if b.carried:
        return False
    words = _words()
    if predicate in _HAD and any(
        told.match(scene.text, b.end) for told in (words.attributive, words.posts)
    ):
        return True
    return predicate in (*_HAD, "locatedIn", "supplies", "purchases") and bool(
        words.meant.match(scene.text, b.end)
    )


def _is_measure(scene: Scene, party: Party) -> bool:
    """Tell who is only compared with or left out: "가나보다 나은", "가나 외 고객", "가나 대신"."""
    return not party.carried and _MEASURE.match(scene.text, party.end) is not None


_MEASURE = re.compile(r"[”’\"')]*(?:\s대비|보다|\s외|\s이외|\s대신)(?=[\s,:：*]|$)")


def _is_supposed(scene: Scene, last: Party) -> bool:
    """Tell a condition: "K2가 채택된다면", "칩을 공급하면", "장비를 살 경우"."""
    if _ASKED.search(scene.text, last.end):
        return True
    clause = scene.parsed.clause_to(last.end)
    if clause is None:
        return False
    told = scene.text[last.end : clause.end + _TAIL]
    return _SUPPOSED.search(told) is not None


_SUPPOSED = re.compile(
    r"(?:[다라으자]|하|되)면(?=[\s,])|[가-힣]\s경우(?=[\s,에])|[가-힣]야\s(?:한|하|할|함)"
)


_TAIL = 4


_ASKED = re.compile(r"(?:하|되|했|됐)나[?…’”\"]*\s*$")
"""What a headline only asks: "가나, 다라 인수하나"."""


def _end(party: Party) -> int:
    return party.end


def _is_tried(scene: Scene, b: Party, predicate: str) -> bool:
    """Tell what somebody only tries: "가나가 마바칩을 시험하고 있다"."""
    if predicate != "develops" or b.carried:
        return False
    return any(
        clause.lemma in _words().trying
        and any(p.case == "object" and _is_head(p.start, p.end, b) for p in clause.args)
        for clause in scene.parsed.clauses
    )


def _is_elsewhere(a: Party, b: Party, between: str) -> bool:
    """Tell a place that is said of another noun, or a place that only stands beside one."""
    if a.start < b.start:
        return (a.kind == "Place" and "-" in between) or between.startswith(("를 ", "을 "))
    return a.kind == "Place" and between.strip() not in _SHIRES


_OF_PERSON = re.compile(
    r"의?\s(?:전\s|공동\s|현직\s|전직\s)?(?:창업자|창립자|설립자|대표|최고경영자|회장|임원|직원|CEO|연구원)"
)
"""What tells that something is done to somebody of a firm: "가나 창업자를 기소했다"."""
_SOURCE = re.compile(r"에\s(?:따르면|의하면)\s")
_ENDED = re.compile(r"(?:다|요|죠)\.[”’\"']?\s")
"""A sentence that ends between the two, inside a quotation or a line that runs on."""
_NEXT_NOUNS = re.compile(r"\s?(?:의\s)?(?:[가-힣A-Za-z·]+\s){0,3}[“‘\"']?")


def _is_of_the_next(scene: Scene, a: Party, place: Party) -> bool:
    """Tell where another is that is named behind: "가나는 미국 반도체 업체 다라를 샀다"."""
    if a.start > place.start:
        return False
    after = (n for n in scene.names if n[1] >= place.end and n[0].cls in BODIES)
    other = next(after, None)
    return other is not None and bool(_NEXT_NOUNS.fullmatch(scene.text, place.end, other[1]))


_LEFT = re.compile(
    r"(?:에서|에)\s[^.,]{0,30}?(?:하다가?|다가|던|이끌다|있다|내다|마치고|[한든끈낸]\s[뒤후])\s"
)
"""What follows whom somebody worked for before: "가나에서 음성을 연구하다 회사를 세웠다"."""
_OF_ITS_OWN = re.compile(
    r"의\s[^.]{1,20}(?:와|과|,|및)\s(?:[가-힣]+\s)?(?:자체|독자|직접)\s?(?:개발|제작|설계)"
)
"""What follows whose only the first of two is: "다라의 카메라와 자체 개발한 ‘마바’를"."""
_SHIRES = frozenset({"", ",", "주", "도", "시", "성", "현", "의"})


def _is_counted(scene: Scene, b: Party) -> bool:
    """Tell a kind of thing of which so many are told: "GPU 10만 개", "20만 개의 GPU"."""
    return any(0 <= v.start - b.end <= _NEAR or 0 <= b.start - v.end <= _NEAR for v in scene.values)


_NEAR = 3


def _does(scene: Scene, party: Party, deeds: Collection[str]) -> bool:
    """Tell who does what the other would do, or gets it: "… 다라가 장비를 수주하면서"."""
    return any(c.lemma in deeds and _is_subject(c, party) for c in scene.parsed.clauses)


def _is_subject(clause: Clause, party: Party) -> bool:
    subjects = [p for p in (clause.subject, clause.topic) if p is not None]
    return clause.voice == "active" and any(_is_head(p.start, p.end, party) for p in subjects)


def _is_head(start: int, end: int, party: Party) -> bool:
    """Tell whom a phrase ends in: the 가나 of "한국 가나가", not of "가나 시제품을"."""
    return start <= party.start and party.end <= end and end - party.end <= 1


def _are_joined(scene: Scene, a: Party, b: Party) -> bool:
    """Tell two that are coordinated: "코어 80개와 HBM 64GB를"."""
    for phrase in scene.parsed.phrases:
        parts = phrase.chain() if phrase.joined else ()
        mine = [{p.start for p in parts if p.start <= x.start < p.until} for x in (a, b)]
        if all(mine) and mine[0] != mine[1]:
            return True
    return False


_LIST = re.compile(r",\s(?:[A-Za-z0-9가-힣. ]{1,16},\s)*(?:[A-Za-z0-9.]+\s){0,2}")
"""What stands between parts that are listed: "HBM4, SOCAMM2, PCIe SSD를 묶어"."""


def _is_kind(first: Party, between: str, b: Party) -> bool:
    """Tell what kind of thing the other is: "LLM ‘가나 2’"."""
    return first is b and b.kind == "Technology" and not between.strip(" ‘’“”'\"")


def _another_acts(scene: Scene, a: Party, predicate: str, b: Party) -> bool:
    """Tell a subject of its own between the two: "가나가 …했고, 다라는 칩을 만든다"."""
    return any(
        phrase.leads
        and a.end < phrase.start
        and phrase.end < b.start
        and _is_own(scene, phrase)
        and not any(p.start <= a.start < p.until for p in phrase.chain())
        and not (predicate in _DONE and _describes(scene, phrase, b))
        for phrase in scene.parsed.phrases
    )


def _describes(scene: Scene, subject: Phrase, b: Party) -> bool:
    """Tell who only made what is had: "가나는 다라가 만든 칩을 산다"."""
    return any(
        clause.ending == "relative"
        and clause.modified is not None
        and clause.arg("subject") is subject
        and clause.modified.start <= b.start < clause.modified.until
        for clause in scene.parsed.clauses
    )


def _is_own(scene: Scene, phrase: Phrase) -> bool:
    """Tell a subject that is a firm, or a topic that begins a clause: "…했고, 다라는"."""
    begins = phrase.case == "topic" and scene.text[: phrase.start].endswith(", ")
    return begins or bool(scene.named_in(phrase.start, phrase.end, BODIES))
