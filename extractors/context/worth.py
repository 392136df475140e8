"""Which sentences are worth reading: those that name, count, quote or refer to somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.alternation import any_of
from extractors.context.scene import Named
from extractors.lexicon.frame_data import load_frames
from extractors.names.english import is_english
from extractors.names.name_patterns import CITED
from extractors.word_lists import words_in

if TYPE_CHECKING:
    from corpus.sentences import Sentence

_TITLES = ("heading", "caption", "subtitle")
"""Kinds of lines that go on with nobody: they tell only of whom they name."""

_DATED = re.compile(r"\d{4}[./]\s?\d{1,2}[./]\s?\d{1,2}\.?\s*$")
_REFERRING = re.compile(
    r"그는|그가|그녀|회사(?:는|가|도| 측)|이 회사|이 기업|동사|양사|두 회사|두 기업|이들|그들"
    r"|해당 (?:기업|회사)|\d|[다라자냐]고\s|[”\"](?:이?라)?(?:고|며)\s"
    r"|[다라자냐]는\s(?:게|것이|입장|방침)|(?<![가-힣])업계(?:는|의)"
    r"|(?<![가-힣])(?:업계|증권가|시장|일각|학계|월가)(?:에서|에선)"
    r"|(?<![가-힣])(?:업계|증권가|시장|학계|월가|전문가|애널리스트|정부|당국)(?:\s[가-힣]{2,4})?:\s"
    r"|(?:전문가|애널리스트|투자자|투자은행|증권사|관계자)(?:들은|들이|들도)\s"
    r"|내년|[상하]반기|연내|연말|이달 말|앞당|늦[춰췄어]|미[뤄뤘]"
    r"|(?:계획|예정|방침)(?:이다|임|입니다|이에요)|기로\s(?:했|결정|합의)|[어아해]\s?나간다"
    r"|(?:생태계|공급망|산업|시장)(?:은|는|이|가)\s"
    r"|(?:밝히|공개하|설명하|제시하|언급하|확인하)지는?\s?(?:않|못)"
    r"|[은는를도]\s(?:부인|강조|제안|촉구)[했함]|(?:지적|강조|제시|권고|촉구|제안|경고|요구)함"
)

_WORDS = "context/worth.yaml"


@lru_cache(maxsize=1)
def _telling() -> re.Pattern[str]:
    """Match what somebody does, be it a verb or the noun that ends an item."""
    deeds, verbal, carriers, verbs = (
        any_of(words_in(_WORDS, key)) for key in ("deeds", "verbal", "carriers", "verbs")
    )
    ends = rf"(?:\s?{any_of(load_frames().light_nouns)})*\W*$"
    return re.compile(rf"{deeds}(?:{verbal}|[이가을를도에]\s{carriers}|{ends})|{verbs}")


def is_mere_title(sentence: Sentence, named: Sequence[Named]) -> bool:
    """Tell a heading or a note of a table that names nobody: "주: 회사가 확인하지 않은 값"."""
    return sentence.kind in _TITLES and not named


def may_tell(sentence: Sentence, named: Sequence[Named]) -> bool:
    """Tell a sentence to analyse: one worth reading that is no mere title."""
    return not is_mere_title(sentence, named) and is_worth(sentence.clean.text, named)


def is_worth(text: str, named: Sequence[Named]) -> bool:
    """Leave out sentences that name, quote and refer to nobody, count nothing and tell no deed."""
    if _is_citation(text):
        return False
    return bool(named) or bool(_REFERRING.search(text) or _telling().search(text))


def _is_citation(text: str) -> bool:
    """Tell a line that only says where something stands: "출처: …", "The Bay Wire, …, 2024.5.2"."""
    return bool(CITED.match(text)) or (is_english(text) and bool(_DATED.search(text)))
