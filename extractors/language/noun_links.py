"""Which noun phrases of a sentence belong together: owners, coordinated nouns, examples."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from unicodedata import normalize

from extractors.language.phrases import Clause, Phrase


def link_nouns(items: Sequence[Phrase | Clause], names: Collection[int]) -> None:
    """Tie phrases to those that follow them; ``names`` are the ends of proper nouns.

    A headline's first name ("A, …") becomes its topic when there is no other.
    """
    _promote_headline(items, names)
    for at, (left, right) in enumerate(pairwise(items)):
        if isinstance(left, Phrase) and isinstance(right, Phrase):
            noun = _told_since(right, items[at + 2 : at + 4])
            if noun is not None and left.case in ("and", "comma"):
                noun.joined = left  # "K1과 지난주 공개한 K2"
                continue
            _part_companion(left, right, names)
            _link(left, right)
            if left.case == "with" and right.case == "comma" and _both(left, right, names):
                right.joined = left  # "A와 B, C가", whatever stands before them
    for at, middle in enumerate(items[1:-1], 1):
        if isinstance(middle, Clause) and middle.adjective:
            left, right = items[at - 1], items[at + 1]
            if isinstance(left, Phrase) and isinstance(right, Phrase):
                _link_example(left, middle, right)
    _link_past_clause(items)


def _told_since(time: Phrase, rest: Sequence[Phrase | Clause]) -> Phrase | None:
    """Return the noun of which a clause with a time of its own tells: "지난주 공개한 K2"."""
    timed = time.case == "bare" and _TIME.fullmatch(normalize("NFC", "".join(time.words)))
    if not timed or len(rest) < _CLAUSE_AND_NOUN:
        return None
    clause, noun = rest
    told = isinstance(clause, Clause) and clause.ending == "relative" and isinstance(noun, Phrase)
    return noun if told and isinstance(noun, Phrase) else None


_CLAUSE_AND_NOUN = 2
_TIME = re.compile(
    r"(?:지난|이번|최근|올해|작년|지난해|어제|오늘|이날|며칠|얼마|같은|전)"
    r"?(?:\d{1,4}(?:년|월|일|분기)|주|달|해|날|전|초|말|\d|에)*"
)


def _both(left: Phrase, right: Phrase, names: Collection[int]) -> bool:
    return left.end in names and right.end in names


def _link_past_clause(items: Sequence[Phrase | Clause]) -> None:
    """Tie an owner to its noun past a short relative clause: "A의 1월에 끝난 분기 매출"."""
    for at, owner in enumerate(items):
        if not isinstance(owner, Phrase) or owner.case != "of":
            continue
        rest = items[at + 1 : at + 4]
        clause = next((i for i, item in enumerate(rest) if isinstance(item, Clause)), None)
        if clause is None or clause + 1 >= len(rest):
            continue
        verb, noun = rest[clause], rest[clause + 1]
        plain = all(isinstance(p, Phrase) and p.case in _ADVERBIAL for p in rest[:clause])
        if plain and isinstance(verb, Clause) and verb.ending == "relative":
            taken = rest[0] if clause else None
            if isinstance(noun, Phrase) and noun.owner is None:
                if isinstance(taken, Phrase) and taken.case == "to" and verb.lemma in _PUT:
                    continue  # "A의 차량에 쓰이는 K2": A's vehicle
                noun.owner = owner
                if isinstance(taken, Phrase):
                    taken.owner = None


_PUT = ("쓰이", "들어가", "실리", "탑재", "장착", "내장", "적용", "채택", "사용", "투입")
_ADVERBIAL = ("to", "at", "from", "until")


_GOVERNING = ("정부", "당국", "의회", "법원", "상무부", "행정부")
"""What follows a country's name that leads a headline: "가나 정부, …"."""


def _promote_headline(items: Sequence[Phrase | Clause], names: Collection[int]) -> None:
    first = items[0] if items else None
    if not isinstance(first, Phrase) or first.case != "comma":
        return
    governing = first.head in _GOVERNING and any(first.start < end < first.end for end in names)
    if first.end not in names and not governing:
        return
    second = items[1] if len(items) > 1 else None
    also = isinstance(second, Phrase) and second.case == "to" and second.until - second.end == _ALSO
    if not also and not any(isinstance(p, Phrase) and p.leads for p in items):
        _last_listed(items, names).case = "topic"


_ALSO = len("에도")
"""What makes a list of two names: "가나, 다라에도 공급한다"."""


def _last_listed(items: Sequence[Phrase | Clause], names: Collection[int]) -> Phrase:
    """Return the last of "A·B·C, …", which a list without spaces leads, else the first."""
    last = items[0]
    assert isinstance(last, Phrase)
    for item in items[1:]:
        tight = isinstance(item, Phrase) and item.case == "comma" and item.end in names
        if not tight or not isinstance(item, Phrase) or item.start - last.end != 1:
            break
        last = item
    return last


def _part_companion(left: Phrase, right: Phrase, names: Collection[int]) -> None:
    """Read a name's 와 as with whom, where a plain noun says in what: "가나와 2나노에서 맞붙다"."""
    plain = left.end in names and not any(right.start < end <= right.end for end in names)
    if left.case == "and" and right.case in _IN_WHAT and plain and not _GROUPS.search(right.head):
        left.case = "with"


_IN_WHAT = ("at", "by")
_GROUPS = re.compile(r"(?:사|업체|기업|회사|들|국|진영|기관|대학|곳|업계|정부|당국)$")


def _link(left: Phrase, right: Phrase) -> None:
    """Tie an owner ("A의") or a coordinated noun ("A와", "A,") to the next phrase."""
    if left.case == "of":
        right.owner = left
    elif left.case == "and" and right.case == "of" and right.head == "규모":
        left.case = "with"  # "가나와 3조 원 규모의 계약을": with whom, no second size
    elif left.case in ("and", "comma") or (
        left.case == "with" and right.start - left.until <= 1 and right.leads
    ):
        right.joined = left


def _link_example(left: Phrase, middle: Clause, right: Phrase) -> None:
    """Tie "A 등" to the noun it exemplifies past an adjective ("A 등 다양한 회사와")."""
    describes = middle.adjective and middle.ending == "relative"
    if left.case == "bare" and left.words[-1] == "등" and describes and right.joined is None:
        right.joined = left
