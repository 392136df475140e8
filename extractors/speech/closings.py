"""Lines that begin with who speaks and end with a noun of saying: "가나증권: 값 하락 전망".

What stands between is said. Firms are mostly what such a line is about ("가나칩: 값 하락
전망"), so that only houses, bodies, people and groups ("증권가") speak in every one, firms where
the noun is theirs alone ("강조"). The words are ``views.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.alternation import any_of, holds_any
from extractors.classes import ACTORS, BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import carried, is_house
from extractors.language.modality import modality
from extractors.names.descriptions import called_group
from extractors.speech.quotations import named_alone
from extractors.speech.views import unnamed
from extractors.word_lists import load_words
from kg.claim import Entity, Modality, Value

_SHORTEST, _LONGEST = 10, 200
_LEAD = r"^[\W_]*(?P<who>[가-힣A-Za-z][^:：,“”\"‘’'()]{1,30}?)\**"
_REPORTED = re.compile(r"(?:(?<=것)으로|(?<=[가-힣])이라[고는]|(?<=[다라자])[고는]|(?<=것)을)$")
"""What joins a clause to its noun of saying; without it the two are one: "값 하락 전망"."""
_QUOTED = re.compile(r"^[“\"‘'](?P<said>[^“”\"]{8,})[”\"’']\s?(?:이?라)?[고는며]?$")
_OBJECT = re.compile(r"[을를]$")
_BESIDE = 3
_A_MARKET = " 시장"


@dataclass(frozen=True, slots=True)
class Closings:
    """The words of ``views.yaml`` for lines that end with a noun of saying, compiled."""

    line: re.Pattern[str]
    heading: re.Pattern[str]
    comment: re.Pattern[str]
    nouns: tuple[str, ...]
    forecast: frozenset[str]
    own: frozenset[str]
    titles: frozenset[str]
    moves: tuple[str, ...]


@lru_cache(maxsize=1)
def load_closings() -> Closings:
    """Load and compile the words once a process."""
    data: dict[str, Any] = load_words("speech/views.yaml")["closing"]
    nouns = (*data["forecast"], *data["opinion"])
    done = r"(?:함|했음|했다|한다|했습니다|합니다|했어요|중|하고 있(?:다|음|습니다|어요))?"
    return Closings(
        line=re.compile(
            rf"{_LEAD}(?:\s?[:：,]\s|\s[—–-]\s|\s?(?=[“\"‘])|(?:은|는|이|가|도)\s)"
            rf"(?P<said>.{{8,}}?)\s?(?P<noun>{any_of(nouns)})\s?{done}[.*]*$"
        ),
        heading=re.compile(rf"{_LEAD}\s{any_of(data['headed'])}\s?[:：]\s(?P<said>.+)$"),
        comment=re.compile(rf"^[\W_]*{any_of(data['comments'])}\s?[:：]\s(?P<said>.+)$"),
        nouns=tuple(nouns),
        forecast=frozenset(data["forecast"]),
        own=frozenset(data["own"]),
        titles=frozenset(data["titles"]),
        moves=tuple(data["moves"]),
    )


def match_closings(scene: Scene, told: list[Draft]) -> Iterator[Draft]:
    """Yield a ``states`` draft for a line that nothing of ``told`` covers."""
    if any(d.predicate == "states" for d in told) or scene.text.endswith("?"):
        return
    speaker, found = led_by(scene)
    if found is None or speaker is None:
        found = _headed(scene)
        speaker = _under(scene, found) if found else None
    if found is not None and speaker is not None:
        yield from _said(scene, speaker, found)


def led_by(scene: Scene) -> tuple[Entity | None, re.Match[str] | None]:
    """Return who speaks in a line that ends with a noun of saying, and the line's parts."""
    words = load_closings()
    found = words.line.match(scene.text) if holds_any(scene.text[-12:], words.nouns) else None
    if found is None or not _is_told(scene, found):
        return None, None
    return _speaker(scene, found), found


def _is_told(scene: Scene, found: re.Match[str]) -> bool:
    """Tell what somebody expects from the head of a text: "2분기 메모리 가격 전망"."""
    words, said = load_closings(), found["said"].strip(" *")
    if found["noun"] not in words.titles or _QUOTED.match(said) or _REPORTED.search(said):
        return True
    counted = any(0 <= found.start("noun") - v.end <= _BESIDE for v in scene.values)
    return counted or _OBJECT.sub("", said).endswith(words.moves)


def _speaker(scene: Scene, found: re.Match[str]) -> Entity | None:
    """Return who leads a line, where they may speak with its noun."""
    crowd = _crowd(found["who"])
    speaker = crowd or _person_or_body(named_alone(scene, *found.span("who")))
    if speaker is None or speaker is crowd:
        return speaker
    words = load_closings()
    quoted = _QUOTED.match(found["said"].strip())
    sure = speaker.cls in ("Person", "Organization") or is_house(speaker) or quoted
    return speaker if sure or found["noun"] in words.own else None


def _headed(scene: Scene) -> re.Match[str] | None:
    """Match "시장 평가: …" and "IR 코멘트: …", which need no noun at the end."""
    if ":" not in scene.text[:24]:
        return None
    words = load_closings()
    return words.heading.match(scene.text) or words.comment.match(scene.text)


def _under(scene: Scene, found: re.Match[str]) -> Entity | None:
    who = found.groupdict().get("who")
    if who is None:
        return carried(scene, BODIES)
    return _crowd(who) or _person_or_body(named_alone(scene, *found.span("who")))


def _person_or_body(named: Entity | None) -> Entity | None:
    """Leave out what is told of: "서버 시장 전망: …" is no word of the market's."""
    return named if named is None or named.cls in (*ACTORS, "Place") else None


def _crowd(who: str) -> Entity | None:
    if who.strip(" *").endswith(_A_MARKET):
        return None  # "시장 전망" is the market's, "서버 시장 전망" is of one
    return unnamed(who) or called_group(who.strip(" *"))


_OF_MANY = re.compile(
    r"(?:[가-힣A-Za-z]+,\s)*[가-힣A-Za-z]+\s"
    r"(?:CEO|대표|회장|수장|총재|장관|전문가|애널리스트|임원)들(?:이|은|도)?\s[가-힣]{2,4}"
)
"""What is no speech but the rest of those who speak: "가나, 다라, 마바 CEO들 경고"."""


def _said(scene: Scene, speaker: Entity, found: re.Match[str]) -> Iterator[Draft]:
    words, noun = load_closings(), found.groupdict().get("noun") or ""
    text = found["said"].strip(" *")
    quoted = _QUOTED.match(text)
    joined = _REPORTED.search(text)
    if quoted:
        text = quoted["said"]
    elif joined:
        text = text[: joined.start()]
    elif noun:
        text = scene.text[found.start("said") : found.end("noun")].strip(" *")
    if not _SHORTEST <= len(text) <= _LONGEST or _OF_MANY.fullmatch(text):
        return
    draft = Draft(speaker, "states", None, Value(text.strip(' “”"')), 0, len(scene.text))
    draft.modality = _modality(text, noun in words.forecast)
    period = scene.period_for(0, len(scene.text))
    if period:
        draft.qualifiers["period"] = period
    draft.confidence = "0.7"
    yield draft


def _modality(text: str, foretold: bool) -> Modality:
    inner = modality(text[-25:])
    if foretold:
        return "forecast"
    return inner if inner in ("forecast", "plan") else "opinion"
