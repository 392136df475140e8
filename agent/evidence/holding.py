"""Whether a sentence holds the kind of thing a question asks for: a number in the right
unit, a date, a person, a company, a reason, an opinion."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from agent.questions.linking import Link, Linker
from agent.questions.question import Question
from agent.words import asked_unit, counted_so, data, focus_classes, pattern, relation_words
from kg.claim import Value

_LATIN = re.compile(r"[A-Z][A-Za-z0-9&.-]+")
_QUOTED = re.compile(r"[‘“'\"「『]([^’”'\"」』]{2,30})[’”'\"」』]")
_NAMED = {"Company", "Organization", "Product", "Software", "Model", "Chip", "Technology", "Paper"}
_DATE = re.compile(
    r"\d{1,4}\s?(?:년|월|일|분기|주|세기)(?!\s?(?:간|동안|이내|내(?![가-힣])|만에|치(?![가-힣])))|"
    r"\d{4}[./-]\d{1,2}|[1-4]Q|[12]H\d\d|"
    r"(?<![A-Za-z가-힣][ -])(?<![A-Za-z\d.,$~])\d{1,2}[./-]\d{1,2}"  # no version, no amount
    r"(?![\d.,]|\s?(?:[%A-Za-z배조억만원개명]|달러|프로|플래시|버전|세대|나노))|"
    r"상반기|하반기|연말|연초|연내|올해|내년|지난해|작년|이달|다음 ?달|당일|\bin \d{4}|"
    r"(?<![\d.,])20[12]\d(?= ?(?:목표|예정|계획|H[12]|Q[1-4]|$))"
)
_CLOCK = {
    "년": r"\d{2,4}\s?년|올해|내년|지난해|작년|20\d\d",
    "월": r"\d{1,2}\s?월|\d{4}[./-]\d{1,2}|이달|다음 ?달|지난달",
    "일": r"\d{1,2}\s?일|\d{1,2}[./-]\d{1,2}",
}
_NUMBER = r"(?:\d[\d,]*|[한두세네]|다섯|여섯|일곱|여덟|아홉|열)"
_COUNTED = re.compile(rf"{_NUMBER}\s?(?:여\s?)?(?:개국|개사|곳|개|사|명|종|가지|건|나라|차례)")
_NO_COUNT = frozenset({None, "%", "%p", "나노", "nm", "년", "월", "일", "배", "시간", "분기", "원"})
_COUNTER = re.compile(r"몇\s*([가-힣]+?)(?:이|은|는|을|를|로|으로|나|인|야|지|씩|\?|\s|$)")


@cache
def _ordinals() -> tuple[tuple[str, ...], ...]:
    """The counters of what no value is counted in, each with those that stand for it."""
    return tuple(map(tuple, data("questions")["counters"]))


@lru_cache(maxsize=1 << 13)  # sentences of figures bear on many questions
def _values(text: str) -> tuple[Value, ...]:
    from extractors.values.values import find_values

    return tuple(found.value for found in find_values(text))


class Holding:
    """Judges sentences for one question; names are linked once a sentence."""

    def __init__(self, question: Question, linker: Linker, classes: Mapping[str, str]) -> None:
        self._question = question
        self._linker = linker
        self._classes = classes
        self._digits = set(re.findall(r"\d[\d,.]*", question.text))
        self._unit = asked_unit(question.text)
        counter = _COUNTER.search(question.text)
        self._counter = counter[1] if counter else None
        self._ordinal = next((g for g in _ordinals() if self._counter in g), ())
        clock = re.search(r"몇\s?(년|월|일)", question.text)
        self._date = re.compile(_CLOCK[clock[1]]) if clock else _DATE

    def holds(self, text: str) -> bool:
        """Whether a text holds the kind of thing asked for; true where any text may answer."""
        kind = self._question.kind
        if kind == "temporal":
            return (self._date.search(text) or pattern("untimed").search(text)) is not None
        if kind in ("numeric", "compare"):
            return self._number(text)
        if kind == "count":
            return self._counts(text)
        if kind == "superlative":
            return pattern("most").search(text) is not None
        if kind in ("reason", "opinion"):
            return pattern(f"holds_{kind}").search(text) is not None
        if kind == "person" or self._question.classes:
            return self._named(text)
        return True

    def _number(self, text: str) -> bool:
        if self._ordinal:  # "몇 차례": no figure of another kind
            counters = "|".join(map(re.escape, self._ordinal))
            told = re.finditer(rf"{_NUMBER}\s?(?:여\s?)?(?:{counters})", text)
            return any(match[0] not in self._question.text for match in told)
        found = [v for v in _values(text) if counted_so(v, self._unit) and self._new(v)]
        if self._counter == "개" and self._unit is None:  # "코어가 몇 개": no year, no share
            own = re.escape(self._question.focus or "개")  # "1,860문항"
            counted = re.search(rf"(?<![A-Za-z\d])\d[\d,]*(?:만|억|조)?{own}", text) is not None
            return counted or any(v.currency is None and v.unit not in _NO_COUNT for v in found)
        return bool(found)

    def _new(self, value: Value) -> bool:
        """A figure that the question says itself is no answer to it."""
        digits = re.findall(r"\d[\d,.]*", value.text)
        return not digits or any(d not in self._digits for d in digits)

    def _counts(self, text: str) -> bool:
        """With the counter asked for ("몇 등급" and "세 등급"), else with any number."""
        shape = rf"{_NUMBER}\s?(?:여\s?)?{self._counter}" if self._counter else r"\d"
        return re.search(shape, text) is not None or bool(
            self._counter in ("곳", "군데", "나라", "개", "가지", "명", None)
            and _COUNTED.search(text)
        )

    def _named(self, text: str) -> bool:
        """A name of a class asked for, or what looks like one, that the question does not say."""
        question = self._question
        asked = set(question.classes) or {"Person"}
        if self._linked(self._linker.find(text), asked):
            return True
        if "Person" in asked and (pattern("person").search(text) or self._acts(text)):
            return True
        if not asked & _NAMED:
            return not asked <= {"Person"} and _LATIN.search(text) is not None
        own = {*self._question.entities}
        taken = [k for k in self._linker.find(text) if own & set(k.entities)]
        words = [m for shape in (_LATIN, _QUOTED) for m in shape.finditer(text)]
        return any(
            (m[1] if m.re is _QUOTED else m[0]) not in question.text
            and not any(k.start < m.end() and m.start() < k.end for k in taken)
            for m in words
        )

    def _acts(self, text: str) -> bool:
        """Whether somebody of no known name does right what is asked: "나리 문이 창업했다"."""
        terms = (t.form for t in self._question.terms if len(t.form) > 1)
        deeds = [form for form in terms if form in relation_words()]
        if not deeds:
            return False
        told = re.search(rf"([가-힣A-Za-z]+)[이가]\s(?:{'|'.join(map(re.escape, deeds))})", text)
        return (
            told is not None
            and told[1] not in focus_classes()
            and not any(link.end == told.end(1) for link in self._linker.find(text))
        )

    def _linked(self, links: Sequence[Link], asked: set[str]) -> bool:
        named = set(self._question.entities)
        return any(
            self._classes.get(e) in asked for link in links for e in link.entities if e not in named
        )
