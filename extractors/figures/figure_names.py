"""What a quantity measures, where its subject is known: the grammar's noun, else a likely one.

In order: a broker's label ("OPM 21%"), what the grammar tells, a noun beside it, the quantity
of the sentence before; then guesses: the verb, a metric elsewhere in the sentence, the unit.
"""

from __future__ import annotations

import re

from extractors.context.scene import Scene
from extractors.figures.deeds import by_deed, load_deeds
from extractors.figures.holders import begins_at, clause_of, phrase_at
from extractors.figures.metric_words import limited_noun
from extractors.figures.quantity_names import named_in_clause
from extractors.figures.unnamed_sums import by_context
from extractors.names.descriptions import is_agents, is_quality, kinds_of_noun
from extractors.values.metric_data import kind_of, load_metrics
from extractors.values.values import FoundValue
from kg.search.analyzer import Morpheme

_PART = re.compile(r"\d/\d")
_COUNTED = ("개", "종", "가지", "건")
"""Counters that the noun follows that they count: "이미지의 3개 모델"."""
MARKET = "시장"
"""What a sum is the size of that is nobody's: "WFE 시장은 1,000억 달러 규모다"."""
_BESIDE = 8
"""How far at most a noun stands from the quantity it names, in characters."""
_LABEL = re.compile(r"(?<![A-Za-z/])(?P<label>[A-Z][A-Za-z/]*(?:마진)?)\s?[:：]?\s?[+\-▲▼]?$")
"""A label right before a ratio."""


def called(scene: Scene, value: FoundValue) -> tuple[str | None, bool]:
    """Return what a quantity is called, and whether that is more than a guess."""
    told = measured(scene, value) or _as_before(scene, value)
    named = told_by(scene, value, told or "")
    if named is None or named in load_deeds().money:
        named = by_context(scene, value) or named
    if named is not None:
        return named, True
    if told is not None:
        return None if told == MARKET else by_unit(scene, value), True
    return _paid(scene, value) or _elsewhere(scene, value) or by_unit(scene, value), False


def told_by(scene: Scene, value: FoundValue, noun: str) -> str | None:
    """Name a quantity by a noun if that tells what it is, else by what is done with it."""
    if kind_of(value.value) in ("data", "power") and not _is_size_of(scene, value, noun):
        return None
    counted = value.value.unit in ("명", "인", "개", "곳", "개국", "개사")
    if counted and (done := by_deed(scene, value)):
        return done
    if noun in load_deeds().whose:
        return _measured_before(scene, value, noun)
    if not noun or not _tells(noun, value):
        return by_deed(scene, value)
    if (own := load_metrics().unnamed.get(value.value.unit or "")) and own not in _ANY:
        told = noun in load_metrics().words or is_quality(noun.rsplit(maxsplit=1)[-1])
        return noun if told else own
    if value.value.unit in ("%", "%p", "배"):
        return _level_or_rate(scene, value, noun)
    noun = limited_noun(scene, value, noun)
    return load_deeds().sized.get(noun, noun) if value.value.currency else noun


def _is_size_of(scene: Scene, value: FoundValue, noun: str) -> bool:
    """Tell "500MB S램", "용량이 2TB" from a noun that only stands near: "2TB를 돌릴 장비"."""
    if not noun or noun in load_metrics().words or is_quality(noun.rsplit(maxsplit=1)[-1]):
        return True
    before = scene.text[: value.start].rstrip(" (약총")
    return before.endswith(noun) or _RIGHT_BEHIND.match(scene.text[value.end :] + " ") is None


_RIGHT_BEHIND = re.compile(r"(?:[을를이가은는]|로|으로)\s")
"""What ends a size, so that the noun after it is something else."""


def _level_or_rate(scene: Scene, value: FoundValue, noun: str) -> str | None:
    """Tell "점유율 9%", a level, from "출하량 +20%" and "마진 2%p 상승", which are changes."""
    points = value.value.unit == "%p"
    if noun not in load_metrics().words or (_fits(noun, value) and not points):
        return noun
    if _OF.search(scene.text[: value.start]):
        return None  # "작년 가격의 160%"
    apposed = value.value.unit == "배" and _APPOSED.match(scene.text, value.end) is not None
    changed = load_metrics().change.match(scene.text, value.end) is not None
    moved = apposed or changed or _is_signed(scene.text, value)
    return f"{noun} {'증감폭' if points else '증감률'}" if moved else None


_APPOSED = re.compile(r"(?:인|에 달하는|가 넘는|나 되는)\s")
"""What makes of a multiple how far a figure grew: "두 배인 9억 달러"."""
_ANY = frozenset({"인원", "수량", "점수"})
"""What is counted without saying what."""
_OF = re.compile(r"의\s(?:약\s)?$")


def _is_signed(text: str, value: FoundValue) -> bool:
    """Tell a change by its sign: "출하량 +20%", "ASP -5%"."""
    before = text[: value.start].endswith(("+", "▲", "▼"))
    return before or value.value.text[:1] in "-−△" or text.startswith("+", value.end)


def _measured_before(scene: Scene, value: FoundValue, noun: str) -> str | None:
    """Return the metric of what is foretold: "EPS는 3달러로 예상치 4달러를 밑돌았다"."""
    words, kind = load_metrics().words, kind_of(value.value)
    told = load_metrics().pattern.finditer(scene.masked, 0, value.start)
    found = [m["word"] for m in told if kind in words[m["word"]].kinds]
    if found:
        return words[found[-1]].name
    return _figure_before(scene, value) if noun.endswith("치") else None


def measured(scene: Scene, value: FoundValue) -> str | None:
    """Name what a quantity measures: as the grammar tells, else a noun beside it.

    Right before it, a known metric earlier in its clause, or right after it.
    """
    if label := labelled(scene, value):
        return label
    clause, phrase = clause_of(scene, value), phrase_at(scene, value.start)
    named = named_in_clause(scene, value, clause, phrase)
    if named is not None:
        return named if _fits(named, value) else None
    nouns = _nouns(scene, begins_at(scene, value))
    told = [
        n
        for n, _, end in nouns
        if end <= value.start and n in load_metrics().words and not _is_aside(scene, end, value)
    ]
    near = [n for n, _, end in nouns if 0 <= value.start - end <= _BESIDE]
    after = [
        n
        for n, start, _ in nouns
        if 0 <= start - value.end <= _BESIDE
        and not set(",(·/") & set(scene.text[value.end : start])
    ]
    after = [n for n in after if not is_agents(n)]
    if value.value.unit in _COUNTED:
        if (counted := _counted(scene, value)) is not None:
            return counted or None
        near = [n for n, _, end in nouns if 0 <= value.start - end <= 1]
        near += [n for n, start, _ in nouns if start == value.end + 1]
    names = (*near[-1:], *told[-1:], *after[:1])
    return next((name for name in names if _fits(name, value)), None)


def _counted(scene: Scene, value: FoundValue) -> str | None:
    """Return the nouns right behind a counter: the 협력 기관 of "3개 협력 기관과 함께".

    "" where those name nothing ("3개 수준으로"), ``None`` where there are none.
    """
    end = value.end
    for token in scene.tokens:
        if token.start < end:
            continue
        if token.tag not in _NOMINAL or token.start > end + 1 or token.form in load_deeds().ways:
            break
        end = token.end
    noun = scene.text[value.end + 1 : end]
    last = noun.rpartition(" ")[2]
    if not noun or is_agents(last):
        return None
    if len(noun) > _LONGEST or (last in load_metrics().empty and not kinds_of_noun(last)):
        return ""
    return noun if len(noun) > 1 else f"{noun} 수"  # "3개 동을"


_NOMINAL = ("NNG", "NNP", "SL", "XSN", "XPN")
_LONGEST = 14
"""So many characters have at most the nouns that are counted."""


def _tells(name: str, value: FoundValue) -> bool:
    """Tell a noun that a sum or rate may measure (지분율, 훈련비, 투자금) from 대통령 and 소식."""
    last, metrics = name.rsplit(maxsplit=1)[-1], load_metrics()
    if kind_of(value.value) not in ("money", "percent", "times", "scaled"):
        return True
    if _PART.search(value.value.text):
        return is_quality(last) or last in metrics.words
    if last in load_deeds().unmeasuring:
        return False
    spent = last in metrics.spending or last in metrics.measuring
    return spent or last in metrics.words or last[-1] in metrics.endings or is_quality(last)


def _nouns(scene: Scene, begins: int) -> list[tuple[str, int, int]]:
    """List the plain nouns of a clause with their ranges, suffixes included: 가동률."""
    found: list[tuple[str, int, int]] = []
    for token in scene.tokens:
        if token.start < begins or any(p.start <= token.start < p.end for p in scene.periods):
            continue
        if found and _goes_on(found[-1], token):
            noun, start, _ = found.pop()
            found.append((noun + token.form, start, token.end))
        elif token.tag == "NNG" and not any(s <= token.start < e for _, s, e in scene.names):
            found.append((token.form, token.start, token.end))
    empty = load_metrics().empty
    return [noun for noun in found if len(noun[0]) > 1 and noun[0] not in empty]


def _goes_on(last: tuple[str, int, int], token: Morpheme) -> bool:
    """Tell a suffix, and the second noun of a metric in one word: 가동률, 목표주가."""
    if last[2] != token.start:
        return False
    words = load_metrics().words
    apart = last[0] in words or token.form in words
    both = not apart or last[0] + token.form in words
    return token.tag == "XSN" or (token.tag == "NNG" and both)


def labelled(scene: Scene, value: FoundValue) -> str | None:
    """Name a ratio by a broker's label: "(B/G: +2%, OPM 21%)"."""
    label = _LABEL.search(scene.text[: value.start])
    known = label and value.value.unit in ("%", "%p")
    return load_metrics().labels.get(label["label"]) if label and known else None


def by_unit(scene: Scene, value: FoundValue) -> str | None:
    """Name a quantity that no word tells of by its unit: "1기(1,387억 위안)" is a sum."""
    metrics = load_metrics()
    after = scene.text[value.end :].lstrip()
    if _OF_CONTRACT.match(after):
        return None
    scale = next((name for word, name in metrics.scale.items() if after.startswith(word)), None)
    unit = value.value.unit or ""
    return scale or metrics.unnamed.get(unit) or metrics.unnamed.get(kind_of(value.value))


def _fits(name: str, value: FoundValue) -> bool:
    """Tell whether a known metric comes in such a quantity: a profit is no percent."""
    known = load_metrics().words.get(name)
    return known is None or kind_of(value.value) in known.kinds


def _as_before(scene: Scene, value: FoundValue) -> str | None:
    """Name a quantity like the one of the sentence before, if alike: "올해는 420억 원을 본다"."""
    goes_on = scene.periods or _ADDED.match(scene.text, value.end)
    return _figure_before(scene, value) if goes_on else None


def _figure_before(scene: Scene, value: FoundValue) -> str | None:
    """Return what the figure of the sentence before measures, if one of its unit was told."""
    figure = scene.discourse.figure
    before = figure.value if figure else None
    if figure is None or before is None or not scene.may_carry:
        return None
    alike = (before.unit, before.currency) == (value.value.unit, value.value.currency)
    return figure.qualifiers.get("metric") if alike else None


_ADDED = re.compile(
    r"(?:,\s[^,.]{4,30})?(?:[을를]|[와과])\s(?:더하|더해|합하|합해|합치|합쳐)|로\s뒤를\s이"
)
"""What goes on with figures told before: "가나의 5억 달러를 더하면"."""


def _paid(scene: Scene, value: FoundValue) -> str | None:
    """Name a sum by the verb that takes it: "5억 유로를 들여" is what was put in."""
    verbs = [c.lemma for c in scene.parsed.clauses if c.end > value.end]
    return load_metrics().paid.get(verbs[0]) if verbs and value.value.currency else None


def _is_aside(scene: Scene, end: int, value: FoundValue) -> bool:
    """Tell a noun in a bracket that is closed before a figure."""
    between = scene.text[end : value.start]
    return between.find(")") >= 0 and between.find("(") not in range(between.find(")"))


def _elsewhere(scene: Scene, value: FoundValue) -> str | None:
    """Name a quantity by a metric of its kind in its sentence: "PER은 7배로 가나(9배)보다 낮다"."""
    words = load_metrics().words
    rate = kind_of(value.value) in ("percent", "times")
    if value.value.unit == "%p":
        return None
    if rate and load_metrics().change.match(scene.text, value.end):
        return None  # "91% 커졌으며"
    found = [
        m
        for m in load_metrics().pattern.finditer(scene.masked)
        if kind_of(value.value) in words[m["word"]].kinds
    ]
    ahead = [m for m in found if m.end() <= value.start and not _is_aside(scene, m.end(), value)]
    behind = [m for m in found if "," not in scene.text[value.end : m.start()]]
    nearest = ahead[-1:] or behind[:1]
    return nearest[0]["word"] if nearest else None


_OF_CONTRACT = re.compile(r"규모의\s(?:[^\s.,]+\s){0,3}?(?:계약|협약|협정|거래)")
"""What a deal comes to, which is no size of anybody's: "6GW 규모의 공급 계약"."""
