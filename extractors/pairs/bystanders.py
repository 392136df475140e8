"""Names that only stand by: whom a text is about in a line of others, examples of a group."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.alternation import any_of
from extractors.classes import BODIES, MADE, THINGS
from extractors.context.scene import Scene
from extractors.lexicon.makers import makers
from extractors.pairs.features import Party
from extractors.word_lists import words_in

_OF_MAKERS = frozenset({"develops", "releases", "produces", "ships"})
_FIRMS = r"(?:기업|회사|업체|스타트업|제조사|개발사)"
_SUPPLIED = re.compile(
    r"\s?(?:에게?|향|의|으로의|로의)?\s?(?:[가-힣A-Za-z0-9]+(?:을|를)?\s){0,3}?(?:공급|납품|수주|출하|고객)"
)
_LISTED = re.compile(r"\s?(?:,|·|/|및|와|과|등)(?=\s)")
_LIKE = re.compile(rf"\s(?:같은|등(?:의)?)\s(?:[가-힣A-Za-z]+\s){{0,3}}?{_FIRMS}들(?:의|이|은)\s")
"""What makes of a name an example of many: "가나 같은 반도체 기업들의 새 칩"."""
_ARE_FIRMS = re.compile(rf"[)’'\"]?\s(?:같은|등(?:의)?)\s(?:[가-힣A-Za-z]+\s)?{_FIRMS}")
_CONTRAST = re.compile(r"[가-힣](?:으나|지만|는데|였으나|반면),?\s")
"""What parts two clauses that tell of rivals of their own."""
_RANKED = re.compile(r"(?:^|[\s,(])\d{1,3}위(?:는|인)?\s$")
"""What parts those who are only listed by their places: "1위 가나 63점, 2위 다라"."""
_MOVED_ALIKE = re.compile(
    r"(?:와|과)\s?(?:함께|나란히|동반)\s[^.]{0,24}(?:감축|감산|인상|인하|상승|하락|급등|급락|올랐|내렸|오르|내리)"
)
"""What two do alike and not with each other: "가나는 다라와 함께 생산 감축에 들어갔다"."""
_BASIS = re.compile(
    r"(?:\([^()]*\))?(?:의|\s)\s?(?:(?:[가-힣]+\s)?(?:기술|특허|설계|아키텍처|IP)(?:을|를)?\s)?"
    r"(?:바탕|기반|토대)"
)
"""What makes of a name what another's thing rests on: "가나 기술을 바탕으로 만든 칩"."""
_TRADE = re.compile(
    rf"\)?\s(?:(?:플랫폼|솔루션|서비스|도구)\s)?(?:(?:제공|전문|개발)\s?{_FIRMS}|제공사)"
)
"""What makes of a thing the trade of a firm: "관측 플랫폼 제공업체인 가나"."""


def only_stands_by(scene: Scene, a: Party, predicate: str, b: Party) -> bool:
    """Tell that a sentence does not tell of two names, though the weights take them for related."""
    if predicate == "supplies" and a.carried:
        return _is_another_deal(scene, a, b)
    if predicate == "uses":
        return _is_one_name(scene, a, b) or _is_unused(scene, a, b)
    if predicate == "develops" and _is_unmade(scene, b):
        return True
    if predicate == "partnersWith":
        return _MOVED_ALIKE.search(scene.text, min(a.end, b.end)) is not None
    if predicate == "competesWith":
        first, last = sorted((a, b), key=lambda party: party.start)
        between = scene.text[first.end : last.start]
        return bool(_CONTRAST.search(between) or _RANKED.search(between))
    if predicate == "locatedIn":
        return a.kind in (*MADE, "Concept")
    if predicate not in _OF_MAKERS or a.carried or b.carried:
        return False
    example = a.end <= b.start and (
        _LIKE.match(scene.text, a.end) or _BASIS.match(scene.text, a.end)
    )
    firms = _ARE_FIRMS.match(scene.text, b.end)
    return bool(example or firms or _TRADE.match(scene.text, b.end))


def _is_one_name(scene: Scene, a: Party, b: Party) -> bool:
    """Tell the pieces of one name, of which the last uses the first: "DGX K2 N72 시스템"."""
    first, last = sorted((a, b), key=lambda party: party.start)
    beside = scene.text[first.end : last.start] == " " and last is a
    return beside and {a.kind, b.kind} <= {*THINGS}


def _is_unused(scene: Scene, a: Party, b: Party) -> bool:
    """Tell two things of which no word behind the one says that the other uses it."""
    things = {a.kind, b.kind} <= {*THINGS, "Technology"} and not (a.carried or b.carried)
    return things and not _words("using").search(scene.text, b.end, b.end + _CLOSE)


def _is_unmade(scene: Scene, b: Party) -> bool:
    """Tell what many make, of which nothing is said to be made: "가나의 HBM 품질"."""
    common = b.entity.curated and not makers().get(b.entity.id)
    return common and not _words("making").search(scene.text)


_CLOSE = 24
"""How far behind a thing stands the word that says it is used: "(Vera K2)’ 아키텍처 기반"."""


@lru_cache(maxsize=2)
def _words(key: str) -> re.Pattern[str]:
    return re.compile(any_of(words_in("pairs/bars.yaml", key)))


def _is_another_deal(scene: Scene, a: Party, b: Party) -> bool:
    """Tell who is not supplied by whom the text is about: "다라 새 메모리 (마바 납품 기대)"."""
    others = {
        n[0].id
        for n in scene.names
        if n[0].cls in BODIES and n[1] <= b.start and not _LISTED.match(scene.text, n[2])
    }
    supplied = _SUPPLIED.match(scene.text, b.end)
    return not supplied or bool(others - {a.entity.id, b.entity.id})
